"""The figures of the map: each with its hedge, its kind, and the number of its sources."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.analysis import SMALL, Lineage, mentions, restatements, supports
from tipgraph.display import ClaimView
from tipgraph.graph import Graph, Query
from tipgraph.model import data_name
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import Site

_EXACT = "hedge-exact"


@dataclass(frozen=True)
class MapFigure:
    """A figure: its subject, its words in short, its kind, and the number of its sources in words.

    `supported` is false if it repeats another figure that does not support it.
    """

    subject: str
    label: str
    short: str
    kind: str
    support: str
    value: float | None
    claim: ClaimView
    supported: bool

    @property
    def counts(self) -> float | None:
        """The value for the width of a line; None for an unsupported, withheld or small figure."""
        return self.value if self.supported and not self.is_small else None

    @property
    def marked(self) -> str:
        """Its words in short, with the caveats."""
        caveats = ", ".join(self.claim.remark.caveats)
        return f"{self.short} ({caveats})" if caveats else self.short

    @property
    def is_small(self) -> bool:
        """Tell whether it is too small to be printed."""
        return self.value is not None and self.value < SMALL


def figures(site: Site, graph: Graph, claims: Claims) -> list[MapFigure]:
    """Return every figure of a graph once, by lineage: a figure before those that repeat it."""
    answer = Query.find("estimates").run(graph, language=site.language)
    found: dict[str, MapFigure] = {}
    at = answer.columns.index("claim")
    order, unsupported = _lineage(graph, (node for row in answer.rows if isinstance(node := row[at], NamedNode)))
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        labels = {name: answer.labels.get(cell, "") for name, cell in cells.items() if isinstance(cell, NamedNode)}
        claim, subject, hedge = (cells[name].value for name in ("claim", "subject", "hedge"))  # type: ignore[union-attr]
        key = data_name(claim)
        views = claims.of([key])
        if key in found or not views:
            continue
        printed, value = cells["figure"] or cells["value"], cells["value"]
        figure = printed.value if printed is not None else ""  # type: ignore[union-attr]
        counted = [
            labels["population"],
            *(labels[name] for name in ("form", "sex", "age") if _has_meaning(cells[name])),
        ]
        short = f"{figure} {', '.join(filter(None, counted))} {labels['per']}"
        if not hedge.endswith(_EXACT):
            short = site.words("{hedge} {figure}", hedge=labels["hedge"], figure=short)
        found[key] = MapFigure(
            subject,
            labels["subject"],
            short.strip(),
            site.words("{basis}, a {measure}", **{name: labels[name] for name in ("basis", "measure")}),
            _support(site, claims, views[0]),
            float(value.value) if value is not None else None,  # type: ignore[union-attr]
            views[0],
            key not in unsupported,
        )
    return [found[key] for key in order if key in found]


def _has_meaning(code: object) -> bool:
    """Tell whether a code has a meaning."""
    return isinstance(code, NamedNode) and not code.value.endswith(("unspecified", "not-stated"))


def _lineage(graph: Graph, claims: Iterable[NamedNode]) -> tuple[list[str], set[str]]:
    """Return the keys of figures, roots before repetitions, and the keys of those that none of their roots supports."""
    every = mentions(graph, claims)
    lineage = Lineage(every, restatements(graph, every))
    unsupported = {
        claim
        for claim, one in every.items()
        if not any(root == claim or supports(every[root], one) for roots in lineage.roots(claim) for root in roots)
    }
    order = [claim for family in lineage.families for claim in family.mentions]
    return [data_name(claim.value) for claim in order], {data_name(claim.value) for claim in unsupported}


def _support(site: Site, claims: Claims, view: ClaimView) -> str:
    """Return the number of sources and sentences of a claim in words; a cited or withheld text gives no sentence."""
    links = claims.links(view)
    sources = {link.source for link in links}
    sentences = {(link.source, link.paragraph, link.sentence) for link in links if link.paragraph}
    one = site.words("one source") if len(sources) == 1 else site.words("{n} sources", n=len(sources))
    if not sentences:
        other = site.words("no sentence given")
    else:
        other = site.words("one sentence") if len(sentences) == 1 else site.words("{n} sentences", n=len(sentences))
    return f"{one}, {other}"
