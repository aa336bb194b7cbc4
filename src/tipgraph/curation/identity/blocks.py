"""The pairs to compare: those that share a name, an identifier, an acronym or rare words.

A block holds the profiles that share a key. A block that is too large is divided by the other words of its names:
profiles that share `ministry` have to share a second word, or a third. If it cannot be divided any further, as for a
thousand bodies of one name, it is put in alphabetical order, and each profile is compared with its neighbours.
`Blocks.large` counts both cases.

Decision: docs/decisions/0020-blocks-hold-at-most-64-names.md.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.term_weights import TermWeights

FLOOR = 0.6  # the lowest similarity of two names that are found by their words
MOST = 64  # profiles in a block
NEIGHBOURS = 10  # on each side, in the alphabet
_DEEPEST = 3  # words of a block that is not divided again

Key: TypeAlias = tuple[str, ...]
Block: TypeAlias = list[int]


class Large(NamedTuple):
    """The numbers of divided words and of blocks that could not be divided; the largest of these, and its key."""

    divided: int = 0
    blocks: int = 0
    largest: int = 0
    shared: str = ""
    left_out: int = 0

    def notes(self) -> list[str]:
        """Return a sentence about each of both cases."""
        divided = (
            f"{self.divided:,} words are in more than {MOST} names each; such names were compared only if they share a "
            "second word"
        )
        ordered = (
            f"{self.blocks:,} blocks hold more than {MOST} entries each that no word separates, the largest "
            f"{self.largest:,} ({self.shared}); each entry was compared with {NEIGHBOURS} before and after it in "
            f"alphabetical order, and {self.left_out:,} pairs were not compared"
        )
        return [divided] * bool(self.divided) + [ordered] * bool(self.blocks)


class Blocks:
    """The blocks of some profiles.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> names = ("Casa Clara", "Casa Clara, A.C.", "Harbour Watch")
    >>> profiles = [profile(f"x/actors/{number}", name) for number, name in enumerate(names)]
    >>> list(Blocks(profiles, TermWeights(profiles)).pairs())
    [(0, 1)]
    """

    def __init__(self, profiles: Sequence[Profile], weights: TermWeights) -> None:
        """Put profiles into blocks."""
        self._profiles, self._weights = profiles, weights
        self._shared: list[list[Block]] = [[] for _ in profiles]
        self._beside: dict[int, set[int]] = {}
        self.large = Large()
        for key, block in self._plain().items():
            self._take(key, block)
        for key, block in self._worded():
            self._take(key, block)
        self._take_acronyms()

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield each pair that shares a block, once, as positions in the profiles, the smaller first."""
        for right, blocks in enumerate(self._shared):
            lefts = set(self._beside.get(right, ()))
            for block in blocks:
                lefts.update(block[: bisect_left(block, right)])
            yield from ((left, right) for left in sorted(lefts))

    def _plain(self) -> dict[Key, Block]:
        """Return the blocks of names and identifiers."""
        blocks: dict[Key, Block] = {}
        for at, profile in enumerate(self._profiles):
            for key in {("name", name.joined) for name in profile.spelled} | set(profile.identifiers):
                blocks.setdefault(key, []).append(at)
        return blocks

    def _worded(self) -> Iterator[tuple[Key, Block]]:
        """Yield the blocks of the rarest words and of words like them; large ones divided."""
        named: dict[Key, list[tuple[int, Key]]] = {}
        for at, profile in enumerate(self._profiles):
            for name in profile.spelled:
                for word in self._weights.key_words(name.words, FLOOR / (2 - FLOOR)):
                    for alike in (word, *self._weights.near(word)):
                        named.setdefault((alike,), []).append((at, name.words))
        for key, members in named.items():
            yield from self._divided(key, members)

    def _divided(self, key: Key, members: list[tuple[int, Key]]) -> Iterator[tuple[Key, Block]]:
        block = list(dict.fromkeys(at for at, _ in members))
        if len(block) <= MOST or len(key) == _DEEPEST:
            yield key, block
            return
        self.large = self.large._replace(divided=self.large.divided + (len(key) == 1))
        parts: dict[Key, list[tuple[int, Key]]] = {}
        for at, words in members:
            for word in words:
                if word > key[-1] if len(key) > 1 else word != key[0]:
                    parts.setdefault((*key, word), []).append((at, words))
        for part, within in parts.items():
            if len(within) > 1:
                yield from self._divided(part, within)

    def _take(self, key: Key, block: Block) -> None:
        if len(block) > MOST:
            self._take_neighbours(key, block)
        elif len(block) > 1:
            for at in block:
                self._shared[at].append(block)

    def _take_neighbours(self, key: Key, block: Block) -> None:
        ordered = sorted(block, key=self._in_alphabet)
        for place, at in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
                self._beside.setdefault(max(at, other), set()).add(min(at, other))
        size, large = len(block), self.large
        left_out = (size - NEIGHBOURS) * (size - NEIGHBOURS - 1) // 2
        largest, shared = max((size, " ".join(key)), (large.largest, large.shared))
        self.large = Large(large.divided, large.blocks + 1, largest, shared, large.left_out + left_out)

    def _in_alphabet(self, at: int) -> tuple[list[str], list[tuple[str, str]]]:
        profile = self._profiles[at]
        return sorted(name.joined for name in profile.spelled), sorted(profile.ties)

    def _take_acronyms(self) -> None:
        """Make blocks of the profiles with an acronym and of those with its initials; initials alone make none."""
        acronyms: dict[str, Block] = {}
        initials: dict[str, Block] = {}
        for at, profile in enumerate(self._profiles):
            for short in sorted(profile.acronyms):
                acronyms.setdefault(short, []).append(at)
            for short in sorted(profile.initials):
                initials.setdefault(short, []).append(at)
        for short, block in acronyms.items():
            others = initials.get(short, [])
            if len(block) + len(others) > MOST:
                self._take_neighbours(("acronym", short), sorted({*block, *others}))
                continue
            for at in block:
                self._shared[at] += [block, others]
            for at in others:
                self._shared[at].append(block)
