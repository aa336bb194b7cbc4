"""What a person sees of the drafts of a source, paragraph by paragraph: what was decided, and what the data have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any, Final

from tipgraph.curation.drafts.draft import NOT_READ, TABLE, Draft, DraftText
from tipgraph.curation.drafts.draft_file import drafts_path, read_drafts
from tipgraph.curation.drafts.rows.claim_rows import (
    DecidedRow,
    EntryKey,
    KnownClaims,
    SavedClaim,
    Values,
    entry_key,
    have_same_parts,
    namings,
    saved_claims,
    with_new_entries,
)
from tipgraph.curation.drafts.rows.row_words import RowSentences
from tipgraph.curation.drafts.session.draft_decisions import (
    DraftDecision,
    Verdict,
    decisions_of,
    draft_id,
    paragraph_id,
    paragraph_ids,
)
from tipgraph.curation.drafts.words.value_words import table_amounts
from tipgraph.model import ontology
from tipgraph.sources import Layout, Source, SourceText, Texts, digest, paragraphs

_CAME: Final = (Verdict.ACCEPTED, Verdict.EDITED, Verdict.MISSED)  # the decisions by which a claim was saved
_MOST: Final = 5  # claims of each kind beside a draft


@dataclass(frozen=True)
class ParagraphState:
    """A paragraph of the text: its place, its scope, and what a person has done with it.

    It `is_aside` if a person said why it has no claims. A `row` of a table has the number of the first row.
    """

    number: int
    id: str
    start: int
    end: int
    scope: str
    row: int
    done: bool
    is_aside: bool


class DraftView:
    """The drafts of a source by id, its paragraphs by number, and the decisions, as the tables are now; all stays."""

    def __init__(
        self,
        text: DraftText,
        drafts: Sequence[Draft],
        language: str = "en",
        *,
        layout: Layout | None = None,
        others: KnownClaims | None = None,
    ) -> None:
        """Look at a source.

        `others` are the claims of the other sources, which are read if they are not given.
        """
        self.text, self._layout = text, layout
        self.sentences = RowSentences(text.source, text.others, ontology(), language)
        self.others = others or KnownClaims(text.others, self.sentences)
        self.claims = KnownClaims([text.source], self.sentences, self.others.merged)
        self.saved = {claim.name: claim for claim in saved_claims(text.source, ontology())}
        self.decisions = decisions_of(text.source)
        self.decided = {decision.id: decision for decision in self.decisions}
        spans = paragraphs(text.words, text.rule)
        ids = paragraph_ids(digest(text.words[span.start : span.end]) for span in spans)
        self._own_ids = {span.number: own_id for span, own_id in zip(spans, ids, strict=True)}
        labels = _own_labels(text.source)
        self.drafts = {draft_id(draft, self._own_ids[draft.paragraph], labels): draft
                       for draft in drafts if draft.paragraph in self._own_ids}  # fmt: skip
        self._values = {name: self.claims.values(draft.table, draft.cells) for name, draft in self.drafts.items()}
        self._variants: dict[str, list[str]] = {}  # of a draft of the same thing, by its id
        self._group()
        self.paragraphs = {place.number: place for place in self._paragraphs()}

    def _group(self) -> None:
        """Put the drafts into their paragraphs, those of the same thing below one: a decided one, or the first."""
        self.by_paragraph: dict[int, dict[str, Draft]] = {number: {} for number in self._own_ids}
        for name, draft in sorted(self.drafts.items(), key=lambda each: each[0] not in self.decided):
            one = next(self._ones_alike(name, draft), "")
            self._variants.setdefault(one or name, []).extend([name] if one else [])
            if not one:
                self.by_paragraph[draft.paragraph][name] = draft
        order = {name: at for at, name in enumerate(self.drafts)}
        self.by_paragraph = {number: dict(sorted(own.items(), key=lambda each: order[each[0]]))
                             for number, own in self.by_paragraph.items()}  # fmt: skip

    def _ones_alike(self, name: str, draft: Draft) -> Iterator[str]:
        """Yield the drafts of other producers with the same main parts, those with equal values first."""
        core, own = self.claims.cores[draft.table], self._values[name]
        alike = [
            (len([*self.claims.differing(draft.table, self._values[one], own)]), one)
            for one, other in self.by_paragraph[draft.paragraph].items()
            if (other.sentence, other.table) == (draft.sentence, draft.table)
            and set(draft.producers).isdisjoint(self.producers(one))
            and have_same_parts(core, self._values[one], own)
        ]
        return (one for _, one in sorted(alike, key=itemgetter(0)))

    def producers(self, name: str) -> list[str]:
        """Return the producers of a draft and of the others of the same thing."""
        return [one for each in (name, *self._variants[name]) for one in self.drafts[each].producers]

    def _paragraphs(self) -> Iterator[ParagraphState]:
        text = self.text
        for number, start, end in paragraphs(text.words, text.rule):
            own_id, scope = self._own_ids[number], text.scopes.get(number, "")
            done, is_aside = (
                paragraph_id(verdict, own_id) in self.decided for verdict in (Verdict.DONE, Verdict.SET_ASIDE)
            )
            scope = "" if scope == NOT_READ or (scope == TABLE and not is_aside) else scope
            yield ParagraphState(number, own_id, start, end, scope, text.rows.get(number, 0), done, is_aside)

    def open_drafts(self, paragraph: int) -> dict[str, Draft]:
        """Return the drafts of a paragraph that have no decision, by their ids."""
        return {name: draft for name, draft in self.by_paragraph[paragraph].items() if name not in self.decided}

    def rows_left(self, row: int) -> list[int]:
        """Return the rows of the table of a row that have neither claims nor open drafts, and were not read."""
        places = (place for place in self.paragraphs.values() if place.row and place.row == row)
        numbers = (place.number for place in places if not (place.done or place.scope))
        return [number for number in numbers if number not in self.rows and not self.open_drafts(number)]

    def progress(self) -> dict[str, int]:
        """Return how many drafts are decided and open, and how many of the paragraphs that a person reads are done.

        A paragraph is done, too, if a person said why it has no claims.
        """
        read = [place for place in self.paragraphs.values() if not place.scope or place.is_aside]
        return {
            "decided": sum(name in self.decided for own in self.by_paragraph.values() for name in own),
            "open": sum(len(self.open_drafts(place.number)) for place in read),
            "done": sum(place.done or place.is_aside for place in read),
            "paragraphs": len(read),
        }

    def draft_row(self, name: str) -> DecidedRow:
        """Return the row that a draft becomes."""
        draft = self.drafts[name]
        return self.new_row(DecidedRow(draft.table, draft.cells, draft.entries, [(draft.start, draft.end)]))

    def new_row(self, row: DecidedRow) -> DecidedRow:
        """Return a row with those of its entries that no row of the data is yet."""
        return with_new_entries(row, self.sentences.names, ontology())

    @cached_property
    def records(self) -> dict[int, dict[str, Any]]:
        """Each paragraph as it is shown."""
        return {number: self._record(place) for number, place in self.paragraphs.items()}

    def _record(self, place: ParagraphState) -> dict[str, Any]:
        drafts = self.by_paragraph[place.number]
        words = self.text.words[place.start : place.end]
        return {
            **asdict(place),
            "text": words,
            "page": (self._layout.page_of(place.start, place.end) if self._layout else 0) or None,
            "drafts": [self._draft(name, draft) for name, draft in drafts.items()],
            "rows": self.rows.get(place.number, []),
            "amounts": table_amounts(words, self.text.above(place.number)) if place.row and not place.scope else [],
        }

    def _draft(self, name: str, draft: Draft) -> dict[str, Any]:
        decision, row = self.decided.get(name), self.draft_row(name)
        values = self.claims.values(row.table, row.cells)
        alike = [claim for claims in (self.claims, self.others) for claim in claims.alike(row.table, values)]
        return {
            **vars(draft),
            "id": name,
            "producers": self.producers(name),
            **self._statement(row.table, row.cells),
            "entries": [
                {"table": entry.table, "cells": dict(entry.cells), "rejected": entry_key(entry) in self._unwanted}
                for entry in row.entries
            ],
            "namings": [naming["name"] for naming in namings(row, self.text, self.text.source)],
            "state": self._state(decision),
            "reason": decision.reason if decision else "",
            "row": decision.row if decision else "",
            "same": [claim for claim in alike if not claim["column"]][:_MOST],
            "against": [claim for claim in alike if claim["column"]][:_MOST],
            "others": [other for variant in self._variants[name] for other in self._other_values(variant, values)],
        }

    def _state(self, decision: DraftDecision | None) -> str:
        """Return the state of a draft; one whose claim was removed since is rejected."""
        if decision is None:
            return "open"
        state = Verdict.ACCEPTED if decision.verdict == Verdict.MISSED else decision.verdict
        return str(Verdict.REJECTED if decision.row in self._removed else state)

    def _other_values(self, name: str, values: Values) -> Iterator[dict[str, Any]]:
        """Yield the values of another draft of the same thing that are not those of the one that is shown."""
        draft = self.drafts[name]
        labels = self.sentences.labels(draft.table, draft.cells)
        for column, found in self.claims.values(draft.table, draft.cells).items():
            if found != values.get(column):
                cell = draft.cells[column]
                yield {"column": column, "cell": cell, "label": labels.get(column, cell), "producers": draft.producers}

    def _statement(self, table: str, cells: Mapping[str, str], source: str = "") -> dict[str, Any]:
        """Return a row of a source, by default of a draft, as it is shown."""
        return {
            "table": table,
            "reads": self.sentences.reads(table, cells, source),
            "cells": dict(cells),
            "labels": self.sentences.labels(table, cells, source),
        }

    @cached_property
    def _removed(self) -> set[str]:
        """The claims that a person removed, and that are not there again."""
        return {decision.row for decision in self.decisions if decision.verdict == Verdict.REMOVED} - self.saved.keys()

    @cached_property
    def _unwanted(self) -> set[EntryKey]:
        """The new entries that a person did not want to be named."""
        rejected = (draft for name, draft in self.drafts.items() if draft.table == "namings"
                    and name in self.decided and self.decided[name].verdict == Verdict.REJECTED)  # fmt: skip
        return {entry_key(entry) for draft in rejected for entry in draft.entries}

    @cached_property
    def rows(self) -> dict[int, list[dict[str, Any]]]:
        """The claims of the source as they are shown, by the paragraphs that they quote."""
        came = {decision.row: decision.verdict for decision in self.decisions if decision.verdict in _CAME}
        corrected = {one.row: one.day for one in self.decisions if one.verdict == Verdict.CORRECTED}
        found: dict[int, list[tuple[tuple[int, int], dict[str, Any]]]] = {}
        for name, claim in self.saved.items():
            record = self._saved(claim) | {"origin": came.get(name, ""), "corrected": corrected.get(name, "")}
            for number, spans in claim.places.items():
                found.setdefault(number, []).append((min(spans), record))
        return {number: [record for _, record in sorted(own, key=itemgetter(0))] for number, own in found.items()}

    def _saved(self, claim: SavedClaim) -> dict[str, Any]:
        return {
            "id": claim.name,
            **self._statement(claim.table, claim.form, self.text.source.name),
            "quotes": list(map(list, claim.spans)),
            "words": [self.text.words[start:end] for start, end in claim.spans],
            "digest": claim.digest,
        }


def _own_labels(source: Source) -> dict[str, str]:
    """Return the labels of the entries of a source by TABLE/ID."""
    return {
        f"{table.name}/{row.cells.get('id', '')}": row.cells["label"]
        for table in source.tables.values()
        for row in table.rows
        if row.cells.get("label")
    }


def drafts_left(source: Source, texts: Texts) -> int | None:
    """Return how many kept drafts of a source have no decision; None if there are none of its text as it is.

    They are those of the drafters that were asked last, as `review drafts` shows them.
    """
    text = SourceText(source, texts)
    kept = read_drafts(drafts_path(source.name, text.path)) if text.path else None
    if kept is None or kept.text != digest(text.words):
        return None
    return DraftView(DraftText(source, (), text.words, text.rule), kept.drafts).progress()["open"]
