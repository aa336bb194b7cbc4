"""The currencies that money can be in: those of the ontology's shapes, and those that a project adds to them."""

from tipgraph.model import ontology


def currencies() -> frozenset[str]:
    """Return the codes: those of ISO 4217 of today and of the past, and those of the project.

    >>> "USD" in currencies(), "ESP" in currencies(), "ZZZ" in currencies()
    (True, True, False)
    """
    return ontology().columns("Funding")["currency"].among
