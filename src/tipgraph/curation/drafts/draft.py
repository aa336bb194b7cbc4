"""A draft, which is a row that a rule or a model proposes, with its words; and the text as a drafter reads it.

A draft is no claim. Its row is like one of a workbook: it names entries by labels or ids, has codes or their labels,
and has no evidence. A text is read in units: sentences of a paragraph, or rows of a table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from tipgraph.errors import InputError
from tipgraph.sources import Source, SourceText, Texts, paragraphs, sentences, source_at, with_reference

NOT_READ: Final = "unread"  # the scope of a paragraph that is still to be read
TABLE: Final = "table"  # the scope of a row of a table, which is still to be read, too
TOO_LONG: Final = "a sentence is too long"  # the reason why it is skipped
_LONGEST = 5000  # characters of a sentence; a longer one is no prose
_FIELD: Final = re.compile(r"[A-ZÀ-Þ][\w /’'()-]{1,40}:\s")  # "Country: Peru", a line of a record
_MOST = 12  # sentences of a unit
_BEFORE = 2  # sentences before it, and headings above it


class Sentence(NamedTuple):
    """A sentence by the numbers of its paragraph and itself, with its offsets in the text."""

    paragraph: int
    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Unit:
    """Sentences that are read together, the sentences before them, and the headings above them.

    They are of one paragraph, of the lines of one record, or of rows of one table, whose header is the last heading.
    """

    sentences: tuple[Sentence, ...]
    before: tuple[Sentence, ...]
    headings: tuple[str, ...]

    def sentence(self, name: object) -> Sentence | None:
        """Return the sentence that a name such as `s1` means; None without one."""
        return next((one for number, one in enumerate(self.sentences, 1) if f"s{number}" == name), None)


@dataclass(frozen=True)
class DraftText:
    """A source, its text, and the other sources, the reference among them."""

    source: Source
    others: Sequence[Source]
    words: str
    rule: str = "lines"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of prose in their order, but for those of paragraphs with a scope, and very long ones."""
        return tuple(one for one in self.whole if one.paragraph not in self.rows)

    @cached_property
    def whole(self) -> tuple[Sentence, ...]:
        """The sentences of prose and those of rows of tables."""
        return tuple(one for one in self._all if one.paragraph not in self.scoped and len(one.text) <= _LONGEST)

    @cached_property
    def too_long(self) -> tuple[Sentence, ...]:
        """The sentences that are too long to be prose, such as a table without line ends."""
        return tuple(one for one in self._all if len(one.text) > _LONGEST)

    @cached_property
    def scopes(self) -> dict[int, str]:
        """The scope of each paragraph that has one."""
        table = self.source.tables.get("paragraphs")
        rows = (row.cells for row in (table.rows if table else ()))
        return {int(cells["number"]): cells["scope"] for cells in rows if cells.get("scope")}

    @cached_property
    def scoped(self) -> frozenset[int]:
        """The numbers of the paragraphs that are not to be read: headings, page matter, and what a person set aside."""
        return frozenset(number for number, scope in self.scopes.items() if scope not in (NOT_READ, TABLE))

    @cached_property
    def rows(self) -> dict[int, int]:
        """The first row of its table, by the number of each paragraph that is a row."""
        firsts: dict[int, int] = {}
        for number in sorted(number for number, scope in self.scopes.items() if scope == TABLE):
            firsts[number] = firsts.get(number - 1, number)
        return firsts

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of the text in its order."""
        cuts = [at for at, pair in enumerate(pairwise(self.whole), 1) if not self._are_together(*pair)]
        spans = [(at, min(at + _MOST, end)) for start, end in pairwise([0, *cuts, len(self.whole)])
                 for at in range(start, end, _MOST)]  # fmt: skip
        return tuple(Unit(self.whole[start:end], self.whole[max(start - _BEFORE, 0) : start],
                          tuple(self.above(self.whole[start].paragraph))) for start, end in spans)  # fmt: skip

    def above(self, paragraph: int) -> list[str]:
        """Return the headings above a paragraph, the nearest last; for a row of a table its header comes after them."""
        headings = [number for number, scope in self.scopes.items() if scope == "heading" and number < paragraph]
        header = self.rows.get(paragraph, paragraph)
        spans = paragraphs(self.words, self.rule)
        numbers = [*headings[-_BEFORE:], *([header] if header < paragraph else [])]
        return [self.words[spans[number - 1].start : spans[number - 1].end] for number in numbers]

    def _are_together(self, last: Sentence, sentence: Sentence) -> bool:
        """Tell whether a sentence is in the paragraph, the record or the table of the one before it."""
        is_next_line = sentence.paragraph == last.paragraph + 1
        are_fields = bool(_FIELD.match(last.text) and _FIELD.match(sentence.text))
        are_rows = self.rows.get(last.paragraph) == self.rows.get(sentence.paragraph, 0)
        return sentence.paragraph == last.paragraph or are_rows or (is_next_line and are_fields)

    @cached_property
    def _all(self) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(paragraph.number, span.number, span.start, span.end, self.words[span.start : span.end])
            for paragraph in paragraphs(self.words, self.rule)
            for span in sentences(self.words, paragraph, self.rule)
        )


def draft_text(name: str, texts: Texts, data: Path | None = None, own: Path | None = None) -> DraftText:
    """Read a source and its text, from the folder `own` of sources if it is named.

    Raises UnknownName for another name, InputError without the text of `source.toml`.
    """
    source = source_at(name, own or data)
    text = SourceText(source, texts)
    if faults := [*source.faults, *text.faults]:
        raise InputError(faults)
    others = [other for other in with_reference(data or source.path.parent) if other.name != name]
    return DraftText(source, others, text.words, text.rule)


@dataclass(frozen=True)
class Entry:
    """A row of an entry that a draft names and no source has yet, such as an actor; its cells have a label."""

    table: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """A proposed row of a table of claims, and its words: a slice of the text within one sentence.

    `entries` are the new entries that its cells name by label. `producers` are the rules and models that propose it,
    such as `rule:gave-amount` and `model:qwen2.5`.
    """

    table: str
    cells: Mapping[str, str]
    paragraph: int
    sentence: int
    start: int
    end: int
    quote: str
    producers: tuple[str, ...]
    entries: tuple[Entry, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it another draft than others: its place, its table and its cells, but not its exact words."""
        return (
            self.paragraph,
            self.sentence,
            self.table,
            *sorted((name, cell) for name, cell in self.cells.items() if cell),
        )


