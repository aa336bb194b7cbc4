"""Takes open data in: a file of one kind becomes a source's folder, or statements in a graph file.

What is written is written whole or not at all, and never over the work of a person: a folder is only replaced where it
was written here, and that is asked for. What is personal and not answered stops it (`privacy.screen`).
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

from tipgraph.errors import BadValue, Fault, InputError
from tipgraph.model import REFERENCE_NAME, Statement, ontology, plausible
from tipgraph.runtime import atomic, neutral
from tipgraph.sources.folder import SOURCE_FILE, is_name
from tipgraph.sources.importers.conform import Fitting
from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.nquads import statements_of
from tipgraph.sources.importers.records import Activities, records_of, text_of
from tipgraph.sources.importers.registry import Reader
from tipgraph.sources.importers.row_builder import Cells, ImportOptions, ImportReport, Intake
from tipgraph.sources.personal_data import masked
from tipgraph.sources.privacy.screen import Gate
from tipgraph.sources.reference import reference_of

LISTING = ".tipgraph-import"
_DATES = frozenset({"issued", "retrieved"})
_AT_ONCE = 20_000  # statements that are held before they are written
NEEDED = {
    "title": "what the file is called",
    "issuedBy": "who published it",
    "issued": "when, as 2005 or 2005-06-30",
    "licence": 'under which licence, or "not stated"',
}


class Imported(NamedTuple):
    """A file that was taken in: the name of the source, where it was written, and what was taken and what was not.

    `flagged` are the texts that may be names of persons, with the number of cells that each is in.
    """

    source: str
    target: Path
    report: ImportReport
    classes: Counter[str]
    flagged: Counter[str]

    @property
    def summary(self) -> str:
        """What was taken and what was not, in lines for a person; the faults are in the report."""
        report = self.report
        rows = ", ".join(f"{count:,} {name}" for name, count in sorted(self.classes.items()))
        lines = [f"{self.target}: {report.records:,} records read; rows: {rows or 'none'}"]
        lines += [f"left out: {count:,} {reason}" for reason, count in report.left.most_common()]
        if report.unread:
            parts = ", ".join(f"{count:,} {name}" for name, count in report.unread.most_common())
            lines.append(f"parts that are not read: {parts}")
        if report.unresolved:
            names = ", ".join(f"{masked(name)!r} ({count})" for name, count in report.unresolved.most_common())
            lines.append(f"no place that we know: {names}")
        count = len(report.faults)
        return "\n".join([*lines, f"{count or 'no'} fault{'s' * (count != 1)}"])


def take(
    reader: Reader,
    path: Path,
    target: Path,
    about: Mapping[str, str],
    options: ImportOptions,
    *,
    replace: bool = False,
    data: Path | None = None,
) -> Imported:
    """Read a file into a folder of `data/`, or where the target ends in `.nq`, into a graph file.

    `data` is the folder of sources whose reference is asked, else that of the target, or of the kit for a graph file.
    `about` holds the settings of `source.toml`; those that a file of the kind has itself need not be given. The
    source has the name of the folder, or of the graph file. What can be read in part is, and the report lists the rest.
    Raises InputError for what cannot be read at all, and where a row holds what is personal and nobody has answered.
    """
    name = target.stem if target.suffix == ".nq" else target.name
    if not is_name(name) or name == REFERENCE_NAME:
        raise BadValue(
            f"{name!r} is no name for a source; use lower-case letters, digits and hyphens, not {REFERENCE_NAME!r}"
        )
    if not path.is_file():
        raise InputError([Fault("is no file; name one", str(path))])
    if not path.name.isprintable():  # half a character, too, as a name in another encoding has
        raise InputError([Fault("has a name with characters that cannot be written; rename the file", repr(path.name))])
    _refuse_date(options.date)
    into_graph = target.suffix == ".nq"
    settings = dict(reader.about) | {key: value for key, value in about.items() if value}
    _refuse_missing(path, settings, NEEDED.keys() - reader.learns)
    with ExitStack() as stack:
        sink: Folder | Quads
        reference = reference_of(data or (None if into_graph else target.parent))
        fitting = Fitting(name, ontology(), reference)
        if into_graph:
            _refuse_other(target, replace=replace)
            beside = stack.enter_context(atomic.whole(target))[0]
            sink = Quads(stack.enter_context(beside.open("wb")), fitting)
        else:
            _refuse_strange(target, replace=replace)
            sink = Folder(stack.enter_context(atomic.whole_folder(target, LISTING)), fitting)
        gate = _FileWatch(Gate(fitting.ontology, reference, fitting.index), name, sink)
        intake = Intake(path.name, reader.rule, gate.row, Countries.of(reference), options)
        reader.read(intake, Activities(path) if reader.rule == "activities" else records_of(text_of(path), reader.rule))
        if intake.empty and not options.about:
            nothing = Fault(f"nothing was taken: is it a file of the kind {reader.kind}?{_left(intake)}", path.name)
            raise InputError([*intake.report.faults, nothing]).adding("nothing was written")
        settings = {**intake.about, **settings, **_made(reader, path, options)}
        _refuse_missing(path, settings, NEEDED)
        intake.report.faults += [fault._replace(file=path.name) for fault in gate.settings(settings)]
        if gate.stopped:
            raise InputError(intake.report.faults).adding("nothing was written")
        classes = sink.close(settings)
    return Imported(name, target, intake.report, classes, gate.flagged)


def _left(intake: Intake) -> str:
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in intake.report.left.most_common())
    return f" left out: {reasons}" if reasons else ""


def _made(reader: Reader, path: Path, options: ImportOptions) -> dict[str, str]:
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
            plausible(settings[key])
        except ValueError as error:
            faults.append(Fault(f"{error}; write it as 2005 or 2005-06-30", path.name, None, key))
    if faults:
        raise InputError(faults)


def _refuse_date(when: str) -> None:
    try:
        if when:
            plausible(when)
    except ValueError as error:
        raise BadValue(f"--date: {error}; write it as 2005 or 2005-06-30") from error


def _refuse_strange(target: Path, *, replace: bool) -> None:
    if target.exists() and not (replace and (target / LISTING).is_file()):
        how = "add --replace" if (target / LISTING).is_file() else "give another folder"
        raise InputError([Fault(f"is there already; {how}", str(target))])


def _refuse_other(target: Path, *, replace: bool) -> None:
    """Refuse to write over a graph file, unless that is asked for and an import wrote it."""
    if target.exists():
        if not replace:
            raise InputError([Fault("is there already; add --replace", str(target))])
        for _ in statements_of(target):
            pass


class Folder:
    """A source's folder that is being filled: `source.toml`, and a table for each class."""

    def __init__(self, folder: Path, fitting: Fitting) -> None:
        """Fill an empty folder."""
        self._folder = folder
        self._fitting = fitting
        self._tables: dict[str, dict[str, Cells]] = {}

    def row(self, table: str, cells: Cells) -> list[Fault]:
        """Keep a row, and return what of it does not fit; one with the id of an earlier row takes its place."""
        fitted = self._fitting.row(table, cells)
        if fitted.cells:
            self._tables.setdefault(table, {})[cells["id"]] = fitted.cells
        return fitted.faults

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
            self._fitting.class_of(table, row) for table, rows in self._tables.items() for row in rows.values()
        )
        (self._folder / SOURCE_FILE).write_text(toml(about, counts), "utf-8", newline="")
        return counts

    def _order(self, table: str) -> list[str]:
        terms = self._fitting.ontology
        names = [name for cls in terms.below(terms.tables[table]) for name in terms.columns(cls)]
        present = {column for cells in self._tables[table].values() for column in cells}
        spoken = sorted(column for column in present if "@" in column)
        return list(dict.fromkeys(["id", "type", "label", *names, *spoken]))


