"""Plain rows as a table, CSV or JSON."""

from collections.abc import Sequence
from shutil import get_terminal_size

from tipgraph.hostile import neutral, visible


def rows_text(header: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> str:
    """Return plain rows as `table`, `csv` or `json`."""
    if form == "json":
        return json_text([dict(zip(header, row, strict=True)) for row in rows])
    return csv_text(header, rows) if form == "csv" else table_text(header, rows)


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
