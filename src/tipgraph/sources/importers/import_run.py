"""Import of open data: a file of one kind becomes the folder of a source, or a graph file.

The target is written completely or not at all, and never over the work of a person: only an earlier import is replaced,
on request. Personal data without an answer stops an import (`privacy.screen`).
"""

import csv
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from itertools import starmap
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, NamedTuple

from pyoxigraph import Quad, RdfFormat, serialize

from tipgraph.errors import BadValue, Fault, InputError
from tipgraph.model import REFERENCE_NAME, Ontology, Statement, ontology, plausible
from tipgraph.runtime import atomic_file, atomic_folder, neutral
from tipgraph.sources.folder import FAULTS_FILE, SOURCE_FILE, is_name
from tipgraph.sources.importers.conform import RowFitter
from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.import_report import ImportReport, listed
from tipgraph.sources.importers.nquads import refuse_foreign
from tipgraph.sources.importers.records import Activities, records_of, text_of
from tipgraph.sources.importers.registry import Reader
from tipgraph.sources.importers.row_builder import Cells, ImportOptions, RowBuilder, Written
from tipgraph.sources.privacy.screen import Gate
from tipgraph.sources.reference import reference_of

LISTING = ".tipgraph-import"
_DATES = frozenset({"issued", "retrieved"})
_SUCH_AS = "such as 2004, 2004-11 or 2004-11-11"
_UNSURE = "2004/ is 2004 or later, ../2004 is 2004 or before"
_AT_ONCE = 20_000  # statements per write
_IN_MEMORY = 1 << 20  # characters of the list of faults; the rest is on disk
NEEDED = {
    "title": "the title of the document",
    "issuedBy": "the publisher",
    "issued": f"the date of issue, {_SUCH_AS}; {_UNSURE}",
    "licence": 'the licence, or "not stated"',
}


class Imported(NamedTuple):
    """A finished import: its source, its target, its report and the number of rows by class.

    `flagged` counts the cells of each text that may be the name of a person.
    """

    source: str
    target: Path
    report: ImportReport
    classes: Counter[str]
    flagged: Counter[str]

    @property
    def faults_file(self) -> Path:
        """The file that lists every fault, if there is one."""
        return faults_file(self.target)

    @property
    def summary(self) -> str:
        """The numbers of the report in lines for a person; faults are only counted."""
        rows = ", ".join(f"{count:,} {name}" for name, count in sorted(self.classes.items()))
        first = f"{self.target}: {self.report.records:,} records read; rows: {rows or 'none'}"
        count, kinds = self.report.kinds.total(), len(self.report.kinds)
        faults = f"{count:,} fault{'s' * (count != 1)}" if count else "no faults"
        where = f" of {kinds:,} kind{'s' * (kinds != 1)}; each is in {self.faults_file}" * bool(count)
        return "\n".join([first, *self.report.summary_lines(), faults + where])


