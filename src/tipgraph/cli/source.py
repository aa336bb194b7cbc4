"""`tipgraph source`: one source. Add a document, fill a workbook, import open data, locate a phrase, change it."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli.group import Group
from tipgraph.cli.options import Call, argument, command, common, gathered, judge_kind, option, yes
from tipgraph.cli.paths import keep_uncommitted, new_texts_folder, own_sources, texts_folder
from tipgraph.cli.terminal import agrees, note, progress, say
from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.model import kit, today
from tipgraph.runtime import atomic_file, visible

if TYPE_CHECKING:
    from tipgraph.sources import Document

_SHOWN = 200  # characters of hidden text, of one page
_ADD = 'tipgraph source add report.pdf --publisher "Harbour House" --licence "CC BY 4.0"'


@click.group(cls=Group)
def source() -> None:
    """Work on one source: add a document, fill a workbook, import open data, locate evidence, change it."""


def _given(
    title: str = option("The title (else that in the file)."),
    publisher: str = option("The publisher, in words.", "WHO"),
    issued: str = option("The date of publication: 2005, 2005-06-30, 2005/ (or later), ../2005 (or before).", "DATE"),
    licence: str = option('The licence, or "not stated".'),
    url: str = option("The address where the file was published."),
    retrieved: str = option("The day of your download, such as 2026-11-25 (else today).", "DATE"),
) -> dict[str, str]:
    """Return the settings of `source.toml` that are given."""
    settings = {
        "title": title, "issuedBy": publisher, "issued": issued, "licence": licence, "url": url, "retrieved": retrieved,
    }  # fmt: skip
    return {name: value for name, value in settings.items() if value}


given_settings = gathered(_given)
excerpt = option("Record that the file is a part of the published document.")


@command(_ADD, source)
def add(
    file: Path = argument("FILE"),
    name: str = option("The name of the source (else that of the file)."),
    given: dict[str, str] = given_settings,
    excerpt: bool = excerpt,
    hidden: str | None = option(
        "Keep or drop text that nobody sees, such as an OCR layer.", click.Choice(["keep", "drop"])
    ),
    call: Call = common("data texts"),
) -> None:
    """Add a document: FILE (.pdf, .docx, .html or .txt) becomes a source.

    The folder of texts gets the text, the places of its words, and a copy of the document. data/ gets the
    settings and the table of paragraphs. Headings, rows of tables and page matter get a scope; in a .txt a person
    chooses them. The title in the file, and the date that a web page states, are taken if no option gives them. The
    last lines name the settings that are still empty.
    """
    from tipgraph.sources import add as adding

    folder = own_sources(call.data)
    given |= {"textKind": "excerpt"} if excerpt else {}
    place = new_texts_folder(call.texts, folder)
    keep_uncommitted(place / "text.txt", folder)
    with progress(f"reading {file}"):
        new = adding.plan(file, _document(file, hidden), folder, place, given, name)
    adding.add(new)
    say(new.summary)
    note(*(f"{shown(file)}: {words}" for words in new.document.notices))
    say(f"next: `tipgraph review drafts {new.name}` proposes its claims on a page")
    say(f"   or: `tipgraph source sheet {new.name}` writes a workbook for them")


def _document(path: Path, hidden: str | None) -> "Document":
    """Read a file, with or without its hidden text; raise InputError with a sample if no option says which."""
    from tipgraph.sources import documents

    document = documents.read(path, hidden=hidden == "keep")
    if document.hidden and hidden is None:
        sample = next(iter(document.hidden.values()))
        sample = sample[:_SHOWN] + "…" * (len(sample) > _SHOWN)
        where = f" on {len(document.hidden)} page{'s' * (len(document.hidden) > 1)}" if document.pages else ""
        what = "has text that nobody sees" if document.text else "is a scan with a layer of text (OCR) that nobody sees"
        message = f"{what}{where}, such as {sample!r}; add --hidden keep or --hidden drop"
        raise InputError([Fault(message, shown(path))])
    if document.hidden and not document.text:
        raise InputError([Fault("has hidden text only; say --hidden keep", shown(path))])
    return document


_COPY = ".taken"  # in the names of workbooks that were filled earlier


@command("tipgraph source sheet harbour-2020", source)
def sheet(
    name: str = argument("SOURCE"),
    output: Path | None = option(
        "The workbook to write (else SOURCE.xlsx in the folder of the texts).", "FILE", "-o --output"
    ),
    call: Call = common("data texts"),
) -> None:
    """Write a workbook to fill in a spreadsheet.

    It has a sheet for each table of the SOURCE, with the rows of the table. Each column has a note, and many have a
    dropdown. With the texts, a sheet has the paragraphs. `tipgraph source take` reads the workbook back.
    """
    from tipgraph.sources import write_sheet

    home = texts_folder(call.texts)
    path = output or (home or Path()) / f"{name}.xlsx"
    if path.exists():
        raise CallError(
            f"{shown(path)} is there, and may have rows that were not taken; run `tipgraph source take {shown(path)}`, "
            "or move it away"
        )
    if home:
        keep_uncommitted(path, call.data)
    with progress(f"writing {path}"):
        has_text = write_sheet(name, path, call.local_texts, call.data)
    say(f"{shown(path)}: fill it in a spreadsheet, then run `tipgraph source take {shown(path)}`")
    if has_text and not (home and path.resolve().is_relative_to(home.resolve())):
        note("it holds the text of the source: do not commit or publish it")


@command("tipgraph source take texts/harbour-2020.xlsx", source)
def take(
    path: Path = argument("FILE"),
    keep: bool = option("Do not write the workbook anew with the ids of its rows."),
    yes: bool = yes,
    call: Call = common("data texts"),
) -> None:
    """Take the rows of a workbook into the tables of its source.

    FILE is a workbook (.xlsx) of `tipgraph source sheet`. Quotes are located in the text, names become ids, and new
    rows get ids. If there is a fault, nothing is written, and all faults are listed with sheet, row and column. A row
    replaces the present row of its id: the command first lists the cells that change and the rows that go, and asks on
    a terminal. At the end the workbook is written anew, and the one that you filled is kept as NAME.taken.xlsx.
    """
    from tipgraph.sources import take_sheet

    folder = own_sources(call.data)
    home = texts_folder(call.texts)
    workbook = (home or Path()) / f"{path.name}.xlsx"
    if not path.exists() and workbook.exists():  # the name of a source
        raise CallError(f"{shown(path)} is no file; run `tipgraph source take {shown(workbook)}`")
    if home:
        keep_uncommitted(home / f"{path.stem.partition('.')[0]}.quotes.csv", folder)

    def agree(changes: Sequence[str]) -> bool:
        note(*changes)
        return yes or not sys.stdin.isatty() or agrees("write this?")

    is_copy = path.with_suffix("").suffix == _COPY
    with progress(f"reading {path}"):
        taken = take_sheet(path, call.local_texts, folder, keep=keep or is_copy, agree=agree)
    note(*taken.notices)
    if is_copy and not keep:
        note(f"{shown(path)} is a copy, and stays as it is; `tipgraph source sheet {taken.source}` writes the workbook")
    say(*taken.lines)
    if taken.lines:
        look = f"show {taken.source}/{taken.entries[0]}" if taken.entries else "pages"
        say(f"next: `tipgraph build && tipgraph {look}`")
    else:
        say(f"{taken.source}: its tables are as the workbook has them")


@command('tipgraph source retract example-2026 --reason "its publisher withdrew it"', source)
def retract(
    name: str = argument("SOURCE"),
    reason: str = option("The reason, which stays with the retired ids.", "WHY", required=True),
    yes: bool = yes,
    call: Call = common("data"),
) -> None:
    """Remove a SOURCE, with the rows about it, and retire its ids.

    The command first lists what it will do, and asks; without a terminal it needs --yes. Judgements, contradictions,
    corrections, allowances and audits about the SOURCE are removed too. If another source names it, nothing is changed,
    and each place is listed. Texts stay.
    """
    from tipgraph.curation import retract as remove

    def agree(lines: list[str]) -> bool:
        """Print the plan, and ask on a terminal."""
        say(*lines)
        if not yes and not sys.stdin.isatty():
            note("nothing was written; add --yes to do all this")
            sys.exit(1)
        return yes or agrees("do all this?")

    if remove(name, reason, call.data, agree=agree):
        click.echo("done: `tipgraph build` makes the graph anew", err=True)
    else:
        click.echo("nothing was written")


_CORRECT = "tipgraph source correct example-2026/funding/p3-1 --column amount --value 9000"


@command(f'{_CORRECT} --reason "we misread it" --judge-kind person', source)
def correct(
    row: str = argument(),
    column: str = option("The column of the cell (with --value).", "COLUMN"),
    value: str | None = option("The right content of the cell; empty for none.", "TEXT"),
    remove: bool = option("Remove the row, and all that depends on it."),
    reason: str = option("The reason.", "WHY", required=True),
    asked_by: str = option("Who asked: described, advocate, source or editor.", default="editor"),
    asked: str = option("The day of the request (else today).", "DATE"),
    judge_kind: str = judge_kind,
    call: Call = common("data"),
) -> None:
    """Correct a cell of a ROW, or remove the ROW, in any source: your own, an imported one, one of the kit.

    ROW is a row as source/table/id. The correction is a row of reference/corrections.csv. Each build applies it, and
    the claim shows the old value with the reason. A value that a build would refuse is not saved.
    """
    from tipgraph.curation import correct as save

    if remove == bool(column) or bool(column) != (value is not None):
        raise CallError("say either --column COLUMN and --value TEXT, or --remove")
    by = {"judge_kind": judge_kind, "asked_by": asked_by, "asked": asked}
    say(f"saved {save(row, column, value or '', reason=reason, data=call.data, **by)}")
    click.echo("`tipgraph build` applies the correction", err=True)


_IMPORT = 'tipgraph source import iati activities.xml -o data/fund-2020 --issued 2020-11 --licence "CC BY 4.0"'


@command(_IMPORT, source)
def import_(
    kind: str | None = argument(),
    paths: tuple[Path, ...] = argument("[FILE]..."),
    output: Path | None = option("The folder to write, such as data/NAME.", "FOLDER", "-o --output"),
    settings: dict[str, str] = given_settings,
    when: str = option("The date of rows without a date of their own.", "DATE", "--date"),
    about: bool = option("Keep only activities that name trafficking in persons (kind iati)."),
    no_descriptions: bool = option("Leave the descriptions out, which are sentences of the file (kind iati)."),
    excerpt: bool = excerpt,
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
        copy = _copy_place(path, target)
        with progress(f"reading {path}"):
            taken = take_in(importer, path, target, known, given, replace=replace, data=data)
        for line in taken.report.fault_lines():
            click.echo(visible(line), err=True)
        say(taken.summary)
        if copy:
            copy.parent.mkdir(exist_ok=True)
            with atomic_file(copy) as (beside,):
                shutil.copyfile(path, beside)
            say(f"a copy of the file is {shown(copy)}")
        if count := len(taken.flagged):
            names = f"{count:,} name{'s' * (count != 1)}"
            lists = f"`tipgraph review personal --data {taken.target.parent}` lists them"
            note(f"{names} in it may be a person's: {lists}")
        lost = lost or bool(taken.report.lost)
    say("next: `tipgraph build && tipgraph check`")
    sys.exit(1 if lost else 0)


def _copy_place(path: Path, target: Path) -> Path | None:
    """Return where a copy of an imported file goes: to the texts of the project, so that answers show its records.

    None is for a file that is there already, and without such a folder. Raises CallError if git commits the place.
    """
    project = kit.project()
    home = project.texts_folder if project and kit.is_layered(target.parent) else None
    if home is None or path.resolve().is_relative_to(home.resolve()):
        return None
    copy = home / target.name / path.name
    keep_uncommitted(copy)
    return copy


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
