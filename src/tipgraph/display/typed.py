"""A question in words: which named question it is, and with which parameters. By rules, so that this can be said.

The words of a question are in the header of its file (`#+ asked:`), the other rules in `typed.toml`. The first page of
a site follows the same rules with the same grammar (`start.js`).
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.display.search import SMALL_WORDS
from tipgraph.display.translations import LANGUAGES
from tipgraph.graph import Graph, Query
from tipgraph.model import data_iri, data_name, unaccented

_Name: TypeAlias = tuple[NamedNode, str, list[str]]  # an entry, its table, and the words of a name
_Rules: TypeAlias = Mapping[str, Any]


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
    """Return as data the words, sentences and parameters of all questions, and the rules of `typed.toml`.

    A phrase of a question may bring a code, as in `under review [state=under-review]`.
    """
    questions = list[dict[str, Any]]()
    rules = tomllib.loads(Path(__file__).with_name("typed.toml").read_text("utf-8"))
    for query in Query.all():
        asked = "; ".join(query.header_in(tongue).asked for tongue in LANGUAGES)
        parts = [phrase.partition("[") for phrase in asked.split(";") if phrase.strip()]
        codes = {folded(phrase): value.rstrip("] ").split("=") for phrase, _, value in parts if value}
        phrases = dict.fromkeys(folded(phrase) for phrase, *_ in parts)
        kinds = {name: one.kind for name, one in query.parameters.items()}
        dated = {name: kind for name, kind in kinds.items() if kind in ("from", "to") or name == "year"}
        takes = [
            (table, name, taken.index(kind))
            for table, taken in rules["takes"].items()
            for name, kind in kinds.items()
            if kind in taken and table in rules["only"].get(name, rules["parts"])
        ]
        said = {"name": query.name, "summary": query.header_in(language).summary, "asked": list(phrases)}
        questions.append({**said, "codes": codes, "takes": takes, "dated": dated})
    shared = Counter(phrase for question in questions for phrase in question["asked"])
    known = {*SMALL_WORDS, *(word for phrase in shared for word in phrase.split())}
    after = {word: names for words, names in rules["after"].items() for word in words.split()}
    words = {"small": sorted(SMALL_WORDS), "known": sorted(known), "shared": shared}
    return {**rules, **words, "questions": questions, "after": after}


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
    shared, known = rules["shared"], {*rules["known"]}
    words, entries = _entries(list(_names(graph, rules)), text, known, rules)
    named = {at for entry in entries if entry.whole for at in entry.span}
    left = f" {' '.join(word for at, word in enumerate(words) if at not in named)} "
    scores, read = dict[str, tuple[bool, float]](), dict[str, tuple[dict[str, str], set[int]]]()
    for question in rules["questions"]:
        name, hits = question["name"], [phrase for phrase in question["asked"] if f" {phrase} " in left]
        values, used = read[name] = _values(question, entries, words, left.split(), rules)
        scores[name] = (bool(hits), sum(len(hit.split()) / shared[hit] for hit in hits) + len({*values.values()}))
        values |= {code[0]: code[1] for hit, code in question["codes"].items() if hit in hits}
    best = sorted((name for name in scores if scores[name][1]), key=lambda name: scores[name], reverse=True)
    heard = [name for name in best if scores[name][0]]
    taken, used = read[heard[0]] if heard else ({}, set())
    labels = graph.labels([data_iri(value) for value in taken.values() if "/" in value], language)
    labelled = {data_name(thing.value): label for thing, label in labels.items()}
    unused = [entry for entry in entries if entry.whole and used.isdisjoint(entry.span)]
    ignored = [" ".join(words[at] for at in entry.span) for entry in unused]
    ignored += [word for at, word in enumerate(words) if at not in named | used and word not in known]
    meant = {name: labelled.get(value, value) for name, value in taken.items()}
    return Typed(heard[0] if heard else "", taken, meant, ignored, heard[1:4] or best[: 0 if heard else 3])


def _names(graph: Graph, rules: _Rules) -> Iterator[_Name]:
    """Yield the names of entries, and for a government that of its country: `Norway - Ministry of Foreign Affairs`."""
    for row in graph.named("other-names"):
        thing, name, table = row["thing"], row["name"].value, row["thing"].value.split("/")[-2]
        state = name.removeprefix("Government of ").partition(" - ")[0]
        own = {table: name} | ({"states": state} if table == "actors" and state != name else {})
        for table, printed in own.items():
            if table in rules["takes"] and not name[0].islower() and (words := folded(printed).removeprefix("the ")):
                yield thing, table, words.split()


class _Entry(NamedTuple):
    """A name in a text, or a part of one: the entries by their tables, the word before it, the places of its words."""

    things: Mapping[str, str]
    before: str
    span: Sequence[int]
    whole: bool


def _entries(names: Sequence[_Name], text: str, common: set[str], rules: _Rules) -> tuple[list[str], list[_Entry]]:
    """Return the words of a text, and the names in it: parts of names, then those after a key of `after`, then others.

    The longest name counts. A `common` word alone is a name only in capitals. No name begins with a key of `after`.
    """
    printed = re.findall(r"\w+", text)
    words, found, at = [unaccented(word) for word in printed], list[_Entry](), 0
    begun: dict[str, list[_Name]] = {}
    for name in names:
        if name[2][0] not in rules["after"]:
            begun.setdefault(name[2][0], []).append(name)
    before = ["" if word in rules["articles"] else word for word in words]
    while at < len(words):
        near = [name for name in begun.get(words[at], []) if words[at : at + len(name[2])] == name[2]]
        near = [name for name in near if len(name[2]) > 1 or printed[at].isupper() or words[at] not in common]
        size = max((len(own) for *_, own in near), default=0)
        things = {table: thing.value for thing, table, own in reversed(near) if len(own) == size}
        if things:
            last = next(filter(None, before[:at][::-1]), "")
            last = found[-1].before if found and last in rules["and"] else last
            found.append(_Entry(things, last, range(at, at + size), whole=True))
        at += size or 1
    parts = _parts(names, words, {place for entry in found for place in entry.span}, common)
    parts = [part._replace(before=next(filter(None, before[: part.span[0]][::-1]), "")) for part in parts]
    return words, [*parts, *sorted(found, key=lambda entry: entry.before not in rules["after"])]


def _parts(names: Iterable[_Name], words: Sequence[str], named: set[int], common: set[str]) -> Iterator[_Entry]:
    """Yield for each table the entry that has the most words of a text in its name, two or more, if it is one alone.

    They stand together, but for small words. Those of an actor have one that is neither `common` nor of another name.
    """
    content = [at for at, word in enumerate(words) if word not in SMALL_WORDS]
    for table in ("actors", "undertakings", "documents"):
        fits: dict[str, tuple[int, int, list[int]]] = {}
        for thing, of, own in names:
            span = [at for at in content if words[at] in own] if of == table else []
            told = {words[at] for at in span if table != "actors" or at not in named} - common
            if told and {*span} - named and 1 < len(span) > content.index(span[-1]) - content.index(span[0]):
                fit = (-len(span), len({*own}), span)
                fits[thing.value] = min(fits.get(thing.value, fit), fit)
        best = sorted(fits, key=lambda thing: fits[thing])
        if best and all(fits[best[0]][:2] < fits[other][:2] for other in best[1:2]):
            yield _Entry({table: best[0]}, "", fits[best[0]][2], whole=False)


def _values(
    question: _Rules, entries: Iterable[_Entry], words: list[str], left: list[str], rules: _Rules
) -> tuple[dict[str, str], set[int]]:
    """Return the parameters of a question that takes entries or years, and the places of their words."""
    values, used, after = dict[str, str](), set[int](), rules["after"]
    for things, before, span, whole in entries:
        apart = before not in after
        gets = ((apart or before in rules["of"]) and {*rules["gets"]} & {*left}) or (apart and words[0] in rules["who"])
        wanted = [*(rules["receives"] if gets else after.get(before, ()))]
        free = [
            (name not in wanted, rank, [*wanted, name].index(name), at, name, table)
            for at, (table, name, rank) in enumerate(question["takes"])
            if table in things and name not in values and (apart or name in wanted)
            if whole or name in rules["parts"][table]
        ]
        if free and used.isdisjoint(span):
            *_, best, table = min(free)
            values[best] = data_name(things[table])
            used |= {*span}
    years = [at for at, word in enumerate(words) if at not in used and re.fullmatch(r"(?:19|20)\d\d", word)]
    for name, kind in question["dated"].items():
        if years and (name != "year" or not years[1:]) and rules["years"].get(words[years[0] - 1], kind) == kind:
            values[name] = words[years[-1 if kind == "to" else 0]]
            used |= {*years}
    return values, used
