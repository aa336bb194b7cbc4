"""Entries of a large site as records: their main parts, in scripts that the page `entry.html` loads.

    entry.html             shows the record that its address names, as in `entry.html#reference/actors/usaid`
    records/en-0.js, …     the records, packed, in the order of their names

A record is what the template of the page of an entry gives. Its lists of claims are numbers: the page takes the claims
from the shards of the lens. The most connected entries have pages of their own.

Decision: docs/decisions/0183-entries-of-a-large-site-are-records.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from json import dumps
from typing import Any, Final, TypeVar

from tipgraph.outputs.site.embedded_engine import carry, packed
from tipgraph.outputs.site.site_tree import SHELL, Site, entry_name

_SHARD: Final = 400_000  # characters in a shard, above which the next one begins
_Part = TypeVar("_Part", bound=Mapping[str, Any] | str)


def write(site: Site, records: Iterable[tuple[str, str]]) -> None:
    """Write the page `entry.html` and the scripts of its records; `records` are pairs of a name and HTML, in order."""
    folder = site.home / "records"
    firsts = []
    for number, shard in enumerate(shards(records)):
        carry(folder / f"{site.language}-{number}.js", {"records": packed(shard)})
        firsts.append(next(iter(shard)))
    own = [entry_name(iri) for iri in site.things if iri not in site.records]
    data = {"firsts": firsts, "pages": own, "words": site.phrases("shared", "entry")}
    site.write(SHELL, SHELL, data=data)


def shards(parts: Iterable[tuple[str, _Part]]) -> Iterator[dict[str, _Part]]:
    """Yield neighbouring parts together, by their keys."""
    shard: dict[str, _Part] = {}
    size = 0
    for key, part in parts:
        if size > _SHARD:
            yield shard
            shard, size = {}, 0
        shard[key] = part
        size += len(part if isinstance(part, str) else dumps(part, ensure_ascii=False))
    if shard:
        yield shard
