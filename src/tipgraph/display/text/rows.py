"""Plain rows as a table, CSV or JSON."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from tipgraph.model import data_name
from tipgraph.runtime import neutral, visible

if TYPE_CHECKING:
    from tipgraph.pipeline import Difference

_WIDE = 120  # columns: the width of a table in a pipe; a terminal as wide always gets a table
_NARROWEST = 60  # columns that a table takes at least
_READABLE = 16  # characters on a line of a cell that is broken into lines, on a narrow terminal
# Blanks at which no line is broken: within a place such as `¶13 s2`, a page, and an amount with its currency.
_TOGETHER, _TIE = re.compile(r"(?<=\d) (?=s\d)|(?<=\bp\.) (?=\d)|(?<=\b[A-Z]{3}) (?=\d)"), "\u00a0"
_LARGE = 10_000
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def rows_text(header: Sequence[str], rows: Sequence[Sequence[object]], form: str) -> str:
    """Return plain rows as `table`, `csv` or `json`; JSON keeps numbers, truth values and lists as they are."""
    if form == "json":
        return json_text([dict(zip(header, row, strict=True)) for row in rows])
    cells = [[cell_text(cell) for cell in row] for row in rows]
    return csv_text(header, cells) if form == "csv" else table_text(header, cells)


def cell_text(value: object) -> str:
    """Return a value as a cell: the digits of a number, `true` or `false`, the parts of a list with `;` between."""
    if isinstance(value, list | tuple):
        return "; ".join(map(cell_text, value))
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def difference_text(difference: "Difference", form: str) -> str:
    """Return the changed claims between two builds as `table` (with a summary), `csv` or `json`."""
    columns = ["change", "source", "class", "claim", "before", "after"]
    if form != "table":
        return rows_text(columns, difference.changes, form)
    changes = [[*change[:3], data_name(change.claim), *change[4:]] for change in difference.changes]
    same = difference.renumbered
    renumbered = f"\nthe same under another id: {counted(same, 'claim')}" if same else ""
    if not changes:
        few = "" if any(difference.claims) else " (neither graph holds any)"
        others = "" if difference.same else "; other statements do: build both as .nq, and compare the lines"
        return f"no claim differs{few}{others}{renumbered}"
    counts = [[*row[:2], *map(str, row[2:])] for row in difference.counts()]
    summary = table_text(["source", "class", "added", "removed", "changed"], counts)
    return f"{summary}{renumbered}\n\n{table_text(columns, changes)}"


def table_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table that fits the terminal; as records where it would break a word, a number or a code.

    In a pipe it is always a table, wider than usual if its words need it.
    """
    if not header:
        return "(nothing)"
    cells = [[_TOGETHER.sub(_TIE, visible(cell)) for cell in row] for row in rows]
    columns = list(zip(header, *cells, strict=True))
    terminal = get_terminal_size((0, 0)).columns  # 0 where the output is no terminal
    thin = _READABLE if 0 < terminal < _WIDE else 0
    natural = [max(map(len, column)) for column in columns]
    least = [max(_longest(column), min(size, thin)) for column, size in zip(columns, natural, strict=True)]
    room = max(terminal or _WIDE, _NARROWEST) - 3 * len(header) - 1
    if rows and terminal and sum(least) > room:
        text = "\n".join(_record_text(header, row) for row in cells)
    else:
        text = _aligned(header, cells, _widths(natural, least, room))
    return text.replace(_TIE, " ")


def grouped(column: Iterable[str]) -> list[str]:
    """Return a column with the thousands of its numbers apart; if none has five digits, they may be years, and stay.

    >>> grouped(["2564805.26", "2005", "about 5"]), grouped(["2005", "1.5"])
    (['2,564,805.26', '2,005', 'about 5'], ['2005', '1.5'])
    """
    cells = list(column)
    numbers = [cell for cell in cells if _NUMBER.fullmatch(cell)]
    if not any(abs(Decimal(number)) >= _LARGE for number in numbers):
        return cells
    return [f"{Decimal(cell):,f}" if _NUMBER.fullmatch(cell) else cell for cell in cells]


def _longest(column: Sequence[str]) -> int:
    """Return the length of the longest word of a column."""
    return max(len(word) for cell in column for word in re.split(r"[ \t\r\n]", cell))


def _record_text(header: Sequence[str], row: Sequence[str]) -> str:
    """Return a row as a line for each value, and an empty line after them."""
    return "".join(f"{name}: {' '.join(cell.split())}\n" for name, cell in zip(header, row, strict=True) if cell)


def _aligned(header: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Return cells below each other in columns of some widths."""
    from prettytable import HRuleStyle, PrettyTable, VRuleStyle

    table = PrettyTable(list(header), align="l", valign="t")
    table.add_rows([list(row) for row in cells])
    table.max_width = dict(zip(header, widths, strict=True))
    table.hrules, table.vrules, table.left_padding_width = HRuleStyle.HEADER, VRuleStyle.NONE, 0
    table.right_padding_width, table.break_on_hyphens = 2, False
    return "\n".join(line.rstrip() for line in table.get_string().splitlines() if line.strip())


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV in which no cell runs as a formula."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().removesuffix("\n")


def json_text(value: object) -> str:
    """Return a value as indented JSON."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


def counted(number: int, noun: str = "row") -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def nothing(noun: str) -> str:
    """Return the words for an answer without rows or edges."""
    return f"0 {noun}s. No claim in this graph answers this; absence is not evidence of absence."


def _widths(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Share the room: narrow columns get their own width, wide ones equal shares of the rest, none less than its least.

    >>> _widths([2, 30, 40], [2, 5, 12], 24)
    [2, 10, 12]
    """
    widths = list(least)
    for share in range(room, 0, -1):
        widths = [min(size, max(low, share)) for size, low in zip(natural, least, strict=True)]
        if sum(widths) <= room:
            break
    for _, at in sorted(((size, at) for at, size in enumerate(natural) if widths[at] < size), reverse=True):
        widths[at] += sum(widths) < room
    return widths
