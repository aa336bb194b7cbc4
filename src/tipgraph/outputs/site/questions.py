"""A page for each question: what it asks, its SPARQL, its answer with the claims, and the answer as CSV and JSON."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from tipgraph.display import answer_text, marked_columns
from tipgraph.graph import Answer, Graph, Parameter, Query, Term
from tipgraph.model import EDTF, IMPLIED, data_name, terms, words
from tipgraph.outputs.site.claims import Claims, Spot, Told
from tipgraph.outputs.site.site_tree import PageEntry, Site
from tipgraph.sources import Texts

_SELECTS = re.compile(r"^SELECT\b", re.MULTILINE)  # one that builds triples asks for what surrounds a named thing
# Translators: a column of an answer; the ontology has no word for it, or only that of another thing.
_COLUMNS = marked_columns(
    "actor", "ai_agents", "and", "asked_or_done", "between", "claims", "class", "country", "doubtful", "event",
    "figure", "finance", "from", "funder", "hop", "instrument", "kind", "kinds", "may_reach", "named_as", "other",
    "percent_right", "persons", "read", "right", "route_or_study", "rules", "short", "state", "thing", "to", "type",
    "what", "where", "who", "wrong",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A cell of an answer: its words, the thing it names if it is one, whether it is a number, and its own language."""

    words: str
    iri: str = ""
    number: bool = False
    language: str = ""


@dataclass(frozen=True)
class QuestionRow:
    """A row of an answer: its cells, and the claims behind it.

    `together` tells that no claim alone says it: it is concluded from several.
    """

    cells: list[Cell]
    told: list[Told]
    together: bool

    @property
    def spots(self) -> list[Spot]:
        """Where the claims are said, each place once."""
        return list(dict.fromkeys(spot for told in self.told for spot in told.spots))

    def each(self, name: str) -> list[str]:
        """Return the caveats, notes or corrections of the claims, each once."""
        return list(dict.fromkeys(word for told in self.told for word in getattr(told.remark, name)))

    @property
    def reviewers(self) -> list[str]:
        """Who has reviewed the claims, each kind once."""
        return list(dict.fromkeys(told.remark.reviewer for told in self.told if not told.remark.unreviewed))

    @property
    def against(self) -> dict[str, Spot]:
        """Why the claims are contradicted, each reason once with a place that contradicts."""
        return {other.reason: other.spots[0] for told in self.told for other in told.against if other.spots}


@dataclass(frozen=True)
class Question:
    """A question as its page shows it; there is no answer where it asks for what surrounds a thing to be named."""

    name: str
    summary: str
    text: str
    parameters: Mapping[str, Parameter]
    heads: list[str]
    rows: list[QuestionRow]


def write(site: Site, graph: Graph, claims: Claims, texts: Texts) -> list[PageEntry]:
    """Write the pages of all questions with their answers beside them; return their entries."""
    entries = []
    for query in Query.all():
        said = query.header_in(site.language)
        answer = query.run(graph, language=site.language) if _SELECTS.search(query.text) else None
        heads, rows = _table(site, graph, claims, answer) if answer else ([], [])
        question = Question(query.name, said.summary, query.text, said.parameters, heads, rows)
        site.write(f"question/{query.name}.html", "question.html", question=question, answered=answer is not None)
        if answer:
            for form in ("csv", "json"):
                site.write_text(f"question/{query.name}.{form}", answer_text(answer, form, texts) + "\n")
        entries.append(PageEntry(f"question/{query.name}.html", said.summary))
    site.write("questions.html", "questions.html", questions=entries)
    return entries


def _table(site: Site, graph: Graph, claims: Claims, answer: Answer) -> tuple[list[str], list[QuestionRow]]:
    """Return the columns that have values and are no claims, as this site or else the ontology calls them, and rows."""
    shown = [
        index
        for index in range(len(answer.columns))
        if any(row[index] is not None and row[index] not in answer.citations for row in answer.rows)
    ]
    names = {NamedNode(terms.iri(answer.columns[index])): answer.columns[index] for index in shown}
    labels, words = graph.labels(names, site.language), site.phrases("column")
    heads = [
        words[name] if words and name in _COLUMNS else labels.get(node) or name.replace("_", " ")
        for node, name in names.items()
    ]
    rows = []
    for row in answer.rows:
        keys = [data_name(claim.value) for claim in answer.claims(row)]
        told = list(claims.told(keys).values())
        cells = [_cell(row[index], answer, site.language) for index in shown]
        rows.append(QuestionRow(cells, told, len(told) > 1 and NamedNode(IMPLIED) in row))
    return heads, rows


def _cell(term: Term | None, answer: Answer, language: str) -> Cell:
    if isinstance(term, NamedNode):
        return Cell(answer.labels.get(term, data_name(term.value)), term.value)
    if isinstance(term, Literal):
        is_date = term.datatype.value == EDTF
        said, own = words(term.value, language) if is_date else term.value, term.language or ""
        return Cell(said, number=_is_number(term), language="" if own == language else own)
    return Cell("" if term is None else str(term))


def _is_number(term: Literal) -> bool:
    return term.datatype.value.rpartition("#")[2] in {"integer", "decimal", "double", "float"}
