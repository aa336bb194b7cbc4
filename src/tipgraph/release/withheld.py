"""What a release must not tell: what a graph said before, and does not say any more."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.dates import EDTF, words
from tipgraph.graph import Graph
from tipgraph.release.attack import Figure, Secrets
from tipgraph.release.decisions import Decided
from tipgraph.release.names import counted
from tipgraph.spellings import folded
from tipgraph.statements import DATA, REFERENCE, Statement

Beside: TypeAlias = dict[tuple[Decimal, NamedNode], str]  # the row, by a figure and a thing

_DIGESTS: Final = frozenset({tip.digest, tip.sha256})
_WORDY: Final = frozenset({tip.textFile, tip.name})  # words that are of no language
_TEXT: Final = 12  # letters of a text that is looked for as such; shorter ones stand anywhere
_PREFERRED: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"
_PIECES: Final = 3  # in which a text may be told apart
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_KINDS: Final = frozenset({tip.unit, tip.population, tip.sex, tip.age})


def secrets_of(
    decided: Decided,
    called: Callable[[NamedNode], NamedNode],
    released: Graph,
    now: Collection[Statement],
    beside: Collection[tuple[Decimal, NamedNode]],
) -> Secrets:
    """Return what a graph said that a release does not say: a graph, and its statements now.

    `called` gives the name of a node in the release; `beside` are `coincidences`.
    """
    before = decided.web.statements
    gone = {node for node in _nodes(before) - _nodes(now) if _is_secret(decided, node)}
    told = {said for one in now if isinstance(one.object, Literal) for said in _as_shown(one.object)}
    mute = [one for one in before if isinstance(one.object, Literal) and one.object.value not in told]
    known = f" {' | '.join(map(folded, [*told, *_shown(decided)]))} "
    ids = {node.value.removeprefix(DATA) for node in gone}
    words = {node: folded(node.value.rpartition("/")[2]) for node in gone}
    slugs = {name for node, name in words.items() if f" {name} " in known or "Thing" not in decided.web.classes(node)}
    wordy = {one.object.value for one in mute if _is_wordy(one)} | set(_quoted(decided))
    days = {day for one in mute if _is_date(one) for day in _DAY.findall(one.object.value)}
    coarser = (one for one in mute if _is_date(one) and decided.dates.get(one.subject) == "year")
    days |= {month for one in coarser for month in _MONTH.findall(one.object.value)}
    return Secrets(
        names=decided.names.sought,
        texts=frozenset(text for text in wordy if len(text) >= _TEXT and not _is_told(text, known)),
        ids=frozenset(ids),
        days=frozenset(day for day in days if not any(day in text for text in told)),
        figures=tuple(_figures(decided, called, released, beside)),
        digests=frozenset(one.object.value for one in mute if one.predicate.value in _DIGESTS),
        closed=frozenset(source.value.removeprefix(DATA) for source in decided.closed - {REFERENCE}),
        kept=decided.names.kept | slugs,
    )


def _is_told(text: str, known: str) -> bool:
    """Tell whether a text is made of a few pieces that are told: a page may say them in one sentence.

    >>> _is_told("AG/RES 2019, operative paragraph 9", " ag res 2019 | operative paragraph 9 ")
    True
    """
    words = folded(text).split()
    pieces, start = 0, 0
    for end in range(1, len(words) + 1):
        if f" {' '.join(words[start:end])} " not in known:
            pieces, start = pieces + 1, end - 1
    return pieces < max(_PIECES, len(words) // 4)


def _nodes(statements: Iterable[Statement]) -> set[NamedNode]:
    return {term for one in statements for term in (one.subject, one.object) if isinstance(term, NamedNode)}


def _is_secret(decided: Decided, node: NamedNode) -> bool:
    """Tell whether the id of a node that is gone must not be told: not that of a thing that all share."""
    shared = node.value.startswith(f"{REFERENCE.value}/") and "Thing" in decided.web.classes(node)
    return node.value.startswith(DATA) and node != REFERENCE and (node in decided.gone or not shared)


def _is_date(one: Statement) -> bool:
    return isinstance(one.object, Literal) and one.object.datatype.value == EDTF


def _is_wordy(one: Statement) -> bool:
    return isinstance(one.object, Literal) and (one.object.language is not None or one.predicate.value in _WORDY)


def _as_shown(term: Literal) -> Iterable[str]:
    """Return a literal as pages and terminals show it."""
    if term.datatype.value == EDTF:
        return (term.value, words(term.value, "en"), words(term.value, "es"))
    return (term.value,)


def _shown(decided: Decided) -> Iterator[str]:
    """Yield the texts that are quoted."""
    for source in {one.source for one in decided.web.statements} - decided.closed:
        yield decided.quotes.text(source) or ""


def _quoted(decided: Decided) -> Iterator[str]:
    """Yield the words of the spans of closed sources, where their texts are at hand."""
    naming = (one for one in decided.web.statements if one.predicate.value == tip.textFile)
    files = {one.subject: one.object.value for one in naming}
    for node in decided.taken.spans(decided.web.statements):
        said = {one.predicate.value: one.object.value for one in decided.web.about[node]}
        source = decided.web.about[node][0].source
        at_hand = source in decided.closed & files.keys() and tip.end in said
        if at_hand and (text := decided.texts.text(files[source])) is not None:
            yield text[int(said[tip.start]) : int(said[tip.end])]


def coincidences(decided: Decided, released: Graph, now: Iterable[Statement]) -> Beside:
    """Return where what is shown has a figure that goes, beside a thing: it may tell of something else.

    A person decides; it is no leak.
    """
    gone = {figure for _, figure in decided.figures_gone()}
    names = _names(released)
    records: dict[NamedNode, list[Statement]] = {}
    for one in now:
        records.setdefault(one.subject, []).append(one)
    found: Beside = {}
    for subject, record in records.items() if gone else ():
        texts = [one.object.value for one in record if isinstance(one.object, Literal)]
        if said := gone & {number for text in texts for number in counted(text)}:
            objects = [one.object for one in record if isinstance(one.object, NamedNode)]
            words = " | ".join(map(folded, [*texts, *(name for thing in objects for name in names.get(thing, ()))]))
            near = [thing for thing in names if any(f" {folded(name)} " in f" {words} " for name in names[thing])]
            found |= {(figure, thing): subject.value.removeprefix(DATA) for figure in said for thing in near}
    return found


def _names(released: Graph) -> dict[NamedNode, set[str]]:
    found: dict[NamedNode, set[str]] = {}
    for row in released.named("other-names"):
        found.setdefault(row["thing"], set()).add(row["name"].value)
    return found


def _figures(
    decided: Decided,
    called: Callable[[NamedNode], NamedNode],
    released: Graph,
    told: Collection[tuple[Decimal, NamedNode]],
) -> Iterator[Figure]:
    """Yield the figures that are told no longer, each with the things beside which it would tell."""
    names = _names(released)
    for claim, figure in decided.figures_gone():
        said = set(decided.web.values(claim, tip.subject)) or _nodes(decided.web.about[claim])  # not who issued a count
        things = {called(decided.larger.get(thing, thing)) for thing in said}
        near = [thing for thing in things & names.keys() if (figure, thing) not in told]
        beside = {name for thing in near for name in (*names[thing], thing.value.removeprefix(DATA))}
        yield Figure(figure, frozenset(beside), _kinds(decided, claim))


def _kinds(decided: Decided, claim: NamedNode) -> frozenset[str]:
    """Return the words for what a claim gives a figure of: the labels of its codes, and a currency."""
    said = {one.object for one in decided.web.about[claim] if one.predicate.value in _KINDS}
    labels = {
        term.object.value for term in decided.terms if term.subject in said and term.predicate.value == _PREFERRED
    }
    money = {one.object.value for one in decided.web.about[claim] if one.predicate.value == tip.currency}
    return frozenset(labels | money)
