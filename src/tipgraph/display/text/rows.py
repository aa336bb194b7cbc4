"""Plain rows as a table, CSV or JSON."""

from collections.abc import Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from tipgraph.model import DATA, data_name
from tipgraph.runtime import neutral, visible

if TYPE_CHECKING:
    import pyarrow as pa

    from tipgraph.pipeline import Difference

_WIDE = 120  # columns: the width of a table in a pipe; a terminal as wide always gets a table
_NARROWEST = 60  # columns that a table takes at least
_READABLE = 16  # characters on a line of a cell that is broken into lines


def rows_text(header: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> str:
    """Return plain rows as `table`, `csv` or `json`."""
    if form == "json":
        return json_text([dict(zip(header, row, strict=True)) for row in rows])
    return csv_text(header, rows) if form == "csv" else table_text(header, rows)


def columns_text(answer: "pa.Table", form: str) -> str:
    """Return an Arrow table as `table`, `csv` or `json`; only the last keeps numbers apart from text."""
    if form == "json":
        return json_text(answer.to_pylist())
    cut = DATA if form == "table" else ""
    rows = [["" if cell is None else _short(cell, cut) for cell in row.values()] for row in answer.to_pylist()]
    return rows_text(answer.column_names, rows, form)


def difference_text(difference: "Difference", form: str) -> str:
    """Return the changed claims between two builds as `table` (with a summary), `csv` or `json`."""
    columns = ["change", "source", "class", "claim", "before", "after"]
    if form == "json":
        rows = [dict(zip(columns, change, strict=True)) for change in difference.changes]
        gone = {"lost": difference.lost, "moved": difference.moved}
        return json_text({"changes": rows, **gone, "renumbered": difference.renumbered})
    if form == "csv":
        return csv_text(columns, difference.changes)
    changes = [[*change[:3], data_name(change.claim), *change[4:]] for change in difference.changes]
    renumbered = ""
    if difference.renumbered:
        renumbered = f"\nthe same under another id: {counted(difference.renumbered, 'claim')}"
    if not changes:
        few = "" if any(difference.claims) else " (neither graph holds any)"
        others = "" if difference.same else "; other statements do: --format patch lists them"
        return f"no claim differs{few}{others}{renumbered}"
    counts = [[*row[:2], *map(str, row[2:])] for row in difference.counts()]
    summary = table_text(["source", "class", "added", "removed", "changed"], counts)
    return f"{summary}{renumbered}\n\n{table_text(columns, changes)}"


def _short(cell: object, cut: str) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).removeprefix(cut)


def table_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table that fits the terminal; as records if a narrow terminal would break its words."""
    if not header:
        return "(nothing)"
    cells = [[visible(cell) for cell in row] for row in rows]
    columns = list(zip(header, *cells, strict=True))
    terminal = get_terminal_size((0, 0)).columns  # 0 where the output is no terminal
    widths = _widths([max(map(len, column)) for column in columns], max(terminal or _WIDE, _NARROWEST))
    if rows and 0 < terminal < _WIDE and not all(map(_is_readable, columns, widths)):
        return "\n".join(_record_text(header, row) for row in cells)
    return _aligned(header, cells, widths)


def _is_readable(column: Sequence[str], width: int) -> bool:
    """Tell whether a column of a width shows its words unbroken, and is not too thin.

    >>> _is_readable(["source", "oas-cim-2005"], 12), _is_readable(["source", "oas-cim-2005"], 11)
    (True, False)
    """
    longest = max(len(word) for cell in column for word in cell.split() or [""])
    return width >= max(longest, min(max(map(len, column)), _READABLE))


def _record_text(header: Sequence[str], row: Sequence[str]) -> str:
    """Return a row as a line for each cell, and an empty line after them."""
    return "".join(f"{name}: {' '.join(cell.split())}".rstrip() + "\n" for name, cell in zip(header, row, strict=True))


def _aligned(header: Sequence[str], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """Return cells below each other in columns of some widths."""
    from prettytable import HRuleStyle, PrettyTable, VRuleStyle

    table = PrettyTable(list(header), align="l", valign="t")
    table.add_rows([list(row) for row in cells])
    table.max_width = dict(zip(header, widths, strict=True))
    table.hrules, table.vrules, table.left_padding_width = HRuleStyle.HEADER, VRuleStyle.NONE, 0
    table.right_padding_width = 2
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
    return f"0 {noun}s. No source in this graph reports this; absence is not evidence of absence."


def _widths(natural: Sequence[int], terminal: int) -> list[int]:
    """Share the width of the terminal: narrow columns get their own width, wide ones equal shares of the rest."""
    left = terminal - 3 * len(natural) - 1
    widths = [0] * len(natural)
    for rank, index in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        widths[index] = max(min(natural[index], left // (len(natural) - rank)), 4)
        left -= widths[index]
    return widths
