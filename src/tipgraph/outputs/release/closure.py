"""What else goes when something goes: what names it, what tells its figure, what nothing is said of any more.

Decision: docs/decisions/0097-a-source-with-withheld-claims-is-closed.md.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import DATA, PREFIXES, REFERENCE, Object, Statement, namespaces, tip
from tipgraph.outputs.release.cell_suppression import SMALL
from tipgraph.outputs.release.entry_names import LABELS, TYPE, figures_of, is_person, names_of
from tipgraph.outputs.release.generalize import in_words, tells_day
from tipgraph.outputs.release.plan import Decided
from tipgraph.outputs.release.withheld_names import LARGE, counted, figures
from tipgraph.pipeline import Taken
from tipgraph.sources import find_personal

NAMED: Final = "names what is withheld"
DAY: Final = "tells a day that becomes coarser"
FIGURE: Final = "tells a figure that is withheld"
PERSON: Final = "about a natural person"
PERSONAL: Final = "holds an address or a number of a person"
_ONE: Final = Decimal(1)
_YEARS: Final = frozenset(map(Decimal, range(1900, 2101)))
_FREE: Final = frozenset({
    "http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
    "http://www.w3.org/2001/XMLSchema#anyURI",
})  # fmt: skip


def settle(decided: Decided) -> None:
    """Take out what tells of anything that goes, until nothing else goes.

    Where a label tells a count or a day that goes, and no name, the thing stays and is called by its class.
    """
    taken, before = decided.taken, -1
    _take_days(decided)
    while before != len(taken.nodes) + len(taken.statements):
        before = len(taken.nodes) + len(taken.statements)
        taken.take_unspoken()
        _take_words_on_figures(decided)
        _take_names(decided)


def _take_days(decided: Decided) -> None:
    """Take out words that tell a day in a way that cannot be cut; a thing with such a label is called by its class."""
    for node, sharp in decided.told_coarser.items():
        for one in decided.web.about.get(node, ()):
            if _is_free(one.object) and tells_day(in_words(one.object.value, sharp)):
                _take_words(decided, one, DAY)


def _take_names(decided: Decided) -> None:
    """Take out what names anything that goes; of coarser places only what a source is said to print."""
    taken, hidden = decided.taken, {*decided.taken.nodes, *decided.renamed}
    names = names_of(taken.web, hidden, decided.terms)
    printed = names_of(taken.web, {*hidden, *decided.larger}, decided.terms) if decided.larger else names
    for one in taken.left():
        if one.subject in decided.hidden or not (_is_free(one.object) or _is_elsewhere(one.object)):
            continue
        ours = isinstance(one.object, Literal) and one.object.language
        sought, said = names if ours else printed, one.object.value
        if sought.within(said) if " " in said else sought.in_address(said):
            _take_telling(taken, one)


def _take_words_on_figures(decided: Decided) -> None:
    """Take out all words on counts that go, which may say them, and words with figures that go.

    Such as are large tell by themselves; others, and those that may be years, beside the same things.
    """
    taken, web = decided.taken, decided.web
    gone = {claim for claim in decided.counts.found if claim in decided.small or claim in taken.nodes}
    told = {*gone, *(one.subject for claim in gone for one in web.naming.get(claim, ()))} - taken.nodes.keys()
    for one in [one for node in told for one in web.about[node] if _is_wordy(one)]:
        taken.drop(one, SMALL)
    large = {figure for _, figure in decided.figures_gone() if figure >= LARGE} - _YEARS
    for one in taken.left() if large else ():
        if _is_wordy(one) and large & figures(one.object.value):
            _take_words(decided, one, FIGURE)
    for thing, numbers in _numbers_gone(decided, gone).items():
        speaking = {one.subject for one in web.naming.get(thing, ()) if taken.speaks(one)}
        near = [one for node in {thing, *speaking} for one in web.about[node]]
        beside = [one for node in web.spoken(speaking) - {thing} for one in web.about[node]
                  if one.predicate.value in LABELS]  # fmt: skip
        _take_words_with(decided, near, numbers)
        _take_words_with(decided, beside, numbers - {_ONE})  # one is an article too


def _take_words_with(decided: Decided, words: Iterable[Statement], numbers: set[Decimal]) -> None:
    for one in words:
        if one.subject not in decided.taken.nodes and _is_wordy(one) and counted(one.object.value) & numbers:
            _take_words(decided, one, FIGURE)


def _numbers_gone(decided: Decided, gone: Collection[NamedNode]) -> dict[NamedNode, set[Decimal]]:
    """Return, for each thing, the figures that must not stand near it: withheld counts of it, and figures like years.

    Where the source itself withheld a count, all below k.
    """
    any_small = set(map(Decimal, range(1, decided.policy.k)))
    found: dict[NamedNode, set[Decimal]] = {}
    for claim, figure in decided.figures_gone():
        for thing in decided.web.spoken([claim]) if figure in _YEARS and claim not in decided.counts.found else ():
            found.setdefault(thing, set()).add(figure)
    for claim, one in decided.counts.found.items():
        numbers = any_small if one.value is None else figures_of(decided.web, claim) if claim in gone else set()
        for thing in decided.web.values(claim, tip.subject) if numbers else ():
            if one.value is not None or thing.value.startswith(f"{one.source.value}/"):
                found.setdefault(thing, set()).update(numbers)
    return found


def _is_wordy(one: Statement) -> bool:
    return isinstance(one.object, Literal) and one.object.language is not None


def _take_words(decided: Decided, one: Statement, why: str) -> None:
    """Take out words that tell what goes; where they are its label, a thing of a source is called by its class."""
    if one.predicate.value in LABELS and "Thing" in decided.web.classes(one.subject):
        if one.source != REFERENCE:
            decided.unnamed.add(one.subject)
    else:
        decided.taken.drop(one, why)


def take_persons(taken: Taken) -> None:
    """Take out nodes of a class of persons, and what holds an address or a number of one, in words or as an IRI."""
    for one in taken.web.statements:
        if one.predicate == TYPE and isinstance(one.object, NamedNode) and is_person(one.object.value):
            taken.take({one.subject: PERSON})
        elif _is_address(one.object) or (_is_free(one.object) and find_personal(one.object.value)):
            taken.drop(one, PERSONAL)


def _is_address(term: Object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(("mailto:", "tel:", "sms:"))


def _is_elsewhere(term: Object) -> bool:
    """Tell whether a term is an address of others: no row, no term of the ontology."""
    return isinstance(term, NamedNode) and not term.value.startswith((DATA, *PREFIXES.values(), *namespaces()))


def _is_free(term: Object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _FREE


def _take_telling(taken: Taken, one: Statement) -> None:
    if one.predicate.value in LABELS:
        taken.take({one.subject: NAMED})
    else:
        taken.drop(one, NAMED)
