"""Columns of an answer as a pandas DataFrame: numbers, booleans and days if all values are, else text.

An unknown value is `<NA>` (`NaT` for days), never 0 and never an empty text.

Decision: docs/decisions/0112-our-own-types-of-columns.md.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tipgraph.graph.engine import Term
from tipgraph.model import XSD, data_name
from tipgraph.runtime import extras

if TYPE_CHECKING:
    import pandas as pd

_INTEGERS = frozenset(
    XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger")
)
_FRACTIONS = frozenset(XSD + name for name in ("decimal", "double", "float"))
_LARGEST = 2**63  # of a column of integers


def frame(
    columns: Mapping[str, Sequence[Term | None]],
    evidence: Mapping[str, Sequence[object]],
    labels: Mapping[NamedNode, str] | None = None,
) -> "pd.DataFrame":
    """Return columns of terms, and of plain cells for their evidence, as a DataFrame.

    With `labels`, nodes are shown by them, or else by their short names; without, by their IRIs. Raises MissingExtra if
    pandas is not installed.
    """
    extras.need("pandas", "a DataFrame")
    import pandas as pd

    typed = {name: _typed(terms, labels) for name, terms in columns.items()}
    typed |= {free(name, list(columns)): _plain(cells) for name, cells in evidence.items()}
    return pd.DataFrame({name: pd.Series(cells, dtype=dtype) for name, (cells, dtype) in typed.items()})


def free(name: str, taken: Sequence[str]) -> str:
    """Return a column name that the query does not use itself.

    >>> free("note", ["claim", "note"])
    'note_'
    """
    return name if name not in taken else free(f"{name}_", taken)


def _typed(terms: Sequence[Term | None], labels: Mapping[NamedNode, str] | None) -> tuple[list[object], str]:
    """Return the cells of a column of terms and their dtype, that of all of them or else text."""
    kinds = {term.datatype.value if isinstance(term, Literal) else "" for term in terms if term is not None}
    for datatypes, dtype, read in _TYPES:
        if kinds and kinds <= datatypes:
            try:
                return [None if term is None else read(term.value) for term in terms], dtype  # type: ignore[union-attr]
            except ValueError:  # such as a day that the calendar does not have: the column stays text
                break
    return [_text(term, labels) for term in terms], "string"


def _plain(cells: Sequence[object]) -> tuple[list[object], str]:
    kinds = frozenset(type(cell) for cell in cells) - {type(None)}
    return list(cells), {frozenset({int}): "Int64", frozenset({bool}): "boolean"}.get(kinds, "string")


def _integer(value: str) -> int:
    number = int(value)
    if not -_LARGEST <= number < _LARGEST:
        raise ValueError(f"{value} is too large")
    return number


def _fraction(value: str) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError(f"{value} is not finite")
    return number


def boolean(value: str) -> bool:
    """Return the value of an xsd:boolean; raise ValueError for any other text."""
    if value not in ("true", "1", "false", "0"):
        raise ValueError(f"{value} is neither true nor false")
    return value in ("true", "1")


_TYPES: tuple[tuple[frozenset[str], str, Callable[[str], object]], ...] = (
    (_INTEGERS, "Int64", _integer),
    (_INTEGERS | _FRACTIONS, "Float64", _fraction),
    (frozenset({XSD + "boolean"}), "boolean", boolean),
    (frozenset({XSD + "date"}), "datetime64[s]", date.fromisoformat),
)


def _text(term: Term | None, labels: Mapping[NamedNode, str] | None) -> str | None:
    if isinstance(term, NamedNode):
        return term.value if labels is None else labels.get(term) or data_name(term.value)
    return term.value if isinstance(term, Literal) else None if term is None else str(term)
