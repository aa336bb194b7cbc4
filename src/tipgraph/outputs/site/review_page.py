"""The review page, which no site has: a server of this machine sends it, with its scripts and styles."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tipgraph.display import phrases, templates

_STATIC = Path(__file__).parent / "web" / "static"
REVIEW_FILES: Final[Mapping[str, Path]] = {
    name: _STATIC / name for name in ("site.css", "review.css", "shared.js", "review.js")
}


def review_page(title: str, language: str) -> str:
    """Return the page for the drafts of a source with this title; its files are those of `REVIEW_FILES`."""
    labels = phrases(language, "review")
    return templates(language).get_template("review.html").render(title=title, labels=labels)
