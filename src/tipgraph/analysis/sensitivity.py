"""How an answer changes when each source is left out: rows that go, and rows that appear.

A source is left out by building without its folder, so that its joins and conclusions go too. In a finished graph,
joined nodes cannot be separated.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Answer, Graph, Query, Term, Terms, ask
from tipgraph.model import DATA, IDENTITY, data_iri, tip
from tipgraph.pipeline import Gathered

Row: TypeAlias = tuple[Term | None, ...]
_CANONICAL = NamedNode(tip.canonical)


@dataclass(frozen=True)
class Outcome:
    """The changes of an answer without one source. Rows are indices in the whole answer.

    - `rows`: the answer without the source, with the nodes of the whole graph
    - `goes`: rows that are gone; `borne_out`: rows whose claims are gone, but another source says the same
    - `new`: rows that appear, also in place of one that is gone, such as another count
    - `labels`: the labels of nodes in new rows; `apart`: the things that only this source joins
    """

    source: str
    rows: Sequence[Row]
    goes: Sequence[int]
    borne_out: Sequence[int]
    new: Sequence[Row]
    labels: Mapping[NamedNode, str]
    apart: Sequence[str]

    @property
    def quiet(self) -> bool:
        """Tell whether nothing changes without the source."""
        return not (self.goes or self.borne_out or self.new)


@dataclass(frozen=True)
class SensitivityReport:
    """An answer, and its changes without each of some sources."""

    answer: Answer
    outcomes: Sequence[Outcome]

    def goes_without(self, row: int) -> list[str]:
        """Return the sources without which a row is gone, each by itself."""
        return [outcome.source for outcome in self.outcomes if row in outcome.goes]


def knock_out_of_answer(
    gathered: Gathered,
    question: Query,
    values: Mapping[str, str] | None = None,
    sources: Sequence[str] = (),
    language: str = "en",
) -> SensitivityReport:
    """Answer a question, and answer it again without each source, or each of `sources`.

    Raises what `Query.run` raises, InputError, and UnknownName for an unknown source.

    >>> from tipgraph.pipeline.builder import gather
    >>> found = knock_out_of_answer(gather(), Query.find("funding"), {"in": "caribbean"}, ["oas-cim-2005"])
    >>> len(found.answer.rows), len(found.outcomes[0].goes)
    (5, 3)
    """
    whole = gathered.graph()
    terms = question.terms(whole, values or {})
    answer = ask(whole, question.text, terms, language)
    left_out = sources or list(gathered.sources)
    return SensitivityReport(answer, [_outcome(answer, question, terms, gathered, source) for source in left_out])


def _outcome(answer: Answer, question: Query, terms: Terms, gathered: Gathered, source: str) -> Outcome:
    """Ask the graph built without a source."""
    rest = gathered.graph([source])
    crossing = _Crossing(answer.graph, rest, source)
    moved = {name: [node for term in given for node in crossing.to_rest(term)] for name, given in terms.items()}
    left = ask(rest, question.text, moved, answer.language)
    rows: list[Row] = [tuple(map(crossing.to_whole, row)) for row in left.rows]
    kept, gone = _alike(answer.rows, rows)
    supported = _borne_out(answer, kept, gone)
    return Outcome(
        source,
        rows,
        [at for at in gone if at not in supported],
        supported,
        [rows[at] for at in _alike(rows, answer.rows)[1]],
        {crossing.to_whole(node): label for node, label in left.labels.items()},
        sorted(answer.graph.labels(crossing.apart, answer.language).values()),
    )


class _Crossing:
    """The nodes of a graph, and of the same graph built without a source.

    If the canonical node of a thing was from that source, another node is canonical now. A thing that only the source
    joined comes apart.
    """

    def __init__(self, whole: Graph, rest: Graph, without: str) -> None:
        """Read the canonical nodes of both graphs: those to which judgements join others."""
        self._in_whole, self._in_rest = (
            dict[Any, Any](
                (quad.subject, quad.object) for quad in graph.quads(IDENTITY.value) if quad.predicate == _CANONICAL
            )
            for graph in (whole, rest)
        )
        self._gone = data_iri(without).value
        self._members: dict[Any, list[Any]] = {}
        for node, canonical in self._in_whole.items():
            self._members.setdefault(canonical, [canonical]).append(node)

    def to_whole(self, term: Any) -> Any:
        """Return the node of the whole graph for a node of the rest."""
        return self._in_whole.get(term, term)

    def to_rest(self, term: NamedNode | Literal) -> list[NamedNode | Literal]:
        """Return the nodes of the rest for a node of the whole graph, several if it comes apart."""
        stay = [one for one in self._members.get(term, [term]) if not f"{one.value}/".startswith(f"{self._gone}/")]
        return sorted({self._in_rest.get(one, one) for one in stay}, key=lambda one: (one != term, one.value)) or [term]

    @property
    def apart(self) -> list[NamedNode]:
        """The things that come apart, by their canonical nodes in the whole graph."""
        return sorted((node for node in self._members if len(self.to_rest(node)) > 1), key=str)


def _alike(rows: Sequence[Row], others: Sequence[Row]) -> tuple[list[int], list[int]]:
    """Divide the indices of rows: those that are among others, each of these once, and the rest."""
    left = Counter(others)
    there: list[int] = []
    absent: list[int] = []
    for index, row in enumerate(rows):
        (there if left[row] > 0 else absent).append(index)
        left[row] -= 1
    return there, absent


def _borne_out(whole: Answer, kept: Sequence[int], gone: Sequence[int]) -> list[int]:
    """Return the rows that are gone while a kept row says the same by claims of other sources."""
    left: dict[Row, list[list[NamedNode]]] = {}
    for index in kept:
        left.setdefault(_about(whole, index), []).append(whole.claims(whole.rows[index]))
    found = []
    for index in gone:
        claims = whole.claims(whole.rows[index])
        same = [others for others in left.get(_about(whole, index), ()) if len(others) == len(claims) > 0]
        carried = (
            all(one == other or other in whole.supports[one].others for one, other in zip(claims, others, strict=True))
            for others in same
        )
        if any(carried):
            found.append(index)
    return found


def _about(whole: Answer, index: int) -> Row:
    """Return a row with its things only."""
    row = whole.rows[index]
    left_out = {*whole.claims(row)}
    is_thing = (isinstance(term, NamedNode) and term.value.startswith(DATA) and term not in left_out for term in row)
    return tuple(term if thing else None for term, thing in zip(row, is_thing, strict=True))
