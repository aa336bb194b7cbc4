"""A dossier for each of the most connected actors and places, to print or send, and a card to embed elsewhere.

A dossier is the page of an entry in two to four printed pages: its claims in short lines, each with footnotes to the
sentences of the sources. A card is one file without script that asks nobody for anything.

Decision: docs/decisions/0135-a-dossier-is-a-page-of-its-own.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from pyoxigraph import NamedNode, QuerySolution

from tipgraph.analysis import claims_of, independent, is_reviewed
from tipgraph.display import ClaimView, ContradictionView, identities_of, marked
from tipgraph.graph import Graph
from tipgraph.model import data_name, kit, term_words, tip
from tipgraph.outputs.site import single_file
from tipgraph.outputs.site.claim_groups import EntryTie, by_review, grouped, own_claims, ties
from tipgraph.outputs.site.claims import Claims, PlaceLink
from tipgraph.outputs.site.labels import acronyms
from tipgraph.outputs.site.numbers import NumbersSection
from tipgraph.outputs.site.promises import Promise
from tipgraph.outputs.site.site_tree import Site, linked
from tipgraph.outputs.site.things import Thing

if TYPE_CHECKING:
    import networkx as nx

_MOST, _LEAST = 75, 3  # dossiers on a site; claims of an actor or place that has one, besides its names
_LINES, _TIES, _ENDS = 12, 8, 10  # claims of a section, relations of a section, entries of a relation
_STYLE = Path(__file__).parent / "web" / "static" / "card.css"
_MONEY, _ROUTES, _NUMBERS = marked("Money"), marked("Routes"), marked("Numbers")
_PARTNERS, _WORK, _OTHER = marked("Partners"), marked("Projects and events"), marked("Other links")
_LINKS = {  # headings of links by the class of their claims; money, routes and names have sections of their own
    "Affiliation": marked("Affiliation"),
    "Partnership": _PARTNERS,
    "Participation": _WORK,
    "UndertakingReport": _WORK,
}
_DAYS = frozenset({tip.judged, tip.retrieved})


def paths(claims: Claims, things: Iterable[Thing], page_of: Callable[[str], str]) -> dict[str, str]:
    """Return the path of each dossier by the IRI of its entry: the actors and places with most claims."""
    fitting = [
        thing for thing in things if thing.type in ("Actor", "Place") and own_claims(claims, thing.iri).number >= _LEAST
    ]
    chosen = sorted(fitting, key=lambda thing: (-thing.claims, thing.iri))[:_MOST]
    return {thing.iri: page_of(thing.iri).replace("thing/", "dossier/", 1) for thing in chosen}


def write(
    site: Site,
    graph: Graph,
    claims: Claims,
    things: Iterable[Thing],
    dossiers: Mapping[str, str],
    network: "nx.MultiDiGraph[str]",
    numbers: Mapping[str, NumbersSection],
    promises: Sequence[Promise],
) -> None:
    """Write the dossiers and cards; `dossiers` has their paths, `network` the links of all claims."""
    known = {thing.iri: thing for thing in things}
    traits = identities_of(graph, [NamedNode(iri) for iri in dossiers], site.language)
    short = acronyms({iri: known[iri].label for iri in dossiers}, {iri: _named(claims, iri) for iri in dossiers})
    shared = _of_graph(graph, site.language)
    for iri, path in dossiers.items():
        dossier = _Dossier(site, claims, network, known, known[iri])
        kinds = [trait for trait in traits.get(NamedNode(iri), [])[1:] if isinstance(trait.term, NamedNode)]
        sections = [section for section in dossier.sections(numbers.get(iri)) if section["ties"] or section["claims"]]
        contradictions = grouped(dossier.contradictions(), lambda pair: [pair[0].is_settled])
        card = path.replace(".html", ".card.html")
        content = {
            "thing": dossier.thing,
            "acronym": short.get(iri, ""),
            "kinds": [f"{trait.name}: {trait.words}" for trait in kinds],
            "issued": _issued(shared["years"], dossier.own.sources),
            "own": dossier.own,
            "sections": sections,
            "numbers": numbers.get(iri),
            "contradictions": contradictions.get(False, []),
            "settled": contradictions.get(True, []),
            "gaps": dossier.gaps(promises),
            "card": card.rpartition("/")[2],
        }
        notes = grouped(dossier.places.values(), lambda place: [place[1].source])
        site.write(path, "dossier.html", **content, notes=notes, **shared)
        site.write(
            card, "card.html", **content, labels={n: link.label for n, link in dossier.places.values()}, **shared
        )


def _named(claims: Claims, iri: str) -> list[str]:
    """Return the names that sources give an entry."""
    return [name for view in claims.about(iri) if view.is_naming for name in view.values.get("name", ())]


def _issued(years: Mapping[str, str], sources: Iterable[str]) -> list[str]:
    """Return the first and the last year in which some sources were issued; none if a source has no date."""
    found = sorted(years.get(source, "") for source in sources)
    return sorted({found[0], found[-1]}) if found and all(found) else []


def _of_graph(graph: Graph, language: str) -> dict[str, Any]:
    """Return what all dossiers and cards of a graph share: its sources, date and version, and the style of cards."""
    style = _STYLE.read_text("utf-8")
    days = [row["date"].value for row in graph.named("dates") if row["property"].value in _DAYS]
    rows = {data_name(row["source"].value): row for row in graph.named("sources")}
    return {
        "sources": {name: _source(row, language) for name, row in rows.items()},
        "years": {name: row["issued"].value[:4] for name, row in rows.items() if row["issued"] is not None},
        "as_of": max(days, default=""),
        "digest": graph.digest,
        "version": kit.VERSION,
        "look": Markup(style),  # noqa: S704  # a file of ours
        "allowed": {"styles": single_file.hashes([style])},
    }


def _source(row: QuerySolution, language: str) -> tuple[str, str, str]:
    """Return the title of a source, its publisher, number and date, and its address if it has one."""
    number, issued = getattr(row["documentNumber"], "value", ""), term_words(row["issued"], language).text
    address = linked(row["url"].value) if row["url"] is not None else ""
    return row["title"].value, ", ".join(filter(None, [row["issuedBy"].value, number, issued])), address


class _Dossier:
    """A dossier as it is made; its footnotes are sentences of sources, in the order in which it first cites them.

    A claim with its footnotes is `{view, notes}`. A section is `{heading, ties, claims, more, numbered, unreviewed}`:
    links, or claims as sentences; `more` counts those that are left out, `unreviewed` the claims that nobody has
    reviewed, which come last but where the claims are `numbered`.
    """

    def __init__(
        self,
        site: Site,
        claims: Claims,
        network: "nx.MultiDiGraph[str]",
        known: Mapping[str, Thing],
        thing: Thing,
    ) -> None:
        self.site, self.claims, self.network, self.known, self.thing = site, claims, network, known, thing
        self.places: dict[str, tuple[int, PlaceLink]] = {}
        self.own = own_claims(claims, thing.iri)
        self.money = [view for view in self.own.views if view.cls.value == tip.Funding]

    def sections(self, numbers: NumbersSection | None) -> Iterator[dict[str, Any]]:
        """Yield the sections: money, links, routes, numbers."""
        counted = numbers.claims if numbers else []
        routes = [view for view in self.own.views if view.cls.value == tip.RouteReport and view not in counted]
        yield self._sentences(_MONEY, sorted(self.money, key=lambda view: not view.values.get("amount")))
        yield from self._links()
        yield self._sentences(_ROUTES, routes)
        yield self._sentences(_NUMBERS, counted, numbered=True)

    def contradictions(self) -> list[tuple[ContradictionView, list[dict[str, Any]]]]:
        """Return each contradiction once, with both claims."""
        pairs: dict[frozenset[str], tuple[ContradictionView, list[dict[str, Any]]]] = {}
        for view in self.own.views:
            for found in view.contradictions:
                key = frozenset({view.key, found.other.key})
                if key not in pairs:
                    pairs[key] = found, self._noted([view, found.other])
        return list(pairs.values())

    def gaps(self, promises: Iterable[Promise]) -> dict[str, Any]:
        """Return what sources do not say: amounts, dates, steps of promises, whole kinds of claims."""
        near = {iri for view in self.own.views for iri, _ in self.claims.entries(view.key)}
        classes, kind = {view.cls.value for view in self.own.views}, self.thing.type
        return {
            "money": len(self.money),
            "without_amount": sum(not view.values.get("amount") for view in self.money),
            "without_date": sum(not view.values.get("date") for view in self.money),
            "promises": [p for p in promises if p.iri in near and not (p.under_way or p.results)],
            "no_money": kind == "Actor" and not self.money,
            "no_partners": kind == "Actor" and tip.Partnership not in classes,
            "no_routes": kind == "Place" and tip.RouteReport not in classes,
        }

    def _section(self, heading: str, **content: Any) -> dict[str, Any]:
        return {
            "heading": self.site.words(heading),
            **dict.fromkeys(("ties", "claims"), ()),
            "numbered": False,
            "unreviewed": 0,
            **content,
        }

    def _sentences(self, heading: str, views: Sequence[ClaimView], *, numbered: bool = False) -> dict[str, Any]:
        reviewed, others = by_review(views)
        shown = views if numbered else reviewed + others
        counts = {"more": max(0, len(views) - _LINES), "numbered": numbered, "unreviewed": len(others)}
        return self._section(heading, claims=self._noted(shown[:_LINES]), **counts)

    def _links(self) -> Iterator[dict[str, Any]]:
        """Yield the links by heading: those by one relation in one line, reviewed ones first, then stated ones."""
        every = ties(self.network, self.known, self.thing.iri, self.site.language)
        links = (link for link in every if link.data["class"] not in ("Funding", "RouteReport"))
        by_heading = grouped(links, lambda link: [_LINKS.get(link.data["class"], _OTHER)])

        def order(line: tuple[tuple[str, bool], list[EntryTie]]) -> tuple[bool, bool, int, tuple[str, bool]]:
            reviewed = any(is_reviewed(link.data) for link in line[1])
            stated = any(link.data["modality"] == "stated" for link in line[1])
            return not reviewed, not stated, -len({link.other for link in line[1]}), line[0]

        for heading in dict.fromkeys([*_LINKS.values(), _OTHER]):
            lines = grouped(by_heading.get(heading, []), lambda link: [(link.words, link.into)])
            shown = [self._tie(*key, own) for key, own in sorted(lines.items(), key=order)[:_TIES]]
            yield self._section(heading, ties=shown, more=len(lines) - len(shown))

    def _tie(self, words: str, into: bool, links: Iterable[EntryTie]) -> dict[str, Any]:
        """Return a line of all links by one relation: each end with its independent claims and their footnotes."""
        ends: list[dict[str, Any]] = [
            {
                "iri": iri,
                "label": self.known[iri].label,
                "times": independent([link.data for link in own]),
                "links": own,
            }
            for iri, own in grouped(links, lambda link: [link.other]).items()
        ]
        ranked = sorted(ends, key=lambda end: (-end["times"], end["label"].casefold()))
        for end in ranked[:_ENDS]:
            end["notes"] = self._notes(
                self.claims.of(data_name(claim) for link in end["links"] for claim in claims_of(link.data))
            )
        return {"words": words, "into": into, "ends": ranked[:_ENDS], "more": max(0, len(ranked) - _ENDS)}

    def _noted(self, views: Iterable[ClaimView]) -> list[dict[str, Any]]:
        return [{"view": view, "notes": self._notes([view])} for view in views]

    def _notes(self, views: Iterable[ClaimView]) -> list[int]:
        """Return the footnotes of claims, new ones with the next numbers."""
        links = self.claims.links_of(views)
        return sorted({self.places.setdefault(link.label, (len(self.places) + 1, link))[0] for link in links})
