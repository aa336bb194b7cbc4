"""Who could still be recognized, though no name says so: for a person to decide."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.model import ONTOLOGY, REFERENCE, Statement, data_name, folded, terms, tip
from tipgraph.outputs.release.plan import Decided
from tipgraph.outputs.release.withheld import Withheld
from tipgraph.pipeline import Web

_LEAST: Final = 4  # letters of a word that could tell a name

# How a claim names an actor, how the same claim names another thing, and which.
Tie: TypeAlias = tuple[str, str, NamedNode]


class Doubt(NamedTuple):
    """What a person should look at: the thing, in short, and why it could be recognized."""

    what: str
    why: str


def doubts(withheld: Withheld, labels: Mapping[NamedNode, str]) -> list[Doubt]:
    """Return who could be recognized by what is released, and what went that nobody might expect."""
    decided = withheld.decided
    found = (
        _sources_gone(decided, labels),
        _unique(decided, labels),
        _left_alone(decided, labels),
        _parts_left(decided, labels),
        _common(decided),
        _words(decided, withheld.now),
        _closed(decided),
        _said_again(withheld, labels),
        _small(decided),
    )
    return list(dict.fromkeys(doubt for some in found for doubt in some))


def _sources_gone(decided: Decided, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the sources that are not shown since their own title or publisher names what is withheld."""
    for node, why in decided.taken.nodes.items():
        if "Source" in decided.web.classes(node) and node not in decided.sources and node not in decided.chosen:
            yield Doubt(labels.get(node, node.value), f"goes with all that it says: it {why}")


def _unique(decided: Decided, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the renamed actors that alone have all of their ties."""
    web = decided.web
    of_all = {node: _ties(web, node) for node in web.about if "Actor" in web.classes(node)}
    for node in decided.renamed:
        own = _ties(web, node, decided.taken.nodes.keys())
        others = [other for other, ties in of_all.items() if other != node and own <= ties]
        if own and not others:
            said = sorted(
                f"{_short(how)} beside {_short(other)} {labels.get(thing, thing.value)}" for how, other, thing in own
            )
            more = f" and {len(said) - 3} more" if len(said) > 3 else ""
            yield Doubt(_what(decided, node), f"no other actor here has its ties: {'; '.join(said[:3])}{more}")


def _ties(web: Web, node: NamedNode, gone: Collection[NamedNode] = ()) -> set[Tie]:
    return {
        (how.predicate.value, other.predicate.value, other.object)
        for how in web.naming.get(node, ()) if how.subject not in gone and "Claim" in web.classes(how.subject)
        for other in web.about[how.subject]
        if isinstance(other.object, NamedNode) and other.object != node and "Thing" in web.classes(other.object)
        and other.object not in gone and other.predicate.value != tip.source
    }  # fmt: skip


def _left_alone(decided: Decided, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the withheld actors to whom alone an undertaking was tied that is still shown."""
    web, gone = decided.web, decided.taken.nodes
    for node in decided.chosen:
        if node not in gone or "Actor" not in web.classes(node):
            continue
        for thing in sorted({thing for _, _, thing in _ties(web, node)} - gone.keys(), key=str):
            actors = {other for _, _, other in _ties(web, thing) if "Actor" in web.classes(other)}
            if "Undertaking" in web.classes(thing) and actors == {node}:
                label = labels.get(thing, thing.value)
                yield Doubt(_what(decided, node), f"{label} is still shown, and tied to nobody else")


def _parts_left(decided: Decided, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the actors that were said to belong to a withheld one, and are still shown."""
    web, gone = decided.web, decided.taken.nodes
    for node in (node for node in decided.chosen if node in gone):
        claims = {one.subject for one in web.naming.get(node, ()) if one.predicate.value == tip.organization}
        parts = {part for claim in claims for part in web.values(claim, tip.affiliate)} - gone.keys()
        for part in sorted(parts, key=str):
            yield Doubt(
                _what(decided, node), f"{labels.get(part, part.value)} was said to be a part of it, and is shown"
            )


def _common(decided: Decided) -> Iterator[Doubt]:
    """Yield the withheld names that are not looked for, since what stays is called so too."""
    for name in decided.names.common:
        yield Doubt(repr(name), "is also a name of what is shown, or a word of the ontology: not looked for")


def _words(decided: Decided, released: Iterable[Statement]) -> Iterator[Doubt]:
    """Yield the words of withheld names that no other name has, where a text that is shown has them."""
    known = {word for one in decided.terms for word in _in(one)} | {
        word for name in decided.names.kept for word in name.split()
    }
    shown = Counter(word for one in released if one.source != ONTOLOGY for word in set(_in(one)))
    words = {word for name in decided.names.sought for word in folded(name).split() if len(word) >= _LEAST}
    for word in sorted(words - known):
        if shown[word]:
            yield Doubt(repr(word), f"is a word of a withheld name, and stands in {shown[word]} texts that are shown")


def _in(one: Statement) -> list[str]:
    return folded(one.object.value).split() if isinstance(one.object, Literal) else []


def _closed(decided: Decided) -> Iterator[Doubt]:
    """Yield the sources that are named without places: whoever has the text may read there what is withheld."""
    for source in sorted(decided.closed - decided.sources - decided.taken.nodes.keys() - {REFERENCE}, key=str):
        why = "something of it is withheld: its claims have no place; whoever has its text can read it. Show none of it"
        yield Doubt(data_name(source.value), f"{why} where that matters")


def _said_again(withheld: Withheld, labels: Mapping[NamedNode, str]) -> Iterator[Doubt]:
    """Yield the figures that go, and stand beside a thing of their claim in what is shown."""
    for claim, figure in withheld.decided.figures_gone():
        for thing in sorted(withheld.decided.web.spoken([claim]), key=str):
            if where := withheld.beside.get((figure, withheld.called(thing))):
                yield Doubt(
                    f"{figure:,f}", f"is withheld of {labels.get(thing, thing.value)}, and beside it in {where}"
                )


def _small(decided: Decided) -> Iterator[Doubt]:
    """Yield the counts below k that are shown, since the policy exempts their basis."""
    for one in decided.counts.spared(decided.policy.k):
        if one.claim not in decided.gone and one.claim not in decided.small:
            yield Doubt(data_name(one.claim.value), f"counts {one.figure}, fewer than {decided.policy.k}, and is shown")


def _what(decided: Decided, node: NamedNode) -> str:
    return decided.chosen[node].what


def _short(iri: str) -> str:
    return terms.short(iri)
