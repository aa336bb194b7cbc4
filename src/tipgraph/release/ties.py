"""Who could still be recognized, though no name says so: for a person to decide."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.release.deciding import Decided
from tipgraph.spellings import folded
from tipgraph.statements import DATA, Statement
from tipgraph.withholding import Web

_LEAST: Final = 4  # letters of a word that could tell a name
_RARE: Final = 10  # a word that more texts have tells nobody

# How a claim names an actor, how the same claim names another thing, and which.
Tie: TypeAlias = tuple[str, str, NamedNode]


class Doubt(NamedTuple):
    """What a person should look at: the thing, in short, and why it could be recognized."""

    what: str
    why: str


def doubts(decided: Decided, labels: Mapping[NamedNode, str]) -> list[Doubt]:
    """Return who is unique by ties that are released, and what is said in one sentence with what is withheld."""
    return [*_unique(decided, labels), *_left_alone(decided, labels), *_words(decided), *_beside(decided)]


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


def _words(decided: Decided) -> Iterator[Doubt]:
    """Yield the words of withheld names that no other name has, where a text that is shown has them."""
    texts = [folded(one.object.value).split() for one in decided.left if isinstance(one.object, Literal)]
    shown = Counter(word for text in texts for word in set(text))
    known = {
        word for term in decided.terms if isinstance(term.object, Literal) for word in folded(term.object.value).split()
    }
    words = {word for name in decided.names.sought for word in folded(name).split() if len(word) >= _LEAST}
    for word in sorted(words - known):
        if 0 < shown[word] <= _RARE:
            yield Doubt(repr(word), f"is a word of a withheld name, and stands in {shown[word]} texts that are shown")


def _beside(decided: Decided) -> Iterator[Doubt]:
    """Yield the sentences that say what is withheld and what is not."""
    gone = {place for place, claims in _said(decided).items() if claims & decided.taken.nodes.keys()}
    for place, claims in sorted(_said(decided).items()):
        kept = claims - decided.taken.nodes.keys() - decided.touched
        if place in gone and kept:
            source, paragraph, sentence = place
            why = f"says what is withheld, and {len(kept)} claims that are shown"
            yield Doubt(f"{source} ¶{paragraph} s{sentence}", why)


def _said(decided: Decided) -> dict[tuple[str, int, int], set[NamedNode]]:
    """Return the claims by source, paragraph and sentence, of the sources that are shown."""
    web = decided.web
    found: dict[tuple[str, int, int], set[NamedNode]] = {}
    for claim in decided.web.claims:
        for span in web.values(claim, tip.evidence):
            values = {one.predicate.value: one for one in web.about.get(span, ())}
            if tip.paragraph in values and values[tip.paragraph].source not in decided.sources:
                found.setdefault(_place(values), set()).add(claim)
    return found


def _place(values: Mapping[str, Statement]) -> tuple[str, int, int]:
    paragraph = values[tip.paragraph]
    return (
        paragraph.source.value.removeprefix(DATA),
        int(paragraph.object.value),
        int(values[tip.sentence].object.value),
    )


def _what(decided: Decided, node: NamedNode) -> str:
    return decided.chosen[node].what


def _short(iri: str) -> str:
    return iri.removeprefix(tip.NAMESPACE)
