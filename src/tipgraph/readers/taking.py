"""Takes open data in: a file of one kind becomes a source's folder, or statements in a graph file.

What is written is written whole or not at all, and never over the work of a person: a folder is only replaced where it
was written here, and that is asked for.
"""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple

from pyoxigraph import Quad, RdfFormat, serialize

from tipgraph import files
from tipgraph.dates import bounds
from tipgraph.errors import BadValue, Fault, InputError
from tipgraph.hostile import neutral
from tipgraph.ontology import Ontology, ontology
from tipgraph.readers.countries import Countries
from tipgraph.readers.intake import Cells, Intake, Options, Report
from tipgraph.readers.kinds import Reader
from tipgraph.readers.records import Activities, records_of, text_of
from tipgraph.readers.tables import Index, Reading, RowReader, Target
from tipgraph.sources import SOURCE_FILE, Source, is_name
from tipgraph.statements import data_iri

REFERENCE_NAME = "reference"
LISTING = ".tipgraph-import"
_DATES = frozenset({"issued", "retrieved"})
_AT_ONCE = 20_000  # statements that are held before they are written
NEEDED = {
    "title": "what the file is called",
    "issuedBy": "who published it",
    "issued": "when, as 2005 or 2005-06-30",
    "licence": 'under which licence, or "not stated"',
}


class Taken(NamedTuple):
    """A file that was taken in: the name of the source, where it was written, and what was taken and what was not."""

    source: str
    target: Path
    report: Report
    classes: Counter[str]

    @property
    def summary(self) -> str:
        """What was taken and what was not, in lines for a person; the faults are in the report."""
        report = self.report
        rows = ", ".join(f"{count:,} {name}" for name, count in sorted(self.classes.items()))
        lines = [f"{self.target}: {report.records:,} records read; rows: {rows or 'none'}"]
        lines += [f"left out: {count:,} {reason}" for reason, count in report.left.most_common()]
        if report.unresolved:
            names = ", ".join(f"{name!r} ({count})" for name, count in report.unresolved.most_common())
            lines.append(f"no place that we know: {names}")
        count = len(report.faults)
        return "\n".join([*lines, f"{count or 'no'} fault{'s' * (count != 1)}"])


def take(
    reader: Reader, path: Path, target: Path, about: Mapping[str, str], options: Options, *, replace: bool = False
) -> Taken:
    """Read a file into a folder of `data/`, or where the target ends in `.nq`, into a graph file.

    `about` holds the settings of `source.toml`; those that a file of the kind has itself need not be given. The
    source has the name of the folder, or of the graph file. Raises InputError for what cannot be read at all; what can
    be read in part is, and the report lists the rest.
    """
    name = target.stem if target.suffix == ".nq" else target.name
    if not is_name(name):
        raise BadValue(f"{name!r} is no name for a source; use lower-case letters, digits and hyphens")
    if not path.is_file():
        raise InputError([Fault("is no file; name one", str(path))])
    into_graph = target.suffix == ".nq"
    settings = dict(reader.about) | {key: value for key, value in about.items() if value}
    _refuse_missing(path, settings, NEEDED.keys() - reader.learns)
    with ExitStack() as stack:
        sink: Folder | Quads
        if into_graph:
            beside = stack.enter_context(files.whole(target))[0]
            sink = Quads(stack.enter_context(beside.open("wb")), name, ontology())
        else:
            _refuse_strange(target, replace=replace)
            sink = Folder(stack.enter_context(files.whole_folder(target, LISTING)), ontology())
        countries = Countries.of(None if into_graph else target.parent)
        intake = Intake(path.name, reader.rule, sink.row, countries, options)
        reader.read(intake, Activities(path) if reader.rule == "activities" else records_of(text_of(path), reader.rule))
        if intake.empty and not options.about:
            intake.report.faults.append(Fault(f"nothing was taken: is it a file of the kind {reader.kind}?", path.name))
        settings = {**intake.about, **settings, **_made(reader, path, options)}
        _refuse_missing(path, settings, NEEDED)
        classes = sink.close(settings)
    return Taken(name, target, intake.report, classes)


def _made(reader: Reader, path: Path, options: Options) -> dict[str, str]:
    """Return the settings that follow from the file and from how it was read."""
    said = [f"date={options.date}"] * bool(options.date) + ["about"] * options.about
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return {
        "textFile": path.name,
        "textKind": "excerpt" if options.excerpt else "held",
        "paragraphRule": reader.rule,
        "textFormat": reader.form,
        "sha256": digest.hexdigest(),
        "reader": " ".join([reader.kind, *said]),
    }


