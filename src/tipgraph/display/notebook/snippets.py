"""Words of notebooks, from the templates that pages use too: escaped, and what would not be seen made visible."""

from collections.abc import Sequence
from typing import TypeVar

from tipgraph.display.environment import render

MOST = 30  # rows that a notebook shows
_One = TypeVar("_One")


def worded(template: str, language: str = "en", **context: object) -> str:
    """Return what a template of `templates/notebook/` says of a context."""
    return render(f"notebook/{template}.html", language, **context)


def first(rows: Sequence[_One]) -> tuple[Sequence[_One], int]:
    """Return the rows that are shown, and how many are not."""
    return rows[:MOST], max(len(rows) - MOST, 0)
