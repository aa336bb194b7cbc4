"""Words by which a phrase is an actor, an undertaking or a document, and words that are never an actor.

They are the rows of `head-words.csv`: a list with a class and a code for its words, or a list of words alone. The
words of figures are in `figure-words.csv`.
"""

import csv
import re
from pathlib import Path
from typing import Final, NamedTuple


class EntryKind(NamedTuple):
    """The class of an entry, and its code: the kind of an actor, an undertaking or a document."""

    cls: str
    code: str = ""


def _rows(name: str) -> list[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


_ROWS: Final = [(row["list"], EntryKind(row["class"], row["code"]), row["words"]) for row in _rows("head-words.csv")]


def _kinds(name: str) -> dict[str, EntryKind]:
    """Return the kinds of entries by the words of the rows of a list."""
    return {word: kind for of, kind, words in _ROWS if of == name for word in words.split()}


def codes_of(name: str) -> dict[str, str]:
    """Return the codes of the words of a list of `figure-words.csv`, such as currencies by their signs."""
    rows = (row for row in _rows("figure-words.csv") if row["list"] == name)
    return {words: row["code"] for row in rows for words in row["words"].split(" | ")}


UNDERTAKING_HEADS: Final = _kinds("undertaking")
"""Undertakings by their head word."""
DOCUMENT_HEADS: Final = _kinds("document")
"""Documents by their head word."""
GROUPS: Final = _kinds("groups")
"""Groups of actors by their head word, in lower case."""
BODIES: Final = _kinds("bodies")
"""Bodies by a word of their name."""
LISTS: Final = {name: frozenset(words.split()) for name, kind, words in _ROWS if not kind.cls}
"""The lists of words by name, such as the words of posts, or those that point to something named before."""
IRREGULAR: Final = {words.split()[0]: words.split()[1:] for name, _, words in _ROWS if name == "irregular verb"}
"""The forms of irregular verbs."""
NEVER: Final = LISTS["never"]
"""Head words of phrases that are never an actor: victims and persons."""
POSTS: Final = re.compile(
    rf"(?:(?:{'|'.join(sorted(LISTS['ranks']))})(?:\ |-))*(?:{'|'.join(sorted(LISTS['posts'], key=len, reverse=True))})"
    r"(?:(?:\ |-)General|\ of\ Staff)?"
)
"""Posts, which begin with a capital."""
