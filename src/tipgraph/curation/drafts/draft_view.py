"""What a person sees of the drafts of a source: paragraph by paragraph, with what the data have already."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.draft_decisions import (
    DONE,
    REVEALED,
    DraftDecision,
    blind_paragraphs,
    decisions_of,
    draft_id,
    paragraph_id,
    paragraph_ids,
)
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.known_claims import KnownClaim, KnownClaims
from tipgraph.curation.drafts.row_sentences import RowSentences
from tipgraph.model import ontology
from tipgraph.sources import Layout, digest, paragraphs


@dataclass(frozen=True)
class ParagraphState:
    """A paragraph of the text: its place, its scope, and what a person has done with it."""

    number: int
    id: str
    start: int
    end: int
    scope: str
    is_done: bool
    is_blind: bool
    is_revealed: bool

    @property
    def is_hidden(self) -> bool:
        """Tell whether the drafts of the paragraph are not shown yet."""
        return self.is_blind and not self.is_revealed


class DraftView:
    """The drafts of a source and their decisions, as the tables are now; nothing here changes."""

    def __init__(
        self,
        text: DraftText,
        drafts: Sequence[Draft],
        layout: Layout | None,
        language: str,
        others: KnownClaims | None = None,
    ) -> None:
        """Look at a source; `others` are the claims of the other sources, which are read if they are not given."""
        self.text, self._layout, self._has_drafts = text, layout, bool(drafts)
        self.decisions = decisions_of(text.source)
        self.decided = {decision.id: decision for decision in self.decisions}
        self.sentences = RowSentences(text.source, text.others, ontology(), language)
        self.others = others or KnownClaims(text.others, ontology(), self.sentences)
        self.claims = KnownClaims([text.source], ontology(), self.sentences, self.others)
        self.paragraphs = {paragraph.number: paragraph for paragraph in self._paragraphs()}
        placed = (draft for draft in drafts if draft.paragraph in self.paragraphs)
        self.drafts = {draft_id(draft, self.paragraphs[draft.paragraph].id): draft for draft in placed}

    def open_drafts(self, paragraph: int) -> dict[str, Draft]:
        """Return the drafts of a paragraph that have no decision, by their ids."""
        drafts = self._by_paragraph.get(paragraph, {})
        return {name: draft for name, draft in drafts.items() if name not in self.decided}

    def progress(self) -> dict[str, int]:
        """Return how many drafts are decided and open, and how many of the paragraphs without a scope are done."""
        read = [paragraph for paragraph in self.paragraphs.values() if not paragraph.scope]
        shown = [paragraph.number for paragraph in read if not paragraph.is_hidden]
        left = sum(len(self.open_drafts(number)) for number in shown)
        every = sum(len(self._by_paragraph.get(number, {})) for number in shown)
        done = sum(paragraph.is_done for paragraph in read)
        return {"decided": every - left, "open": left, "done": done, "paragraphs": len(read)}

    def records(self, later: Collection[str]) -> dict[int, dict[str, Any]]:
        """Return each paragraph as it is shown; `later` are the drafts that a person has put off."""
        return {number: self._record(paragraph, later) for number, paragraph in self.paragraphs.items()}

    @cached_property
    def _by_paragraph(self) -> dict[int, dict[str, Draft]]:
        drafts: dict[int, dict[str, Draft]] = {}
        for name, draft in self.drafts.items():
            drafts.setdefault(draft.paragraph, {})[name] = draft
        return drafts

    def _paragraphs(self) -> Iterator[ParagraphState]:
        spans = paragraphs(self.text.words, self.text.rule)
        ids = paragraph_ids(digest(self.text.words[span.start : span.end]) for span in spans)
        table = self.text.source.tables.get("paragraphs")
        scopes = {row.cells.get("number"): row.cells.get("scope", "") for row in (table.rows if table else ())}
        words = {span.number: len(self.text.words[span.start : span.end].split()) for span in spans}
        blind = blind_paragraphs(digest(self.text.words), words) if self._has_drafts else frozenset()
        for span, own_id in zip(spans, ids, strict=True):
            scope = scopes.get(str(span.number), "")
            is_done, is_revealed = (paragraph_id(verdict, own_id) in self.decided for verdict in (DONE, REVEALED))
            is_blind = span.number in blind and not scope
            yield ParagraphState(span.number, own_id, span.start, span.end, scope, is_done, is_blind, is_revealed)

    def _record(self, paragraph: ParagraphState, later: Collection[str]) -> dict[str, Any]:
        drafts = {} if paragraph.is_hidden else self._by_paragraph.get(paragraph.number, {})
        return {
            "number": paragraph.number,
            "start": paragraph.start,
            "end": paragraph.end,
            "text": self.text.words[paragraph.start : paragraph.end],
            "page": (self._layout.page_of(paragraph.start, paragraph.end) if self._layout else 0) or None,
            "kind": paragraph.scope or "prose",
            "scope": paragraph.scope,
            "done": paragraph.is_done,
            "blind": paragraph.is_blind,
            "revealed": paragraph.is_revealed,
            "drafts": [self._draft(name, draft, later) for name, draft in drafts.items()],
            "rows": self._rows.get(paragraph.number, []),
        }

    def _draft(self, name: str, draft: Draft, later: Collection[str]) -> dict[str, Any]:
        decision = self.decided.get(name)
        same, against = self.claims.beside(draft.table, draft.cells)
        return {
            "id": name,
            "sentence": draft.sentence,
            "table": draft.table,
            "reads": self.sentences.reads(draft.table, draft.cells),
            "cells": dict(draft.cells),
            "entries": [{"table": entry.table, "cells": dict(entry.cells)} for entry in draft.entries],
            "start": draft.start,
            "end": draft.end,
            "quote": draft.quote,
            "producers": list(draft.producers),
            "state": _state(decision) if decision else "later" if name in later else "open",
            "reason": decision.reason if decision else "",
            "row": decision.row if decision else "",
            "same": list(map(_known, same)),
            "against": list(map(_known, against)),
        }

    @cached_property
    def _rows(self) -> dict[int, list[dict[str, Any]]]:
        """The claims of the source by the paragraphs that they quote."""
        tables, terms = self.text.source.tables, ontology()
        evidence = {row.cells["id"]: row.cells for row in tables["evidence"].rows} if "evidence" in tables else {}
        found: dict[int, list[dict[str, Any]]] = {}
        for table in tables.values():
            if "evidence" not in table.columns or table.name not in terms.tables:
                continue
            for cells in (row.cells for row in table.rows):
                spans: dict[int, list[list[int]]] = {}
                for place in filter(None, map(evidence.get, map(str.strip, cells.get("evidence", "").split("|")))):
                    if place.get("digest"):
                        spans.setdefault(int(place["paragraph"]), []).append([int(place["start"]), int(place["end"])])
                reads = self.sentences.reads(table.name, cells) if spans else ""
                for number, own in spans.items():
                    record = {"name": f"{table.name}/{cells['id']}", "table": table.name, "reads": reads, "spans": own}
                    found.setdefault(number, []).append(record)
        return found


def _state(decision: DraftDecision) -> str:
    return "accepted" if decision.verdict == "missed" else decision.verdict


def _known(claim: KnownClaim) -> Mapping[str, str]:
    return {name: value for name, value in claim._asdict().items() if value}
