"""`tipgraph source sheet` and `take`: a source as a workbook for a spreadsheet, and back."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tipgraph.cli import options
from tipgraph.cli.options import example, flag, option
from tipgraph.cli.paths import keep_uncommitted, own_sources, texts_at, texts_folder
from tipgraph.cli.terminal import ask, note, progress
from tipgraph.errors import CallError, shown

_COPY = ".taken"  # in the names of workbooks that were filled earlier


@click.command(epilog=example("tipgraph source sheet harbour-2020"))
@click.argument("name", metavar="SOURCE", shell_complete=options.complete_source)
@option("-o --output", "FILE", "The workbook to write (else SOURCE.xlsx in the folder of the texts).")
@options.data
@options.texts
def sheet(name: str, output: Path | None, data: Path | None, texts: str | None) -> None:
    """Write a workbook to fill in a spreadsheet.

    It has a sheet for each table of the SOURCE, with the rows of the table. Each column has a note, and many have a
    dropdown. With the texts, a sheet has the paragraphs. `tipgraph source take` reads the workbook back.
    """
    from tipgraph.sources import write_sheet

    home = texts_folder(texts)
    path = output or (home or Path()) / f"{name}.xlsx"
    if path.exists():
        raise CallError(
            f"{shown(path)} is there, and may have rows that were not taken; run `tipgraph source take {shown(path)}`, "
            "or move it away"
        )
    if home:
        keep_uncommitted(path, data)
    with progress(f"writing {path}"):
        has_text = write_sheet(name, path, texts_at(texts), data)
    click.echo(f"{shown(path)}: fill it in a spreadsheet, then run `tipgraph source take {shown(path)}`")
    if has_text and not (home and path.resolve().is_relative_to(home.resolve())):
        note("it holds the text of the source: do not commit or publish it")


@click.command(epilog=example("tipgraph source take texts/harbour-2020.xlsx"))
@click.argument("path", metavar="FILE", type=options.LocalPath())
@flag("--keep", "Do not write the workbook anew with the ids of its rows.")
@flag("--yes", "Do it without a question.")
@options.data
@options.texts
def take(path: Path, data: Path | None, texts: str | None, *, keep: bool, yes: bool) -> None:
    """Take the rows of a workbook into the tables of its source.

    FILE is a workbook (.xlsx) of `tipgraph source sheet`. Quotes are located in the text, names become ids, and new
    rows get ids. If there is a fault, nothing is written, and all faults are listed with sheet, row and column. A row
    replaces the present row of its id: the command first lists the cells that change and the rows that go, and asks on
    a terminal. At the end the workbook is written anew, and the one that you filled is kept as NAME.taken.xlsx.
    """
    from tipgraph.sources import take_sheet

    folder = own_sources(data)
    home = texts_folder(texts)
    workbook = (home or Path()) / f"{path.name}.xlsx"
    if not path.exists() and workbook.exists():  # the name of a source
        raise CallError(f"{shown(path)} is no file; run `tipgraph source take {shown(workbook)}`")
    if home:
        keep_uncommitted(home / f"{path.stem.partition('.')[0]}.quotes.csv", folder)

    def agree(changes: Sequence[str]) -> bool:
        note(*changes)
        return yes or not sys.stdin.isatty() or (ask("write this? (y, enter ends)") or "").strip().casefold()[:1] == "y"

    is_copy = path.with_suffix("").suffix == _COPY
    with progress(f"reading {path}"):
        taken = take_sheet(path, texts_at(texts), folder, keep=keep or is_copy, agree=agree)
    note(*taken.notices)
    if is_copy and not keep:
        note(f"{shown(path)} is a copy, and stays as it is; `tipgraph source sheet {taken.source}` writes the workbook")
    for line in taken.lines:
        click.echo(line)
    if taken.lines:
        click.echo(f"next: `{' && '.join(f'tipgraph {command}' for command in ('build', *taken.look))}`")
    else:
        click.echo(f"{taken.source}: its tables are as the workbook has them")
