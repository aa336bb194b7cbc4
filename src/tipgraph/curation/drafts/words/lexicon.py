"""Words by which a phrase is an actor, an undertaking or a document, and words that are never an actor.

The words are in `head-words.csv`: a row is a list of words, some with the class and the code that its words mean.
`phrases.csv` has the phrases of figures and of moods, and the paths in a parse.
"""

import csv
import re
from functools import lru_cache
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
_PHRASES: Final = _rows("phrases.csv")


def _kinds(name: str) -> dict[str, EntryKind]:
    """Return the kinds of entries by the words of the rows of a list."""
    return {word: kind for of, kind, words in _ROWS if of == name for word in words.split()}


def phrases(name: str) -> list[tuple[str, str]]:
    """Return the phrases of a list of `phrases.csv`, each after its code."""
    rows = (row for row in _PHRASES if row["list"] == name)
    return [(row["code"], phrase) for row in rows for phrase in row["words"].split(" | ")]


def codes_of(name: str) -> dict[str, str]:
    """Return the codes of the phrases of a list of `phrases.csv`, such as currencies by their signs."""
    return {phrase: code for code, phrase in phrases(name)}


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


@lru_cache(maxsize=1024)
def forms(verb: str) -> frozenset[str]:
    """Return the forms of a verb, with the rest of a phrase behind it.

    >>> sorted(forms("carry out")), "funded" in forms("fund"), "held" in forms("hold")
    (['carried out', 'carries out', 'carry out', 'carrying out'], True, True)
    """
    word, space, rest = verb.partition(" ")
    return frozenset(f"{form}{space}{rest}" for form in (word, *(IRREGULAR.get(word) or _regular(word))))


def _regular(word: str) -> list[str]:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    third = f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    if word.endswith("e"):
        return [third, f"{word}d", f"{word[:-1]}ing"]
    stem = word + word[-1] if word in LISTS["doubling verbs"] else word
    return [third, f"{stem}ed", f"{stem}ing"]
