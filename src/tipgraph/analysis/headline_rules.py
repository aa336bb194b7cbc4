"""Headlines: sentences that rules write from a graph, `queries/finding/*.rq`, a rule a file.

A rule is a SELECT query whose header has a template, `#+ sentence:`. Rows with the same values in the sentence are one
headline, and the claims in their variables `claim…` prove it. Rules are ordered by `#+ rank:`, their headlines by rows.

Decision: docs/decisions/0130-rules-write-the-headlines.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.errors import GraphError
from tipgraph.graph import Answer, Graph, RequestDataset, Term, ask, sparql
from tipgraph.model import DATA, Word, kit, pieces, term_words
from tipgraph.runtime import read_text

_ALL: Final = RequestDataset()
_LEAST: Final = 5  # claims of a headline that may lead


class HeadlineRule(NamedTuple):
    """A rule: its path below the kit or the project, its name, its query, and its header in a language."""

    path: str
    name: str
    query: str
    header: sparql.Header


@dataclass(frozen=True)
class Headline:
    """A sentence about a graph: the name, title and detail of its rule, and the claims that prove it.

    `pieces` mark the words of another language. `counts` says what it counts: nothing if that is the whole graph,
    `read` without the sources that only a rule read, or `all` with them. `may_lead` tells that five claims or more
    prove it, none of a document that nobody here had.
    """

    rule: str
    title: str
    detail: str
    pieces: list[Word]
    claims: list[NamedNode]
    counts: str = ""
    may_lead: bool = False

    @property
    def sentence(self) -> str:
        """The headline as a sentence."""
        return "".join(word.text for word in self.pieces)


def headlines(graph: Graph, language: str = "en") -> list[Headline]:
    """Return the headlines of a graph, those that may lead first; by the rules of the kit and of the project.

    They leave sources out that a rule read, until all their claims are reviewed. A rule that then finds nothing counts
    them; its headlines come last.
    Raises GraphError for a rule without a sentence, and QueryError for one that cannot be run.

    >>> from tipgraph import build
    >>> headlines(build())[0].sentence[:30]
    '39 of 42 statements about who '
    """
    rules = headline_rules(language)
    by_rules = {row["source"].value for row in graph.named("read-by-rules")}
    others = RequestDataset(default=tuple(sorted(graph.sources - by_rules))) if by_rules else _ALL
    counts = "read" if by_rules else ""
    first = [headline for rule in rules for headline in _headlines(graph, rule, language, others, counts)]
    first.sort(key=lambda headline: not headline.may_lead)
    if not by_rules:
        return first
    found = {headline.rule for headline in first}  # a rule has one denominator
    without = [rule for rule in rules if rule.name not in found]
    return first + [headline for rule in without for headline in _headlines(graph, rule, language, _ALL, "all")]


def headline_rules(language: str = "en") -> list[HeadlineRule]:
    """Return the rules of the kit and of the project, by rank.

    >>> headline_rules()[0].path
    'queries/finding/amount-unknown.rq'
    """
    rules = []
    for path in kit.files("queries/finding", "*.rq"):
        query = read_text(path)
        rules.append(HeadlineRule(f"queries/finding/{path.name}", path.stem, query, sparql.header(query, language)))
    return sorted(rules, key=lambda rule: (rule.header.rank, rule.name))


def _headlines(
    graph: Graph, rule: HeadlineRule, language: str, dataset: RequestDataset, counts: str
) -> Iterator[Headline]:
    header, answer = rule.header, ask(graph, rule.query, language=language, dataset=dataset)
    if not header.sentence:
        raise GraphError(f"{rule.path} has no sentence; write `#+ sentence:` into its header")
    named = [name for name in answer.columns if f"{{{name}}}" in header.sentence or f"{{{name}=" in header.sentence]
    rows: dict[tuple[Term | None, ...], dict[NamedNode, None]] = {}
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        rows.setdefault(tuple(cells[name] for name in named), {}).update(dict.fromkeys(answer.claims(row)))
    for key, claims in rows.items():
        values = {name: term for name, term in zip(named, key, strict=True) if term is not None}
        filled = {name: [_word(term, answer, language)] for name, term in values.items()}
        sentence = pieces(header.sentence, filled, language)
        at_hand = all(any(place.absent != "cited" for place in said) for said in graph.cite(claims).values())
        may_lead = counts != "all" and at_hand and len(claims) >= _LEAST
        yield Headline(rule.name, header.summary, header.detail, sentence, list(claims), counts, may_lead)


def _word(term: Term, answer: Answer, language: str) -> Word:
    """Return a value within a sentence."""
    word = term_words(term, language, answer.labels, in_sentence=True)
    if isinstance(term, NamedNode):
        return word._replace(name=term.value.startswith(DATA), code=term.value.rpartition("#")[2])
    return word
