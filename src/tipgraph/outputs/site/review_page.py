"""The review page, which no site has: a server of this machine sends it, with its scripts and styles."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tipgraph.display import marked, phrases, templates, translate

_STATIC = Path(__file__).parent / "web" / "static"
REVIEW_FILES: Final[Mapping[str, Path]] = {
    name: _STATIC / name for name in ("site.css", "review.css", "shared.js", "review.js")
}
_NOT_PROPOSED: Final = (  # why drafters leave something out
    marked("a sentence is in another language"),
    marked("a sentence is too long"),
    marked("a person as an actor"),
    marked("victims as an actor"),
    marked("a draft may name a person"),
    marked("a cell of a draft may name a person, and was emptied"),
    marked("a victim or a person is named as an actor"),
    marked("a name that is no entry of the kind that is needed"),
    marked("a sentence got no answer"),
    marked("an answer was cut at its longest"),
    marked("an answer was not in the form that was asked for, twice"),
    marked("the claim was not in the form that was asked for"),
    marked("the quote is not in the sentence"),
    marked("a name is not in the sentence"),
    marked("a code is not in its list"),
    marked("two parts of the claim are the same"),
    marked("the claim names fewer than two things"),
)


def review_page(title: str, language: str) -> str:
    """Return the page for the drafts of a source with this title; its files are those of `REVIEW_FILES`."""
    labels = phrases(language, "review") | {reason: translate(language, reason) for reason in _NOT_PROPOSED}
    return templates(language).get_template("review.html").render(title=title, labels=labels)
