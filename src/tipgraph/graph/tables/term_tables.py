"""RDF terms as columns: N-Quads read into dictionary-encoded Arrow columns, and terms as plain values."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from tipgraph.errors import GraphError

_TERM = pa.dictionary(pa.int32(), pa.string())
_LITERAL = re.compile(r'"(?P<text>.*)"(?:\^\^<(?P<datatype>[^>]*)>|@(?P<language>[A-Za-z0-9-]+))?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class Value(NamedTuple):
    """A term without its syntax: the text of an IRI or a literal, and the language of the latter."""

    text: str
    language: str = ""


def encoded(statements: Path) -> pa.Table:
    """Return a file of N-Quads as the columns subject, predicate and object: its terms, encoded.

    Arrow divides the lines, so that no statement is ever a Python object. Raises GraphError for one in no named graph.
    """
    parts: list[list[pa.Array]] = [[], [], []]
    for lines in _lines(statements):
        subjects, predicates, rest = _divided(lines, 3)
        objects, _ = _divided(rest, 2, reverse=True)
        for found, column in zip(parts, (subjects, predicates, objects), strict=True):
            found.append(column.dictionary_encode())
    columns = (pa.chunked_array(found, _TERM).unify_dictionaries().combine_chunks() for found in parts)
    return pa.table(dict(zip(("subject", "predicate", "object"), columns, strict=True)))


def _lines(path: Path) -> Iterator[pa.Array]:
    """Yield the lines of a file, many at a time."""
    if not path.stat().st_size:
        return
    whole = csv.ParseOptions(delimiter="\x01", quote_char=False, escape_char=False)  # which no line of N-Quads holds
    read = csv.ReadOptions(column_names=["line"], block_size=1 << 24)
    with csv.open_csv(path, read, whole, csv.ConvertOptions(column_types={"line": pa.string()})) as batches:
        for batch in batches:
            yield batch.column(0)


def _divided(texts: pa.Array, number: int, *, reverse: bool = False) -> list[pa.Array]:
    """Divide texts at the first blanks, or at the last one before an IRI: there the graph begins."""
    pieces = pc.split_pattern(texts, " <" if reverse else " ", max_splits=number - 1, reverse=reverse)
    if pc.min(pc.list_value_length(pieces)).as_py() != number:
        raise GraphError("a statement stands in no named graph, and has no place in the claim tables; give it one")
    return [pc.list_element(pieces, at) for at in range(number)]


def value(term: str) -> Value:
    r"""Return what a term says, without its syntax.

    >>> value("<a:b>").text, value('"caf\\u00e9\\n"@fr'), value('"12.5"^^<a:b>').text
    ('a:b', Value(text='café\n', language='fr'), '12.5')
    """
    if term.startswith("<"):
        return Value(term[1:-1])
    found = _LITERAL.fullmatch(term)
    if found is None:
        raise GraphError(f"{term} has no place in a claim table; build the graph from a file, which gives it a name")
    text = found["text"]
    return Value(_ESCAPE.sub(_unescaped, text) if "\\" in text else text, found["language"] or "")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(found[3], found[3])
