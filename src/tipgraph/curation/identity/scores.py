"""The score of two nodes that may be the same entry, with the reasons for and against it.

Decision: docs/decisions/0221-our-own-scores-propose-identity.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tipgraph.curation.identity.blocks import FLOOR
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.term_weights import TermWeights
from tipgraph.model import Spelling

# The highest score by one reason, from 0 to 1.
_IDENTIFIER, _NAME, _NEARLY = 0.99, 0.97, 0.96
_ACRONYM_OF_TWO, _ACRONYM_OF_MANY, _INITIALS = 0.87, 0.78, 0.8
_TIE, _TIES = 0.03, 0.08  # added by one shared link, and by all of them
_NOT_ALIKE = 0.99  # the highest similarity of names with another spelling, such as another order of words
_OTHER_NAMES = 0.3  # names that are less similar are other names

# Kinds of actors that sources may give to one actor.
FAMILIES = (
    frozenset({"ngo", "international-ngo", "civil-society", "foundation", "professionals", "mixed"}),
    frozenset({"intergovernmental", "intergovernmental-unit", "mixed"}),
    frozenset({
        "embassy", "government", "judiciary", "law-enforcement", "legislature", "local-government",
        "migration-authority", "ministry", "public-institution", "states", "task-force", "mixed",
    }),
    frozenset({"academic", "experts", "professionals", "public-institution", "mixed"}),
    frozenset({"media", "mixed"}),
    frozenset({"private-sector", "professionals", "mixed"}),
)  # fmt: skip
_OF_A_COUNTRY = next(family for family in FAMILIES if "government" in family) - {"mixed"}
_COMMON = frozenset({"GovernmentBody", "Group", "Post"})  # classes with names that recur in many countries
_SCHEMES = {
    "iatiIdentifier": "IATI identifier", "isoAlpha2": "ISO code", "isoAlpha3": "ISO code", "m49": "M49 code",
    "documentNumber": "document number",
}  # fmt: skip
_TIED = {
    "partner": "both work with", "undertaking": "both take part in", "participant": "in both takes part",
    "receiver": "both pay for", "funder": "both are paid by", "organization": "both belong to", "part": "both have",
    "place": "both are in", "whole": "both are part of",
}  # fmt: skip
_MANY_OF_ONE = frozenset({"iatiIdentifier", "documentNumber"})  # an entry may have two


class Reason(NamedTuple):
    """A reason in words. A reason against a pair has a `limit`, the highest score of the pair.

    The name of `node`, if there is one, ends the words.
    """

    words: str
    limit: float | None = None
    node: str = ""


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
        """Count how many of all profiles have each acronym."""
        self._weights, self._gazetteer = weights, gazetteer
        self._acronyms = Counter(short for profile in profiles for short in profile.acronyms)

    def compare(self, left: Profile, right: Profile, least: float = 0.0) -> Comparison | None:
        """Return the score of two profiles; None if there is no reason for it, or if it is less than `least`."""
        similarity, names = self._most_similar(left, right)
        reasons = [
            *_same_identifiers(left, right),
            *self._same_names(similarity, names),
            *self._same_acronym(left, right),
        ]
        if not reasons:
            return None
        base, ties = max(score for score, _ in reasons), _shared_ties(left, right)
        highest = max(base, min(base + min(_TIE * len(ties), _TIES), _NAME))
        if round(highest, 2) < least:
            return None
        against = list(self._against(left, right, similarity))
        score = round(min([highest, *(reason.limit for reason in against if reason.limit is not None)]), 2)
        if score < least:
            return None
        ordered = (Reason(words) for _, words in sorted(reasons, reverse=True))
        return Comparison(score, (*ordered, *ties, *against))

    def _most_similar(self, left: Profile, right: Profile) -> tuple[float, tuple[str, str]]:
        """Return the similarity of the two most similar names, and both as they are written."""
        highest, pair = 0.0, ("", "")
        for name in left.spelled:
            for other in right.spelled:
                similarity = self._similarity(name, other)
                if similarity > highest:
                    highest, pair = similarity, (left.spelled[name].text, right.spelled[other].text)
        return highest, pair

    def _similarity(self, name: Spelling, other: Spelling) -> float:
        """Return the similarity of two names; none if their numbers differ."""
        if name.joined == other.joined:
            return 1.0
        if name.numbers != other.numbers:
            return 0.0
        return min(self._weights.similarity(name.words, other.words), _NOT_ALIKE)

    @staticmethod
    def _same_names(similarity: float, names: tuple[str, str]) -> Iterator[tuple[float, str]]:
        if similarity == 1.0:
            yield _NAME, f"the same name: {' / '.join(dict.fromkeys(names))}"
        elif similarity >= FLOOR:
            yield _NEARLY * similarity, f"similar names ({similarity:.0%}): {names[0]} / {names[1]}"

    def _same_acronym(self, left: Profile, right: Profile) -> Iterator[tuple[float, str]]:
        both = sorted(left.acronyms & right.acronyms)
        alone = [short for short in both if self._acronyms[short] <= 2]
        if alone:
            yield _ACRONYM_OF_TWO, f"both are called {alone[0].upper()}, and nothing else here is"
        elif both:
            yield _ACRONYM_OF_MANY, f"both are called {both[0].upper()}, as others here are"
        else:
            initials = [*sorted(left.acronyms & right.initials), *sorted(right.acronyms & left.initials)]
            yield from ((_INITIALS, f"{short.upper()} are the initials of the other") for short in initials)

    def _against(self, left: Profile, right: Profile, similarity: float) -> Iterator[Reason]:
        yield from _other_classes(left, right)
        yield from _other_kinds(left, right)
        if left.dissolved != right.dissolved and left.identifiers and right.identifiers:
            yield Reason("one of them was dissolved, the other was not", 0.5)
        yield from _other_identifiers(left, right)
        yield from self._other_places(left, right)
        if similarity < _OTHER_NAMES and (language := _common_language(left, right)):
            limit = 0.9 if left.identifiers & right.identifiers else 0.6
            yield Reason(f"they have other names in one language ({language})", limit)
        yield from _held_apart(left, right)

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
        if _of_a_country(left) or _of_a_country(right):
            if self._gazetteer.differ(here | mine, there | yours):
                yield Reason("they belong to different places", 0.5)
            elif not (here | mine) & (there | yours) and not _shared_ties(left, right):
                yield Reason("many countries have one of that name, and nothing names one country for both", 0.86)
        elif self._gazetteer.differ(frozenset(mine), frozenset(yours)):
            yield Reason("they are at different places", 0.9)


def _same_identifiers(left: Profile, right: Profile) -> Iterator[tuple[float, str]]:
    for scheme, value in sorted(left.identifiers & right.identifiers):
        yield _IDENTIFIER, f"the same {_scheme(scheme)}: {value}"


def _other_identifiers(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason for each scheme in which both have identifiers, but none in common."""
    for scheme in sorted({scheme for scheme, _ in left.identifiers} & {scheme for scheme, _ in right.identifiers}):
        mine, yours = ({value for name, value in profile.identifiers if name == scheme} for profile in (left, right))
        if not mine & yours:
            words = f"different {_scheme(scheme)}s: {min(mine)} / {min(yours)}"
            yield Reason(words, 0.8 if scheme in _MANY_OF_ONE else 0.4)


