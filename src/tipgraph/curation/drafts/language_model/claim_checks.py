"""Claims of a model, checked against the text: what is not in it is dropped, and counted with the reason.

A model returns numbers of entries and sentences, and words, never offsets. Words must be in the unit, and codes of
their list; two parts of a claim must not be the same. Dates, amounts, figures and currencies are read from the words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.draft_text import Sentence
from tipgraph.curation.drafts.language_model.offered_entries import Offered, OfferedEntries
from tipgraph.curation.drafts.language_model.questions import asked_columns
from tipgraph.curation.drafts.language_model.units import Unit
from tipgraph.curation.drafts.words.day_words import days
from tipgraph.curation.drafts.words.figures import cells_of, money, people
from tipgraph.curation.drafts.words.said_amounts import said_amounts
from tipgraph.model import LANG_STRING, Column, Ontology
from tipgraph.sources import is_cut, matches

NO_FORM: Final = "the claim was not in the form that was asked for"
NO_NAME: Final = "a name is not in the text"
NO_KIND: Final = "a name that is no entry of the kind that is needed"
NO_CODE: Final = "a code is not in its list"
SAME: Final = "two parts of the claim are the same"
TOO_LITTLE: Final = "the claim names fewer than two things"
_LEAST = 2  # parts that are names, or a name and a figure
_MOST_WORDS = 7  # of a description: a person writes it anew in words of our own
_NOT_STATED: Final = {"hedge": "exact", "unit": "persons", "per": "not-stated", "measure": "not-stated",
                      "basis": "not-stated", "population": "persons"}  # fmt: skip


class _Dropped(Exception):
    """A claim that is dropped; its text is the reason."""


class _NoActor(_Dropped):
    """A part of a claim that is a victim or a person."""


@dataclass
class ClaimChecks:
    """Turns the claims of a model into drafts. `dropped` counts the claims that were dropped, by reason.

    `period` is that of the source, for dates without a year; `dollars` are the currencies that the text names.
    """

    terms: Ontology
    entries: OfferedEntries
    producer: str
    period: str = ""
    dollars: frozenset[str] = frozenset()
    dropped: Counter[str] = field(default_factory=Counter)

    def drafts(self, unit: Unit, tables: Sequence[str], claims: Iterable[Any]) -> Iterator[Draft]:
        """Yield the drafts of a unit from what a model answered to a question on some tables."""
        found: dict[Sentence, list[Draft]] = {}
        offered = self.entries.of(unit)
        for claim in claims:
            try:
                sentence, draft = self._draft(unit, tables, offered, claim)
                found.setdefault(sentence, []).append(draft)
            except _Dropped as reason:
                self.dropped[str(reason)] += 1
        for sentence, drafts in found.items():
            yield from said_amounts(drafts, sentence.text, self.dollars)

    def _draft(
        self, unit: Unit, tables: Sequence[str], offered: Mapping[str, Offered], claim: Any
    ) -> tuple[Sentence, Draft]:
        table = claim.get("kind") if isinstance(claim, dict) else None
        sentence = unit.sentence(claim["sentence"]) if table in tables and "sentence" in claim else None
        if table is None or sentence is None:
            raise _Dropped(NO_FORM)
        reading = _ReadClaim(self, offered, (sentence, *unit.sentences))
        columns = asked_columns(self.terms, table)
        cells = {name: reading.cell(column, claim.get(name, "")) for name, column in columns.items()}
        _check(columns, cells)
        cells |= self._values(cells) | reading.route(table, cells)
        filled = {name: cell for name, cell in cells.items() if cell}
        return sentence, Draft(table, filled, sentence.paragraph, sentence.number, sentence.start, sentence.end,
                               sentence.text, (self.producer,), tuple(reading.new))  # fmt: skip

    def _values(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return dates, amounts and figures as the data have them; words that are none are left out."""
        values: dict[str, str] = {}
        if date := cells.get("date", ""):
            day = next(iter(days(date, self.period) or days(f"in {date}", self.period)), None)
            values |= {"date": day.edtf if day else "", "dateBasis": "inferred" if day and day.is_inferred else ""}
        if printed := cells.get("amountAsPrinted", ""):
            sums = money(printed)
            values |= cells_of(sums[0]) if len(sums) == 1 else {} if sums else {"amountAsPrinted": ""}
        if printed := cells.get("valueAsPrinted", ""):
            number = next(iter(people(printed)), None)
            values |= {name: cell for name, cell in _NOT_STATED.items() if not cells.get(name)}
            if number:
                values |= {"value": number.value, "upperValue": number.upper, "valueAsPrinted": number.printed,
                           "hedge": number.hedge, "unit": number.unit, "population": number.population}  # fmt: skip
        return values


