"""What a release must not tell: what a graph said before, and does not say any more."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.dates import EDTF, words
from tipgraph.graph import Graph
from tipgraph.release.coarsening import WORDS as DAYS
from tipgraph.release.deciding import Decided
from tipgraph.release.names import Names, figures
from tipgraph.release.settling import FIGURES
from tipgraph.spellings import folded
from tipgraph.statements import DATA, Statement
from tipgraph.withholding import Taken

_DIGESTS: Final = frozenset({tip.digest, tip.sha256})
_WORDY: Final = frozenset({tip.textFile, tip.name, tip.judge})  # words that are of no language
_TEXT: Final = 12  # letters of a text that is looked for as such; shorter ones stand anywhere
_SAYING_NO_KIND: Final = frozenset({tip.modality, tip.review, tip.hedge, tip.dateBasis})


class Value(NamedTuple):
    """A figure of a claim that is withheld, the names and ids of things beside which it tells, and what it is."""

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
    places: frozenset[str]
    values: Mapping[Decimal, list[Value]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many things are looked for."""
        values = sum(map(len, self.values.values()))
        sought = (self.names.sought, self.texts.sought, self.ids, self.digests, self.spans, self.places)
        return sum(map(len, sought)) + values


def secrets_of(
    decided: Decided, called: Callable[[NamedNode], NamedNode], released: Graph, now: Collection[Statement]
) -> Secrets:
    """Return what a graph said that a release does not say: a graph, and its statements now.

    `called` gives the name of a node in the release.
    """
    before = decided.web.statements
    nodes = {term for one in now for term in (one.subject, one.object) if isinstance(term, NamedNode)}
    gone = {one.subject for one in before} | {one.object for one in before if isinstance(one.object, NamedNode)}
    ids = {node.value.removeprefix(DATA) for node in gone - nodes if node.value.startswith(DATA)}
    literals = {said for one in now if isinstance(one.object, Literal) for said in _as_shown(one.object)}
    mute = [(one.predicate.value, one.object) for one in before
            if isinstance(one.object, Literal) and one.object.value not in literals]  # fmt: skip
    texts = {term.value for name, term in mute if term.language or name in _WORDY or _is_day(term)}
    texts |= {day[0] for _, term in mute if term.language for day in DAYS.finditer(term.value)}
    return Secrets(
        decided.names,
        Names((text for text in texts if len(text) >= _TEXT or DAYS.fullmatch(text)), _stand_in(texts, literals)),
        frozenset(ids),
        frozenset(term.value for name, term in mute if name in _DIGESTS),
        _spans(before, now),
        frozenset(_said_at(before) - _said_at(now)),
        _values(decided, called, released, now),
    )


def _as_shown(term: Literal) -> Iterable[str]:
    """Return a literal as pages and terminals show it."""
    if term.datatype.value == EDTF:
        return (term.value, words(term.value, "en"), words(term.value, "es"))
    return (term.value,)


def _is_day(term: Literal) -> bool:
    """Tell whether a literal is a day: a date in EDTF with a day in it."""
    return term.datatype.value == EDTF and len(term.value) >= len("2004-11-11")


def _stand_in(texts: Iterable[str], literals: Iterable[str]) -> set[str]:
    """Return the texts, folded, that stand in others that are told."""
    told = f" {' | '.join(folded(text) for text in literals)} "
    return {short for text in texts if f" {(short := folded(text))} " in told}


def _spans(before: Collection[Statement], now: Collection[Statement]) -> dict[tuple[str, str], frozenset[str]]:
    """Return the spans of texts that are told no longer, by start and end, with the names of the sources."""
    gone: dict[tuple[str, str], set[str]] = {}
    for source, start, end in _places(before) - _places(now):
        gone.setdefault((start, end), set()).add(source)
    return {span: frozenset(sources) for span, sources in gone.items()}


def _said_at(statements: Iterable[Statement]) -> set[str]:
    """Return the sentences in which evidence stands, as citations say them."""
    spans: dict[NamedNode, dict[str, str]] = {}
    for one in statements:
        if one.predicate.value in (tip.paragraph, tip.sentence):
            span = spans.setdefault(one.subject, {"source": one.source.value.removeprefix(DATA)})
            span[one.predicate.value] = one.object.value
    return {
        f"{span['source']} ¶{span[tip.paragraph]} s{span[tip.sentence]}" for span in spans.values()
        if tip.paragraph in span and tip.sentence in span
    }  # fmt: skip


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
        near = [thing for thing in things & names.keys() if (figure, thing) not in told]
        beside = {name for thing in near for name in (*names[thing], thing.value.removeprefix(DATA))}
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
