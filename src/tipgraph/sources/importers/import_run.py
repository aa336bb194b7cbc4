"""Import of open data: a file of one kind becomes the folder of a source.

The folder is written completely or not at all, and never over the work of a person: only an earlier import is replaced,
on request. Personal data without an answer stops an import (`privacy.screen`).
"""

import csv
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tipgraph.errors import BadValue, Fault, InputError
from tipgraph.model import REFERENCE_NAME, Ontology, plausible
from tipgraph.runtime import atomic_folder, neutral
from tipgraph.sources.folder import FAULTS_FILE, SOURCE_FILE, is_name
from tipgraph.sources.importers.import_report import ImportReport, listed
from tipgraph.sources.importers.records import FileRecords
from tipgraph.sources.importers.registry import Reader
from tipgraph.sources.importers.row_builder import ImportOptions, RowBuilder
from tipgraph.sources.reference import reference_of

LISTING = ".tipgraph-import"
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
    """A finished import: its folder, its report and the number of rows by class.

    `flagged` counts the cells of each text that may be the name of a person.
    """

    target: Path
    report: ImportReport
    classes: Mapping[str, int]
    flagged: Mapping[str, int]

    @property
    def summary(self) -> str:
        """The numbers of the report in lines for a person; faults are only counted."""
        rows = ", ".join(f"{count:,} {name}" for name, count in sorted(self.classes.items()))
        first = f"{self.target}: {self.report.records:,} records read; rows: {rows or 'none'}"
        return "\n".join([first, *self.report.summary_lines(self.target / FAULTS_FILE)])


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
    settings = dict(reader.about) | {key: value for key, value in about.items() if value}
    _refuse_target(target, path, options, replace=replace)
    _refuse_missing(path, settings, NEEDED.keys() - reader.learns)
    records = FileRecords(path, reader.rule)
    builder = RowBuilder(target.name, path.name, reader.rule, reference_of(data or target.parent), options)
    reader.read(builder, records)
    _refuse_empty(reader, path, builder)
    learned = {name: value for name, value in builder.about.items() if value}
    settings = {**learned, **settings, **_made(reader, path, options)}
    _refuse_missing(path, settings, NEEDED)
    report = builder.report
    report.faults_and_losses += [(fault._replace(file=path.name), "") for fault in builder.stopping("", settings)]
    if builder.stopped:
        raise InputError(report.faults).adding("nothing was written")
    with atomic_folder(target, LISTING) as folder:
        _write(folder, builder)
        (folder / SOURCE_FILE).write_text(toml(settings, builder.counts), "utf-8", newline="")
        if report.faults_and_losses:
            (folder / FAULTS_FILE).write_text("".join(report.lines()), "utf-8", newline="")
    return Imported(target, report, builder.counts, builder.flagged)


def _write(folder: Path, builder: RowBuilder) -> None:
    for table, rows in builder.rows.items():
        columns = ordered_columns(builder.ontology, table, dict.fromkeys(name for cells in rows for name in cells))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([cell and neutral(cell) for cell in map(row.get, columns)] for row in rows)


def _refuse_empty(reader: Reader, path: Path, builder: RowBuilder) -> None:
    """Raise InputError if no record became a row."""
    if builder.empty and not builder.options.about:
        left_out = f" left out: {listed(builder.report.left)}" if builder.report.left else ""
        message = (
            f"holds nothing that the kind {reader.kind} imports;{left_out or ' name another file, or another kind'}"
        )
        nothing = Fault(message, path.name)
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


def _refuse_target(target: Path, path: Path, options: ImportOptions, *, replace: bool) -> None:
    """Raise BadValue for a name that no source can have, and for a date that is none.

    Raises InputError for a path that is no file or not printable, and for an existing target, unless an import wrote it
    and it may be replaced.
    """
    if not is_name(target.name) or target.name == REFERENCE_NAME:
        rule = f"use lower-case letters, digits and hyphens, not {REFERENCE_NAME!r}"
        raise BadValue(f"{target.name!r} is no name for a source; {rule}")
    try:
        if options.date:
            plausible(options.date)
    except ValueError as error:
        raise BadValue(f"--date: {error}; write a date {_SUCH_AS}") from error
    if not path.is_file():
        raise InputError([Fault("is no file; name one", str(path))])
    if not path.name.isprintable():  # half a character, too, as a name in another encoding has
        raise InputError([Fault("has a name with characters that cannot be written; rename the file", repr(path.name))])
    is_replaceable = (target / LISTING).is_file()
    if target.exists() and not (replace and is_replaceable):
        remedy = "add --replace" if is_replaceable else "give another folder"
        raise InputError([Fault(f"is there already; {remedy}", str(target))])


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
