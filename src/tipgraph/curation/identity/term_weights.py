"""The words of all names: how much each tells, and which are perhaps one word, misspelt or in a kindred language."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import log

from rapidfuzz.distance import OSA

from tipgraph.curation.identity.profiles import Profile

ALIKE = 0.82  # of two words: Gambia and Zambia, organizacion and organization
_SHORTEST = 5  # letters of a word that may be misspelt
_PRIOR = 100  # names that are thought to be there beside those that are, so that few names do not tell too much


class TermWeights:
    """The words of some profiles.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> names = ("Ministry of Labour", "Ministry of Health", "Ministry of Helth")
    >>> words = TermWeights([profile(f"x/actors/{n}", name) for n, name in enumerate(names)])
    >>> words.weight("ministry") < words.weight("labour"), list(words.near("helth"))
    (True, ['health'])
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Count the profiles that use each word, and find the words that are alike."""
        used = Counter(word for one in profiles for word in {word for name in one.spelled for word in name.words})
        self._unused = log(1 + len(profiles) + _PRIOR)
        self._weights = {word: log(1 + (len(profiles) + _PRIOR) / (times + 1)) for word, times in used.items()}
        self._near: dict[str, dict[str, float]] = {}
        for left, right, how in _alike(used):
            self._near.setdefault(left, {})[right] = how
            self._near.setdefault(right, {})[left] = how

    def weight(self, word: str) -> float:
        """Return how much a word tells: the fewer use it, the more."""
        return self._weights.get(word, self._unused)

    def near(self, word: str) -> dict[str, float]:
        """Return the words that are alike, and how much."""
        return self._near.get(word, {})

    def key_words(self, words: Iterable[str], share: float) -> list[str]:
        """Return the words of a name that tell most: without them, less than a share of what it tells is left."""
        rarest = sorted(dict.fromkeys(words), key=lambda word: (-self.weight(word), word))
        total, kept, found = sum(map(self.weight, rarest)), 0.0, []
        for word in rarest:
            if total - kept < share * total:
                break
            kept += self.weight(word)
            found.append(word)
        return found

    def similarity(self, left: Sequence[str], right: Sequence[str]) -> float:
        """Return from 0 to 1 how much two names share of what their words tell, in whatever order.

        A word counts as far as it is alike; initials stand for the words that they begin.
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
        """Return what initials in one name share with words in a row of the other, and take those out of both."""
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
    """Yield the pairs of words that one letter more or less makes the same, where they are alike enough."""
    shorter: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= _SHORTEST and word.isalpha():
            for less in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
                shorter.setdefault(less, []).append(word)
    pairs = {(*sorted(pair),): pair for found in shorter.values() for pair in combinations(reversed(found), 2)}
    for left, right in pairs.values():
        if how := OSA.normalized_similarity(left, right, score_cutoff=ALIKE):
            yield left, right, how
