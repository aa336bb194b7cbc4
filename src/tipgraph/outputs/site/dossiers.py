"""A dossier for each of the most connected actors and places, to print or send.

A dossier is the page of an entry in one or two printed pages, more for the most connected: its known amounts by year,
and its claims in short lines, each with footnotes to the sentences of the sources.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode

from tipgraph.analysis import claims_of, independent, is_reviewed
from tipgraph.display import ClaimView, ContradictionView, marked
from tipgraph.model import data_name, kit, terms, tip
from tipgraph.outputs.site.claims import Claims, ClaimTotals, Network, PlaceLink, grouped
from tipgraph.outputs.site.labels import acronyms
from tipgraph.outputs.site.money import MoneySums, money_words
from tipgraph.outputs.site.promises import Promise
from tipgraph.outputs.site.sources import SourcePage
from tipgraph.outputs.site.things import EntryTie, NumbersSection, Thing, telling, ties

_MOST, _LEAST = 75, 3  # dossiers on a site; claims of an actor or place that has one, besides its names
_WORK, _OTHER = marked("Projects and events"), marked("Other links")
_LINKS = {  # headings of links by the class of their claims; money, routes and names have sections of their own
    "Affiliation": marked("Affiliation"),
    "Partnership": marked("Partners"),
    "Participation": _WORK,
    "UndertakingReport": _WORK,
}
_DAYS = (tip.judged, tip.retrieved)


class Footnotes:
    """The footnotes of a dossier: places of its claims, numbered in the order in which it first cites them."""

    def __init__(self, claims: Claims) -> None:
        """Begin without any."""
        self._claims, self.places = claims, dict[str, tuple[int, PlaceLink]]()

    def of(self, views: Iterable[ClaimView]) -> list[int]:
        """Return the numbers of the footnotes of claims, new ones with the next numbers."""
        links = self._claims.links_of(views)
        return sorted({self.places.setdefault(link.label, (len(self.places) + 1, link))[0] for link in links})

    def by_source(self) -> dict[str, list[tuple[int, PlaceLink]]]:
        """Return the numbers and places by the names of their sources."""
        return grouped(self.places.values(), lambda place: [place[1].source])


def paths(things: Iterable[Thing], page_of: Callable[[str], str]) -> dict[str, str]:
    """Return the path of each dossier by the IRI of its entry: the actors and places with most claims."""
    fitting = [thing for thing in things if thing.type in ("Actor", "Place") and thing.claims >= _LEAST]
    fitting.sort(key=lambda thing: (-thing.claims, thing.iri))
    return {thing.iri: page_of(thing.iri).replace("thing/", "dossier/", 1) for thing in fitting[:_MOST]}


def write(
    claims: Claims,
    things: Iterable[Thing],
    dossiers: Mapping[str, str],
    network: Network,
    numbers: Mapping[str, NumbersSection],
    promises: Sequence[Promise],
    sources: Iterable[SourcePage],
    sums: MoneySums,
) -> None:
    """Write the dossiers; `dossiers` has their paths, `network` the links of all claims."""
    graph, site, known = claims.graph, claims.site, {thing.iri: thing for thing in things}
    short = acronyms({iri: known[iri].label for iri in dossiers}, {iri: known[iri].aliases for iri in dossiers})
    by_name = {source.name: source for source in sources}
    days = [row["date"].value for row in graph.named("dates") if row["property"].value in _DAYS]
    shared = {
        "sources": by_name,
        "as_of": max(days, default=""),
        "digest": graph.digest,
        "version": kit.VERSION,
    }
    for iri, path in dossiers.items():
        own = ClaimTotals([view for view in claims.about(iri) if view.is_counted])
        kinds = (trait for trait in known[iri].traits[1:] if isinstance(trait.term, NamedNode))
        content = {
            "thing": known[iri],
            "acronym": short.get(iri, ""),
            "kinds": [f"{trait.name}: {trait.words}" for trait in kinds],
            "links": _by_heading(claims, known, ties(network, known, iri, site.language)),
            **_claims(claims, own, numbers.get(iri), promises, by_name),
            "telling": telling(iri, own.views),
            "bars": _bars(sums.years.get(iri, [])),
            "footnotes": Footnotes(claims),
        }
        site.write(path, "dossier.html", **content, **shared)


def _claims(
    claims: Claims,
    own: ClaimTotals,
    numbers: NumbersSection | None,
    promises: Iterable[Promise],
    sources: Mapping[str, SourcePage],
) -> dict[str, Any]:
    """Return the claims about an entry: all, those of money and of routes, contradictions, and promises without a step.

    Reviewed claims come first. A contradiction stands once, with both claims. `issued` has the first and the last year
    of their sources, if all have one; `lacking` the numbers of payments without an amount or a date.
    """
    issued = sorted(sources[name].settings.get("issued", "")[:4] for name in own.sources)
    counted = {view.key for view in numbers.claims} if numbers else set()
    by_class = grouped(
        sorted(own.views, key=lambda view: (view.remark.unreviewed, not view.values.get("amount"))),
        lambda view: [terms.short(view.cls.value)],
    )
    near = {entry for view in own.views for entry, _ in claims.entries(view.key)}
    money = by_class.get("Funding", [])
    return {
        "own": own,
        "issued": sorted({*issued[:1], *issued[-1:]}) if all(issued) else [],
        "classes": by_class.keys(),
        "money": money,
        "lacking": {name: sum(not view.values.get(name) for view in money) for name in ("amount", "date")},
        "routes": [view for view in by_class.get("RouteReport", []) if view.key not in counted],
        "numbers": numbers,
        "pairs": _contradictions(own.views),
        "promises": [one for one in promises if one.iri in near and not (one.under_way or one.results)],
    }


def _bars(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    """Return the known amounts of an entry by role, kind and currency: for each year or period, a bar of some percent.

    The longest bar is the largest amount of its role, kind and currency; nothing is added up beyond these.
    """
    found = grouped(
        ((row, currency) for row in rows for currency in row["amounts"]),
        lambda item: [(item[0]["role"], item[0]["kind"], item[1])],
    )
    bars = {}
    for key, items in found.items():
        own = sorted((row["years"], row["amounts"][currency], row["notes"]) for row, currency in items)
        most = max(abs(amount) for _, amount, _ in own) or 1
        bars[key] = [
            {"years": years, "amount": money_words(key[2], amount), "share": 100 * abs(amount) / most, "notes": notes}
            for years, amount, notes in own
        ]
    return bars


def _contradictions(views: Iterable[ClaimView]) -> list[tuple[ContradictionView, list[ClaimView]]]:
    """Return each contradiction of claims once, with both claims."""
    pairs: dict[frozenset[str], tuple[ContradictionView, list[ClaimView]]] = {}
    for view in views:
        for found in view.contradictions:
            pairs.setdefault(frozenset({view.key, found.other.key}), (found, [view, found.other]))
    return list(pairs.values())


def _by_heading(
    claims: Claims, known: Mapping[str, Thing], links: Iterable[EntryTie]
) -> dict[str, list[tuple[str, bool, list[dict[str, Any]]]]]:
    """Return links by heading: those by one relation in one line, reviewed lines first, then stated ones.

    A line has the relation, whether it leads into the entry, and the entries at its other end, each with the claims and
    how many of these are independent.
    """

    def order(line: Sequence[EntryTie]) -> tuple[object, ...]:
        reviewed = any(is_reviewed(link.data) for link in line)
        stated = any(link.data["modality"] == "stated" for link in line)
        return not reviewed, not stated, -len({link.other for link in line}), line[0].words, line[0].into

    def ends(line: Sequence[EntryTie]) -> list[dict[str, Any]]:
        found = [
            {
                "iri": iri,
                "label": known[iri].label,
                "times": independent([link.data for link in own]),
                "views": claims.of(data_name(claim) for link in own for claim in claims_of(link.data)),
            }
            for iri, own in grouped(line, lambda link: [link.other]).items()
        ]
        return sorted(found, key=lambda end: (-end["times"], end["label"].casefold()))

    found = (link for link in links if link.data["class"] not in ("Funding", "RouteReport"))
    by_heading = grouped(found, lambda link: [_LINKS.get(link.data["class"], _OTHER)])
    lines = {name: grouped(own, lambda link: [(link.words, link.into)]).values() for name, own in by_heading.items()}
    return {
        name: [(line[0].words, line[0].into, ends(line)) for line in sorted(lines[name], key=order)]
        for name in dict.fromkeys([*_LINKS.values(), _OTHER]) if name in lines
    }  # fmt: skip
