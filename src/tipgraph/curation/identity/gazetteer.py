"""The places in names: the Ministry of Labour of one country is not that of another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tipgraph.curation.identity.profiles import Profile
from tipgraph.model import Spelling, acronym, is_acronym, spelling

_LONGEST = 6  # words of the longest name of a place
_CODES = frozenset({"isoAlpha2", "isoAlpha3", "m49"})
COUNTRY, PROGRAMME, GOVERNMENT = "country", "programme", "government"  # what a cut name lacks, or is
_GOVERNMENT = frozenset({"government", "federal", "central"})
_MINISTRIES = frozenset({"ministry", "ministerio", "ministere", "ministero", "ministerie", "ministerium"})


def is_ministry(profile: Profile) -> bool:
    """Tell whether a name of an entry begins as those of ministries do, which recur in many countries."""
    return any(_MINISTRIES.intersection(name.words[:2]) for name in profile.spelled)


class Run(NamedTuple):
    """The words of a name from `begin` to `end`, which name some places."""

    begin: int
    end: int
    places: frozenset[str]


class Gazetteer:
    """The places of the reference, and those with a code, by all their names.

    >>> from tipgraph.curation.identity.profiles import profile
    >>> places = Gazetteer([profile(f"reference/places/{x.lower()}", x, root="Place") for x in ("Chile", "Peru")], {})
    >>> chile, peru = (places.named_in(profile("x/actors/y", f"Government of {x}")) for x in ("Chile", "Peru"))
    >>> sorted(chile), places.differ(chile, peru)
    (['reference/places/chile'], True)
    """

    def __init__(self, places: Sequence[Profile], within: Mapping[str, frozenset[str]]) -> None:
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
        return frozenset(place for name in profile.spelled for place in self.in_name(name))

    def in_name(self, name: Spelling) -> frozenset[str]:
        """Return the places whose names are part of a name."""
        return frozenset(place for run in self.runs(name.words) for place in run.places)

    def called(self, profile: Profile) -> frozenset[str]:
        """Return the places that have a name of an entry."""
        return frozenset(place for name in profile.spelled for place in self._named.get(name.words, ()))

    def differ(self, left: frozenset[str], right: frozenset[str]) -> bool:
        """Tell whether each of two sets has a place that is, holds and lies within no place of the other."""

        def has_other(places: frozenset[str], others: frozenset[str]) -> bool:
            held = {holder for other in others for holder in (other, *self._within.get(other, ()))}
            return any(place not in held and others.isdisjoint(self._within.get(place, ())) for place in places)

        return has_other(left, right) and has_other(right, left)

    def runs(self, words: tuple[str, ...]) -> Iterator[Run]:
        """Yield the places in a name, the longest first: `Guinea-Bissau` is not Guinea."""
        at = 0
        while at < len(words):
            sizes = range(min(_LONGEST, len(words) - at), 0, -1) if words[at] in self._first_words else ()
            size = next((size for size in sizes if words[at : at + size] in self._named), 0)
            if size:
                yield Run(at, at + size, frozenset(self._named[words[at : at + size]]))
            at += size or 1

    def with_cut_names(self, profile: Profile) -> Profile:
        """Return a profile with names that lack the country before them, or the programme of a ministry behind them.

        >>> from tipgraph.curation.identity.profiles import profile
        >>> gazetteer = Gazetteer([profile("reference/places/peru", "Peru", root="Place")], {})
        >>> names = "Peru - Harbour Office", "Ministry of Labour of Peru, Safe Harbours Programme"
        >>> [name.words for name in gazetteer.with_cut_names(profile("x/actors/y", *names)).cut]
        [('harbour', 'office'), ('ministry', 'labour', 'peru')]
        """
        spelled, cut, of_ministry = dict(profile.spelled), dict[Spelling, str](), is_ministry(profile)
        short = set(profile.acronyms)
        for name, written in profile.spelled.items():
            words, how = self._cut(name.words, of_ministry=of_ministry)
            if len(words) > 1 and (part := spelling(" ".join(words))) not in spelled:
                spelled[part], cut[part] = written, how
            elif words and "government" in name.words and is_acronym(last := written.split()[-1]):
                short.add(acronym(last))
        return replace(profile, spelled=spelled, cut=cut, acronyms=frozenset(short))

    def _cut(self, words: tuple[str, ...], *, of_ministry: bool) -> tuple[tuple[str, ...], str]:
        """Return the words of a name without its country or programme, and which it lacks; no words if it has neither.

        The name of a government is that of its country, in one form.
        """
        run = next(self.runs(words), None)
        if run and _GOVERNMENT.issuperset((*words[: run.begin], *words[run.end :])):
            return ("government", *min(run.places).rpartition("/")[2].split("-")), GOVERNMENT
        if run and not run.begin:
            begin = run.end + (words[run.end : run.end + 1] == ("government",))
            return words[begin:], COUNTRY
        if run and run.end < len(words) and of_ministry:
            return words[: run.end], PROGRAMME
        return (), ""