class Quads:
    """A graph file in N-Quads that is being filled, without holding what was written."""

    def __init__(self, file: IO[bytes], fitting: Fitting) -> None:
        """Fill a file that is open."""
        self._file = file
        self._fitting = fitting
        self._held: list[Statement] = []
        self._counts: Counter[str] = Counter()

    def row(self, table: str, cells: Cells) -> list[Fault]:
        """Write a row as statements, and return what of it does not fit."""
        fitted = self._fitting.row(table, cells)
        self._counts[self._fitting.class_of(table, cells)] += fitted.cells is not None
        self._held += fitted.statements
        if len(self._held) >= _AT_ONCE:
            self._flush()
        return fitted.faults

    def close(self, about: Mapping[str, str]) -> Counter[str]:
        """Write what is left, and return the number of rows by class."""
        self._fitting.source.about.update(about)
        self._held += self._fitting.settings()
        self._flush()
        return self._counts

    def _flush(self) -> None:
        quads = (Quad(*statement) for statement in self._held)
        self._file.write(serialize(quads, format=RdfFormat.N_QUADS) or b"")
        self._held.clear()


class _FileWatch:
    """Lets rows into a sink past the gate, and keeps what the gate says of them."""

    def __init__(self, gate: Gate, source: str, sink: Folder | Quads) -> None:
        """Watch the rows of a source. Raises InputError where answers that were given cannot stand."""
        if gate.allowed.faults:
            raise InputError(gate.allowed.faults)
        self.stopped = 0
        self.flagged: Counter[str] = Counter()
        self._gate = gate
        self._source = source
        self._sink = sink

    def row(self, table: str, cells: Cells) -> list[Fault]:
        """Write a row, unless it holds what stops; return what of it does not fit or may not come in."""
        return self._stopping(table, cells) or self._sink.row(table, cells)

    def settings(self, about: Mapping[str, str]) -> list[Fault]:
        """Return what may not come in of what is said of the source itself."""
        return self._stopping("", about)

    def _stopping(self, table: str, cells: Mapping[str, str]) -> list[Fault]:
        concerns = self._gate.row(self._source, table, cells)
        faults = [concern.fault for concern in concerns if concern.stops]
        self.flagged.update(concern.found.text for concern in concerns if not concern.stops)
        self.stopped += len(faults)
        return faults


def toml(about: Mapping[str, str], expected: Mapping[str, int]) -> str:
    """Return the text of a `source.toml`."""
    said = {key: json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") for key, value in about.items()}
    lines = [f"{key} = {value}" for key, value in said.items()]
    return "\n".join([*lines, "", "[expected]", *(f"{cls} = {count}" for cls, count in sorted(expected.items())), ""])
