"""A question in words: which named question it is, and with which parameters. By rules, so that this can be said.

The words of a question are in the header of its file (`#+ asked:`). The first page of a site follows the same rules
with the same grammar (`start.js`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.display.search import SMALL_WORDS
from tipgraph.graph import Graph, Query
from tipgraph.model import data_name, unaccented

LANGUAGES: Final = ("en", "es")
_TAKES = {  # the table of an entry, and the kinds of parameters that take it; the first is the best
    "actors": ("actor", "thing"),
    "places": ("place", "thing"),
    "undertakings": ("undertaking", "thing"),
    "documents": ("document", "instrument", "thing"),
}
_AFTER = {  # words before a name, and the parameters that they mean
    "from de desde": ("origin", "giver", "funder"),
    "by por": ("giver", "funder", "actor", "participant"),
    "to a al hacia": ("destination", "to"),
    "for para": ("for", "to", "event", "on", "in"),
    "in at en between entre": ("in", "event", "endpoint", "of"),
    "does do did": ("giver", "funder", "actor", "of", "participant"),
    "with con of about sobre": ("of", "about", "actor", "document", "instrument", "in", "giver"),
}
_ARTICLES = frozenset(["the", "a", "an", "el", "la", "los", "las", "un", "una", "del", "al"])
_WHO = {"who", "whom", "quien", "quienes"}  # begin a question that does not ask about the giver that it names
_RECEIVES = ("to", "for", "event", "of")


class Typed(NamedTuple):
    """What a typed question means: the named question, its parameters by ids, in words, and words that nothing took.

    `question` is empty if no word of a question is there; `others` are the next best questions.
    """

    question: str
    values: Mapping[str, str]
    meant: Mapping[str, str]
    ignored: list[str]
    others: list[str]


def grammar() -> dict[str, Any]:
    """Return the words and parameters of all questions, and which parameter a word before a name means, as data."""
    questions = []
    for query in Query.all():
        asked = "; ".join(query.header_in(language).asked for language in LANGUAGES)
        phrases = dict.fromkeys(folded(phrase) for phrase in asked.split(";") if phrase.strip())
        kinds = {name: one.kind for name, one in query.parameters.items()}
        questions.append({"name": query.name, "asked": list(phrases), "kinds": kinds})
    after = {word: names for words, names in _AFTER.items() for word in words.split()}
    return {
        "questions": questions,
        "after": after,
        "takes": _TAKES,
        "receives": _RECEIVES,
        "who": sorted(_WHO),
        "articles": sorted(_ARTICLES),
        "small": sorted(SMALL_WORDS),
    }


def folded(text: str) -> str:
    """Return the words of a text in lower case without accents, with single spaces between them."""
    return " ".join(re.findall(r"\w+", unaccented(text)))


def understand(graph: Graph, text: str, language: str = "en") -> Typed:
    """Return the named question that a text asks, by the words of questions and the names of entries in it.

    >>> from tipgraph import build
    >>> understand(build(), "Who pays for work in Guatemala?")[:2]
    ('funding', {'in': 'reference/places/guatemala'})
    """
    rules = grammar()
    shared = Counter(phrase for question in rules["questions"] for phrase in question["asked"])
    known = {*SMALL_WORDS, *(word for phrase in shared for word in phrase.split())}
    words, entries = _entries(graph, text, known)
    left = f" {' '.join(words)} "
    scores, values = dict[str, float](), dict[str, dict[str, str]]()
    for question in rules["questions"]:
        name = question["name"]
        hits = [phrase for phrase in question["asked"] if f" {phrase} " in left]
        if hits:
            values[name] = _values(question["kinds"], entries, words, rules)
            scores[name] = sum(len(hit.split()) / shared[hit] for hit in hits) + len(values[name])
    best = sorted(scores, key=lambda name: -scores[name])
    taken = values[best[0]] if best else {}
    labels = graph.labels([entry.thing for entry in entries], language)
    labelled = {data_name(thing.value): label for thing, label in labels.items()}
    ignored = [label for name, label in labelled.items() if name not in taken.values()]
    ignored += [word for word in words if word not in known and word not in taken.values()]
    meant = {name: labelled.get(value, value) for name, value in taken.items()}
    return Typed(best[0] if best else "", taken, meant, ignored, best[1:4])


class _Entry(NamedTuple):
    """An entry that a text names: its table, and the word before its name."""

    thing: NamedNode
    table: str
    before: str


def _entries(graph: Graph, text: str, common: set[str]) -> tuple[list[str], list[_Entry]]:
    """Return the words of a text without the names of entries, and these entries; longer names go first.

    A `common` word alone is a name only in capitals. A description, which begins with a small letter, is no name.
    """
    printed = re.findall(r"\w+", text)
    words, left, found = [unaccented(word) for word in printed], list[str](), list[_Entry]()
    names: dict[str, list[tuple[list[str], NamedNode, str]]] = {}
    for row in graph.named("other-names"):
        table, own = row["thing"].value.split("/")[-2], folded(row["name"].value).split()
        if table in _TAKES and own and not row["name"].value[0].islower():
            names.setdefault(own[0], []).append((own, row["thing"], table))
    order, at = list(_TAKES), 0
    while at < len(words):
        near = [one for one in names.get(words[at], []) if words[at : at + len(one[0])] == one[0]]
        near = [one for one in near if len(one[0]) > 1 or printed[at].isupper() or words[at] not in common]
        own, thing, table = min(near, key=lambda one: (-len(one[0]), order.index(one[2])), default=([], None, ""))
        if thing:
            before = [word for word in words[:at] if word not in _ARTICLES]
            found.append(_Entry(thing, table, before[-1] if before else ""))
        else:
            left.append(words[at])
        at += len(own) or 1
    return left, found


def _values(
    kinds: Mapping[str, str], entries: Iterable[_Entry], words: list[str], rules: Mapping[str, Any]
) -> dict[str, str]:
    """Return the parameters of a question that takes entries, and a year among the words."""
    values: dict[str, str] = {}
    for thing, table, before in entries:
        free = [name for name, kind in kinds.items() if kind in _TAKES[table] and name not in values]
        wanted = rules["after"].get(before) or (_RECEIVES if words[:1] and words[0] in _WHO else ())
        if before in rules["after"]:
            free = [name for name in free if name in wanted]
        if free:
            best = min(free, key=lambda name: (name not in wanted, _TAKES[table].index(kinds[name])))
            values[best] = data_name(thing.value)
    year = next((word for word in words if re.fullmatch(r"(?:19|20)\d\d", word)), "")
    values |= {name: year for name, kind in kinds.items() if year and (name == "year" or kind in ("from", "to"))}
    return values
