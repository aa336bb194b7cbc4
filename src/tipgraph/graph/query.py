"""A named question: a `.rq` file, its sentence, its parameters, and its answer with citations.

Decision: docs/decisions/0007-citations-are-fetched-when-read.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions

from tipgraph.errors import BadValue, Fault, GraphError, UnknownName, shown
from tipgraph.graph import deadline, sparql
from tipgraph.graph.corroboration import Standing, Support, supports, weakest
from tipgraph.graph.engine import Term, in_rdflib
from tipgraph.graph.graph import Citation, Graph, Remark, Terms
from tipgraph.graph.lookup import resolve
from tipgraph.graph.nearby import Near, nearby
from tipgraph.graph.sparql import Parameter
from tipgraph.model import DERIVED, ONTOLOGY, Statement, kit
from tipgraph.runtime import atomic

if TYPE_CHECKING:
    import pandas as pd
    from rdflib.term import Identifier

_XSD_DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")
_Found = TypeVar("_Found")
_SECONDS = 20  # to look around
CLAIM = "claim"  # the variables that hold claims begin so
_FOLDERS = ("queries", "queries/check", "queries/conflict", "queries/derive")
_FILE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Answer:
    """The rows of an answer.

    `columns` are the variables of the query; a row holds a term or None for each. `citations` says where each claim
    of the rows is said, `labels` how the nodes of the rows are called, `remarks` what must be known beside a claim
    (caveats, who reviewed it, notes, corrections), `supports` which sources carry it, `contradicted` why it contradicts
    others.
    The graph is asked for these when they are first looked into, and for what is `nearby` by `look_around`.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]
    citations: Mapping[NamedNode, list[Citation]]
    labels: Mapping[NamedNode, str]
    remarks: Mapping[NamedNode, Remark] = field(default_factory=dict)
    supports: Mapping[NamedNode, Support] = field(default_factory=dict)
    contradicted: Mapping[NamedNode, tuple[str, ...]] = field(default_factory=dict)
    look_around: Callable[[float], list[Near]] = lambda _: []

    @cached_property
    def nearby(self) -> list[Near]:
        """What to ask instead where nothing answers, each with its number of rows; none where there are rows.

        A question has some where any other values give rows.

        >>> from tipgraph import build
        >>> Query.find("funding").run(build(), {"for": "depaul"}).nearby[0]
        Near(values={'for': 'research-project-1999'}, rows=3)
        """
        return self.near_within(_SECONDS)

    def near_within(self, seconds: float) -> list[Near]:
        """Return what is `nearby`, as far as it is found in some seconds."""
        return [] if self.rows else self.look_around(seconds)

    def cited(self, row: tuple[Term | None, ...]) -> list[Citation]:
        """Return where the claims of one row are said, in the order of the text, none twice."""
        nodes = [term for term in row if isinstance(term, NamedNode)]
        return sorted({citation for node in nodes for citation in self.citations.get(node, ())})

    def claims(self, row: tuple[Term | None, ...]) -> list[NamedNode]:
        """Return the claims of one row."""
        return [term for term in row if isinstance(term, NamedNode) and term in self.citations]

    def standing(self, row: tuple[Term | None, ...]) -> Standing | None:
        """Return on how many sources one row stands, by the weakest of its claims; None for a row without claims."""
        return weakest(self.supports[claim] for claim in self.claims(row) if claim in self.supports)

    def said_at(self, row: tuple[Term | None, ...]) -> str:
        """Return where the claims of one row are said, each with its caveats, and if corrected or contradicted."""
        said = []
        for claim in self.claims(row):
            remark = self.remarks.get(claim)
            marks = [*remark.caveats, *["corrected"] * bool(remark.corrections)] if remark else []
            marks += ["contradicted"] * (claim in self.contradicted)
            mark = f" ({', '.join(marks)})" if marks else ""
            said += [f"{place}{mark}" for place in self.citations[claim]]
        return "; ".join(dict.fromkeys(said))

    def remarked(self, row: tuple[Term | None, ...]) -> list[Remark]:
        """Return what must be known beside the claims of one row."""
        return [self.remarks[claim] for claim in self.claims(row) if claim in self.remarks]

    def notes(self, row: tuple[Term | None, ...]) -> list[str]:
        """Return the editor's notes on the claims of one row, each once."""
        return list(dict.fromkeys(note for remark in self.remarked(row) for note in remark.notes))

    def corrections(self, row: tuple[Term | None, ...]) -> list[str]:
        """Return what was corrected in the claims of one row, each once: what it was, why and when."""
        return list(dict.fromkeys(said for remark in self.remarked(row) for said in remark.corrections))

    def reviews(self, row: tuple[Term | None, ...]) -> list[str]:
        """Return who has compared the claims of one row with their sentences, each kind once."""
        return list(dict.fromkeys(remark.review for remark in self.remarked(row)))

    def contradictions(self, row: tuple[Term | None, ...]) -> list[str]:
        """Return why the claims of one row contradict others, each reason once."""
        return list(dict.fromkeys(why for claim in self.claims(row) for why in self.contradicted.get(claim, ())))

    def to_pandas(self, *, labels: bool = True) -> "pd.DataFrame":
        """Return the rows as a pandas DataFrame, a column for each variable, and beside them what they stand on.

        Numbers, truths and days are typed where the graph types all of a column so; an imprecise date stays the text of
        its EDTF, and what is not known is `<NA>`, never 0. Nodes are called by their labels, claims by their short
        names; `labels=False` gives whole IRIs in the same order of rows, by which tables are joined. Where rows name
        claims, `said at` says where, `implied` what is our reading, `sources`, `publishers` and `self_reported` on how
        much a row stands, `review` who has compared it, `note` what the editor remarks, `corrected` what was corrected,
        and `contradicted` why other claims contradict it. Raises MissingGuest where pandas is not installed.

        >>> from tipgraph import build
        >>> frame = Query.find("routes").run(build(), {"destination": "JP"}).to_pandas()
        >>> frame["from"].iloc[0], str(frame["sources"].dtype)
        ('Latin America', 'Int64')
        """
        from tipgraph.graph.dataframe import frame

        columns = {name: [row[at] for row in self.rows] for at, name in enumerate(self.columns)}
        return frame(columns, self._evidence() if self.citations else {}, self.labels if labels else None)

    def _evidence(self) -> dict[str, list[object]]:
        standings = [self.standing(row) for row in self.rows]
        implied = [[remark.implied for remark in self.remarked(row)] for row in self.rows]
        return {
            "said at": [self.said_at(row) or None for row in self.rows],
            "implied": [any(found) if found else None for found in implied],
            "sources": [one and one.sources for one in standings],
            "publishers": [one and one.publishers for one in standings],
            "self_reported": [one and one.self_reported for one in standings],
            "review": ["; ".join(self.reviews(row)) or None for row in self.rows],
            "note": ["; ".join(self.notes(row)) or None for row in self.rows],
            "corrected": ["; ".join(self.corrections(row)) or None for row in self.rows],
            "contradicted": ["; ".join(self.contradictions(row)) or None for row in self.rows],
        }

    def to_rdflib(self) -> "list[tuple[Identifier | None, ...]]":
        """Return the rows in rdflib's terms, those of `Graph.dataset`; raise GraphError for triple terms.

        >>> from tipgraph import build
        >>> Query.find("routes").run(build(), {"destination": "JP"}).to_rdflib()[0][0]
        rdflib.term.URIRef('https://w3id.org/tipgraph/id/mcclatchy-2005/routes/latin-america-japan')
        """
        return in_rdflib(self.rows)


