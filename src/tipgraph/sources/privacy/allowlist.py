"""Texts that may stay in the data although they may be personal: `reference/allowed.csv`, a table without statements.

It holds no refusals: personal data is removed from the sources, so that this file never becomes a list of persons.

Decision: docs/decisions/0091-our-own-rules-find-personal-data.md.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME, folded
from tipgraph.sources.folder import Row, Source, Table, cell_faults, cell_rules
from tipgraph.sources.personal_data import PASSPORT, Found, find_personal, key
from tipgraph.sources.privacy.person_names import NAME
from tipgraph.sources.reference import reference_of

BOOK: Final = "allowed"


class Allowance(NamedTuple):
    """A row: a text that may stay, the decision, and the source in which it may stay; every source if none is named."""

    id: str
    text: str
    decision: str
    source: str

    @property
    def key(self) -> tuple[str, str]:
        """The kind of the text, and the key of all its spellings."""
        return key_of(finding_of(self.text))


class Allowed:
    """The answers of a reference, and which of them are used."""

    def __init__(self, reference: Source) -> None:
        """Read the table of a reference, if it has one; `faults` lists those of its rows."""
        book = reference.books.get(BOOK)
        self.faults = list(_faults(book)) if book else []
        rows = book.rows if book and not self.faults else ()
        self.answers = [Allowance(*(row.cells[name] for name in Allowance._fields)) for row in rows]
        self._lent = {row.cells["id"] for row in rows if row.path}
        self._known: dict[tuple[str, str, str], list[Allowance]] = {}
        for answer in self.answers:
            self._known.setdefault((*answer.key, answer.source), []).append(answer)
        self._used: set[str] = set()

    def allows(self, source: str, finding: Found) -> bool:
        """Tell whether an answer allows a finding in a source."""
        answers = [answer for where in ("", source) for answer in self._known.get((*key_of(finding), where), ())]
        self._used |= {answer.id for answer in answers}
        return bool(answers)

    def about(self, text: str, source: str) -> list[Allowance]:
        """Return the answers about a text in any spelling, for one source, or for all if `source` is empty."""
        return self._known.get((*key_of(finding_of(text)), source), [])

    @property
    def unused(self) -> list[Allowance]:
        """The answers that no cell needed, without those of the kit, which other data may need."""
        return [answer for answer in self.answers if answer.id not in self._used | self._lent]


def finding_of(text: str) -> Found:
    """Return the first finding in a text, or else the text as a name.

    >>> finding_of("info@example.org").kind, finding_of("Ana Pérez").kind
    ('e-mail', 'name')
    """
    return next(iter(find_personal(text)), Found(NAME, text))


def key_of(finding: Found) -> tuple[str, str]:
    """Return the kind of a finding, and the key of all its spellings."""
    return finding.kind, folded(finding.text) if finding.kind == NAME else key(finding)


def allowed(data: Path) -> Allowed:
    """Return the answers of the reference of a folder of sources; raise InputError if they cannot be read."""
    reference = reference_of(data)
    path = shown(data / REFERENCE_NAME / f"{BOOK}.csv")
    answers = Allowed(reference)
    if faults := [*(fault for fault in reference.faults if fault.file == path), *answers.faults]:
        raise InputError(faults)
    return answers


def _faults(book: Table) -> Iterator[Fault]:
    columns, seen = cell_rules()[BOOK], dict[str, int]()
    message = f"is no column of this book; they are {', '.join(columns)}"
    yield from (Fault(message, shown(book.path), 1, name) for name in book.columns if name not in columns)
    for row in book.rows:
        yield from answer_faults(book, row)
        name = row.cells.get("id", "")
        if name in seen:
            yield Fault(f"{name!r} is the id of row {seen[name]} too; keep one", book.at(row), row.line, "id")
        seen[name] = row.line


def answer_faults(book: Table, row: Row) -> list[Fault]:
    """Return the faults of an answer."""
    found, cells = cell_faults(book, row), row.cells
    if cells.get("decision") != "not-personal" and finding_of(cells.get("text", "")).kind == PASSPORT:
        message = "a number of a passport or an identity card is never public; take it out of the data"
        found.append(Fault(message, book.at(row), row.line, "decision"))
    return found
