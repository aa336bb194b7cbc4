"""The leak test: all that was written is read back, and nothing of what is withheld may stand in it.

It knows what is withheld from what the graph said before and says now, and nothing of how a release is made.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import permutations
from pathlib import Path
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph import kit, tip
from tipgraph.graph import Graph
from tipgraph.pages import assets
from tipgraph.release.deciding import Decided
from tipgraph.release.fields import Record, records
from tipgraph.release.names import Names, figures
from tipgraph.release.settling import FIGURES
from tipgraph.spellings import folded
from tipgraph.statements import DATA, Statement
from tipgraph.withholding import Taken

_DIGESTS: Final = frozenset({tip.digest, tip.sha256})
_WORDY: Final = frozenset({tip.textFile, tip.name, tip.judge})  # words that are of no language
_TEXT: Final = 12  # letters of a text that is looked for as such; shorter ones stand anywhere
_TELLING: Final = 1000  # a figure from here on tells beside a thing; a smaller one needs what it counts beside it too
_SAYING_NO_KIND: Final = frozenset({tip.modality, tip.review, tip.hedge, tip.dateBasis})
_PATH: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)*")
_HEX: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_NUMBER: Final = re.compile(r"(?<![\w.])\d+(?![\w.])")
_NUMBERS: Final = 12  # of a record that could tell a place in a text: in a longer one two of them stand by chance
_LONG: Final = 3  # digits of the end of a span that tells one
_AROUND: Final = 2  # words on either side by which a name is known to stand in a text of the program's own


class Leak(NamedTuple):
    """Something withheld that stands in a release: the file, the place in it, and what it is."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        """Say it on a line."""
        return f"{self.file}: {self.place}: {self.what}"


class Value(NamedTuple):
    """A figure of a claim that is withheld, the names of things beside which it tells, and the words for what it is."""

    figure: Decimal
    things: frozenset[str]
    kinds: frozenset[str]
    claim: str


@dataclass(frozen=True)
class Secrets:
    """What a release must not tell: names, ids, digests, the words and figures of claims, and where they were said."""

    names: Names
    texts: Names
    ids: frozenset[str]
    digests: frozenset[str]
    spans: Mapping[tuple[str, str], frozenset[str]]
    values: Mapping[Decimal, list[Value]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many things are looked for."""
        values = sum(map(len, self.values.values()))
        return sum(map(len, (self.names.sought, self.texts.sought, self.ids, self.digests, self.spans))) + values


def leaks(folder: Path, secrets: Secrets) -> Iterator[Leak]:
    """Yield what a folder tells of what is withheld."""
    search = _Search(secrets)
    for record in records(folder, _brought()):
        yield from (Leak(record.file, record.place, what) for what in dict.fromkeys(search.told(record)))


def secrets_of(decided: Decided, called: Callable[[NamedNode], NamedNode], released: Graph) -> Secrets:
    """Return what a graph said that a release does not say; `called` gives the name of a node in the release."""
    before, now = decided.web.statements, [Statement(*quad) for quad in released.quads()]
    nodes = {term for one in now for term in (one.subject, one.object) if isinstance(term, NamedNode)}
    gone = {one.subject for one in before} | {one.object for one in before if isinstance(one.object, NamedNode)}
    ids = {node.value.removeprefix(DATA) for node in gone - nodes if node.value.startswith(DATA)}
    literals = {one.object.value for one in now if isinstance(one.object, Literal)}
    mute = [(one.predicate.value, one.object) for one in before
            if isinstance(one.object, Literal) and one.object.value not in literals]  # fmt: skip
    words = {term.value for name, term in mute if term.language or name in _WORDY}
    return Secrets(
        decided.names,
        Names((word for word in words if len(word) >= _TEXT), _stand_in(words, literals)),
        frozenset(ids),
        frozenset(term.value for name, term in mute if name in _DIGESTS),
        _spans(before, now),
        _values(decided, called, released, now),
    )


def _stand_in(words: Iterable[str], literals: Iterable[str]) -> set[str]:
    """Return the words, folded, that stand in other words that are told."""
    told = f" {' | '.join(folded(text) for text in literals)} "
    return {short for word in words if f" {(short := folded(word))} " in told}


def _spans(before: Collection[Statement], now: Collection[Statement]) -> dict[tuple[str, str], frozenset[str]]:
    """Return the spans of texts that are told no longer, by start and end, with the names of the sources."""
    gone: dict[tuple[str, str], set[str]] = {}
    for source, start, end in _places(before) - _places(now):
        gone.setdefault((start, end), set()).add(source)
    return {span: frozenset(sources) for span, sources in gone.items()}


def _places(statements: Collection[Statement]) -> set[tuple[str, str, str]]:
    spans = Taken.spans(statements)
    ends: dict[NamedNode, dict[str, str]] = {}
    for one in statements:
        if one.subject in spans and one.predicate.value in (tip.start, tip.end):
            ends.setdefault(one.subject, {})[one.predicate.value] = one.object.value
    sources = {one.subject: one.source.value.removeprefix(DATA) for one in statements if one.subject in ends}
    return {(sources[node], found[tip.start], found[tip.end]) for node, found in ends.items() if len(found) > 1}


