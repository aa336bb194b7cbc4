"""Answers of readers: whether a claim says what its sentence says. A page saves them as a file.

They become assessments, rows of `audits/answers.csv`, where an answer replaces an earlier one of the same reader.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.curation.ledger import Ledger
from tipgraph.errors import Fault, InputError, shown
from tipgraph.graph import Graph
from tipgraph.model import AUDITS_NAME, REFERENCE_NAME, data_iri, kit
from tipgraph.pipeline import audits, stated
from tipgraph.sources import ASSESSMENTS, Row, Source, Table, read_table, with_reference

_SAVED: Final = (
    "id",
    "claim",
    "assessment",
    "reason",
    "judge",
    "judged",
    "fingerprint",
)  # as `own-texts.js` writes them
Fingerprints: TypeAlias = Callable[[Graph, Iterable[NamedNode]], Mapping[NamedNode, str]]


class Taken(NamedTuple):
    """The rows that were saved at `path`, and faults of answers about claims that have changed since."""

    path: Path
    rows: Sequence[Row]
    changed: Sequence[Fault]


def take_answers(file: Path, data: Path, fingerprints: Fingerprints) -> Taken:
    """Take the answers in a file as assessments by persons, but those about claims that have changed since.

    `fingerprints` returns what pages of a graph have for claims. Raises InputError with every fault of the file and of
    the sources; then nothing is written.
    """
    given, path = _given(file, data), data / AUDITS_NAME / "answers.csv"
    path.parent.mkdir(exist_ok=True)
    ledger = Ledger(path, audits.COLUMNS)
    with ledger.alone():
        sources = with_reference(data)
        _put(given, sources, path)
        gathered = stated(sources)
        graph = gathered.graph()
        claims = {row.line: data_iri(row.cells["claim"]) for row in given}
        seen, rows = fingerprints(graph, claims.values()), audits.by_subject(gathered.statements)
        changed = [row for row in given if row.cells["fingerprint"] != seen[claims[row.line]]]
        kept = [row for row in given if row not in changed]
        put = (row.cells | {"fingerprint": audits.fingerprint(claims[row.line], rows)} for row in kept)
        ledger.change(put=list(put))
    why = "{} has changed since it was read; read it again on a page of today"
    faults = (Fault(why.format(row.cells["claim"]), shown(file), row.line, "fingerprint") for row in changed)
    return Taken(path, kept, list(faults))


def _given(file: Path, data: Path) -> list[Row]:
    """Return the rows of a file as assessments; raise InputError if it is no file of answers."""
    faults: list[Fault] = []
    table = read_table(file, faults)
    absent = [name for name in _SAVED if table and name not in table.columns]
    faults += [
        Fault("there is no such column; take the file as a page saved it", shown(file), 1, name) for name in absent
    ]
    if table is None or faults:
        raise InputError(faults)
    return [replace(row, path=file, cells=_assessment(row.cells, data)) for row in table.rows]


def _assessment(cells: Mapping[str, str], data: Path) -> dict[str, str]:
    """Return an answer as the cells of an assessment by a person; its reason says how it was made."""
    reason = ": ".join(filter(None, ["compared on a page", cells["reason"]]))
    own = {"id": kit.own_id(data, cells["id"]), "reason": reason, "judgeKind": "person"}
    return {name: cells[name] for name in _SAVED} | own


def _put(given: Sequence[Row], sources: Iterable[Source], path: Path) -> None:
    """Put answers among the assessments that were read, in place of earlier ones in the file at a path."""
    reference = next(source for source in sources if source.name == REFERENCE_NAME)
    before = reference.tables.get(ASSESSMENTS) or Table(ASSESSMENTS, path.parent, audits.COLUMNS, ())
    ids = {row.cells["id"] for row in given}
    others = [row for row in before.rows if row.path != path or row.cells.get("id") not in ids]
    reference.tables[ASSESSMENTS] = replace(before, rows=(*others, *given))