def faults_file(target: Path) -> Path:
    """Return the file for the faults of an import: in the folder of the source, or beside the graph file.

    >>> faults_file(Path("data/fund-2020")).as_posix(), faults_file(Path("large.nq")).as_posix()
    ('data/fund-2020/faults.txt', 'large.faults.txt')
    """
    return target.with_suffix(f".{FAULTS_FILE}") if target.suffix == ".nq" else target / FAULTS_FILE


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
    """Import a file into a folder of `data/`, or into a graph file if the target ends in `.nq`.

    The source has the name of the target. `about` has the settings of `source.toml` that the file itself lacks. `data`
    is the folder of sources with the reference, by default that of the target, or of the kit for a graph file. The
    report lists all that was left out. Raises InputError for a file that cannot be read, and for personal data without
    an answer.
    """
    into_graph = target.suffix == ".nq"
    name = target.stem if into_graph else target.name
    _refuse_names(name, path)
    _refuse_date(options.date)
    settings = dict(reader.about) | {key: value for key, value in about.items() if value}
    _refuse_missing(path, settings, NEEDED.keys() - reader.learns)
    with ExitStack() as stack:
        reference = reference_of(data or (None if into_graph else target.parent))
        fitter = RowFitter(name, ontology(), reference)
        _refuse_existing(target, into_graph=into_graph, replace=replace)
        sink = _open_sink(target, fitter, stack, into_graph=into_graph)
        screened = _ScreenedSink(Gate(fitter.ontology, reference, fitter.index), name, sink)
        builder = RowBuilder(path.name, reader.rule, screened.row, fitter.ontology, Countries.of(reference), options)
        log = stack.enter_context(SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n"))
        builder.report.log = log
        _read(reader, path, builder)
        learned = {name: value for name, value in builder.about.items() if value}
        settings = {**learned, **settings, **_made(reader, path, options)}
        _refuse_missing(path, settings, NEEDED)
        for fault in screened.settings(settings):
            builder.report.add(fault._replace(file=path.name))
        if screened.stopped:
            raise InputError(builder.report.faults).adding("nothing was written")
        classes = sink.close(settings)
        _list_faults(log, target, sink, any_=bool(builder.report.kinds))
    return Imported(name, target, builder.report, classes, screened.flagged)


def _open_sink(target: Path, fitter: RowFitter, stack: ExitStack, *, into_graph: bool) -> "Folder | Quads":
    """Open a file or folder beside the target; it replaces the target when the stack is closed."""
    if into_graph:
        beside = stack.enter_context(atomic_file(target))[0]
        return Quads(stack.enter_context(beside.open("wb")), fitter)
    return Folder(stack.enter_context(atomic_folder(target, LISTING)), fitter, stack)


def _list_faults(log: IO[str], target: Path, sink: "Folder | Quads", *, any_: bool) -> None:
    """Write the list of faults into the new folder, or beside the graph file; an older one goes if there are none."""
    if isinstance(sink, Folder):
        if any_:
            _copy(log, faults_file(sink.folder))
    elif any_:
        with atomic_file(faults_file(target)) as (new,):
            _copy(log, new)
    else:
        faults_file(target).unlink(missing_ok=True)


def _copy(log: IO[str], path: Path) -> None:
    log.seek(0)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        shutil.copyfileobj(log, file)


def _read(reader: Reader, path: Path, builder: RowBuilder) -> None:
    """Read all records of a file; raise InputError if none became a row."""
    is_stream = reader.rule == "activities"
    reader.read(builder, Activities(path) if is_stream else records_of(text_of(path), reader.rule))
    if builder.empty and not builder.options.about:
        left_out = f" left out: {listed(builder.report.left)}" if builder.report.left else ""
        nothing = Fault(f"nothing was imported: is it a file of the kind {reader.kind}?{left_out}", path.name)
        raise InputError([*builder.report.faults, nothing]).adding("nothing was written")


def _made(reader: Reader, path: Path, options: ImportOptions) -> dict[str, str]:
    """Return the settings that follow from the file and the options."""
    settings = [f"date={options.date}"] * bool(options.date) + ["about"] * options.about
    settings += ["no-descriptions"] * (not options.descriptions)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return {
        "textFile": path.name,
        "textKind": "excerpt" if options.excerpt else "held",
        "paragraphRule": reader.rule,
        "textFormat": reader.form,
        "sha256": digest.hexdigest(),
        "reader": " ".join([reader.kind, *settings]),
    }


def _refuse_names(name: str, path: Path) -> None:
    """Raise BadValue for a name that no source can have, and InputError for a path that is no file or not printable."""
    if not is_name(name) or name == REFERENCE_NAME:
        raise BadValue(
            f"{name!r} is no name for a source; use lower-case letters, digits and hyphens, not {REFERENCE_NAME!r}"
        )
    if not path.is_file():
        raise InputError([Fault("is no file; name one", str(path))])
    if not path.name.isprintable():  # half a character, too, as a name in another encoding has
        raise InputError([Fault("has a name with characters that cannot be written; rename the file", repr(path.name))])


def setting_faults(file: str, settings: Mapping[str, str], needed: Iterable[str]) -> list[Fault]:
    """Return a fault for each needed setting that is missing, and for each date that is none."""
    faults = [Fault(f"is missing; give {NEEDED[key]}", file, None, key) for key in needed if not settings.get(key)]
    for key in sorted(_DATES & settings.keys()):
        try:
            plausible(settings[key])
        except ValueError as error:
            faults.append(Fault(f"{error}; write a date {_SUCH_AS}", file, None, key))
    return faults


def _refuse_missing(path: Path, settings: Mapping[str, str], needed: Iterable[str]) -> None:
    if faults := setting_faults(path.name, settings, needed):
        raise InputError(faults)


def _refuse_date(when: str) -> None:
    try:
        if when:
            plausible(when)
    except ValueError as error:
        raise BadValue(f"--date: {error}; write a date {_SUCH_AS}") from error


def _refuse_existing(target: Path, *, into_graph: bool, replace: bool) -> None:
    """Raise InputError for an existing target, unless an import wrote it and it may be replaced."""
    if not target.exists():
        return
    is_replaceable = into_graph or (target / LISTING).is_file()
    if not (replace and is_replaceable):
        remedy = "add --replace" if is_replaceable else "give another folder"
        raise InputError([Fault(f"is there already; {remedy}", str(target))])
    if into_graph:
        refuse_foreign(target)


class Folder:
    """The folder of a source in the making: `source.toml` and its tables, whose rows wait on disk for all columns."""

    def __init__(self, folder: Path, fitter: RowFitter, stack: ExitStack) -> None:
        """Close the rows on disk with the stack."""
        self.folder = folder
        self._fitter, self._stack = fitter, stack
        self._rows: dict[str, IO[str]] = {}
        self._columns: dict[str, dict[str, None]] = {}
        self._counts: Counter[str] = Counter()

    def row(self, table: str, cells: Cells) -> Written:
        """Keep a row."""
        fitted = self._fitter.row(table, cells)
        if fitted.cells:
            if table not in self._rows:
                rows = TemporaryFile("w+", encoding="utf-8", dir=self.folder)  # noqa: SIM115  # the stack closes it
                self._rows[table] = self._stack.enter_context(rows)
            self._rows[table].write(f"{json.dumps(fitted.cells)}\n")
            self._columns.setdefault(table, {}).update(dict.fromkeys(fitted.cells))
            self._counts[self._fitter.class_of(table, fitted.cells)] += 1
        return Written(fitted.cells is None, fitted.faults)

    def close(self, about: Mapping[str, str]) -> Counter[str]:
        """Write all files, and return the number of rows by class."""
        for table, rows in self._rows.items():
            columns = ordered_columns(self._fitter.ontology, table, self._columns[table])
            rows.seek(0)
            with (self.folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows([neutral(cells.get(name, "")) for name in columns] for cells in map(json.loads, rows))
        (self.folder / SOURCE_FILE).write_text(toml(about, self._counts), "utf-8", newline="")
        return self._counts


def ordered_columns(terms: Ontology, table: str, present: Collection[str]) -> list[str]:
    """Return the columns of a table that are present in the order of the ontology, then those with a language."""
    names = [name for cls in terms.below(terms.tables[table]) for name in terms.columns(cls)]
    translated = sorted(column for column in present if "@" in column)
    order = dict.fromkeys(["id", "type", "label", *names, *translated])
    return [column for column in order if column in present]


class Quads:
    """A graph file in N-Quads in the making."""

    def __init__(self, file: IO[bytes], fitter: RowFitter) -> None:
        self._file = file
        self._fitter = fitter
        self._statements: list[Statement] = []
        self._counts: Counter[str] = Counter()

    def row(self, table: str, cells: Cells) -> Written:
        """Write the statements of a row."""
        fitted = self._fitter.row(table, cells)
        self._counts[self._fitter.class_of(table, cells)] += fitted.cells is not None
        self._statements += fitted.statements
        if len(self._statements) >= _AT_ONCE:
            self._flush()
        return Written(fitted.cells is None, fitted.faults)

    def close(self, about: Mapping[str, str]) -> Counter[str]:
        """Write the last statements, and return the number of rows by class."""
        self._fitter.source.about.update(about)
        self._statements += self._fitter.settings()
        self._flush()
        return self._counts

    def _flush(self) -> None:
        self._file.write(serialize(starmap(Quad, self._statements), format=RdfFormat.N_QUADS) or b"")
        self._statements.clear()


class _ScreenedSink:
    """Writes the rows that pass the privacy screen to a sink, and counts the others."""

    def __init__(self, gate: Gate, source: str, sink: Folder | Quads) -> None:
        """Screen the rows of a source; raise InputError for faults of the allow-list."""
        if gate.allowed.faults:
            raise InputError(gate.allowed.faults)
        self.stopped = 0
        self.flagged: Counter[str] = Counter()
        self._gate = gate
        self._source = source
        self._sink = sink

    def row(self, table: str, cells: Cells) -> Written:
        """Write a row unless personal data stops it."""
        faults = self._stopping(table, cells)
        return Written(left_out=True, faults=faults) if faults else self._sink.row(table, cells)

    def settings(self, about: Mapping[str, str]) -> list[Fault]:
        """Return the faults of personal data in the settings of the source."""
        return self._stopping("", about)

    def _stopping(self, table: str, cells: Mapping[str, str]) -> list[Fault]:
        concerns = self._gate.row(self._source, table, cells)
        if not concerns:
            return []
        faults = [concern.fault for concern in concerns if concern.stops]
        self.flagged.update(concern.found.text for concern in concerns if not concern.stops)
        self.stopped += len(faults)
        return faults


def toml(about: Mapping[str, str], expected: Mapping[str, int]) -> str:
    """Return the text of a `source.toml`."""
    values = {key: json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") for key, value in about.items()}
    lines = [f"{key} = {value}" for key, value in values.items()]
    return "\n".join([*lines, "", "[expected]", *(f"{cls} = {count}" for cls, count in sorted(expected.items())), ""])