def _values(
    decided: Decided, called: Callable[[NamedNode], NamedNode], released: Graph, now: Iterable[Statement]
) -> dict[Decimal, list[Value]]:
    """Return the figures that are told no longer, each with the things beside which it would tell."""
    names: dict[NamedNode, set[str]] = {}
    for row in released.named("other-names"):
        names.setdefault(row["thing"], set()).add(folded(row["name"].value))
    mentions: dict[NamedNode, set[NamedNode]] = {}
    for row in released.named("mentions"):
        mentions.setdefault(row["claim"], set()).add(row["thing"])
    told = {
        (figure, thing) for one in now if one.predicate.value in FIGURES
        for figure in figures(one.object.value) for thing in mentions.get(one.subject, ())
    }  # fmt: skip
    found: dict[Decimal, list[Value]] = {}
    for claim, figure in decided.figures_gone():
        things = {called(decided.larger.get(thing, thing)) for thing in decided.web.spoken([claim])}
        beside = {name for thing in things & names.keys() if (figure, thing) not in told for name in names[thing]}
        value = Value(figure, frozenset(beside), _kinds(decided, claim), called(claim).value.removeprefix(DATA))
        found.setdefault(figure, []).append(value)
    return found


def _kinds(decided: Decided, claim: NamedNode) -> frozenset[str]:
    """Return the words for what a claim gives a figure of: the labels of its codes, and a currency."""
    codes = [one for one in decided.web.about[claim] if one.predicate.value not in _SAYING_NO_KIND]
    said = {one.object for one in codes if isinstance(one.object, NamedNode)}
    labels = {term.object.value for term in decided.terms if term.subject in said and isinstance(term.object, Literal)}
    return frozenset(
        folded(word) for word in {*labels, *(one.object.value for one in codes if one.predicate.value == tip.currency)}
    )


class _Search:
    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets

    def told(self, record: Record) -> Iterator[str]:
        """Yield what a record tells."""
        secrets = self.secrets
        for text in record.texts:
            name = secrets.names.within(text)
            if name and not _is_own(text, name):
                yield f"the name {name!r}"
            if words := secrets.texts.within(text):
                yield f"the words {words[:40]!r}"
            yield from (f"the id {found}" for found in self._ids(text))
            yield from (f"the digest {found[0]}" for found in _HEX.finditer(text) if found[0] in secrets.digests)
        yield from self._span(record)
        yield from self._figures(record)

    def _ids(self, text: str) -> Iterator[str]:
        for found in _PATH.finditer(text):
            parts = found[0].removesuffix(".html").split("/")
            for size in (1, 3):
                for start in range(len(parts) - size + 1):
                    if (name := "/".join(parts[start : start + size])) in self.secrets.ids:
                        yield name

    def _span(self, record: Record) -> Iterator[str]:
        numbers = {number for text in record.texts for number in _NUMBER.findall(text)}
        if len(numbers) > _NUMBERS:
            return
        for start, end in permutations(sorted(numbers), 2):
            sources = self.secrets.spans.get((start, end), frozenset())
            if len(end) >= _LONG and any(source in text for source in sources for text in record.texts):
                yield f"the place {start}–{end}"

    def _figures(self, record: Record) -> Iterator[str]:
        if not self.secrets.values:
            return
        said = {figure for text in record.texts for figure in figures(text)} & self.secrets.values.keys()
        whole = f" {' | '.join(map(folded, record.texts))} " if said else ""
        for figure in sorted(said):
            for value in self.secrets.values[figure]:
                by_name = any(f" {name} " in whole for name in value.things)
                by_kind = figure >= _TELLING or any(f" {kind} " in whole for kind in value.kinds)
                if (by_name and by_kind) or any(value.claim in text for text in record.texts):
                    yield f"the figure {figure} of a claim that is withheld"


def _is_own(text: str, name: str) -> bool:
    """Tell whether a name stands in a text of the program's own wherever a text has it: in the ontology, a template."""
    lines, whole = _own()
    words, phrase = folded(text).split(), folded(name).split()
    if " ".join(words) in lines:
        return True
    for start in (n for n in range(len(words)) if words[n : n + len(phrase)] == phrase):
        around = words[max(0, start - _AROUND) : start + len(phrase) + _AROUND]
        if len(around) < len(phrase) + _AROUND or f" {' '.join(around)} " not in whole:
            return False
    return True


@cache
def _own() -> tuple[frozenset[str], str]:
    """Return the words of the program's own files, folded: their lines and quoted parts, and all in a row."""
    places = [kit.folder("ontology"), kit.folder("queries"), *map(kit.code, ("templates", "web", "exports"))]
    texts = [path.read_text("utf-8") for place in places for path in sorted(place.rglob("*")) if path.suffix in _WORDS]
    lines = (line for text in texts for part in text.splitlines() for line in (part, *re.findall(r'"([^"]*)"', part)))
    return frozenset(map(folded, lines)), f" {' '.join(map(folded, texts))} "


_WORDS: Final = frozenset({".css", ".html", ".js", ".py", ".rq", ".sql", ".toml", ".ttl"})


@cache
def _brought() -> Collection[str]:
    """Return the digests of the files that the program brings, whatever the graph."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        assets.write(Path(folder))
        files = [
            path for place in (Path(folder), kit.folder("ontology")) for path in place.rglob("*") if path.is_file()
        ]
        return {sha256(path.read_bytes()).hexdigest() for path in files}
