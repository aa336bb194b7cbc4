"""What the pages on the graph itself show: who made it and how, in figures that are counted in it; contradictions."""

from collections.abc import Sequence
from typing import Any

from tipgraph.analysis import Payment, headline_rules
from tipgraph.curation import Case, Rule, tally
from tipgraph.graph import Query
from tipgraph.model import data_name, kit, tip
from tipgraph.outputs.site import money
from tipgraph.outputs.site.claims import Claims, ClaimTotals, grouped
from tipgraph.outputs.site.labels import codes_of
from tipgraph.outputs.site.sources import SourcePage

_NUMBERS = "amount", "value", "placeCount"  # columns


def context(
    claims: Claims, sources: Sequence[SourcePage], cases: Sequence[Case], paid: Sequence[Payment]
) -> dict[str, Any]:
    """Return what `about.html` shows."""
    paragraphs = [paragraph for source in sources for paragraph in source.paragraphs]
    audits = Query.find("audit").run(claims.graph)
    rows = ([getattr(cell, "value", "") for cell in row] for row in audits.rows)
    return {
        "whole": ClaimTotals(claims.all()),
        "corrected": sum(bool(view.remark.corrections) for view in claims.all()),
        "sources": [source for source in sources if source.claims],
        "money": money.counts(paid),
        "paragraphs": len(paragraphs),
        "unread": sum(not (paragraph.claims or paragraph.scope) for paragraph in paragraphs),
        "contradictions": tally(cases),
        "audits": [dict(zip(audits.columns, row, strict=True)) for row in rows if row[0] == tip.Claim],
        "rules": headline_rules(claims.site.language),
        "digest": claims.graph.digest,
        "version": kit.VERSION,
        "ontology": next((row["version"].value for row in claims.graph.named("version")), ""),
    }


def contradictions(claims: Claims, cases: Sequence[Case]) -> dict[str, Any]:
    """Return what `contradictions.html` shows: those of numbers first, of these the open ones; refuted ones last."""
    language = claims.site.language

    def in_figures(case: Case) -> bool:
        """Tell whether a contradiction is about dates, numbers or money, by the columns of its claims."""
        views = claims.of(data_name(node.value) for node in case.claims)
        dates = {tuple(view.values["date"]) for view in views if view.values.get("date")}
        numbers = [view for view in views for name in _NUMBERS if view.values.get(name)]
        return len(dates) > 1 or bool(numbers) or any(view.cls.value == tip.Funding for view in views)

    def order(case: Case) -> tuple[bool, ...]:
        return not case.is_held, not case.is_proposed, not in_figures(case), bool(case.answer), bool(case.within)

    ordered = sorted(cases, key=order)
    return {
        "groups": grouped(ordered, lambda one: [(one.is_held, one.is_proposed, one.is_held and in_figures(one))]),
        "views": lambda nodes: claims.of(data_name(node.value) for node in nodes),
        "rules": {rule.name: rule.summary(language) for rule in Rule.all()},
        "answers": codes_of(claims.graph, "conflict-judgement", language),
        "judges": codes_of(claims.graph, "judge-kind", language),
        **tally(cases)._asdict(),
    }
