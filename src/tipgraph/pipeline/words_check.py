"""Grounding: a stated claim gives no actor, place, amount, currency or year that the words it cites do not have.

The words of a claim are the sentences, records or elements in which its evidence lies. A thing is named there by a name
of the source or of the reference, or by a span at which the source calls it otherwise ("the Commission"). What a
reader concludes from elsewhere is *implied*, and a note says from what.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Graph
from tipgraph.model import IMPLIED, folded, short, tip
from tipgraph.sources import paragraphs, sentences, words

_INFERRED: Final = "https://w3id.org/tipgraph/code#date-basis-inferred"
_SIGNS: Final = {"USD": ("$", "dollar"), "EUR": ("€", "euro"), "GBP": ("£", "pound")}
_SCALES: Final = {"thousand": 10**3, "mil": 10**3, "million": 10**6, "millones": 10**6, "billion": 10**9}
_NUMBER: Final = re.compile(r"(-?\d+(?:[,'’\u00a0\u202f]\d{3}(?!\d))*(?:\.\d+)?)(?:\s+([a-z]+))?", re.IGNORECASE)
_YEAR: Final = re.compile(r"\d{4}")
_REMEDY: Final = "cite the words that do, or make it implied and say in a note from what it is read"
_MARKS: Final = frozenset({tip.modality, tip.dateBasis, tip.note})

Span = tuple[int, int]


class Words:
    """A text, cut by the rule of its source into sentences, records or elements."""

    def __init__(self, text: str, rule: str, form: str) -> None:
        """Cut a text; `form` says of which format's marks its words are free."""
        self._text, self._form = text, form
        self._parts = [(one.start, one.end) for part in paragraphs(text, rule) for one in sentences(text, part, rule)]
        self._starts = [start for start, _ in self._parts]

    def around(self, span: Span) -> Span:
        """Return the bounds of the sentences in which a span lies."""
        first, last = (bisect_right(self._starts, place) - 1 for place in (span[0], span[1] - 1))
        return (min(span[0], self._parts[first][0]), max(span[1], self._parts[last][1])) if first >= 0 else span

    def said(self, spans: Iterable[Span]) -> str:
        """Return the words of spans."""
        return " | ".join(words(self._text[start:end], self._form) for start, end in sorted(spans))


@dataclass
class _Given:
    """What a claim gives, by property, and the sentences that it cites."""

    values: list[tuple[str, NamedNode | Literal]] = field(default_factory=list)
    spans: set[Span] = field(default_factory=set)

    @cached_property
    def marks(self) -> dict[str, str]:
        """Its modality, the basis of its date and its note, by property."""
        return {how: value.value for how, value in self.values if how in _MARKS}


def ungrounded(graph: Graph, source: NamedNode, text: Words) -> Iterator[tuple[str, str]]:
    """Yield the claims of a source whose words lack something that they give, each with what to do.

    >>> list(ungrounded(Graph(), NamedNode("urn:none"), Words("", "lines", "plain")))
    []
    """
    names, called_at = _names(graph, source)
    for claim, given in _claims(graph, source, text).items():
        said = text.said(given.spans)
        folded_words = f" {folded(said)} "
        missing = []
        for how, value in given.values:
            if isinstance(value, NamedNode) and how not in _MARKS:
                is_named = any(f" {name} " in folded_words for name in names[value])
                if not is_named and not any(_meet(one, two) for one in given.spans for two in called_at[value]):
                    missing.append(f"{short(how)} {value.value.rpartition('/')[2]}")
            elif isinstance(value, Literal):
                missing += _lacking(how, value.value, said, given.marks.get(tip.dateBasis, ""))
        is_explained = given.marks.get(tip.modality) == IMPLIED and tip.note in given.marks
        if missing and not is_explained:
            yield claim.value, f"gives {', '.join(missing)}, which the words that it cites do not have; {_REMEDY}"


def _claims(graph: Graph, source: NamedNode, text: Words) -> dict[NamedNode, _Given]:
    found: dict[NamedNode, _Given] = defaultdict(_Given)
    for row in graph.named("given", {"source": [source]}):
        found[row["claim"]].values.append((row["how"].value, row["value"]))
    for row in graph.named("spans-of-claims", {"source": [source]}):
        if row["claim"] in found:
            found[row["claim"]].spans.add(text.around((int(row["start"].value), int(row["end"].value))))
    return {claim: given for claim, given in found.items() if given.spans}


def _names(graph: Graph, source: NamedNode) -> tuple[dict[NamedNode, set[str]], dict[NamedNode, set[Span]]]:
    """Return the names of things in a source, folded, and the spans at which it calls them."""
    names: dict[NamedNode, set[str]] = defaultdict(set)
    called_at: dict[NamedNode, set[Span]] = defaultdict(set)
    for row in graph.named("names-in", {"source": [source]}):
        names[row["thing"]].add(folded(row["name"].value))
        if row["start"]:
            called_at[row["thing"]].add((int(row["start"].value), int(row["end"].value)))
    return names, called_at


def _meet(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _lacking(how: str, value: str, said: str, date_basis: str) -> Iterator[str]:
    """Yield what of an amount, a currency or a date some words lack."""
    if how == tip.amount and Decimal(value) not in set(_numbers(said)):
        yield f"amount {value}"
    elif how == tip.currency and not any(sign in said.lower() for sign in (value.lower(), *_SIGNS.get(value, ()))):
        yield f"currency {value}"
    elif how == tip.date and date_basis != _INFERRED:
        yield from (f"year {year}" for year in sorted(set(_YEAR.findall(value))) if year not in said)


def _numbers(said: str) -> Iterator[Decimal]:
    """Yield the numbers in some words; "1.5 million" is that many."""
    for number, scale in _NUMBER.findall(said):
        value = Decimal(re.sub(r"[^\d.-]", "", number))
        yield value
        yield value * _SCALES.get(scale.lower(), 1)
