"""Named questions: `.rq` files with a sentence and parameters, and their answers.

Citations are fetched when they are read.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from tipgraph.errors import BadValue, Fault, GraphError, QueryError, UnknownName, shown
from tipgraph.graph import sparql
from tipgraph.graph.corroboration import Standing, Support, supports, weakest
from tipgraph.graph.engine import UNNAMED, RequestDataset, Term, in_rdflib
from tipgraph.graph.graph import Citation, Graph, Remark, Terms
from tipgraph.graph.lookup import resolve
from tipgraph.graph.nearby import Near, nearby
from tipgraph.graph.sparql import Parameter
from tipgraph.model import DERIVED, ONTOLOGY, XSD, Statement, bounds, kit, terms
from tipgraph.runtime import read_text, unreadable

if TYPE_CHECKING:
    import pandas as pd

_XSD_BOOLEAN, _XSD_DATE = NamedNode(XSD + "boolean"), NamedNode(XSD + "date")
Rows = list[tuple[Term | None, ...]]
REVIEWED = "reviewed"  # a parameter
CLAIM = "claim"  # the beginning of variables that hold claims
_FOLDERS = ("queries", "queries/check", "queries/conflict", "queries/derive", "queries/finding")
_FILE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Answer:
    """The rows of an answer, with the evidence of their claims.

    `columns` are the variables of the query; a row holds a term or None for each. The graph is asked for each kind of
    evidence when it is first read, and by `look_around` for `nearby`. `hint` names what a sum of money adds up that is
    no sum.
    """

    columns: tuple[str, ...]
    rows: Rows
    graph: Graph = field(repr=False)
    language: str = "en"
    look_around: Callable[[], list[Near]] = field(default=list, repr=False)
    hint: str = ""

    @cached_property
    def citations(self) -> Mapping[NamedNode, list[Citation]]:
        """The places in texts of each claim."""
        return self.graph.cite(self.every_claim)

    @cached_property
    def labels(self) -> Mapping[NamedNode, str]:
        """The labels of the nodes in the rows."""
        return self.graph.labels(_nodes(self.rows), self.language)

    @cached_property
    def remarks(self) -> Mapping[NamedNode, Remark]:
        """The caveats, reviewers, notes and corrections of each claim."""
        return self.graph.remarks(self.every_claim, self.language)

    @cached_property
    def supports(self) -> Mapping[NamedNode, Support]:
        """The sources that carry each claim."""
        return supports(self.graph, self.every_claim)

    @cached_property
    def contradicted(self) -> Mapping[NamedNode, tuple[str, ...]]:
        """The reasons why claims contradict others."""
        return self.graph.contradicted(self.every_claim)

    def with_evidence(self, **known: Mapping[NamedNode, object]) -> "Answer":
        """Return the answer with evidence of its claims that was read already, so that the graph is not asked again."""
        answer = replace(self)
        vars(answer).update(known)
        return answer

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Term | None]]:
        """Yield each row as a dictionary of its terms by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @cached_property
    def nearby(self) -> list[Near]:
        """Questions with other values that give rows, each with their number; none if this answer has rows.

        >>> from tipgraph import build
        >>> Query.find("funding").run(build(), {"for": "depaul"}).nearby[0]
        Near(values={'for': 'research-project-1999'}, rows=3)
        """
        return [] if self.rows else self.look_around()

    @cached_property
    def every_claim(self) -> list[NamedNode]:
        """The claims that its columns name, each once."""
        places = [at for at, name in enumerate(self.columns) if name.startswith(CLAIM)]
        return _nodes(tuple(row[at] for at in places) for row in self.rows)

    def cited(self, row: tuple[Term | None, ...]) -> list[Citation]:
        """Return the citations of a row, in the order of the text."""
        return sorted({citation for claim in self.claims(row) for citation in self.citations[claim]})

    def claims(self, row: tuple[Term | None, ...]) -> list[NamedNode]:
        """Return the claims of a row."""
        terms = (row[at] for at in self._with_claims)
        return [term for term in terms if isinstance(term, NamedNode) and term in self.citations]

    @cached_property
    def _with_claims(self) -> list[int]:
        """The places of the columns that have claims."""
        return [at for at in range(len(self.columns)) if any(row[at] in self.citations for row in self.rows)]

    def standing(self, row: tuple[Term | None, ...]) -> Standing | None:
        """Return the standing of a row, that of its weakest claim; None for a row without claims."""
        return weakest(self.supports[claim] for claim in self.claims(row) if claim in self.supports)

    def said_at(self, row: tuple[Term | None, ...]) -> str:
        """Return the citations of a row as text, with caveats and marks of corrected and contradicted claims."""
        places: dict[str, None] = {}
        for claim in self.claims(row):
            remark = self.remarks.get(claim)
            marks = [*remark.caveats, *["corrected"] * bool(remark.corrections)] if remark else []
            marks += ["contradicted"] * (claim in self.contradicted)
            suffix = f" ({', '.join(marks)})" if marks else ""
            places |= dict.fromkeys(f"{citation}{suffix}" for citation in self.citations[claim])
        return "; ".join(places)

    def remarked(self, row: tuple[Term | None, ...]) -> list[Remark]:
        """Return the remarks on the claims of a row."""
        return [self.remarks[claim] for claim in self.claims(row) if claim in self.remarks]

    def notes(self, row: tuple[Term | None, ...]) -> list[str]:
        """Return the editor's notes on the claims of a row, each once."""
        return list(dict.fromkeys(note for remark in self.remarked(row) for note in remark.notes))

    def reviews(self, row: tuple[Term | None, ...]) -> list[str]:
        """Return the kinds of readers who compared the claims of a row with their sentences, each once."""
        return list(dict.fromkeys(remark.review for remark in self.remarked(row)))

    def contradictions(self, row: tuple[Term | None, ...]) -> list[str]:
        """Return the reasons why the claims of a row contradict others, each once."""
        return list(dict.fromkeys(why for claim in self.claims(row) for why in self.contradicted.get(claim, ())))

    def to_pandas(self, *, labels: bool = True) -> "pd.DataFrame":
        """Return the rows as a pandas DataFrame: a column for each variable, and columns for the evidence.

        Numbers, booleans and days are typed if all values of a column are; an imprecise date stays EDTF text, and an
        unknown value is `<NA>`, never 0. Nodes are shown by their labels, claims by their short names; `labels=False`
        gives full IRIs in the same order of rows, to join tables by them. If rows name claims, `said at` holds their
        citations, `implied` whether one is our reading, `sources`, `publishers` and `self_reported` their standing,
        `review` the kinds of readers, `note` the editor's notes, `corrected` the corrections, and `contradicted` the
        reasons of contradictions. Raises MissingExtra if pandas is not installed.

        >>> from tipgraph import build
        >>> frame = Query.find("routes").run(build(), {"destination": "JP"}).to_pandas()
        >>> frame["from"].iloc[0], str(frame["sources"].dtype)
        ('Latin America and the Caribbean', 'Int64')
        """
        from tipgraph.graph.dataframe import frame

        columns = {name: [row[at] for row in self.rows] for at, name in enumerate(self.columns)}
        return frame(columns, self.evidence() if self.citations else {}, self.labels if labels else None)

    def evidence(self) -> dict[str, list[object]]:
        """Return columns about the claims of each row, as `to_pandas` has them; None for what a row has not."""
        remarked = list(map(self.remarked, self.rows))
        standings = list(map(self.standing, self.rows))
        corrected = [dict.fromkeys(text for remark in said for text in remark.corrections) for said in remarked]
        texts = {
            "review": map(self.reviews, self.rows),
            "note": map(self.notes, self.rows),
            "corrected": corrected,
            "contradicted": map(self.contradictions, self.rows),
        }
        return {
            "said at": [self.said_at(row) or None for row in self.rows],
            "implied": [max((remark.implied for remark in said), default=None) for said in remarked],
            **{name: [getattr(found, name, None) for found in standings] for name in Standing._fields},
            **{name: ["; ".join(said) or None for said in column] for name, column in texts.items()},
        }

    def to_rdflib(self) -> list[tuple[Any, ...]]:
        """Return the rows as rdflib terms, as `Graph.dataset` has them, a triple term as a tuple.

        >>> from tipgraph import build
        >>> Query.find("routes").run(build(), {"destination": "JP"}).to_rdflib()[0][0]
        rdflib.term.URIRef('https://w3id.org/tipgraph/id/oas-cim-2005/routes/lac-japan')
        """
        return in_rdflib(self.rows)


