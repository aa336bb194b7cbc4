"""RDF terms as columns: answers of SPARQL read into dictionary-encoded Arrow columns, and terms as plain values."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.csv as csv
from pyoxigraph import QueryResultsFormat

_TERM = pa.dictionary(pa.int32(), pa.string())
_LITERAL = re.compile(r'"(?P<text>.*)"(?:\^\^<(?P<datatype>[^>]*)>|@(?P<language>[A-Za-z0-9-]+))?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}


class Value(NamedTuple):
    """A term without its syntax: the text of an IRI or a literal, and the language of the latter."""

    text: str
    language: str = ""


def encoded(answer: Any) -> pa.Table:
    """Return the rows of an answer as columns named by its variables, each term in Turtle's syntax, encoded.

    The engine writes tab-separated values and Arrow reads them, so that no row is ever a Python object.
    """
    names = [variable.value for variable in answer.variables]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answer.tsv"
        answer.serialize(str(path), QueryResultsFormat.TSV)
        read = csv.read_csv(
            path,
            read_options=csv.ReadOptions(column_names=names, skip_rows=1),
            parse_options=csv.ParseOptions(delimiter="\t", quote_char=False, escape_char=False),
            convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, _TERM), strings_can_be_null=True),
        )
    return read.unify_dictionaries().combine_chunks()


def value(term: str) -> Value:
    r"""Return what a term says, without its syntax.

    >>> value("<a:b>").text, value('"caf\\u00e9\\n"@fr'), value("12.5").text
    ('a:b', Value(text='café\n', language='fr'), '12.5')
    """
    if term.startswith("<"):
        return Value(term[1:-1])
    found = _LITERAL.fullmatch(term)
    if found is None:  # a number or a truth value, which Turtle writes bare
        return Value(term)
    text = found["text"]
    return Value(_ESCAPE.sub(_unescaped, text) if "\\" in text else text, found["language"] or "")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _ESCAPED.get(found[3], found[3])
