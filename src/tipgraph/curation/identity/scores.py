"""The score of two nodes that may be the same entry, with the reasons for and against it.

A reason against a pair has the highest score that it allows.

Decision: docs/decisions/0221-our-own-scores-propose-identity.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple, TypeAlias

from tipgraph.curation.identity.blocks import FLOOR, TermWeights
from tipgraph.curation.identity.gazetteer import COUNTRY, PROGRAMME, Gazetteer, is_ministry
from tipgraph.curation.identity.profiles import Profile, register_of
from tipgraph.model import Spelling, initials
from tipgraph.pipeline import Judgement

# The highest score by one reason, from 0 to 1.
_IDENTIFIER, _NAME, _NEARLY, _ACRONYM_OF_ONE, _ACRONYM_OF_MANY = 0.99, 0.97, 0.96, 0.87, 0.78
_NOT_ALIKE = 0.99  # the highest similarity of names with another spelling, such as another order of words
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


class Proposal(NamedTuple):
    """Two nodes that may be the same entry: the score from 0 to 1, the reasons, and earlier judgements on them.

    If more than two have one `identifier`, `others` are the further ones: a cluster that one answer joins. All of a
    proposal that `is_certain` have one identifier and like names, and nothing is against it.
    """

    left: str
    right: str
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    judged: tuple[Judgement, ...] = ()
    others: tuple[str, ...] = ()
    identifier: str = ""
    is_certain: bool = False

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes, those of the reference last."""
        return (*self.others, self.left, self.right)


