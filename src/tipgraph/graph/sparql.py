"""The text of a query: its header, its slots, the terms that it names, and the guard that refuses unsafe ones.

A parameter has a slot in the pattern, `VALUES ?place { UNDEF }`. Only terms that the engine has serialised are ever put
into a query.

Decision: docs/decisions/0012-what-others-send-is-guarded.md.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import BadValue, QueryRefused
from tipgraph.model import DATA, data_name, prefixes, short

MAX_SIZE = 100_000
MAX_MARKS, MAX_BRACKETS = 5_000, 1_000  # some 8,000 operators in a row, or 3,000 brackets, overflow the engine's stack
LAST = 99  # the rank of a query whose header gives none
LONGEST_TERM = 80  # characters of our names; a longer name is no typing error

SLOT = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}", re.IGNORECASE)
_HEADER = re.compile(
    r"^#\+\s*(summary|asked|answer|example|detail|sentence|rank|level|reason|param\s+(\w+))(?:@(\w+))?:\s*(.*)$",
    re.MULTILINE,
)
_NAME = re.compile(rf"[\w.~/:-]{{1,{LONGEST_TERM}}}")  # of a term or an entry, without escapes
_KIND = re.compile(r"\(([\w -]+)\)\s*(.*)")
_PIECE = re.compile(  # what has a name comes last; before it comments, texts, words, and places whose terms may be new
    r"""\#[^\n\r]* | "{3}.*?"{3} | '{3}.*?'{3} | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
      | CONSTRUCT\s*\{[^{}]*\} | VALUES\b[^{}]*\{[^{}]*\} | \b(?:GRAPH|FROM|NAMED)\s+[^\s{}?$]+
      | PREFIX\s+(?P<prefix>[\w.-]*):\s*<(?P<space>[^<>]*)>
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)(?!\()
      | (?P<name>[\w.-]{0,100}:(?:[\w.:%-]|\\.)*+)(?!\()
      | [?$@]?\w+""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_FROM = re.compile(  # a variable is read as a whole, since it may end in these letters; no part is read twice
    r"[?$]\w+|FROM\s*+(NAMED\s*+)?(<[^<>\s]*+>?|\#|[\w.-]{0,100}+:[^\s{<]*+|[\w.-]{101})", re.IGNORECASE
)
_MARK = re.compile(r"<[^<>\s]*>|([^\w\s.,;:'\"?$#@])")  # outside of IRIs
_TOP = re.compile(r"(?:\s*#[^\n\r]*[\n\r])*")  # the comments before a query, such as its header
_ENTRY = re.compile(rf"<{re.escape(DATA)}[\w/.~-]*>")  # engines cannot read anything else there
_SUM = re.compile(r"\b(?:SUM|AVG)\s*\(", re.IGNORECASE)
_APART = {  # properties, and what a sum of money adds up that does not ask for them
    "currency": "currencies",
    "moneyKind": "kinds of money",
    "review": "reviewed and unreviewed claims",
    "countsAs": "several claims about one payment",
}


class Parameter(NamedTuple):
    """A parameter of a question: its kind of value, and its meaning."""

    kind: str
    summary: str


class Header(NamedTuple):
    """The header of a query file.

    `reason` and `sentence` are templates with `{variables}` of a row. `rank` orders the files of `queries/finding/`.
    `level` is `notice` for a rule of `queries/check/` whose rows are no faults. `asked` are the words of people who ask
    the question, with semicolons between them, `answer` is the template of the sentence that answers it, as
    `tipgraph.display.answer_sentence` fills it, and `example` are values of its parameters.
    """

    summary: str
    parameters: dict[str, Parameter]
    reason: str = ""
    detail: str = ""
    sentence: str = ""
    rank: int = LAST
    level: str = "finding"
    asked: str = ""
    answer: str = ""
    example: str = ""


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
    told = of("summary"), parameters, of("reason"), of("detail"), of("sentence"), rank, of("level") or "finding"
    return Header(*told, of("asked"), of("answer"), of("example"))


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


def dataset(text: str) -> tuple[list[str], list[str]]:
    """Return the graphs that a query names by FROM, and those by FROM NAMED, as it writes them.

    >>> dataset("SELECT * FROM <a:b> FROM NAMED <a:c> { ?from <a:d> ?e }")
    (['<a:b>'], ['<a:c>'])
    """
    graphs: tuple[list[str], list[str]] = [], []
    for match in _FROM.finditer(text, _TOP.match(text).end()):  # type: ignore[union-attr]  # it matches nothing too
        if match[2]:
            graphs[bool(match[1])].append(match[2])
    return graphs


def with_prefixes(text: str, prefixes: Mapping[str, str]) -> str:
    """Declare the prefixes before a query that it does not declare itself.

    >>> with_prefixes("PREFIX a: <x:y> ASK {}", {"a": "x:z", "b": "x:b"})
    'PREFIX b: <x:b> PREFIX a: <x:y> ASK {}'
    """
    declared = set(re.findall(r"PREFIX\s+([\w.-]*):", text, re.IGNORECASE))
    return " ".join([*(f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items() if name not in declared), text])


@lru_cache(maxsize=64)
def named(text: str, prefixes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the IRIs that a query names, with a prefix or in full, each as it is first written.

    `prefixes` need not be declared; those that the query declares win. Left out are a prefix alone, a full IRI that is
    neither of an entry nor has a name after #, names longer than any term, the template of CONSTRUCT, VALUES, which may
    be the data of a caller, named graphs, and functions.

    >>> named("PREFIX a: <x:y#> SELECT * { ?s a tip:Actor , a:b ; <x:z> 1 ; <x:z#c> 2 }", (("tip", "x:t#"),))
    {'x:t#Actor': 'tip:Actor', 'x:y#b': 'a:b', 'x:z#c': '<x:z#c>'}
    >>> named("SELECT (tip:nearest(?s) AS ?x) {}", (("tip", "x:t#"),))
    {}
    """
    spaces, iris = dict(prefixes), dict[str, str]()
    for match in _PIECE.finditer(text):
        iri, written = match["iri"], match["name"] or ""
        prefix, _, name = written.replace("\\", "").partition(":")
        if match["prefix"] is not None:
            spaces[match["prefix"]] = match["space"]
        elif iri and _NAME.fullmatch(_local_name(iri[1:-1])):
            iris.setdefault(iri[1:-1], iri)
        elif written and prefix in spaces and _NAME.fullmatch(name):
            iris.setdefault(spaces[prefix] + name, written)
    return iris


def sum_hint(text: str) -> str:
    """Return a hint on what a query adds up that is no sum; nothing if it adds up no money, or keeps all that apart.

    >>> sum_hint("SELECT (SUM(?n) AS ?all) { ?c tip:amount ?n ; tip:currency ?a ; tip:moneyKind ?b ; tip:review ?d }")
    'the sum may add up several claims about one payment: ask for tip:countsAs, or take `tipgraph query funding-sums`'
    """
    asked = {short(iri) for iri in named(text, tuple(prefixes().items()))} if _SUM.search(text) else set()
    mixed = {f"tip:{name}": what for name, what in _APART.items() if name not in asked}
    if "amount" not in asked or not mixed:
        return ""
    added, terms = ", ".join(mixed.values()), ", ".join(mixed)
    return f"the sum may add up {added}: ask for {terms}, or take `tipgraph query funding-sums`"


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
    """Refuse a query that could leave the machine or end the process; return whether it has FROM.

    `graphs` returns the named graphs that FROM may name. Guard the text of a caller before values are bound to it.
    Engines differ in what they take for a text, a comment or an escape: so the letters `service` are refused wherever
    they stand, but in the IRI of an entry, and so are codepoint escapes. Engines refuse updates themselves. Raises
    QueryRefused.
    """
    if len(text) > MAX_SIZE:
        raise QueryRefused(f"the query has {len(text)} characters; at most {MAX_SIZE} are run")
    marks = [mark for mark in _MARK.findall(text) if mark]
    if len(marks) > MAX_MARKS or sum(mark in "{([<" for mark in marks) > MAX_BRACKETS:
        raise QueryRefused(f"the query has more than {MAX_MARKS} marks or {MAX_BRACKETS} brackets; divide it")
    letters = _ENTRY.sub("", text).casefold()
    if "\\u" in letters:
        raise QueryRefused("\\u escapes are not run; write the character itself")
    if "service" in letters:
        raise QueryRefused(
            "SERVICE asks another server, but nothing leaves this machine; so these letters may be in the full IRI of "
            "an entry only. Ask that server itself, write the IRI out, or a word as CONCAT('serv', 'ices')"
        )
    named_by_from = [name for names in dataset(text) for name in names]
    for name in named_by_from:
        if name[1:-1] not in graphs():
            known = ", ".join(f"<{graph}>" for graph in sorted(graphs())) or "none"
            raise QueryRefused(f"FROM {name} is not a graph here and is not fetched; the graphs are: {known}")
    return bool(named_by_from)
