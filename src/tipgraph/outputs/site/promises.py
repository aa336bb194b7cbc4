"""The page of promises: what was planned, proposed, asked for or pledged, and what sources report of it.

Decision: docs/decisions/0134-a-promise-is-a-plan-with-its-reports.md.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from pyoxigraph import Literal

from tipgraph.display import Cell, ClaimView, answer_view, marked
from tipgraph.graph import Graph, Query
from tipgraph.model import data_name, term_words
from tipgraph.outputs.site.claim_groups import ClaimTotals, grouped
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import Site

PATH: Final = "promises.html"
_RESULTS = frozenset({  # all others are steps on the way
    "outcome", "resultOf", "publication-state-adopted", "publication-state-presented", "publication-state-released",
    "publication-state-sent",
})  # fmt: skip
_STOPPED = frozenset({"status-cancelled", "status-suspended"})
NO_FUNDER, NO_COUNTRY = marked("No funder named for it"), marked("No country named for it")


@dataclass(frozen=True)
class Promise:
    """An entry that is planned, or money that is promised for it, and the claims about each of its steps.

    `announced` is the earliest date of the sources that announce it. `others` counts the other sources that mention it.
    `dated` tells whether a source names a time for it. By the IRIs of `funders` are their labels and payments, by those
    of `countries` their labels.
    """

    iri: str
    label: str
    is_money: bool
    others: int
    dated: bool
    announced: str
    plans: list[ClaimView]
    under_way: list[ClaimView]
    results: list[ClaimView]
    stopped: bool
    funders: dict[str, tuple[str, list[ClaimView]]]
    countries: dict[str, str]

    @property
    def anchor(self) -> str:
        """The anchor of the promise on the page."""
        return f"{'money' if self.is_money else 'plan'}-{data_name(self.iri)}"

    @property
    def wholes(self) -> list[str]:
        """The entries that it is a part of, as those say who announce it; of money, the entry that it is for."""
        return [self.iri] if self.is_money else [iri for view in self.plans for iri in view.nodes.get("partOf", ())]


class NestedPromise(NamedTuple):
    """A promise below the promise of its whole, if there is one: how deep it is, and the label of the whole."""

    promise: Promise
    depth: int
    whole: str


def write(site: Site, graph: Graph, promises: Sequence[Promise]) -> None:
    """Write `promises.html`."""
    every = nested(promises)
    by_country = grouped(promises, lambda promise: promise.countries.items() or [("", site.words(NO_COUNTRY))])
    by_funder = grouped(
        promises,
        lambda promise: [(iri, label) for iri, (label, _) in promise.funders.items()] or [("", site.words(NO_FUNDER))],
    )
    site.write(
        PATH,
        PATH,
        whole=_tally("", "", promises),
        nested=every,
        main=_main_source(graph, promises, site.language),
        by_funder=_tallies(by_funder),
        by_country=_tallies(by_country),
    )


def _tallies(groups: Mapping[tuple[str, str], Sequence[Promise]]) -> list[dict[str, Any]]:
    """Return the counts of promises by the IRI and label of a funder or country; those without one are the last."""
    ordered = sorted(groups.items(), key=lambda group: (not group[0][0], -len(group[1]), group[0][1].casefold()))
    return [_tally(iri, label, own) for (iri, label), own in ordered]


def _tally(iri: str, label: str, promises: Sequence[Promise]) -> dict[str, Any]:
    """Return promises with the counts of those under way, with a result, and never mentioned again."""
    return {
        "iri": iri,
        "label": label,
        "promises": promises,
        "under_way": sum(bool(promise.under_way) and not promise.stopped for promise in promises),
        "results": sum(bool(promise.results) for promise in promises),
        "unmentioned": sum(not (promise.others or promise.under_way or promise.results) for promise in promises),
    }


def nested(promises: Iterable[Promise]) -> list[NestedPromise]:
    """Return promises in order, the parts of a promise below it; of entries that are parts of each other, all are."""
    listed = list(promises)
    plans = {promise.iri: promise for promise in listed if not promise.is_money}
    above = {
        promise.anchor: next((plans[iri] for iri in promise.wholes if plans.get(iri, promise) is not promise), None)
        for promise in listed
    }
    parts = grouped(listed, lambda promise: [whole.anchor if (whole := above[promise.anchor]) else ""])
    placed: dict[str, NestedPromise] = {}

    def place(promise: Promise, depth: int, whole: str) -> None:
        if promise.anchor not in placed:
            placed[promise.anchor] = NestedPromise(promise, depth, whole)
            for part in parts.get(promise.anchor, []):
                place(part, depth + 1, promise.label)

    for promise in [*parts.get("", []), *listed]:
        place(promise, 0, "")
    return list(placed.values())


def _main_source(graph: Graph, promises: Sequence[Promise], language: str) -> dict[str, Any] | None:
    """Return the source that announces most promises, if it announces more than half of several."""
    counts = Counter(source for promise in promises for source in ClaimTotals(promise.plans).sources)
    for row in graph.named("sources"):
        number = counts[data_name(row["source"].value)]
        if number > max(len(promises) / 2, 1):
            issued = term_words(row["issued"], language, in_sentence=True).text
            return {
                "iri": row["source"].value,
                "title": row["title"].value,
                "issued": issued,
                "promises": number,
            }
    return None


def gathered(graph: Graph, claims: Claims, language: str) -> list[Promise]:
    """Return the promises of a graph with the claims of their steps: by their dates, and those without one last."""
    answer = Query.find("promises").run(graph, language=language)
    rows = [dict(zip(answer.columns, row.cells, strict=True)) for row in answer_view(answer, language).rows]
    issued = {data_name(row["source"].value): row["issued"] for row in graph.named("sources") if row["issued"]}
    by_entry = grouped(rows, lambda cells: [(cells["what"].iri, _code(cells["state"]).startswith("money-kind-"))])
    promises = [_promise(own, claims, issued, language, is_money=is_money) for (_, is_money), own in by_entry.items()]
    return sorted(promises, key=lambda promise: not promise.dated)


def _promise(
    rows: Sequence[Mapping[str, Cell]],
    claims: Claims,
    issued: Mapping[str, Literal],
    language: str,
    *,
    is_money: bool,
) -> Promise:
    """Return the promise of some rows of the question `promises`."""

    def views(rows: Iterable[Mapping[str, Cell]], *columns: str) -> list[ClaimView]:
        """Return the claims of rows: of each that of the first column that has one."""
        return claims.of(data_name(next((row[name].iri for name in columns if row[name].iri), "")) for row in rows)

    reached = grouped(rows, lambda row: [_code(row["reached"]) in _RESULTS])
    plans = views(rows, "claim")
    dates = (issued[source] for source in ClaimTotals(plans).sources if source in issued)
    first = min(dates, key=lambda date: date.value, default=None)
    funders = grouped(rows, lambda row: [(row["giver"].iri, row["giver"].words)])
    places = [row["country"] if row["country"].iri else row["place"] for row in rows]
    return Promise(
        rows[0]["what"].iri,
        rows[0]["what"].words,
        is_money,
        int(rows[0]["other_sources"].text),
        any(row["date"].words for row in rows),
        term_words(first, language, in_sentence=True).text,
        plans,
        views(reached.get(False, []), "claimReached"),
        views(reached.get(True, []), "claimReached"),
        any(_code(row["reached"]) in _STOPPED for row in rows),
        {iri: (label, views(own, "claimFunding", "claim")) for (iri, label), own in funders.items() if iri},
        {place.iri: place.words for place in places if place.iri},
    )


def _code(cell: Cell) -> str:
    """Return the notation of a code, or the name of a property."""
    return cell.iri.rpartition("#")[2]
