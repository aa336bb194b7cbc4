"""The ledger of decisions about drafts, `data/NAME/draft-decisions.csv`.

It holds no words of the text, and no name of a person.

Decision: docs/decisions/0150-drafts-and-decisions-are-kept-apart.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.ledger import Ledger
from tipgraph.sources import DRAFT_DECISIONS, Source

REASONS: Final = {
    "not-said": {"en": "the words do not say it", "es": "las palabras no lo dicen"},
    "wrong-entry": {"en": "another actor, place or project is meant", "es": "se trata de otro actor, lugar o proyecto"},
    "wrong-value": {"en": "the amount, date or kind is wrong", "es": "el importe, la fecha o el tipo es erróneo"},
    "known": {"en": "the data say it already", "es": "los datos ya lo dicen"},
    "not-about": {"en": "it is not about this work", "es": "no trata de este trabajo"},
    "person": {"en": "it would name a person or a victim", "es": "nombraría a una persona o a una víctima"},
}


class Verdict(StrEnum):
    """The decision of a person about a draft, a claim that no draft proposed, a saved claim, or a paragraph."""

    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    MISSED = "missed"
    CORRECTED = "corrected"
    REMOVED = "removed"
    DONE = "done"
    SET_ASIDE = "set-aside"


class DraftDecision(NamedTuple):
    """A row of the ledger.

    `id` is that of the draft, or of what a person added or did; `changed` are the columns that a person changed, `row`
    is the claim that was saved, corrected or removed, as TABLE/ID, and `part` that of the reader, such as `reader 1`.
    """

    id: str
    paragraph: str
    verdict: str
    sentence: str = ""
    table: str = ""
    producers: str = ""
    reason: str = ""
    seconds: str = ""
    changed: str = ""
    row: str = ""
    part: str = ""
    day: str = ""


def decisions_ledger(folder: Path) -> Ledger:
    """Return the ledger of the folder of a source."""
    return Ledger(folder / f"{DRAFT_DECISIONS}.csv", DraftDecision._fields, ["id", "paragraph", "verdict"])


def decisions_of(source: Source) -> list[DraftDecision]:
    """Return the decisions about drafts of a source, in the order of the ledger."""
    table = source.books.get(DRAFT_DECISIONS)
    rows = (row.cells for row in (table.rows if table else ()))
    return [DraftDecision(*(cells.get(name, "") for name in DraftDecision._fields)) for cells in rows]


def paragraph_ids(digests: Iterable[str]) -> list[str]:
    """Return an id for each paragraph by its digest, so that it stays when paragraphs before it are added or removed.

    >>> paragraph_ids(["aa", "bb", "aa"])[0] == paragraph_ids(["cc", "aa"])[1]
    True
    """
    seen: Counter[str] = Counter()
    ids = []
    for digest in digests:
        seen[digest] += 1
        ids.append(sha256(f"{digest}#{seen[digest]}".encode()).hexdigest()[:8])
    return ids


def draft_id(draft: Draft, own_id: str, labels: Mapping[str, str]) -> str:
    """Return the id of a draft by that of its paragraph: it stays while its paragraph and its cells stay.

    A cell that names an entry by its label, and later by its TABLE/ID in `labels`, is the same.
    """
    cells = sorted(
        (name, " | ".join(labels.get(part, part) for part in map(str.strip, cell.split("|"))))
        for name, cell in draft.cells.items()
        if cell
    )
    return sha256(repr((own_id, draft.sentence, draft.table, cells)).encode()).hexdigest()[:8]


def paragraph_id(verdict: str, own_id: str) -> str:
    """Return the id of a decision about a paragraph by the id of `paragraph_ids`.

    >>> paragraph_id("done", "1f3a")
    'done-1f3a'
    """
    return f"{verdict}-{own_id}"
