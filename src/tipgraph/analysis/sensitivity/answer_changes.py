"""How an answer changes without each of its sources: rows that go, change or appear."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.sensitivity.correspondence import Crossing
from tipgraph.analysis.sensitivity.row_matches import Row, RowChange, borne_out, matched
from tipgraph.graph import Answer, Graph, Query, Terms, ask
from tipgraph.pipeline import Gathered


@dataclass(frozen=True)
class Outcome:
    """The changes of an answer without one source. Rows are indices in the whole answer.

    - `rows`: the answer without the source, with the nodes of the whole graph
    - `goes`: rows that are gone; `borne_out`: rows whose claims are gone, but another source says the same
    - `changes`: rows about the same things, or by the same claim, with other values; `new`: rows that appear
    - `labels`: the labels of nodes in changed and new rows; `apart`: the things that only this source joins
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
        """Tell whether nothing changes without the source."""
        return not (self.goes or self.borne_out or self.changes or self.new)


@dataclass(frozen=True)
class SensitivityReport:
    """An answer, and its changes without each of some sources."""

    answer: Answer
    outcomes: Sequence[Outcome]

    def goes_without(self, row: int) -> list[str]:
        """Return the sources without which a row is gone, each by itself."""
        return [outcome.source for outcome in self.outcomes if row in outcome.goes]

    def changes_without(self, row: int) -> list[str]:
        """Return the sources without which a row changes, each by itself."""
        return [outcome.source for outcome in self.outcomes if any(change.row == row for change in outcome.changes)]


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
    (4, 3)
    """
    asked = _Asked(question, gathered.graph(), values or {}, language)
    return SensitivityReport(asked.answer, [asked.without(gathered, source) for source in sources or gathered.sources])


class _Asked:
    """A question with its answer in the whole graph, to be asked again without a source."""

    def __init__(self, question: Query, whole: Graph, values: Mapping[str, str], language: str) -> None:
        self._question, self._whole, self._language = question, whole, language
        self._terms = question.terms(whole, values)
        self.answer = ask(whole, question.text, self._terms, language)

    def without(self, gathered: Gathered, source: str) -> Outcome:
        """Ask the graph built without a source."""
        rest = gathered.graph([source])
        crossing = Crossing(self._whole, rest, source)
        left = ask(rest, self._question.text, _moved(self._terms, crossing), self._language)
        rows = [_called(row, crossing) for row in left.rows]
        matches = matched(self.answer, rows)
        supported = borne_out(self.answer, matches)
        nodes = {term for row in (*matches.new, *(change.after for change in matches.changes)) for term in row}
        called = ((crossing.to_whole(node), label) for node, label in left.labels.items())
        return Outcome(
            source,
            rows,
            [index for index in matches.gone if index not in supported],
            supported,
            matches.changes,
            matches.new,
            {node: label for node, label in called if node in nodes},
            sorted(self._whole.labels(crossing.apart, self._language).values()),
        )


def _moved(terms: Terms, crossing: Crossing) -> Terms:
    """Translate terms for slots to the rest; an unknown term stays and matches nothing."""
    return {name: [moved for term in values for moved in _term(term, crossing)] for name, values in terms.items()}


def _term(term: NamedNode | Literal, crossing: Crossing) -> Sequence[NamedNode | Literal]:
    return crossing.to_rest(term) or [term] if isinstance(term, NamedNode) else [term]


def _called(row: Row, crossing: Crossing) -> Row:
    return tuple(crossing.to_whole(term) if isinstance(term, NamedNode) else term for term in row)
