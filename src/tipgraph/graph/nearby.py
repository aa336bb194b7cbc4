"""What stands one step away from a question that nothing answers: other values of its parameters that give rows."""

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

_MOST: Final = 6  # that are said
_WITHOUT_NEAR: Final = ("from", "to", "text")  # kinds of values that have none near them

Others = dict[NamedNode | Literal, str]  # values, and the words that mean them; none for a thing


class Near(NamedTuple):
    """What to ask instead: words for the parameters, and how many rows they give."""

    values: Mapping[str, str]
    rows: int

    def __str__(self) -> str:
        """Say it as one types it, such as `for=research-project-1999 (3 rows)`."""
        asked = " ".join(f"{name}={word}" for name, word in self.values.items()) or "without parameters"
        return f"{asked} ({self.rows:,} row{'' if self.rows == 1 else 's'})"


def nearby(
    graph: Graph,
    text: str,
    parameters: Mapping[str, Parameter],
    given: Terms,
    words: Mapping[str, str],
    seconds: float,
) -> list[Near]:
    """Return what to ask instead of a question whose values give no row, the nearest first; at most six.

    `given` are those values, `words` what the caller wrote for them. A thing gives way to those of its kind that a
    claim names with it, in its own parameter or in a free one; a class to those above and below it; a code or a number
    to the others; and each value to none at all. Nothing is near where the question has no row whatever the values.
    After some seconds nothing more is asked, and what was found is said.
    """
    near = _Asking(graph, text, parameters, given, words, monotonic() + seconds).near()
    return list(islice({tuple(one.values.items()): one for one in islice(near, 2 * _MOST)}.values(), _MOST))


@dataclass(frozen=True)
class _Asking:
    """Asks a question again with other values."""

    graph: Graph
    text: str
    parameters: Mapping[str, Parameter]
    given: Terms
    words: Mapping[str, str]
    until: float

    def near(self) -> Iterator[Near]:
        """Yield what gives rows where one value gives way to another one, and then where it gives way to none."""
        for name in self.given:
            yield from self._near_of(name)
        for name in self.given:
            rest, kept = self._without(name)
            if rows := self._rows(rest):
                yield Near(kept, rows)
        if len(self.given) > 1 and (rows := self._rows({})):
            yield Near({}, rows)

    def _near_of(self, name: str) -> Iterator[Near]:
        """Yield other values for a parameter that give rows, all values of a kind first being asked for at once."""
        rest, kept = self._without(name)
        for other, values in self._instead(name):
            if values and self._rows({**rest, other: list(values)}):
                for value, word in values.items():
                    if rows := self._rows({**rest, other: [value]}):
                        yield Near({**kept, other: word or _short(self.graph, value)}, rows)

    def _without(self, name: str) -> tuple[Terms, Mapping[str, str]]:
        rest = {other: values for other, values in self.given.items() if other != name}
        return rest, {other: word for other, word in self.words.items() if other != name}

    def _instead(self, name: str) -> Iterator[tuple[str, Others]]:
        """Yield parameters, and the values that they may have instead of the one that is given."""
        sort, _, more = self.parameters[name].kind.partition(" ")
        if sort == "code":
            codes = self.graph.named("codes", {"name": [Literal(more)]})
            yield name, {row["code"]: row["notation"].value for row in codes}
        elif sort == "class":
            called = {row["class"]: row["name"].value for row in self.graph.named("classes")}
            pairs = [tuple(pair) for pair in self.graph.named("class-tree")]
            beside = [
                one
                for pair in (*pairs, *(pair[::-1] for pair in pairs))
                if pair[0] in self.given[name]
                for one in pair[1:]
            ]
            yield name, {one: called[one] for one in beside if one in called}
        elif sort == "number":
            least, _, most = more.partition("-")
            yield name, {Literal(number): str(number) for number in range(int(least), int(most) + 1)} if most else {}
        elif sort not in _WITHOUT_NEAR:
            yield from ((other, self._beside(name, other)) for other in (name, *self._free_things()))

    def _free_things(self) -> list[str]:
        no_things = ("class", "code", "number", *_WITHOUT_NEAR)
        free = {name: one.kind.partition(" ")[0] for name, one in self.parameters.items() if name not in self.given}
        return [name for name, sort in free.items() if sort not in no_things]

    def _beside(self, name: str, other: str) -> Others:
        """Return the things beside the one that a parameter names which another parameter may name."""
        kind = [Literal(self.parameters[other].kind)]
        rows = self.graph.named("beside", {"thing": self.given[name], "kind": kind})
        return {row["other"]: "" for row in rows}

    def _rows(self, values: Terms) -> int:
        if monotonic() > self.until:
            return 0
        result = self.graph.query(self.text, values)
        return int(bool(result)) if isinstance(result, QueryBoolean) else sum(1 for _ in result)


def _short(graph: Graph, node: NamedNode | Literal) -> str:
    """Return the shortest name that means a node."""
    name = node.value.rpartition("/")[2]
    try:
        return name if resolve(graph, name) == node else data_name(node.value)
    except CallError:
        return data_name(node.value)
