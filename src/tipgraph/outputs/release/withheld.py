"""What a release must not tell: what a graph said before, and does not say any more.

Decision: docs/decisions/0100-quote-digests-appear-only-with-quotes.md.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Graph
from tipgraph.model import DATA, EDTF, REFERENCE, Statement, data_name, folded, spoken, tip, words
from tipgraph.outputs.release.attack import SecretFigure, Secrets
from tipgraph.outputs.release.plan import Decided
from tipgraph.outputs.release.withheld_names import counted

_DIGESTS: Final = frozenset({tip.digest, tip.sha256})
_WORDY: Final = frozenset({tip.textFile, tip.name})  # words that are of no language
_TEXT: Final = 12  # letters of a text that is looked for as such; shorter ones stand anywhere
_PREFERRED: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"
_PIECES: Final = 3  # in which a text may be told apart
_COMMA: Final = re.compile(r"[,\s]+(?:and|y)\s+|,\s*")
_ARTICLE: Final = re.compile("^(?:in |en )?(?:the |las |los |la |el )?")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_KINDS: Final = frozenset({tip.unit, tip.population, tip.sex, tip.age})


class Withheld:
    """What is told no longer.

    `now` are the statements of a release, which `released` is the graph of; `called` gives the name of a node in it.
    """

    def __init__(self, decided: Decided, called: Callable[[NamedNode], NamedNode], released: Graph) -> None:
        """Compare what was said with what is."""
        self.decided, self.called = decided, called
        self.now = [Statement(*quad) for quad in released.quads()]
        self._names: dict[NamedNode, set[str]] = {}  # of things in the release
        for row in released.named("other-names"):
            self._names.setdefault(row["thing"], set()).add(row["name"].value)

    def secrets(self) -> Secrets:
        """Return what must not be told."""
        decided, before = self.decided, self.decided.web.statements
        gone = {node for node in _nodes(before) - _nodes(self.now) if _is_secret(decided, node)}
        told = {said for one in self.now if isinstance(one.object, Literal) for said in _as_shown(one.object)}
        mute = [one for one in before if isinstance(one.object, Literal) and one.object.value not in told]
        quoted = (decided.quotes.text(source) or "" for source in {one.source for one in before} - decided.closed)
        known = f" {' | '.join(map(folded, [*told, *quoted]))} "
        words = {node: folded(node.value.rpartition("/")[2]) for node in gone}
        slugs = {name for node, name in words.items()
                 if f" {name} " in known or "Thing" not in decided.web.classes(node)}  # fmt: skip
        said = {one.object.value for one in mute if _is_wordy(one)}.union(self._spans())
        names = {folded(name) for called in self._names.values() for name in called}
        texts = (
            text for text in said if len(text) >= _TEXT and not _is_told(text, known) and not _is_list(text, names)
        )
        days = {day for one in mute if _is_date(one) for day in _DAY.findall(one.object.value)}
        coarser = (one for one in mute if _is_date(one) and decided.dates.get(one.subject) == "year")
        days |= {month for one in coarser for month in _MONTH.findall(one.object.value)}
        return Secrets(
            names=decided.names.sought,
            texts=frozenset([*texts, *self._texts.values()]),
            ids=frozenset(data_name(node.value) for node in gone),
            days=frozenset(day for day in days if not any(day in text for text in told)),
            figures=tuple(self._figures()),
            digests=frozenset(one.object.value for one in mute if one.predicate.value in _DIGESTS),
            closed=frozenset(data_name(source.value) for source in decided.closed - {REFERENCE}),
            kept=decided.names.kept | slugs,
        )

    @cached_property
    def beside(self) -> Mapping[tuple[Decimal, NamedNode], str]:
        """The row of what is shown, by its id before, that has a figure that goes beside a thing, by both.

        It may tell of something else: a person decides; it is no leak.
        """
        gone = {figure for _, figure in self.decided.figures_gone()}
        before = {self.called(node): node for node in self.decided.web.about}
        records: dict[NamedNode, list[Statement]] = {}
        for one in self.now:
            records.setdefault(one.subject, []).append(one)
        found: dict[tuple[Decimal, NamedNode], str] = {}
        for subject, record in records.items() if gone else ():
            texts = [one.object.value for one in record if isinstance(one.object, Literal)]
            if said := gone & {number for text in texts for number in counted(text)}:
                objects = [one.object for one in record if isinstance(one.object, NamedNode)]
                names = (name for thing in objects for name in self._names.get(thing, ()))
                words = f" {' | '.join(map(folded, [*texts, *names]))} "
                near = [thing for thing in self._names if any(f" {folded(n)} " in words for n in self._names[thing])]
                row = data_name(before.get(subject, subject).value)
                found |= {(figure, thing): row for figure in said for thing in near}
        return found

    @cached_property
    def _texts(self) -> dict[NamedNode, str]:
        """Return the texts at hand of closed sources."""
        named = {one.subject: one.object.value for one in self.decided.web.statements
                 if one.predicate.value == tip.textFile and one.subject in self.decided.closed}  # fmt: skip
        texts = {source: self.decided.texts.text(file) for source, file in named.items()}
        return {source: text for source, text in texts.items() if text}

    def _spans(self) -> Iterator[str]:
        """Yield the words of the spans of closed sources, where their texts are at hand."""
        web, texts = self.decided.web, self._texts
        for node in self.decided.taken.spans(web.statements):
            said = {one.predicate.value: one.object.value for one in web.about[node]}
            source = web.about[node][0].source
            if source in texts and tip.end in said:
                yield texts[source][int(said[tip.start]) : int(said[tip.end])]

    def _figures(self) -> Iterator[SecretFigure]:
        """Yield the figures that are told no longer, each with the things beside which it would tell."""
        web, larger = self.decided.web, self.decided.larger
        for claim, figure in self.decided.figures_gone():
            said = set(web.values(claim, tip.subject)) or _nodes(web.about[claim])  # not who issued a count
            things = {self.called(larger.get(thing, thing)) for thing in said}
            near = [thing for thing in things & self._names.keys() if (figure, thing) not in self.beside]
            names = {name for thing in near for name in (*self._names[thing], data_name(thing.value))}
            yield SecretFigure(figure, frozenset(names), _kinds(self.decided, claim))


def _is_list(text: str, names: Collection[str]) -> bool:
    """Say whether a text is a list of names of things in the release, which no sentence can help to give as well.

    >>> _is_list("in the Bahamas, Belize, and Guyana", {"bahamas", "belize", "guyana"})
    True
    """
    return all(_ARTICLE.sub("", folded(part)) in names for part in _COMMA.split(text) if part)


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
        return (term.value, *(say(term.value, language) for say in (words, spoken) for language in ("en", "es")))
    return (term.value,)


def _kinds(decided: Decided, claim: NamedNode) -> frozenset[str]:
    """Return the words for what a claim gives a figure of: the labels of its codes, and a currency."""
    said = {one.object for one in decided.web.about[claim] if one.predicate.value in _KINDS}
    labels = {
        term.object.value for term in decided.terms if term.subject in said and term.predicate.value == _PREFERRED
    }
    money = {one.object.value for one in decided.web.about[claim] if one.predicate.value == tip.currency}
    return frozenset(labels | money)
