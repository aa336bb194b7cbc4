"""The ontology of a project: what its `ontology/*.ttl` add to the kit's, and what of that cannot stand.

Any file may hold both terms and shapes: what has a blank node or a term of SHACL is a part of the shapes, all else of
the terms. A term stands in the project's namespace, by a name that the kit does not have.
"""

from tipgraph.model.extension.loader import Extension, read
from tipgraph.model.extension.validation import faults

__all__ = ["Extension", "faults", "read"]