@dataclass(frozen=True)
class Query:
    """A question: its name and its SPARQL text; `own` where it is the project's and not the kit's.

    >>> Query.find("funding").summary
    'Who is said to fund what, through whom, by which claim?'
    """

    name: str
    text: str
    own: bool = False

    @classmethod
    def all(cls) -> list["Query"]:
        """Return every named question, those of the project among them, in the order of their names."""
        return [cls.read(path) for path in kit.files("queries", "*.rq")]

    @classmethod
    def find(cls, name: str) -> "Query":
        """Return the question of a name; raise UnknownName, with a near name."""
        known = {path.stem: path for path in kit.files("queries", "*.rq")}
        if name not in known:
            from difflib import get_close_matches

            close = get_close_matches(name, known, n=1)
            raise UnknownName(
                f"{name!r} is no question; perhaps {close[0]!r}"
                if close
                else f"{name!r} is no question; the questions are {', '.join(sorted(known))}"
            )
        return cls.read(known[name])

    @classmethod
    def read(cls, path: Path) -> "Query":
        """Read a question from a file; its name is that of the file."""
        try:
            return cls(path.stem, atomic.text(path), kit.is_own(path))
        except (OSError, UnicodeDecodeError) as error:
            raise GraphError(f"{path}: cannot be read as a query: {error}") from error

    @property
    def summary(self) -> str:
        """The question in a sentence."""
        return self.said_in("en").summary

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters by name; a slot that the header does not describe takes a thing."""
        return self.said_in("en").parameters

    def said_in(self, language: str) -> sparql.Header:
        """Return the question and its parameters as its file says them in a language, or else in English."""
        summary, described, _ = sparql.header(self.text, language)
        slots = dict.fromkeys(sparql.slots(self.text))
        return sparql.Header(summary, {name: described.get(name, Parameter("thing", "")) for name in slots})

    def described(self, language: str) -> dict[str, Any]:
        """Return its name, its sentence and its parameters in a language, as data."""
        said = self.said_in(language)
        return {
            "name": self.name,
            "summary": said.summary,
            "parameters": {name: one._asdict() for name, one in said.parameters.items()},
        }

    def run(self, graph: Graph, values: Mapping[str, str] | None = None, language: str = "en") -> Answer:
        """Ask a graph; `values` are words for the parameters, such as `{"destination": "place:japan"}`.

        Raises UnknownName for a parameter that the question does not have or a thing that nobody knows, BadValue for
        a value that does not fit, and QueryError for SPARQL that cannot be run.
        """
        terms = self.terms(graph, values or {})
        return replace(
            ask(graph, self.text, terms, language),
            look_around=lambda seconds: nearby(graph, self.text, self.parameters, terms, values or {}, seconds),
        )

    def terms(self, graph: Graph, values: Mapping[str, str]) -> dict[str, list[NamedNode | Literal]]:
        """Return what words for the parameters mean in a graph, as terms for the slots; raises as `run` does."""
        given = {name: [self._term(graph, name, value)] for name, value in values.items()}
        first, last = given.get("from"), given.get("to")
        if first and last and first[0].value > last[0].value:
            raise BadValue(f"from ({first[0].value}) is later than to ({last[0].value})")
        return given

    def _term(self, graph: Graph, name: str, value: str) -> NamedNode | Literal:
        if name not in self.parameters:
            known = ", ".join(self.parameters) or "none"
            raise UnknownName(f"{self.name} has no parameter {name!r}; its parameters are: {known}")
        kind = self.parameters[name].kind
        if kind in ("from", "to"):
            return day(name, kind, value)
        if kind == "class":
            return _class(graph, value)
        if kind == "text":
            return sparql.literal(value)
        if kind.startswith("number"):
            return _number(name, kind, value)
        if kind.startswith("code "):
            return _code(graph, kind.removeprefix("code "), value)
        return resolve(graph, value, kind)


def ask(graph: Graph, text: str, values: Terms | None = None, language: str = "en") -> Answer:
    """Run the text of a query that only reads, with terms in its slots; attach labels and citations to its rows."""
    result = graph.query(text, values)
    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]
    if isinstance(result, QueryBoolean):
        columns, rows = ("answer",), [(Literal(bool(result)),)]
    elif isinstance(result, QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        rows = [tuple(solution) for solution in result]
    else:
        columns, rows = ("subject", "predicate", "object"), sorted({tuple(triple) for triple in result}, key=str)
    held = [at for at, name in enumerate(columns) if name.startswith(CLAIM)]

    def claims() -> list[NamedNode]:
        return _nodes(tuple(row[at] for at in held) for row in rows)

    return Answer(
        columns,
        rows,
        _Later(lambda: graph.cite(claims())),
        _Later(lambda: graph.labels(_nodes(rows), language)),
        _Later(lambda: graph.remarks(claims(), language)),
        _Later(lambda: supports(graph, claims())),
        _Later(lambda: graph.contradicted(claims())),
    )


def own_faults(statements: Iterable[Statement]) -> Iterator[Fault]:
    """Yield what is wrong with the queries of the project, each with its file; `statements` say which graphs there are.

    They are read by a build, so that no page, check or rule meets a broken one later.
    """
    paths = [path for folder in _FOLDERS for path in kit.own_files(folder, "*.rq")]
    if not paths:
        return
    graphs = {*(statement.source for statement in statements), DERIVED, ONTOLOGY}
    small, sound = Graph(Statement(graph, graph, graph, graph) for graph in graphs), []
    for path in paths:
        if not _FILE.fullmatch(path.stem):
            yield Fault("is no name for a query; use lower-case letters, digits and hyphens", shown(path))
        try:
            atomic.text(path)
            sound.append(path)
        except UnicodeDecodeError as error:
            yield Fault(f"is not UTF-8 (byte {error.start}); save it as UTF-8", shown(path))
        except OSError as error:
            yield Fault(f"cannot be read: {error.strerror or error}", shown(path))
    yield from deadline.faults(small, sound)


class _Later(Mapping[NamedNode, _Found]):
    """What is asked of a graph when it is first looked into: who wants only the rows does not wait for it."""

    def __init__(self, ask: Callable[[], Mapping[NamedNode, _Found]]) -> None:
        self._ask = ask

    @cached_property
    def _found(self) -> Mapping[NamedNode, _Found]:
        return self._ask()

    def __getitem__(self, node: NamedNode) -> _Found:
        return self._found[node]

    def __iter__(self) -> Iterator[NamedNode]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _nodes(rows: Iterable[tuple[Term | None, ...]]) -> list[NamedNode]:
    return list(dict.fromkeys(term for row in rows for term in row if isinstance(term, NamedNode)))


def _number(name: str, kind: str, value: str) -> Literal:
    least, _, most = kind.removeprefix("number").strip().partition("-")
    if not value.isdecimal() or not value.isascii() or (most and not int(least) <= int(value) <= int(most)):
        raise BadValue(f"{name}={value!r} is no whole number" + (f" from {least} to {most}" if most else ""))
    return Literal(int(value))


def _class(graph: Graph, value: str) -> NamedNode:
    known = {row["name"].value.casefold(): row["class"] for row in graph.named("classes")}
    if value.casefold() not in known:
        names = ", ".join(sorted(node.value.rpartition("#")[2] for node in known.values()))
        raise BadValue(f"{value!r} is no class; the classes are {names}")
    found: NamedNode = known[value.casefold()]
    return found


def day(name: str, kind: str, value: str) -> Literal:
    """Return the first day that a date of the caller can mean, or where `kind` is `to` the last; raise BadValue.

    >>> day("to", "to", "2004-11").value
    '2004-11-30'
    """
    from tipgraph.model import bounds

    try:
        earliest, latest = bounds(value)
    except ValueError as error:
        message = "write 2004, 2004-11, 2004-11-11, or 2004-21 to 2004-24 for a season"
        raise BadValue(f"{name}={value!r} is no date; {message}") from error
    day = earliest if kind == "from" else latest
    if day is None:
        raise BadValue(f"{value!r} is open at the end that is asked for; write a day")
    return Literal(day.isoformat(), datatype=_XSD_DATE)


def _code(graph: Graph, scheme: str, value: str) -> NamedNode:
    known = {row["notation"].value: row["code"] for row in graph.named("codes", {"name": [Literal(scheme)]})}
    if value not in known:
        raise BadValue(f"{value!r} is no code of {scheme}; the codes are {', '.join(sorted(known))}")
    found: NamedNode = known[value]
    return found
