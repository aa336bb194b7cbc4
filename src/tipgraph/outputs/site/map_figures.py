"""The figures of the map: each with its hedge, its kind, and the number of its sources."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from tipgraph.analysis import SMALL, Lineage, mentions, restatements, supports
from tipgraph.display import ClaimView
from tipgraph.graph import Graph, Query
from tipgraph.model import data_name, words
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import Site

_EXACT, _PERSONS = "hedge-exact", "unit-persons"


@dataclass(frozen=True)
class MapFigure:
    """A figure: its subject, its words in short, its kind, and the number of its sources in words.

    `counted` says what it counts, in which unit and period: lines are wide by figures that count the same. `date` is in
    EDTF, empty if none is stated. `supported` is false if it repeats another figure that does not support it.
    """

    subject: str
    label: str
    short: str
    kind: str
    counted: str
    date: str
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
    rows: dict[NamedNode, dict[str, Any]] = {}
    for row in answer.rows:
        cells: dict[str, Any] = dict(zip(answer.columns, row, strict=True))
        rows.setdefault(cells["claim"], cells)
    order, unsupported = _lineage(graph, rows)
    figures = []
    for claim in order:
        cells = rows[claim]
        labels = {name: answer.labels.get(cell, "") for name, cell in cells.items()}
        for view in claims.of([data_name(claim.value)]):
            kind = site.words("{basis}, a {measure}", basis=labels["basis"], measure=labels["measure"])
            figure = MapFigure(
                cells["subject"].value,
                labels["subject"],
                _short(site, cells, labels),
                kind,
                f"{_counted(cells, labels)}; {kind}",
                cells["date"].value if cells["date"] is not None else "",
                _support(site, claims, view),
                float(cells["value"].value) if cells["value"] is not None else None,
                view,
                claim not in unsupported,
            )
            figures.append(figure)
    return figures


def _short(site: Site, cells: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return a figure with its hedge, its people, its unit and its period."""
    printed = cells["figure"] or cells["value"]
    short = f"{printed.value if printed is not None else ''} {_counted(cells, labels)}"
    if cells["date"] is not None:
        short = f"{short}, {words(cells['date'].value, site.language)}"
    if not cells["hedge"].value.endswith(_EXACT):
        short = site.words("{hedge} {figure}", hedge=labels["hedge"], figure=short)
    return short.strip()


def _counted(cells: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return the people that a figure counts, its unit unless that is persons, and its period."""
    groups = [name for name in ("form", "sex", "age") if _has_meaning(cells[name])]
    people = ", ".join(filter(None, (labels[name] for name in ("population", *groups))))
    unit = "" if cells["unit"].value.endswith(_PERSONS) else f"({labels['unit']})"
    return " ".join(filter(None, (people, unit, labels["per"])))


def _has_meaning(code: object) -> bool:
    """Tell whether a code has a meaning."""
    return isinstance(code, NamedNode) and not code.value.endswith(("unspecified", "not-stated"))


def _lineage(graph: Graph, claims: Iterable[NamedNode]) -> tuple[list[NamedNode], set[NamedNode]]:
    """Return the claims of figures, roots before repetitions, and those that none of their roots supports."""
    every = mentions(graph, claims)
    lineage = Lineage(every, restatements(graph, every))
    unsupported = {
        claim
        for claim, mention in every.items()
        if not any(root == claim or supports(every[root], mention) for roots in lineage.roots(claim) for root in roots)
    }
    return [claim for family in lineage.families for claim in family.mentions], unsupported


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
