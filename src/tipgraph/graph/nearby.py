"""Nearby questions: other values of a question's parameters that give rows, for a question that has none."""

from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import Final, NamedTuple, TypeVar

from pyoxigraph import Literal, NamedNode, QueryBoolean

from tipgraph.errors import CallError
from tipgraph.graph.graph import Graph, Terms
from tipgraph.graph.lookup import resolve
from tipgraph.graph.sparql import Parameter
from tipgraph.model import data_name

_MOST: Final = 6
_SECONDS: Final = 20
_Value = TypeVar("_Value")
_NO_THINGS: Final = ("class", "code", "flag", "from", "number", "text", "to")  # kinds of values


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
) -> list[Near]:
    """Return at most six questions to ask instead of one whose values give no row, the nearest first.

    `given` are those values, `words` the caller's words for them. A thing is replaced by things of its kind that share
    a claim with it, in its own parameter or in a free one, a code by the others of its list, and each value by none.
    There are none if the question has no row whatever the values. The search ends after twenty seconds.
    """
    found: dict[tuple[tuple[str, str], ...], Near] = {}
    until = monotonic() + _SECONDS

    def rows(values: Terms) -> int:
        if monotonic() > until:
            return 0
        result = graph.query(text, values)
        return int(bool(result)) if isinstance(result, QueryBoolean) else sum(1 for _ in result)

    for values, said in _candidates(graph, parameters, given, words, rows):
        if number := rows(values):
            said = {name: word or _short_name(graph, values[name][0]) for name, word in said.items()}
            found.setdefault(tuple(said.items()), Near(said, number))
        if len(found) == _MOST:
            break
    return list(found.values())


def _candidates(
    graph: Graph,
    parameters: Mapping[str, Parameter],
    given: Terms,
    words: Mapping[str, str],
    rows: Callable[[Terms], int],
) -> Iterator[tuple[Terms, Mapping[str, str]]]:
    """Yield the values to ask for and their words; those that replace one are first asked for at once."""
    others = [(name, _without(name, given), _without(name, words)) for name in given]
    for name, rest, said in others:
        for other, terms in _alternatives(graph, parameters, given, name):
            if terms and rows({**rest, other: list(terms)}):
                yield from (({**rest, other: [term]}, {**said, other: word}) for term, word in terms.items())
    yield from ((rest, said) for _, rest, said in others)
    if len(given) > 1:
        yield {}, {}


def _without(name: str, values: Mapping[str, _Value]) -> dict[str, _Value]:
    return {other: value for other, value in values.items() if other != name}


def _alternatives(
    graph: Graph, parameters: Mapping[str, Parameter], given: Terms, name: str
) -> Iterator[tuple[str, dict[NamedNode | Literal, str]]]:
    """Yield parameters and the terms that may replace the value of one, with their words; a thing has an empty one."""
    kind, _, scheme = parameters[name].kind.partition(" ")
    if kind == "code":
        yield name, {row["code"]: row["notation"].value for row in graph.named("codes", {"name": [Literal(scheme)]})}
    elif kind not in _NO_THINGS:
        kinds = {other: parameter.kind for other, parameter in parameters.items() if other not in given}
        for other, kind_of in {name: parameters[name].kind, **kinds}.items():
            if kind_of.partition(" ")[0] not in _NO_THINGS:
                slots = {"thing": given[name], "kind": [Literal(kind_of)]}
                yield other, {row["other"]: "" for row in graph.named("beside", slots)}


def _short_name(graph: Graph, node: NamedNode | Literal) -> str:
    """Return the shortest name that means a node."""
    name = node.value.rpartition("/")[2]
    try:
        return name if resolve(graph, name) == node else data_name(node.value)
    except CallError:
        return data_name(node.value)
