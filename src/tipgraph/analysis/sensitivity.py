"""How an answer changes when each source is left out.

A source is left out by building without its folder, so that its joins and conclusions go too. In a finished graph,
joined nodes cannot be separated.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Answer, Graph, Query, Term, Terms, ask
from tipgraph.model import IDENTITY, data_iri, term_words, tip
from tipgraph.pipeline import Gathered

_CANONICAL = NamedNode(tip.canonical)
_Row: TypeAlias = tuple[Term | None, ...]


@dataclass(frozen=True)
class Outcome:
    """The changes of an answer without one source.

    `goes` are the rows that are gone, by index; a row that claims of other sources say too stays. `new` are the rows
    that appear, in words. A row with another value is gone, and new.
    """

    source: str
    goes: Sequence[int]
    new: Sequence[Sequence[str]]


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
    answer, joined, outcomes = ask(whole, question.text, terms, language), _canonical_nodes(whole), []
    rows = [_compared(row, answer, {}) for row in answer.rows]
    for source in sources or gathered.sources:
        rest = gathered.graph([source])
        left = ask(rest, question.text, _moved(terms, joined, _canonical_nodes(rest), source), language)
        found = {_compared(row, left, joined): row for row in left.rows}
        goes = [at for at, row in enumerate(rows) if row not in found and not _is_said(row, found, answer)]
        new = [list(_words(row, left, language)) for compared, row in found.items() if compared not in set(rows)]
        outcomes.append(Outcome(source, goes, new))
    return SensitivityReport(answer, outcomes)


def _compared(row: _Row, answer: Answer, joined: Mapping[NamedNode, NamedNode]) -> tuple[_Row, _Row]:
    """Return the values and the claims of a row, each node as it is in the whole graph."""
    claims = answer.claims(row)
    values = (None if term in claims else term for term in row)
    return tuple(joined.get(term, term) if isinstance(term, NamedNode) else term for term in values), tuple(claims)


def _is_said(row: tuple[_Row, _Row], found: Iterable[tuple[_Row, _Row]], answer: Answer) -> bool:
    """Tell whether a row has the values of one that is left, whose claims are of other sources and say the same."""
    values, claims = row
    supported = [{claim, *answer.supports[claim].others} for claim in claims if isinstance(claim, NamedNode)]
    return bool(claims) and any(
        values == other and len(claims) == len(by) and all(map(set.__contains__, supported, by)) for other, by in found
    )


def _words(row: _Row, answer: Answer, language: str) -> Iterator[str]:
    claims = set(answer.claims(row))
    yield from (
        term_words(term, language, answer.labels).text for term in row if term is not None and term not in claims
    )


def _moved(
    terms: Terms, joined: Mapping[NamedNode, NamedNode], rest: Mapping[NamedNode, NamedNode], source: str
) -> Terms:
    """Return terms for slots in the graph without a source; a term that is gone stays, and matches nothing."""
    gone = data_iri(source).value

    def moved(term: NamedNode | Literal) -> set[NamedNode | Literal]:
        members = {term, *(node for node, canonical in joined.items() if canonical == term)}
        lost = {node for node in members if isinstance(node, NamedNode) and f"{node.value}/".startswith(f"{gone}/")}
        return {rest.get(node, node) if isinstance(node, NamedNode) else node for node in members - lost} or {term}

    return {name: sorted({node for term in given for node in moved(term)}, key=str) for name, given in terms.items()}


def _canonical_nodes(graph: Graph) -> dict[NamedNode, NamedNode]:
    """Return the canonical node of each node that judgements join to another."""
    return {
        quad.subject: quad.object
        for quad in graph.quads(IDENTITY.value)
        if quad.predicate == _CANONICAL and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }
