"""The text of a query: its header, its slots, and what it may not hold.

A parameter has a slot of its own in the pattern, `VALUES ?place { UNDEF }`. Only terms that the engine has serialised
are ever put into a query.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import BadValue, QueryRefused

MAX_SIZE = 100_000
MAX_DEPTH = 64
MAX_TOKENS = 5_000  # of keywords and marks: some 8,000 in a row end the engine's process by stack overflow

_SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_HEADER = re.compile(r"^#\+\s*(summary|param\s+(\w+)):\s*(.*)$", re.MULTILINE)
_KIND = re.compile(r"\(([\w -]+)\)\s*(.*)")
_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<comment>\#[^\n\r]*)
      | (?P<text>\"{3}(?:[^"\\]|\\.|\"{1,2}(?!\"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
      | (?P<name>[?$@][\w-]+ | [\w.-]*:[\w.:%\\-]*)
      | (?P<word>\w+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_WRITES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))


class Parameter(NamedTuple):
    """A parameter of a question: what sort of value it takes, and what it means."""

    kind: str
    summary: str


class Header(NamedTuple):
    """What a query file says of itself."""

    summary: str
    parameters: dict[str, Parameter]


def header(text: str) -> Header:
    r"""Read the header comments of a query: `#+ summary: …` and `#+ param name: (kind) …`.

    >>> header("#+ summary: Who pays?\n#+ param giver: (actor) who gives\nSELECT * {}").parameters["giver"].kind
    'actor'
    """
    summary, parameters = "", {}
    for match in _HEADER.finditer(text):
        kind = _KIND.fullmatch(match[3].strip())
        if match[2] and kind:
            parameters[match[2]] = Parameter(kind[1], kind[2])
        else:
            summary = f"{summary} {match[3].strip()}".strip()
    return Header(summary, parameters)


def slots(text: str) -> list[str]:
    """Return the names of the slots of a query, in order."""
    return [match[1] for match in _SLOT.finditer(text)]


def bind(text: str, values: Mapping[str, Sequence[NamedNode | Literal]]) -> str:
    """Put terms into the slots of a query; a slot without a value is left out.

    >>> bind("SELECT * { VALUES ?n { UNDEF } ?s ?p ?n }", {"n": [Literal("x")]})
    'SELECT * { VALUES ?n { "x" } ?s ?p ?n }'
    """

    def filled(match: re.Match[str]) -> str:
        terms = values.get(match[1])
        return f"VALUES ?{match[1]} {{ {' '.join(map(str, terms))} }}" if terms is not None else ""

    return _SLOT.sub(filled, text)


def literal(value: str) -> Literal:
    """Return a literal for words of a caller; raise BadValue for what is no text, such as bytes that are not UTF-8."""
    try:
        return Literal(value)
    except ValueError as error:
        raise BadValue(f"{value!r} is not UTF-8; write it as text") from error


def guard(text: str, graphs: Collection[str] = ()) -> None:
    """Refuse a query that would write, leave the machine, or end the process by its size or depth.

    `graphs` are the named graphs that FROM may name. Both the text as it stands and with its codepoint escapes
    resolved are read, since engines differ in when they resolve them. Raises QueryRefused.
    """
    if len(text) > MAX_SIZE:
        raise QueryRefused(f"the query has {len(text)} characters; at most {MAX_SIZE} are run")
    _guard_tokens(text, graphs)
    resolved = _ESCAPE.sub(_codepoint, text)
    if resolved != text:
        _guard_tokens(resolved, graphs)


def _guard_tokens(text: str, graphs: Collection[str]) -> None:
    depth, tokens, after_from = 0, 0, False
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup, match[0]
        if kind == "comment" or piece.isspace():
            continue
        tokens += kind in ("mark", "word")
        if tokens > MAX_TOKENS:
            raise QueryRefused(f"the query has more than {MAX_TOKENS} keywords and marks; split it")
        if kind == "mark":
            depth += (piece in "{([") - (piece in "})]")
            if depth > MAX_DEPTH:
                raise QueryRefused(f"the query is nested deeper than {MAX_DEPTH}; split it")
        word = piece.upper() if kind == "word" else ""
        if word in _WRITES:
            raise QueryRefused(f"{word} is an update; a graph is only read here: change data/ and build again")
        if word == "SERVICE":
            raise QueryRefused("SERVICE asks another server; nothing leaves this machine, so ask that server itself")
        if after_from and word != "NAMED" and (kind != "iri" or piece[1:-1] not in graphs):
            known = ", ".join(f"<{graph}>" for graph in sorted(graphs)) or "none"
            raise QueryRefused(f"FROM {piece} is no graph here and is not fetched; the graphs are: {known}")
        after_from = word == "FROM" or (after_from and word == "NAMED")


def _codepoint(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else ""
