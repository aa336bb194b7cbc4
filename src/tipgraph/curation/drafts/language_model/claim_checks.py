"""Claims of a model, checked against the text: what is not in it is dropped, and counted with the reason.

A model returns numbers of entries and sentences, and words, never offsets. Words must be in the unit, and codes of
their list; two parts of a claim must not be the same. Dates, amounts, figures and currencies are read from the words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tipgraph.curation.drafts.draft import Draft, DraftText, Entry, Sentence, Unit
from tipgraph.curation.drafts.language_model.offered_entries import NoActor, Offered, OfferedEntries
from tipgraph.curation.drafts.language_model.questions import asked_columns
from tipgraph.curation.drafts.words.day_words import days
from tipgraph.curation.drafts.words.figures import cells_of, dollars, money, people, said_amounts
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


@dataclass
class ClaimChecks:
    """Turns the claims of a model about a text into drafts; `dropped` counts those that were dropped, by reason."""

    text: DraftText
    terms: Ontology
    entries: OfferedEntries
    producer: str
    dropped: Counter[str] = field(default_factory=Counter)

    def drafts(self, unit: Unit, tables: Sequence[str], claims: Iterable[Any]) -> Iterator[Draft]:
        """Yield the drafts of a unit from what a model answered to a question on some tables."""
        found: dict[Sentence, list[Draft]] = {}
        offered, named = self.entries.of(unit), dollars(self.text.words)
        for claim in claims:
            table = claim.get("kind") if isinstance(claim, dict) else None
            sentence = unit.sentence(claim["sentence"]) if table in tables and "sentence" in claim else None
            try:
                if table is None or sentence is None:
                    raise ValueError(NO_FORM)
                reading = _ReadClaim(self, offered, (sentence, *unit.sentences))
                draft = Draft(table, reading.cells(table, claim), *sentence, (self.producer,), tuple(reading.new))
                found.setdefault(sentence, []).append(draft)
            except ValueError as reason:
                self.dropped[str(reason)] += 1
        for sentence, drafts in found.items():
            yield from said_amounts(drafts, sentence.text, named)


@dataclass
class _ReadClaim:
    """The words of a claim: its entries, old and new, and where the text has them."""

    checks: ClaimChecks
    offered: Mapping[str, Offered]
    sentences: Sequence[Sentence]
    new: list[Entry] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def cells(self, table: str, claim: Mapping[str, Any]) -> dict[str, str]:
        """Return the cells of a claim; raise ValueError with the reason why it is dropped."""
        columns = asked_columns(self.checks.terms, table)
        cells = {name: self._cell(column, claim.get(name, "")) for name, column in columns.items()}
        self._check(columns, cells)
        cells |= self._values(cells) | (self._route(cells) if table == "route-reports" else {})
        return {name: cell for name, cell in cells.items() if cell}

    def _check(self, columns: Mapping[str, Column], cells: Mapping[str, str]) -> None:
        """Raise ValueError for a claim that names a thing twice, or that has one part only, without required codes."""
        things = [part for name, cell in cells.items() if columns[name].refers for part in cell.split(" | ") if part]
        if len(set(things)) < len(things):
            raise ValueError(SAME)
        others = [column for name, column in columns.items() if cells[name] and not column.refers]
        telling = [one for one in others if not (one.scheme and one.needed) or one.name == "tier"]
        if not things or len(things) + len(telling) < _LEAST:
            raise ValueError(TOO_LITTLE)

    def _cell(self, column: Column, value: Any) -> str:
        """Return the cell of a column from what a model gave for it."""
        values = value if isinstance(value, list) else [value]
        if len(values) > 1 and not column.many:
            raise ValueError(NO_FORM)
        parts: dict[str, None] = {}
        for part in filter(None, values):
            try:
                parts[self._entry(column, part) if column.refers else self._words(column, part)] = None
            except NoActor as reason:
                if column.needed and len(values) == 1:
                    raise
                self.checks.dropped[f"{reason}, and was left out"] += 1
        return " | ".join(parts)

    def _entry(self, column: Column, part: Any) -> str:
        """Return the reference or the label of an entry that a model names by its number or by new words."""
        if isinstance(part, str) and part in self.offered:
            one = self.offered[part]
            if not one.fits(self.checks.terms, column.refers):
                raise ValueError(NO_KIND)
            cell, label, entry = one.cell, one.label, one.entry
        else:
            label = self._found(part.get("new") if isinstance(part, dict) else part)
            cell, entry = self.checks.entries.resolve(label, column.refers, self.sentences[0].paragraph)
        self.labels[cell] = label
        self.new += [entry] if entry and entry not in self.new else []
        return cell

    def _words(self, column: Column, words: Any) -> str:
        """Return a code of the list, or words of the text."""
        if column.scheme:
            if words not in self.checks.terms.codes[column.scheme]:
                raise ValueError(NO_CODE)
            return str(words)
        found = self._found(words)
        return " ".join(found.split()[:_MOST_WORDS]) if column.datatype == LANG_STRING else found

    def _found(self, words: Any) -> str:
        """Return words as the text has them, first in the sentence of the claim; "Peru" is not in "Peruvian"."""
        if not isinstance(words, str) or not words.strip():
            raise ValueError(NO_FORM)
        for sentence in self.sentences:
            for span in matches(sentence.text, words):
                if not is_cut(sentence.text, *span):
                    return " ".join(sentence.text[slice(*span)].replace("|", "/").split())
        raise ValueError(NO_NAME)

    def _values(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return dates, amounts and figures as the data have them; words that are none are left out."""
        values: dict[str, str] = {}
        if date := cells.get("date", ""):
            period = self.checks.text.source.about.get("period", "")
            day = next(iter(days(date, period) or days(f"in {date}", period)), None)
            values |= {"date": day.edtf if day else "", "dateBasis": "inferred" if day and day.is_inferred else ""}
        if printed := cells.get("amountAsPrinted", ""):
            sums = money(printed)
            values |= cells_of(sums[0]) if len(sums) == 1 else {} if sums else {"amountAsPrinted": ""}
        if printed := cells.get("valueAsPrinted", ""):
            values |= {name: cell for name, cell in _NOT_STATED.items() if not cells.get(name)}
            for number in people(printed)[:1]:
                values |= {"value": number.value, "upperValue": number.upper, "valueAsPrinted": number.printed,
                           "hedge": number.hedge, "unit": number.unit, "population": number.population}  # fmt: skip
        return values

    def _route(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the cells of the route between the places of a report of one."""
        names = {name: [self.labels[part] for part in cells[name].split(" | ") if part]
                 for name in ("origin", "destination", "endpoint")}  # fmt: skip
        ends = [", ".join(names[name]) for name in ("origin", "destination")]
        label = " to ".join(ends) if all(ends) else f"{' and '.join(names['endpoint'])} (direction not stated)"
        self.new.append(Entry("routes", {"type": "Route", "label": label}))
        return {"route": label, "directed": str(all(ends)).lower(), "form": cells["form"] or "unspecified"}
