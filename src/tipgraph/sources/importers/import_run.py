"""Import of open data: a file of one kind becomes the folder of a source.

The folder is written completely or not at all, and never over the work of a person: only an earlier import is replaced,
on request. Personal data without an answer stops an import (`privacy.screen`).
"""

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import BadValue, Fault, InputError
from tipgraph.model import REFERENCE_NAME, Ontology, ontology, plausible
from tipgraph.runtime import atomic_folder, neutral
from tipgraph.sources.folder import FAULTS_FILE, SOURCE_FILE, Source, is_name
from tipgraph.sources.importers.conform import RowFitter
from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.import_report import ImportReport, listed
from tipgraph.sources.importers.records import FileRecords
from tipgraph.sources.importers.registry import Reader
from tipgraph.sources.importers.row_builder import Cells, ImportOptions, RowBuilder, Written
from tipgraph.sources.privacy.screen import Gate
from tipgraph.sources.reference import reference_of

LISTING = ".tipgraph-import"
_PLACES = frozenset({"evidence", "paragraphs"})
_FITS = Written(left_out=False, faults=())
_DATES = frozenset({"issued", "retrieved"})
_SUCH_AS = "such as 2004, 2004-11 or 2004-11-11"
_UNSURE = "2004/ is 2004 or later, ../2004 is 2004 or before"
NEEDED = {
    "title": "the title of the document",
    "issuedBy": "the publisher",
    "issued": f"the date of issue, {_SUCH_AS}; {_UNSURE}",
    "licence": 'the licence, or "not stated"',
}


class Imported(NamedTuple):
    """A finished import: its source, its folder, its report and the number of rows by class.

    `flagged` counts the cells of each text that may be the name of a person.
    """

    source: str
    target: Path
    report: ImportReport
    classes: Counter[str]
    flagged: Counter[str]

    @property
    def summary(self) -> str:
        """The numbers of the report in lines for a person; faults are only counted."""
        rows = ", ".join(f"{count:,} {name}" for name, count in sorted(self.classes.items()))
        first = f"{self.target}: {self.report.records:,} records read; rows: {rows or 'none'}"
        count, kinds = self.report.kinds.total(), len(self.report.kinds)
        faults = f"{count:,} fault{'s' * (count != 1)}" if count else "no faults"
        where = f" of {kinds:,} kind{'s' * (kinds != 1)}; each is in {self.target / FAULTS_FILE}" * bool(count)
        return "\n".join([first, *self.report.summary_lines(), faults + where])


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
    """Import a file into a folder of `data/`, whose name is that of the source.

    `about` has the settings of `source.toml` that the file itself lacks. `data` is the folder of sources with the
    reference, by default that of the target. The report lists all that was left out. Raises InputError for a file that
    cannot be read, and for personal data without an answer.
    """
    _refuse_names(target.name, path)
    _refuse_date(options.date)
    settings = dict(reader.about) | {key: value for key, value in about.items() if value}
    _refuse_missing(path, settings, NEEDED.keys() - reader.learns)
    _refuse_existing(target, replace=replace)
    reference = reference_of(data or target.parent)
    tables = _Tables(target.name, ontology(), reference)
    builder = RowBuilder(path.name, reader.rule, tables.row, ontology(), Countries.of(reference), options)
    records = FileRecords(path, reader.rule)
    reader.read(builder, records)
    _refuse_empty(reader, path, builder)
    learned = {name: value for name, value in builder.about.items() if value}
    settings = {**learned, **settings, **_made(reader, path, options)}
    _refuse_missing(path, settings, NEEDED)
    for fault in tables.stopping("", settings):
        builder.report.add(fault._replace(file=path.name))
    if tables.stopped:
        raise InputError(builder.report.faults).adding("nothing was written")
    with atomic_folder(target, LISTING) as folder:
        tables.write(folder, settings)
        if builder.report.lines:
            (folder / FAULTS_FILE).write_text("".join(builder.report.lines), "utf-8", newline="")
    return Imported(target.name, target, builder.report, tables.counts, tables.flagged)


def _refuse_empty(reader: Reader, path: Path, builder: RowBuilder) -> None:
    """Raise InputError if no record became a row."""
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


def _refuse_existing(target: Path, *, replace: bool) -> None:
    """Raise InputError for an existing target, unless an import wrote it and it may be replaced."""
    is_replaceable = (target / LISTING).is_file()
    if target.exists() and not (replace and is_replaceable):
        remedy = "add --replace" if is_replaceable else "give another folder"
        raise InputError([Fault(f"is there already; {remedy}", str(target))])


class _Tables:
    """The tables of a source in the making: rows that fit the ontology and pass the privacy screen.

    `counts` has the number of rows by class, `stopped` the number of cells with personal data, `flagged` the number of
    cells of each text that may be the name of a person.
    """

    def __init__(self, source: str, terms: Ontology, reference: Source) -> None:
        """Take the rows of a source; raise InputError for faults of the allow-list."""
        self.counts, self.flagged, self.stopped = Counter[str](), Counter[str](), 0
        self._source, self._terms = source, terms
        self._rows: dict[str, list[Cells]] = defaultdict(list)
        self._fitter = RowFitter(source, terms, reference)
        self._gate = Gate(terms, reference, self._fitter.index)
        if self._gate.allowed.faults:
            raise InputError(self._gate.allowed.faults)

    def row(self, table: str, cells: Cells) -> Written:
        """Keep a row without the cells that do not fit, unless personal data or a needed cell stops it.

        Rows of evidence and of paragraphs hold numbers and digests, and fit always.
        """
        if table in _PLACES:
            self._keep(table, cells)
            return _FITS
        if faults := self.stopping(table, cells):
            return Written(left_out=True, faults=faults)
        fitting, faults = self._fitter.row(table, cells)
        if fitting is not None:
            self._keep(table, fitting)
        return Written(fitting is None, faults)

    def _keep(self, table: str, cells: Cells) -> None:
        self._rows[table].append(cells)
        self.counts[self._fitter.class_of(table, cells)] += 1

    def stopping(self, table: str, cells: Mapping[str, str]) -> list[Fault]:
        """Return the faults of personal data in a row, or in the settings if there is no table."""
        concerns = self._gate.row(self._source, table, cells)
        faults = [concern.fault for concern in concerns if concern.stops]
        self.flagged.update(concern.found.text for concern in concerns if not concern.stops)
        self.stopped += len(faults)
        return faults

    def write(self, folder: Path, about: Mapping[str, str]) -> None:
        """Write `source.toml` and the tables."""
        for table, rows in self._rows.items():
            columns = ordered_columns(self._terms, table, dict.fromkeys(name for cells in rows for name in cells))
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows([cells and neutral(cells) for cells in map(row.get, columns)] for row in rows)
        (folder / SOURCE_FILE).write_text(toml(about, self.counts), "utf-8", newline="")


def ordered_columns(terms: Ontology, table: str, present: Collection[str]) -> list[str]:
    """Return the columns of a table that are present in the order of the ontology, then those with a language."""
    names = [name for cls in terms.below(terms.tables[table]) for name in terms.columns(cls)]
    translated = sorted(column for column in present if "@" in column)
    order = dict.fromkeys(["id", "type", "label", *names, *translated])
    return [column for column in order if column in present]


def toml(about: Mapping[str, str], expected: Mapping[str, int]) -> str:
    """Return the text of a `source.toml`."""
    values = {key: json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f") for key, value in about.items()}
    lines = [f"{key} = {value}" for key, value in values.items()]
    return "\n".join([*lines, "", "[expected]", *(f"{cls} = {count}" for cls, count in sorted(expected.items())), ""])
