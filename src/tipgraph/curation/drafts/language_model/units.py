"""The units of a text that a model is asked about: a paragraph, or the lines of a record, with what stands above."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tipgraph.curation.drafts.draft_text import DraftText, Sentence

_FIELD: Final = re.compile(r"[A-ZÀ-Þ][\w /’'()-]{1,40}:\s")  # "Country: Peru", a line of a record
_MOST = 12  # sentences of a unit
_BEFORE = 2  # sentences before it, and headings above it


@dataclass(frozen=True)
class Unit:
    """Sentences that are read together, the sentences before them, and the headings above them."""

    sentences: tuple[Sentence, ...]
    before: tuple[Sentence, ...]
    headings: tuple[str, ...]

    def sentence(self, name: object) -> Sentence | None:
        """Return the sentence that a name such as `s1` means; None without one."""
        return next((one for number, one in enumerate(self.sentences, 1) if f"s{number}" == name), None)


def units(text: DraftText) -> Iterator[Unit]:
    """Yield the units of a text in its order."""
    groups: list[list[Sentence]] = []
    for sentence in text.sentences:
        if groups and len(groups[-1]) < _MOST and _is_of(groups[-1][-1], sentence):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    headings, at = _headings(text), 0
    for group in groups:
        above = [words for number, words in headings if number < group[0].paragraph]
        yield Unit(tuple(group), text.sentences[max(at - _BEFORE, 0) : at], tuple(above[-_BEFORE:]))
        at += len(group)


def _is_of(last: Sentence, sentence: Sentence) -> bool:
    """Tell whether a sentence is in the paragraph of the one before it, or a line of the same record."""
    is_next_line = sentence.paragraph == last.paragraph + 1
    are_fields = bool(_FIELD.match(last.text) and _FIELD.match(sentence.text))
    return sentence.paragraph == last.paragraph or (is_next_line and are_fields)


def _headings(text: DraftText) -> list[tuple[int, str]]:
    """Return the headings of a text with the numbers of their paragraphs."""
    table = text.source.tables.get("paragraphs")
    rows = [row.cells for row in (table.rows if table else ()) if row.cells.get("scope") == "heading"]
    return [(int(row["number"]), text.words[int(row["start"]) : int(row["end"])]) for row in rows]
