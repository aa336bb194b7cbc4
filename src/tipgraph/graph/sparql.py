"""The text of a query: its header, its slots, its tokens, and the guard that refuses unsafe ones.

A parameter has a slot in the pattern, `VALUES ?place { UNDEF }`. Only terms that the engine has serialised are ever put
into a query.

Decision: docs/decisions/0012-the-query-guard-reads-tokens.md.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import BadValue, QueryRefused
from tipgraph.model import DATA, data_name

MAX_SIZE = 100_000
MAX_DEPTH = 64
MAX_PATTERNS = 300  # to plan a thousand in a row takes half a minute
MAX_TOKENS = 5_000  # keywords and marks: some 8,000 in a row overflow the engine's stack
LAST = 99  # the rank of a query whose header gives none
LONGEST_TERM = 80  # characters of our names; a longer name is no typing error

SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_HEADER = re.compile(
    r"^#\+\s*(summary|detail|sentence|rank|level|reason|param\s+(\w+))(?:@(\w+))?:\s*(.*)$", re.MULTILINE
)
_NAME = re.compile(rf"[\w.~/:-]{{1,{LONGEST_TERM}}}")  # of a term or an entry, without escapes
_KIND = re.compile(r"\(([\w -]+)\)\s*(.*)")
TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<comment>\#[^\n\r]*)
      | (?P<text>\"{3}[^"\\]*(?:(?:\\.|\"{1,2}(?!\"))[^"\\]*)*(?:\"{3}|(?P<open>))
               | '{3}[^'\\]*(?:(?:\\.|'{1,2}(?!'))[^'\\]*)*(?:'{3}|(?P<opened>))
               | "[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"? | '[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*'?)
      | (?P<variable>[?$]\w+ | @[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
      | (?P<name>[\w.-]{0,100}:(?:[\w.:%-]|\\.)*)
      | (?P<word>\w+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
# Escapes but of control characters, which delimit nothing, and which Oxigraph writes so in a term.
ESCAPE = re.compile(r"\\(?:u|U0000)(?!00(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]))[0-9A-Fa-f]{4}|\\U(?!0000)")
SOUND_ESCAPE = re.compile(r"\\(?:[tbnrf\"'\\]|u00[0-9a-fA-F]{2}|U000000[0-9a-fA-F]{2})")  # escapes in strings
# Parts of an IRI that would be a string, a comment, a bracket or a keyword if the IRI were a comparison.
_MISLEADING = re.compile(r"['#()\[\]]|service", re.IGNORECASE)
_BEFORE_VALUES = frozenset([*"(,=<>!&|+-*/^", "DISTINCT"])  # a value follows these
WRITES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))


class Parameter(NamedTuple):
    """A parameter of a question: its kind of value, and its meaning."""

    kind: str
    summary: str


class Header(NamedTuple):
    """The header of a query file.

    `reason` and `sentence` are templates with `{variables}` of a row. `rank` orders the files of `queries/finding/`.
    `level` is `notice` for a rule of `queries/check/` whose rows are no faults.
    """

    summary: str
    parameters: dict[str, Parameter]
    reason: str = ""
    detail: str = ""
    sentence: str = ""
    rank: int = LAST
    level: str = "finding"


def header(text: str, language: str = "en") -> Header:
    r"""Read the header comments of a query: `#+ summary: …` and `#+ param name: (kind) …`.

    In another language they are `#+ summary@es: …` and `#+ param name@es: …`, else the English ones are taken.

    >>> header("#+ summary: Who pays?\n#+ param giver: (actor) who gives\nSELECT * {}").parameters["giver"].kind
    'actor'
    """
    texts: dict[tuple[str, str], str] = defaultdict(str)
    parameters: dict[str, Parameter] = {}
    for match in _HEADER.finditer(text):
        entry, name, tag, words = match.groups()
        if not name:
            texts[entry, tag or "en"] += f"{words.strip()} "
        elif tag == language and name in parameters:
            parameters[name] = parameters[name]._replace(summary=words.strip())
        elif not tag and (kind := _KIND.fullmatch(words.strip())):
            parameters[name] = Parameter(kind[1], kind[2])

    def of(entry: str) -> str:
        return (texts[entry, language] or texts[entry, "en"]).strip()

    rank = int(of("rank")) if of("rank").isdecimal() else LAST
    return Header(of("summary"), parameters, of("reason"), of("detail"), of("sentence"), rank, of("level") or "finding")


def slots(text: str) -> list[str]:
    """Return the names of the slots of a query, in order."""
    return [match[1] for match in SLOT.finditer(text)]


def bind(text: str, values: Mapping[str, Sequence[NamedNode | Literal]]) -> str:
    """Put terms into the slots of a query, and leave out the other slots.

    >>> bind("SELECT * { VALUES ?n { UNDEF } ?s ?p ?n }", {"n": [Literal("x")]})
    'SELECT * { VALUES ?n { "x" } ?s ?p ?n }'
    """

    def fill(slot: re.Match[str]) -> str:
        terms = values.get(slot[1])
        return f"VALUES ?{slot[1]} {{ {' '.join(map(str, terms))} }}" if terms is not None else ""

    return SLOT.sub(fill, text)


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the tokens of a query but blanks and comments: their kind, text and start.

    >>> [piece for _, piece, _ in tokens("ASK { ?s a tip:Actor } # done")]
    ['ASK', '{', '?s', 'a', 'tip:Actor', '}']
    """
    for match in TOKEN.finditer(text):
        if match.lastgroup != "comment" and not match[0].isspace():
            yield match.lastgroup or "", match[0], match.start()