class Comparer:
    """Compares profiles by the words and the places of all of them.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> one, two = profile("a/actors/x", "Casa Clara (CCL)"), profile("b/actors/y", "Fundación Casa Clara", "CCL")
    >>> compared = Comparer(TermWeights([one, two]), Gazetteer([], {})).compare(one, two)
    >>> compared.score, compared.reasons[0].words
    (0.87, 'both are called CCL, and nothing else here is')
    """

    def __init__(self, weights: TermWeights, gazetteer: Gazetteer, profiles: Iterable[Profile] = ()) -> None:
        """Collect the names that each acronym is short for, and count the countries that have a body of one name.

        Some profiles have the acronym only.
        """
        every = list(profiles)
        self._weights, self._gazetteer, names = weights, gazetteer, dict[str, list[str]]()
        for profile in every:
            for short in profile.acronyms:
                long = next((name.joined for name in profile.spelled if short not in name.words), "")
                names.setdefault(short, []).append(long)
        cuts = {
            (cut.joined, gazetteer.named_in(profile))
            for profile in every
            for cut, lacks in profile.cut.items()
            if lacks == COUNTRY
        }
        self._countries = Counter(joined for joined, _ in cuts)
        self._of_many = {short for short, known in names.items() if len(known) > 2 < len({*known, ""})}

    def compare(self, left: Profile, right: Profile, least: float = 0.0) -> Proposal | None:
        """Return the score of two profiles; None if there is no reason for it, or if it is less than `least`."""
        best = max(product(left.spelled, right.spelled), key=lambda pair: self._similarity(*pair), default=None)
        similarity = self._similarity(*best) if best else 0.0
        names = best if similarity >= FLOOR else None
        identifiers = sorted(left.identifiers & right.identifiers)
        reasons = [(_IDENTIFIER, f"the same {scheme_name(scheme)}: {value}") for scheme, value in identifiers]
        if names:
            written = " / ".join(dict.fromkeys([left.spelled[names[0]], right.spelled[names[1]]]))
            same = (_NAME, f"the same name: {written}")
            like = (_NEARLY * similarity, f"similar names ({similarity:.0%}): {written}")
            reasons.append(same if similarity == 1.0 else like)
        for short in sorted(left.acronyms & right.acronyms, key=lambda short: (short in self._of_many, short))[:1]:
            alone = (_ACRONYM_OF_ONE, f"both are called {short.upper()}, and nothing else here is")
            many = (_ACRONYM_OF_MANY, f"both are called {short.upper()}, as others here are")
            reasons.append(many if short in self._of_many else alone)
        highest, _ = max(reasons, default=(-1.0, ""))
        if round(highest, 2) < least:
            return None
        against = list(self._against(left, right, names))
        score = round(min([highest, *(reason.limit for reason in against if reason.limit is not None)]), 2)
        if score < least:
            return None
        ordered = (Reason(words) for _, words in sorted(reasons, reverse=True))
        is_certain = len(reasons) > len(identifiers) > 0 and score == _IDENTIFIER
        identifier = min((value.upper() for _, value in identifiers), default="")
        of_both = left.node, right.node, score, (*ordered, *against)
        return Proposal(*of_both, identifier=identifier, is_certain=is_certain)

    def _similarity(self, name: Spelling, other: Spelling) -> float:
        """Return the similarity of two names; none if their numbers differ."""
        if name.joined == other.joined:
            return 1.0
        if name.numbers != other.numbers:
            return 0.0
        return min(self._weights.similarity(name.words, other.words), _NOT_ALIKE)

    def _against(self, left: Profile, right: Profile, names: Names | None) -> Iterator[Reason]:
        """Yield the reasons against two profiles; `names` are their two most similar names, if these are similar.

        A kind never overrules an equal identifier.
        """
        same_identifier = bool(left.identifiers & right.identifiers)
        if not same_identifier:
            yield from _other_kinds(left, right)
        if left.dissolved != right.dissolved and left.identifiers and right.identifiers:
            yield Reason("one of them was dissolved, the other was not", 0.5)
        yield from _other_identifiers(left, right)
        if left.root == "Place":
            here, there = map(self._gazetteer.called, (left, right))
            if here and there and not here & there:
                yield Reason("their names are those of different places", 0.4)
        else:
            yield from self._other_places(left, right)
        if left.root == "Actor" and names and not same_identifier:
            yield from self._other_names(left, right, names)
        yield from _held_apart(left, right)

    def _other_places(self, left: Profile, right: Profile) -> Iterator[Reason]:
        here, there = map(self._gazetteer.named_in, (left, right))
        if self._gazetteer.differ(here, there):
            yield Reason(f"their names name different places: {_listed(here - there)} / {_listed(there - here)}", 0.4)
            return
        mine, yours = (frozenset(node for node, how in one.ties if how == "place") for one in (left, right))
        if _is_of_a_country(left) or _is_of_a_country(right):
            if self._gazetteer.differ(here | mine, there | yours):
                yield Reason("they belong to different places", 0.5)
            elif not (here | mine) & (there | yours) and not left.identifiers & right.identifiers:
                limit = 0.8 if is_ministry(left) or is_ministry(right) else 0.86
                yield Reason("many countries have one of that name, and nothing names one country for both", limit)
        elif self._gazetteer.differ(mine, yours):
            yield Reason("they are at different places", 0.9)

    def _other_names(self, left: Profile, right: Profile, names: Names) -> Iterator[Reason]:
        """Yield what one of two similar names has and the other lacks: a country, a programme, a word."""
        lacking = {left.cut.get(names[0]), right.cut.get(names[1])}
        if PROGRAMME in lacking:
            yield Reason("one goes on after its country: a programme of a body, or a part of it", 0.88)
        if left.acronyms & right.acronyms:
            return
        if bool(self._named(left, names[0])) != bool(self._named(right, names[1])):
            if COUNTRY not in lacking:
                yield Reason("only one of them names a place: it may be an office there", 0.8)
            elif is_ministry(left) or self._countries[names[0].joined] > 1:
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
            short, words = initials(name.words), set(name.words)
            others = [
                initials(other.words) for other in yours.spelled if words < {*other.words} or {*other.words} < words
            ]
            apart = [other for other in others if short and other and short not in other and other not in short]
            if short in mine.acronyms and apart:
                yield Reason(f"{short.upper()} are the initials of one, {apart[0].upper()} those of the other", 0.8)


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
    """Yield a reason if each has a class that the other lacks."""
    mine, yours = left.classes - right.classes, right.classes - left.classes
    if mine and yours:
        yield Reason(f"of unlike classes: {'/'.join(sorted(mine))} and {'/'.join(sorted(yours))}", 0.5)


def _held_apart(left: Profile, right: Profile) -> Iterator[Reason]:
    """Yield reasons by sources that have both of them."""
    if any(node == right.node for node, _ in left.ties) or any(node == left.node for node, _ in right.ties):
        yield Reason("a source links them to each other, as if they were two", 0.8)
    sources = {profile.node.partition("/")[0] for profile in (left, right)}
    if sources == {"reference"}:
        yield Reason("the reference, which has each entry once, has both", 0.5)
    elif len(sources) == 1 and not left.identifiers & right.identifiers:  # which its file gives to both
        yield Reason("one source holds both apart", 0.94)


def _is_of_a_country(profile: Profile) -> bool:
    """Tell whether an entry is such as many countries have: a body of a government, a group, a post."""
    return bool(profile.classes & _COMMON or profile.kinds & _OF_A_COUNTRY)


def scheme_name(name: str) -> str:
    """Return the words for a scheme of identifiers."""
    return _SCHEMES.get(name, f"{name} identifier")


def _listed(nodes: Iterable[str]) -> str:
    return ", ".join(sorted(node.rpartition("/")[2] for node in nodes))
