"""The status, dates and kind that claims without their own take from the reports of their undertakings.

Decision: docs/decisions/0041-a-claim-inherits-dates-and-status.md.
"""

from typing import NamedTuple

import numpy as np

from tipgraph.analysis.network.columns import Cells, ClaimColumns, Mask, Numbers, ValueColumn, spread
from tipgraph.model import tip

DATES = {"date": tip.date, "earliest": tip.earliest, "latest": tip.latest}


class Reports(NamedTuple):
    """The reports of undertakings, the sources of them, and which of them count."""

    claims: ClaimColumns
    source: ValueColumn
    counted: Mask


class Inherited(NamedTuple):
    """The values that rows may take from reports, and the rows in which no report states one of the values."""

    values: ValueColumn
    concluded: Mask


def inherited(reports: Reports, about: Cells, source: ValueColumn) -> dict[str, Inherited]:
    """Return the reported values of the undertakings of each row: `status`, `date`, `earliest`, `latest` and `kind`.

    A source's own status or dates of an undertaking go before those of others. An open end leaves the end open.
    """
    reader = _ReportReader(reports, about, source)
    return {
        "status": reader.every(tip.status, own_first=True),
        "earliest": reader.bound(tip.earliest, 0),
        "latest": reader.bound(tip.latest, -1),
        "date": reader.only(tip.date),
        "kind": reader.every(tip.undertakingKind, own_first=False),
    }


class _Distinct(NamedTuple):
    """The distinct values for each group of rows, in order ("" first), and which of them a report states."""

    cells: Cells
    stated: Mask


class _ReportReader:
    """Reads reports once for all rows with the same undertakings and, if it reports on them, the same source."""

    def __init__(self, reports: Reports, about: Cells, source: ValueColumn) -> None:
        self._claims = reports.claims
        self._stated = reports.claims[tip.modality].first.where("stated".__eq__)
        self._dated = np.any([reports.claims[name].counts > 0 for name in DATES.values()], axis=0)
        named, known = _of_undertakings(reports), reports.claims[tip.undertaking].values
        place = {iri: number for number, iri in enumerate(known)}
        undertaking = np.array([place.get(iri, len(known)) for iri in about.values], np.int64)[about.codes]
        own, theirs = np.split(ValueColumn.joined([source, reports.source]).codes, [len(source.codes)])
        # A pair of a source and an undertaking, and a pair of undertakings and a source, are numbers each.
        reported = len(named.ends) * theirs[named.codes] + named.rows
        is_own = np.isin(len(named.ends) * own[about.rows] + undertaking, reported)
        reports_itself = np.bincount(about.rows[is_own], minlength=len(own)) > 0
        key = (about.texts(" ").codes + 1) * (own.max(initial=0) + 2) + np.where(reports_itself, own + 1, 0)
        _, first, self._group = np.unique(key, return_index=True, return_inverse=True)
        self._size = len(first)
        groups = Cells(about.ends, undertaking, ()).take(first)
        self._group_of = groups.rows  # the group of each item, an undertaking of a group
        counts = named.counts[groups.codes]
        self._item = np.repeat(np.arange(len(counts)), counts)  # of each report of an item
        self._report = named.codes[spread(named.ends[groups.codes], counts)]
        self._own = theirs[self._report] == own[first][self._group_of[self._item]]

    def every(self, name: str, *, own_first: bool) -> Inherited:
        """Return all values of a property."""
        distinct = self._distinct(name, self._claims[name].counts > 0, own_first=own_first)
        unstated = np.bincount(distinct.cells.rows[~distinct.stated], minlength=self._size) > 0
        return self._spread_over_rows(distinct.cells.texts(" "), unstated)

    def bound(self, name: str, at: int) -> Inherited:
        """Return the first or the last value of a property of dates, unless one is open."""
        distinct = self._distinct(name, self._dated, own_first=True, gaps=True)
        return self._chosen(distinct, distinct.cells.ends[:-1] if at == 0 else distinct.cells.ends[1:] - 1)

    def only(self, name: str) -> Inherited:
        """Return the value of a property of dates if there is one only."""
        distinct = self._distinct(name, self._dated, own_first=True, gaps=True)
        return self._chosen(distinct, np.where(distinct.cells.counts == 1, distinct.cells.ends[:-1], -1))

    def _distinct(self, name: str, has: Mask, *, own_first: bool, gaps: bool = False) -> _Distinct:
        """Return the values in reports that have any; with `gaps`, "" is one that is open or not reported."""
        cells, items = self._claims[name], len(self._group_of)
        used = has[self._report]
        if own_first:
            used &= self._own | (np.bincount(self._item[used & self._own], minlength=items) == 0)[self._item]
        item, report = self._item[used], self._report[used]
        counts = cells.counts[report]
        texts = sorted({"", *cells.values})
        place = {text: at for at, text in enumerate(texts)}
        rank = np.array([place[text] for text in cells.values], np.int64)
        value = rank[cells.codes[spread(cells.ends[report], counts)]]
        group, stated = self._group_of[np.repeat(item, counts)], np.repeat(self._stated[report], counts)
        if gaps:
            silent = np.flatnonzero(np.bincount(item, minlength=items) == 0)
            open_ = self._group_of[np.concatenate((item[counts == 0], silent))]
            group, value = np.concatenate((group, open_)), np.concatenate((value, np.zeros(len(open_), np.int64)))
            stated = np.concatenate((stated, np.zeros(len(open_), bool)))
        key, where = np.unique(group * len(texts) + value, return_inverse=True)
        ends = np.searchsorted(key, np.arange(self._size + 1) * len(texts))
        return _Distinct(Cells(ends, key % len(texts), texts), np.bincount(where, stated, len(key)) > 0)

    def _chosen(self, distinct: _Distinct, at: Numbers) -> Inherited:
        """Return one value of each group, by its place; none where a value is missing or open."""
        codes = np.append(distinct.cells.codes, 0)
        known = (distinct.cells.counts > 0) & (codes[distinct.cells.ends[:-1]] > 0) & (at >= 0)
        chosen = ValueColumn(np.where(known, codes[at], -1), distinct.cells.values)
        return self._spread_over_rows(chosen, ~np.append(distinct.stated, True)[at])

    def _spread_over_rows(self, values: ValueColumn, concluded: Mask) -> Inherited:
        return Inherited(values.take(self._group), concluded[self._group])


def _of_undertakings(reports: Reports) -> Cells:
    """Return the reports that count of each undertaking, and none in one row more."""
    cells = reports.claims[tip.undertaking]
    kept = np.flatnonzero(reports.counted[cells.rows])
    order = kept[np.argsort(cells.codes[kept], kind="stable")]
    ends = np.searchsorted(cells.codes[order], np.arange(len(cells.values) + 2))
    return Cells(ends, cells.rows[order], ())