def dataset(text: str) -> tuple[list[str], list[str]]:
    """Return the graphs that a query names by FROM, and those by FROM NAMED.

    >>> dataset("SELECT * FROM <a:b> FROM NAMED <a:c> {}")
    (['a:b'], ['a:c'])
    """
    graphs: tuple[list[str], list[str]] = [], []
    before = ""
    for kind, piece, _ in tokens(text):
        word = piece.upper() if kind == "word" else ""
        if kind == "iri" and before in ("FROM", "NAMED"):
            graphs[before == "NAMED"].append(piece[1:-1])
        before = word if word == "FROM" or (word == "NAMED" and before == "FROM") else ""
    return graphs


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Declare the prefixes before a query that it does not declare itself.

    >>> with_prefixes("PREFIX a: <x:y> ASK {}", {"a": "x:z", "b": "x:b"})
    'PREFIX b: <x:b> PREFIX a: <x:y> ASK {}'
    """
    pieces = [piece for _, piece, _ in tokens(text)]
    declared = {name for word, name in pairwise(pieces) if word.upper() == "PREFIX"}
    added = [f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items() if f"{name}:" not in declared]
    return " ".join([*added, text])


def _without_template(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the tokens of a query but for the template of CONSTRUCT, whose terms may be new."""
    constructs = inside = False
    for kind, piece, start in tokens(text):
        constructs = constructs or (kind == "word" and piece.upper() == "CONSTRUCT")
        inside = inside or (constructs and piece == "{")
        if not inside:
            constructs = constructs and piece.upper() != "WHERE"
            yield kind, piece, start
        elif piece == "}":  # a template holds no brackets
            constructs = inside = False