@dataclass
class _ReadClaim:
    """The words of a claim: its entries, old and new, and where the text has them."""

    checks: ClaimChecks
    offered: Mapping[str, Offered]
    sentences: Sequence[Sentence]
    new: list[Entry] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def cell(self, column: Column, value: Any) -> str:
        """Return the cell of a column from what a model gave for it."""
        values = value if isinstance(value, list) else [value]
        if len(values) > 1 and not column.many:
            raise _Dropped(NO_FORM)
        parts: dict[str, None] = {}
        for part in filter(None, values):
            try:
                parts[self._entry(column, part) if column.refers else self._words(column, part)] = None
            except _NoActor as reason:
                if column.needed and len(values) == 1:
                    raise
                self.checks.dropped[f"{reason}, and was left out"] += 1
        return " | ".join(parts)

    def route(self, table: str, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the cells of the route between the places of a report of one."""
        if table != "route-reports":
            return {}
        ends = [", ".join(self.labels[part] for part in cells[name].split(" | ") if part)
                for name in ("origin", "destination")]  # fmt: skip
        both = " and ".join(self.labels[part] for part in cells["endpoint"].split(" | ") if part)
        label = " to ".join(ends) if all(ends) else f"{both} (direction not stated)"
        self.new.append(Entry("routes", {"type": "Route", "label": label}))
        return {"route": label, "directed": str(all(ends)).lower(), "form": cells["form"] or "unspecified"}

    def _entry(self, column: Column, part: Any) -> str:
        """Return the reference or the label of an entry that a model names by its number or by new words."""
        if isinstance(part, str) and part in self.offered:
            one = self.offered[part]
            if not one.fits(self.checks.terms, column.refers):
                raise _Dropped(NO_KIND)
            return self._kept(one.cell, one.label, one.entry)
        mention = self._found(part.get("new") if isinstance(part, dict) else part)
        try:
            cell, entry = self.checks.entries.resolve(mention, column.refers)
        except ValueError as reason:
            raise _NoActor(str(reason)) from None
        return self._kept(cell, mention, entry)

    def _kept(self, cell: str, label: str, entry: Entry | None) -> str:
        self.labels[cell] = label
        self.new += [entry] if entry and entry not in self.new else []
        return cell

    def _words(self, column: Column, words: Any) -> str:
        """Return a code of the list, or words of the text."""
        if column.scheme:
            if words not in self.checks.terms.codes[column.scheme]:
                raise _Dropped(NO_CODE)
            return str(words)
        found = self._found(words)
        return " ".join(found.split()[:_MOST_WORDS]) if column.datatype == LANG_STRING else found

    def _found(self, words: Any) -> str:
        """Return words as the text has them, first in the sentence of the claim; "Peru" is not in "Peruvian"."""
        if not isinstance(words, str) or not words.strip():
            raise _Dropped(NO_FORM)
        for sentence in self.sentences:
            for span in matches(sentence.text, words):
                if not is_cut(sentence.text, *span):
                    return " ".join(sentence.text[slice(*span)].replace("|", "/").split())
        raise _Dropped(NO_NAME)


def _check(columns: Mapping[str, Column], cells: Mapping[str, str]) -> None:
    """Raise _Dropped for a claim that names a thing twice, or that has one part only, without required codes."""
    things = [part for name, cell in cells.items() if columns[name].refers for part in cell.split(" | ") if part]
    if len(set(things)) < len(things):
        raise _Dropped(SAME)
    others = [name for name, cell in cells.items() if cell and not columns[name].refers]
    telling = [name for name in others if not (columns[name].scheme and columns[name].needed) or name == "tier"]
    if not things or len(things) + len(telling) < _LEAST:
        raise _Dropped(TOO_LITTLE)
