"""How likely two nodes mean one thing, and why: what speaks for it, and what against."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tipgraph.curation.identity.blocks import FLOOR
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.term_weights import TermWeights
from tipgraph.model import Spelling

# What a reason makes likely at most, from 0 to 1.
_IDENTIFIER, _NAME, _NEARLY = 0.99, 0.97, 0.96
_ACRONYM_OF_TWO, _ACRONYM_OF_MANY, _INITIALS = 0.87, 0.78, 0.8
_TIE, _TIES = 0.03, 0.08  # what one shared tie adds, and all of them
_NOT_ALIKE = 0.99  # names that are spelled otherwise, such as with their words in another order
_OTHER_NAMES = 0.3  # names that are less similar than this are other names

# Kinds of actors that can be one actor, as sources see it; who is of two families is two.
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
_COMMON = frozenset({"GovernmentBody", "Group", "Post"})  # classes whose names many bear, each in its country
_SCHEMES = {
    "iatiIdentifier": "IATI identifier", "isoAlpha2": "ISO code", "isoAlpha3": "ISO code", "m49": "M49 code",
    "documentNumber": "document number",
}  # fmt: skip
_TIED = {
    "partner": "both work with", "undertaking": "both take part in", "participant": "in both takes part",
    "receiver": "both pay for", "funder": "both are paid by", "organization": "both belong to", "part": "both have",
    "place": "both are in", "whole": "both are part of",
}  # fmt: skip
_MANY_OF_ONE = frozenset({"iatiIdentifier", "documentNumber"})  # one thing may have two


class Reason(NamedTuple):
    """One reason in words; `limit` is how likely it makes a pair at most, and None where it speaks for it.

    `node` is what the words speak of, where they end before its name.
    """

    words: str
    limit: float | None = None
    node: str = ""


class Comparison(NamedTuple):
    """How likely two nodes mean one thing, from 0 to 1, and the reasons, those for it first."""

    score: float
    reasons: tuple[Reason, ...]


class Comparer:
    """Compares profiles, knowing the words and the places of all of them.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> one, two = profile("a/actors/x", "Casa Clara (CCL)"), profile("b/actors/y", "Fundación Casa Clara", "CCL")
    >>> compared = Comparer(TermWeights([one, two]), Gazetteer([], {})).compare(one, two)
    >>> compared.score, compared.reasons[0].words
    (0.87, 'both are called CCL, and nothing else here is')
    """

    def __init__(self, vocabulary: TermWeights, gazetteer: Gazetteer, callers: Iterable[Profile] = ()) -> None:
        """Take in what is known; `callers` are all profiles that acronyms are counted in."""
        self._vocabulary, self._gazetteer = vocabulary, gazetteer
        self._called: dict[str, int] = {}
        for one in callers:
            for short in one.acronyms:
                self._called[short] = self._called.get(short, 0) + 1

    def compare(self, left: Profile, right: Profile, least: float = 0.0) -> Comparison | None:
        """Return how likely two profiles are of one thing; None where that is less than `least`, or nothing says so."""
        similar, names = self._most_similar(left, right)
        found = [*_same_identifiers(left, right), *self._same_names(similar, names), *self._same_acronym(left, right)]
        if not found:
            return None
        base = max(likely for likely, _ in found)
        ties = _shared_ties(left, right)
        likely = max(base, min(base + min(_TIE * len(ties), _TIES), _NAME))
        if round(likely, 2) < least:
            return None
        against = list(self._against(left, right, similar))
        score = round(min([likely, *(reason.limit for reason in against if reason.limit is not None)]), 2)
        if score < least:
            return None
        for_it = [Reason(words) for _, words in sorted(found, reverse=True)]
        return Comparison(score, (*for_it, *ties, *against))

    def _most_similar(self, left: Profile, right: Profile) -> tuple[float, tuple[str, str]]:
        """Return how similar the two most similar names are, and which they are, as they are written."""
        best, pair = 0.0, None
        for one in left.spelled:
            for other in right.spelled:
                how = 1.0 if one.joined == other.joined else self._similar(one, other)
                if how > best:
                    best, pair = how, (one, other)
        return best, (left.spelled[pair[0]].text, right.spelled[pair[1]].text) if pair else ("", "")

    def _similar(self, one: Spelling, other: Spelling) -> float:
        """Return how similar two names are; those with different numbers are not."""
        if one.numbers != other.numbers:
            return 0.0
        return min(self._vocabulary.similarity(one.words, other.words), _NOT_ALIKE)

    def _same_names(self, similar: float, names: tuple[str, str]) -> Iterator[tuple[float, str]]:
        if similar == 1.0:
            yield _NAME, f"the same name: {' / '.join(dict.fromkeys(names))}"
        elif similar >= FLOOR:
            yield _NEARLY * similar, f"similar names ({similar:.0%}): {names[0]} / {names[1]}"

    def _same_acronym(self, left: Profile, right: Profile) -> Iterator[tuple[float, str]]:
        both = sorted(left.acronyms & right.acronyms)
        if both:
            alone = [short for short in both if self._called.get(short, 2) <= 2]
            many = f"both are called {both[0].upper()}, as others here are"
            one = f"both are called {(alone or both)[0].upper()}, and nothing else here is"
            yield (_ACRONYM_OF_TWO, one) if alone else (_ACRONYM_OF_MANY, many)
        else:
            for short, long in ((left, right), (right, left)):
                for found in sorted(short.acronyms & long.initials):
                    yield _INITIALS, f"{found.upper()} are the initials of the other"

    def _against(self, left: Profile, right: Profile, similar: float) -> Iterator[Reason]:
        yield from _unlike(left, right)
        yield from _other_identifiers(left, right)
        yield from self._other_places(left, right)
        if similar < _OTHER_NAMES and (language := _common_language(left, right)):
            yield Reason(f"they have other names in one language ({language})", 0.9 if _shared(left, right) else 0.6)
        if any(node == right.node for node, _ in left.ties) or any(node == left.node for node, _ in right.ties):
            yield Reason("a source ties them to each other, as if they were two", 0.8)
        if left.node.startswith("reference/") and right.node.startswith("reference/"):
            yield Reason("the reference, which holds a thing once, holds both", 0.5)
        elif left.node.partition("/")[0] == right.node.partition("/")[0]:
            yield Reason("one source holds both apart", 0.94)

    def _other_places(self, left: Profile, right: Profile) -> Iterator[Reason]:
        if left.root == "Place":
            here, there = self._gazetteer.called(left), self._gazetteer.called(right)
            if here and there and not here & there:
                yield Reason("their names are those of different places", 0.4)
            return
        here, there = self._gazetteer.named_in(left), self._gazetteer.named_in(right)
        if self._gazetteer.differ(here, there):
            yield Reason(f"their names name different places: {_ends(here - there)} / {_ends(there - here)}", 0.4)
            return
        mine, yours = ({node for node, how in one.ties if how == "place"} for one in (left, right))
        if _of_a_country(left) or _of_a_country(right):
            if self._gazetteer.differ(here | mine, there | yours):
                yield Reason("they belong to different places", 0.5)
            elif not (here | mine) & (there | yours) and not _shared_ties(left, right):
                yield Reason(
                    "many countries have one of that name, and nothing says that they are of one country", 0.86
                )
        elif self._gazetteer.differ(frozenset(mine), frozenset(yours)):
            yield Reason("they are at different places", 0.9)


def _same_identifiers(left: Profile, right: Profile) -> Iterator[tuple[float, str]]:
    for scheme, value in sorted(left.identifiers & right.identifiers):
        yield _IDENTIFIER, f"the same {_scheme(scheme)}: {value}"


def _other_identifiers(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield the schemes in which both have identifiers, and none in common."""
    for scheme in sorted({scheme for scheme, _ in left.identifiers} & {scheme for scheme, _ in right.identifiers}):
        mine, yours = ({value for name, value in one.identifiers if name == scheme} for one in (left, right))
        if not mine & yours:
            words = f"different {_scheme(scheme)}s: {min(mine)} / {min(yours)}"
            yield Reason(words, 0.8 if scheme in _MANY_OF_ONE else 0.4)


