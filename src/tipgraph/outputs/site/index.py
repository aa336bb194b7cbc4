"""The first page: the contents of the graph, a search over all entries, contradictions, and the citation."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tipgraph.curation import Case
from tipgraph.display import ClaimView
from tipgraph.graph import Graph
from tipgraph.model import data_name, terms
from tipgraph.outputs.site import contradictions
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import PageEntry, Site
from tipgraph.outputs.site.sources import SourcePage
from tipgraph.outputs.site.things import Thing

_ANSWERED_BY = {
    "Funding": "question/funding.html",
    "Partnership": "question/partners.html",
    "Participation": "question/participants.html",
    "RouteReport": "question/routes.html",
    "Estimate": "question/estimates.html",
    "UndertakingReport": "timeline.html",
    "PublicationReport": "question/publications.html",
    "Mandate": "question/mandates.html",
    "Conflict": contradictions.PATH,
    "Affiliation": "question/actors.html",
    "Naming": "things.html",
}


@dataclass(frozen=True)
class Number:
    """The number of claims of a class, and the page that lists them, else the class in the ontology."""

    count: int
    label: str
    path: str


def write(
    site: Site,
    graph: Graph,
    claims: Claims,
    things: Sequence[Thing],
    sources: Sequence[SourcePage],
    questions: Sequence[PageEntry],
    cases: Iterable[Case],
    book: int = 0,
) -> None:
    """Write `index.html`, with the data of its search inside, so that it works offline.

    `book` is the size of the site in one file, in bytes, if there is one.
    """
    site.write(
        "index.html",
        "index.html",
        total=len(claims),
        numbers=_numbers(claims),
        reviews=dict(sorted(Counter(view.remark.reviewer for view in claims.all()).items())),
        by_type=Counter((thing.type, thing.types_label) for thing in things),
        sources=sources,
        conflicts=_conflicts(site, claims, cases),
        questions=questions,
        digest=graph.digest,
        book=math.ceil(book / 1_000_000),
        search={"nothing": site.words("nothing found"), "things": [_named(site, thing) for thing in things]},
    )


def _conflicts(site: Site, claims: Claims, cases: Iterable[Case]) -> dict[str, list[ClaimView]]:
    """Return the contradictions by their headings, as on the page of contradictions."""
    groups = contradictions.grouped(site, (case for case in cases if case.is_held))
    return {heading: claims.of(data_name(case.iri.value) for case in held) for heading, held in groups.items()}


def _named(site: Site, thing: Thing) -> dict[str, str]:
    found = {"label": thing.label, "kind": thing.kind_label, "page": site.page_of(thing.iri)}
    return found | {"aliases": "; ".join(thing.aliases)} if thing.aliases else found


def _numbers(claims: Claims) -> list[Number]:
    counts = Counter((terms.short(view.cls.value), view.heading) for view in claims.all())
    return [
        Number(count, label, _ANSWERED_BY.get(cls, f"ontology.html#{cls}"))
        for (cls, label), count in counts.most_common()
    ]
