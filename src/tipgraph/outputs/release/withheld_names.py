"""The names and figures of what is withheld, and where a text has one of them."""

import re
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import unquote

from tipgraph.model import folded, is_acronym

_LEAST: Final = 3  # letters of a name that is no acronym; shorter ones stand in every text
_JOINED: Final = 5  # letters of a name that is looked for within a word
LARGE: Final = 100  # from here on a figure tells by itself; a smaller one stands in many a text
_GROUP: Final = "[,.'’\u00a0\u2009\u202f ]"
# A currency, a minus, or nothing that goes on into the figure.
_BEFORE: Final = r"(?:(?<=\b[A-Z]{3})|(?<=[$€£¥])|(?<=\s-)|(?<![\w¶.,/-]))"
_GROUPED: Final = rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?!{_GROUP}?\d)"
_FIGURE: Final = re.compile(rf"{_BEFORE}(?:{_GROUPED}|\d+(?!,\d))(?:\.\d+)?(?![\d/]|[-.]\d|[a-z_])")
_MARKS: Final = re.compile(rf"{_GROUP}(?=\d{{3}}(?:\D|$))")
_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_UNOS: Final = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_DIECES: Final = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"


def figures(text: str) -> set[Decimal]:
    """Return the numbers of a text that stand by themselves: none within dates, ids and numbers of paragraphs.

    >>> sorted(map(str, figures("about 1,700 a year (¶23 s3, 2004-11-11), 79 or 0.5; p13-1")))
    ['0.5', '1700', '79']
    """
    return {Decimal(_MARKS.sub("", found[0])) for found in _FIGURE.finditer(text)}


@lru_cache(maxsize=65_536)
def counted(text: str) -> frozenset[Decimal]:
    """Return the numbers of a text, those below 100 in English and Spanish words too.

    >>> sorted(map(int, counted("Rescue of one boy, and of twenty-two girls")))
    [1, 22]
    >>> sorted(map(int, counted("rescate de treinta y dos niñas")))
    [32]
    """
    return frozenset({*figures(text), *(Decimal(_IN_WORDS[found]) for found in _WORDS.findall(folded(text)))})


def _in_words() -> dict[str, int]:
    """Return the numbers below 100 by their words, folded."""
    found = {"un": 1, "una": 1, "veintiun": 21, "veintiuna": 21}
    for low, high, first, joint in ((_ONES, _TENS, 20, " "), (_UNOS, _DIECES, 30, " y ")):
        ones = {word: number for number, word in enumerate(low.split(), 1)}
        tens = {word: first + 10 * number for number, word in enumerate(high.split())}
        found |= ones | tens
        found |= {f"{ten}{joint}{one}": tens[ten] + ones[one] for ten in tens for one in ones if ones[one] < 10}
    return found


_IN_WORDS: Final = _in_words()
_WORDS: Final = re.compile(rf"\b(?:{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})\b")


class Names:
    """Names to look for: acronyms as they are written, others whatever their case and accents, or within a word.

    `kept` are names, folded, that are not looked for, since what stays is called so; `common` are such among the names,
    and those too short to be looked for.

    >>> names = Names(["Casa Clara", "LIMA"])
    >>> names.within("the CASA-CLARA shelter"), names.within("in Lima"), names.within("of L.I.M.A.")
    ('Casa Clara', '', 'LIMA')
    >>> names.within("write to CasaClaraHouse"), names.in_address("https://casaclara.example/lima")
    ('Casa Clara', 'Casa Clara')
    """

    def __init__(self, names: Iterable[str], kept: Collection[str] = ()) -> None:
        """Look for names, but those that are kept."""
        every = {name.strip() for name in names}
        long = {name for name in every if is_acronym(name) or len(folded(name).replace(" ", "")) >= _LEAST}
        self.kept = frozenset(kept)
        self.common = sorted({*(name for name in long if folded(name) in self.kept), *(every - long)} - {""})
        self.sought = frozenset(long.difference(self.common))

    def within(self, text: str) -> str:
        """Return a name that a text has, as whole words or within one; an empty text where it has none."""
        if self._as_written and (found := self._as_written.search(text)):
            return self._called[found[0].replace(".", "").removesuffix("s")]
        words = folded(text)
        whole = f" {words} " if self._folded else ""
        for word in dict.fromkeys(words.split()):
            for phrase, name in self._by_word.get(word, ()):
                if f" {phrase} " in whole:
                    return name
        return next(filter(None, map(self._in_word, whole.split())), "")

    def in_address(self, text: str) -> str:
        """Return a name that an id or an address has in any form; an empty text where it has none."""
        words = folded(unquote(text))
        letters = words.replace(" ", "")
        joined = (name for short, name in self._joined.items() if short in letters)
        short = set(words.split()) & self._short.keys()
        return next(joined, next((self._short[word] for word in sorted(short)), "")) or self.within(unquote(text))

    @cached_property
    def _in_word(self) -> Callable[[str], str]:
        """Return what gives the name of several words that stands within one word."""
        joined = {short: name for short, name in self._joined.items() if " " in self._of[short]}

        @lru_cache(maxsize=65_536)
        def within(word: str) -> str:
            return next((name for short, name in joined.items() if short in word), "")

        return within

    @cached_property
    def _acronyms(self) -> list[str]:
        return sorted((name for name in self.sought if is_acronym(name)), key=len, reverse=True)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {folded(name): name for name in sorted(self.sought - set(self._acronyms), reverse=True)}

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for phrase, name in self._folded.items():
            found.setdefault(phrase.split()[0], []).append((phrase, name))
        return found

    @cached_property
    def _of(self) -> dict[str, str]:
        return {phrase.replace(" ", ""): phrase for phrase in self._folded}

    @cached_property
    def _joined(self) -> dict[str, str]:
        """The names by their letters, as they stand within a word: `casaclara`."""
        return {joined: self._folded[phrase] for joined, phrase in self._of.items() if len(joined) >= _JOINED}

    @cached_property
    def _short(self) -> dict[str, str]:
        """The acronyms and the short names, in small letters as ids and addresses have them."""
        return {folded(name).replace(" ", ""): name for name in self.sought}

    @cached_property
    def _called(self) -> dict[str, str]:
        return {name.replace(".", "").removesuffix("s"): name for name in self._acronyms}

    @cached_property
    def _as_written(self) -> re.Pattern[str] | None:
        """Acronyms as they stand in texts: with points between the letters, or an s behind."""
        either = "|".join(r"\.?".join(map(re.escape, name.replace(".", ""))) for name in self._acronyms)
        return re.compile(rf"(?<![^\W_])(?:{either})\.?s?(?![^\W_])") if either else None
