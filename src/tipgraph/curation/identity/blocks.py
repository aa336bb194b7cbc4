"""The pairs to compare: those that share a name, an identifier, an acronym or rare words; neighbours in the alphabet.

A block holds the profiles that share a key. In a block that is too large, each profile is compared only with its
neighbours in the alphabet.

Decision: docs/decisions/0020-blocks-hold-at-most-64-names.md.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.term_weights import TermWeights

FLOOR = 0.6  # the lowest similarity of two names that are found by their words
MOST = 64  # profiles in a block
NEIGHBOURS = 10  # on each side, in the alphabet

Key: TypeAlias = tuple[str, str]


def pairs(profiles: Sequence[Profile], weights: TermWeights) -> Iterator[tuple[int, int]]:
    """Yield each pair that shares a block, once, as positions in the profiles, the smaller first.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> names = ("Casa Clara", "Casa Clara, A.C.", "Harbour Watch")
    >>> profiles = [profile(f"x/actors/{number}", name) for number, name in enumerate(names)]
    >>> list(pairs(profiles, TermWeights(profiles)))
    [(0, 1), (1, 2)]
    """
    names = [sorted(name.joined for name in profile.spelled) for profile in profiles]
    blocks: dict[Key, list[int]] = {}
    for at, profile in enumerate(profiles):
        for key in _keys(profile, weights):
            blocks.setdefault(key, []).append(at)
    met: list[set[int]] = [set() for _ in profiles]
    alphabet = [at for _, at in sorted((name, at) for at, known in enumerate(names) for name in known)]
    for block, most in ((alphabet, 1), *((block, MOST) for block in blocks.values())):
        ordered, number = block, most
        if len(block) > MOST == most:
            ordered, number = sorted(block, key=lambda at: (names[at], sorted(profiles[at].ties))), NEIGHBOURS
        for place, at in enumerate(ordered):
            for other in ordered[place + 1 : place + 1 + number]:
                met[max(at, other)].add(min(at, other))
    for right, lefts in enumerate(met):
        yield from ((left, right) for left in sorted(lefts - {right}))


def _keys(profile: Profile, weights: TermWeights) -> set[Key]:
    """Return the keys of the blocks of a profile."""
    keys = {*profile.identifiers, *(("acronym", short) for short in profile.acronyms)}
    for name in profile.spelled:
        keys.add(("name", name.joined))
        keys |= {("word", word) for word in weights.key_words(name.words, FLOOR / (2 - FLOOR))}
    return keys
