"""The weight of each word of all names, and the words that are perhaps one word, misspelt or in a related language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from math import log

from rapidfuzz.distance import OSA

from tipgraph.curation.identity.profiles import Profile

ALIKE = 0.82  # the lowest similarity of two words that may be one: organizacion and organization
_SHORTEST = 5  # letters of the shortest word that may be misspelt
_PRIOR = 100  # names to assume beside those of the graph, so that words of few names do not weigh too much


class TermWeights:
    """The words of some profiles.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> names = ("Ministry of Labour", "Ministry of Health", "Ministry of Helth")
    >>> words = TermWeights([profile(f"x/actors/{n}", name) for n, name in enumerate(names)])
    >>> words.weight("ministry") < words.weight("labour"), list(words.near("helth"))
    (True, ['health'])
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Count the profiles that use each word, and find similar words."""
        words = ({word for name in profile.spelled for word in name.words} for profile in profiles)
        used = Counter(chain.from_iterable(words))
        self._unused = log(1 + len(profiles) + _PRIOR)
        self._weights = {word: log(1 + (len(profiles) + _PRIOR) / (times + 1)) for word, times in used.items()}
        self._near: dict[str, dict[str, float]] = {}
        for left, right, how in _alike(used):
            self._near.setdefault(left, {})[right] = how
            self._near.setdefault(right, {})[left] = how

    def weight(self, word: str) -> float:
        """Return the weight of a word: the fewer profiles use it, the higher."""
        return self._weights.get(word, self._unused)

    def near(self, word: str) -> dict[str, float]:
        """Return the similar words, and how similar they are."""
        return self._near.get(word, {})

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
        weights, unused = self._weights, self._unused
        mine, yours = [word for word in left if word not in right], [word for word in right if word not in left]
        total = sum([weights.get(word, unused) for word in (*left, *right)])
        shared = total - sum([weights.get(word, unused) for word in (*mine, *yours)])
        if mine and yours and self._may_be_near(mine, yours):
            shared += self._shared_nearly(mine, yours)
        return shared / total if total else 0.0

    def _may_be_near(self, mine: list[str], yours: list[str]) -> bool:
        return any(word in self._near or len(word) < _SHORTEST for word in mine) or any(
            len(word) < _SHORTEST for word in yours
        )

    def _shared_nearly(self, mine: list[str], yours: list[str]) -> float:
        shared = self._shared_initials(mine, yours) + self._shared_initials(yours, mine)
        for word in mine:
            alike = [(how, other) for other, how in self.near(word).items() if other in yours]
            if alike:
                how, other = max(alike)
                yours.remove(other)
                shared += how * (self.weight(word) + self.weight(other))
        return shared

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


def _alike(words: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Yield the similar pairs among words that become equal if one letter is removed."""
    shorter: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= _SHORTEST and word.isalpha():
            for less in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
                shorter.setdefault(less, []).append(word)
    pairs = {(*sorted(pair),): pair for found in shorter.values() for pair in combinations(reversed(found), 2)}
    for left, right in pairs.values():
        if how := OSA.normalized_similarity(left, right, score_cutoff=ALIKE):
            yield left, right, how
