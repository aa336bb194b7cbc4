"""Claims of a model, checked against the sentence: what is not in it is dropped, and counted with the reason.

A model returns words, never offsets. A quote must be a slice of the sentence, and each name must be in the sentence.
Codes must be of their list, and two parts of a claim must not be the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.draft_text import Sentence
from tipgraph.curation.drafts.language_model.claim_schema import ASKED, asked_columns
from tipgraph.curation.drafts.language_model.named_entries import NamedEntries
from tipgraph.curation.drafts.words.day_words import days
from tipgraph.curation.drafts.words.figures import cells_of, money
from tipgraph.curation.drafts.words.said_amounts import said_amounts
from tipgraph.model import Column, Ontology
from tipgraph.sources import is_cut, matches

NO_FORM: Final = "the claim was not in the form that was asked for"
NO_QUOTE: Final = "the quote is not in the sentence"
NO_NAME: Final = "a name is not in the sentence"
NO_CODE: Final = "a code is not in its list"
SAME: Final = "two parts of the claim are the same"
TOO_LITTLE: Final = "the claim names fewer than two things"
_LEAST = 2  # parts that are names, or a name and a figure


class _Dropped(Exception):
    """A claim that is dropped; its text is the reason."""


@dataclass
class ClaimChecks:
    """Turns the claims of a model into drafts. `dropped` counts the claims that were dropped, by reason.

    `period` is that of the source, for dates without a year; `dollars` are the currencies that the text names.
    """

    terms: Ontology
    names: NamedEntries
    producer: str
    period: str = ""
    dollars: frozenset[str] = frozenset()
    dropped: Counter[str] = field(default_factory=Counter)

    def drafts(self, sentence: Sentence, claims: Iterable[Any]) -> Iterator[Draft]:
        """Yield the drafts of a sentence from what a model answered."""
        found: list[Draft] = []
        for claim in claims:
            try:
                found.append(self._draft(sentence, claim))
            except _Dropped as reason:
                self.dropped[str(reason)] += 1
        yield from said_amounts(found, sentence.text, self.dollars)

    def _draft(self, sentence: Sentence, claim: Any) -> Draft:
        table = claim.get("kind") if isinstance(claim, dict) else None
        if not isinstance(table, str) or table not in ASKED:
            raise _Dropped(NO_FORM)
        start, end = _place(sentence.text, claim.get("quote"))
        cells: dict[str, str] = {}
        entries: list[Entry] = []
        for name, column in asked_columns(self.terms, table).items():
            parts = [self._part(sentence, column, word, entries) for word in _words(claim.get(name, ""), column)]
            cells[name] = " | ".join(dict.fromkeys(parts))
        self._check(table, cells)
        cells |= self._values(cells)
        filled = {name: cell for name, cell in cells.items() if cell}
        return Draft(table, filled, sentence.paragraph, sentence.number, sentence.start + start, sentence.start + end,
                     sentence.text[start:end], (self.producer,), tuple(entries))  # fmt: skip

    def _part(self, sentence: Sentence, column: Column, word: str, entries: list[Entry]) -> str:
        """Return a part of a cell: a code, an entry, or words of the sentence."""
        if column.scheme:
            if word not in self.terms.codes[column.scheme]:
                raise _Dropped(NO_CODE)
            return word
        found = _found(sentence.text, word)
        if found is None:
            raise _Dropped(NO_NAME)
        mention = sentence.text[slice(*found)]
        if not column.refers:
            return mention
        try:
            part, entry = self.names.resolve(mention, column.refers)
        except ValueError as reason:
            raise _Dropped(str(reason)) from None
        entries += [entry] if entry and entry not in entries else []
        return part

    def _values(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return dates and amounts as the data have them; words that are none are left out."""
        values: dict[str, str] = {}
        if date := cells.get("date", ""):
            day = next(iter(days(date, self.period)), None)
            values |= {"date": day.edtf if day else "", "dateBasis": "inferred" if day and day.is_inferred else ""}
        if printed := cells.get("amountAsPrinted", ""):
            sums = money(printed)
            values |= cells_of(sums[0]) if len(sums) == 1 else {} if sums else {"amountAsPrinted": ""}
        return values

    def _check(self, table: str, cells: Mapping[str, str]) -> None:
        columns = asked_columns(self.terms, table)
        things = [part for name, cell in cells.items() if columns[name].refers for part in cell.split(" | ") if part]
        if len(set(things)) < len(things):
            raise _Dropped(SAME)
        figures = [
            name for name, cell in cells.items() if cell and not columns[name].refers and not columns[name].scheme
        ]
        if not things or len(things) + len(figures) < _LEAST:
            raise _Dropped(TOO_LITTLE)


def _place(text: str, quote: Any) -> tuple[int, int]:
    """Return the place of a quote in a sentence."""
    if not isinstance(quote, str):
        raise _Dropped(NO_FORM)
    found = _found(text, quote)
    if found is None:
        raise _Dropped(NO_QUOTE)
    return found


def _found(text: str, words: str) -> tuple[int, int] | None:
    """Return the first place of words in a sentence that cuts no other word: "Peru" is not in "Peruvian"."""
    return next((span for span in matches(text, words) if not is_cut(text, *span)), None)


def _words(value: Any, column: Column) -> list[str]:
    """Return the words that a model gave for a column."""
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(word, str) for word in values) or (len(values) > 1 and not column.many):
        raise _Dropped(NO_FORM)
    return [word.strip() for word in values if word.strip()]
