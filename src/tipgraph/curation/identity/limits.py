"""Reasons against a pair, each with the highest score that it allows.

Decision: docs/decisions/0233-names-are-compared-without-country-and-programme.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from tipgraph.curation.identity.gazetteer import COUNTRY, PROGRAMME, Gazetteer, is_ministry
from tipgraph.curation.identity.profiles import Profile, register_of
from tipgraph.model import Spelling, initials, parted, spelling

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
_ENDS = frozenset({"origin", "destination", "endpoint"})  # of a route
_MANY_OF_ONE = frozenset({"iatiIdentifier", "documentNumber"})  # an entry may have two

Names: TypeAlias = tuple[Spelling, Spelling]


class Reason(NamedTuple):
    """A reason in words. A reason against a pair has a `limit`, the highest score of the pair.

    The name of `node`, if there is one, ends the words.
    """

    words: str
    limit: float | None = None
    node: str = ""


class NameLimits:
    """What one of two similar names has and the other lacks: a country, a place, a programme, a part, a word.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> kenya = Gazetteer([profile("reference/places/kenya", "Kenya", root="Place")], {})
    >>> names = ("Harbour Watch International", "Harbour Watch International Kenya")
    >>> left, right = (profile(f"{name[-5:].lower()}/actors/x", name) for name in names)
    >>> pair = spelling(names[0]), spelling(names[1])
    >>> [reason.words for reason in NameLimits(kenya, [left, right]).reasons(left, right, pair)]
    ['only one of them names a place: it may be an office there']
    """

    def __init__(self, gazetteer: Gazetteer, profiles: Iterable[Profile]) -> None:
        """Count for each name that lacks its country how many countries have one of that name."""
        self._gazetteer = gazetteer
        cuts = (
            (cut.joined, gazetteer.named_in(profile))
            for profile in profiles
            for cut, lacks in profile.cut.items()
            if lacks == COUNTRY
        )
        self._countries = Counter(joined for joined, _ in set(cuts))

    def reasons(self, left: Profile, right: Profile, names: Names) -> Iterator[Reason]:
        """Yield the reasons against two profiles by their two most similar names."""
        lacking = {left.cut.get(names[0]), right.cut.get(names[1])}
        if PROGRAMME in lacking:
            yield Reason("one goes on after its country: a programme of a ministry, or a body of it", 0.88)
        if not left.acronyms & right.acronyms:
            yield from self._one_place(left, right, names, is_cut=COUNTRY in lacking)
        if names[0].joined != names[1].joined:
            yield from _part(left, right, names)
            yield from _other_initials(left, right)

    def _one_place(self, left: Profile, right: Profile, names: Names, *, is_cut: bool) -> Iterator[Reason]:
        if bool(self._places(left, names[0])) == bool(self._places(right, names[1])):
            return
        if not is_cut:
            yield Reason("only one of them names a place: it may be an office there", 0.8)
        elif is_ministry(names[0].words) or self._countries[names[0].joined] > 1:
            yield Reason("only one of them names its country, and many countries have one of that name", 0.8)
        else:
            yield Reason("only one of them names its country", 0.88)

    def _places(self, profile: Profile, name: Spelling) -> frozenset[str]:
        """Return the places in a name; those in all names of the profile if this one lacks its country."""
        return self._gazetteer.named_in(profile) if name in profile.cut else self._gazetteer.in_name(name)


def _part(left: Profile, right: Profile, names: Names) -> Iterator[Reason]:
    """Yield a reason if one name is the other, a dash and more."""
    for profile, name, whole in ((left, *names), (right, names[1], names[0])):
        begin, dash, _ = profile.spelled[name].text.partition(" - ")
        if dash and spelling(parted(begin)[0]).joined == whole.joined:
            yield Reason("one goes on after a dash: it may be a part of the other", 0.8)


def _other_initials(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason if a name with its acronym has a word more or less than a name with other initials."""
    if left.acronyms & right.acronyms:
        return
    for mine, yours in ((left, right), (right, left)):
        for short, name in ((_letters(name), name) for name in mine.spelled):
            others = [_letters(other) for other in yours.spelled if _has_words_of(name, other)]
            apart = [other for other in others if short and other and short not in other and other not in short]
            if short in mine.acronyms and apart:
                yield Reason(f"{short.upper()} are the initials of one, {apart[0].upper()} those of the other", 0.8)


def _has_words_of(name: Spelling, other: Spelling) -> bool:
    """Tell whether one of two names has all words of the other, and further ones."""
    mine, yours = set(name.words), set(other.words)
    return mine < yours or yours < mine


def _letters(name: Spelling) -> str:
    """Return the initials of a name, those of the United Nations for `un`."""
    return initials(("united", "nations", *name.words[1:]) if name.words[0] == "un" else name.words)


def other_identifiers(left: Profile, right: Profile) -> Iterator[Reason]:
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


def other_classes(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason if each has a class that the other lacks."""
    mine, yours = left.classes - right.classes, right.classes - left.classes
    if mine and yours:
        yield Reason(f"of unlike classes: {'/'.join(sorted(mine))} and {'/'.join(sorted(yours))}", 0.5)


def other_kinds(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason if they have no kind in common."""
    if left.kinds and right.kinds and not left.kinds & right.kinds:
        kinds = f"{'/'.join(sorted(left.kinds))} and {'/'.join(sorted(right.kinds))}"
        if any(left.kinds & family and right.kinds & family for family in FAMILIES):
            yield Reason(f"of different kinds: {kinds}", 0.9)
        else:
            yield Reason(f"kinds exclude each other: {kinds}", 0.5)


def other_ends(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield a reason if sources report two routes between other places, or the other way."""
    mine, yours = _ends(left), _ends(right)
    if mine and yours and mine != yours:
        yield Reason("they are routes between other places, or the other way", 0.4)


def _ends(profile: Profile) -> frozenset[tuple[str, str]]:
    """Return the ends of a route, each with what it is; the stops of a route without ends."""
    ends = frozenset(tie for tie in profile.ties if tie[1] in _ENDS)
    return ends or frozenset(tie for tie in profile.ties if tie[1] == "stop")


def held_apart(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield reasons by sources that have both of them."""
    if any(node == right.node for node, _ in left.ties) or any(node == left.node for node, _ in right.ties):
        yield Reason("a source links them to each other, as if they were two", 0.8)
    sources = {profile.node.partition("/")[0] for profile in (left, right)}
    if sources == {"reference"}:
        yield Reason("the reference, which has each entry once, has both", 0.5)
    elif len(sources) == 1:
        yield Reason("one source holds both apart", 0.94)


def of_a_country(profile: Profile) -> bool:
    """Tell whether an entry is such as many countries have: a body of a government, a group, a post."""
    return bool(profile.classes & _COMMON or profile.kinds & _OF_A_COUNTRY)


def scheme_name(name: str) -> str:
    """Return the words for a scheme of identifiers."""
    return _SCHEMES.get(name, f"{name} identifier")
