"""Numbers that sources report, as the map says them: the figure with its hedge, and how sure it is."""

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
    """A number: what it is about, in few words and with what is said of its kind, and by how much it is supported.

    `supported` is false where it says another number again that does not support it.
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
        """The value that widens a line; None where it is unsupported, withheld or small."""
        return self.value if self.supported and not self.is_small else None

    @property
    def marked(self) -> str:
        """It in few words, with what makes it weaker."""
        caveats = ", ".join(self.claim.remark.caveats)
        return f"{self.short} ({caveats})" if caveats else self.short

    @property
    def is_small(self) -> bool:
        """Tell whether it counts so few, or nobody, that the picture does not print it."""
        return self.value is not None and self.value < SMALL


def figures(site: Site, graph: Graph, claims: Claims) -> list[MapFigure]:
    """Return every number of a graph once, by lineage: those that say another again stand below it."""
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
        counted = [labels["population"], *(labels[name] for name in ("form", "sex", "age") if _says(cells[name]))]
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


def _says(code: object) -> bool:
    """Tell whether a code says anything."""
    return isinstance(code, NamedNode) and not code.value.endswith(("unspecified", "not-stated"))


def _lineage(graph: Graph, claims: Iterable[NamedNode]) -> tuple[list[str], set[str]]:
    """Return the keys of numbers, roots before what says them again, and of those that none of their roots supports."""
    every = mentions(graph, claims)
    lineage = Lineage(every, restatements(graph, every))
    unsupported = {
        claim
        for claim, one in every.items()
        if not any(root == claim or supports(every[root], one) for roots in lineage.roots(claim) for root in roots)
    }
    order = [claim for family in lineage.families for claim in family.mentions]
    return [data_name(claim.value) for claim in order], {data_name(one.value) for one in unsupported}


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