def _refuse_missing(path: Path, settings: Mapping[str, str], needed: Iterable[str]) -> None:
    faults = [
        Fault(f"is not known; say {NEEDED[key]}", path.name, None, key) for key in needed if not settings.get(key)
    ]
    for key in _DATES & settings.keys():
        try:
            bounds(settings[key])
        except ValueError as error:
            faults.append(Fault(f"{error}; write it as 2005 or 2005-06-30", path.name, None, key))
    if faults:
        raise InputError(faults)


def _refuse_strange(target: Path, *, replace: bool) -> None:
    if target.exists() and not (replace and (target / LISTING).is_file()):
        how = "add --replace" if (target / LISTING).is_file() else "give another folder"
        raise InputError([Fault(f"is there already; {how}", str(target))])


class Folder:
    """A source's folder that is being filled: `source.toml`, and a table for each class."""

    def __init__(self, folder: Path, terms: Ontology) -> None:
        """Fill an empty folder."""
        self._folder = folder
        self._ontology = terms
        self._tables: dict[str, dict[str, Cells]] = {}

    def row(self, table: str, cells: Cells) -> None:
        """Keep a row; one with the id of an earlier row takes its place."""
        self._tables.setdefault(table, {})[cells["id"]] = cells

    def close(self, about: Mapping[str, str]) -> Counter[str]:
        """Write everything, and return the number of rows by class."""
        for table, rows in self._tables.items():
            present = {column for cells in rows.values() for column in cells}
            columns = [column for column in self._order(table) if column in present]
            text = io.StringIO()
            writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows({name: neutral(cell) for name, cell in cells.items()} for cells in rows.values())
            (self._folder / f"{table}.csv").write_text(text.getvalue(), "utf-8", newline="")
        counts = Counter(
            _class(self._ontology, table, row) for table, rows in self._tables.items() for row in rows.values()
        )
        (self._folder / SOURCE_FILE).write_text(toml(about, counts), "utf-8", newline="")
        return counts

    def _order(self, table: str) -> list[str]:
        base = self._ontology.tables[table]
        names = [name for cls in self._ontology.below(base) for name in self._ontology.columns(cls)]
        present = {column for cells in self._tables[table].values() for column in cells}
        spoken = sorted(column for column in present if "@" in column)
        return list(dict.fromkeys(["id", "type", "label", *names, *spoken]))


class Quads:
    """A graph file in N-Quads that is being filled, without holding what was written."""

    def __init__(self, file: IO[bytes], source: str, terms: Ontology) -> None:
        """Fill a file that is open."""
        self._file = file
        self._source = Source(Path(source))
        self._ontology = terms
        self._reading = Reading()
        self._reader = RowReader(self._source, terms, _Own(terms), self._reading)
        self._counts: Counter[str] = Counter()

    def row(self, table: str, cells: Cells) -> None:
        """Write a row as statements."""
        self._counts[_class(self._ontology, table, cells)] += 1
        self._reader.row(table, cells)
        if len(self._reading.statements) >= _AT_ONCE:
            self._flush()

    def close(self, about: Mapping[str, str]) -> Counter[str]:
        """Write what is left, and return the number of rows by class.

        Raises InputError where a row does not fit the ontology.
        """
        self._source.about.update(about)
        self._reader.settings()
        self._flush()
        if self._reading.faults:
            raise InputError(self._reading.faults)
        return self._counts

    def _flush(self) -> None:
        quads = (Quad(*statement) for statement in self._reading.statements)
        self._file.write(serialize(quads, format=RdfFormat.N_QUADS) or b"")
        self._reading.statements.clear()


def toml(about: Mapping[str, str], expected: Mapping[str, int]) -> str:
    """Return the text of a `source.toml`."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in about.items()]
    return "\n".join([*lines, "", "[expected]", *(f"{cls} = {count}" for cls, count in sorted(expected.items())), ""])


def _class(terms: Ontology, table: str, cells: Cells) -> str:
    return cells.get("type") or terms.tables[table]


class _Own(Index):
    """The rows that references of a stream can mean: what a reader refers to, it has written, or the kit has."""

    def __init__(self, terms: Ontology) -> None:
        super().__init__()
        self._ontology = terms

    def candidates(self, source: str, value: str) -> list[Target]:
        """Return the node of a reference `table/id`, or `reference/table/id`."""
        owner, parts = source, value.split("/")
        if parts[0] == REFERENCE_NAME:
            owner, *parts = parts
        table, name = parts if len(parts) == 2 else ("evidence", parts[0])
        return [Target(data_iri(owner, table, name), self._ontology.tables[table])]
