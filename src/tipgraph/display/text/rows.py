"""Plain rows as a table, CSV or JSON."""

from collections.abc import Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from tipgraph.model import DATA, data_name
from tipgraph.runtime import neutral, visible

if TYPE_CHECKING:
    import pyarrow as pa

    from tipgraph.pipeline import Difference


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


def difference_text(found: "Difference", form: str) -> str:
    """Return what differs between two builds, as `table` (with a summary), `csv` or `json` of the changed claims."""
    columns = ["change", "source", "class", "claim", "before", "after"]
    if form == "json":
        rows = [dict(zip(columns, one, strict=True)) for one in found.changes]
        return json_text({"changes": rows, "lost": found.lost})
    if form == "csv":
        return csv_text(columns, found.changes)
    changes = [[*one[:3], data_name(one.claim), *one[4:]] for one in found.changes]
    if not changes:
        few = "" if any(found.claims) else " (neither graph holds any)"
        return f"no claim differs{few}" + ("" if found.same else "; other statements do: --format patch lists them")
    counts = [[*row[:2], *map(str, row[2:])] for row in found.counts()]
    summary = table_text(["source", "class", "added", "removed", "changed"], counts)
    return f"{summary}\n\n{table_text(columns, changes)}"


def _short(cell: object, cut: str) -> str:
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell).removeprefix(cut)


def table_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a table that fits the terminal."""
    from prettytable import HRuleStyle, PrettyTable, VRuleStyle

    if not header:
        return "(nothing)"
    table = PrettyTable(list(header), align="l", valign="t")
    table.add_rows([[visible(cell) for cell in row] for row in rows])
    table.max_width = _widths([max(map(len, column)) for column in zip(header, *rows, strict=True)], header)
    table.hrules, table.vrules, table.left_padding_width = HRuleStyle.HEADER, VRuleStyle.NONE, 0
    table.right_padding_width = 2
    return "\n".join(line.rstrip() for line in table.get_string().splitlines() if line.strip())


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as CSV, no cell of which a spreadsheet runs."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().removesuffix("\n")


def json_text(found: object) -> str:
    """Return anything as JSON for people to read."""
    import json

    return json.dumps(found, ensure_ascii=False, indent=2)


def counted(number: int, noun: str = "row") -> str:
    """Say a number of things."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def _widths(natural: Sequence[int], header: Sequence[str]) -> dict[str, int]:
    """Share the width of the terminal: narrow columns get what they need, wide ones the same share of the rest."""
    left = max(get_terminal_size((120, 24)).columns, 60) - 3 * len(natural) - 1
    widths = {}
    for rank, index in enumerate(sorted(range(len(natural)), key=natural.__getitem__)):
        widths[header[index]] = max(min(natural[index], left // (len(natural) - rank)), 4)
        left -= widths[header[index]]
    return widths
