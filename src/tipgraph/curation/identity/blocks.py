"""The pairs to compare: those that share a name, an identifier, an acronym or rare words; neighbours in the alphabet.

A block holds the profiles that share a key. In a block that is too large, each profile is compared only with its
neighbours in the alphabet.

Decision: docs/decisions/0020-blocks-hold-at-most-64-names.md.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.term_weights import TermWeights

FLOOR = 0.6  # the lowest similarity of two names that are found by their words
MOST = 64  # profiles in a block
NEIGHBOURS = 10  # on each side, in the alphabet

Key: TypeAlias = tuple[str, str]


class Blocks:
    """The blocks of some profiles; `notes` says what was not compared.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> names = ("Casa Clara", "Casa Clara, A.C.", "Harbour Watch")
    >>> profiles = [profile(f"x/actors/{number}", name) for number, name in enumerate(names)]
    >>> list(Blocks(profiles, TermWeights(profiles)).pairs())
    [(0, 1), (1, 2)]
    """

    def __init__(self, profiles: Sequence[Profile], weights: TermWeights) -> None:
        """Put profiles into blocks."""
        names = [sorted(name.joined for name in profile.spelled) for profile in profiles]
        self._shared: list[list[list[int]]] = [[] for _ in profiles]
        self._beside: dict[int, set[int]] = {}
        blocks: dict[Key, list[int]] = {}
        for at, profile in enumerate(profiles):
            for key in _keys(profile, weights):
                blocks.setdefault(key, []).append(at)
        for block in blocks.values():
            if len(block) > MOST:
                self._compare_near(sorted(block, key=lambda at: (names[at], sorted(profiles[at].ties))), NEIGHBOURS)
                continue
            for at in block:
                self._shared[at].append(block)
        self._compare_near([at for _, at in sorted((name, at) for at, known in enumerate(names) for name in known)], 1)
        large = sorted((len(block), " ".join(key)) for key, block in blocks.items() if len(block) > MOST)
        self.notes = [
            f"{len(large):,} words, names or acronyms are shared by more than {MOST} entries each, {shared} by "
            f"{most:,}; each of these was compared with {NEIGHBOURS} before and after it in alphabetical order"
            for most, shared in large[-1:]
        ]

    def _compare_near(self, ordered: Sequence[int], most: int) -> None:
        """Compare each profile with those after it, up to a number."""
        for place, at in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + most]:
                self._beside.setdefault(max(at, other), set()).add(min(at, other))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield each pair that shares a block, once, as positions in the profiles, the smaller first."""
        for right, blocks in enumerate(self._shared):
            lefts = self._beside.get(right, set()) - {right}
            for block in blocks:
                lefts.update(block[: bisect_left(block, right)])
            yield from ((left, right) for left in sorted(lefts))


def _keys(profile: Profile, weights: TermWeights) -> set[Key]:
    """Return the keys of the blocks of a profile."""
    keys = {*profile.identifiers, *(("acronym", short) for short in profile.acronyms)}
    for name in profile.spelled:
        keys.add(("name", name.joined))
        keys |= {("word", word) for word in weights.key_words(name.words, FLOOR / (2 - FLOOR))}
    return keys
