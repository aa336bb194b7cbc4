"""A question in words: which named question it is, and with which parameters. By rules, so that this can be said.

The words of a question are in the header of its file (`#+ asked:`). The first page of a site follows the same rules
with the same grammar (`start.js`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.display.search import SMALL_WORDS
from tipgraph.display.translations import LANGUAGES
from tipgraph.graph import Graph, Query
from tipgraph.model import data_iri, data_name, unaccented

_Name: TypeAlias = tuple[NamedNode, str, list[str]]  # an entry, its table, and the words of a name
_TAKES = {  # the table of an entry, and the kinds of parameters that take it; the first is the best
    "actors": ("actor", "thing"),
    "places": ("place", "thing"),
    "undertakings": ("undertaking", "thing"),
    "documents": ("document", "instrument", "thing"),
}
_AFTER = {  # words before a name, and the parameters that they mean
    "from desde": ("origin", "giver", "funder"),
    "de": ("origin", "giver", "funder", "of", "about", "in", "actor", "event"),
    "by por": ("giver", "funder", "actor", "participant", "by"),
    "to into a al hacia": ("destination", "to", "in"),
    "for para": ("for", "to", "event", "on", "in"),
    "in at en between entre": ("in", "event", "endpoint", "of"),
    "does do did": ("giver", "funder", "actor", "of", "participant", "in", "by"),
    "with con of about sobre": ("of", "about", "actor", "document", "instrument", "in", "giver", "with"),
}
_WORDS: Mapping[str, Sequence[str]] = {
    "articles": ["the", "a", "an", "el", "la", "los", "las", "un", "una", "del", "al"],
    # These begin a question that does not ask about the giver that it names.
    "who": ["who", "whom", "quien", "quienes", "which donors", "which funders", "que donantes"],
    "agent": ["by", "por", "does", "do", "did"],  # before the name of who does what the verb says
    "gets": ["receive", "receives", "received", "get", "gets", "got", "recibe", "recibio", "recibieron"],
    "since": ["since", "after", "from", "desde"],  # before a year
    "until": ["until", "before", "hasta"],
    "receives": ["to", "for", "event", "of"],  # parameters of a receiver
}


class Typed(NamedTuple):
    """What a typed question means: the named question, its parameters by ids, in words, and words that nothing took.

    `question` is empty if no word of a question is there; `others` are the next best questions.
    """

    question: str
    values: Mapping[str, str]
    meant: Mapping[str, str]
    ignored: list[str]
    others: list[str]


def grammar(language: str = "en") -> dict[str, Any]:
    """Return as data the words, sentences and parameters of all questions, and what a word before a name means."""
    questions = []
    for query in Query.all():
        asked = "; ".join(query.header_in(tongue).asked for tongue in LANGUAGES)
        phrases = dict.fromkeys(folded(phrase) for phrase in asked.split(";") if phrase.strip())
        kinds = {name: one.kind for name, one in query.parameters.items()}
        summary = query.header_in(language).summary
        questions.append({"name": query.name, "summary": summary, "asked": list(phrases), "kinds": kinds})
    after = {word: names for words, names in _AFTER.items() for word in words.split()}
    return {"questions": questions, "after": after, "takes": _TAKES, "small": sorted(SMALL_WORDS), **_WORDS}


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
    known = {*SMALL_WORDS, *rules["after"], *(word for phrase in shared for word in phrase.split())}
    names = [
        (row["thing"], row["thing"].value.split("/")[-2], folded(row["name"].value).split())
        for row in graph.named("other-names")
        if not row["name"].value[0].islower()  # a description
    ]
    words, entries = _entries(names, text, known, rules["after"])
    left = f" {' '.join(words)} "
    scores, values = dict[str, float](), dict[str, dict[str, str]]()
    for question in rules["questions"]:
        name = question["name"]
        hits = [phrase for phrase in question["asked"] if f" {phrase} " in left]
        if hits:
            values[name] = _values(question["kinds"], entries, words, rules["after"])
            if entries and "event" in question["kinds"] and not values[name]:
                values[name] = _event(names, entries[0], words)
            scores[name] = sum(len(hit.split()) / shared[hit] for hit in hits) + len({*values[name].values()})
    best = sorted(scores, key=lambda name: -scores[name])
    taken = values[best[0]] if best else {}
    entered = [data_iri(value) for value in taken.values() if "/" in value]
    labelled = {data_name(thing.value): label for thing, label in graph.labels(entered, language).items()}
    unused = [entry for entry in entries if not {*map(data_name, entry.things.values())} & {*taken.values()}]
    ignored = [" ".join(entry.own) for entry in unused if "event" not in taken or unused[1:]]
    ignored += [word for word in words if word not in known and word not in taken.values()]
    meant = {name: labelled.get(value, value) for name, value in taken.items()}
    return Typed(best[0] if best else "", taken, meant, ignored, best[1:4])


class _Entry(NamedTuple):
    """A name in a text: the entries that have it by their tables, the word before it, and its words."""

    things: Mapping[str, str]
    before: str
    own: list[str]


def _entries(
    names: Iterable[_Name], text: str, common: set[str], after: Mapping[str, Sequence[str]]
) -> tuple[list[str], list[_Entry]]:
    """Return the words of a text that belong to no name of an entry, and the names; those after a key of `after` first.

    The longest name counts. A `common` word alone is a name only in capitals. No name begins with a key of `after`.
    """
    printed = re.findall(r"\w+", text)
    words, left, found, at = [unaccented(word) for word in printed], list[str](), list[_Entry](), 0
    begun: dict[str, list[_Name]] = {}
    for name in names:
        if name[1] in _TAKES and name[2] and name[2][0] not in after:
            begun.setdefault(name[2][0], []).append(name)
    while at < len(words):
        near = [name for name in begun.get(words[at], []) if words[at : at + len(name[2])] == name[2]]
        near = [name for name in near if len(name[2]) > 1 or printed[at].isupper() or words[at] not in common]
        size = max((len(own) for *_, own in near), default=0)
        things = {table: thing.value for thing, table, own in reversed(near) if len(own) == size}
        if things:
            before = next((word for word in words[:at][::-1] if word not in _WORDS["articles"]), "")
            found.append(_Entry(things, before, words[at : at + size]))
        else:
            left.append(words[at])
        at += size or 1
    return left, sorted(found, key=lambda entry: entry.before not in after)


def _values(
    kinds: Mapping[str, str], entries: Iterable[_Entry], words: list[str], after: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Return the parameters of a question that takes entries, and a year among the words."""
    values: dict[str, str] = {}
    for things, before, _ in entries:
        asks_who = not {*words[:1], " ".join(words[:2])}.isdisjoint(_WORDS["who"])
        gets = before in _WORDS["agent"] and not {*_WORDS["gets"]}.isdisjoint(words)
        wanted = [*(_WORDS["receives"] if gets else after.get(before, _WORDS["receives"] if asks_who else ()))]
        free = [
            (name not in wanted, taken.index(kind), [*wanted, name].index(name), at, name, table)
            for table, taken in _TAKES.items()
            for at, (name, kind) in enumerate(kinds.items())
            if table in things and kind in taken and name not in values and (before not in after or name in wanted)
            if table != "places" or name != "for"  # money for a country is money in it
        ]
        if free:
            *_, best, table = min(free)
            values[best] = data_name(things[table])
    year = next((word for word in words if re.fullmatch(r"(?:19|20)\d\d", word)), "")
    before = dict(zip(words[1:], words, strict=False)).get(year, "")
    ends = ["from"] if before in _WORDS["since"] else ["to"] if before in _WORDS["until"] else ["from", "to", "year"]
    values |= {name: year for name, kind in kinds.items() if year and ("year" if name == "year" else kind) in ends}
    return values


def _event(names: Iterable[_Name], place: _Entry, words: list[str]) -> dict[str, str]:
    """Return the event or project whose name has that of a place and most of the words, if it is one alone."""
    shared: dict[str, int] = {}
    for thing, table, own in names:
        if table == "undertakings" and {*place.own} <= {*own}:
            shared[thing.value] = max(shared.get(thing.value, 0), len({*words} & {*own} - SMALL_WORDS))
    most = max(shared.values(), default=0)
    best = [thing for thing, number in shared.items() if number == most]
    return {"event": data_name(best[0])} if len(best) == 1 else {}
