"""List who could still be recognized without a name, for a person to decide."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.model import ONTOLOGY, REFERENCE, Statement, data_name, folded, terms, tip
from tipgraph.outputs.release.plan import ReleasePlan
from tipgraph.outputs.release.withheld import Withheld
from tipgraph.pipeline import StatementIndex

_LEAST: Final = 4  # letters of a word that could tell a name

# The property by which a claim names an actor, the property by which it names another thing, and that thing.
Tie: TypeAlias = tuple[str, str, NamedNode]


class Doubt(NamedTuple):
    """A thing for a person to look at, and why it could be recognized."""

    what: str
    why: str


def doubts(withheld: Withheld, labels: Mapping[NamedNode, str]) -> list[Doubt]:
    """Return who could be recognized in a release, and what is withheld or shown unexpectedly."""
    plan = withheld.plan
    lists = (
        _sources_gone(plan, labels),
        _unique(plan, labels),
        _left_alone(plan, labels),
        _parts_left(plan, labels),
        _common(plan),
        _words(plan, withheld.now),
        _closed(plan),
        _said_again(withheld, labels),
        _small(plan),
    )
    return list(dict.fromkeys(doubt for doubts in lists for doubt in doubts))


def _sources_gone(plan: ReleasePlan, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the sources that are not shown because their own title or publisher has a withheld name."""
    for node, why in plan.taken.nodes.items():
        if "Source" in plan.index.classes(node) and node not in plan.sources and node not in plan.entries:
            yield Doubt(labels.get(node, node.value), f"is withheld with all of its claims: it {why}")


def _unique(plan: ReleasePlan, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the renamed actors whose ties no other actor has."""
    index = plan.index
    of_all = {node: _ties(index, node) for node in index.about if "Actor" in index.classes(node)}
    for node in plan.renamed:
        own = _ties(index, node, plan.taken.nodes.keys())
        others = [other for other, ties in of_all.items() if other != node and own <= ties]
        if own and not others:
            ties = sorted(
                f"{_short(how)} beside {_short(other)} {labels.get(thing, thing.value)}" for how, other, thing in own
            )
            more = f" and {len(ties) - 3} more" if len(ties) > 3 else ""
            yield Doubt(_what(plan, node), f"no other actor here has its ties: {'; '.join(ties[:3])}{more}")


def _ties(index: StatementIndex, node: NamedNode, gone: Collection[NamedNode] = ()) -> set[Tie]:
    return {
        (how.predicate.value, other.predicate.value, other.object)
        for how in index.naming.get(node, ()) if how.subject not in gone and "Claim" in index.classes(how.subject)
        for other in index.about[how.subject]
        if isinstance(other.object, NamedNode) and other.object != node and "Thing" in index.classes(other.object)
        and other.object not in gone and other.predicate.value != tip.source
    }  # fmt: skip


def _left_alone(plan: ReleasePlan, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the withheld actors that alone were tied to an undertaking that is still shown."""
    index, gone = plan.index, plan.taken.nodes
    for node in plan.entries:
        if node not in gone or "Actor" not in index.classes(node):
            continue
        for thing in sorted({thing for _, _, thing in _ties(index, node)} - gone.keys(), key=str):
            actors = {other for _, _, other in _ties(index, thing) if "Actor" in index.classes(other)}
            if "Undertaking" in index.classes(thing) and actors == {node}:
                label = labels.get(thing, thing.value)
                yield Doubt(_what(plan, node), f"{label} is still shown, and had no other actor")


def _parts_left(plan: ReleasePlan, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the actors that belong to a withheld one and are still shown."""
    index, gone = plan.index, plan.taken.nodes
    for node in (node for node in plan.entries if node in gone):
        claims = {quad.subject for quad in index.naming.get(node, ()) if quad.predicate.value == tip.organization}
        parts = {part for claim in claims for part in index.values(claim, tip.affiliate)} - gone.keys()
        for part in sorted(parts, key=str):
            yield Doubt(_what(plan, node), f"{labels.get(part, part.value)} is a part of it, and is shown")


def _common(plan: ReleasePlan) -> Iterator[Doubt]:
    """Yield the withheld names that are not searched for, because they are also names of shown things."""
    for name in plan.names.common:
        yield Doubt(
            repr(name),
            "is also a name of a shown thing, or a word of the ontology: the leak test does not search for it",
        )


def _words(plan: ReleasePlan, released: Iterable[Statement]) -> Iterator[Doubt]:
    """Yield the words that only withheld names have, and that are in a shown text."""
    known = {word for quad in plan.terms for word in _in(quad)}.union(*map(str.split, plan.names.kept))
    shown = Counter(word for quad in released if quad.source != ONTOLOGY for word in set(_in(quad)))
    words = {word for name in plan.names.sought for word in folded(name).split() if len(word) >= _LEAST}
    for word in sorted((words - known) & shown.keys()):
        yield Doubt(repr(word), f"is a word of a withheld name, and is in {shown[word]} shown texts")


def _in(quad: Statement) -> list[str]:
    return folded(quad.object.value).split() if isinstance(quad.object, Literal) else []


def _closed(plan: ReleasePlan) -> Iterator[Doubt]:
    """Yield the closed sources: they are named, and whoever has their text can read there what is withheld."""
    for source in sorted(plan.closed - plan.sources - plan.taken.nodes.keys() - {REFERENCE}, key=str):
        why = (
            "a part is withheld: its claims have no place, but its text has the words; if that matters, show none of it"
        )
        yield Doubt(data_name(source.value), why)


def _said_again(withheld: Withheld, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the withheld figures that are beside a thing of their claim in a shown row."""
    for claim, figure in withheld.plan.withheld_figures():
        for thing in sorted(withheld.plan.index.spoken([claim]), key=str):
            if where := withheld.beside.get((figure, withheld.called(thing))):
                yield Doubt(
                    f"{figure:,f}", f"is withheld of {labels.get(thing, thing.value)}, and beside it in {where}"
                )


def _small(plan: ReleasePlan) -> Iterator[Doubt]:
    """Yield the counts below k that are shown because the policy exempts their basis."""
    for count in plan.counts.spared(plan.policy.k):
        if count.claim not in plan.withheld_nodes and count.claim not in plan.small:
            yield Doubt(data_name(count.claim.value), f"counts {count.figure}, less than {plan.policy.k}, and is shown")


def _what(plan: ReleasePlan, node: NamedNode) -> str:
    return plan.entries[node].what


def _short(iri: str) -> str:
    return terms.short(iri)
