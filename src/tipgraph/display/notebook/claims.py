"""Claims as a notebook shows them: sentences with their places, contradictions side by side."""

from collections.abc import Callable
from itertools import groupby

from tipgraph.display.claims import CitedSentence, ClaimView
from tipgraph.display.notebook.snippets import worded
from tipgraph.display.text.claims import support_lines
from tipgraph.display.thing import Account
from tipgraph.sources import Texts


def account(shown: Account) -> str:
    """Return the claims about an entry, class by class."""
    parts = [
        (heading.capitalize(), list(views)) for heading, views in groupby(shown.claims, key=lambda view: view.heading)
    ]
    return worded("account", account=shown, parts=parts, quoted=_quoted(shown.texts), support_lines=support_lines)


def claim(shown: ClaimView) -> str:
    """Return one claim, without quotes."""
    return worded("claim", view=shown, quoted=_quoted(Texts()), support_lines=support_lines)


def _quoted(texts: Texts) -> Callable[[CitedSentence], list[tuple[str, str]]]:
    return lambda view: list(dict.fromkeys(view.quoted(texts)))
