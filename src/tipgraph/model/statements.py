"""A statement: subject, predicate, object, and the source that states it.

Terms are pyoxigraph's: they are light, and they refuse ill-formed IRIs.

Decision: docs/decisions/0001-pyoxigraph-holds-the-graph.md.
"""

from typing import NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.model.iris import CODE, DATA, PREFIXES

IMPLIED = CODE + "modality-implied"
RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")

Object: TypeAlias = NamedNode | Literal


class Statement(NamedTuple):
    """A quad; its fourth part is the source, and the name of its graph.

    >>> japan, reference = data_iri("reference", "places", "japan"), data_iri("reference")
    >>> Statement(japan, NamedNode("https://w3id.org/tipgraph/ns#m49"), Literal("392"), reference).object.value
    '392'
    """

    subject: NamedNode
    predicate: NamedNode
    object: Object
    source: NamedNode


def data_iri(*parts: str) -> NamedNode:
    """Return the IRI of a data node, as `id/<source>/<table>/<row id>`.

    >>> data_iri("oas-cim-2005", "funding", "p13-1").value
    'https://w3id.org/tipgraph/id/oas-cim-2005/funding/p13-1'
    """
    return NamedNode(DATA + "/".join(parts))


def data_name(iri: str) -> str:
    """Return the name of a data node without the namespace; any other IRI unchanged.

    >>> data_name("https://w3id.org/tipgraph/id/oas-cim-2005/funding/p13-1")
    'oas-cim-2005/funding/p13-1'
    """
    return iri.removeprefix(DATA)


REFERENCE_NAME = "reference"  # the source of shared rows: places, actors, judgements
AUDITS_NAME = "audits"  # the folder of audits, and the graph of their assessments
REFERENCE, IDENTITY, AUDITS, DERIVED, ONTOLOGY = map(
    data_iri, (REFERENCE_NAME, "identity", AUDITS_NAME, "derived", "ontology")
)