def _other_classes(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason if each has a class that the other lacks."""
    mine, yours = left.classes - right.classes, right.classes - left.classes
    if mine and yours:
        yield Reason(f"of unlike classes: {'/'.join(sorted(mine))} and {'/'.join(sorted(yours))}", 0.5)


def _other_kinds(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason if they have no kind in common."""
    if left.kinds and right.kinds and not left.kinds & right.kinds:
        kinds = f"{'/'.join(sorted(left.kinds))} and {'/'.join(sorted(right.kinds))}"
        if any(left.kinds & family and right.kinds & family for family in FAMILIES):
            yield Reason(f"of different kinds: {kinds}", 0.9)
        else:
            yield Reason(f"kinds exclude each other: {kinds}", 0.5)


def _held_apart(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield reasons by sources that have both of them."""
    if any(node == right.node for node, _ in left.ties) or any(node == left.node for node, _ in right.ties):
        yield Reason("a source links them to each other, as if they were two", 0.8)
    sources = {profile.node.partition("/")[0] for profile in (left, right)}
    if sources == {"reference"}:
        yield Reason("the reference, which has each entry once, has both", 0.5)
    elif len(sources) == 1:
        yield Reason("one source holds both apart", 0.94)


def _shared_ties(left: Profile, right: Profile) -> list[Reason]:
    return [Reason(f"{_TIED[how]} ", node=node) for node, how in sorted(left.ties & right.ties)]


def _common_language(left: Profile, right: Profile) -> str:
    mine, yours = ({name.language for name in profile.spelled.values()} for profile in (left, right))
    return min((mine & yours) - {""}, default="")


def _of_a_country(profile: Profile) -> bool:
    return bool(profile.classes & _COMMON or profile.kinds & _OF_A_COUNTRY)


def _scheme(name: str) -> str:
    return _SCHEMES.get(name, f"{name} identifier")


def _ends(nodes: Iterable[str]) -> str:
    return ", ".join(sorted(node.rpartition("/")[2] for node in nodes))
