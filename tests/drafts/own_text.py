"""Small texts of our own, as the drafters read them."""

from pathlib import Path

from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.model import kit
from tipgraph.sources import Source
from tipgraph.sources.reference import with_reference


def own_text(words: str, **about: str) -> DraftText:
    """Return a text of a new source, beside those of the kit."""
    source = Source(Path("data/draft-test"), about={"title": "A test", **about})
    return DraftText(source, with_reference(kit.folder("data")), words, "blocks")
