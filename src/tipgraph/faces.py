"""How a thing shows itself in a notebook: drawn on a floor above it, which is looked up when a notebook asks."""

from importlib import import_module


def html(thing: object) -> str:
    """Return HTML that stands by itself, without scripts; source text in it is escaped.

    `display` draws things of all floors, so that it cannot be imported from below: the same way as the public door,
    it is found by its name.
    """
    drawn: str = import_module("tipgraph.display").html(thing)
    return drawn