@dataclass(frozen=True)
class Query:
    """A question: its name and its SPARQL text; `own` if it is the project's and not the kit's.

    >>> Query.find("funding").summary
    'Who is said to fund what, and through whom?'
    """

    name: str
    text: str
    own: bool = False

    @classmethod
    def all(cls) -> list["Query"]:
        """Return the questions of the kit and of the project, in the order of their names."""
        return [cls.read(path) for path in kit.files("queries", "*.rq")]

    @classmethod
    def find(cls, name: str) -> "Query":
        """Return the question of a name; raise UnknownName, with a near name."""
        known = {path.stem: path for path in kit.files("queries", "*.rq")}
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"perhaps {near[0]!r}" if near else f"the questions are {', '.join(sorted(known))}"
            raise UnknownName(f"{name!r} is no question; {hint}")
        return cls.read(known[name])

    @classmethod
    def read(cls, path: Path) -> "Query":
        """Read a question from a file; its name is that of the file."""
        try:
            return cls(path.stem, read_text(path), kit.is_own(path))
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(f"{path}: cannot be read as a query: {error}; name a readable UTF-8 file") from error

    @property
    def summary(self) -> str:
        """The question as a sentence."""
        return self.header_in("en").summary

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters by name; a slot that the header does not describe takes a thing."""
        return self.header_in("en").parameters

    def header_in(self, language: str) -> sparql.Header:
        """Return the sentence and the parameters in a language, or else in English."""
        header, slots = sparql.header(self.text, language), dict.fromkeys(sparql.slots(self.text))
        return header._replace(parameters={name: header.parameters.get(name, Parameter("thing", "")) for name in slots})

    def described(self, language: str) -> dict[str, Any]:
        """Return the name, the sentence and the parameters in a language, as data."""
        summary, parameters, *_ = self.header_in(language)
        described = {name: parameter._asdict() for name, parameter in parameters.items()}
        return {"name": self.name, "summary": summary, "parameters": described}

    def run(self, graph: Graph, values: Mapping[str, object] | None = None, language: str = "en") -> Answer:
        """Ask a graph; `values` are words for the parameters, such as `{"destination": "place:japan"}`.

        A number, a day or a node is taken as text, True as `true`; None and False leave a parameter out. Raises
        UnknownName for an unknown parameter or thing, BadValue for a value that does not fit, and QueryError for SPARQL
        that cannot be run.
        """
        given = {name: value for name, value in (values or {}).items() if value is not None and value is not False}
        words = {name: "true" if value is True else str(value) for name, value in given.items()}
        terms = self.terms(graph, words)
        return replace(
            ask(graph, self.text, terms, language),
            look_around=lambda: nearby(graph, self.text, self.parameters, terms, words),
        )

    def terms(self, graph: Graph, values: Mapping[str, str]) -> dict[str, list[NamedNode | Literal]]:
        """Return the terms that words for the parameters mean in a graph; raise as `run` does."""
        given = {name: [self._term(graph, name, value)] for name, value in values.items()}
        first, last = given.get("from"), given.get("to")
        if first and last and first[0].value > last[0].value:
            raise BadValue(f"from ({first[0].value}) is later than to ({last[0].value}); exchange them")
        return given

    def _term(self, graph: Graph, name: str, value: str) -> NamedNode | Literal:
        if name not in self.parameters:
            known = f"its parameters are: {', '.join(self.parameters) or 'none'}"
            hint = "it reads all claims, whatever their review" if name == REVIEWED else known
            raise UnknownName(f"{self.name} has no parameter {name!r}; {hint}")
        kind = self.parameters[name].kind
        if kind in ("from", "to"):
            return day(name, kind, value)
        if kind in ("flag", "text"):
            return sparql.literal(value) if kind == "text" else _flag(name, value)
        if kind.startswith("number"):
            return _number(name, kind, value)
        if kind == "class" or kind.startswith("code "):
            return _named(graph, kind, value)
        return resolve(graph, value, kind)


def ask(
    graph: Graph, text: str, values: Terms | None = None, language: str = "en", dataset: RequestDataset = UNNAMED
) -> Answer:
    """Run a query that only reads, with terms in its slots; return its rows with labels and citations.

    `dataset` names the graphs that it reads, by default all.
    """
    result, hint = graph.query(text, values, dataset), sparql.sum_hint(text)
    if isinstance(result, QueryBoolean):
        return Answer(("answer",), [(Literal(bool(result)),)], graph, language)
    if isinstance(result, QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        return Answer(columns, [tuple(solution) for solution in result], graph, language, hint=hint)
    triples = sorted({tuple(triple) for triple in result}, key=str)
    return Answer(("subject", "predicate", "object"), triples, graph, language, hint=hint)


def project_faults(statements: Iterable[Statement]) -> Iterator[Fault]:
    """Yield the faults of the project's queries, each with its file; `statements` give named graphs and entries.

    A build checks them, so that no page or check meets a broken one later; a rule that derives is seen when it runs.
    """
    paths = [path for folder in _FOLDERS for path in kit.own_files(folder, "*.rq")]
    if not paths:
        return
    held, texts, named = list(statements), dict[Path, str](), set[str]()
    for path in paths:
        if not _FILE.fullmatch(path.stem):
            yield Fault("is no name for a query; use lower-case letters, digits and hyphens", shown(path))
        try:
            texts[path] = read_text(path)
            named |= sparql.named(texts[path], tuple(terms.prefixes().items())).keys()
        except (OSError, UnicodeDecodeError) as error:
            yield unreadable(path, error)
    nodes = {*(one.source for one in held), *(one.subject for one in held if one.subject.value in named)}
    small = Graph(Statement(node, node, node, node) for node in {*nodes, DERIVED, ONTOLOGY})
    for path, text in texts.items():
        try:
            _ = path.parent.name == "derive" or small.query(text)
        except QueryError as error:
            yield Fault(" ".join(str(error).split()), shown(path))


def _nodes(rows: Iterable[tuple[Term | None, ...]]) -> list[NamedNode]:
    return list(dict.fromkeys(term for row in rows for term in row if isinstance(term, NamedNode)))


def _flag(name: str, value: str) -> Literal:
    if value != "true":
        raise BadValue(f"{name}={value!r} says nothing; write {name}=true, or leave it out")
    return Literal("true", datatype=_XSD_BOOLEAN)


def _number(name: str, kind: str, value: str) -> Literal:
    least, _, most = kind.removeprefix("number").strip().partition("-")
    if not value.isdecimal() or not value.isascii() or (most and not int(least) <= int(value) <= int(most)):
        span = f" from {least} to {most}" if most else ""
        raise BadValue(f"{name}={value!r} is no whole number{span}; write one")
    return Literal(int(value))


def _named(graph: Graph, kind: str, value: str) -> NamedNode:
    """Return the class of a name, or the code of a notation or of its words in any language, as an answer has them."""
    scheme = kind.removeprefix("code ")
    if kind == "class":
        what = "class; the classes are"
        rows = [(row["name"], row["name"], row["class"]) for row in graph.named("classes")]
    else:
        what = f"code of {scheme}; the codes are"
        found = graph.named("codes", {"name": [Literal(scheme)]})
        rows = [(row["notation"], row["words"], row["code"]) for row in found]
    names: dict[str, NamedNode] = {name.value: node for name, _, node in rows}
    words: dict[str, NamedNode] = {word.value.casefold(): node for _, word, node in rows}
    if node := names.get(value) or words.get(value.casefold()):
        return node
    raise BadValue(f"{value!r} is no {what} {', '.join(sorted(names))}")


def day(name: str, kind: str, value: str) -> Literal:
    """Return the first day that a caller's date can mean, or the last if `kind` is `to`; raise BadValue.

    >>> day("to", "to", "2004-11").value
    '2004-11-30'
    """
    try:
        earliest, latest = bounds(value)
    except ValueError as error:
        hint = "write 2004, 2004-11, 2004-11-11, or 2004-21 to 2004-24 for a season"
        raise BadValue(f"{name}={value!r} is no date; {hint}") from error
    limit = earliest if kind == "from" else latest
    if limit is None:
        raise BadValue(f"{value!r} is open at the end that is asked for; write a day")
    return Literal(limit.isoformat(), datatype=_XSD_DATE)
