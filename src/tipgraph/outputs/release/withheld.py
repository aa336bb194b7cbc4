"""The secrets of a release: what the graph said before, and the release does not say.

Decision: docs/decisions/0100-quote-digests-appear-only-with-quotes.md.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Graph
from tipgraph.model import DATA, EDTF, REFERENCE, SKOS, Statement, data_name, folded, spoken, tip, words
from tipgraph.outputs.release.attack import SecretFigure, Secrets
from tipgraph.outputs.release.plan import ReleasePlan
from tipgraph.outputs.release.withheld_names import counted, searchable

_DIGESTS: Final = frozenset({tip.digest, tip.documentSha256, tip.sha256})
_WORDED: Final = frozenset({tip.documentFile, tip.textFile, tip.name})  # words without a language
_TEXT: Final = 12  # letters of a secret text; a shorter one may be in any text
_PREFERRED: Final = SKOS + "prefLabel"
_PIECES: Final = 3  # known pieces of a text that is no secret
_COMMA: Final = re.compile(r"[,\s]+(?:and|y)\s+|,\s*")
_ARTICLE: Final = re.compile("^(?:in |en )?(?:the |las |los |la |el )?")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_KINDS: Final = frozenset({tip.unit, tip.population, tip.sex, tip.age})


class Withheld:
    """The secrets of a release: what the graph said before, and `released` does not say any more.

    `now` are the statements of the release; `called` returns the id of a node in it.
    """

    def __init__(self, plan: ReleasePlan, called: Callable[[NamedNode], NamedNode], released: Graph) -> None:
        """Read the release."""
        self.plan, self.called = plan, called
        self.now = [Statement(*quad) for quad in released.quads()]
        self._names: dict[NamedNode, set[str]] = {}  # of things in the release
        for row in released.named("other-names"):
            self._names.setdefault(row["thing"], set()).add(row["name"].value)

    def secrets(self) -> Secrets:
        """Return the secrets for the leak test."""
        plan = self.plan
        gone = _nodes(plan.index.statements) - _nodes(self.now)
        nodes = {node for node in gone if _is_secret(plan, node)}
        return Secrets(
            names=plan.names.sought,
            texts=frozenset([*self._secret_texts(), *self._texts.values()]),
            ids=frozenset(data_name(node.value) for node in nodes),
            days=frozenset(self._days()),
            figures=tuple(self._figures()),
            digests=frozenset(quad.object.value for quad in self._silent if quad.predicate.value in _DIGESTS),
            closed=frozenset(data_name(source.value) for source in plan.closed - {REFERENCE}),
            kept=plan.names.kept.union(self._kept_slugs(nodes)),
        )

    @cached_property
    def beside(self) -> Mapping[tuple[Decimal, NamedNode], str]:
        """The released rows that have a withheld figure beside a thing, by figure and thing, under their former id.

        Such a row may be about something else: it is not a leak, and a person decides.
        """
        withheld = {figure for _, figure in self.plan.withheld_figures()}
        before = {self.called(node): node for node in self.plan.index.about}
        records: dict[NamedNode, list[Statement]] = {}
        for quad in self.now if withheld else ():
            records.setdefault(quad.subject, []).append(quad)
        rows: dict[tuple[Decimal, NamedNode], str] = {}
        for subject, record in records.items():
            if figures := withheld & {number for text in _literals(record) for number in counted(text)}:
                row = data_name(before.get(subject, subject).value)
                rows |= dict.fromkeys(product(figures, self._things_in(record)), row)
        return rows

    def _things_in(self, record: Iterable[Statement]) -> list[NamedNode]:
        """Return the things that a row names, in its texts or by their ids."""
        objects = (quad.object for quad in record if isinstance(quad.object, NamedNode))
        names = (name for thing in objects for name in self._names.get(thing, ()))
        words = searchable([*_literals(record), *names])
        return [thing for thing in self._names if any(f" {folded(n)} " in words for n in self._names[thing])]

    @cached_property
    def _shown(self) -> set[str]:
        """The literals of the release, in all forms in which they are shown."""
        return {text for quad in self.now if isinstance(quad.object, Literal) for text in _as_shown(quad.object)}

    @cached_property
    def _silent(self) -> list[Statement]:
        """The former statements with a literal that is not shown."""
        return [quad for quad in self.plan.index.statements
                if isinstance(quad.object, Literal) and quad.object.value not in self._shown]  # fmt: skip

    @cached_property
    def _known(self) -> str:
        """All words that may be shown: the literals of the release, and the texts of open sources."""
        sources = {quad.source for quad in self.plan.index.statements} - self.plan.closed
        return searchable([*self._shown, *(self.plan.quotes.text(source) or "" for source in sources)])

    def _kept_slugs(self, nodes: Iterable[NamedNode]) -> Iterator[str]:
        """Yield the ends of secret ids that are known words, or that are not of a thing."""
        for node in nodes:
            slug = folded(node.value.rpartition("/")[2])
            if f" {slug} " in self._known or "Thing" not in self.plan.index.classes(node):
                yield slug

    def _secret_texts(self) -> Iterator[str]:
        """Yield the texts, and words of spans, that are neither known nor only a list of shown names."""
        names = {folded(name) for called in self._names.values() for name in called}
        for text in {quad.object.value for quad in self._silent if _is_worded(quad)}.union(self._spans()):
            if len(text) >= _TEXT and not _is_known(text, self._known) and not _is_list(text, names):
                yield text

    def _days(self) -> Iterator[str]:
        """Yield the days, and the months of dates that become years, that no literal of the release has."""
        days: set[str] = set()
        for quad in self._silent:
            if isinstance(quad.object, Literal) and quad.object.datatype.value == EDTF:
                is_cut = self.plan.dates.get(quad.subject) == "year"
                days.update(_DAY.findall(quad.object.value), _MONTH.findall(quad.object.value) if is_cut else ())
        yield from (day for day in days if not any(day in text for text in self._shown))

    @cached_property
    def _texts(self) -> dict[NamedNode, str]:
        """The texts of closed sources, as far as they are here."""
        files = {quad.subject: quad.object.value for quad in self.plan.index.statements
                 if quad.predicate.value == tip.textFile and quad.subject in self.plan.closed}  # fmt: skip
        texts = {source: self.plan.texts.text(file) for source, file in files.items()}
        return {source: text for source, text in texts.items() if text}

    def _spans(self) -> Iterator[str]:
        """Yield the words of the spans of closed sources."""
        index, texts = self.plan.index, self._texts
        for node in self.plan.taken.spans(index.statements):
            values = {quad.predicate.value: quad.object.value for quad in index.about[node]}
            source = index.about[node][0].source
            if source in texts and tip.end in values:
                yield texts[source][int(values[tip.start]) : int(values[tip.end])]

    def _figures(self) -> Iterator[SecretFigure]:
        """Yield the withheld figures, each with the things beside which it would be a leak."""
        index, larger = self.plan.index, self.plan.larger
        for claim, figure in self.plan.withheld_figures():
            subjects = set(index.values(claim, tip.subject)) or _nodes(
                index.about[claim]
            )  # without the issuer of a count
            things = {self.called(larger.get(thing, thing)) for thing in subjects}
            near = [thing for thing in things & self._names.keys() if (figure, thing) not in self.beside]
            names = {name for thing in near for name in (*self._names[thing], data_name(thing.value))}
            yield SecretFigure(figure, frozenset(names), _kinds(self.plan, claim))


def _is_list(text: str, names: Collection[str]) -> bool:
    """Tell whether a text is only a list of names of things in the release.

    >>> _is_list("in the Bahamas, Belize, and Guyana", {"bahamas", "belize", "guyana"})
    True
    """
    return all(_ARTICLE.sub("", folded(part)) in names for part in _COMMA.split(text) if part)


def _is_known(text: str, known: str) -> bool:
    """Tell whether a text is made of a few known pieces, which a page may put into one sentence.

    >>> _is_known("AG/RES 2019, operative paragraph 9", " ag res 2019 | operative paragraph 9 ")
    True
    """
    words = folded(text).split()
    pieces, start = 0, 0
    for end in range(1, len(words) + 1):
        if f" {' '.join(words[start:end])} " not in known:
            pieces, start = pieces + 1, end - 1
    return pieces < max(_PIECES, len(words) // 4)


def _nodes(statements: Iterable[Statement]) -> set[NamedNode]:
    return {term for quad in statements for term in (quad.subject, quad.object) if isinstance(term, NamedNode)}


def _literals(statements: Iterable[Statement]) -> list[str]:
    return [quad.object.value for quad in statements if isinstance(quad.object, Literal)]


def _is_secret(plan: ReleasePlan, node: NamedNode) -> bool:
    """Tell whether the id of a node is a secret; the id of a thing in the reference is none unless it is withheld."""
    shared = node.value.startswith(f"{REFERENCE.value}/") and "Thing" in plan.index.classes(node)
    return node.value.startswith(DATA) and node != REFERENCE and (node in plan.withheld_nodes or not shared)


def _is_worded(quad: Statement) -> bool:
    return isinstance(quad.object, Literal) and (quad.object.language is not None or quad.predicate.value in _WORDED)


def _as_shown(term: Literal) -> Iterable[str]:
    """Return the forms of a literal on pages and terminals."""
    if term.datatype.value == EDTF:
        return (term.value, *(say(term.value, language) for say in (words, spoken) for language in ("en", "es")))
    return (term.value,)


def _kinds(plan: ReleasePlan, claim: NamedNode) -> frozenset[str]:
    """Return the words for what the figure of a claim counts: the labels of its codes, and its currency."""
    quads = plan.index.about[claim]
    codes = {quad.object for quad in quads if quad.predicate.value in _KINDS}
    labels = {term.object.value for term in plan.terms if term.subject in codes and term.predicate.value == _PREFERRED}
    return frozenset(labels | {quad.object.value for quad in quads if quad.predicate.value == tip.currency})
