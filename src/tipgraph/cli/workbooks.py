"""`tipgraph source sheet` and `take`: a source as a workbook for a spreadsheet, and back."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tipgraph.cli.options import Call, argument, command, common, option, yes
from tipgraph.cli.paths import keep_uncommitted, own_sources, texts_folder
from tipgraph.cli.terminal import agrees, note, progress, say
from tipgraph.errors import CallError, shown

_COPY = ".taken"  # in the names of workbooks that were filled earlier


@command("tipgraph source sheet harbour-2020")
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


@command("tipgraph source take texts/harbour-2020.xlsx")
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
