"""Rules that find pairs of claims which may contradict each other: `queries/conflict/*.rq`, a rule a file.

A row has two claims, and the values for the sentence `#+ reason:` of the file. Rows with one claim each are numbers,
which are compared pair by pair.

Decision: docs/decisions/0016-a-rule-proposes-and-somebody-judges.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from itertools import combinations, product
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from tipgraph.analysis import Mention, agreement, alike, mentions
from tipgraph.curation.conflicts.cases import RULE, Case, home_of, sides_of, source_of
from tipgraph.errors import GraphError, UnknownName
from tipgraph.graph import Graph, Term, sparql
from tipgraph.model import Word, kit, say, term_words
from tipgraph.runtime import visible

Finding: TypeAlias = Mapping[str, Term]  # the variables of a row: claim, other, and those of the reason
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
        """Return all rules, in the order of their names."""
        return [cls(path.stem, path.read_text("utf-8")) for path in sorted(kit.files("queries/conflict", "*.rq"))]

    @classmethod
    def find(cls, name: str) -> "Rule":
        """Return the rule of a name; raise UnknownName with all names if there is none."""
        known = {rule.name: rule for rule in cls.all()}
        if name not in known:
            raise UnknownName(f"{name!r} is no rule on contradictions; the rules are {', '.join(known)}")
        return known[name]

    def summary(self, language: str = "en") -> str:
        """Return its first sentence."""
        return sparql.header(self.text, language).summary

    def findings(self, graph: Graph) -> Iterator[Finding]:
        """Yield its findings in a graph."""
        rows = graph.query(self.text)
        if not isinstance(rows, QuerySolutions):
            raise GraphError(f"queries/conflict/{self.name}.rq is no SELECT query; a rule has a row for each pair")
        names = [variable.value for variable in rows.variables]
        if "other" not in names:
            yield from _excluding(graph, rows)
            return
        for row in rows:
            yield {name: term for name, term in zip(names, row, strict=True) if term is not None}


def propose(graph: Graph, rules: Iterable[Rule], known: Collection[frozenset[NamedNode]] = ()) -> list[Case]:
    """Return the findings of rules in a graph, without known pairs. The first rule that finds a pair has it.

    The id of a proposal depends only on its rule and its claims, so it is the same after each build.
    """
    found: dict[frozenset[NamedNode], tuple[Rule, Finding]] = {}
    for rule in rules:
        for finding in rule.findings(graph):
            pair = frozenset(_pair(finding))
            if pair not in known:
                found.setdefault(pair, (rule, finding))
    reasons = _reasons(graph, list(found.values()))
    return [
        Case(_id(rule.name, pair), sides_of(pair), reason, RULE, rule.name)
        for (pair, (rule, _)), reason in zip(found.items(), reasons, strict=True)
    ]


def _excluding(graph: Graph, rows: Iterable[QuerySolution]) -> Iterator[Finding]:
    """Yield each pair of claims whose numbers exclude each other, with their subject and both figures.

    A row has a claim, its source, and the values that must be equal before the claims are compared.
    """
    for group in alike(mentions(graph, _candidates(rows)).values()):
        by_source: dict[NamedNode, list[Mention]] = {}
        for mention in group:
            by_source.setdefault(mention.source, []).append(mention)
        pairs = (pair for sides in combinations(by_source.values(), 2) for pair in product(*sides))
        for left, right in pairs:
            if agreement(left, right) == "contradict":
                yield {
                    "claim": left.claim,
                    "other": right.claim,
                    "thing": left.subject,
                    "left": Literal(_figure(left)),
                    "right": Literal(_figure(right)),
                }


def _candidates(rows: Iterable[QuerySolution]) -> Iterator[NamedNode]:
    """Yield the claims that have the values of a claim of another source."""
    groups: dict[tuple[Term, ...], dict[NamedNode, Term]] = {}
    for claim, source, *values in map(tuple, rows):
        groups.setdefault(tuple(values), {})[claim] = source
    for group in groups.values():
        if len(set(group.values())) > 1:
            yield from group


def _figure(mention: Mention) -> str:
    is_plain = mention.hedge in ("exact", "range")
    return mention.figure if is_plain else f"{mention.hedge.replace('-', ' ')} {mention.figure}"


def _pair(finding: Finding) -> tuple[NamedNode, NamedNode]:
    claim, other = finding["claim"], finding["other"]
    if not (isinstance(claim, NamedNode) and isinstance(other, NamedNode)):
        raise GraphError("a rule on contradictions found a node that is no claim; `tipgraph check` lists the faults")
    return claim, other


def _id(rule: str, claims: Iterable[NamedNode]) -> str:
    digest = sha256("\n".join(sorted(claim.value for claim in claims)).encode("utf-8")).hexdigest()[:_DIGITS]
    return f"{home_of(claims)}/{rule}-{digest}"


def _reasons(graph: Graph, findings: Sequence[tuple[Rule, Finding]]) -> Iterator[str]:
    """Yield the reason of each finding: a sentence in English, as all reasons are written."""
    labels = graph.labels({term for _, row in findings for term in row.values() if isinstance(term, NamedNode)})
    cited = graph.cite(claim for _, row in findings for claim in _pair(row))

    def side(claim: NamedNode, *, apart: bool) -> str:
        """Return the name of a side: its source, or within one source its paragraph."""
        paragraph = next((citation.paragraph for citation in cited.get(claim, ()) if citation.paragraph), 0)
        return source_of(claim) if apart or not paragraph else f"¶{paragraph}"

    def said(term: Term) -> str:
        if isinstance(term, Literal) and term.datatype.value.endswith("#decimal"):
            return f"{Decimal(term.value):,f}"
        return term_words(term, labels=labels).text

    for rule, row in findings:
        claim, other = _pair(row)
        apart = source_of(claim) != source_of(other)
        texts = {name: said(term) for name, term in row.items()}
        texts |= {"first": side(claim, apart=apart), "second": side(other, apart=apart)}
        sentence = say(sparql.header(rule.text).reason, {name: [Word(text)] for name, text in texts.items()})
        yield visible(" ".join(sentence.split()))
