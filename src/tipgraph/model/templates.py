"""Sentences of claims, from the templates of their classes in the ontology.

A template has `{columns}` and `[optional parts]`. A part is left out if one of its columns has no value. A part with
alternatives, `[from {origin}|to {destination}]`, gives the first alternative with all its values. `{column=code}` gives
no words; its part is left out unless the column has that code, or `{column=other}` the value of the other column.

| in a template | in a sentence |
|---|---|
| `{undertaking} —[, in {place}]` | a dash or colon replaces the comma after it; at the end it is dropped |
| `for {undertaking}[ in {place}]` | a part is left out if the words before it end with the same words |
| `of {organization}` | a name has its article after a preposition (`articles.toml`) |
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{(\w+)\}")
_CONDITION = re.compile(r"\{(\w+)=([\w-]+)\}")
_OPENING = (":", "—")
_AND = {"en": " and ", "es": " y "}
_BEFORE_I = re.compile(r"h?i(?!e)", re.IGNORECASE)  # Spanish says e, not y, before that sound
_LONGEST = 40  # letters of a preposition
_HEAD = re.compile(
    r" (?:of|for|on|to|from|in(?! Persons\b)|against|between|working)\b|[(:“]|,(?=[^,]*\d)", re.IGNORECASE
)


class Word(NamedTuple):
    """A piece of a sentence: `language` is set if it differs from that of the sentence, `name` for a name of an entry.

    `code` is the local name of a code.
    """

    text: str
    language: str = ""
    name: bool = False
    code: str = ""


def say(template: str, values: Mapping[str, Sequence[Word]], language: str = "en") -> str:
    """Return the sentence of a claim from the words of each column. A needed column without a value is an ellipsis.

    >>> giver = [Word("USAID"), Word("Government of Mexico", name=True)]
    >>> say("Money[ of {giver}][, {amount}][ to {receiver}]", {"giver": giver, "receiver": [Word("CIM")]})
    'Money of USAID and the Government of Mexico to CIM'
    """
    return "".join(word.text for word in pieces(template, values, language))


def pieces(
    template: str, values: Mapping[str, Sequence[Word]], language: str = "en", marks: Sequence[str] = ()
) -> list[Word]:
    """Return the sentence of a claim in pieces of one language each; `marks` in parentheses end it."""
    sentence = _Sentence(values, language)
    # Values are filled in after the brackets are parsed, so that a bracket inside a value stays.
    end = 0
    for match in _OPTIONAL.finditer(template):
        sentence.add(template[end : match.start()])
        sentence.add_first(match[1].split("|"))
        end = match.end()
    sentence.add(template[end:])
    return sentence.pieces(f" ({', '.join(marks)})" if marks else "")


def fields(template: str) -> list[str]:
    """Return the columns that a template names, in order.

    >>> fields("{giver} gives[ {amount}]")
    ['giver', 'amount']
    """
    return _FIELD.findall(template)


def needed(template: str) -> list[str]:
    """Return the columns that a template names outside its optional parts, in order.

    >>> needed("{giver} gives[ {amount}]")
    ['giver']
    """
    return fields(_OPTIONAL.sub("", template))


def is_balanced(template: str) -> bool:
    """Tell whether a template holds only words, `{columns}` and `[parts]` that are not nested."""
    without_columns = re.sub(r"\{[A-Za-z][\w-]*(?:=[\w-]+)?\}", "", template)
    return not re.search(r"[\[\]{}]", _OPTIONAL.sub("", without_columns))


class _Sentence:
    """A sentence that is being composed."""

    def __init__(self, values: Mapping[str, Sequence[Word]], language: str) -> None:
        self._values, self._language = values, language
        self._words: list[Word] = []
        self._said = ""  # of the words

    def add(self, part: str) -> None:
        """Add a part of a template."""
        self._put(self._filled(part))

    def add_first(self, parts: Sequence[str]) -> None:
        """Add the first part with all its values, unless the sentence ends with the same words."""
        part = _CONDITION.sub("", next(filter(self._holds, parts), ""))
        if not part:
            return
        if self._said.endswith(_OPENING):
            part = re.sub("^[,;] ", " ", part)
        words = self._filled(part)
        added = _text(words).lstrip(",; ")
        if not (added and self._said.endswith(f" {added}")):
            self._put(words)

    def _put(self, words: Sequence[Word]) -> None:
        self._words += words
        self._said += _text(words)

    def _holds(self, part: str) -> bool:
        """Tell whether all columns of a part have values, and its conditions hold."""
        return all(map(self._values.get, _FIELD.findall(part))) and all(
            code in {word.code for word in self._values.get(column, ())}
            or list(self._values.get(column, ())) == list(self._values.get(code, ("",)))
            for column, code in _CONDITION.findall(part)
        )

    def pieces(self, end: str) -> list[Word]:
        """Return the pieces and an end; neighbours in the language of the sentence are joined."""
        joined: list[Word] = []
        for word in self._words:
            if word.text:
                _join(joined, word.text, word.language)
        if joined and joined[-1].text.endswith(_OPENING):
            joined[-1] = joined[-1]._replace(text=joined[-1].text[:-1].rstrip())
        if end:
            _join(joined, end)
        return joined

    def _filled(self, part: str) -> list[Word]:
        """Return the words of a part, which follow those of the sentence."""
        words, end = list[Word](), 0
        for match in _FIELD.finditer(part):
            words.append(Word(part[end : match.start()]))
            self._list(words, self._values.get(match[1]) or [Word("…")])
            end = match.end()
        return [*words, Word(part[end:])]

    def _list(self, words: list[Word], values: Sequence[Word]) -> None:
        """Add the values of a column, each name with its article after a preposition."""
        articles = _articles(self._language)
        if articles and not articles.follow(self._said + _text(words)):
            articles = None
        for place, value in enumerate(values):
            article = articles.of(value) if articles else ""
            if place:
                last = place == len(values) - 1 and (value.name or not value.language)
                words.append(Word(_and(article or value.text, self._language) if last else ", "))
            self._add_article(words, article)
            words.append(value)

    def _add_article(self, words: list[Word], article: str) -> None:
        """Add an article; Spanish contracts `de el` and `a el`."""
        if article == "el" and re.search(r"\b(?:de|a) $", self._said + _text(words)):
            words[-1] = Word(words[-1].text.rstrip() + "l ")
        elif article:
            words.append(Word(f"{article} "))


class _Articles(NamedTuple):
    """The articles of names in a language, and the prepositions before them."""

    after: re.Pattern[str]
    by_word: Mapping[str, str]
    first: bool

    def follow(self, text: str) -> bool:
        """Tell whether a text ends with a preposition that articles follow."""
        return self.after.search(text, max(len(text) - _LONGEST, 0)) is not None

    def of(self, value: Word) -> str:
        """Return the article of a name, by its first word, or in English by the last word of its head."""
        if not value.name or value.language:
            return ""
        head = value.text if self.first else _HEAD.split(value.text)[0]
        words = re.findall(r"[\w’'.-]+", head)
        if not words or " and the " in head or words[0] == "The" or words[0].endswith("'s"):
            return ""
        return self.by_word.get(words[0 if self.first else -1], "")


@cache
def _articles(language: str) -> _Articles | None:
    with Path(__file__).with_name("articles.toml").open("rb") as file:
        table = tomllib.load(file).get(language)
    if table is None:
        return None
    by_word = {word: article for article, words in table["articles"].items() for word in words}
    return _Articles(re.compile(rf"\b(?:{'|'.join(table['after'])}) $", re.IGNORECASE), by_word, table["first"])


def _join(words: list[Word], text: str, language: str = "") -> None:
    """Add a text to words, or to the last of them if both are in the language of the sentence."""
    if words and not language and not words[-1].language:
        words[-1] = Word(words[-1].text + text)
    else:
        words.append(Word(text, language))


def _and(following: str, language: str) -> str:
    if language == "es" and _BEFORE_I.match(following):
        return " e "
    return _AND.get(language, ", ")


def _text(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)
