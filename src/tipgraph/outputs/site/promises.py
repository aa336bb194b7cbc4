"""The page of promises: what was planned, proposed, asked for or pledged, and what sources report of it.

Decision: docs/decisions/0134-a-promise-is-a-plan-with-its-reports.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from tipgraph.display import ClaimView, answer_view, marked
from tipgraph.graph import Graph, Query
from tipgraph.model import data_name, term_words
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import Site

PATH: Final = "promises.html"
_MOST = 200  # promises shown on the page
_RESULTS = frozenset({  # all others are steps on the way
    "outcome", "resultOf", "publication-state-adopted", "publication-state-presented", "publication-state-released",
    "publication-state-sent",
})  # fmt: skip
_STOPPED = frozenset({"status-cancelled", "status-suspended"})
NO_FUNDER, NO_COUNTRY = marked("No funder named for it"), marked("No country named for it")


@dataclass
class Promise:
    """An entry that is planned, or money that is promised for it, and the claims about each of its steps by their keys.

    `announced` is the earliest date of the sources that announce it. `others` counts the other sources that mention it.
    `dated` tells whether a source names a time for it.
    """

    iri: str
    label: str
    is_money: bool
    others: int
    dated: bool = False
    announced: str = ""
    plans: list[ClaimView] = field(default_factory=list)
    under_way: list[ClaimView] = field(default_factory=list)
    results: list[ClaimView] = field(default_factory=list)
    stopped: bool = False
    funders: dict[str, tuple[str, list[ClaimView]]] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The anchor of the promise on the page."""
        return f"{'money' if self.is_money else 'plan'}-{data_name(self.iri)}"


@dataclass
class PromiseTally:
    """The promises of one funder or country; the IRI is empty where no source names one."""

    iri: str
    label: str
    promises: list[Promise] = field(default_factory=list)

    @property
    def under_way(self) -> int:
        """The number of promises that a source reports under way, held or done."""
        return sum(bool(promise.under_way) and not promise.stopped for promise in self.promises)

    @property
    def results(self) -> int:
        """The number of promises with a reported result."""
        return sum(bool(promise.results) for promise in self.promises)

    @property
    def unmentioned(self) -> int:
        """The number of promises that one source alone mentions, and reports no step of."""
        return sum(not (promise.others or promise.under_way or promise.results) for promise in self.promises)


def write(site: Site, promises: Sequence[Promise]) -> None:
    """Write `promises.html`."""
    by_country = _tallies(promises, lambda promise: promise.countries, site.words(NO_COUNTRY))
    by_funder = _tallies(
        promises,
        lambda promise: {iri: label for iri, (label, _) in promise.funders.items()},
        site.words(NO_FUNDER),
    )
    site.write(
        PATH,
        PATH,
        whole=PromiseTally("", "", [*promises]),
        by_funder=by_funder,
        by_country=by_country,
        most=_MOST,
    )


def gathered(graph: Graph, claims: Claims, language: str) -> list[Promise]:
    """Return the promises of a graph with the claims of their steps: by their dates, and those without one last."""
    answer = Query.find("promises").run(graph, language=language)
    issued = {data_name(row["source"].value): row["issued"] for row in graph.named("sources")}
    promises: dict[tuple[str, bool], Promise] = {}
    for row in answer_view(answer, language).rows:
        cells = dict(zip(answer.columns, row.cells, strict=True))
        is_money = cells["state"].iri.rpartition("#")[2].startswith("money-kind-")
        others = int(cells["other_sources"].text)
        key = cells["what"].iri, is_money
        promise = promises.setdefault(key, Promise(key[0], cells["what"].words, is_money, others))
        views = {name: claims.of([data_name(cells[name].iri)]) for name in ("claim", "claimReached", "claimFunding")}
        _add(promise.plans, views["claim"])
        promise.dated = promise.dated or bool(cells["date"].words)
        _reach(promise, cells["reached"].iri.rpartition("#")[2], views["claimReached"])
        if cells["giver"].iri:
            _, payments = promise.funders.setdefault(cells["giver"].iri, (cells["giver"].words, []))
            _add(payments, views["claimFunding"] or views["claim"])
        place = cells["country"] if cells["country"].iri else cells["place"]
        if place.iri:
            promise.countries[place.iri] = place.words
    for promise in promises.values():
        dates = [issued.get(citation.source) for view in promise.plans for citation in view.citations]
        first = min((date for date in dates if date is not None), key=lambda date: date.value, default=None)
        promise.announced = term_words(first, language, in_sentence=True).text
    return sorted(promises.values(), key=lambda promise: not promise.dated)


def _reach(promise: Promise, step: str, views: list[ClaimView]) -> None:
    """Add the claims about a step, which is a code or a property, to the steps of a promise."""
    _add(promise.results if step in _RESULTS else promise.under_way, views)
    promise.stopped = promise.stopped or step in _STOPPED


def _add(views: list[ClaimView], more: Iterable[ClaimView]) -> None:
    views += [view for view in more if view not in views]


def _tallies(
    promises: Iterable[Promise], entries_of: Callable[[Promise], Mapping[str, str]], otherwise: str
) -> list[PromiseTally]:
    """Return promises by their entries, which `entries_of` gives with labels; those without an entry are the last."""
    tallies: dict[str, PromiseTally] = {}
    for promise in promises:
        entries = entries_of(promise) or {"": otherwise}
        for iri, label in entries.items():
            tallies.setdefault(iri, PromiseTally(iri, label)).promises.append(promise)
    return sorted(tallies.values(), key=lambda tally: (not tally.iri, -len(tally.promises), tally.label.casefold()))
