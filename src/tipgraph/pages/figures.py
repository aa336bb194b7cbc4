"""Numbers that sources report, as the map says them: the figure with its hedge, and how sure it is."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from tipgraph.graph import Graph
from tipgraph.pages.claims import Claims, Told
from tipgraph.pages.site import Site
from tipgraph.queries import Query
from tipgraph.statements import DATA

_EXACT = "hedge-exact"


@dataclass(frozen=True)
class Figure:
    """A number: what it is about, in few words and with what is said of its kind, and by how much it is supported."""

    subject: str
    label: str
    short: str
    kind: str
    support: str
    value: float | None
    told: Told


def figures(site: Site, graph: Graph, claims: Claims) -> list[Figure]:
    """Return every number of a graph once, in the order of what they are about."""
    answer = Query.find("estimates").run(graph, language=site.language)
    found: dict[str, Figure] = {}
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        words = {name: answer.labels.get(cell, "") for name, cell in cells.items() if isinstance(cell, NamedNode)}
        claim, subject, hedge = (cells[name].value for name in ("claim", "subject", "hedge"))  # type: ignore[union-attr]
        key = claim.removeprefix(DATA)
        told = claims.told([key])
        if key in found or key not in told:
            continue
        printed, value = cells["figure"] or cells["value"], cells["value"]
        figure = printed.value if printed is not None else ""  # type: ignore[union-attr]
        short = f"{figure} {words['per']}"
        if not hedge.endswith(_EXACT):
            short = site.words("{hedge} {figure}", hedge=words["hedge"], figure=short)
        found[key] = Figure(
            subject,
            words["subject"],
            short.strip(),
            site.words("{basis}, a {measure}", **{name: words[name] for name in ("basis", "measure")}),
            _support(site, told[key]),
            float(value.value) if value is not None else None,  # type: ignore[union-attr]
            told[key],
        )
    return list(found.values())


def _support(site: Site, told: Told) -> str:
    """Say how many sources and sentences a claim rests on."""
    sources = {spot.source for spot in told.spots}
    sentences = {(spot.source, spot.paragraph, spot.sentence) for spot in told.spots}
    one = site.words("one source") if len(sources) == 1 else site.words("{n} sources", n=len(sources))
    other = site.words("one sentence") if len(sentences) == 1 else site.words("{n} sentences", n=len(sentences))
    return f"{one}, {other}"
