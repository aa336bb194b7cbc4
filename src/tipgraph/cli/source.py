"""`tipgraph source`: one source. Add a document, import open data, locate a phrase in a text."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import documents, options, workbooks
from tipgraph.cli.documents import ask_settings, given_settings
from tipgraph.cli.group import Group
from tipgraph.cli.options import example, flag, option
from tipgraph.cli.paths import keep_uncommitted, texts_at, texts_folder
from tipgraph.cli.source_changes import correct, rename, retract
from tipgraph.cli.terminal import note, progress
from tipgraph.errors import CallError
from tipgraph.model import kit, today
from tipgraph.runtime import sanitize

if TYPE_CHECKING:
    pass

_IMPORT = 'tipgraph source import iati activities.xml -o data/fund-2020 --issued 2020-11 --licence "CC BY 4.0"'


@click.group(cls=Group)
def source() -> None:
    """Work on one source: add a document, fill a workbook, import open data, locate evidence, change it."""


for _command in (documents.add, workbooks.sheet, workbooks.take, correct, rename, retract):
    source.add_command(_command)


@source.command("import", epilog=example(_IMPORT))
@click.argument("kind", required=False)
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=options.LocalPath())
@option("-o --output", "FOLDER", "The folder to write, such as data/NAME.")
@option("--title", click.STRING, "The title of the file.")
@option("--publisher", "WHO", "The publisher of the file.")
@option("--issued", "DATE", "The date of publication: 2005, 2005-06-30, 2005/ (or later), ../2005 (or before).")
@option("--licence", click.STRING, 'The licence of the file, or "not stated".')
@option("--url", click.STRING, "The address where the file was published.")
@option("--retrieved", "DATE", "The day of your download, such as 2026-11-25 (else today).")
@option("--date when", "DATE", "The date of rows without a date of their own.", default="")
@flag("--about", "Keep only activities that name trafficking in persons (kind iati).")
@flag("--no-descriptions", "Leave the descriptions out, which are sentences of the file (kind iati).")
@flag("--excerpt", "Record that the file is a part of the published file.")
@option(
    "--mapping",
    "FILE",
    "The columns: a TOML file, or a name such as hdx-3w (kind mapped).",
    default="",
    type=str,
)
@option("--data", "FOLDER", "The folder of sources with the reference to use (else that of -o).")
@flag("--replace", "Replace a folder that an earlier import wrote.")
def import_(
    kind: str | None,
    paths: tuple[Path, ...],
    output: Path | None,
    when: str,
    mapping: str,
    data: Path | None,
    *,
    about: bool,
    no_descriptions: bool,
    excerpt: bool,
    replace: bool,
    **source: str | None,
) -> None:
    """Import open data: each FILE of a KIND becomes a source in data/.

    KIND is a kind of file, such as iati. Without a KIND, the command lists the kinds. With several FILEs, each becomes
    a source of its own, NAME-FILE. The report counts imported records and records that the kind does not read. E-mail
    addresses, telephone and passport numbers stop the import, unless `tipgraph review personal` has an answer for
    them. A fault in a record does not stop it: faults are counted by kind, and a file lists all. The exit code is 1 if
    something was lost: a record, a row, an amount of money, a role or a place. The faults that lost it begin with
    `lost:`.
    """
    from tipgraph.display import text
    from tipgraph.sources import KINDS, ImportOptions, reader, take

    if kind is None:
        listed = [[name, reader(name).summary] for name in KINDS]
        click.echo(text.rows_text(["kind", "what it reads"], listed, "table"))
        return
    importer = reader(kind)
    if not paths or output is None:
        raise CallError("name a FILE, and -o FOLDER")
    known = {"retrieved": today(), **importer.about, **given_settings(source)}
    settings = ask_settings(paths[0], known, {}, optional=importer.learns)
    given = ImportOptions(when, about, mapping, excerpt, not no_descriptions)
    lost = False
    for path, target in _targets(paths, output).items():
        with progress(f"reading {path}"):
            taken = take(importer, path, target, settings, given, replace=replace, data=data)
        for line in taken.report.fault_lines():
            click.echo(sanitize.visible(line), err=True)
        click.echo(sanitize.visible(taken.summary))
        if count := len(taken.flagged):
            names = f"{count:,} name{'s' * (count != 1)}"
            lists = f"`tipgraph review personal --data {taken.target.parent}` lists them"
            note(f"{names} in it may be a person's: {lists}")
        lost = lost or bool(taken.report.lost)
    sys.exit(1 if lost else 0)


@source.command(epilog=example('tipgraph source locate example-2026 "trained border officers"'))
@click.argument("name", metavar="SOURCE", shell_complete=options.complete_source)
@click.argument("phrase", nargs=-1)
@flag("--paragraphs", "Print the table of paragraphs instead.")
@option("--audit", "READER", "Print the empty audit rows for a reader, such as reader-one.")
@flag("--again", "Move evidence and paragraphs to the text, which was corrected.")
@options.data
@options.texts
def locate(
    name: str,
    phrase: tuple[str, ...],
    audit: str | None,
    data: Path | None,
    texts: str | None,
    *,
    paragraphs: bool,
    again: bool,
) -> None:
    """Find a PHRASE in the text of a SOURCE, and print its row for evidence.csv.

    SOURCE is the name of a folder in data/. Write the PHRASE in quotation marks. Without a PHRASE, the command
    replaces the column `quote` in the tables of the SOURCE by evidence. It keeps the quotes beside the text. The
    command needs the texts, except with --audit: then it prints one row of data/audits/ for each claim of the SOURCE.
    """
    from tipgraph.display import csv_text
    from tipgraph.pipeline import audits, gather
    from tipgraph.sources import Texts, evidence_tables, locate_again, take_quotes

    if sum(map(bool, (phrase, paragraphs, audit, again))) > 1:
        raise CallError("say one of a PHRASE, --paragraphs, --audit and --again")
    if paragraphs:
        click.echo(evidence_tables.paragraph_table(name, texts_at(texts), data))
        return
    if phrase:
        click.echo(evidence_tables.evidence_table(name, texts_at(texts), " ".join(phrase), data))
        return
    if audit:
        click.echo(csv_text(audits.COLUMNS, audits.form(gather(data).statements, name, audit)))
        return
    home = texts_folder(texts)
    if home:
        keep_uncommitted(home / f"{name}.quotes.csv", data)
    if again:
        relocated = locate_again(name, Texts(home), data)
        note(*relocated.notices)
        click.echo(f"{name}: spans of text: {relocated.stayed:,} stayed, {relocated.moved:,} moved")
    else:
        taken = take_quotes(name, Texts(home), data)
        note(*taken.notices)
        rows = ", ".join(f"{count:,} in {table}" for table, count in taken.rows.items())
        click.echo(f"{name}: {taken.evidence:,} new span{'s' * (taken.evidence != 1)} of text; rows: {rows}")


@source.command(epilog=example("tipgraph source columns funding"))
@click.argument("table", required=False)
@click.argument("column", required=False)
@options.form
def columns(table: str | None, column: str | None, form: str) -> None:
    """List the tables of a source, the columns of a TABLE, or the codes of a COLUMN.

    TABLE is a table such as funding, or source.toml. For each column the command shows its meaning, its values and
    codes, whether a row needs it, and an example. The examples are cells of existing rows. The last lines say which
    columns a row needs together. With a COLUMN the command lists its codes, each with its meaning.
    """
    from tipgraph.display import rows_text
    from tipgraph.model import ontology
    from tipgraph.sources import describe_codes, describe_table, list_tables

    if table is None:
        click.echo(rows_text(["table", "class", "meaning"], list_tables(ontology()), form))
        return
    if column:
        click.echo(rows_text(["code", "words", "meaning"], describe_codes(ontology(), table, column), form))
        return
    guide = describe_table(ontology(), table, [kit.data(), kit.folder("data")])
    click.echo(rows_text(["column", "needed", "values", "example", "meaning"], guide.columns, form))
    note(f"most examples are of {guide.example}" if guide.example else "no row of this table exists yet: no examples")
    note(*guide.rules)
    if any(part.values.startswith("one of ") for part in guide.columns):
        note(f"`tipgraph source columns {table} COLUMN` explains the codes of a column")


def _targets(paths: tuple[Path, ...], target: Path) -> dict[Path, Path]:
    """Return the place to write each file to: of several, each adds its name to that of the target.

    Raises CallError if a file would be written over another one, or over itself.
    """
    from tipgraph.sources import slug

    if len(paths) == 1:
        targets = {paths[0]: target}
    else:
        targets = {path: target.with_name(f"{target.name}-{slug(path.stem)}") for path in paths}
    places = {place.resolve() for place in targets.values()}
    if len(set(targets.values())) < len(paths) or not places.isdisjoint(path.resolve() for path in paths):
        raise CallError("two files would be written to one place, or one to itself; import them one by one")
    return targets
