"""`tipgraph source`: one source. Add a document, import open data, locate a phrase in a text."""

import sys
from pathlib import Path

import click

from tipgraph.cli import documents, source_changes, workbooks
from tipgraph.cli.group import Group
from tipgraph.cli.options import Call, argument, command, common, option
from tipgraph.cli.paths import keep_uncommitted, texts_folder
from tipgraph.cli.terminal import note, progress, say
from tipgraph.errors import CallError
from tipgraph.model import kit, today
from tipgraph.runtime import visible

_IMPORT = 'tipgraph source import iati activities.xml -o data/fund-2020 --issued 2020-11 --licence "CC BY 4.0"'


@click.group(cls=Group)
def source() -> None:
    """Work on one source: add a document, fill a workbook, import open data, locate evidence, change it."""


for _command in (documents.add, workbooks.sheet, workbooks.take, source_changes.correct, source_changes.retract):
    source.add_command(_command)


@command(_IMPORT, source)
def import_(
    kind: str | None = argument(),
    paths: tuple[Path, ...] = argument("[FILE]..."),
    output: Path | None = option("The folder to write, such as data/NAME.", "FOLDER", "-o --output"),
    settings: dict[str, str] = documents.given_settings,
    when: str = option("The date of rows without a date of their own.", "DATE", "--date"),
    about: bool = option("Keep only activities that name trafficking in persons (kind iati)."),
    no_descriptions: bool = option("Leave the descriptions out, which are sentences of the file (kind iati)."),
    excerpt: bool = documents.excerpt,
    mapping: str = option("The columns: a TOML file, or a name such as hdx-3w (kind mapped).", "FILE"),
    data: Path | None = option("The folder of sources with the reference to use (else that of -o).", "FOLDER"),
    replace: bool = option("Replace a folder that an earlier import wrote."),
) -> None:
    """Import open data: each FILE of a KIND becomes a source in data/.

    KIND is a kind of file, such as iati. Without a KIND, the command lists the kinds. With several FILEs, each becomes
    a source of its own, NAME-FILE. The report counts imported records and records that the kind does not read. E-mail
    addresses, telephone and passport numbers stop the import, unless `tipgraph review personal` has an answer for
    them. A fault in a record does not stop it: faults are counted by kind, and a file lists all. The exit code is 1 if
    something was lost: a record, a row, an amount of money, a role or a place. The faults that lost it begin with
    `lost:`.
    """
    from tipgraph.sources import KINDS, ImportOptions, reader
    from tipgraph.sources import take as take_in

    if kind is None:
        Call().print_rows(["kind", "what it reads"], [[name, reader(name).summary] for name in KINDS])
        return
    importer = reader(kind)
    if not paths or output is None:
        raise CallError("name a FILE, and -o FOLDER")
    known = {"retrieved": today(), **importer.about, **settings}
    given = ImportOptions(when, about, mapping, excerpt, not no_descriptions)
    lost = False
    for path, target in _targets(paths, output).items():
        with progress(f"reading {path}"):
            taken = take_in(importer, path, target, known, given, replace=replace, data=data)
        for line in taken.report.fault_lines():
            click.echo(visible(line), err=True)
        say(taken.summary)
        if count := len(taken.flagged):
            names = f"{count:,} name{'s' * (count != 1)}"
            lists = f"`tipgraph review personal --data {taken.target.parent}` lists them"
            note(f"{names} in it may be a person's: {lists}")
        lost = lost or bool(taken.report.lost)
    sys.exit(1 if lost else 0)


def _targets(paths: tuple[Path, ...], target: Path) -> dict[Path, Path]:
    """Return the place to write each file to: of several, each adds its name to that of the target.

    Raises CallError if a file would be written over another one, or over itself.
    """
    from tipgraph.sources import slug

    several = len(paths) > 1
    targets = {path: target.with_name(f"{target.name}-{slug(path.stem)}") if several else target for path in paths}
    places = {place.resolve() for place in targets.values()}
    if len(set(targets.values())) < len(paths) or not places.isdisjoint(path.resolve() for path in paths):
        raise CallError("two files would be written to one place, or one to itself; import them one by one")
    return targets


@command("tipgraph source locate example-2026", source)
def locate(
    name: str = argument("SOURCE"),
    audit: str = option("Print the empty audit rows for a reader, such as reader-one.", "READER"),
    again: bool = option("Move evidence and paragraphs to the text, which was corrected."),
    call: Call = common("data texts"),
) -> None:
    """Find the quotes of a SOURCE in its text, and give ids to its new rows.

    SOURCE is the name of a folder in data/. The command replaces the column `quote` in its tables by evidence, and
    keeps the quotes beside the text. It needs the texts, except with --audit: then it prints one row of data/audits/
    for each claim of the SOURCE.
    """
    from tipgraph.display import csv_text
    from tipgraph.pipeline import audits, gather
    from tipgraph.sources import locate_again, take_quotes

    if audit and again:
        raise CallError("say one of --audit and --again")
    if audit:
        click.echo(csv_text(audits.COLUMNS, audits.form(gather(call.data).statements, name, audit)))
        return
    if home := texts_folder(call.texts):
        keep_uncommitted(home / f"{name}.quotes.csv", call.data)
    if again:
        relocated = locate_again(name, call.local_texts, call.data)
        note(*relocated.notices)
        click.echo(f"{name}: spans of text: {relocated.stayed:,} stayed, {relocated.moved:,} moved")
    else:
        taken = take_quotes(name, call.local_texts, call.data)
        note(*taken.notices)
        rows = ", ".join(f"{count:,} in {table}" for table, count in taken.rows.items())
        click.echo(f"{name}: {taken.evidence:,} new span{'s' * (taken.evidence != 1)} of text; rows: {rows}")


@command("tipgraph source columns funding", source)
def columns(table: str | None = argument(), column: str | None = argument(), call: Call = common("form")) -> None:
    """List the tables of a source, the columns of a TABLE, or the codes of a COLUMN.

    TABLE is a table such as funding, or source.toml. For each column the command shows its meaning, its values and
    codes, whether a row needs it, and an example. The examples are cells of existing rows. The last lines say which
    columns a row needs together. With a COLUMN the command lists its codes, each with its meaning.
    """
    from tipgraph.model import ontology
    from tipgraph.sources import describe_codes, describe_table, list_tables

    if table is None:
        call.print_rows(["table", "class", "meaning"], list_tables(ontology()))
    elif column:
        call.print_rows(["code", "words", "meaning"], describe_codes(ontology(), table, column))
    else:
        guide = describe_table(ontology(), table, [kit.data(), kit.folder("data")])
        call.print_rows(["column", "needed", "values", "example", "meaning"], guide.columns)
        note(
            f"most examples are of {guide.example}" if guide.example else "no row of this table exists yet: no examples"
        )
        note(*guide.rules)
        if any(part.values.startswith("one of ") for part in guide.columns):
            note(f"`tipgraph source columns {table} COLUMN` explains the codes of a column")
