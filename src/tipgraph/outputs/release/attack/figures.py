"""Find withheld numbers beside the things that they count: in one sentence, one row of a table, one record."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tipgraph.outputs.release.attack import markup
from tipgraph.outputs.release.attack.contents import Fields
from tipgraph.outputs.release.attack.letters import folded, words
from tipgraph.outputs.release.attack.numerals import spelled
from tipgraph.outputs.release.attack.secrets import SecretFigure

_LARGE, _NEAR, _LONGEST = 1000, 4, 20_000
_YEARS = frozenset(map(Decimal, range(1900, 2101)))
_STOPS = frozenset(
    ["on", "in", "for", "from", "to", "by", "with", "that", "who", "at", "as", "is", "are", "en", "por", "a"]
)
_PEOPLE_WORDS = """
person persons people individual individuals victim victims survivor survivors child children minor minors boy
boys girl girls woman women man men migrant migrants persona
personas victima victimas sobreviviente sobrevivientes nino ninos nina ninas menor menores mujer mujeres hombre
hombres migrante migrantes chico chicos chica chicas
"""
_MONEY = {"usd": "dollar dollars dolar dolares", "eur": "euro euros", "gbp": "pound pounds libra libras"}
_SIGNS = {"US$": " USD ", "$": " USD ", "€": " EUR ", "£": " GBP "}
_ASIDE_COLUMNS = """
paragraph paragraphs sentence sentences start end sources source publishers contradicted hop hops x y x1 x2 y1
y2 cx cy dx dy r z lat lon latitude longitude longitud latitud weight degree size width height rank order level
legs leg date dates earliest latest from until issued iso m49 statements year page id digest sha256 fuentes
editores pagecount pagina parrafo frase inicio fin claims nodes edges by givers colour color time type code
"""  # columns whose numbers count nothing of a source
_BETWEEN_WORDS = """
a about an approximately at exact exactly in is least most of the to was were son fueron eran de :
"""
_PEOPLE, _ASIDE, _BETWEEN = (frozenset(text.split()) for text in (_PEOPLE_WORDS, _ASIDE_COLUMNS, _BETWEEN_WORDS))
_SCALES = {"million": 10**6, "millones": 10**6, "thousand": 10**3, "mil": 10**3}
_MONTH = re.compile("(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*")
_NUMBER = re.compile(r"(?<![\w./:#&-])\d[\d.,'   \u2009\u202f]*(?<=\d)(?![\w/])")
_NO_NUMBER = re.compile(r"\d{4}-\d\d(?:-\d\d)?|[¶§]\s*\d+( s\d+)?(, p\. \d+)?")
_TOKEN, _WORD = re.compile(r"\d+|[a-z]+|[|;:.,]"), re.compile("[a-z]+")
_LARGE_ONE = re.compile(r"\d\D?\d{3}|[$€£]\s?\d")


class _FigureMatch(NamedTuple):
    """A withheld value in a text, the words beside it, and whether it is `sure`: written as no year is."""

    value: Decimal
    near: frozenset[str]
    sure: bool


class Figures:
    """The withheld numbers, in digits and in words."""

    def __init__(self, figures: Iterable[SecretFigure]) -> None:
        self._figures: dict[Decimal, list[tuple[str, list[str], frozenset[str]]]] = {}
        self._spelled: dict[str, list[tuple[list[str], Decimal]]] = {}
        for figure in figures:
            leak = f"the figure {figure.value:f} beside {min(figure.things, default='')!r}"
            things = [words(thing) for thing in figure.things]
            self._figures.setdefault(figure.value, []).append((leak, things, _kinds(figure.kinds)))
        for value in self._figures:
            for form in spelled(int(value)) if value == int(value) and 0 <= value < 10**9 else ():
                self._spelled.setdefault(form.split()[0], []).append((form.split(), value))
        kinds = {kind for rows in self._figures.values() for _, _, every in rows for kind in every}
        self._signal_words = kinds | _SCALES.keys()
        self._found = lru_cache(maxsize=100_000)(self._search)
        self._seen: set[str] = set()

    def in_text(self, text: str) -> Iterator[str]:
        """Yield the withheld figures in a text, each beside its thing in one sentence, row or paragraph."""
        for block in markup.blocks(text) if self._figures else ():
            if block not in self._seen and len(block) < _LONGEST:
                leaks = list(self._beside(self._search(block), block))
                yield from leaks
                if not leaks:
                    self._seen.add(block)

    def in_row(self, fields: Fields) -> Iterator[str]:
        """Yield the withheld figures in a row: in a cell of their own, or within a text."""
        matches = [match for key, value in fields if self._figures for match in self._in_cell(key, value, fields)]
        if matches:
            yield from self._beside(matches, " | ".join(value for _, value in fields))

    def _in_cell(self, key: str, value: str, fields: Fields) -> Iterator[_FigureMatch]:
        if value[:1].isdigit() and len(value) < 24 and _NUMBER.fullmatch(value):
            numbers = _values(value) & self._figures.keys()
            if numbers and not _ASIDE & set(words(key).split()[-1:]):
                near = frozenset(_short(key)).union(*(_short(cell) for _, cell in fields))
                yield from (_FigureMatch(number, near, sure=False) for number in numbers)
        elif " " in value:
            yield from self._found(value)

    def _beside(self, matches: Iterable[_FigureMatch], around: str) -> Iterator[str]:
        """Yield the figures beside their thing; small figures and years only with the word for what they count."""
        around_words = words(around) if matches else ""
        for value, near, sure in matches:
            large = value >= _LARGE and (sure or value not in _YEARS)
            for leak, things, kinds in self._figures[value]:
                if (large or kinds & near) and any(thing in around_words for thing in things):
                    yield leak

    def _search(self, text: str) -> list[_FigureMatch]:
        if self._signal_words.isdisjoint(_WORD.findall(folded(text).lower())) and not _LARGE_ONE.search(text):
            return []
        for sign, name in _SIGNS.items():
            text = text.replace(sign, name)
        text = _NO_NUMBER.sub(" ", text)
        numbers = [_values(written) for written in _NUMBER.findall(text)]
        tokens = _TOKEN.findall(folded(_NUMBER.sub(" 0 ", text)).lower())
        matches, written = list[_FigureMatch](), iter(numbers)
        for at, token in enumerate(tokens):
            values, last = self._words_at(tokens, at) if token in self._spelled else (set[Decimal](), at)
            if token.isdigit():
                values = next(written, set())
                scale = _SCALES.get("".join(tokens[at + 1 : at + 2]), 1)
                values |= {value * scale for value in values}
            is_year = token.isdigit() and not _YEARS.isdisjoint(values)
            near = _near(tokens, at, last, 1 if is_year else _NEAR) if values & self._figures.keys() else None
            if near is not None:
                matches += [_FigureMatch(value, near, sure=token.isalpha()) for value in values & self._figures.keys()]
        return matches

    def _words_at(self, tokens: list[str], at: int) -> tuple[set[Decimal], int]:
        matches = [(form, value) for form, value in self._spelled[tokens[at]] if tokens[at : at + len(form)] == form]
        longest = max((len(form) for form, _ in matches), default=1)
        return {value for form, value in matches if len(form) == longest}, at + longest - 1


def _kinds(named: Iterable[str]) -> frozenset[str]:
    """Return the words for what a number counts: any words for people, the words of a currency, or else as named."""
    named_words = [words(kind).split() for kind in named]
    if _PEOPLE & {word for kind in named_words for word in kind}:
        return _PEOPLE
    currencies = {kind.lower() for kind in named if re.fullmatch("[A-Z]{3}", kind)}
    if currencies:
        return frozenset(currencies | {word for code in currencies for word in _MONEY.get(code, "").split()})
    return frozenset(kind[0] for kind in named_words if len(kind) == 1)


def _values(written: str) -> set[Decimal]:
    """Return the value of some digits, if any: 1.700 is one thousand seven hundred, 1.7 is less than two."""
    compact = re.sub(r"[^\d.,]", "", written)
    for group, point in ((",", "."), (".", ",")):
        parts = rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{point}\d+)?|\d+(?:\{point}(?:\d{{1,2}}|\d{{4,}}))?"
        if re.fullmatch(parts, compact, re.ASCII):
            return {Decimal(compact.replace(group, "").replace(point, "."))}
    return set()


def _near(tokens: list[str], first: int, last: int, size: int) -> frozenset[str] | None:
    """Return the words beside a number that may say what it counts; None if it belongs to a date."""
    before, after = tokens[max(0, first - 3) : first][::-1], tokens[last + 1 : last + 1 + size]
    if any(map(_MONTH.fullmatch, [*before[:1], *[word for word in after if word not in ("de", "of")][:1]])):
        return None
    near: set[str] = set()
    for word in after:
        if not word.isalpha() or word in _STOPS:
            break
        near.add(word)
    for word in before if size > 1 else ():
        near.add(word)
        if word not in _BETWEEN:
            break
    return frozenset(near)


def _short(cell: str) -> list[str]:
    """Return the words of a short cell; of a code, those after its scheme."""
    cell_words = words(re.split("[#/]", cell)[-1]).split() if len(cell) < 99 else []
    return cell_words if len(cell_words) <= 4 else []
