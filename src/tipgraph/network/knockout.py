"""What a measure owes to some of its sources: the same measure without them, and the ties that vanish."""

from typing import TYPE_CHECKING

from tipgraph.network.projecting import edges_of
from tipgraph.network.tables import Row, Table
from tipgraph.network.ties import behind

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

GONE = "–"  # where a thing has no value, before or after


def knock_out(before: Table, after: Table, whole: "Network", rest: "Network") -> Table:
    """Compare a measure of a network with that of what is left of it.

    First the things whose rank or value changes, those that move farthest first; then the ties that vanish, with the
    claims that made them.
    """
    things = _changed(before, after)
    vanished = _vanished(whole, rest)
    same = len({row.name for row in before.rows} & {row.name for row in after.rows}) - sum(
        GONE not in row.values[3:] for row in things
    )
    notes = (f"{len(things)} change, {same} stay as they are; {len(vanished)} ties vanish",)
    value = before.columns[before.value]
    columns = ("what", "rank before", "rank after", f"{value} before", f"{value} after")
    return Table(("thing", "other"), columns, [*things, *vanished], notes, ranked=False)


def _changed(before: Table, after: Table) -> list[Row]:
    ranks, later_ranks = before.ranks(), after.ranks()
    values, later_values = before.measured(), after.measured()
    rows = {row.name: row for row in [*after.rows, *before.rows]}
    changed: list[tuple[float, Row]] = []
    for name in dict.fromkeys(row.name for row in [*before.rows, *after.rows]):
        was, now = ranks.get(name, GONE), later_ranks.get(name, GONE)
        if was == now and values.get(name) == later_values.get(name):
            continue
        moved = abs(was - now) if isinstance(was, int) and isinstance(now, int) else float("inf")
        row = rows[name]
        what = "changes" if row.things else f"changes: {' '.join(row.key)}"
        shown = (what, was, now, values.get(name, GONE), later_values.get(name, GONE))
        changed.append((-moved, Row(row.things, shown, row.claims, row.said_at)))
    return [row for _, row in sorted(changed, key=lambda pair: pair[0])]


def _vanished(whole: "Network", rest: "Network") -> list[Row]:
    def by_ends(network: "Network") -> dict[tuple[str, str], list[dict[str, object]]]:
        found: dict[tuple[str, str], list[dict[str, object]]] = {}
        for start, end, _, data in edges_of(network):
            found.setdefault((start, end), []).append(data)
        return found

    left = by_ends(rest)
    gone = {ends: data for ends, data in sorted(by_ends(whole).items()) if ends not in left}
    return [Row(ends, ("tie vanishes", GONE, GONE, GONE, GONE), *behind(data)) for ends, data in gone.items()]
