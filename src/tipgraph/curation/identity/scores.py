"""The score of two nodes that may be the same entry, with the reasons for and against it.

Decision: docs/decisions/0221-our-own-scores-propose-identity.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tipgraph.curation.identity.blocks import FLOOR
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.limits import (
    NameLimits,
    Names,
    Reason,
    held_apart,
    of_a_country,
    other_classes,
    other_ends,
    other_identifiers,
    other_kinds,
    scheme_name,
)
from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.term_weights import TermWeights
from tipgraph.model import Spelling

# The highest score by one reason, from 0 to 1.
_IDENTIFIER, _NAME, _NEARLY = 0.99, 0.97, 0.96
_ACRONYM_OF_TWO, _ACRONYM_OF_MANY, _INITIALS = 0.87, 0.78, 0.8
_TIE, _TIES = 0.03, 0.08  # added by one shared link, and by all of them
_NOT_ALIKE = 0.99  # the highest similarity of names with another spelling, such as another order of words
_OTHER_NAMES = 0.3  # names that are less similar are other names

_TIED = {
    "partner": "both work with", "undertaking": "both take part in", "participant": "in both takes part",
    "receiver": "both pay for", "funder": "both are paid by", "organization": "both belong to", "part": "both have",
    "place": "both are in", "whole": "both are part of", "origin": "both begin in", "destination": "both lead to",
    "endpoint": "both have an end in", "stop": "both lead through",
}  # fmt: skip
_ONE_NAME = 0.85  # the similarity of two names of an acronym that are one
_MOST_NAMES = 3  # of an acronym


class Comparison(NamedTuple):
    """The score of two nodes, from 0 to 1, and the reasons: first those for it, then those against it."""

    score: float
    reasons: tuple[Reason, ...]


class Comparer:
    """Compares profiles by the words and the places of all of them.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> one, two = profile("a/actors/x", "Casa Clara (CCL)"), profile("b/actors/y", "Fundación Casa Clara", "CCL")
    >>> compared = Comparer(TermWeights([one, two]), Gazetteer([], {})).compare(one, two)
    >>> compared.score, compared.reasons[0].words
    (0.87, 'both are called CCL, and nothing else here is')
    """

    def __init__(self, weights: TermWeights, gazetteer: Gazetteer, profiles: Iterable[Profile] = ()) -> None:
        """Count how many of all profiles have each acronym, and how many names it is short for."""
        every = list(profiles)
        self._weights, self._gazetteer, self._limits = weights, gazetteer, NameLimits(gazetteer, every)
        self._acronyms = Counter(short for profile in every for short in profile.acronyms)
        self._long_names = self._names_of_acronyms(every)

    def compare(self, left: Profile, right: Profile, least: float = 0.0) -> Comparison | None:
        """Return the score of two profiles; None if there is no reason for it, or if it is less than `least`."""
        similarity, names = self._most_similar(left, right)
        reasons = [
            *_same_identifiers(left, right),
            *_same_names(similarity, left, right, names),
            *self._same_acronym(left, right),
        ]
        if not reasons:
            return None
        base, ties = max(score for score, _ in reasons), _shared_ties(left, right)
        highest = max(base, min(base + min(_TIE * len(ties), _TIES), _NAME))
        if round(highest, 2) < least:
            return None
        against = list(self._against(left, right, similarity, names))
        score = round(min([highest, *(reason.limit for reason in against if reason.limit is not None)]), 2)
        if score < least:
            return None
        ordered = (Reason(words) for _, words in sorted(reasons, reverse=True))
        return Comparison(score, (*ordered, *ties, *against))

    def _most_similar(self, left: Profile, right: Profile) -> tuple[float, Names | None]:
        """Return the similarity of the two most similar names, and both."""
        highest: float = 0.0
        pair: Names | None = None
        for name in left.spelled:
            for other in right.spelled:
                similarity = self._similarity(name, other)
                if similarity > highest:
                    highest, pair = similarity, (name, other)
        return highest, pair

    def _similarity(self, name: Spelling, other: Spelling) -> float:
        """Return the similarity of two names; none if their numbers differ."""
        if name.joined == other.joined:
            return 1.0
        if name.numbers != other.numbers:
            return 0.0
        return min(self._weights.similarity(name.words, other.words), _NOT_ALIKE)

    def _names_of_acronyms(self, profiles: Iterable[Profile]) -> dict[str, list[Spelling]]:
        """Return names of each acronym that several profiles have, those that are not similar to another of it."""
        found: dict[str, list[Spelling]] = {}
        for profile in profiles:
            for short in profile.acronyms:
                names = [name for name in profile.spelled if short not in name.words]
                known = found.setdefault(short, [])
                alike = any(self._similarity(name, other) >= _ONE_NAME for name in names for other in known)
                known += names[:1] if self._acronyms[short] > 2 and len(known) < _MOST_NAMES and not alike else []
        return found

    def _same_acronym(self, left: Profile, right: Profile) -> Iterator[tuple[float, str]]:
        both = sorted(left.acronyms & right.acronyms)
        alone = [short for short in both if self._acronyms[short] <= 2 or len(self._long_names[short]) <= 1]
        if alone:
            yield _ACRONYM_OF_TWO, f"both are called {alone[0].upper()}, and nothing else here is"
        elif both:
            yield _ACRONYM_OF_MANY, f"both are called {both[0].upper()}, as others here are"
        else:
            initials = [*sorted(left.acronyms & right.initials), *sorted(right.acronyms & left.initials)]
            yield from ((_INITIALS, f"{short.upper()} are the initials of the other") for short in initials)

    def _against(self, left: Profile, right: Profile, similarity: float, names: Names | None) -> Iterator[Reason]:
        yield from other_classes(left, right)
        yield from other_kinds(left, right)
        if left.dissolved != right.dissolved and left.identifiers and right.identifiers:
            yield Reason("one of them was dissolved, the other was not", 0.5)
        yield from other_identifiers(left, right)
        yield from other_ends(left, right)
        yield from self._other_places(left, right)
        if similarity < _OTHER_NAMES and (language := _common_language(left, right)):
            limit = 0.9 if left.identifiers & right.identifiers else 0.6
            yield Reason(f"they have other names in one language ({language})", limit)
        if left.root == "Actor" and names and similarity >= FLOOR and not left.identifiers & right.identifiers:
            yield from self._limits.reasons(left, right, names)
        yield from held_apart(left, right)

    def _other_places(self, left: Profile, right: Profile) -> Iterator[Reason]:
        named_in = self._gazetteer.called if left.root == "Place" else self._gazetteer.named_in
        here, there = named_in(left), named_in(right)
        if left.root == "Place":
            if here and there and not here & there:
                yield Reason("their names are those of different places", 0.4)
        elif self._gazetteer.differ(here, there):
            yield Reason(f"their names name different places: {_ends(here - there)} / {_ends(there - here)}", 0.4)
        else:
            yield from self._other_ties(left, right, here, there)

    def _other_ties(
        self, left: Profile, right: Profile, here: frozenset[str], there: frozenset[str]
    ) -> Iterator[Reason]:
        """Yield a reason by the places of their ties; for entries of a country, by the places in their names too."""
        mine, yours = ({node for node, kind in profile.ties if kind == "place"} for profile in (left, right))
        if of_a_country(left) or of_a_country(right):
            if self._gazetteer.differ(here | mine, there | yours):
                yield Reason("they belong to different places", 0.5)
            elif not (here | mine) & (there | yours) and not _shared_ties(left, right):
                yield Reason("many countries have one of that name, and nothing names one country for both", 0.86)
        elif self._gazetteer.differ(frozenset(mine), frozenset(yours)):
            yield Reason("they are at different places", 0.9)


def _same_names(similarity: float, left: Profile, right: Profile, names: Names | None) -> Iterator[tuple[float, str]]:
    if names and similarity >= FLOOR:
        written = " / ".join(dict.fromkeys([left.spelled[names[0]].text, right.spelled[names[1]].text]))
        same = (_NAME, f"the same name: {written}")
        yield same if similarity == 1.0 else (_NEARLY * similarity, f"similar names ({similarity:.0%}): {written}")


def _same_identifiers(left: Profile, right: Profile) -> Iterator[tuple[float, str]]:
    for scheme, value in sorted(left.identifiers & right.identifiers):
        yield _IDENTIFIER, f"the same {scheme_name(scheme)}: {value}"


def _shared_ties(left: Profile, right: Profile) -> list[Reason]:
    return [Reason(f"{_TIED[how]} ", node=node) for node, how in sorted(left.ties & right.ties)]


def _common_language(left: Profile, right: Profile) -> str:
    mine, yours = ({name.language for name in profile.spelled.values()} for profile in (left, right))
    return min((mine & yours) - {""}, default="")


def _ends(nodes: Iterable[str]) -> str:
    return ", ".join(sorted(node.rpartition("/")[2] for node in nodes))
