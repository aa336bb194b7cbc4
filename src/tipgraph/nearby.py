"""What stands one step away from a question that nothing answers: other values of its parameters that give rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, QueryBoolean

from tipgraph.errors import CallError
from tipgraph.graph import Graph, Terms
from tipgraph.names import resolve
from tipgraph.sparql import Parameter
from tipgraph.statements import DATA

_MOST: Final = 6  # that are said
_NO_THINGS: Final = ("from", "to", "text", "class", "number", "code")


def nearby(
    graph: Graph, text: str, parameters: Mapping[str, Parameter], given: Terms, words: Mapping[str, str]
) -> list[str]:
    """Return the parameters to ask with instead, each with its number of rows: `for=research-project-1999 (3 rows)`.

    `given` are the values that give no row, `words` what the caller wrote for them. A thing gives way to those that a
    claim names with it, in its own parameter first; any other value is left out.
    """
    asking = _Asking(graph, text, parameters)
    found = (said for name in given for said in asking.without(name, given, words))
    return list(dict.fromkeys(found))[:_MOST]


@dataclass(frozen=True)
class _Asking:
    """Asks a question again with other values."""

    graph: Graph
    text: str
    parameters: Mapping[str, Parameter]

    def without(self, name: str, given: Terms, words: Mapping[str, str]) -> Iterator[str]:
        """Yield what gives rows where one value gives way."""
        rest = {other: values for other, values in given.items() if other != name}
        kept = {other: word for other, word in words.items() if other != name}
        if not _is_thing(self.parameters[name]):
            if rest and (count := self._rows(rest)):
                yield _said(kept, count)
            return
        near = [row["other"] for row in self.graph.named("beside", {"thing": given[name]})]
        for other in (name, *(free for free in self.parameters if free not in given)):
            if near and _is_thing(self.parameters[other]) and self._rows({**rest, other: near}):
                counts = [(self._rows({**rest, other: [node]}), node) for node in near]
                ranked = sorted((pair for pair in counts if pair[0]), key=lambda pair: (-pair[0], pair[1].value))
                yield from (_said({**kept, other: _short(self.graph, node)}, count) for count, node in ranked)

    def _rows(self, values: Terms) -> int:
        result = self.graph.query(self.text, values)
        return int(bool(result)) if isinstance(result, QueryBoolean) else sum(1 for _ in result)


def _is_thing(parameter: Parameter) -> bool:
    return parameter.kind.partition(" ")[0] not in _NO_THINGS


def _said(words: Mapping[str, str], count: int) -> str:
    return f"{' '.join(f'{name}={word}' for name, word in words.items())} ({count} row{'' if count == 1 else 's'})"


def _short(graph: Graph, node: NamedNode) -> str:
    """Return the shortest name that means a node."""
    name = node.value.rpartition("/")[2]
    try:
        return name if resolve(graph, name) == node else node.value.removeprefix(DATA)
    except CallError:
        return node.value.removeprefix(DATA)
