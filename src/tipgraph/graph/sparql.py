"""The text of a query: its header, its slots, and what it may not hold.

A parameter has a slot of its own in the pattern, `VALUES ?place { UNDEF }`. Only terms that the engine has serialised
are ever put into a query.

Decision: docs/decisions/0012-the-query-guard-reads-tokens.md.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import BadValue, QueryRefused

MAX_SIZE = 100_000
MAX_DEPTH = 64
MAX_PATTERNS = 300  # a thousand in a row are planned for half a minute
MAX_TOKENS = 5_000  # of keywords and marks: some 8,000 in a row end the engine's process by stack overflow
_LONGEST_TERM = 80  # of our names; what is longer is no slip of the pen

_SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_HEADER = re.compile(r"^#\+\s*(summary|reason|param\s+(\w+))(?:@(\w+))?:\s*(.*)$", re.MULTILINE)
_KIND = re.compile(r"\(([\w -]+)\)\s*(.*)")
_TOKEN = re.compile(
    r"""(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<comment>\#[^\n\r]*)
      | (?P<text>\"{3}[^"\\]*(?:(?:\\.|\"{1,2}(?!\"))[^"\\]*)*(?:\"{3}|(?P<open>))
               | '{3}[^'\\]*(?:(?:\\.|'{1,2}(?!'))[^'\\]*)*(?:'{3}|(?P<opened>))
               | "[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"? | '[^'\\\n\r]*(?:\\.[^'\\\n\r]*)*'?)
      | (?P<variable>[?$]\w+ | @[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
      | (?P<name>[\w.-]*:(?:[\w.:%-]|\\.)*)
      | (?P<word>\w+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
# But for control characters, which begin and end nothing and which Oxigraph writes so in a term.
_ESCAPE = re.compile(r"\\(?:u|U0000)(?!00(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]))[0-9A-Fa-f]{4}|\\U(?!0000)")
_SOUND = re.compile(r"\\(?:[tbnrf\"'\\]|u00[0-9a-fA-F]{2}|U000000[0-9a-fA-F]{2})")  # an escape that a text may hold
# What an IRI may hold that would be a text, a comment, a bracket or a word that matters, were it a comparison.
_MISLEADING = re.compile(r"['#()\[\]]|service", re.IGNORECASE)
_BEFORE_VALUES = frozenset([*"(,=<>!&|+-*/^", "DISTINCT"])  # behind these stands a value
_WRITES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"))


class Parameter(NamedTuple):
    """A parameter of a question: what sort of value it takes, and what it means."""

    kind: str
    summary: str


class Header(NamedTuple):
    """What a query file says of itself; `reason` is a sentence with `{variables}` that says why a row is one."""

    summary: str
    parameters: dict[str, Parameter]
    reason: str = ""


def header(text: str, language: str = "en") -> Header:
    r"""Read the header comments of a query: `#+ summary: …` and `#+ param name: (kind) …`.

    In another language they are `#+ summary@es: …` and `#+ param name@es: …`; what is not said so is said in English.

    >>> header("#+ summary: Who pays?\n#+ param giver: (actor) who gives\nSELECT * {}").parameters["giver"].kind
    'actor'
    """
    summaries: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    reason = ""
    for what, name, tag, words in (match.groups() for match in _HEADER.finditer(text)):
        kind = _KIND.fullmatch(words.strip())
        if name and tag == language and name in parameters:
            parameters[name] = parameters[name]._replace(summary=words.strip())
        elif name and kind and not tag:
            parameters[name] = Parameter(kind[1], kind[2])
        elif what == "reason":
            reason = words.strip()
        elif not name:
            summaries[tag or "en"] = f"{summaries.get(tag or 'en', '')} {words.strip()}".strip()
    return Header(summaries.get(language) or summaries.get("en", ""), parameters, reason)


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


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the tokens of a query, save blanks and comments: their kind, their text, and where they begin.

    >>> [piece for _, piece, _ in tokens("ASK { ?s a tip:Actor } # done")]
    ['ASK', '{', '?s', 'a', 'tip:Actor', '}']
    """
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "comment" and not match[0].isspace():
            yield match.lastgroup or "", match[0], match.start()


def dataset(text: str) -> tuple[list[str], list[str]]:
    """Return the graphs that a query names by FROM, and those that it names by FROM NAMED.

    >>> dataset("SELECT * FROM <a:b> FROM NAMED <a:c> {}")
    (['a:b'], ['a:c'])
    """
    found: tuple[list[str], list[str]] = [], []
    before = ""
    for kind, piece, _ in tokens(text):
        word = piece.upper() if kind == "word" else ""
        if kind == "iri" and before in ("FROM", "NAMED"):
            found[before == "NAMED"].append(piece[1:-1])
        before = word if word == "FROM" or (word == "NAMED" and before == "FROM") else ""
    return found


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Put those prefixes before a query that it does not declare itself.

    >>> with_prefixes("PREFIX a: <x:y> ASK {}", {"a": "x:z", "b": "x:b"})
    'PREFIX b: <x:b> PREFIX a: <x:y> ASK {}'
    """
    pieces = [piece for _, piece, _ in tokens(text)]
    declared = {name for word, name in pairwise(pieces) if word.upper() == "PREFIX"}
    ours = [f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items() if f"{name}:" not in declared]
    return " ".join([*ours, text])


def _asked(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the tokens of a query but for the template of CONSTRUCT, whose terms may be new."""
    making = inside = False
    for kind, piece, start in tokens(text):
        making = making or (kind == "word" and piece.upper() == "CONSTRUCT")
        inside = inside or (making and piece == "{")
        if not inside:
            making = making and piece.upper() != "WHERE"
            yield kind, piece, start
        elif piece == "}":  # a template holds no brackets
            making = inside = False


@lru_cache(maxsize=64)
def named(text: str, prefixes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the IRIs that a query names, by a prefix or as a whole, each as it is first written there.

    `prefixes` are those that it need not declare; what it declares itself goes first. Left out are a prefix alone, an
    IRI without a name behind a #, names longer than any term, what CONSTRUCT makes, and whole IRIs in VALUES, which
    may be the data of a caller.

    >>> named("PREFIX a: <x:y#> SELECT * { ?s a tip:Actor , a:b ; <x:z> 1 ; <x:z#c> 2 }", (("tip", "x:t#"),))
    {'x:t#Actor': 'tip:Actor', 'x:y#b': 'a:b', 'x:z#c': '<x:z#c>'}
    """
    found = [("", "", 0), ("", "", 0), *_asked(text)]
    spaces, iris, data = dict(prefixes), dict[str, str](), False
    for (_, first, _), (_, second, _), (kind, piece, _) in zip(found, found[1:], found[2:], strict=False):
        prefix, _, name = piece.partition(":")
        data = (data and piece != "}") or piece.upper() == "VALUES"
        if kind == "iri" and first.upper() == "PREFIX":
            spaces[second.removesuffix(":")] = piece[1:-1]
        elif kind == "iri" and not data and 0 < len(piece.partition("#")[2]) - 1 <= _LONGEST_TERM:
            iris.setdefault(piece[1:-1], piece)
        elif kind == "name" and second.upper() != "PREFIX" and prefix in spaces and 0 < len(name) <= _LONGEST_TERM:
            iris.setdefault(spaces[prefix] + name, piece)
    return iris


def literal(value: str) -> Literal:
    """Return a literal for words of a caller; raise BadValue for what is no text, such as bytes that are not UTF-8."""
    try:
        return Literal(value)
    except ValueError as error:
        raise BadValue(f"{value!r} is not UTF-8; write it as text") from error


def guard(text: str, graphs: Callable[[], Collection[str]] = tuple) -> bool:
    """Refuse a query that would write, leave the machine, or end the process by its size or depth.

    `graphs` gives the named graphs that FROM may name, where it names any. Guard the text of a caller before values are
    bound to it: codepoint escapes are refused, but for those of control characters, since engines differ in where they
    resolve them. Returns whether the query names its own dataset with FROM. Raises QueryRefused.
    """
    named = _from(text)
    for piece in named:
        if not piece.startswith("<") or piece[1:-1] not in graphs():
            known = ", ".join(f"<{graph}>" for graph in sorted(graphs())) or "none"
            raise QueryRefused(f"FROM {piece} is no graph here and is not fetched; the graphs are: {known}")
    return bool(named)


@lru_cache(maxsize=64)  # the same few queries are asked again and again, of a server above all
def _from(text: str) -> tuple[str, ...]:
    """Return what stands behind each FROM of a query; raise QueryRefused for one that is not run."""
    if len(text) > MAX_SIZE:
        raise QueryRefused(f"the query has {len(text)} characters; at most {MAX_SIZE} are run")
    if _ESCAPE.search(text):
        raise QueryRefused("\\u escapes are not run; write the character itself")
    nesting, found, after_from = _Nesting(), list[str](), False
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "", match[0]
        if kind == "comment" or piece.isspace():
            continue
        _refuse(match, nesting)
        nesting.add(kind, piece)
        word = piece.upper() if kind == "word" else ""
        if after_from and word != "NAMED":
            found.append(piece)
        after_from = word == "FROM" or (after_from and word == "NAMED")
    return tuple(found) + (("the end of the query",) if after_from else ())


def _refuse(token: re.Match[str], nesting: "_Nesting") -> None:
    """Raise QueryRefused for a token that an engine may read otherwise, that writes, or that asks another server."""
    kind, piece = token.lastgroup or "", token[0]
    if kind == "text" and _is_loose(token):
        raise QueryRefused(f"{piece[:20]} … begins a text without an end, or holds an escape that is none; mend it")
    if nesting.is_doubtful(kind, piece, token.start()):
        raise QueryRefused(f"{piece[:80]} can be read in two ways; write a space behind a less-than sign")
    if kind == "word" and piece.upper() in _WRITES:
        raise QueryRefused(f"{piece.upper()} is an update; a graph is only read here: change data/ and build again")
    if kind in ("word", "name") and "SERVICE" in piece.upper():  # also glued to what is before or after it
        raise QueryRefused("SERVICE asks another server; nothing leaves this machine, so ask that server itself")


def _is_loose(text: re.Match[str]) -> bool:
    """Tell whether a text is none for an engine, which then reads on behind the first two of its three quotes."""
    if text["open"] is not None or text["opened"] is not None:
        return True
    return "\\" in text[0] and "\\" in _SOUND.sub("", text[0])


@dataclass
class _Bracket:
    """A bracket that is open: which, whether VALUES has opened it or one around it, and how many parts it has."""

    mark: str
    is_data: bool
    length: int = 0

    def lengthen(self) -> None:
        """Count one more part; raise QueryRefused for a list of too many."""
        if self.mark == "(" and self.length > MAX_TOKENS:
            raise QueryRefused(f"a list in the query has more than {MAX_TOKENS} parts; split it")
        self.length += 1


class _Nesting:
    """Counts what overflows the stack of an engine, or its time to plan: depth, keywords and marks, lists, patterns.

    It also knows where an IRI cannot be told from a comparison, `1 <2)#>`: within round brackets, which hold
    expressions, behind what may be a value. There an engine goes on reading what this guard took for an IRI.

    A pattern ends in a full stop, a semicolon or, outside brackets, a comma; a path has one more with each slash or
    bar. Decimal points count too, which does no harm.
    """

    def __init__(self) -> None:
        self.tokens = self.patterns = 0
        self.open: list[_Bracket] = []
        self._before, self._end = "", -1
        self._after_values = False

    def is_doubtful(self, kind: str, piece: str, start: int) -> bool:
        """Tell whether a token may be another for an engine, and what is behind it too."""
        follows, self._end = self._before == "<" and start == self._end, start + len(piece)
        if follows and piece.startswith("<"):
            return True  # a triple term, in which `<'>` would be no IRI
        if kind != "iri" or not _MISLEADING.search(piece):
            return False
        in_expression = bool(self.open) and self.open[-1].mark == "(" and not self.open[-1].is_data
        return in_expression and self._before.upper() not in _BEFORE_VALUES

    def add(self, kind: str, piece: str) -> None:
        inner = self.open[-1] if self.open else None
        self.tokens += kind in ("mark", "word")
        if kind == "mark" and piece in ".;/|,":
            self.patterns += piece != "," or inner is None or inner.mark != "("
        if kind == "word" and piece.upper() == "VALUES":
            self._after_values = True
        if piece in "})]" and inner:
            self.open.pop()
        elif inner:
            inner.lengthen()
        if kind == "mark" and piece in "{([":
            is_data = (inner is not None and inner.is_data) or (piece == "{" and self._after_values)
            self.open.append(_Bracket(piece, is_data))
            self._after_values = self._after_values and piece != "{"
        self._before = piece
        self._hold_limits()

    def _hold_limits(self) -> None:
        if self.tokens > MAX_TOKENS:
            raise QueryRefused(f"the query has more than {MAX_TOKENS} keywords and marks; split it")
        if self.patterns > MAX_PATTERNS:
            raise QueryRefused(f"the query has more than {MAX_PATTERNS} patterns; split it")
        if len(self.open) > MAX_DEPTH:
            raise QueryRefused(f"the query is nested deeper than {MAX_DEPTH}; split it")
