"""Templates for notebooks: they escape text and show hidden characters, as those of pages do."""

from collections.abc import Sequence
from typing import TypeVar

from tipgraph.display.environment import render

MOST = 30  # rows that a notebook shows
_Row = TypeVar("_Row")


def worded(template: str, language: str = "en", **context: object) -> str:
    """Return a template of `templates/notebook/` filled with a context."""
    return render(f"notebook/{template}.html", language, **context)


def first(rows: Sequence[_Row]) -> tuple[Sequence[_Row], int]:
    """Return the first rows, and the number of the others."""
    return rows[:MOST], max(len(rows) - MOST, 0)
