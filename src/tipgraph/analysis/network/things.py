"""The nodes of networks: their classes, labels, places, kinds of actors and coordinates, from one query for all."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.network.folds import Attributes, by_first
from tipgraph.graph import Graph
from tipgraph.model import RDF_TYPE, terms, tip

_MANY = 20_000  # nodes from which all things of the graph are read instead
_OWN = {"iso": (tip.isoAlpha2, str), "latitude": (tip.latitude, float), "longitude": (tip.longitude, float)}


def nodes_of(graph: Graph, iris: Collection[str]) -> dict[str, Attributes]:
    """Return the attributes of nodes, in the order of their IRIs."""
    known: dict[str, dict[str, set[str]]] = {iri: {} for iri in sorted(iris)}
    slots = {"node": [NamedNode(iri) for iri in known]} if len(known) < _MANY else {}
    for node, name, value in graph.named("node-values", slots):
        if node.value in known:
            language = value.language if isinstance(value, Literal) else None
            known[node.value].setdefault(f"label_{language}" if language else name.value, set()).add(value.value)
    kind_of, actor_kinds = _lowest(graph), _actor_kinds(graph)
    nodes: dict[str, Attributes] = {}
    for iri, values in known.items():
        nodes[iri] = data = {"iri": iri, **_labels(iri, values)}
        if classes := values.get(RDF_TYPE.value):
            data["kind"], data["type"] = kind_of(frozenset(classes))
        for code in sorted(values.get(tip.actorKind, ())):
            data |= actor_kinds.get(code, {})
        data |= {name: of(min(values[term])) for name, (term, of) in _OWN.items() if term in values}
        if within := sorted((values.get(tip.within, set()) & known.keys()) - {iri}):
            data["within"] = " ".join(within)
    return nodes


def kinds_of(graph: Graph, things: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the lowest class of each thing, the first by name of several, and the class below Thing that holds it."""
    classes = by_first(graph.named("nodes", {"node": [NamedNode(iri) for iri in things]}))
    kind_of = _lowest(graph)
    return {node: kind_of(frozenset(own)) for node, own in classes.items()}


def _lowest(graph: Graph) -> Callable[[frozenset[str]], tuple[str, str]]:
    """Return what finds the lowest of some classes, and the one directly below Thing, by their short names."""
    import networkx as nx

    tree: nx.DiGraph[str] = nx.DiGraph((cls.value, above.value) for cls, above in graph.named("class-tree"))

    @cache
    def kind_of(own: frozenset[str]) -> tuple[str, str]:
        lowest = min(own.difference(*(tree.adj.get(cls, ()) for cls in own)))
        upward = {lowest, *nx.descendants(tree, lowest)} if lowest in tree else {lowest}
        tops = [cls for cls in sorted(upward) if tree.has_edge(cls, tip.Thing)]
        return terms.short(lowest), terms.short(tops[0] if tops else lowest)

    return kind_of


def _labels(iri: str, values: Mapping[str, Iterable[str]]) -> Attributes:
    labels = {name.replace("label_en", "label"): min(each) for name, each in values.items() if name.startswith("label")}
    label = labels.get("label") or labels.get("label_es") or iri
    return {**labels, "label": label, "label_es": labels.get("label_es", label)}


def _actor_kinds(graph: Graph) -> dict[str, Attributes]:
    """Return the notation and the labels of each code of kinds of actors, as attributes of a node."""
    words: dict[str, Attributes] = {}
    for notation, code, label in graph.named("codes", {"name": [Literal("actor-kind")]}):
        name = "actor_kind_label" if label.language == "en" else f"actor_kind_label_{label.language}"
        words.setdefault(code.value, {"actor_kind": notation.value})[name] = label.value
    return words
