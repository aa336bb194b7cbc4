"""Columns of an answer as a pandas DataFrame: numbers, truths and days typed where that is certain, else text.

What is not known is `<NA>` (of days `NaT`), never 0 and never an empty text.

Decision: docs/decisions/0112-our-own-types-of-columns.md.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from tipgraph.graph.engine import Term
from tipgraph.model import data_name
from tipgraph.runtime import extras

if TYPE_CHECKING:
    import pandas as pd

_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = frozenset(
    _XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger")
)
_BROKEN = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_LARGEST = 2**63  # of what a column of whole numbers holds


def frame(
    columns: Mapping[str, Sequence[Term | None]],
    evidence: Mapping[str, Sequence[object]],
    labels: Mapping[NamedNode, str] | None = None,
) -> "pd.DataFrame":
    """Return columns of terms, and of plain cells on their evidence beside them, as a DataFrame.

    With `labels`, nodes are called by them, and those without one by their short name; without, they are IRIs. Raises
    MissingGuest where pandas is not installed.
    """
    pandas = _pandas()
    made = {name: _series(pandas, terms, labels) for name, terms in columns.items()}
    made |= {free(name, list(columns)): _plain(pandas, cells) for name, cells in evidence.items()}
    return pandas.DataFrame(made)


def free(name: str, taken: Sequence[str]) -> str:
    """Return a column name that the query does not use itself.

    >>> free("note", ["claim", "note"])
    'note_'
    """
    return name if name not in taken else free(f"{name}_", taken)


def _pandas() -> Any:
    extras.need("pandas", "a DataFrame")
    import pandas as pd

    return pd


def _series(pandas: Any, terms: Sequence[Term | None], labels: Mapping[NamedNode, str] | None) -> Any:
    """Return a column of terms, typed where every term in it can be read as that type."""
    known = [term for term in terms if term is not None]
    kinds = {term.datatype.value if isinstance(term, Literal) else "" for term in known}
    for fitting, dtype, read in _TYPES:
        if kinds and kinds <= fitting:
            try:
                cells = [None if term is None else read(term.value) for term in terms]  # type: ignore[union-attr]
            except ValueError:  # such as a day that the calendar does not have: it stays what is written
                break
            return pandas.Series(cells, dtype=dtype)
    return pandas.Series([_text(term, labels) for term in terms], dtype="string")


def _plain(pandas: Any, cells: Sequence[object]) -> Any:
    kinds = {type(cell) for cell in cells} - {type(None)}
    dtype = {frozenset({int}): "Int64", frozenset({bool}): "boolean"}.get(frozenset(kinds), "string")
    return pandas.Series(list(cells), dtype=dtype)


def _whole(value: str) -> int:
    number = int(value)
    if not -_LARGEST <= number < _LARGEST:
        raise ValueError(f"{value} is too large")
    return number


def _broken(value: str) -> float:
    number = float(value)
    if not isfinite(number):
        raise ValueError(f"{value} is no number to reckon with")
    return number


def _truth(value: str) -> bool:
    if value not in ("true", "1", "false", "0"):
        raise ValueError(f"{value} is neither true nor false")
    return value in ("true", "1")


_TYPES: tuple[tuple[frozenset[str], str, Callable[[str], object]], ...] = (
    (_WHOLE, "Int64", _whole),
    (_WHOLE | _BROKEN, "Float64", _broken),
    (frozenset({_XSD + "boolean"}), "boolean", _truth),
    (frozenset({_XSD + "date"}), "datetime64[s]", date.fromisoformat),
)


def _text(term: Term | None, labels: Mapping[NamedNode, str] | None) -> str | None:
    if isinstance(term, NamedNode):
        return term.value if labels is None else labels.get(term) or data_name(term.value)
    return term.value if isinstance(term, Literal) else None if term is None else str(term)
