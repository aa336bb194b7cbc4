"""The drafts of a text, kept beside it as `NAME.drafts.json`: they hold words of others, so never in `data/`.

They are made anew if the text, the drafters, the scopes of paragraphs, or the known names have changed.

Decision: docs/decisions/0150-drafts-and-decisions-are-kept-apart.md.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from tipgraph.curation.drafts.draft import Draft, Drafter, DraftText, Entry, merged
from tipgraph.curation.drafts.person_gate import PersonGate
from tipgraph.model import ontology
from tipgraph.runtime import atomic_file
from tipgraph.sources import allowlist, digest

_UNGROUNDED: Final = "words that are not in the text at their place"
_GATE: Final = 2  # the version of `PersonGate` and of this file; drafts of an earlier one are made anew
_NO_TABLE: Final = "a table that the ontology does not have"
_SETTINGS: Final = ("title", "issued", "period")
_NAMING: Final = ("namings", "identity", allowlist.BOOK)  # tables with names, besides those of entries


@dataclass(frozen=True)
class DraftFile:
    """The drafts of a text with this SHA-256 in its order, equal ones once, and the number of dropped ones by reason.

    `stopped` says which drafters stopped before the end of the text; then they are asked again. `made_of` is a digest
    of all that the drafts were made from; `about` describes the drafters, such as the model and what it was asked.
    """

    text: str
    drafts: tuple[Draft, ...]
    dropped: Mapping[str, int]
    stopped: tuple[str, ...] = ()
    made_of: str = ""
    about: tuple[Mapping[str, str], ...] = ()

    def write(self, path: Path, text: Path | None = None) -> None:
        """Write the file, with the rights of the text beside it; raise OSError."""
        with atomic_file(path, like=text) as (beside,):
            beside.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), "utf-8")


def drafts_path(name: str, text: Path) -> Path:
    """Return the path of the drafts of a source, beside its text."""
    return text.with_name(f"{name}.drafts.json")


def read_drafts(path: Path) -> DraftFile | None:
    """Read drafts; None if there is no file, or one that is damaged or of an earlier version."""
    try:
        record = json.loads(path.read_bytes())
        drafts = []
        for each in record["drafts"]:
            entries = tuple(Entry(**entry) for entry in each["entries"])
            drafts.append(Draft(**{**each, "entries": entries, "producers": tuple(each["producers"])}))
        return DraftFile(**{**record, "drafts": tuple(drafts), "stopped": tuple(record["stopped"])})
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def make_drafts(text: DraftText, drafters: Iterable[Drafter], place: Path) -> DraftFile:
    """Return the drafts of some drafters for the text at a place, and keep them beside it; those kept there are read.

    Drafts whose words are no slices of the text, or that name a person, are counted only.
    """
    asked, path = list(drafters), drafts_path(text.source.name, place)
    made_of, kept = _digest(text, asked), read_drafts(path)
    if not asked or (kept and kept.made_of == made_of and not kept.stopped):
        return kept if kept and asked else DraftFile(digest(text.words), (), {})
    gate, dropped, drafts = PersonGate(text), Counter[str](), []
    for drafter in asked:
        for draft in drafter.drafts(text):
            fault = _fault(text.words, draft)
            if fault:
                dropped[fault] += 1
            elif passed := gate.passed(draft):
                drafts.append(passed)
        dropped += Counter(drafter.dropped)
    stopped = tuple(f"{drafter.about['name']}: {drafter.stopped}" for drafter in asked if drafter.stopped)
    file = DraftFile(
        digest(text.words),
        tuple(merged(drafts)),
        dict(dropped + gate.dropped),
        stopped,
        made_of,
        tuple(dict(each.about) for each in asked),
    )
    file.write(path, place)
    return file


def _digest(text: DraftText, drafters: Iterable[Drafter]) -> str:
    """Return a digest of the text, the drafters, and what these know: settings, scopes, and names of other sources.

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
    about = [dict(drafter.about) for drafter in drafters]
    known = [_GATE, digest(text.words), about, settings, sorted(text.scopes.items()), rows]
    return sha256(json.dumps(known).encode()).hexdigest()[:16]


def _fault(words: str, draft: Draft) -> str:
    if draft.table not in ontology().tables:
        return _NO_TABLE
    is_slice = 0 <= draft.start < draft.end and words[draft.start : draft.end] == draft.quote
    return "" if is_slice else _UNGROUNDED
