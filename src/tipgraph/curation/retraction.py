"""Retract a source: it is removed with every claim about it, and its ids stay retired with the reason.

Decision: docs/decisions/0124-a-retracted-source-leaves-its-ids.md.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.curation.ledger import Ledger, plain, reference_ledger
from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME, Statement, data_iri, data_name, kit, ontology, short, today
from tipgraph.pipeline import StatementIndex, gather, with_dependents
from tipgraph.runtime import Lock, atomic_file, beside
from tipgraph.sources import ASSESSMENTS, SOURCE_FILE, Row, Source, Table, rows_of, source_at

_COLUMNS: Final = ("id", "retiredId", "replacedBy", "retiredOn", "reason")
_NAMED_IN_BOOKS: Final = {"allowed": "source", "corrections": "what"}  # the column that names a source or a row
_Places = Mapping[str, tuple[Table, Row]]


def retract(
    name: str, reason: str, data: Path | None = None, day: str = "", agree: Callable[[list[str]], bool] | None = None
) -> bool:
    """Remove the folder of a source and all rows of the reference about it, and retire their ids with the reason.

    Such rows are judgements, contradictions, restatements, audits, corrections and allowances. `agree` gets the lines
    of the plan, and tells whether to do it; meanwhile no other command writes. Raises InputError with every fault of
    the sources and with every row of another source, or entry of the reference, that names the source; UnknownName for
    an unknown source, and for the reference. All is written, or nothing.
    """
    reason, folder = plain(reason, "reason"), data or kit.data()
    source, ledger = source_at(name, folder), reference_ledger(folder, "retirements", _COLUMNS, "r")
    with ledger.alone(), Lock(source.path):
        gathered = gather(folder)
        if gathered.faults:
            raise InputError(gathered.faults).adding("nothing was written")
        places = rows_of(gathered.folders)
        own = dict.fromkeys(part.subject for part in gathered.statements if part.source == data_iri(name))
        index = StatementIndex((part for part in gathered.statements if part.subject not in own), ontology())
        gone = with_dependents(set(own), index)
        if faults := list(_obstacles(index.statements, gone, places, folder)):
            raise InputError(faults).adding("nothing was written")
        removed, ids = _about(source, sorted(data_name(node.value) for node in gone), places)
        lines = [f"remove {shown(source.path)}: {_content(source)}"]
        lines += [f"remove {table.at(row)}:{row.line}: {row.cells['id']}" for table, row in removed]
        lines.append(f"retire {len(ids):,} ids in {shown(ledger.path)}: {reason}")
        if agree and not agree([*lines, f"look at what else names {name}: git grep {name}"]):
            return False
        retired = [ledger.new_row(folder, (old, "", day or today(), reason)) for old in ids]
        _write(source, {ledger.path: ledger.edited((), retired)}, removed)
    return True


def _write(source: Source, texts: dict[Path, str], removed: list[tuple[Table, Row]]) -> None:
    """Write texts and the tables without removed rows, and remove the folder of the source: all, or nothing."""
    for path in dict.fromkeys(row.path or table.path for table, row in removed):
        rows = {row.cells["id"] for table, row in removed if path == (row.path or table.path)}
        texts[path] = Ledger(path, _COLUMNS, ["id"]).edited(rows, ())
    with beside(source.path) as place:
        old = source.path.rename(place / "old")  # the next run moves it back if this one is killed
        try:
            with atomic_file(*texts) as news:
                for new, text in zip(news, texts.values(), strict=True):
                    new.write_text(text, "utf-8", newline="")
        except BaseException:  # Ctrl-C too
            old.rename(source.path)
            raise


def _content(source: Source) -> str:
    """Return the number of rows of a source, and the names of its other files."""
    count = sum(len(table.rows) for table in source.tables.values())
    others = sorted(path.name for path in source.path.iterdir() if path.suffix != ".csv" and path.name != SOURCE_FILE)
    return ", ".join([f"{count:,} rows", *others])


def _obstacles(statements: list[Statement], gone: set[NamedNode], places: _Places, data: Path) -> Iterator[Fault]:
    """Yield a fault for each row or setting that stays, and names what would go."""
    for subject, predicate, node, _ in statements:
        name = data_name(subject.value)
        table, row = places.get(name, (None, None))
        is_kept = subject not in gone or not name.startswith(f"{REFERENCE_NAME}/")
        if node in gone and is_kept:
            file = table.at(row) if table and row else shown(data / name / SOURCE_FILE)
            message = f"names {data_name(node.value)}, which would be removed; change that, or remove the row, first"
            yield Fault(message, file, row.line if row else None, short(predicate.value))


def _about(source: Source, names: list[str], places: _Places) -> tuple[list[tuple[Table, Row]], list[str]]:
    """Return the rows of the reference that go with a source, and the ids to retire."""
    known = {source.name, *names}
    removed = [
        (table, row)
        for name, (table, row) in places.items()
        if name.startswith(f"{REFERENCE_NAME}/")
        and (name in known or row.cells.get(_NAMED_IN_BOOKS.get(table.name, ""), "") in known)
    ]
    return removed, [name for name in names if not name.startswith(f"{REFERENCE_NAME}/{ASSESSMENTS}/")]
