"""Rules that find pairs of claims which may contradict each other: `queries/conflict/*.rq`, a rule a file.

A row has two claims, and what the sentence `#+ reason:` of the file needs. A rule whose rows have one claim each gives
numbers that `estimate_cases` compares.

Decision: docs/decisions/0019-a-rule-finding-is-no-statement.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, QuerySolutions

from tipgraph.curation.conflicts.cases import RULE, Case, home_of, sides_of, source_of
from tipgraph.curation.conflicts.estimate_cases import excluding
from tipgraph.errors import GraphError, UnknownName
from tipgraph.graph import Citation, Graph, Term, sparql
from tipgraph.model import EDTF, Word, data_name, kit, say, words
from tipgraph.runtime import visible

Found: TypeAlias = Mapping[str, Term]  # the variables of a row: claim, other, and what the reason names
_DIGITS = 10


@dataclass(frozen=True)
class Rule:
    """A rule: its name and its SPARQL text.

    >>> Rule.find("event-dates").summary()
    'Dates of one event that exclude each other'
    """

    name: str
    text: str

    @classmethod
    def all(cls) -> list["Rule"]:
        """Return every rule, in the order of their names."""
        return [cls(path.stem, path.read_text("utf-8")) for path in sorted(_files())]

    @classmethod
    def find(cls, name: str) -> "Rule":
        """Return the rule of a name; raise UnknownName with those that there are."""
        known = {rule.name: rule for rule in cls.all()}
        if name not in known:
            raise UnknownName(f"{name!r} is no rule on contradictions; the rules are {', '.join(known)}")
        return known[name]

    def summary(self, language: str = "en") -> str:
        """Say what it finds."""
        return sparql.header(self.text, language).summary

    def found(self, graph: Graph) -> Iterator[Found]:
        """Yield what it finds in a graph, row by row."""
        rows = graph.query(self.text)
        if not isinstance(rows, QuerySolutions):
            raise GraphError(f"queries/conflict/{self.name}.rq is no SELECT query; a rule has a row for each pair")
        names = [variable.value for variable in rows.variables]
        if "other" not in names:
            yield from excluding(graph, rows)
            return
        for row in rows:
            yield {name: term for name, term in zip(names, row, strict=True) if term is not None}


def _files() -> Iterable[Path]:
    return kit.files("queries/conflict", "*.rq")


def propose(graph: Graph, rules: Iterable[Rule], known: Collection[frozenset[NamedNode]] = ()) -> list[Case]:
    """Return what rules find in a graph, but for the pairs that are known; a pair that several find, of the first.

    The id of a proposal is that of its rule and its claims, whatever their order: it stays from build to build.
    """
    found: dict[frozenset[NamedNode], tuple[Rule, Found]] = {}
    for rule in rules:
        for row in rule.found(graph):
            pair = frozenset(_pair(row))
            if pair not in known:
                found.setdefault(pair, (rule, row))
    reasons = _Reasons(graph, [row for _, row in found.values()])
    return [
        Case(_name(rule.name, pair), sides_of(pair), reasons.of(rule, row), RULE, rule.name)
        for pair, (rule, row) in found.items()
    ]


def _pair(row: Found) -> tuple[NamedNode, NamedNode]:
    claim, other = row["claim"], row["other"]
    if not (isinstance(claim, NamedNode) and isinstance(other, NamedNode)):
        raise GraphError("a rule on contradictions found what is no claim; `tipgraph check` says what is wrong")
    return claim, other


def _name(rule: str, claims: Iterable[NamedNode]) -> str:
    digest = sha256("\n".join(sorted(claim.value for claim in claims)).encode("utf-8")).hexdigest()[:_DIGITS]
    return f"{home_of(claims)}/{rule}-{digest}"


class _Reasons:
    """Says why two claims contradict each other, in English, as all reasons are kept."""

    def __init__(self, graph: Graph, rows: Sequence[Found]) -> None:
        nodes = {term for row in rows for term in row.values() if isinstance(term, NamedNode)}
        self._labels = graph.labels(nodes)
        self._cited = graph.cite(claim for row in rows for claim in _pair(row))

    def of(self, rule: Rule, row: Found) -> str:
        claim, other = _pair(row)
        apart = source_of(claim) != source_of(other)
        values = {name: [self._words(term)] for name, term in row.items()}
        values |= {"first": [self._place(claim, apart=apart)], "second": [self._place(other, apart=apart)]}
        worded = {name: list(map(Word, texts)) for name, texts in values.items()}
        said = say(sparql.header(rule.text).reason, worded)
        return visible(" ".join(said.split()))

    def _place(self, claim: NamedNode, *, apart: bool) -> str:
        """Return how a side is called: its source, or within one source its paragraph."""
        cited: Sequence[Citation] = self._cited.get(claim, ())
        paragraph = next((one.paragraph for one in cited if one.paragraph), 0)
        return source_of(claim) if apart or not paragraph else f"¶{paragraph}"

    def _words(self, term: Term) -> str:
        if isinstance(term, NamedNode):
            return self._labels.get(term, data_name(term.value))
        if not isinstance(term, Literal):
            return str(term)
        if term.datatype.value == EDTF:
            return words(term.value)
        return f"{Decimal(term.value):,f}" if term.datatype.value.endswith("#decimal") else term.value
