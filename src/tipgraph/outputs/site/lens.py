"""The claims and sources of a site, in a script that a page loads when it shows its first claim.

Pages take the claims of their lists from here, and so does the evidence lens. The page of a source holds the sentence
of each claim, and takes the rest from here.

    lens/en.js    the sources, and the claims by their keys, packed

Decision: docs/decisions/0136-one-lens-shows-the-evidence.md.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.embedded_engine import carry, packed
from tipgraph.outputs.site.site_tree import Site, linked, source_path
from tipgraph.outputs.site.sources import SourcePage

_CITED: Final = {"issuedBy", "issued", "documentNumber", "noAddress"}  # facts of a source in a citation


def write(site: Site, claims: Claims, sources: Sequence[SourcePage]) -> None:
    """Write the claims and sources of a language into a script of the site."""
    by_name = {source.name: source for source in sources}
    about = {
        "tree": "" if site.is_first else f"{site.language}/",
        "sources": {name: _source_data(source) for name, source in by_name.items()},
        "words": site.phrases("shared", "page", "question", "source"),
    }
    told = dict(_told(site, claims, by_name))
    carry(site.home / "lens" / f"{site.language}.js", {"about": about, "claims": packed(told)})


def _told(site: Site, claims: Claims, sources: dict[str, SourcePage]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the data of each claim by its key, with the entries that it is about."""
    boxes, marked = ({name: getattr(source, what) for name, source in sources.items()} for what in ("boxes", "marked"))
    for view in claims.all():
        data = claims.data(view)
        for place, link in zip(data["said"], claims.links(view), strict=True):
            place |= {"source": link.source, "place": [link.paragraph, link.sentence, link.page]}
            if box := boxes.get(link.source, {}).get(link.span):
                place["picture"] = f"{source_path(link.source)}#{box}"
            elif (words := f"w{link.span[0]}") in marked.get(link.source, ()):
                place["words"] = words
        data["about"] = [[label, page] for iri, label in claims.entries(view.key) if (page := site.page_of(iri))]
        yield view.key, data


def _source_data(source: SourcePage) -> dict[str, Any]:
    """Return what a citation says about a source; addresses only if they are safe to link to.

    `unseen` is the reason where a place of it has no words.
    """
    facts = {name: source.facts[name][0].words for name in sorted(_CITED & source.facts.keys())}
    addresses = {name: address for name in ("url", "archived") if (address := linked(source.settings.get(name, "")))}
    known = {"knownThrough": source.known_through} if source.known_through else {}
    unseen = "withheld" if source.at_hand else "absent" if source.is_open else "licence"
    return {"title": source.title, **facts, **addresses, **known, "unseen": unseen, "licence": source.licence}
