"""The names and figures of what is withheld, and where a text has one of them."""

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from tipgraph.spellings import folded, is_acronym

_LEAST = 3  # letters; shorter ones stand in every text
_GROUPED = r"\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+"
_FIGURE = re.compile(rf"(?<![\w¶.,/-])(?:{_GROUPED}|\d+)(?:\.\d+)?(?![\w/-])")
_MARKS = re.compile(r"[,' \u00a0\u202f]|\.(?=\d{3}(?:\D|$))")


def figures(text: str) -> set[Decimal]:
    """Return the numbers of a text that stand by themselves: none within dates, ids and numbers of paragraphs.

    >>> sorted(map(str, figures("about 1,700 a year (¶23 s3, 2004-11-11), 79 or 0.5; p13-1")))
    ['0.5', '1700', '79']
    """
    return {Decimal(_MARKS.sub("", found[0])) for found in _FIGURE.finditer(text)}


class Names:
    """Names to look for in texts: acronyms as they are written, others whatever their case and accents.

    >>> names = Names(["Casa Clara", "LIMA"])
    >>> names.within("the CASA-CLARA shelter"), names.within("in Lima"), names.within("of LIMA.")
    ('Casa Clara', '', 'LIMA')
    """

    def __init__(self, names: Iterable[str], common: Collection[str] = ()) -> None:
        """Look for names but those that are common words: `common` holds them folded."""
        every = {name.strip() for name in names}
        long = {name for name in every if len(folded(name).replace(" ", "")) >= _LEAST}
        self.common = sorted(name for name in long if folded(name) in common)
        self.sought = frozenset(long - set(self.common))

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.sought)

    def within(self, text: str) -> str:
        """Return a name that a text has as whole words; an empty text where it has none."""
        found = self._as_written.search(text) if self._as_written else None
        if found:
            return found[0]
        for phrase, name in self._phrases(text):
            if f" {phrase} " in f" {folded(text)} ":
                return name
        return ""

    def in_id(self, local: str) -> bool:
        """Tell whether an id of a row is a name, or has one among its parts: `casa-clara-shelter`."""
        parts = f" {folded(local.replace('-', ' ').replace('.', ' '))} "
        return any(f" {phrase} " in parts for phrase in [*self._folded, *map(folded, self._acronyms)])

    def _phrases(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the names whose first word is in a text, with what they are as folded."""
        words = set(folded(text).split()) if self._folded else set()
        for word in words & self._by_word.keys():
            yield from self._by_word[word]

    @cached_property
    def _acronyms(self) -> list[str]:
        return sorted((name for name in self.sought if is_acronym(name)), key=len, reverse=True)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {folded(name): name for name in sorted(self.sought - set(self._acronyms))}

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for phrase, name in self._folded.items():
            found.setdefault(phrase.split()[0], []).append((phrase, name))
        return found

    @cached_property
    def _as_written(self) -> re.Pattern[str] | None:
        either = "|".join(map(re.escape, self._acronyms))
        return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])") if either else None