class Drafter(Protocol):
    """A producer of drafts: the rules, or a language model.

    `about` describes it in the file of the drafts, such as the model and the digest of the prompt. `dropped` counts
    what it did not propose, by the reason in words, after its drafts were read.
    """

    @property
    def about(self) -> Mapping[str, str]:
        """Its `name`, and all else that a reader of the drafts may ask for."""
        ...

    @property
    def dropped(self) -> Mapping[str, int]:
        """The number of drafts that it did not propose, by reason."""
        ...

    @property
    def stopped(self) -> str:
        """Why it stopped before the end of the text; an empty string if it did not."""
        ...

    def drafts(self, text: DraftText) -> Iterator[Draft]:
        """Yield the drafts of a text in its order."""
        ...


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """Return drafts in the order of the text, equal ones once with all their producers and the shortest words.

    Within a sentence those on which more producers agree come first.
    """
    by_key: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        other = by_key.get(draft.key)
        by_key[draft.key] = _both(other, draft) if other else draft
    return sorted(
        by_key.values(), key=lambda draft: (draft.paragraph, draft.sentence, -len(draft.producers), draft.start)
    )


def _both(one: Draft, other: Draft) -> Draft:
    producers = tuple(sorted({*one.producers, *other.producers}))
    shorter = min(one, other, key=lambda draft: draft.end - draft.start)
    return replace(shorter, producers=producers, entries=one.entries or other.entries)
