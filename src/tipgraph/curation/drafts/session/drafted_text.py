"""The drafts of a text, paragraph by paragraph, with what was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.draft_file import drafts_path, read_drafts
from tipgraph.curation.drafts.draft_text import NOT_READ, DraftText
from tipgraph.curation.drafts.session.draft_decisions import (
    DONE,
    MISSED,
    REVEALED,
    SET_ASIDE,
    blind_paragraphs,
    decisions_of,
    draft_id,
    paragraph_id,
    paragraph_ids,
)
from tipgraph.sources import Source, SourceText, Span, Texts, digest, paragraphs


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


class DraftedText:
    """A text with its drafts by id, its paragraphs by number, and the decisions of the ledger; nothing here changes."""

    def __init__(self, text: DraftText, drafts: Sequence[Draft]) -> None:
        self.text = text
        self.decisions = decisions_of(text.source)
        self.decided = {decision.id: decision for decision in self.decisions}
        spans = paragraphs(text.words, text.rule)
        ids = paragraph_ids(digest(text.words[span.start : span.end]) for span in spans)
        own_ids = {span.number: own_id for span, own_id in zip(spans, ids, strict=True)}
        placed = (draft for draft in drafts if draft.paragraph in own_ids)
        labels = _own_labels(text.source)
        self.drafts = {draft_id(draft, own_ids[draft.paragraph], labels): draft for draft in placed}
        prose = [span for span in spans if self._is_read(span, own_ids[span.number])]
        words = {span.number: len(text.words[span.start : span.end].split()) for span in prose}
        blind = blind_paragraphs(digest(text.words), words) if drafts else frozenset[int]()
        states = (self._paragraph(span, own_ids[span.number], is_drawn=span.number in blind) for span in spans)
        self.paragraphs = {state.number: state for state in states}

    def open_drafts(self, paragraph: int) -> dict[str, Draft]:
        """Return the drafts of a paragraph that have no decision, by their ids."""
        drafts = self.by_paragraph.get(paragraph, {})
        return {name: draft for name, draft in drafts.items() if name not in self.decided}

    def progress(self) -> dict[str, int]:
        """Return how many drafts are decided and open, and how many of the paragraphs that a person reads are done.

        A paragraph is done, too, if a person said why it has no claims.
        """
        aside = {name for name, paragraph in self.paragraphs.items() if self._is_set_aside(paragraph.id)}
        read = [paragraph for name, paragraph in self.paragraphs.items() if not paragraph.scope or name in aside]
        shown = [paragraph.number for paragraph in read if not paragraph.is_hidden]
        left = sum(len(self.open_drafts(number)) for number in shown)
        seen = (draft for number, paragraph in self.paragraphs.items() if not paragraph.is_hidden
                for draft in self.by_paragraph.get(number, ()))  # fmt: skip
        decided = sum(draft in self.decided for draft in seen)
        done = sum(paragraph.is_done or paragraph.number in aside for paragraph in read)
        return {"decided": decided, "open": left, "done": done, "paragraphs": len(read)}

    @cached_property
    def by_paragraph(self) -> dict[int, dict[str, Draft]]:
        """The drafts by paragraph and id."""
        drafts: dict[int, dict[str, Draft]] = {}
        for name, draft in self.drafts.items():
            drafts.setdefault(draft.paragraph, {})[name] = draft
        return drafts

    @cached_property
    def _scopes(self) -> dict[str, str]:
        table = self.text.source.tables.get("paragraphs")
        return {row.cells.get("number", ""): row.cells.get("scope", "") for row in (table.rows if table else ())}

    def _is_read(self, span: Span, own_id: str) -> bool:
        """Tell whether a person reads a paragraph: it has no scope, or got it from a person who read it here."""
        return span.number not in self.text.scoped or self._is_set_aside(own_id)

    def _is_set_aside(self, own_id: str) -> bool:
        return paragraph_id(SET_ASIDE, own_id) in self.decided

    def _paragraph(self, span: Span, own_id: str, *, is_drawn: bool) -> ParagraphState:
        """Return the state of a paragraph; drafts that were decided, or of a paragraph that is done, are not hidden."""
        scope = self._scopes.get(str(span.number), "").replace(NOT_READ, "")
        is_done, is_revealed = (paragraph_id(verdict, own_id) in self.decided for verdict in (DONE, REVEALED))
        seen = (self.decided[name].verdict for name in self.by_paragraph.get(span.number, {}) if name in self.decided)
        is_revealed = is_revealed or is_done or any(verdict != MISSED for verdict in seen)
        return ParagraphState(
            span.number, own_id, span.start, span.end, scope, is_done, is_drawn and not scope, is_revealed
        )


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

    They are those of the drafters that were asked last, as `review drafts` shows them. Raises InputError for a damaged
    file of drafts.
    """
    text = SourceText(source, texts)
    kept = read_drafts(drafts_path(source.name, text.path)) if text.path else None
    if kept is None or kept.text != digest(text.words):
        return None
    return DraftedText(DraftText(source, (), text.words, text.rule), kept.in_use().drafts).progress()["open"]
