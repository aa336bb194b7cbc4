"""The first page: what the graph shows, doors, a search over entries and claims, and the contents of the graph.

Decisions: docs/decisions/0130-rules-write-the-headlines.md, 0131-our-own-search-forgives-typing-errors.md.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tipgraph.analysis import headlines
from tipgraph.curation import Case
from tipgraph.display import marked
from tipgraph.model import Word, data_name, terms
from tipgraph.outputs.site.claims import Claims, ClaimTotals, grouped
from tipgraph.outputs.site.site_tree import PageEntry, Site
from tipgraph.outputs.site.sources import SourcePage
from tipgraph.outputs.site.things import Thing

_ANSWERED_BY = {
    "Funding": "money.html",
    "Partnership": "question/partners.html",
    "Participation": "question/participants.html",
    "RouteReport": "question/routes.html",
    "Estimate": "question/numbers.html",
    "UndertakingReport": "timeline.html",
    "PublicationReport": "question/publications.html",
    "Mandate": "question/mandates.html",
    "Conflict": "contradictions.html",
    "Affiliation": "question/actors.html",
    "Naming": "things.html",
}
_OTHER_WORDS = {  # under which people search a class of claims
    "Funding": marked("money grant paid pays donor budget"),
    "Partnership": marked("works with cooperates together"),
    "Participation": marked("took part attended organized invited"),
    "RouteReport": marked("trafficked victims from to"),
    "Estimate": marked("number how many victims figure"),
    "UndertakingReport": marked("plan planned project event seminar training"),
    "PublicationReport": marked("report study book published"),
    "Mandate": marked("asked obliged resolution"),
    "Conflict": marked("disagree contradiction"),
}
_SIZE = "[size]"  # where the page says how large the site in one file is
_MOST_CLAIMS = 3000  # whose words are searched on the page


def context(
    claims: Claims,
    things: Sequence[Thing],
    sources: Sequence[SourcePage],
    questions: Sequence[PageEntry],
    cases: Iterable[Case],
) -> dict[str, Any]:
    """Return what `index.html` shows, with the data of its search, so that it works offline.

    It offers the site in one file, without its size until `say_size`.
    """
    cards = headline_cards(claims)
    first = _opening(cards)
    return {
        "opening": first,
        "cards": cards[bool(first) :],
        "retrieved": max((source.settings.get("retrieved", "") for source in sources), default=""),
        "contradictions": sum(case.is_held for case in cases),
        "numbers": _numbers(claims),
        "whole": ClaimTotals(claims.all()),
        "by_type": Counter((thing.type, thing.types_label) for thing in things),
        "sources": sources,
        "questions": questions,
        "search": _search(claims, things),
        "size": _SIZE,
    }


def say_size(site: Site, size: int) -> None:
    """Say in `index.html` how many bytes the site in one file has."""
    page = site.folder / "index.html"
    page.write_text(page.read_text("utf-8").replace(_SIZE, str(math.ceil(size / 1_000_000))), "utf-8", newline="\n")


def headline_cards(claims: Claims) -> list[dict[str, Any]]:
    """Return a card of each rule with headlines, in their order: its best one, with its claims, and the others."""
    by_rule = grouped(headlines(claims.graph, claims.site.language), lambda headline: [headline.rule])
    return [
        {
            "headline": best,
            "claims": ClaimTotals(claims.of(data_name(claim.value) for claim in best.claims)),
            "more": more,
        }
        for best, *more in by_rule.values()
    ]


def _opening(cards: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the first card, if it may lead, with the words before the first colon of its sentence, and the others."""
    if not cards or not cards[0]["headline"].may_lead:
        return None
    pieces: Sequence[Word] = cards[0]["headline"].pieces
    for at, piece in enumerate(pieces):
        before, colon, after = piece.text.partition(": ")
        if colon:
            about = [*pieces[:at], piece._replace(text=before)]
            return {"first": cards[0], "about": about, "sentence": [piece._replace(text=after), *pieces[at + 1 :]]}
    return {"first": cards[0], "about": [], "sentence": pieces}


def _search(claims: Claims, things: Sequence[Thing]) -> dict[str, Any]:
    """Return the data of the search: the names of entries, and the words of claims with the entries that they name."""
    site, at = claims.site, {thing.iri: place for place, thing in enumerate(things)}
    kinds: dict[str, tuple[int, list[str]]] = {}
    rows: list[list[str | int]] = []
    told = [view for view in claims.all() if claims.links(view) and not view.is_naming]
    for view in told[:_MOST_CLAIMS]:
        name = terms.short(view.cls.value)
        other = site.words(_OTHER_WORDS[name]) if name in _OTHER_WORDS else ""
        kind, _ = kinds.setdefault(name, (len(kinds), [view.heading, other]))
        entries = (at[iri] for iri, _ in claims.entries(view.key) if iri in at)
        rows.append([view.sentence, claims.links(view)[0].path, kind, *entries])
    return {
        "nothing": site.words("nothing found"),
        "near": site.words("nothing has this spelling; these are near it"),
        "things": [_named(site, thing) for thing in things],
        "kinds": [words for _, words in kinds.values()],
        "claims": rows,
        "left": len(told) - len(rows),
    }


def _named(site: Site, thing: Thing) -> dict[str, str]:
    found = {"label": thing.label, "kind": thing.kind_label, "page": site.page_of(thing.iri)}
    return found | {"aliases": "; ".join(thing.aliases)} if thing.aliases else found


def _numbers(claims: Claims) -> list[dict[str, Any]]:
    """Return the number of claims of each class, with the page that lists them, else the class in the ontology."""
    counts = Counter((terms.short(view.cls.value), view.heading) for view in claims.all())
    return [
        {"count": count, "label": label, "path": _ANSWERED_BY.get(cls, f"ontology.html#{cls}")}
        for (cls, label), count in counts.most_common()
    ]
