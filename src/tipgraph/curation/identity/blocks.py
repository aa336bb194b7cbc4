"""The pairs to compare: those that share a name, an identifier, an acronym or rare words; neighbours in the alphabet.

A block holds the profiles that share a key. In a block that is too large, each profile is compared only with its
neighbours in the alphabet.

Decision: docs/decisions/0221-our-own-scores-propose-identity.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from math import log
from typing import TypeAlias

from rapidfuzz.distance import OSA

from tipgraph.curation.identity.profiles import Profile

FLOOR = 0.6  # the lowest similarity of two names that are found by their words
MOST = 64  # profiles in a block
NEIGHBOURS = 10  # on each side, in the alphabet

_ALIKE = 0.82  # the lowest similarity of two words that may be one: organizacion and organization
_SHORTEST = 5  # letters of the shortest word that may be misspelt
_PRIOR = 100  # names to assume beside those of the graph, so that words of few names do not weigh too much

Key: TypeAlias = tuple[str, str]


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

        A similar word counts by its similarity.
        """
        mine, yours = [word for word in left if word not in right], [word for word in right if word not in left]
        total = sum(map(self.weight, (*left, *right)))
        shared = total - sum(map(self.weight, (*mine, *yours)))
        if mine and yours:
            for word in mine:
                alike = [(_likeness(word, other), other) for other in yours]
                if alike and (found := max(alike))[0]:
                    yours.remove(found[1])
                    shared += found[0] * (self.weight(word) + self.weight(found[1]))
        return shared / total if total else 0.0


def _likeness(left: str, right: str) -> float:
    """Return the similarity of two words that may be one, perhaps misspelt or in a related language; else 0."""
    if min(len(left), len(right)) < _SHORTEST or not (left + right).isalpha():
        return 0.0
    return float(OSA.normalized_similarity(left, right, score_cutoff=_ALIKE))


def pairs(profiles: Sequence[Profile], weights: TermWeights) -> Iterator[tuple[int, int]]:
    """Yield each pair that shares a block, once, as positions in the profiles, the smaller first.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> names = ("Casa Clara", "Casa Clara, A.C.", "Harbour Watch")
    >>> profiles = [profile(f"x/actors/{number}", name) for number, name in enumerate(names)]
    >>> list(pairs(profiles, TermWeights(profiles)))
    [(0, 1), (1, 2)]
    """
    met: list[set[int]] = [set() for _ in profiles]
    for ordered, number in _orders(profiles, weights):
        for place, at in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + number]:
                met[max(at, other)].add(min(at, other))
    for right, lefts in enumerate(met):
        yield from ((left, right) for left in sorted(lefts - {right}))


def _orders(profiles: Sequence[Profile], weights: TermWeights) -> Iterator[tuple[list[int], int]]:
    """Yield the alphabet and each block in its order, with the number of those after it that each is compared with."""
    names = [sorted(name.joined for name in profile.spelled) for profile in profiles]
    yield [at for _, at in sorted((name, at) for at, known in enumerate(names) for name in known)], 1
    blocks = defaultdict[Key, list[int]](list)
    for at, profile in enumerate(profiles):
        for key in _keys(profile, weights):
            blocks[key].append(at)
    for block in blocks.values():
        if len(block) > MOST:
            yield sorted(block, key=lambda at: (names[at], sorted(profiles[at].ties))), NEIGHBOURS
        else:
            yield block, MOST


def _keys(profile: Profile, weights: TermWeights) -> set[Key]:
    """Return the keys of the blocks of a profile."""
    keys = {*profile.identifiers, *(("acronym", short) for short in profile.acronyms)}
    for name in profile.spelled:
        keys.add(("name", name.joined))
        keys |= {("word", word) for word in weights.key_words(name.words, FLOOR / (2 - FLOOR))}
    return keys
