"""Withhold what would reveal something withheld: names, days, figures, and entries without any claim.

Decision: docs/decisions/0097-a-source-with-withheld-claims-is-closed.md.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import DATA, LANG_STRING, PREFIXES, REFERENCE, XSD, Object, Statement, namespaces, tip
from tipgraph.outputs.release.cell_suppression import SMALL
from tipgraph.outputs.release.entry_names import LABELS, figures_of, is_of_person, names_of
from tipgraph.outputs.release.generalize import in_words, tells_day
from tipgraph.outputs.release.plan import ReleasePlan
from tipgraph.outputs.release.withheld_names import LARGE, counted, figures
from tipgraph.pipeline import Removal
from tipgraph.sources import find_personal

NAMED: Final = "has a withheld name"
DAY: Final = "has a day that becomes coarser"
FIGURE: Final = "has a withheld figure"
PERSON: Final = "about a natural person"
PERSONAL: Final = "has an address or a number of a person"
_ONE: Final = Decimal(1)
_YEARS: Final = frozenset(map(Decimal, range(1900, 2101)))
_FREE: Final = frozenset({
    XSD + "string", XSD + "anyURI", LANG_STRING,
})  # fmt: skip


def settle(plan: ReleasePlan) -> None:
    """Withhold what reveals something withheld, until nothing else goes.

    A thing whose label reveals a count or a day, and no name, stays and gets the label of its class.
    """
    taken, before = plan.taken, -1
    for node, precision in plan.precision.items():  # words with a day that cannot be cut
        for quad in plan.index.about.get(node, ()):
            if _is_free(quad.object) and tells_day(in_words(quad.object.value, precision)):
                _take_words(plan, quad, DAY)
    while before != len(taken.nodes) + len(taken.statements):
        before = len(taken.nodes) + len(taken.statements)
        taken.take_unspoken()
        _take_words_on_figures(plan)
        _take_names(plan)


def _take_names(plan: ReleasePlan) -> None:
    """Withhold what has a withheld name; the name of a coarser place only in words that a source prints."""
    taken, nodes = plan.taken, {*plan.taken.nodes, *plan.renamed}
    names = names_of(taken.index, nodes, plan.terms)
    printed_names = names_of(taken.index, {*nodes, *plan.larger}, plan.terms) if plan.larger else names
    for quad in taken.left():
        if quad.subject in plan.unnameable or not (_is_free(quad.object) or _is_foreign(quad.object)):
            continue
        withheld, text = names if _is_worded(quad) else printed_names, quad.object.value
        if not (withheld.within(text) if " " in text else withheld.in_address(text)):
            continue
        if quad.predicate.value in LABELS:
            taken.take({quad.subject: NAMED})
        else:
            taken.drop(quad, NAMED)


def _take_words_on_figures(plan: ReleasePlan) -> None:
    """Withhold all words on withheld counts, and words with withheld figures.

    A large figure is withheld everywhere; a small one, or one like a year, only beside the same things.
    """
    counts = plan.counts.estimates.keys() & {*plan.small, *plan.taken.nodes}
    _take_words_on_counts(plan, counts)
    large = {figure for _, figure in plan.withheld_figures() if figure >= LARGE} - _YEARS
    for quad in plan.taken.left() if large else ():
        if _is_worded(quad) and large & figures(quad.object.value):
            _take_words(plan, quad, FIGURE)
    for thing, numbers in _numbers_by_thing(plan, counts).items():
        _take_words_near(plan, thing, numbers)


def _take_words_on_counts(plan: ReleasePlan, counts: set[NamedNode]) -> None:
    """Withhold the words of withheld counts, and of the rows that name these."""
    on_counts = {quad.subject for claim in counts for quad in plan.index.naming.get(claim, ())}
    for node in (counts | on_counts) - plan.taken.nodes.keys():
        for quad in plan.index.about[node]:
            if _is_worded(quad):
                plan.taken.drop(quad, SMALL)


def _take_words_near(plan: ReleasePlan, thing: NamedNode, numbers: set[Decimal]) -> None:
    """Withhold words with some numbers: of a thing, of the claims about it, and in labels of other things in these."""
    index = plan.index
    claims = {quad.subject for quad in index.naming.get(thing, ()) if plan.taken.speaks(quad)}
    near = [quad for node in {thing, *claims} for quad in index.about[node]]
    others = [quad for node in index.spoken(claims) - {thing} for quad in index.about[node]]
    _take_words_with(plan, near, numbers)
    _take_words_with(plan, (quad for quad in others if quad.predicate.value in LABELS), numbers - {_ONE})


def _take_words_with(plan: ReleasePlan, words: Iterable[Statement], numbers: set[Decimal]) -> None:
    for quad in words:
        if quad.subject not in plan.taken.nodes and _is_worded(quad) and counted(quad.object.value) & numbers:
            _take_words(plan, quad, FIGURE)


def _numbers_by_thing(plan: ReleasePlan, withheld: Collection[NamedNode]) -> dict[NamedNode, set[Decimal]]:
    """Return the numbers that must not be shown near each thing: its withheld counts, and figures like years.

    If the source itself withheld a count, these are all numbers below k.
    """
    below_k = set(map(Decimal, range(1, plan.policy.k)))
    by_thing: dict[NamedNode, set[Decimal]] = {}
    counts = plan.counts.estimates
    for claim, figure in plan.withheld_figures():
        for thing in plan.index.spoken([claim]) if figure in _YEARS and claim not in counts else ():
            by_thing.setdefault(thing, set()).add(figure)
    for claim, count in counts.items():
        for thing in plan.index.values(claim, tip.subject):
            if count.value is not None and claim in withheld:
                by_thing.setdefault(thing, set()).update(figures_of(plan.index, claim))
            elif count.value is None and thing.value.startswith(f"{count.source.value}/"):
                by_thing.setdefault(thing, set()).update(below_k)
    return by_thing


def _is_worded(quad: Statement) -> bool:
    return isinstance(quad.object, Literal) and quad.object.language is not None


def _take_words(plan: ReleasePlan, quad: Statement, reason: str) -> None:
    """Withhold words; if they are the label of a thing, it gets that of its class instead."""
    if quad.predicate.value in LABELS and "Thing" in plan.index.classes(quad.subject):
        if quad.source != REFERENCE:
            plan.unnamed.add(quad.subject)
    else:
        plan.taken.drop(quad, reason)


def take_persons(taken: Removal) -> None:
    """Withhold nodes of a class of persons, and what has an address or a number of one, in words or as an IRI."""
    for quad in taken.index.statements:
        if is_of_person(quad):
            taken.take({quad.subject: PERSON})
        elif _is_address(quad.object) or (_is_free(quad.object) and find_personal(quad.object.value)):
            taken.drop(quad, PERSONAL)


def _is_address(term: Object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(("mailto:", "tel:", "sms:"))


def _is_foreign(term: Object) -> bool:
    """Tell whether a term is an IRI of others: not a row, and not a term of the ontology."""
    return isinstance(term, NamedNode) and not term.value.startswith((DATA, *PREFIXES.values(), *namespaces()))


def _is_free(term: Object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _FREE
