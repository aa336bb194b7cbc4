"""The names and figures of what is withheld, and where a text has one of them."""

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import cached_property

from tipgraph.spellings import folded, is_acronym

_LEAST = 3  # letters of a name that is no acronym; shorter ones stand in every text
_GROUP = "[,.'’\u00a0\u2009\u202f ]"
# A currency, a minus, or nothing that goes on into the figure.
_BEFORE = r"(?:(?<=\b[A-Z]{3})|(?<=[$€£¥])|(?<=\s-)|(?<![\w¶.,/-]))"
_GROUPED = rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?!{_GROUP}?\d)"
_FIGURE = re.compile(rf"{_BEFORE}(?:{_GROUPED}|\d+(?!,\d))(?:\.\d+)?(?![\d/]|[-.]\d|[a-z_])")
_MARKS = re.compile(rf"{_GROUP}(?=\d{{3}}(?:\D|$))")


def figures(text: str) -> set[Decimal]:
    """Return the numbers of a text that stand by themselves: none within dates, ids and numbers of paragraphs.

    >>> sorted(map(str, figures("about 1,700 a year (¶23 s3, 2004-11-11), 79 or 0.5; p13-1")))
    ['0.5', '1700', '79']
    """
    return {Decimal(_MARKS.sub("", found[0])) for found in _FIGURE.finditer(text)}


class Names:
    """Names to look for in texts: acronyms as they are written, others whatever their case and accents.

    `kept` are names, folded, that are not looked for, since what stays is called so; `common` are such among the names,
    and those too short to be looked for.

    >>> names = Names(["Casa Clara", "LIMA"])
    >>> names.within("the CASA-CLARA shelter"), names.within("in Lima"), names.within("of L.I.M.A.")
    ('Casa Clara', '', 'LIMA')
    """

    def __init__(self, names: Iterable[str], kept: Collection[str] = ()) -> None:
        """Look for names, but those that are kept."""
        every = {name.strip() for name in names}
        long = {name for name in every if is_acronym(name) or len(folded(name).replace(" ", "")) >= _LEAST}
        self.kept = frozenset(kept)
        self.common = sorted({*(name for name in long if folded(name) in self.kept), *(every - long)} - {""})
        self.sought = frozenset(long.difference(self.common))

    def within(self, text: str) -> str:
        """Return a name that a text has as whole words; an empty text where it has none."""
        return next(self.all_within(text), "")

    def all_within(self, text: str) -> Iterator[str]:
        """Yield every name that a text has as whole words."""
        for found in self._as_written.finditer(text) if self._as_written else ():
            yield self._called[found[0].replace(".", "").removesuffix("s")]
        whole = f" {folded(text)} " if self._folded else ""
        for word in set(whole.split()) & self._by_word.keys():
            yield from (name for phrase, name in self._by_word[word] if f" {phrase} " in whole)

    def in_id(self, local: str) -> bool:
        """Tell whether an id of a row is a name, or has one among its parts: `casa-clara-shelter`."""
        parts = f" {folded(local.replace('-', ' ').replace('.', ' '))} "
        return any(f" {phrase} " in parts for phrase in [*self._folded, *map(folded, self._acronyms)])

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
    def _called(self) -> dict[str, str]:
        return {name.replace(".", "").removesuffix("s"): name for name in self._acronyms}

    @cached_property
    def _as_written(self) -> re.Pattern[str] | None:
        """Acronyms as they stand in texts: with points between the letters, or an s behind."""
        either = "|".join(r"\.?".join(map(re.escape, name.replace(".", ""))) for name in self._acronyms)
        return re.compile(rf"(?<![^\W_])(?:{either})\.?s?(?![^\W_])") if either else None
