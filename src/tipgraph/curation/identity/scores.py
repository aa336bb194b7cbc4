"""The score of two nodes that may be the same entry, with the reasons for and against it.

Decision: docs/decisions/0221-our-own-scores-propose-identity.md.
"""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from tipgraph.curation.identity.blocks import FLOOR
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.limits import PairLimits, Reason, scheme_name
from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.term_weights import TermWeights
from tipgraph.model import Spelling

# The highest score by one reason, from 0 to 1.
_IDENTIFIER, _NAME, _NEARLY, _ACRONYM_OF_ONE, _ACRONYM_OF_MANY = 0.99, 0.97, 0.96, 0.87, 0.78
_NOT_ALIKE = 0.99  # the highest similarity of names with another spelling, such as another order of words


class Comparison(NamedTuple):
    """The score of two nodes, from 0 to 1, and the reasons: first those for it, then those against it.

    `is_certain` tells whether they have an identifier and a similar name or an acronym in common, and nothing is
    against them.
    """

    score: float
    reasons: tuple[Reason, ...]
    is_certain: bool = False


class Comparer:
    """Compares profiles by the words and the places of all of them.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> one, two = profile("a/actors/x", "Casa Clara (CCL)"), profile("b/actors/y", "Fundación Casa Clara", "CCL")
    >>> compared = Comparer(TermWeights([one, two]), Gazetteer([], {})).compare(one, two)
    >>> compared.score, compared.reasons[0].words
    (0.87, 'both are called CCL, and nothing else here is')
    """

    def __init__(self, weights: TermWeights, gazetteer: Gazetteer, profiles: Iterable[Profile] = ()) -> None:
        """Collect the names that each acronym is short for; some profiles have the acronym only."""
        every = list(profiles)
        self._weights, self._limits = weights, PairLimits(gazetteer, every)
        names: dict[str, list[str]] = {}
        for profile in every:
            for short in profile.acronyms:
                long = next((name.joined for name in profile.spelled if short not in name.words), "")
                names.setdefault(short, []).append(long)
        self._of_many = {short for short, known in names.items() if len(known) > 2 < len({*known, ""})}

    def compare(self, left: Profile, right: Profile, least: float = 0.0) -> Comparison | None:
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
        against = list(self._limits.reasons(left, right, names))
        score = round(min([highest, *(reason.limit for reason in against if reason.limit is not None)]), 2)
        if score < least:
            return None
        ordered = (Reason(words) for _, words in sorted(reasons, reverse=True))
        is_certain = len(reasons) > len(identifiers) > 0 and score == _IDENTIFIER
        return Comparison(score, (*ordered, *against), is_certain)

    def _similarity(self, name: Spelling, other: Spelling) -> float:
        """Return the similarity of two names; none if their numbers differ."""
        if name.joined == other.joined:
            return 1.0
        if name.numbers != other.numbers:
            return 0.0
        return min(self._weights.similarity(name.words, other.words), _NOT_ALIKE)
