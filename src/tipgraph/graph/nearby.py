"""Nearby questions: other values of a question's parameters that give rows, for a question that has none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode, QueryBoolean

from tipgraph.errors import CallError
from tipgraph.graph.graph import Graph, Terms
from tipgraph.graph.lookup import resolve
from tipgraph.graph.sparql import Parameter
from tipgraph.model import data_name

_MOST: Final = 6
_WITHOUT_NEAR: Final = ("flag", "from", "to", "text")  # kinds of values without near ones


class Near(NamedTuple):
    """A question to ask instead: words for its parameters, and its number of rows."""

    values: Mapping[str, str]
    rows: int

    def __str__(self) -> str:
        """Return it as typed on the command line, such as `for=research-project-1999 (3 rows)`."""
        words = " ".join(f"{name}={word}" for name, word in self.values.items()) or "without parameters"
        return f"{words} ({self.rows:,} row{'' if self.rows == 1 else 's'})"


def nearby(
    graph: Graph,
    text: str,
    parameters: Mapping[str, Parameter],
    given: Terms,
    words: Mapping[str, str],
    seconds: float,
) -> list[Near]:
    """Return at most six questions to ask instead of one whose values give no row, the nearest first.

    `given` are those values, `words` the caller's words for them. A thing is replaced by things of its kind that share
    a claim with it, in its own parameter or in a free one; a class by those above and below it; a code or a number by
    the others; and each value by none. There are none if the question has no row whatever the values. The search ends
    after some seconds.
    """
    near = _Search(graph, text, parameters, given, words, monotonic() + seconds).near()
    return list(islice({tuple(other.values.items()): other for other in islice(near, 2 * _MOST)}.values(), _MOST))


@dataclass(frozen=True)
class _Search:
    """Asks a question with other values, until a moment."""

    graph: Graph
    text: str
    parameters: Mapping[str, Parameter]
    given: Terms
    words: Mapping[str, str]
    until: float

    def near(self) -> Iterator[Near]:
        """Yield questions with one value replaced, then those with one value left out, then that with none."""
        for name in self.given:
            yield from self._replacing(name)
        for name in self.given:
            rest, words = self._without(name)
            if rows := self._rows(rest):
                yield Near(words, rows)
        if len(self.given) > 1 and (rows := self._rows({})):
            yield Near({}, rows)

    def _replacing(self, name: str) -> Iterator[Near]:
        """Yield questions with another value for a parameter; all candidates are first asked for at once."""
        rest, words = self._without(name)
        for other, candidates in self._candidates(name):
            if candidates and self._rows({**rest, other: list(candidates)}):
                for value, word in candidates.items():
                    if rows := self._rows({**rest, other: [value]}):
                        yield Near({**words, other: word or _short_name(self.graph, value)}, rows)

    def _without(self, name: str) -> tuple[Terms, Mapping[str, str]]:
        rest = {other: values for other, values in self.given.items() if other != name}
        return rest, {other: word for other, word in self.words.items() if other != name}

    def _candidates(self, name: str) -> Iterator[tuple[str, dict[NamedNode | Literal, str]]]:
        """Yield parameters and the values that may replace one, with their words; a thing has an empty word."""
        kind, _, detail = self.parameters[name].kind.partition(" ")
        if kind in _WITHOUT_NEAR:
            return
        if kind == "code":
            codes = self.graph.named("codes", {"name": [Literal(detail)]})
            yield name, {row["code"]: row["notation"].value for row in codes}
        elif kind == "class":
            yield name, self._classes_around(name)
        elif kind == "number":
            least, _, most = detail.partition("-")
            yield name, {Literal(number): str(number) for number in range(int(least), int(most) + 1)} if most else {}
        else:
            for other in (name, *self._free_things()):
                slots = {"thing": self.given[name], "kind": [Literal(self.parameters[other].kind)]}
                yield other, {row["other"]: "" for row in self.graph.named("beside", slots)}

    def _classes_around(self, name: str) -> dict[NamedNode | Literal, str]:
        """Return the classes above and below the value of a parameter, with their names."""
        names = {row["class"]: row["name"].value for row in self.graph.named("classes")}
        pairs = [tuple(pair) for pair in self.graph.named("class-tree")]
        pairs += [(above, below) for below, above in pairs]
        return {other: names[other] for cls, other in pairs if cls in self.given[name] and other in names}

    def _free_things(self) -> list[str]:
        """Return the parameters that take a thing and have no value."""
        no_things = ("class", "code", "number", *_WITHOUT_NEAR)
        kinds = {name: parameter.kind.partition(" ")[0] for name, parameter in self.parameters.items()}
        return [name for name, kind in kinds.items() if name not in self.given and kind not in no_things]

    def _rows(self, values: Terms) -> int:
        if monotonic() > self.until:
            return 0
        result = self.graph.query(self.text, values)
        return int(bool(result)) if isinstance(result, QueryBoolean) else sum(1 for _ in result)


def _short_name(graph: Graph, node: NamedNode | Literal) -> str:
    """Return the shortest name that means a node."""
    name = node.value.rpartition("/")[2]
    try:
        return name if resolve(graph, name) == node else data_name(node.value)
    except CallError:
        return data_name(node.value)
