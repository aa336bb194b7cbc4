"""The page of promises: what was planned, proposed, asked for or pledged, and what sources report of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from tipgraph.display import Cell, ClaimView, answer_view
from tipgraph.graph import Graph, Query
from tipgraph.model import DATA, data_name, term_words
from tipgraph.outputs.site.claims import Claims, ClaimTotals, grouped
from tipgraph.outputs.site.labels import issuer

_Row: TypeAlias = Mapping[str, Cell]

_RESULTS = frozenset({  # all others are steps on the way
    "outcome", "resultOf", "publication-state-adopted", "publication-state-presented", "publication-state-released",
    "publication-state-sent",
})  # fmt: skip
_STOPPED = frozenset({"status-cancelled", "status-suspended"})


@dataclass(frozen=True)
class Promise:
    """An entry that is planned, or money that is promised for it, and the claims about each of its steps.

    `announced` is the earliest date of the sources that announce it, `by` who issued that source; `later` counts the
    documents since then that were read, `others` the other sources that mention it. By the IRIs of `funders` are their
    labels and payments, by those of `countries` their labels.
    """

    iri: str
    label: str
    is_money: bool
    others: int
    announced: str
    by: str
    later: int
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


def context(claims: Claims, promises: Sequence[Promise]) -> dict[str, Any]:
    """Return what `promises.html` shows; `main` is the source that announces most promises."""
    counts = Counter(source for promise in promises for source in ClaimTotals(promise.plans).sources)
    source, number = max(counts.items(), key=lambda count: count[1], default=("", 0))
    date = _Issued(claims.graph).first([source], claims.site.language)[0]
    return {
        "promises": promises,
        "nested": nested(promises),
        "main": {"iri": DATA + source, "name": source, "issued": date, "n": number},
        "by_funder": _by(promises, lambda promise: [(iri, label) for iri, (label, _) in promise.funders.items()]),
        "by_country": _by(promises, lambda promise: promise.countries.items()),
    }


def _by(
    promises: Iterable[Promise], ends: Callable[[Promise], Iterable[tuple[str, str]]]
) -> list[tuple[tuple[str, str], list[Promise]]]:
    """Return promises by the IRIs and labels of their funders or countries; those without one are the last."""
    groups = grouped(promises, lambda promise: ends(promise) or [("", "")])
    return sorted(groups.items(), key=lambda group: (not group[0][0], -len(group[1]), group[0][1].casefold()))


def nested(promises: Sequence[Promise]) -> list[NestedPromise]:
    """Return promises in order, the parts of a promise below it; of entries that are parts of each other, all are."""
    plans = {promise.iri: promise for promise in promises if not promise.is_money}

    def whole(promise: Promise) -> str:
        return next((plans[iri].anchor for iri in promise.wholes if plans.get(iri, promise) is not promise), "")

    parts = grouped(promises, lambda promise: [whole(promise)])
    placed: dict[str, NestedPromise] = {}

    def place(promise: Promise, depth: int, above: str) -> None:
        if promise.anchor not in placed:
            placed[promise.anchor] = NestedPromise(promise, depth, above)
            for part in parts.get(promise.anchor, []):
                place(part, depth + 1, promise.label)

    for promise in [*parts.get("", []), *promises]:
        place(promise, 0, "")
    return list(placed.values())


def gathered(claims: Claims) -> list[Promise]:
    """Return the promises of a graph with the claims of their steps: by their dates, and those without one last."""
    graph, language = claims.graph, claims.site.language
    answer = Query.find("promises").run(graph, language=language)
    rows = [dict(zip(answer.columns, row.cells, strict=True)) for row in answer_view(answer, language).rows]
    issued = _Issued(graph)
    by_entry = grouped(rows, lambda row: [(row["what"].iri, _code(row["state"]).startswith("money-kind-"))])
    in_order = sorted(by_entry.items(), key=lambda item: not any(row["date"].words for row in item[1]))
    return [_promise(own, claims, issued, language, is_money=is_money) for (_, is_money), own in in_order]


def _promise(rows: Sequence[_Row], claims: Claims, issued: "_Issued", language: str, *, is_money: bool) -> Promise:
    """Return the promise of some rows of the question `promises`."""

    def views(rows: Iterable[_Row], *columns: str) -> list[ClaimView]:
        """Return the claims of rows: of each that of the first column that has one."""
        return claims.of(data_name(next((row[name].iri for name in columns if row[name].iri), "")) for row in rows)

    plans = views(rows, "claim")
    announced, by, later = issued.first(ClaimTotals(plans).sources, language)
    reached = grouped(rows, lambda row: [_code(row["reached"]) in _RESULTS])
    funders = grouped(rows, lambda row: [(row["giver"].iri, row["giver"].words)])
    places = [row["country"] if row["country"].iri else row["place"] for row in rows]
    return Promise(
        rows[0]["what"].iri,
        rows[0]["what"].words,
        is_money,
        others=int(rows[0]["other_sources"].text),
        announced=announced,
        by=by,
        later=later,
        plans=plans,
        under_way=views(reached.get(False, []), "claimReached"),
        results=views(reached.get(True, []), "claimReached"),
        stopped=any(_code(row["reached"]) in _STOPPED for row in rows),
        funders={iri: (label, views(own, "claimFunding", "claim")) for (iri, label), own in funders.items() if iri},
        countries={place.iri: place.words for place in places if place.iri},
    )


class _Issued:
    """When the sources of a graph were issued, and by whom."""

    def __init__(self, graph: Graph) -> None:
        """Read the sources that have a date."""
        self._rows = {data_name(row["source"].value): row for row in graph.named("sources") if row["issued"]}
        by_rules = {row["source"] for row in graph.named("read-by-rules")}
        self._read = [
            row["issued"].value for row in self._rows.values() if row["sha256"] and row["source"] not in by_rules
        ]

    def first(self, sources: Iterable[str], language: str) -> tuple[str, str, int]:
        """Return the earliest date of sources in words, its issuer, and how many later documents a reader has read."""
        rows = [self._rows[source] for source in sources if source in self._rows]
        if not rows:
            return "", "", 0
        row = min(rows, key=lambda row: row["issued"].value)
        when = term_words(row["issued"], language, in_sentence=True).text
        return when, issuer(row, language)[0], sum(date > row["issued"].value for date in self._read)


def _code(cell: Cell) -> str:
    """Return the notation of a code, or the name of a property."""
    return cell.iri.rpartition("#")[2]
