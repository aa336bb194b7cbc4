"""The namespace of the ontology for rdflib, whose terms are rdflib's: `tip.Funding` is a URIRef."""

from typing import Final

from rdflib.namespace import ClosedNamespace

from tipgraph.model import tip as _tip

tip: Final = ClosedNamespace(_tip.NAMESPACE, sorted(_tip.NAMES))
tip.__doc__ = "The terms of the ontology as URIRefs of rdflib, such as `tip.Funding`."
