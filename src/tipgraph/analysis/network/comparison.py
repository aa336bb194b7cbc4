"""Compare a measure with and without some sources: changed values and ranks, and ties that vanish."""

from typing import TYPE_CHECKING

from tipgraph.analysis.network.projection import edges_of
from tipgraph.analysis.network.ties import MeasureRow, MeasureTable, behind

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

GONE = "–"  # for no value, before or after


def knock_out(before: MeasureTable, after: MeasureTable, whole: "Network", rest: "Network") -> MeasureTable:
    """Compare a measure of a network with that of the rest of it.

    The rows are the things whose rank or value changes, in their former order, and then the ties that vanish, with
    their claims.
    """
    things = _changed(before, after)
    vanished = _vanished(whole, rest)
    same = len({row.name for row in before.rows} & {row.name for row in after.rows}) - sum(
        GONE not in row.values[3:] for row in things
    )
    notes = (
        f"{len(things)} change, {same} stay as they are; {len(vanished)} ties vanish",
        f"{GONE}: not in the result; things that only come or go with a value of 0 are left out",
    )
    value = before.columns[before.value]
    columns = ("what", "rank before", "rank after", f"{value} before", f"{value} after")
    return MeasureTable(("thing", "other"), columns, [*things, *vanished], notes, ranked=False)


def _changed(before: MeasureTable, after: MeasureTable) -> list[MeasureRow]:
    ranks, later_ranks = before.ranks(), after.ranks()
    values, later_values = before.measured(), after.measured()
    rows = {row.name: row for row in [*after.rows, *before.rows]}
    changed = []
    for name in dict.fromkeys(row.name for row in [*before.rows, *after.rows]):
        was, now = values.get(name, GONE), later_values.get(name, GONE)
        shown = ranks.get(name, GONE), later_ranks.get(name, GONE), was, now
        if shown[0] == shown[1] and was == now:
            continue
        if {was, now} in ({0, GONE}, {0.0, GONE}):
            continue
        row = rows[name]
        what = "changes" if row.things else f"changes: {' '.join(row.key)}"
        changed.append(MeasureRow(row.things, (what, *shown), row.claims, row.said_at))
    return changed


def _vanished(whole: "Network", rest: "Network") -> list[MeasureRow]:
    def by_ends(network: "Network") -> dict[tuple[str, str], list[dict[str, object]]]:
        found: dict[tuple[str, str], list[dict[str, object]]] = {}
        for start, end, _, data in edges_of(network):
            found.setdefault((start, end), []).append(data)
        return found

    left = by_ends(rest)
    gone = {ends: data for ends, data in sorted(by_ends(whole).items()) if ends not in left}
    return [MeasureRow(ends, ("tie vanishes", GONE, GONE, GONE, GONE), *behind(data)) for ends, data in gone.items()]
