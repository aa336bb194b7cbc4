"""Compare a measure with and without some sources: changed values and ranks, and ties that vanish."""

from dataclasses import replace

from tipgraph.analysis.network.folds import Attributes, Network
from tipgraph.analysis.network.projection import edges_of
from tipgraph.analysis.network.ties import MeasureRow, MeasureTable, behind

GONE = "–"  # for no value, before or after


def knock_out(before: MeasureTable, after: MeasureTable, whole: Network, rest: Network) -> MeasureTable:
    """Compare a measure of a network with that of the rest of it.

    The rows are the things whose rank or value changes, in their former order, and then the ties that vanish, with
    their claims.
    """
    things, vanished = _changed(before, after), _vanished(whole, rest)
    both = before.measured().keys() & after.measured().keys()
    same = len(both) - sum(GONE not in row.values[3:] for row in things)
    notes = (
        f"{len(things)} change, {same} stay as they are; {len(vanished)} ties vanish",
        f"{GONE}: not in the result; things that only come or go with a value of 0 are left out",
    )
    value = before.columns[before.value]
    columns = ("what", "rank before", "rank after", f"{value} before", f"{value} after")
    return MeasureTable(("thing", "other"), columns, [*things, *vanished], notes, ranked=False)


def _changed(before: MeasureTable, after: MeasureTable) -> list[MeasureRow]:
    columns = before.ranks(), after.ranks(), before.measured(), after.measured()
    rows = {row.name: row for row in [*before.rows, *after.rows]} | {row.name: row for row in before.rows}
    changed = []
    for name, row in rows.items():
        rank, later_rank, was, now = shown = tuple(column.get(name, GONE) for column in columns)
        if (rank, was) != (later_rank, now) and {was, now} != {0, GONE}:
            what = "changes" if row.things else f"changes: {' '.join(row.key)}"
            changed.append(replace(row, values=(what, *shown), key=()))
    return changed


def _vanished(whole: Network, rest: Network) -> list[MeasureRow]:
    left = {edge[:2] for edge in edges_of(rest)}
    gone: dict[tuple[str, str], list[Attributes]] = {}
    for start, end, _, data in edges_of(whole):
        if (start, end) not in left:
            gone.setdefault((start, end), []).append(data)
    return [MeasureRow(ends, ("tie vanishes", *[GONE] * 4), *behind(data)) for ends, data in sorted(gone.items())]