@lru_cache(maxsize=64)
def named(text: str, prefixes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the IRIs that a query names, with a prefix or in full, each as it is first written.

    `prefixes` need not be declared; those that the query declares win. Left out are a prefix alone, a full IRI that is
    neither of an entry nor has a name after #, names longer than any term, the template of CONSTRUCT, full IRIs in
    VALUES, which may be the data of a caller, named graphs, and functions.

    >>> named("PREFIX a: <x:y#> SELECT * { ?s a tip:Actor , a:b ; <x:z> 1 ; <x:z#c> 2 }", (("tip", "x:t#"),))
    {'x:t#Actor': 'tip:Actor', 'x:y#b': 'a:b', 'x:z#c': '<x:z#c>'}
    """
    parts = [("", "", 0), ("", "", 0), *_without_template(text)]
    spaces, iris, in_values = dict(prefixes), dict[str, str](), False
    for (_, first, _), (_, second, _), (kind, piece, start) in zip(parts, parts[1:], parts[2:], strict=False):
        prefix, _, name = piece.replace("\\", "").partition(":")
        in_values = (in_values and piece != "}") or piece.upper() == "VALUES"
        if kind == "iri" and first.upper() == "PREFIX":
            spaces[second.removesuffix(":")] = piece[1:-1]
        elif second.upper() in ("GRAPH", "FROM", "NAMED") or text.startswith("(", start + len(piece)):
            continue
        elif kind == "iri" and not in_values and _NAME.fullmatch(_local_name(piece[1:-1])):
            iris.setdefault(piece[1:-1], piece)
        elif kind == "name" and second.upper() != "PREFIX" and prefix in spaces and _NAME.fullmatch(name):
            iris.setdefault(spaces[prefix] + name, piece)
    return iris


def _local_name(iri: str) -> str:
    """Return what names a term or an entry in its IRI; nothing for an IRI of other kinds."""
    return data_name(iri).rpartition("/")[2] if iri.startswith(DATA) else iri.partition("#")[2]


def literal(value: str) -> Literal:
    """Return a literal for a caller's words; raise BadValue if they are no text, such as bytes that are not UTF-8."""
    try:
        return Literal(value)
    except ValueError as error:
        raise BadValue(f"{value!r} is not UTF-8; write it as text") from error


def guard(text: str, graphs: Callable[[], Collection[str]] = tuple) -> bool:
    """Refuse a query that would write, leave the machine, or end the process by its size or depth.

    `graphs` returns the named graphs that FROM may name. Guard the text of a caller before values are bound to it:
    codepoint escapes are refused, but for control characters, since engines differ in where they resolve them. Returns
    whether the query has FROM. Raises QueryRefused.
    """
    names = _from_names(text)
    for name in names:
        if not name.startswith("<") or name[1:-1] not in graphs():
            known = ", ".join(f"<{graph}>" for graph in sorted(graphs())) or "none"
            raise QueryRefused(f"FROM {name} is not a graph here and is not fetched; the graphs are: {known}")
    return bool(names)


@lru_cache(maxsize=64)  # a server above all runs the same few queries again and again
def _from_names(text: str) -> tuple[str, ...]:
    """Return the token after each FROM of a query; raise QueryRefused if the query is not safe."""
    if len(text) > MAX_SIZE:
        raise QueryRefused(f"the query has {len(text)} characters; at most {MAX_SIZE} are run")
    if ESCAPE.search(text):
        raise QueryRefused("\\u escapes are not run; write the character itself")
    nesting, names, after_from = _Nesting(), list[str](), False
    for token in TOKEN.finditer(text):
        kind, piece = token.lastgroup or "", token[0]
        if kind == "comment" or piece.isspace():
            continue
        _refuse(token, nesting)
        nesting.add(kind, piece)
        word = piece.upper() if kind == "word" else ""
        if after_from and word != "NAMED":
            names.append(piece)
        after_from = word == "FROM" or (after_from and word == "NAMED")
    return (*names, "the end of the query") if after_from else tuple(names)


def _refuse(token: re.Match[str], nesting: "_Nesting") -> None:
    """Raise QueryRefused for a token that engines may read differently, that writes, or that asks another server."""
    kind, piece = token.lastgroup or "", token[0]
    if kind == "text" and _is_malformed(token):
        raise QueryRefused(f"{piece[:20]} … begins a text without an end, or contains an invalid escape; correct it")
    if nesting.is_ambiguous(kind, piece, token.start()):
        raise QueryRefused(f"{piece[:80]} can be read in two ways; write a space behind a less-than sign")
    if kind == "word" and piece.upper() in WRITES:
        raise QueryRefused(f"{piece.upper()} is an update; a query only reads the graph: change data/ and build again")
    if kind in ("word", "name") and "SERVICE" in piece.upper():  # also glued to the token before or after it
        raise QueryRefused("SERVICE asks another server, but nothing leaves this machine; ask that server itself")


def _is_malformed(string: re.Match[str]) -> bool:
    """Return whether a string has no end or a wrong escape; an engine would end it after two of its three quotes."""
    if string["open"] is not None or string["opened"] is not None:
        return True
    return "\\" in string[0] and "\\" in SOUND_ESCAPE.sub("", string[0])


@dataclass
class _Bracket:
    """An open bracket: its mark, whether it is in VALUES, and its number of parts."""

    mark: str
    in_values: bool
    length: int = 0


class _Nesting:
    """Counts tokens that overflow an engine's stack or its time to plan: depth, keywords and marks, lists, patterns.

    It also finds an IRI that could be a comparison, `1 <2)#>`: in round brackets, which hold expressions, after a
    possible value. An engine would read on inside of it.

    A pattern ends in a full stop, a semicolon or, outside brackets, a comma; a path has one more with each slash or
    bar. Decimal points count too, which does no harm.
    """

    def __init__(self) -> None:
        self.tokens = self.patterns = 0
        self.open: list[_Bracket] = []
        self._before, self._end = "", -1
        self._after_values = False

    def is_ambiguous(self, kind: str, piece: str, start: int) -> bool:
        """Return whether an engine may read another token here, and so all that follows."""
        follows, self._end = self._before == "<" and start == self._end, start + len(piece)
        if follows and piece.startswith("<"):
            return True  # a triple term, in which `<'>` would be no IRI
        if kind != "iri" or not _MISLEADING.search(piece):
            return False
        in_expression = bool(self.open) and self.open[-1].mark == "(" and not self.open[-1].in_values
        return in_expression and self._before.upper() not in _BEFORE_VALUES

    def add(self, kind: str, piece: str) -> None:
        inner = self.open[-1] if self.open else None
        self.tokens += kind in ("mark", "word")
        self.patterns += kind == "mark" and self._ends_pattern(piece)
        self._after_values = self._after_values or (kind == "word" and piece.upper() == "VALUES")
        if piece in "})]" and inner:
            self.open.pop()
        elif inner:
            inner.length += 1
        if kind == "mark" and piece in "{([":
            self._open(piece, inner)
        self._before = piece
        self._check_limits(inner)

    def _ends_pattern(self, mark: str) -> bool:
        return mark in ".;/|" or (mark == "," and not (self.open and self.open[-1].mark == "("))

    def _open(self, mark: str, inner: _Bracket | None) -> None:
        starts_values = mark == "{" and self._after_values
        self.open.append(_Bracket(mark, starts_values or (inner is not None and inner.in_values)))
        self._after_values = self._after_values and not starts_values

    def _check_limits(self, inner: _Bracket | None) -> None:
        if inner and inner.mark == "(" and inner.length > MAX_TOKENS + 1:
            raise QueryRefused(f"a list in the query has more than {MAX_TOKENS} parts; split it")
        if self.tokens > MAX_TOKENS:
            raise QueryRefused(f"the query has more than {MAX_TOKENS} keywords and marks; split it")
        if self.patterns > MAX_PATTERNS:
            raise QueryRefused(f"the query has more than {MAX_PATTERNS} patterns; split it")
        if len(self.open) > MAX_DEPTH:
            raise QueryRefused(f"the query is nested deeper than {MAX_DEPTH}; split it")
