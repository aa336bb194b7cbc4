"""One fact and the document that says it: subject, predicate, object, source.

Terms are pyoxigraph's: they are light, and they refuse ill-formed IRIs when they are made.

Decision: docs/decisions/0001-terms-are-pyoxigraph-objects.md.
"""

from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

DATA = "https://w3id.org/tipgraph/id/"
CODE = "https://w3id.org/tipgraph/code#"
IMPLIED = CODE + "modality-implied"

Object: TypeAlias = NamedNode | Literal


class Statement(NamedTuple):
    """A quad whose fourth part is the source, which is also the name of its graph.

    >>> japan, reference = data_iri("reference", "places", "japan"), data_iri("reference")
    >>> Statement(japan, NamedNode("https://w3id.org/tipgraph/ns#m49"), Literal("392"), reference).object.value
    '392'
    """

    subject: NamedNode
    predicate: NamedNode
    object: Object
    source: NamedNode


def data_iri(*parts: str) -> NamedNode:
    """Return the IRI of a node of the data, as `id/<source>/<table>/<row id>`.

    >>> data_iri("oas-cim-2005", "funding", "p13-1").value
    'https://w3id.org/tipgraph/id/oas-cim-2005/funding/p13-1'
    """
    return NamedNode(DATA + "/".join(parts))


def data_name(iri: str) -> str:
    """Return the name of a node of the data, without the namespace; any other address as it is.

    >>> data_name("https://w3id.org/tipgraph/id/oas-cim-2005/funding/p13-1")
    'oas-cim-2005/funding/p13-1'
    """
    return iri.removeprefix(DATA)


REFERENCE_NAME = "reference"  # the source of what all share: places, actors, judgements
AUDITS_NAME = "audits"  # the folder of audits, and the graph of what they found
REFERENCE, IDENTITY, AUDITS, DERIVED, ONTOLOGY = map(
    data_iri, (REFERENCE_NAME, "identity", AUDITS_NAME, "derived", "ontology")
)
