"""The places in names: the Ministry of Labour of one country is not that of another."""

from collections.abc import Iterable, Iterator, Mapping

from tipgraph.curation.identity.profiles import Profile
from tipgraph.model import Spelling

_LONGEST = 6  # words of the longest name of a place
_CODES = frozenset({"isoAlpha2", "isoAlpha3", "m49"})


class Gazetteer:
    """The places of the reference, and those with a code, by all their names.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> places = Gazetteer([profile(f"reference/places/{x.lower()}", x, root="Place") for x in ("Chile", "Peru")], {})
    >>> chile, peru = (places.named_in(profile("x/actors/y", f"Government of {x}")) for x in ("Chile", "Peru"))
    >>> sorted(chile), places.differ(chile, peru)
    (['reference/places/chile'], True)
    """

    def __init__(self, places: Iterable[Profile], within: Mapping[str, frozenset[str]]) -> None:
        """Take the places, and for each place those that hold it."""
        self._within = within
        self._named: dict[tuple[str, ...], set[str]] = {}
        for place in places:
            if place.node.startswith("reference/") or any(scheme in _CODES for scheme, _ in place.identifiers):
                for words in (*(name.words for name in place.spelled), *((short,) for short in place.acronyms)):
                    self._named.setdefault(words, set()).add(place.node)
        self._first_words = {words[0] for words in self._named if words}

    def named_in(self, profile: Profile) -> frozenset[str]:
        """Return the places whose names are part of the names of an entry."""
        return frozenset(place for name in profile.spelled for place in self._in_name(name))

    def called(self, profile: Profile) -> frozenset[str]:
        """Return the places that have a name of an entry."""
        return frozenset(place for name in profile.spelled for place in self._named.get(name.words, ()))

    def differ(self, left: frozenset[str], right: frozenset[str]) -> bool:
        """Tell whether each of two sets has a place that is, holds and lies within no place of the other."""
        return self._has_other(left, right) and self._has_other(right, left)

    def _has_other(self, places: frozenset[str], others: frozenset[str]) -> bool:
        return any(not any(self._touch(place, other) for other in others) for place in places)

    def _touch(self, place: str, other: str) -> bool:
        return place == other or other in self._within.get(place, ()) or place in self._within.get(other, ())

    def _in_name(self, name: Spelling) -> Iterator[str]:
        """Yield the places in a name, the longest first: `Guinea-Bissau` is not Guinea."""
        words, at = name.words, 0
        while at < len(words):
            sizes = range(min(_LONGEST, len(words) - at), 0, -1) if words[at] in self._first_words else ()
            size = next((size for size in sizes if words[at : at + size] in self._named), 0)
            yield from self._named[words[at : at + size]] if size else ()
            at += size or 1
