"""What the answer of a question owes to each of its sources: rows that go without it, change, or only then appear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.sensitivity.correspondence import Crossing
from tipgraph.analysis.sensitivity.row_matches import Row, RowChange, borne_out, matched
from tipgraph.graph import Answer, Graph, Query, Terms, ask
from tipgraph.pipeline import Gathered


@dataclass(frozen=True)
class Outcome:
    """What becomes of an answer without one source; rows are told by their indices in the whole answer.

    `rows` are those of the graph that is built without it, in its order, their nodes as the whole graph calls them.
    `goes` are the rows that are gone; `borne_out` those whose claims are gone while another source says the same in a
    row that stays. `changes` are rows about the same things, or by the same claim, with other values; `new` are those
    that appear. `labels` say how the nodes of the last two are called, and `apart` names the things that nothing but
    this source tells to be one.
    """

    source: str
    rows: Sequence[Row]
    goes: Sequence[int]
    borne_out: Sequence[int]
    changes: Sequence[RowChange]
    new: Sequence[Row]
    labels: Mapping[NamedNode, str]
    apart: Sequence[str]

    @property
    def quiet(self) -> bool:
        """Tell whether nothing is otherwise without the source."""
        return not (self.goes or self.borne_out or self.changes or self.new)


@dataclass(frozen=True)
class SensitivityReport:
    """The answer of a question, and what becomes of it without each of some sources."""

    answer: Answer
    outcomes: Sequence[Outcome]

    def goes_without(self, row: int) -> list[str]:
        """Return the sources without each of which a row is gone."""
        return [one.source for one in self.outcomes if row in one.goes]

    def changes_without(self, row: int) -> list[str]:
        """Return the sources without each of which a row changes."""
        return [one.source for one in self.outcomes if any(change.row == row for change in one.changes)]


def knock_out_of_answer(
    gathered: Gathered,
    question: Query,
    values: Mapping[str, str] | None = None,
    sources: Sequence[str] = (),
    language: str = "en",
) -> SensitivityReport:
    """Ask a question of the graph of what was gathered, and of that graph built without each source, or each of some.

    Raises what `Query.run` raises, InputError, and UnknownName for a source that is not there.

    >>> from tipgraph.pipeline.builder import gather
    >>> found = knock_out_of_answer(gather(), Query.find("funding"), {"in": "caribbean"}, ["oas-cim-2005"])
    >>> len(found.answer.rows), len(found.outcomes[0].goes)
    (4, 3)
    """
    asked = _Asked(question, gathered.graph(), values or {}, language)
    return SensitivityReport(asked.answer, [asked.without(gathered, source) for source in sources or gathered.sources])


class _Asked:
    """A question that was asked of the whole graph, to be asked again of what is left of it."""

    def __init__(self, question: Query, whole: Graph, values: Mapping[str, str], language: str) -> None:
        self._question, self._whole, self._language = question, whole, language
        self._terms = question.terms(whole, values)
        self.answer = ask(whole, question.text, self._terms, language)

    def without(self, gathered: Gathered, source: str) -> Outcome:
        """Ask the graph that is built without a source; neither it nor its answer is kept."""
        rest = gathered.graph([source])
        crossing = Crossing(self._whole, rest, source)
        left = ask(rest, self._question.text, _moved(self._terms, crossing), self._language)
        rows = [_called(row, crossing) for row in left.rows]
        found = matched(self.answer, rows)
        borne = borne_out(self.answer, found)
        told = {term for row in (*found.new, *(one.after for one in found.changes)) for term in row}
        called = ((crossing.to_whole(node), label) for node, label in left.labels.items())
        return Outcome(
            source,
            rows,
            [index for index in found.gone if index not in borne],
            borne,
            found.changes,
            found.new,
            {node: label for node, label in called if node in told},
            sorted(self._whole.labels(crossing.apart, self._language).values()),
        )


def _moved(terms: Terms, crossing: Crossing) -> Terms:
    """Return terms for slots as the rest knows them; what it does not know stays, and fits nothing."""
    return {name: [moved for term in found for moved in _term(term, crossing)] for name, found in terms.items()}


def _term(term: NamedNode | Literal, crossing: Crossing) -> Sequence[NamedNode | Literal]:
    return crossing.to_rest(term) or [term] if isinstance(term, NamedNode) else [term]


def _called(row: Row, crossing: Crossing) -> Row:
    return tuple(crossing.to_whole(term) if isinstance(term, NamedNode) else term for term in row)
