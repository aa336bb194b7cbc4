"""What the terms of the ontology are called: the kit's by their short names, and a project's too.

A short name belongs to one term only, so that `Funding` and a project's `Training` need no prefix in tables and files.
"""

from tipgraph.model import kit, tip
from tipgraph.model.iris import PREFIXES


def short(iri: str) -> str:
    """Return the short name of a term of the ontology; any other IRI as it is.

    >>> short("https://w3id.org/tipgraph/ns#Funding"), short("http://www.w3.org/ns/org#Post")
    ('Funding', 'http://www.w3.org/ns/org#Post')
    """
    if iri.startswith(tip.NAMESPACE):  # most are: no need to look for a project
        return iri.removeprefix(tip.NAMESPACE)
    project = kit.project()
    return iri.removeprefix(project.namespace) if project else iri


def iri(name: str) -> str:
    """Return the IRI of the term of a short name: the kit's where the kit has it, else the project's.

    >>> iri("Funding")
    'https://w3id.org/tipgraph/ns#Funding'
    """
    known = vars(tip).get(name)
    if isinstance(known, str) and known == tip.NAMESPACE + name:
        return known
    project = kit.project()
    return (project.namespace if project else tip.NAMESPACE) + name


def namespaces() -> tuple[str, ...]:
    """Return the namespaces of the ontology's terms: the kit's, then the project's."""
    project = kit.project()
    return (tip.NAMESPACE, project.namespace) if project else (tip.NAMESPACE,)


def prefixes() -> dict[str, str]:
    """Return the prefixes that every query knows here, that of the project among them."""
    project = kit.project()
    return {**PREFIXES, project.prefix: project.namespace} if project else dict(PREFIXES)
