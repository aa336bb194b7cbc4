"""The nodes of a built graph, as a reader of RDF finds them who knows the ontology and nothing of the program."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

TIP = "https://w3id.org/tipgraph/ns#"
CODE = "https://w3id.org/tipgraph/code#"
DATA = "https://w3id.org/tipgraph/id/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DERIVED = NamedNode(DATA + "derived")
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

ONTOLOGY = Path(__file__).parents[3] / "ontology"


@cache
def iati_codes() -> dict[str, str]:
    """Return the code of IATI that means the same as one of ours, such as `flow-type-oda`."""
    files = (ONTOLOGY / name for name in ("codes.ttl", "iati-codes.ttl"))
    read = (quad for file in files for quad in parse(path=str(file), format=RdfFormat.TURTLE))
    pairs = [(quad.subject, quad.object) for quad in read if quad.predicate == NamedNode(SKOS + "exactMatch")]
    return {ours.value.removeprefix(CODE): of.value.rpartition("#")[2] for ours, of in pairs
            if isinstance(ours, NamedNode) and isinstance(of, NamedNode) and "iatistandard" in of.value}  # fmt: skip


class Nodes:
    """What one source says of its nodes, and what all say of places; derived statements are left out."""

    def __init__(self, quads: Iterable[Quad], source: str) -> None:
        self.source = source
        self._values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._classes: defaultdict[str, list[str]] = defaultdict(list)
        own = NamedNode(DATA + source)
        for quad in quads:
            if quad.graph_name == DERIVED or isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
                continue
            subject, name, value = quad.subject.value, quad.predicate.value, quad.object.value
            if quad.graph_name == own and name == TYPE:
                self._classes[value.removeprefix(TIP)].append(subject)
            self._values[subject, name.removeprefix(TIP).rpartition("#")[2]].append(value)

    def of(self, *classes: str) -> list[str]:
        """Return the nodes of the source that have one of these classes."""
        return [node for name in classes for node in self._classes.get(name, ())]

    def all(self, node: str, name: str) -> list[str]:
        """Return the values of a property, by its name without the namespace."""
        return self._values.get((node, name), [])

    def one(self, node: str, name: str) -> str:
        """Return the only value of a property, or nothing."""
        values = self.all(node, name)
        assert len(values) < 2, (node, name, values)
        return "".join(values)

    def codes(self, node: str, name: str, scheme: str) -> list[str]:
        """Return the codes of a property, without the name of their scheme: `awarded` of `money-kind`."""
        return [value.removeprefix(f"{CODE}{scheme}-") for value in self.all(node, name)]

    def code(self, node: str, name: str, scheme: str) -> str:
        """Return the only code of a property, or nothing."""
        return "".join(self.codes(node, name, scheme))

    def iati(self, node: str, name: str) -> str:
        """Return the codes of IATI that the codes of a property mean."""
        ours = [value.removeprefix(CODE) for value in self.all(node, name)]
        return ", ".join(sorted(iati_codes().get(code, code) for code in ours))

    def place(self, claim: str) -> tuple[int, int]:
        """Return the last record and element that a claim cites: a default stands before what it is a default of."""
        cited = [
            (int(self.one(span, "paragraph")), int(self.one(span, "sentence"))) for span in self.all(claim, "evidence")
        ]
        return max(cited, default=(0, 0))
