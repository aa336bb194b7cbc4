"""What is said of a thing as a notebook shows it: sentences with their places, contradictions beside each other."""

from itertools import groupby
from typing import Any

from tipgraph.display.claims import Said
from tipgraph.display.notebook.snippets import worded
from tipgraph.display.text.answers import also_said, said_whole
from tipgraph.display.thing import Account
from tipgraph.sources import Texts


def account(shown: Account) -> str:
    """Return all that is said of a thing, class by class."""
    parts = [
        (heading.capitalize(), [_told(one, shown.texts) for one in found])
        for heading, found in groupby(shown.claims, key=lambda one: one.heading)
    ]
    return worded("account", account=shown, parts=parts)


def claim(shown: Said) -> str:
    """Return one claim; its words are not quoted, since it knows no texts."""
    return worded("claim", one=_told(shown, Texts()), heading=shown.heading)


def _told(one: Said, texts: Texts) -> dict[str, Any]:
    return {
        "claim": one.claim.value,
        "sentence": one.sentence,
        "said": _places(one, texts),
        "also": also_said(one),
        "whole": said_whole(one),
        "remark": one.remark,
        "against": [
            {
                "reason": against.reason,
                "sentence": against.other.sentence,
                "remark": against.other.remark,
                "said": _places(against.other, texts),
                "answer": against.answer,
            }
            for against in one.against
        ],
    }


def _places(one: Said, texts: Texts) -> list[tuple[str, str]]:
    """Return where a claim is said, each place with its words, which are empty where no text is at hand."""
    found = [(str(at), texts.quote(at.file, at.start, at.end, at.digest, at.form) or "") for at in one.citations]
    return list(dict.fromkeys(found))
