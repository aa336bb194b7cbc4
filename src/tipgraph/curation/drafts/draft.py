"""A draft: a row that a rule or a language model proposes, with the words that say it. It is no claim.

Rows are as a person writes them into a workbook: names or ids for entries, codes or their labels, no evidence.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from tipgraph.curation.drafts.draft_text import DraftText


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