def _unlike(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield what a class, a kind or an end tells: classes of which none is above the other are of two things."""
    mine, yours = left.classes - right.classes, right.classes - left.classes
    if mine and yours:
        yield Reason(f"of unlike classes: {'/'.join(sorted(mine))} and {'/'.join(sorted(yours))}", 0.5)
    if left.kinds and right.kinds and not left.kinds & right.kinds:
        kinds = f"{'/'.join(sorted(left.kinds))} and {'/'.join(sorted(right.kinds))}"
        one_family = any(left.kinds & family and right.kinds & family for family in FAMILIES)
        yield (
            Reason(f"of different kinds: {kinds}", 0.9)
            if one_family
            else Reason(f"kinds exclude each other: {kinds}", 0.5)
        )
    if left.dissolved != right.dissolved and (left.identifiers and right.identifiers):
        yield Reason("one of them was dissolved, the other was not", 0.5)


def _shared_ties(left: Profile, right: Profile) -> list[Reason]:
    return [Reason(f"{_TIED[how]} ", node=node) for node, how in sorted(left.ties & right.ties)]


def _shared(left: Profile, right: Profile) -> bool:
    return bool(left.identifiers & right.identifiers)


def _common_language(left: Profile, right: Profile) -> str:
    mine, yours = ({name.language for name in one.spelled.values()} for one in (left, right))
    return min((mine & yours) - {""}, default="")


def _of_a_country(one: Profile) -> bool:
    return bool(one.classes & _COMMON or one.kinds & _OF_A_COUNTRY)


def _scheme(name: str) -> str:
    return _SCHEMES.get(name, f"{name} identifier")


def _ends(nodes: Iterable[str]) -> str:
    return ", ".join(sorted(node.rpartition("/")[2] for node in nodes))
