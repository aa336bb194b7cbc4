"""An answer of a question as it is shown: its columns, its cells in words, and the remarks on its claims."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.display.translations import phrases
from tipgraph.graph import Answer, Graph, Remark, Term
from tipgraph.model import IMPLIED, term_words, terms

TOLD = "a column of an answer; the ontology has no word for it, or only that of another thing."  # translators
_NUMBERS = ("integer", "decimal", "double", "float")


@cache
def columns() -> dict[str, str]:
    """Return the columns that translators get, each with its English if its own name or word is not plain.

    >>> columns()["hop"], columns()["country"]
    ('step', '')
    """
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as file:
        return dict(csv.reader(file))


class Cell(NamedTuple):
    """A cell of an answer: its term, that in words, and the language of the words if it is another one.

    `label` is the label of a node that has one.
    """

    term: Term | None
    words: str
    language: str = ""
    label: str | None = None

    @property
    def iri(self) -> str:
        """The IRI of a node; else nothing."""
        return self.term.value if isinstance(self.term, NamedNode) else ""

    @property
    def text(self) -> str:
        """The value as the graph has it."""
        return self.term.value if isinstance(self.term, NamedNode | Literal) else self.words

    @property
    def value(self) -> object:
        """The value for JSON: a node with its label, a whole number, a truth value, or a text."""
        if self.iri:
            return {"iri": self.iri, "label": self.label}
        if self._datatype == "integer":
            return int(self.text)
        if self._datatype == "boolean":
            return self.text == "true"
        return None if self.term is None else self.text

    @property
    def is_number(self) -> bool:
        """Tell whether it is a number."""
        return self._datatype in _NUMBERS

    @property
    def _datatype(self) -> str:
        return self.term.datatype.value.rpartition("#")[2] if isinstance(self.term, Literal) else ""


@dataclass(frozen=True)
class RowView:
    """A row of an answer as it is shown: a cell for each column, and the remarks on its claims."""

    answer: Answer
    terms: tuple[Term | None, ...]
    cells: list[Cell]

    @cached_property
    def claims(self) -> list[NamedNode]:
        """The claims of the row."""
        return self.answer.claims(self.terms)

    @cached_property
    def remarks(self) -> list[Remark]:
        """The remarks on its claims."""
        return self.answer.remarked(self.terms)

    @property
    def is_concluded(self) -> bool:
        """Tell whether only several claims together imply it."""
        return len(self.claims) > 1 and NamedNode(IMPLIED) in self.terms

    @property
    def unreviewed(self) -> bool:
        """Whether nobody has reviewed its first claim."""
        return any(remark.unreviewed for remark in self.remarks[:1])

    @property
    def caveats(self) -> list[str]:
        """The caveats of its claims, each once."""
        return _each(caveat for remark in self.remarks for caveat in remark.caveats)

    @property
    def notes(self) -> list[str]:
        """The notes on its claims, each once."""
        return _each(note for remark in self.remarks for note in remark.notes)

    @property
    def corrections(self) -> list[str]:
        """The corrections of its claims, each once."""
        return _each(text for remark in self.remarks for text in remark.corrections)

    @property
    def reviewers(self) -> list[str]:
        """The reviewers of its claims in words, each once."""
        return _each(remark.reviewer for remark in self.remarks if not remark.unreviewed)


@dataclass(frozen=True)
class AnswerView:
    """An answer as it is shown.

    `shown` are the places of the columns for people: those with a value that is no claim.
    """

    answer: Answer
    rows: list[RowView]
    shown: list[int]

    @property
    def columns(self) -> list[str]:
        """The names of the columns for people."""
        return [self.answer.columns[place] for place in self.shown]

    def shown_cells(self, row: RowView) -> list[Cell]:
        """Return the cells of a row for people."""
        return [row.cells[place] for place in self.shown]

    def labels(self, graph: Graph, language: str) -> list[str]:
        """Return the columns for people in the words of the pages, else in those of the ontology."""
        nodes = {name: NamedNode(terms.iri(name)) for name in self.columns}
        labels, words = graph.labels(nodes.values(), language), phrases(language, "column")
        plain = words or columns()
        return [plain.get(name) or labels.get(node) or name.replace("_", " ") for name, node in nodes.items()]


def answer_view(answer: Answer, language: str = "en") -> AnswerView:
    """Return an answer as it is shown in a language; ask for the answer in the same language."""
    distinct = list(dict.fromkeys(chain.from_iterable(answer.rows)))  # rows repeat most terms
    known = dict(zip(distinct, cells(distinct, answer.labels, language), strict=True))
    rows = [RowView(answer, row, list(map(known.__getitem__, row))) for row in answer.rows]
    shown = [
        place
        for place in range(len(answer.columns))
        if any(row[place] is not None and row[place] not in answer.citations for row in answer.rows)
    ]
    return AnswerView(answer, rows, shown)


def cells(row: Iterable[Term | None], labels: Mapping[NamedNode, str], language: str = "en") -> list[Cell]:
    """Return the terms of a row as cells, nodes by their labels."""
    made = []
    for term in row:
        word = term_words(term, language, labels)
        made.append(Cell(term, word.text, word.language, labels.get(term) if isinstance(term, NamedNode) else None))
    return made


def _each(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))
