"""Reasons against a pair, each with the highest score that it allows.

Decision: docs/decisions/0233-names-are-compared-without-country-and-programme.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from tipgraph.curation.identity.gazetteer import COUNTRY, PROGRAMME, Gazetteer, is_ministry
from tipgraph.curation.identity.profiles import Profile, register_of
from tipgraph.model import Spelling, initials

_OF_A_COUNTRY = frozenset({
    "embassy", "government", "judiciary", "law-enforcement", "legislature", "local-government", "migration-authority",
    "ministry", "public-institution", "states", "task-force",
})  # fmt: skip
_COMMON = frozenset({"GovernmentBody", "Group", "Post"})  # classes with names that recur in many countries
_SCHEMES = {
    "iatiIdentifier": "IATI identifier", "isoAlpha2": "ISO code", "isoAlpha3": "ISO code", "m49": "M49 code",
    "documentNumber": "document number",
}  # fmt: skip
_MANY_OF_ONE = frozenset({"iatiIdentifier", "documentNumber"})  # an entry may have two

Names: TypeAlias = tuple[Spelling, Spelling]


class Reason(NamedTuple):
    """A reason in words. A reason against a pair has a `limit`, the highest score of the pair."""

    words: str
    limit: float | None = None


class PairLimits:
    """The reasons against pairs of profiles: what they are, where they are, and what one name has and the other lacks.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> from tipgraph.model import spelling
    >>> kenya = Gazetteer([profile("reference/places/kenya", "Kenya", root="Place")], {})
    >>> names = ("Harbour Watch International", "Harbour Watch International Kenya")
    >>> left, right = (profile(f"{name[-5:].lower()}/actors/x", name) for name in names)
    >>> pair = spelling(names[0]), spelling(names[1])
    >>> [reason.words for reason in PairLimits(kenya, [left, right]).reasons(left, right, pair)]
    ['only one of them names a place: it may be an office there']
    """

    def __init__(self, gazetteer: Gazetteer, profiles: Iterable[Profile]) -> None:
        """Count for each name that lacks its country how many countries have one of that name."""
        self._gazetteer = gazetteer
        cuts = {
            (cut.joined, gazetteer.named_in(profile))
            for profile in profiles
            for cut, lacks in profile.cut.items()
            if lacks == COUNTRY
        }
        self._countries = Counter(joined for joined, _ in cuts)

    def reasons(self, left: Profile, right: Profile, names: Names | None) -> Iterator[Reason]:
        """Yield the reasons against two profiles; `names` are their two most similar names, if these are similar.

        A kind never overrules an equal identifier.
        """
        same_identifier = bool(left.identifiers & right.identifiers)
        if not same_identifier:
            yield from _other_kinds(left, right)
        if left.dissolved != right.dissolved and left.identifiers and right.identifiers:
            yield Reason("one of them was dissolved, the other was not", 0.5)
        yield from _other_identifiers(left, right)
        mine, yours = _ends(left), _ends(right)
        if mine and yours and mine != yours:
            yield Reason("they are routes between other places, or the other way", 0.4)
        yield from self._other_places(left, right)
        if left.root == "Actor" and names and not same_identifier:
            yield from self._other_names(left, right, names)
        yield from _held_apart(left, right)

    def _other_places(self, left: Profile, right: Profile) -> Iterator[Reason]:
        if left.root == "Place":
            here, there = map(self._gazetteer.called, (left, right))
            if here and there and not here & there:
                yield Reason("their names are those of different places", 0.4)
            return
        here, there = map(self._gazetteer.named_in, (left, right))
        if self._gazetteer.differ(here, there):
            yield Reason(f"their names name different places: {_listed(here - there)} / {_listed(there - here)}", 0.4)
            return
        mine, yours = map(self._places_of, (left, right))
        if _is_of_a_country(left) or _is_of_a_country(right):
            if self._gazetteer.differ(here | mine, there | yours):
                yield Reason("they belong to different places", 0.5)
            elif not (here | mine) & (there | yours) and not left.identifiers & right.identifiers:
                limit = 0.8 if any(is_ministry(name.words) for name in (*left.spelled, *right.spelled)) else 0.86
                yield Reason("many countries have one of that name, and nothing names one country for both", limit)
        elif self._gazetteer.differ(mine, yours):
            yield Reason("they are at different places", 0.9)

    def _places_of(self, profile: Profile) -> frozenset[str]:
        """Return the places that a source ties to an entry; of a body of a country, those of its registers too."""
        places = {node for node, how in profile.ties if how == "place"}
        values = (value for scheme, value in profile.identifiers if scheme == "iatiIdentifier")
        countries = {self._gazetteer.codes.get(register_of(value)[0], "") for value in values}
        return frozenset(places | (countries - {""} if _is_of_a_country(profile) else set()))

    def _other_names(self, left: Profile, right: Profile, names: Names) -> Iterator[Reason]:
        """Yield what one of two similar names has and the other lacks: a country, a programme, a word."""
        lacking = {left.cut.get(names[0]), right.cut.get(names[1])}
        if PROGRAMME in lacking:
            yield Reason("one goes on after its country: a programme of a ministry, or a body of it", 0.88)
        if left.acronyms & right.acronyms:
            return
        if bool(self._named(left, names[0])) != bool(self._named(right, names[1])):
            if COUNTRY not in lacking:
                yield Reason("only one of them names a place: it may be an office there", 0.8)
            elif is_ministry(names[0].words) or self._countries[names[0].joined] > 1:
                yield Reason("only one of them names its country, and many countries have one of that name", 0.8)
            else:
                yield Reason("only one of them names its country", 0.88)
        if names[0].joined != names[1].joined:
            yield from _other_initials(left, right)

    def _named(self, profile: Profile, name: Spelling) -> frozenset[str]:
        """Return the places in a name; those in all names of the profile if this one lacks its country."""
        return self._gazetteer.named_in(profile) if name in profile.cut else self._gazetteer.in_name(name)


def _other_initials(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason if a name with its acronym has a word more or less than a name with other initials."""
    for mine, yours in ((left, right), (right, left)):
        for name in mine.spelled:
            short, words = _letters(name), set(name.words)
            others = [_letters(other) for other in yours.spelled if words < {*other.words} or {*other.words} < words]
            apart = [other for other in others if short and other and short not in other and other not in short]
            if short in mine.acronyms and apart:
                yield Reason(f"{short.upper()} are the initials of one, {apart[0].upper()} those of the other", 0.8)


