"""The review page, which no site has: a server of this machine sends it, with its script and styles."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tipgraph.display import phrases, templates

_WEB = Path(__file__).parent / "web"
REVIEW_FILES: Final[Mapping[str, Path]] = {
    "site.css": _WEB / "assets" / "site.css",
    "review.css": _WEB / "embedded" / "review.css",
    "review.js": _WEB / "embedded" / "review.js",
}


def review_page(title: str, language: str) -> str:
    """Return the page for the drafts of a source with this title; its files are those of `REVIEW_FILES`."""
    labels = phrases(language, "review")
    return templates(language).get_template("review.html").render(title=title, labels=labels)
