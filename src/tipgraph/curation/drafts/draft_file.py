"""The drafts of a text, kept beside it as `NAME.drafts.json`: they hold words of others, so never in `data/`.

Each drafter has its own part. A part is made anew if the text, the drafter, or the names that it knows are others.

Decision: docs/decisions/0150-drafts-are-kept-with-the-texts.md.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from tipgraph.curation.drafts.draft import Draft, Drafter, Entry, merged
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.person_gate import PersonGate
from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import ontology
from tipgraph.runtime import atomic_file, read_bytes, unreadable
from tipgraph.sources import allowlist, digest

_UNGROUNDED: Final = "words that are not in the text at their place"
_GATE: Final = 1  # the version of `PersonGate`; drafts that an earlier one let pass are made anew
_NO_TABLE: Final = "a table that the ontology does not have"
_SETTINGS: Final = ("title", "issued", "period")
_NAMING: Final = ("namings", "identity", allowlist.BOOK)  # tables with names, besides those of entries


@dataclass(frozen=True)
class DrafterPart:
    """What one drafter proposes for a text: its description, its drafts, and the number of dropped ones.

    `stopped` says why it stopped before the end of the text; then it is asked again. `known` is the digest of the names
    and settings that it knew, `scoped` are the paragraphs that had a scope and were left out.
    """

    about: Mapping[str, str]
    drafts: tuple[Draft, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)
    stopped: str = ""
    known: str = ""
    scoped: tuple[int, ...] = ()


@dataclass(frozen=True)
class DraftFile:
    """The drafts of a text with this SHA-256, in a part for each drafter that was asked last."""

    text: str
    parts: tuple[DrafterPart, ...] = ()

    @property
    def drafts(self) -> list[Draft]:
        """The drafts of all parts in the order of the text, equal ones once."""
        return merged(draft for part in self.parts for draft in part.drafts)

    @property
    def dropped(self) -> Counter[str]:
        """The number of drafts that were not proposed, by reason."""
        return sum((Counter(part.dropped) for part in self.parts), Counter())

    @property
    def stopped(self) -> list[str]:
        """Why drafters stopped before the end of the text, in words."""
        return [f"{part.about['name']}: {part.stopped}" for part in self.parts if part.stopped]

    def write(self, path: Path, text: Path | None = None) -> None:
        """Write the file, with the rights of the text beside it; raise OSError."""
        with atomic_file(path, like=text) as (beside,):
            beside.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")


def drafts_path(name: str, text: Path) -> Path:
    """Return the path of the drafts of a source, beside its text."""
    return text.with_name(f"{name}.drafts.json")


def read_drafts(path: Path) -> DraftFile | None:
    """Read drafts; None if there is no file. Raises InputError if it cannot be read or is damaged."""
    if not path.exists():
        return None
    try:
        record = json.loads(read_bytes(path).decode("utf-8"))
        return DraftFile(record["text"], tuple(map(_part, record["parts"])))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([unreadable(path, error)]) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = "is damaged; remove it, and the drafts are made anew"
        raise InputError([Fault(message, shown(path))]) from error


def make_drafts(text: DraftText, drafters: Iterable[Drafter], place: Path) -> DraftFile:
    """Return the drafts of some drafters for the text at a place, and keep them beside it; those kept there are read.

    A part is kept while the text, the drafter, the names of other sources and the settings are the same, and no
    paragraph has lost its scope; one that stopped is made anew. Raises InputError for a damaged file.
    """
    own, known, path = digest(text.words), _known(text), drafts_path(text.source.name, place)
    kept = read_drafts(path)
    whole = [part for part in (kept.parts if kept and kept.text == own else ())
             if part.known == known and not part.stopped and text.scoped.issuperset(part.scoped)]  # fmt: skip
    parts = (next((part for part in whole if part.about == drafter.about), None) or _made(text, drafter, known)
             for drafter in drafters)  # fmt: skip
    file = DraftFile(own, tuple(parts))
    if file.parts and file != kept:
        file.write(path, place)
    return file


def _known(text: DraftText) -> str:
    """Return a digest of the settings of the source, and of entries, names and answers of other sources.

    The names of the own source are not among them: decisions add these, and would make the drafts anew each day.
    """
    settings = [text.source.about.get(name, "") for name in _SETTINGS]
    rows = [
        [source.name, table.name, *row.cells.values()]
        for source in text.others
        for table in (*source.tables.values(), *source.books.values())
        if table.name in _NAMING or "label" in table.columns
        for row in table.rows
    ]
    return sha256(json.dumps([_GATE, settings, rows]).encode()).hexdigest()[:16]


def _made(text: DraftText, drafter: Drafter, known: str) -> DrafterPart:
    """Return the drafts of a drafter whose words are slices of the text and name no person; the others are counted."""
    drafts = list(drafter.drafts(text))
    faults, gate = [_fault(text.words, draft) for draft in drafts], PersonGate(text)
    passed = (gate.passed(draft) for draft, fault in zip(drafts, faults, strict=True) if not fault)
    grounded = tuple(filter(None, passed))
    dropped = Counter(filter(None, faults)) + Counter(drafter.dropped) + gate.dropped
    scoped = tuple(sorted(text.scoped))
    return DrafterPart(dict(drafter.about), grounded, dict(dropped), drafter.stopped, known, scoped)


def _fault(words: str, draft: Draft) -> str:
    if draft.table not in ontology().tables:
        return _NO_TABLE
    is_slice = 0 <= draft.start < draft.end and words[draft.start : draft.end] == draft.quote
    return "" if is_slice else _UNGROUNDED


def _part(record: Mapping[str, Any]) -> DrafterPart:
    drafts = [
        Draft(
            **{
                **each,
                "producers": tuple(each["producers"]),
                "entries": tuple(Entry(**entry) for entry in each["entries"]),
            }
        )
        for each in record["drafts"]
    ]
    return DrafterPart(**{**record, "drafts": tuple(drafts), "scoped": tuple(record["scoped"])})
