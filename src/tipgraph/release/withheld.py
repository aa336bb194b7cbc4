"""What a release must not tell: what a graph said before, and does not say any more."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.dates import EDTF, words
from tipgraph.graph import Graph
from tipgraph.release.attack import Figure, Secrets
from tipgraph.release.closure import FIGURES
from tipgraph.release.decisions import Decided
from tipgraph.release.names import figures
from tipgraph.sources import Texts
from tipgraph.spellings import folded
from tipgraph.statements import DATA, REFERENCE, Statement

_DIGESTS: Final = frozenset({tip.digest, tip.sha256})
_WORDY: Final = frozenset({tip.textFile, tip.name})  # words that are of no language
_TEXT: Final = 12  # letters of a text that is looked for as such; shorter ones stand anywhere
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SAYING_NO_KIND: Final = frozenset({tip.modality, tip.review, tip.hedge, tip.dateBasis})


def secrets_of(
    decided: Decided,
    called: Callable[[NamedNode], NamedNode],
    released: Graph,
    now: Collection[Statement],
    texts: Texts,
) -> Secrets:
    """Return what a graph said that a release does not say: a graph, and its statements now.

    `called` gives the name of a node in the release; `texts` are those that are at hand.
    """
    before = decided.web.statements
    gone = {node for node in _nodes(before) - _nodes(now) if _is_secret(decided, node)}
    told = {said for one in now if isinstance(one.object, Literal) for said in _as_shown(one.object)}
    mute = [one for one in before if isinstance(one.object, Literal) and one.object.value not in told]
    known = f" {' | '.join(map(folded, told))} "
    ids = {node.value.removeprefix(DATA) for node in gone}
    words = {node: folded(node.value.rpartition("/")[2]) for node in gone}
    slugs = {name for node, name in words.items() if f" {name} " in known or "Thing" not in decided.web.classes(node)}
    wordy = {one.object.value for one in mute if _is_wordy(one)} | set(_quoted(decided, texts))
    dates = [one.object for one in mute if isinstance(one.object, Literal) and one.object.datatype.value == EDTF]
    days = {day for date in dates for day in _DAY.findall(date.value)}
    return Secrets(
        names=decided.names.sought,
        texts=frozenset(text for text in wordy if len(text) >= _TEXT and f" {folded(text)} " not in known),
        ids=frozenset(ids),
        days=frozenset(day for day in days if not any(day in text for text in told)),
        figures=tuple(_figures(decided, called, released, now)),
        digests=frozenset(one.object.value for one in mute if one.predicate.value in _DIGESTS),
        closed=frozenset(source.value.removeprefix(DATA) for source in decided.closed - {REFERENCE}),
        kept=decided.names.kept | slugs,
    )


def _nodes(statements: Iterable[Statement]) -> set[NamedNode]:
    return {term for one in statements for term in (one.subject, one.object) if isinstance(term, NamedNode)}


def _is_secret(decided: Decided, node: NamedNode) -> bool:
    """Tell whether the id of a node that is gone must not be told: not that of a thing that all share."""
    shared = node.value.startswith(f"{REFERENCE.value}/") and "Thing" in decided.web.classes(node)
    return node.value.startswith(DATA) and node != REFERENCE and (node in decided.gone or not shared)


def _is_wordy(one: Statement) -> bool:
    return isinstance(one.object, Literal) and (one.object.language is not None or one.predicate.value in _WORDY)


def _as_shown(term: Literal) -> Iterable[str]:
    """Return a literal as pages and terminals show it."""
    if term.datatype.value == EDTF:
        return (term.value, words(term.value, "en"), words(term.value, "es"))
    return (term.value,)


def _quoted(decided: Decided, texts: Texts) -> Iterator[str]:
    """Yield the words of the spans of closed sources, where their texts are at hand."""
    files = {one.subject: one.object.value for one in decided.web.statements if one.predicate.value == tip.textFile}
    for node in decided.taken.spans(decided.web.statements):
        said = {one.predicate.value: one.object.value for one in decided.web.about[node]}
        source = decided.web.about[node][0].source
        text = texts.text(files[source]) if source in decided.closed & files.keys() and tip.end in said else None
        if text is not None:
            yield text[int(said[tip.start]) : int(said[tip.end])]


def _figures(
    decided: Decided, called: Callable[[NamedNode], NamedNode], released: Graph, now: Iterable[Statement]
) -> Iterator[Figure]:
    """Yield the figures that are told no longer, each with the things beside which it would tell."""
    names: dict[NamedNode, set[str]] = {}
    for row in released.named("other-names"):
        names.setdefault(row["thing"], set()).add(row["name"].value)
    mentions: dict[NamedNode, set[NamedNode]] = {}
    for row in released.named("mentions"):
        mentions.setdefault(row["claim"], set()).add(row["thing"])
    told = {
        (figure, thing) for one in now if one.predicate.value in FIGURES
        for figure in figures(one.object.value) for thing in mentions.get(one.subject, ())
    }  # fmt: skip
    for claim, figure in decided.figures_gone():
        things = {called(decided.larger.get(thing, thing)) for thing in decided.web.spoken([claim])}
        near = [thing for thing in things & names.keys() if (figure, thing) not in told]
        beside = {name for thing in near for name in (*names[thing], thing.value.removeprefix(DATA))}
        yield Figure(figure, frozenset(beside), _kinds(decided, claim))


def _kinds(decided: Decided, claim: NamedNode) -> frozenset[str]:
    """Return the words for what a claim gives a figure of: the labels of its codes, and a currency."""
    codes = [one for one in decided.web.about[claim] if one.predicate.value not in _SAYING_NO_KIND]
    said = {one.object for one in codes if isinstance(one.object, NamedNode)}
    labels = {term.object.value for term in decided.terms if term.subject in said and isinstance(term.object, Literal)}
    return frozenset({*labels, *(one.object.value for one in codes if one.predicate.value == tip.currency)})
