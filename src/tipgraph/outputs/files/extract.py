"""An extract: a part of a graph as a network and as claims, with a manifest."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.analysis import (
    EVERY,
    ClaimTest,
    Filter,
    assemble,
    claim_test,
    claims_of,
    edges_of,
    know_recipe,
    project,
    undated,
)
from tipgraph.display import ClaimView, claim_views, quote
from tipgraph.errors import BadValue, CallError
from tipgraph.graph import Graph, Query, resolve
from tipgraph.model import data_name, kit
from tipgraph.sources import Texts, lets_show

if TYPE_CHECKING:
    import networkx as nx

MAX_STEPS = 3  # the limit of the question `neighbourhood`


class Naming(NamedTuple):
    """A claim that names a thing: its IRI, the name, its kind, the source, and the place in the source."""

    claim: NamedNode
    name: str
    kind: str
    source: str
    said_at: str


@dataclass(eq=False)
class Extract:
    """A part of a graph: its network, its claims (with those that name its things), and the request.

    `texts` are those whose words a table may have; `in_house` tells that it may have all of them. A writer
    fills in `withheld` (counts by kind and reason of what the format cannot hold), `rows` (a count of rows or
    features that are not the edges) and `files`.
    """

    graph: Graph
    network: "nx.MultiDiGraph[str]"
    claims: list[NamedNode]
    asked: dict[str, str]
    rows: str = ""
    texts: Texts = field(default_factory=Texts)
    in_house: bool = False
    withheld: Counter[tuple[str, str]] = field(default_factory=Counter)
    files: list[Path] = field(default_factory=list)

    @property
    def things(self) -> list[NamedNode]:
        """The nodes of the network, sorted."""
        return [NamedNode(iri) for iri in sorted(self.network)]

    @cached_property
    def views(self) -> dict[NamedNode, ClaimView]:
        """The claims as they are shown."""
        return claim_views(self.graph, self.claims)

    @cached_property
    def words(self) -> dict[NamedNode, str]:
        """The words of sources at each claim: if their licence lets others read them, or in-house."""
        shown = {name for name, about in self.sources.items() if self.in_house or lets_show(about.get("licence", ""))}
        words: dict[NamedNode, str] = {}
        for claim, shown_claim in self.views.items():
            quotes = [(place.source, found) for place in shown_claim.citations if (found := quote(place, self.texts))]
            words[claim] = " … ".join(found for source, found in quotes if source in shown)
            unshown = sum(source not in shown for source, _ in quotes)
            self.withhold("words of sources", "no licence clearly lets others read them; --in-house has them", unshown)
        return words

    @cached_property
    def sources(self) -> dict[str, dict[str, str]]:
        """The sources of claims and nodes by name: title, publisher, number, date, licence, address, digest."""
        names = {*map(_source, self._classes), *map(source_of, self.network)}
        known: dict[str, dict[str, str]] = {}
        for row in self.graph.named("sources"):
            about = {column: row[variable].value for variable, column in _OF_SOURCE.items() if row[variable]}
            known.setdefault(data_name(row["source"].value), about)
        return {name: about for name, about in known.items() if name in names}

    @cached_property
    def cited(self) -> Counter[str]:
        """The number of claims of each source."""
        return Counter(map(_source, self._classes))

    @cached_property
    def voices(self) -> int:
        """The number of sources of the claims; those with the same text are one."""
        same = {data_name(source.value): data_name(voice.value) for source, voice in self.graph.named("voices")}
        return len({same.get(source, source) for source in self.cited})

    @cached_property
    def namings(self) -> dict[str, list[Naming]]:
        """The claims of the extract that name each thing of the network."""
        claims = set(self.claims)
        known = _namings(self.graph, self.network, lambda *_: True)
        return {thing: [naming for naming in named if naming.claim in claims] for thing, named in known.items()}

    @cached_property
    def _classes(self) -> list[Any]:
        return list(self.graph.named("claim-list", {"claim": self.claims}))

    @cached_property
    def classes(self) -> dict[NamedNode, str]:
        """The local name of the class of each claim."""
        return {row["claim"]: row["class"].value.rpartition("#")[2] for row in self._classes}

    def licence(self, sources: str) -> str:
        """Return the licences of sources, whose names have spaces between them."""
        return "; ".join(dict.fromkeys(self.sources.get(name, {}).get("licence", "") for name in sources.split()))

    def withhold(self, what: str, why: str, count: int = 1) -> None:
        """Count something that is left out of the file, with the reason."""
        if count:
            self.withheld[what, why] += count

    @property
    def edgeless(self) -> set[NamedNode]:
        """The claims that neither draw an edge nor name a node: a file of a network cannot hold them."""
        named = {naming.claim for known in self.namings.values() for naming in known}
        return set(self.claims) - _drawn(self.network) - named

    @property
    def is_whole(self) -> bool:
        """Tell whether the extract is the whole graph."""
        return self.asked == _ALL

    @property
    def summary(self) -> str:
        """The contents in one line."""
        network, nouns = self.network, ("node", "edge", "claim", "source")
        numbers = network.number_of_nodes(), network.number_of_edges(), len(self.claims), self.voices
        counts = zip(numbers, nouns, strict=True)
        text = ", ".join(f"{number:,} {noun}{'s' * (number != 1)}" for number, noun in counts)
        undated_edges = undated(self.network) if "from" in self.asked or "to" in self.asked else 0
        return "; ".join(filter(None, [
            self.rows,
            text if self.claims else "no claim answers this",
            f"{undated_edges} edges have no date and may be in that time" if undated_edges else "",
        ]))  # fmt: skip

    def manifest(self, form: str) -> dict[str, Any]:
        """Return the manifest: the request, the graph, counts, sources, and what is withheld and why."""
        version = next((row["version"].value for row in self.graph.named("version")), "")
        counted = Counter(self.classes.values())
        return {
            "made by": f"tipgraph {kit.VERSION}",
            "asked": self.asked,
            "format": form,
            "graph": {"digest": self.graph.digest, "statements": len(self.graph), "ontology": version},
            "counts": {
                "nodes": self.network.number_of_nodes(),
                "edges": self.network.number_of_edges(),
                "edges without a date": undated(self.network),
                "claims": len(self.claims),
                "claims by class": dict(sorted(counted.items())),
                "sources": self.voices,
            },
            "sources": self.sources,
            "withheld": [{"what": what, "count": n, "why": why} for (what, why), n in sorted(self.withheld.items())],
            "read": _READ,
        }

    def write_manifest(self, path: Path, form: str) -> None:
        """Write the manifest as a file of its own."""
        path.write_text(json.dumps(self.manifest(form), ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")


_ALL = {"all": "claims"}
_OF_SOURCE = {  # columns, by the variables of the question
    "title": "title", "issuedBy": "issued_by", "documentNumber": "document_number", "issued": "issued",
    "licence": "licence", "url": "url", "sha256": "sha256",
}  # fmt: skip
_READ = (
    "Each row, edge or entity names its claim, and where that is said: source, paragraph, sentence, page. What is "
    "implied is a reading of ours. Unknown is not 0, and silence is not absence. The words of a source "
    "are included only if we had its text and its licence lets others read them. "
    "Cite the source and its paragraph, and this graph by its digest."
)


def extract(
    graph: Graph,
    *,
    network: str = "",
    recipe: str = "",
    question: str = "",
    values: Mapping[str, str] | None = None,
    fold: str | None = None,
    asked: Filter | None = None,
) -> Extract:
    """Return a part of a graph, as `export` names it.

    Raises CallError if several parts are named, UnknownName for names that nobody knows.
    """
    parts = {"network": network, "recipe": recipe, "question": question}
    given = [(kind, name) for kind, name in parts.items() if name]
    kind, name = given[0] if given else ("", "")
    if len(given) > 1 or (values and kind != "question") or (fold and kind not in ("network", "recipe")):
        raise CallError("name one of --network, --recipe and --question; only a question has parameters and no --fold")
    filters = asked or Filter()
    if kind == "question":
        return _of_question(graph, name, values or {}, filters)
    if kind == "recipe":
        know_recipe(name)
    if kind:
        viewed = project(graph, name, filters, onto=fold)
        words = {kind: name, **({"fold": fold} if fold else {}), **filters.words()}
        return Extract(graph, viewed, _with_names(graph, viewed, _drawn(viewed), filters), words)
    if filters.focus:
        return _of_claims(graph, _around(graph, filters), filters.words(), replace(filters, focus=(), steps=None))
    return _of_claims(graph, None, _ALL | filters.words(), filters)


def _of_question(graph: Graph, question: str, values: Mapping[str, str], filters: Filter) -> Extract:
    """Return the claims in the rows of a question; raise CallError if there are none."""
    answer = Query.find(question).run(graph, values)
    nodes = {term for row in answer.rows for term in row if isinstance(term, NamedNode)}
    words = {f"{question} {name}": value for name, value in values.items()}
    taken = _of_claims(graph, nodes, {"question": question, **words, **filters.words()}, filters)
    if answer.rows and not taken.claims and filters == Filter():
        raise CallError(f"the rows of {question} name no claims; `tipgraph query {question} --format csv` writes them")
    return taken


def _around(graph: Graph, filters: Filter) -> set[NamedNode]:
    """Return the nodes around a focus, with the claims."""
    steps = filters.steps or 1
    if steps > MAX_STEPS:
        raise BadValue(f"steps={steps}: without a network, give from 1 to {MAX_STEPS} steps")
    nodes: set[NamedNode] = set()
    for name in filters.focus:
        thing = resolve(graph, name).value
        answer = Query.find("neighbourhood").run(graph, {"of": thing, "steps": str(steps)})
        nodes |= {row[0] for row in answer.rows if isinstance(row[0], NamedNode)}
    return nodes


def _of_claims(graph: Graph, nodes: Iterable[NamedNode] | None, words: dict[str, str], filters: Filter) -> Extract:
    """Return the claims among some nodes (None: all), and the network that they draw.

    Claims that draw no edge are there, unless the filter asks for what only edges have.
    """
    rows = list(graph.named("claim-list", {} if nodes is None else {"claim": sorted(nodes, key=str)}))
    among = {row["claim"].value for row in rows}
    whole = project(graph, EVERY)
    viewed = project(graph, EVERY, filters) if filters != Filter() else whole
    kept = [edge for edge in edges_of(viewed) if not among.isdisjoint(claims_of(edge[3]))]
    network = assemble(graph, kept, EVERY, filters)
    network.graph = {"name": network.name, **words}
    claims = {claim for claim in _drawn(network) if claim.value in among}
    if not any((filters.start, filters.end, filters.place, filters.kinds, filters.statuses)):
        counts, drawn = claim_test(graph, filters), _drawn(whole)
        rest = (row for row in rows if row["claim"] not in drawn)
        claims |= {row["claim"] for row in rest if counts(row["claim"].value, _source(row), row["modality"].value)}
    return Extract(graph, network, _with_names(graph, network, claims, filters), words)


def source_of(iri: str) -> str:
    """Return the source of a thing, by its IRI."""
    return data_name(iri).partition("/")[0]


def _with_names(
    graph: Graph, network: "nx.MultiDiGraph[str]", claims: set[NamedNode], filters: Filter
) -> list[NamedNode]:
    """Return claims, and those of their sources that name the things of a network, sorted."""
    sources = {_source(row) for row in graph.named("claim-list", {"claim": sorted(claims, key=str)})}
    counts = claim_test(graph, filters)
    known = _namings(graph, network, lambda claim, source, kind: source in sources and counts(claim, source, kind))
    return sorted(claims | {naming.claim for named in known.values() for naming in named}, key=str)


def _namings(graph: Graph, things: Iterable[str], counts: ClaimTest) -> dict[str, list[Naming]]:
    by_thing: dict[str, list[Naming]] = {}
    slots = {"thing": [NamedNode(iri) for iri in sorted(things)]}
    for thing, claim, name, kind, source, modality, place in graph.named("namings-of", slots):
        named = Naming(claim, name.value, kind.value, data_name(source.value), place.value if place else "")
        if counts(claim.value, named.source, modality.value):
            by_thing.setdefault(thing.value, []).append(named)
    return by_thing


def _drawn(network: "nx.MultiDiGraph[str]") -> set[NamedNode]:
    """Return the claims that draw the edges of a network."""
    return {NamedNode(claim) for _, _, data in network.edges(data=True) for claim in claims_of(data)}


def _source(row: Any) -> str:
    return data_name(row["source"].value)
