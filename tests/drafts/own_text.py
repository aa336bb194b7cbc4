"""Small texts of our own, as the drafters read them."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tipgraph.curation.drafts.draft import DraftText
from tipgraph.model import kit
from tipgraph.sources import Source
from tipgraph.sources.reference import with_reference


def own_text(words: str, **about: str) -> DraftText:
    """Return a text of a new source, beside those of the kit."""
    source = Source(Path("data/draft-test"), about={"title": "A test", **about})
    return DraftText(source, kit_sources(), words, "blocks")


@cache
def kit_sources() -> Sequence[Source]:
    """Return the sources of the kit, which take half a second to read."""
    return with_reference(kit.folder("data"))
