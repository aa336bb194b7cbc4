"""The claims and sources of a site, in a script that a page loads when it shows its first claim.

The page of a source holds its claims itself. All other pages take the claims of their lists from here, and so does the
evidence lens.

    lens/en.js    the sources, and the claims by their keys, packed

Decision: docs/decisions/0136-one-lens-shows-the-evidence.md.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.embedded_engine import carry, packed
from tipgraph.outputs.site.site_tree import Site, linked
from tipgraph.outputs.site.sources import SourcePage

_CITED: Final = {"issuedBy", "issued", "documentNumber", "noAddress"}  # facts of a source in a citation


def write(site: Site, claims: Claims, sources: Sequence[SourcePage]) -> None:
    """Write the claims and sources of a language into a script of the site."""
    by_name = {source.name: source for source in sources}
    about = {
        "tree": "" if site.is_first else f"{site.language}/",
        "sources": {name: _source_data(source) for name, source in by_name.items()},
        "words": site.phrases("shared", "page", "question"),
    }
    told = dict(_told(claims, by_name))
    carry(site.home / "lens" / f"{site.language}.js", {"about": about, "claims": packed(told)})


def _told(claims: Claims, sources: dict[str, SourcePage]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the data of each claim by its key."""
    for view in claims.all():
        data = claims.data(view)
        for place, link in zip(data["said"], claims.links(view), strict=True):
            place |= {"source": link.source, "place": [link.paragraph, link.sentence, link.page]}
            source = sources.get(link.source)
            if source and (box := source.boxes.get(link.span)):
                place["picture"] = f"{source.path}#{box}"
        yield view.key, data


def _source_data(source: SourcePage) -> dict[str, Any]:
    """Return what a citation says about a source; addresses only if they are safe to link to.

    `unseen` is the reason where a place of it has no words.
    """
    facts = {name: source.words[name] for name in sorted(_CITED & source.words.keys())}
    addresses = {name: address for name in ("url", "archived") if (address := linked(source.settings.get(name, "")))}
    known = {"knownThrough": source.known_through} if source.cited else {}
    unseen = "withheld" if source.at_hand else "absent" if source.is_open else "licence"
    return {"title": source.title, **facts, **addresses, **known, "unseen": unseen, "licence": source.licence}