def _letters(name: Spelling) -> str:
    """Return the initials of a name, those of the United Nations for `un`."""
    return initials(("united", "nations", *name.words[1:]) if name.words[0] == "un" else name.words)


def _other_identifiers(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason for each scheme in which both have identifiers, but none in common."""
    for scheme in sorted({scheme for scheme, _ in left.identifiers} & {scheme for scheme, _ in right.identifiers}):
        mine, yours = ({value for name, value in profile.identifiers if name == scheme} for profile in (left, right))
        if not mine & yours and (scheme != "iatiIdentifier" or _exclude(mine, yours)):
            words = f"different {scheme_name(scheme)}s: {min(mine)} / {min(yours)}"
            yield Reason(words, 0.8 if scheme in _MANY_OF_ONE else 0.4)


def _exclude(mine: Iterable[str], yours: Iterable[str]) -> bool:
    """Tell whether identifiers are of one register, or of the registers of two countries."""
    pairs = [(register_of(one), register_of(other)) for one in mine for other in yours]
    return any(one == other or (one[0] and other[0] and one[0] != other[0]) for one, other in pairs)


def _other_kinds(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason if each has a class that the other lacks, or if they have no kind in common."""
    mine, yours = left.classes - right.classes, right.classes - left.classes
    if mine and yours:
        yield Reason(f"of unlike classes: {'/'.join(sorted(mine))} and {'/'.join(sorted(yours))}", 0.5)
    if left.kinds and right.kinds and not left.kinds & right.kinds:
        yield Reason(f"of different kinds: {'/'.join(sorted(left.kinds))} and {'/'.join(sorted(right.kinds))}", 0.9)


def _held_apart(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield reasons by sources that have both of them."""
    if any(node == right.node for node, _ in left.ties) or any(node == left.node for node, _ in right.ties):
        yield Reason("a source links them to each other, as if they were two", 0.8)
    sources = {profile.node.partition("/")[0] for profile in (left, right)}
    if sources == {"reference"}:
        yield Reason("the reference, which has each entry once, has both", 0.5)
    elif len(sources) == 1 and not left.identifiers & right.identifiers:  # which its file gives to both
        yield Reason("one source holds both apart", 0.94)


def _ends(profile: Profile) -> frozenset[tuple[str, str]]:
    """Return the ends of a route, each with what it is; the stops of a route without ends."""
    ends = frozenset(tie for tie in profile.ties if tie[1] in ("origin", "destination", "endpoint"))
    return ends or frozenset(tie for tie in profile.ties if tie[1] == "stop")


def _is_of_a_country(profile: Profile) -> bool:
    """Tell whether an entry is such as many countries have: a body of a government, a group, a post."""
    return bool(profile.classes & _COMMON or profile.kinds & _OF_A_COUNTRY)


def scheme_name(name: str) -> str:
    """Return the words for a scheme of identifiers."""
    return _SCHEMES.get(name, f"{name} identifier")


def _listed(nodes: Iterable[str]) -> str:
    return ", ".join(sorted(node.rpartition("/")[2] for node in nodes))
