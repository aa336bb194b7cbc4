"""Places that names name: the Ministry of Labour of one country is not that of another."""

from collections.abc import Iterable, Iterator, Mapping

from tipgraph.curation.identity.profiles import Profile
from tipgraph.model import Spelling

_LONGEST = 6  # words of the name of a place, at most
_CODES = frozenset({"isoAlpha2", "isoAlpha3", "m49"})


class Gazetteer:
    """The places of the reference, and those with a code, by all that they are called.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> places = Gazetteer([profile(f"reference/places/{x.lower()}", x, root="Place") for x in ("Chile", "Peru")], {})
    >>> chile, peru = (places.named_in(profile("x/actors/y", f"Government of {x}")) for x in ("Chile", "Peru"))
    >>> sorted(chile), places.differ(chile, peru)
    (['reference/places/chile'], True)
    """

    def __init__(self, places: Iterable[Profile], within: Mapping[str, frozenset[str]]) -> None:
        """Take in the places, and which lie within which."""
        self._within = within
        self._called: dict[tuple[str, ...], set[str]] = {}
        for one in places:
            if one.node.startswith("reference/") or any(scheme in _CODES for scheme, _ in one.identifiers):
                for words in (*(name.words for name in one.spelled), *((short,) for short in one.acronyms)):
                    self._called.setdefault(words, set()).add(one.node)
        self._firsts = {words[0] for words in self._called if words}

    def named_in(self, one: Profile) -> frozenset[str]:
        """Return the places that stand in the names of a thing."""
        return frozenset(place for name in one.spelled for place in self._in_name(name))

    def called(self, one: Profile) -> frozenset[str]:
        """Return the places that have one of the names of a thing, the whole of it."""
        names = (self._called.get(name.words, ()) for name in one.spelled)
        return frozenset(place for found in names for place in found)

    def differ(self, left: frozenset[str], right: frozenset[str]) -> bool:
        """Tell whether each of two sets has a place that no place of the other is, holds or lies within."""
        return self._strange(left, right) and self._strange(right, left)

    def _strange(self, mine: frozenset[str], yours: frozenset[str]) -> bool:
        return any(not any(self._touch(one, other) for other in yours) for one in mine)

    def _touch(self, one: str, other: str) -> bool:
        return one == other or other in self._within.get(one, ()) or one in self._within.get(other, ())

    def _in_name(self, name: Spelling) -> Iterator[str]:
        """Yield the places of a name; of `Guinea-Bissau` it is not Guinea."""
        words, at = name.words, 0
        while at < len(words):
            size = self._longest(words, at) if words[at] in self._firsts else 0
            yield from self._called[words[at : at + size]] if size else ()
            at += size or 1

    def _longest(self, words: tuple[str, ...], at: int) -> int:
        sizes = range(min(_LONGEST, len(words) - at), 0, -1)
        return next((size for size in sizes if words[at : at + size] in self._called), 0)
