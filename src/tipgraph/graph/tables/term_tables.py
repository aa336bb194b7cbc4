"""N-Quads as dictionary-encoded Arrow columns, and their terms as plain values."""

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
    """A term without its syntax: the text of an IRI or a literal, and the language of a literal."""

    text: str
    language: str = ""


def encoded(statements: Path) -> pa.Table:
    """Return the terms of a file of N-Quads as the columns subject, predicate and object.

    Arrow divides the lines, so that no statement is a Python object. Raises GraphError for one in no named graph.
    """
    parts: list[list[pa.Array]] = [[], [], []]
    for lines in _lines(statements):
        subjects, predicates, rest = _divided(lines, 3)
        objects, _ = _divided(rest, 2, reverse=True)
        for chunks, column in zip(parts, (subjects, predicates, objects), strict=True):
            chunks.append(column.dictionary_encode())
    columns = (pa.chunked_array(chunks, _TERM).unify_dictionaries().combine_chunks() for chunks in parts)
    return pa.table(dict(zip(("subject", "predicate", "object"), columns, strict=True)))


def _lines(path: Path) -> Iterator[pa.Array]:
    """Yield the lines of a file, many at a time."""
    if not path.stat().st_size:
        return
    undivided = csv.ParseOptions(delimiter="\x01", quote_char=False, escape_char=False)  # no line of N-Quads has it
    read = csv.ReadOptions(column_names=["line"], block_size=1 << 24)
    with csv.open_csv(path, read, undivided, csv.ConvertOptions(column_types={"line": pa.string()})) as batches:
        for batch in batches:
            yield batch.column(0)


def _divided(texts: pa.Array, number: int, *, reverse: bool = False) -> list[pa.Array]:
    """Divide texts at the first blanks, or at the last blank before an IRI, that of the graph."""
    pieces = pc.split_pattern(texts, " <" if reverse else " ", max_splits=number - 1, reverse=reverse)
    if pc.min(pc.list_value_length(pieces)).as_py() != number:
        raise GraphError("a statement is in no named graph, and has no place in the claim tables; give it one")
    return [pc.list_element(pieces, at) for at in range(number)]


def value(term: str) -> Value:
    r"""Return a term without its syntax.

    >>> value("<a:b>").text, value('"caf\\u00e9\\n"@fr'), value('"12.5"^^<a:b>').text
    ('a:b', Value(text='café\n', language='fr'), '12.5')
    """
    if term.startswith("<"):
        return Value(term[1:-1])
    literal = _LITERAL.fullmatch(term)
    if literal is None:
        raise GraphError(f"{term} has no place in a claim table; build the graph from a file, which gives it a name")
    text = literal["text"]
    return Value(_ESCAPE.sub(_unescape, text) if "\\" in text else text, literal["language"] or "")


def _unescape(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(escape[3], escape[3])
