"""The review page, which no site has: a server of this machine sends it, with its scripts and styles."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tipgraph.display import marked, phrases, templates, translate
from tipgraph.outputs.site.assets import STATIC
from tipgraph.runtime import visible

REVIEW_FILES: Final[Mapping[str, Path]] = {
    name: STATIC / name for name in ("site.css", "review.css", "shared.js", "review.js")
}
_NOT_PROPOSED: Final = (  # why drafters leave something out
    marked("a sentence is in another language"), marked("a sentence is too long"), marked("a sentence got no answer"),
    marked("a person as an actor"), marked("victims as an actor"), marked("a draft may name a person"),
    marked("a cell of a draft may name a person, and was emptied"), marked("a victim or a person is named as an actor"),
    marked("a name that is no entry of the kind that is needed"), marked("a name is not in the sentence"),
    marked("an answer was cut at its longest"), marked("an answer was not in the form that was asked for, twice"),
    marked("the claim was not in the form that was asked for"), marked("the claim names fewer than two things"),
    marked("the quote is not in the sentence"), marked("a code is not in its list"),
    marked("two parts of the claim are the same"),
)  # fmt: skip


def review_page(state: Mapping[str, Any]) -> str:
    """Return the page for the state of a session of drafts; its files are those of `REVIEW_FILES`."""
    language = state["language"]
    dropped = {translate(language, why) if why in _NOT_PROPOSED else why: n for why, n in state["dropped"].items()}
    said = {"title": visible(state["title"]), "dropped": dropped, "stopped": list(map(visible, state["stopped"]))}
    labels = phrases(language, "review")
    return templates(language).get_template("review.html").render(labels=labels, **said)
