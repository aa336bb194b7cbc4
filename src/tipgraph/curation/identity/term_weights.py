"""The weight of each word of all names, and the similarity of two names by their words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from math import log

from rapidfuzz.distance import OSA

from tipgraph.curation.identity.profiles import Profile

_ALIKE = 0.82  # the lowest similarity of two words that may be one: organizacion and organization
_SHORTEST = 5  # letters of the shortest word that may be misspelt
_PRIOR = 100  # names to assume beside those of the graph, so that words of few names do not weigh too much


class TermWeights:
    """The words of some profiles.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> names = ("Ministry of Labour", "Ministry of Health", "Ministry of Helth")
    >>> words = TermWeights([profile(f"x/actors/{n}", name) for n, name in enumerate(names)])
    >>> words.weight("ministry") < words.weight("labour"), round(words.similarity(["health"], ["helth"]), 2)
    (True, 0.83)
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Count the profiles that use each word."""
        words = ({word for name in profile.spelled for word in name.words} for profile in profiles)
        used = Counter(chain.from_iterable(words))
        self._unused = log(1 + len(profiles) + _PRIOR)
        self._weights = {word: log(1 + (len(profiles) + _PRIOR) / (times + 1)) for word, times in used.items()}

    def weight(self, word: str) -> float:
        """Return the weight of a word: the fewer profiles use it, the higher."""
        return self._weights.get(word, self._unused)

    def key_words(self, words: Iterable[str], share: float) -> list[str]:
        """Return the rarest words of a name, until the others have less than a share of its weight."""
        rarest = sorted(dict.fromkeys(words), key=lambda word: (-self.weight(word), word))
        total, taken = sum(map(self.weight, rarest)), 0.0
        for number, word in enumerate(rarest):
            if total - taken < share * total:
                return rarest[:number]
            taken += self.weight(word)
        return rarest

    def similarity(self, left: Sequence[str], right: Sequence[str]) -> float:
        """Return the share of the weight of their words that two names have in common, from 0 to 1, in any order.

        A similar word counts by its similarity. Initials count as the words that they begin.
        """
        mine, yours = [word for word in left if word not in right], [word for word in right if word not in left]
        total = sum(map(self.weight, (*left, *right)))
        shared = total - sum(map(self.weight, (*mine, *yours)))
        if mine and yours:
            shared += self._shared_initials(mine, yours) + self._shared_initials(yours, mine)
            for word in mine:
                alike = [(_likeness(word, other), other) for other in yours]
                if alike and (found := max(alike))[0]:
                    yours.remove(found[1])
                    shared += found[0] * (self.weight(word) + self.weight(found[1]))
        return shared / total if total else 0.0

    def _shared_initials(self, short: list[str], long: list[str]) -> float:
        """Return the weight of initials and of the words in a row that they begin, and remove these from both names."""
        for word in short:
            for start in range(len(long) - len(word) + 1) if 1 < len(word) < _SHORTEST else ():
                run = long[start : start + len(word)]
                if all(map(str.startswith, run, word)):
                    shared = self.weight(word) + sum(map(self.weight, run))
                    short.remove(word)
                    del long[start : start + len(word)]
                    return shared
        return 0.0


def _likeness(left: str, right: str) -> float:
    """Return the similarity of two words that may be one, perhaps misspelt or in a related language; else 0."""
    if min(len(left), len(right)) < _SHORTEST or not (left + right).isalpha():
        return 0.0
    return float(OSA.normalized_similarity(left, right, score_cutoff=_ALIKE))
