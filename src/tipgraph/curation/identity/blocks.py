"""Which pairs are worth comparing: those that share a name, an identifier, an acronym or words that tell much.

A block holds the profiles that share a key. One that is too large is divided by the other words of its names: those
that share `ministry` have to share a second word, or a third. What cannot be divided any further, such as a thousand
bodies of one name, is put in the order of the alphabet, and each is compared with its neighbours there. `Blocks.large`
tells of both.

Decision: docs/decisions/0020-blocks-hold-at-most-64-names.md.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.term_weights import TermWeights

FLOOR = 0.6  # how similar two names are at least that are found by their words
MOST = 64  # profiles of a block
NEIGHBOURS = 10  # on each side, in the alphabet
_DEEPEST = 3  # words by which a block is divided

Key: TypeAlias = tuple[str, ...]
Block: TypeAlias = list[int]


class Large(NamedTuple):
    """Blocks that were too large: those divided, those that could not be, the largest of these and what it shares."""

    divided: int = 0
    blocks: int = 0
    largest: int = 0
    shared: str = ""
    left_out: int = 0

    def told(self) -> list[str]:
        """Say what was done about them, in a line each."""
        lines = []
        if self.divided:
            lines.append(
                f"{self.divided:,} words stand in more than {MOST} names each: these were compared where they share a "
                "further word"
            )
        if self.blocks:
            lines.append(
                f"{self.blocks:,} blocks held more than {MOST} things each that nothing told apart, the largest "
                f"{self.largest:,} ({self.shared}): each was compared with {NEIGHBOURS} before it and after it in the "
                f"alphabet, and {self.left_out:,} pairs were not compared in them"
            )
        return lines


class Blocks:
    """The blocks of some profiles.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> names = ("Casa Clara", "Casa Clara, A.C.", "Harbour Watch")
    >>> profiles = [profile(f"x/actors/{number}", name) for number, name in enumerate(names)]
    >>> list(Blocks(profiles, TermWeights(profiles)).pairs())
    [(0, 1)]
    """

    def __init__(self, profiles: Sequence[Profile], vocabulary: TermWeights) -> None:
        """Put profiles into blocks."""
        self._profiles, self._vocabulary = profiles, vocabulary
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
            found = set(self._beside.get(right, ()))
            for block in blocks:
                for left in block:
                    if left >= right:
                        break
                    found.add(left)
            for left in sorted(found):
                yield left, right

    def _plain(self) -> dict[Key, Block]:
        blocks: dict[Key, Block] = {}
        for at, one in enumerate(self._profiles):
            for key in {("name", name.joined) for name in one.spelled} | set(one.identifiers):
                blocks.setdefault(key, []).append(at)
        return blocks

    def _worded(self) -> Iterator[tuple[Key, Block]]:
        """Yield the blocks of the words that tell most, and of those that are alike; large ones divided."""
        named: dict[Key, list[tuple[int, Key]]] = {}
        for at, one in enumerate(self._profiles):
            for name in one.spelled:
                for word in self._vocabulary.key_words(name.words, FLOOR / (2 - FLOOR)):
                    for alike in (word, *self._vocabulary.near(word)):
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
        one = self._profiles[at]
        return sorted(name.joined for name in one.spelled), sorted(one.ties)

    def _take_acronyms(self) -> None:
        """Put together what is called by an acronym and what has its initials; initials alone tell nothing."""
        called: dict[str, Block] = {}
        begun: dict[str, Block] = {}
        for at, one in enumerate(self._profiles):
            for short in sorted(one.acronyms):
                called.setdefault(short, []).append(at)
            for short in sorted(one.initials):
                begun.setdefault(short, []).append(at)
        for short, block in called.items():
            others = begun.get(short, [])
            if len(block) + len(others) > MOST:
                self._take_neighbours(("acronym", short), sorted({*block, *others}))
            else:
                self._take_sides(block, others)

    def _take_sides(self, block: Block, others: Block) -> None:
        for at in block:
            self._shared[at] += [block, others]
        for at in others:
            self._shared[at].append(block)
