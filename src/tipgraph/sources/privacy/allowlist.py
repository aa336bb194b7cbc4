"""What was answered about cells that may be personal: `data/reference/allowed.csv`, a book and no table.

It holds what may stand and nothing else. What is found to be a person's is taken out of the data, so that this file
never becomes a list of persons.

Decision: docs/decisions/0093-answers-hold-what-may-stay-in-words.md.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME
from tipgraph.sources.folder import JUDGES, Row, Source, Table
from tipgraph.sources.personal_data import PASSPORT, Found, find_personal, key
from tipgraph.sources.privacy import person_names
from tipgraph.sources.privacy.person_names import NAME
from tipgraph.sources.reference import reference_of

BOOK: Final = "allowed"
COLUMNS: Final = ("id", "text", "decision", "source", "judge", "judgeKind", "judged", "reason")
# It is an institution's, which publishes it; a person's in a public official function; nothing personal at all.
DECISIONS: Final = ("institution", "public-function", "not-personal")
_HOLDS = "which text, decision, judge, kind of judge, day and reason"


class Allowance(NamedTuple):
    """One row: a text that may stand, as what, and in which source (in every one where none is named)."""

    id: str
    text: str
    decision: str
    source: str

    @property
    def means(self) -> tuple[str, str]:
        """What the answer is about: a kind, and what all spellings of the text have in common."""
        return meant(one_of(self.text))


class Allowed:
    """The answers of a reference, and which of them something asked for."""

    def __init__(self, reference: Source) -> None:
        """Read the book of a reference, if it has one; `faults` lists the rows that cannot stand."""
        book = reference.books.get(BOOK)
        self.faults = list(_faults(book)) if book else []
        rows = book.rows if book and not self.faults else ()
        self.answers = [_answer(row) for row in rows]
        self._lent = {row.cells["id"] for row in rows if row.path}
        self._known: dict[tuple[str, str, str], list[Allowance]] = {}
        for one in self.answers:
            self._known.setdefault((*one.means, one.source), []).append(one)
        self._used: set[str] = set()

    def allows(self, source: str, one: Found) -> bool:
        """Tell whether somebody has answered that something may stand in a source."""
        answers = [answer for where in ("", source) for answer in self._known.get((*meant(one), where), ())]
        self._used |= {answer.id for answer in answers}
        return bool(answers)

    @property
    def unused(self) -> list[Allowance]:
        """The answers that nothing has asked for; those that are lent are asked for by other data."""
        return [one for one in self.answers if one.id not in self._used | self._lent]


def one_of(text: str) -> Found:
    """Return what a text is that stands alone: what is found in it, or else a name.

    >>> one_of("info@example.org").kind, one_of("Ana Pérez").kind
    ('e-mail', 'name')
    """
    return next(iter(find_personal(text)), Found(NAME, text))


def meant(one: Found) -> tuple[str, str]:
    """Return the kind of what was found, and what all its spellings have in common."""
    return one.kind, person_names.key(one.text) if one.kind == NAME else key(one)


def allowed(data: Path) -> Allowed:
    """Return the answers of the reference of a folder of sources; raise InputError if they cannot be read."""
    reference = reference_of(data)
    path = shown(data / REFERENCE_NAME / f"{BOOK}.csv")
    answers = Allowed(reference)
    if faults := [*(fault for fault in reference.faults if fault.file == path), *answers.faults]:
        raise InputError(faults)
    return answers


def _answer(row: Row) -> Allowance:
    return Allowance(row.cells["id"], row.cells["text"], row.cells["decision"], row.cells["source"])


def _faults(book: Table) -> Iterator[Fault]:
    file = shown(book.path)
    absent = [name for name in COLUMNS if name not in book.columns]
    yield from (Fault(f"there is no such column; add it: an answer says {_HOLDS}", file, 1, name) for name in absent)
    unknown = [name for name in book.columns if name not in COLUMNS]
    yield from (Fault("an answer has no such column; rename or remove it", file, 1, name) for name in unknown)
    seen: dict[str, int] = {}
    for row in book.rows if not absent else ():
        for column, message in cell_faults(row.cells):
            yield Fault(message, book.at(row), row.line, column)
        name = row.cells.get("id", "")
        if name in seen:
            yield Fault(f"{name!r} is the id of row {seen[name]} too; change one", book.at(row), row.line, "id")
        seen[name] = row.line


def cell_faults(cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the columns of an answer that cannot stand, each with why and what to do."""
    for name in COLUMNS:
        if not cells.get(name) and name != "source":
            yield name, f"is empty; an answer says {_HOLDS}"
    decision, text, kind = (cells.get(name, "") for name in ("decision", "text", "judgeKind"))
    if kind and kind not in JUDGES:
        yield "judgeKind", f"{kind!r} is no kind of judge; say one of {', '.join(JUDGES)}"
    if decision and decision not in DECISIONS:
        yield (
            "decision",
            f"{decision!r} is no decision; say one of {', '.join(DECISIONS)}, and take out what is private",
        )
    if decision == "public-function" and not cells.get("source"):
        yield "source", "is empty; a person's public function is allowed in one source; name it"
    if text and decision != "not-personal" and one_of(text).kind == PASSPORT:
        yield "decision", "a number of a passport or an identity card is never public; take it out of the data"
    try:
        date.fromisoformat(cells.get("judged") or "2004-11-11")
    except ValueError:
        yield "judged", f"{cells['judged']!r} is no day; write it as 2004-11-11"
