"""Find withheld names, and numbers, in texts."""

import re
from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final
from urllib.parse import unquote

from tipgraph.model import folded, is_acronym
from tipgraph.outputs.release.attack import english, spanish

_LEAST: Final = 3  # letters of a name that is no acronym; shorter ones are in every text
_JOINED: Final = 5  # letters of a name that is searched for within words
LARGE: Final = 100  # a figure from here on reveals its claim; smaller ones are in many texts
_GROUP: Final = "[,.'’\u00a0\u2009\u202f ]"
# A currency, a minus, or nothing that goes on into the figure.
_BEFORE: Final = r"(?:(?<=\b[A-Z]{3})|(?<=[$€£¥])|(?<=\s-)|(?<![\w¶.,/-])(?<!\bp\. ))"
_GROUPED: Final = rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?!{_GROUP}?\d)"
_FIGURE: Final = re.compile(rf"{_BEFORE}(?:{_GROUPED}|\d+(?!,\d))(?:\.\d+)?(?![\d/]|[-.]\d|[a-z_])")
_MARKS: Final = re.compile(rf"{_GROUP}(?=\d{{3}}(?:\D|$))")


def figures(text: str) -> set[Decimal]:
    """Return the numbers in a text, without those in dates, ids and numbers of paragraphs and pages.

    >>> sorted(map(str, figures("about 1,700 a year (¶23 s3, p. 7, 2004-11-11), 79 or 0.5; p13-1")))
    ['0.5', '1700', '79']
    """
    return {Decimal(_MARKS.sub("", number[0])) for number in _FIGURE.finditer(text)}


@lru_cache(maxsize=65_536)
def counted(text: str) -> frozenset[Decimal]:
    """Return the numbers in a text, in digits and (below 100) in English and Spanish words.

    >>> sorted(map(int, counted("Rescue of one boy, and of twenty-two girls")))
    [1, 22]
    >>> sorted(map(int, counted("rescate de treinta y dos niñas")))
    [32]
    """
    return frozenset({*figures(text), *(Decimal(_IN_WORDS[words]) for words in _WORDS.findall(folded(text)))})


_IN_WORDS: Final = {
    **{words: number for number in range(1, 100) for words in (english(number), spanish(number))},
    "un": 1,
    "una": 1,
    "veintiun": 21,
    "veintiuna": 21,
}
_WORDS: Final = re.compile(rf"\b(?:{'|'.join(sorted(_IN_WORDS, key=len, reverse=True))})\b")


def searchable(texts: Iterable[str]) -> str:
    """Return folded texts as one, with a space before and after each word."""
    return f" {' | '.join(map(folded, texts))} "


class Names:
    """Names to search for: acronyms as they are written, others in any case and accents, also within a word.

    `kept` are folded names of shown things. `common` are the names that are kept or too short: no search for these.

    >>> names = Names(["Casa Clara", "LIMA"])
    >>> names.within("the CASA-CLARA shelter"), names.within("in Lima"), names.within("of L.I.M.A.")
    ('Casa Clara', '', 'LIMA')
    >>> names.within("write to CasaClaraHouse"), names.in_address("https://casaclara.example/lima")
    ('Casa Clara', 'Casa Clara')
    """

    def __init__(self, names: Iterable[str], kept: Collection[str] = ()) -> None:
        """Divide the names into those to search for, and common ones."""
        every = {name.strip() for name in names}
        long = {name for name in every if is_acronym(name) or len(folded(name).replace(" ", "")) >= _LEAST}
        self.kept = frozenset(kept)
        self.common = sorted({*(name for name in long if folded(name) in self.kept), *(every - long)} - {""})
        self.sought = frozenset(long.difference(self.common))

    def within(self, text: str) -> str:
        """Return a name that a text has, as words or within one; an empty text if it has none."""
        if self._as_written and (match := self._as_written.search(text)):
            return self._called[match[0].replace(".", "").removesuffix("s")]
        words = folded(text)
        text_words = f" {words} " if self._folded else ""
        for word in dict.fromkeys(words.split()):
            for phrase, name in self._by_word.get(word, ()):
                if f" {phrase} " in text_words:
                    return name
        return next(filter(None, map(self._in_word, text_words.split())), "")

    def in_address(self, text: str) -> str:
        """Return a name that an id or an address has in any form; an empty text if it has none."""
        words = folded(unquote(text))
        letters = words.replace(" ", "")
        joined = (name for short_words, name in self._joined.items() if short_words in letters)
        short_words = set(words.split()) & self._short.keys()
        return next(joined, next((self._short[word] for word in sorted(short_words)), "")) or self.within(unquote(text))

    @cached_property
    def _in_word(self) -> Callable[[str], str]:
        """A function that returns the name of several words within one word."""
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
        names: dict[str, list[tuple[str, str]]] = {}
        for phrase, name in self._folded.items():
            names.setdefault(phrase.split()[0], []).append((phrase, name))
        return names

    @cached_property
    def _of(self) -> dict[str, str]:
        return {phrase.replace(" ", ""): phrase for phrase in self._folded}

    @cached_property
    def _joined(self) -> dict[str, str]:
        """The names by their letters, as in a word: `casaclara`."""
        return {joined: self._folded[phrase] for joined, phrase in self._of.items() if len(joined) >= _JOINED}

    @cached_property
    def _short(self) -> dict[str, str]:
        """The names in small letters, as in ids and addresses."""
        return {folded(name).replace(" ", ""): name for name in self.sought}

    @cached_property
    def _called(self) -> dict[str, str]:
        return {name.replace(".", "").removesuffix("s"): name for name in self._acronyms}

    @cached_property
    def _as_written(self) -> re.Pattern[str] | None:
        """A pattern for acronyms in texts: with points between the letters, or an s at the end."""
        either = "|".join(r"\.?".join(map(re.escape, name.replace(".", ""))) for name in self._acronyms)
        return re.compile(rf"(?<![^\W_])(?:{either})\.?s?(?![^\W_])") if either else None
