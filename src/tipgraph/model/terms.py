"""Short names of terms, of the kit and of a project.

Each short name belongs to one term, so that `Funding` and a project's `Training` need no prefix.
"""

from tipgraph.model import kit, tip
from tipgraph.model.iris import PREFIXES


def short(iri: str) -> str:
    """Return the short name of a term; any other IRI unchanged.

    >>> short("https://w3id.org/tipgraph/ns#Funding"), short("http://www.w3.org/ns/org#Post")
    ('Funding', 'http://www.w3.org/ns/org#Post')
    """
    if iri.startswith(tip.NAMESPACE):  # most are, without a look for a project
        return iri.removeprefix(tip.NAMESPACE)
    project = kit.project()
    return iri.removeprefix(project.namespace) if project else iri


def iri(name: str) -> str:
    """Return the IRI of a short name: a term of the kit if there is one, else of the project.

    >>> iri("Funding")
    'https://w3id.org/tipgraph/ns#Funding'
    """
    project = kit.project()
    return (project.namespace if project and name not in tip.NAMES else tip.NAMESPACE) + name


def namespaces() -> tuple[str, ...]:
    """Return the namespace of the kit, and that of the project."""
    project = kit.project()
    return (tip.NAMESPACE, project.namespace) if project else (tip.NAMESPACE,)


def prefixes() -> dict[str, str]:
    """Return the prefixes of every query, with that of the project."""
    project = kit.project()
    return {**PREFIXES, project.prefix: project.namespace} if project else dict(PREFIXES)
