"""Grounding: every actor, place, amount, currency and year of a stated claim occurs in the words that it cites.

The words of a claim are the sentences, records or elements of its evidence. A thing occurs there by a name that the
source or the reference gives it, or by a span at which the source describes it ("the Commission"). A conclusion is
*implied*, and a note says from what; it too cites a sentence that names each of its actors.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Graph
from tipgraph.model import CODE, IMPLIED, folded, short, tip
from tipgraph.sources import SPELLED, paragraphs, sentences, words

_INFERRED: Final = CODE + "date-basis-inferred"
_SIGNS: Final = {"USD": ("$", "dollar"), "EUR": ("€", "euro"), "GBP": ("£", "pound")}
_SCALES: Final = {"thousand": 10**3, "mil": 10**3, "million": 10**6, "millones": 10**6, "billion": 10**9}
_NUMBER: Final = re.compile(r"(-?\d+(?:[,'’\u00a0\u202f]\d{3}(?!\d))*(?:\.\d+)?)(?:[\s-]+([a-z]+))?", re.IGNORECASE)
_SPELLED_NUMBER: Final = re.compile(
    rf"\b({'|'.join(sorted(SPELLED, key=len, reverse=True))})[\s-](thousand|million|billion)\b", re.IGNORECASE
)
_YEAR: Final = re.compile(r"\d{4}")
_REMEDY: Final = "cite a sentence that does, or make it implied and say in a note from what it is read"
_PARTY_REMEDY: Final = "cite the sentence too from which it is read"
_MOST_NAMES: Final = 3  # in a message
_MARKS: Final = frozenset({tip.modality, tip.dateBasis, tip.note})

Span = tuple[int, int]


class Words:
    """A text, divided by the rule of its source into sentences, records or elements."""

    def __init__(self, text: str, rule: str, form: str) -> None:
        """Divide a text; `form` is the format whose marks are removed from its words."""
        self._text, self._form = text, form
        parts = (sentence for part in paragraphs(text, rule) for sentence in sentences(text, part, rule))
        self._parts = [(part.start, part.end) for part in parts]
        self._starts = [start for start, _ in self._parts]

    def around(self, span: Span) -> Span:
        """Return the bounds of the sentences of a span."""
        first, last = (bisect_right(self._starts, place) - 1 for place in (span[0], span[1] - 1))
        return (min(span[0], self._parts[first][0]), max(span[1], self._parts[last][1])) if first >= 0 else span

    def said(self, spans: Iterable[Span]) -> str:
        """Return the words of spans."""
        return " | ".join(words(self._text[start:end], self._form) for start, end in sorted(spans))


@dataclass
class _Claim:
    """The values and the marks of a claim, by property, and the spans of the sentences that it cites."""

    values: list[tuple[str, NamedNode | Literal]] = field(default_factory=list)
    actors: set[NamedNode | Literal] = field(default_factory=set)
    marks: dict[str, str] = field(default_factory=dict)
    spans: set[Span] = field(default_factory=set)


def ungrounded(graph: Graph, source: NamedNode, text: Words) -> Iterator[tuple[str, str]]:
    """Yield the claims of a source with values that their words do not have, and the messages.

    >>> list(ungrounded(Graph(), NamedNode("urn:none"), Words("", "lines", "plain")))
    []
    """
    names, called_at = _names(graph, source)
    for node, claim in _claims(graph, source, text).items():
        cited = text.said(claim.spans)
        folded_words = f" {folded(cited)} "
        missing: list[str] = []
        is_explained = claim.marks.get(tip.modality) == IMPLIED and tip.note in claim.marks
        remedies = [_PARTY_REMEDY if is_explained else _REMEDY]
        for name, value in claim.values:
            if is_explained and value not in claim.actors:
                continue
            if isinstance(value, Literal):
                missing += _missing_parts(name, value.value, cited, claim.marks.get(tip.dateBasis, ""))
            elif not _is_named(names[value], called_at[value], folded_words, claim.spans):
                missing.append(f"{short(name)} {value.value.rpartition('/')[2]}")
                remedies.append(_naming_remedy(value, names[value].values()))
        if missing:
            lacking = f"gives {', '.join(missing)}, which the sentences that it cites do not have"
            yield node.value, f"{lacking}; {'; '.join(dict.fromkeys(remedies))}"


def _claims(graph: Graph, source: NamedNode, text: Words) -> dict[NamedNode, _Claim]:
    claims: dict[NamedNode, _Claim] = defaultdict(_Claim)
    for row in graph.named("given", {"source": [source]}):
        name, value = row["how"].value, row["value"]
        if name in _MARKS:
            claims[row["claim"]].marks[name] = value.value
        else:
            claims[row["claim"]].values.append((name, value))
            claims[row["claim"]].actors |= {value} if row["actor"].value == "true" else set()
    for row in graph.named("spans-of-claims", {"source": [source]}):
        if row["claim"] in claims:
            claims[row["claim"]].spans.add(text.around((int(row["start"].value), int(row["end"].value))))
    return {node: claim for node, claim in claims.items() if claim.spans}


def _names(graph: Graph, source: NamedNode) -> tuple[dict[NamedNode, dict[str, str]], dict[NamedNode, set[Span]]]:
    """Return the names of things in a source by their folded form, and the spans at which it calls them so."""
    names: dict[NamedNode, dict[str, str]] = defaultdict(dict)
    called_at: dict[NamedNode, set[Span]] = defaultdict(set)
    for row in graph.named("names-in", {"source": [source]}):
        if row["name"]:
            names[row["thing"]].setdefault(folded(row["name"].value), row["name"].value)
        if row["start"]:
            called_at[row["thing"]].add((int(row["start"].value), int(row["end"].value)))
    return names, called_at


def _is_named(names: Iterable[str], called_at: Iterable[Span], folded_words: str, cited: Iterable[Span]) -> bool:
    """Return whether cited words have a name of a thing, or overlap a span at which the source calls it otherwise."""
    overlaps = (start < other_end and other_start < end for start, end in cited for other_start, other_end in called_at)
    return any(f" {name} " in folded_words for name in names) or any(overlaps)


def _naming_remedy(thing: NamedNode, names: Iterable[str]) -> str:
    """Return what to do for a thing that no cited sentence names."""
    known = sorted(names, key=lambda name: (len(name), name))
    listed = ", ".join(map(repr, known[:_MOST_NAMES])) + " …" * (len(known) > _MOST_NAMES)
    called = f"is called {listed}" if known else "has no name"
    row = thing.value.rpartition("/")[2]
    return f"{row} {called} here: if the sentence calls it otherwise, quote those words in a row of namings"


def _missing_parts(name: str, value: str, cited: str, date_basis: str) -> Iterator[str]:
    """Yield the parts of an amount, a currency or a date that some words do not have."""
    if name == tip.amount and Decimal(value) not in set(_numbers(cited)):
        yield f"amount {value}"
    elif name == tip.currency and not any(sign in cited.lower() for sign in (value.lower(), *_SIGNS.get(value, ()))):
        yield f"currency {value}"
    elif name == tip.date and date_basis != _INFERRED:
        yield from (f"year {year}" for year in sorted(set(_YEAR.findall(value))) if year not in cited)


def _numbers(text: str) -> Iterator[Decimal]:
    """Yield the numbers in some words; "1.5 million" and "two-million" are that many."""
    for number, scale in _NUMBER.findall(text):
        value = Decimal(re.sub(r"[^\d.-]", "", number))
        yield value
        yield value * _SCALES.get(scale.lower(), 1)
    for word, scale in _SPELLED_NUMBER.findall(text):
        yield SPELLED[word.lower()] * _SCALES[scale.lower()]
