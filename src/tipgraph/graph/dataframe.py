"""Columns of an answer as a pandas DataFrame: numbers, booleans and days if all values are, else text.

An unknown value is `<NA>` (`NaT` for days), never 0 and never an empty text. pandas and Arrow read
literals otherwise: pandas takes `2004-11` for the first of November, and Arrow refuses `+3`.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

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
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_TYPES: tuple[tuple[frozenset[str], str, Callable[[str], object]], ...] = (
    (_INTEGERS, "Int64", int),
    (_INTEGERS | _FRACTIONS, "Float64", float),
    (frozenset({XSD + "boolean"}), "boolean", _TRUTH.__getitem__),
    (frozenset({XSD + "date"}), "datetime64[s]", date.fromisoformat),
)


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

    found = {name: _column(terms, labels) for name, terms in columns.items()}
    for name, cells in evidence.items():
        kinds = {type(cell) for cell in cells} - {type(None)}
        dtype = "Int64" if kinds == {int} else "boolean" if kinds == {bool} else "string"
        found[free(name, list(columns))] = pd.Series(cells, dtype=dtype)
    return pd.DataFrame(found)


def free(name: str, taken: Sequence[str]) -> str:
    """Return a column name that the query does not use itself.

    >>> free("note", ["claim", "note"])
    'note_'
    """
    return name if name not in taken else free(f"{name}_", taken)


def _column(terms: Sequence[Term | None], labels: Mapping[NamedNode, str] | None) -> "pd.Series[Any]":
    """Return a column of terms, of the type that all its values have, or else of text."""
    import pandas as pd

    kinds = {term.datatype.value if isinstance(term, Literal) else "" for term in terms if term is not None}
    for datatypes, dtype, read in _TYPES:
        if kinds and kinds <= datatypes:
            # A day that the calendar does not have, or a number that is too large: the column stays text.
            with suppress(ValueError, KeyError, OverflowError):
                cells = [read(term.value) if isinstance(term, Literal) else None for term in terms]
                return pd.Series(cells, dtype=dtype)
            break
    return pd.Series([_text(term, labels) for term in terms], dtype="string")


def _text(term: Term | None, labels: Mapping[NamedNode, str] | None) -> str | None:
    if isinstance(term, NamedNode):
        return term.value if labels is None else labels.get(term) or data_name(term.value)
    return term.value if isinstance(term, Literal) else None if term is None else str(term)
