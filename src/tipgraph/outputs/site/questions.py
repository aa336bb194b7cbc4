"""A page for each question: its sentence, its SPARQL, its answer with the claims, and the answer as CSV and JSON."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tipgraph.display import AnswerView, ClaimView, RowView, answer_text, answer_view
from tipgraph.graph import Graph, Parameter, Query
from tipgraph.model import data_name
from tipgraph.outputs.site.claims import Claims, PlaceLink
from tipgraph.outputs.site.site_tree import PageEntry, Site
from tipgraph.sources import Texts

_SELECTS = re.compile(r"^SELECT\b", re.MULTILINE)  # a question that builds triples is about an entry to be named


@dataclass(frozen=True)
class Question:
    """A question as its page shows it; a question about an entry to be named has no answer."""

    name: str
    summary: str
    text: str
    parameters: Mapping[str, Parameter]
    answer: AnswerView | None


def write(site: Site, graph: Graph, claims: Claims, texts: Texts) -> list[PageEntry]:
    """Write the pages of all questions with their answers beside them; return their entries."""

    def claims_of(row: RowView) -> list[ClaimView]:
        return claims.of(data_name(claim.value) for claim in row.claims)

    def reasons(views: Iterable[ClaimView]) -> dict[str, PlaceLink]:
        """Return the reasons of contradictions, each with a place of the other claim."""
        contradictions = [contradiction for view in views for contradiction in view.contradictions]
        return {reason: places[0] for reason, other, *_ in contradictions if (places := claims.links(other))}

    entries, functions = [], {"claims_of": claims_of, "reasons": reasons}
    for query in Query.all():
        header = query.header_in(site.language)
        answer = query.run(graph, language=site.language) if _SELECTS.search(query.text) else None
        view = answer_view(answer, site.language) if answer else None
        question = Question(query.name, header.summary, query.text, header.parameters, view)
        labels = view.labels(graph, site.language) if view else []
        path = f"question/{query.name}"
        site.write(f"{path}.html", "question.html", question=question, labels=labels, **functions)
        if answer:
            for form in ("csv", "json"):
                site.write_text(f"{path}.{form}", answer_text(answer, form, texts) + "\n")
        entries.append(PageEntry(f"{path}.html", header.summary))
    site.write("questions.html", "questions.html", questions=entries)
    return entries
