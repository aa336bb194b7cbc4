"""Correct a cell, or remove a row, of any source: a row of `reference/corrections.csv`, which every build applies."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from tipgraph.curation.ledger import known_kind, plain, reference_ledger
from tipgraph.errors import CallError, Fault, InputError, UnknownName, near, shown
from tipgraph.model import kit, today
from tipgraph.pipeline import corrections, stated
from tipgraph.sources import JUDGES, Row, Source, Table, cell_rules, rows_of, with_reference


def correct(
    what: str,
    column: str,
    value: str,
    *,
    reason: str,
    judge_kind: str,
    asked_by: str = "editor",
    asked: str = "",
    data: Path | None = None,
) -> str:
    """Correct a cell of a row such as `source/table/id`, or remove the row if no column is named; return the decision.

    The table of the row stays as it is. Nothing is written for a value that a build would refuse. Raises InputError
    with its faults, UnknownName for an unknown row, CallError for a decision that cannot be kept.
    """
    folder, day, kind = data or kit.data(), today(), known_kind(judge_kind)
    sources = with_reference(folder)
    what = _row_name(what, sources)
    ledger = reference_ledger(folder, corrections.BOOK, tuple(cell_rules()[corrections.BOOK]), "c")
    decision = "correct" if column else "remove"
    content = (what, asked_by, asked or day, decision, kind, day, column, value, plain(reason, "reason"))
    cells = ledger.new_row(folder, content)
    with ledger.alone():
        for row in ledger.rows():
            earlier = tuple(row.cells[name] for name in ("what", "decision", "column"))
            if earlier in ((what, "remove", ""), (what, decision, column)):
                place = f"{shown(ledger.path)}:{row.line}"
                raise CallError(f"{place} corrects {what} already; change or remove that row first")
        if faults := _faults(sources, cells, ledger.path):
            raise InputError(faults).adding("nothing was written")
        ledger.change(put=[cells])
    words = f"{column} is {value!r}" if column else "is removed"
    return f"{cells['id']}: {what}: {words} ({JUDGES[kind]}, {day}: {cells['reason']})"


def _row_name(what: str, sources: Sequence[Source]) -> str:
    """Return a row as `source/table/id`; raise UnknownName if there is none, or several of a short name."""
    names = [f"{one.name}/{table.name}/{row.cells.get('id')}" for one in sources for table in one.tables.values()
             for row in table.rows]  # fmt: skip
    head, _, tail = what.partition("/")
    found = [name for name in names if name == what or (name.startswith(f"{head}/") and name.split("/")[2] == tail)]
    if len(found) != 1:
        listed = f"; it is one of {', '.join(found)}" if found else near(what, names)
        raise UnknownName(f"{what!r} names no row{listed}; write source/table/id, as `tipgraph show` prints it")
    return found[0]


def _faults(sources: Sequence[Source], cells: Mapping[str, str], path: Path) -> list[Fault]:
    """Return the faults that a build would find in a correction, and in the row that it corrects."""
    reference = next(source for source in sources if corrections.BOOK in source.books or source.path == path.parent)
    columns, book = tuple(cell_rules()[corrections.BOOK]), reference.books.get(corrections.BOOK)
    line = max((row.line for row in (book.rows if book else ()) if row.path is None), default=1) + 1
    reference.books[corrections.BOOK] = Table(corrections.BOOK, path, columns, (Row(line, dict(cells)),))
    table, row = rows_of(sources)[cells["what"]]
    found = stated(sources)
    places = ((table.at(row), row.line), (shown(path), line))
    return [fault for fault in (*found.faults, *found.screened.stopping) if (fault.file, fault.row) in places]
