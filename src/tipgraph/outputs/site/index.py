"""The first page: what the graph shows, doors, a search over entries and claims, and the contents of the graph.

Decisions: docs/decisions/0130-rules-write-the-headlines.md, docs/decisions/0058-scripts-are-classic-scripts.md.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from tipgraph.analysis import headlines
from tipgraph.curation import Case
from tipgraph.display import ClaimView, grammar
from tipgraph.model import data_name, terms
from tipgraph.outputs.site.claims import Claims, ClaimTotals, PlaceLink, grouped
from tipgraph.outputs.site.site_tree import PageEntry, Site
from tipgraph.outputs.site.sources import SourcePage
from tipgraph.outputs.site.things import Thing
from tipgraph.sources import paragraphs, sentences

_SIZE = "[size]"  # where the page says how large the site in one file is


def context(
    claims: Claims,
    things: Sequence[Thing],
    sources: Sequence[SourcePage],
    questions: Sequence[PageEntry],
    cases: Iterable[Case],
) -> dict[str, Any]:
    """Return what `index.html` shows, with the data of its search, so that it works offline: the lens has the claims.

    It offers the site in one file, without its size until `say_size`.
    """
    cards = headline_cards(claims)
    first = cards[0] if cards and cards[0]["headline"].may_lead else None
    years = [year for source in sources if source.claims and (year := source.settings.get("issued", "")[:4]).isdigit()]
    return {
        "opening": first,
        "said": _said(claims, first["claims"].views, sources) if first else None,
        "cards": cards[bool(first) :],
        "issued": (min(years), max(years)) if years else (),
        "retrieved": max((source.settings.get("retrieved", "") for source in sources), default=""),
        "contradictions": sum(case.is_held for case in cases),
        "numbers": Counter((terms.short(view.cls.value), view.heading) for view in claims.all()).most_common(),
        "whole": ClaimTotals(claims.all()),
        "by_type": Counter((thing.type, thing.types_label) for thing in things),
        "sources": sources,
        "questions": questions,
        "named": [_named(claims.site, thing) for thing in things],
        "classes": {view.heading: terms.short(view.cls.value) for view in claims.all() if not view.is_naming},
        "grammar": grammar(claims.site.language),
        "size": "" if claims.site.on_demand else _SIZE,
    }


def say_size(site: Site, size: int) -> None:
    """Say in `index.html` how many bytes the site in one file has."""
    page = site.folder / "index.html"
    page.write_text(page.read_text("utf-8").replace(_SIZE, str(math.ceil(size / 1_000_000))), "utf-8", newline="\n")


def headline_cards(claims: Claims) -> list[dict[str, Any]]:
    """Return a card of each rule with headlines, in their order: its best one, with its claims, and the others."""
    cards = []
    for best, *more in grouped(
        headlines(claims.graph, claims.site.language), lambda headline: [headline.rule]
    ).values():
        views = claims.of(data_name(claim.value) for claim in best.claims)
        stated_first = sorted(views, key=lambda view: (view.remark.implied, bool(view.remark.notes)))
        cards.append({"headline": best, "claims": ClaimTotals(stated_first), "more": more})
    return cards


def _said(
    claims: Claims, views: Iterable[ClaimView], sources: Iterable[SourcePage]
) -> tuple[PlaceLink, tuple[str, str, str]] | None:
    """Return the place of the most words that a stated claim quotes, if any, and the words with those around them.

    Around them is the rest of their sentence, if the page of the source may show it.
    """
    links = claims.links_of(view for view in views if not view.remark.implied)
    link = max(links, key=lambda link: len(link.quote), default=None)
    if link is None or not link.quote:
        return None
    source = next(source for source in sources if source.name == link.source)
    text = next((one.text for one in source.paragraphs if one.number == link.paragraph), "")
    for paragraph in paragraphs(text, "blocks"):
        for sentence in sentences(text, paragraph):
            before, words, behind = text[sentence.start : sentence.end].partition(link.quote)
            if words:
                return link, (before, words, behind)
    return link, ("", link.quote, "")


def _named(site: Site, thing: Thing) -> dict[str, str]:
    found = {"label": thing.label, "kind": thing.kind_label, "page": site.page_of(thing.iri)}
    return found | {"aliases": "; ".join(thing.aliases)} if thing.aliases else found
