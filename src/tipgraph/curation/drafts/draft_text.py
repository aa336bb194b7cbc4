"""The text of a source as a drafter reads it: its sentences, and the sources whose entries it may name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.errors import InputError
from tipgraph.sources import Source, SourceText, Texts, paragraphs, sentences, source_at, with_reference

NOT_READ: Final = "unread"  # the scope of a paragraph that is still to be read
TOO_LONG: Final = "a sentence is too long"  # the reason why it is skipped
_LONGEST = 5000  # characters of a sentence; a longer one is no prose


class Sentence(NamedTuple):
    """A sentence by the numbers of its paragraph and itself, with its offsets in the text."""

    paragraph: int
    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class DraftText:
    """A source, its text, and the other sources, the reference among them."""

    source: Source
    others: Sequence[Source]
    words: str
    rule: str = "lines"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in the order of the text, but for those of paragraphs with a scope, and very long ones."""
        return tuple(one for one in self._all() if one.paragraph not in self.scoped and len(one.text) <= _LONGEST)

    @cached_property
    def too_long(self) -> tuple[Sentence, ...]:
        """The sentences that are too long to be prose, such as a table without line ends."""
        return tuple(one for one in self._all() if len(one.text) > _LONGEST)

    @cached_property
    def scoped(self) -> frozenset[int]:
        """The numbers of the paragraphs that have a scope: headings, page matter, and what a person has set aside."""
        table = self.source.tables.get("paragraphs")
        rows = table.rows if table else ()
        return frozenset(int(row.cells["number"]) for row in rows if row.cells.get("scope") not in (None, "", NOT_READ))

    def without_claims(self) -> "DraftText":
        """Return the text with a source that has no claims: only settings and paragraphs."""
        kept = {name: table for name, table in self.source.tables.items() if name == "paragraphs"}
        return replace(self, source=replace(self.source, tables=kept))

    def _all(self) -> Iterator[Sentence]:
        for paragraph in paragraphs(self.words, self.rule):
            for span in sentences(self.words, paragraph, self.rule):
                yield Sentence(paragraph.number, span.number, span.start, span.end, self.words[span.start : span.end])


def draft_text(name: str, texts: Texts, data: Path | None = None) -> DraftText:
    """Read a source and its text; raise UnknownName for another name, InputError without the text of `source.toml`."""
    source = source_at(name, data)
    text = SourceText(source, texts)
    if faults := [*source.faults, *text.faults]:
        raise InputError(faults)
    others = [other for other in with_reference(data or source.path.parent) if other.name != name]
    return DraftText(source, others, text.words, text.rule)
