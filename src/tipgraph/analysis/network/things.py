"""The nodes of networks: their classes, labels, places, kinds of actors and coordinates, from one query for all."""

from collections.abc import Collection, Iterable, Mapping

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.network.folds import Attributes
from tipgraph.graph import Graph
from tipgraph.model import RDF_TYPE, terms, tip

_MANY = 20_000  # nodes from which all things of the graph are read instead
_CODES = {"iso": tip.isoAlpha2}
_NUMBERS = {"latitude": tip.latitude, "longitude": tip.longitude}


def nodes_of(graph: Graph, iris: Collection[str]) -> dict[str, Attributes]:
    """Return the attributes of nodes, in the order of their IRIs."""
    known: dict[str, dict[str, set[str]]] = {iri: {} for iri in sorted(iris)}
    slots = {"node": [NamedNode(iri) for iri in known]} if len(known) < _MANY else {}
    for node, name, value in graph.named("node-values", slots):
        if node.value in known:
            language = value.language if isinstance(value, Literal) else None
            known[node.value].setdefault(f"label_{language}" if language else name.value, set()).add(value.value)
    actor_kinds = _words(graph, "actor-kind")
    lowest = _Classes(graph)
    return {
        iri: _attributes(iri, values, lowest, actor_kinds) | _within(iri, values, known)
        for iri, values in known.items()
    }


def kinds_of(graph: Graph, things: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the lowest class of each thing, the first by name of several, and the class below Thing that holds it."""
    classes: dict[str, set[str]] = {}
    for node, cls in graph.named("nodes", {"node": [NamedNode(iri) for iri in things]}):
        classes.setdefault(node.value, set()).add(cls.value)
    lowest = _Classes(graph)
    return {node: lowest.kind(own) for node, own in classes.items()}


class _Classes:
    """The tree of classes, which finds the lowest of some."""

    def __init__(self, graph: Graph) -> None:
        self._above: dict[str, set[str]] = {}
        for cls, other in graph.named("class-tree"):
            self._above.setdefault(cls.value, set()).add(other.value)
        self._known: dict[frozenset[str], tuple[str, str]] = {}

    def kind(self, own: Collection[str]) -> tuple[str, str]:
        """Return the lowest of the classes of a thing, and the one directly below Thing, by their short names."""
        key = frozenset(own)
        if key not in self._known:
            lowest = min(key.difference(*(self._above.get(cls, ()) for cls in key)))
            tops = [cls for cls in sorted(self._upward(lowest)) if tip.Thing in self._above.get(cls, ())]
            self._known[key] = terms.short(lowest), terms.short(tops[0] if tops else lowest)
        return self._known[key]

    def _upward(self, cls: str) -> set[str]:
        return {cls}.union(*(self._upward(above) for above in self._above.get(cls, ())))


def _attributes(
    iri: str, values: Mapping[str, set[str]], lowest: _Classes, actor_kinds: Mapping[str, Attributes]
) -> Attributes:
    data: Attributes = {"iri": iri}
    if classes := values.get(RDF_TYPE.value):
        data["kind"], data["type"] = lowest.kind(classes)
    labels = {name.replace("label_en", "label"): min(each) for name, each in values.items() if name.startswith("label")}
    label = labels.get("label") or labels.get("label_es") or iri
    data |= {**labels, "label": label, "label_es": labels.get("label_es", label)}
    for code in sorted(values.get(tip.actorKind, ())):
        data |= actor_kinds.get(code, {})
    data |= {name: min(values[term]) for name, term in _CODES.items() if term in values}
    return data | {name: float(min(values[term])) for name, term in _NUMBERS.items() if term in values}


def _within(iri: str, values: Mapping[str, set[str]], known: Collection[str]) -> Attributes:
    """Return the places of the network that hold a place."""
    holders = sorted(holder for holder in values.get(tip.within, ()) if holder in known and holder != iri)
    return {"within": " ".join(holders)} if holders else {}


def _words(graph: Graph, scheme: str) -> dict[str, Attributes]:
    """Return the notation and the labels of each code of kinds of actors, as attributes of a node."""
    words: dict[str, Attributes] = {}
    for notation, code, label in graph.named("codes", {"name": [Literal(scheme)]}):
        name = "actor_kind_label" if label.language == "en" else f"actor_kind_label_{label.language}"
        words.setdefault(code.value, {"actor_kind": notation.value})[name] = label.value
    return words
