"""Headlines: sentences that rules write from a graph, `queries/finding/*.rq`, a rule a file.

A rule is a SELECT query whose header has a template, `#+ sentence:`. Rows with the same values in the sentence are one
headline, and the claims in their variables `claim…` prove it. Rules are ordered by `#+ rank:`, their headlines by rows.

Decision: docs/decisions/0130-rules-write-the-headlines.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.errors import GraphError
from tipgraph.graph import Answer, Graph, RequestDataset, Term, ask, independent_sources, sparql
from tipgraph.model import DATA, Word, kit, pieces, term_words
from tipgraph.runtime import read_text

_ALL: Final = RequestDataset()
_LEAST: Final = 5  # claims of a headline
FIRM, MACHINE_REVIEWED, THIN, SECOND_HAND = 1, 2, 3, 4  # grades of evidence


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
    `read` without the sources that only a rule read, or `all` with them. `grade` is that of its evidence: `FIRM` if all
    claims are in documents that we have, from two independent sources or more (`sources` is their number), and persons
    reviewed them; `MACHINE_REVIEWED` if AI agents did; `SECOND_HAND` if a claim is only in a document that others
    quote; else `THIN`. `beside` is another sentence that is true with all sources, of a rule with one headline.
    """

    rule: str
    title: str
    detail: str
    pieces: list[Word]
    claims: list[NamedNode]
    counts: str
    grade: int
    sources: int
    beside: list[Word] = field(default_factory=list)

    @property
    def may_lead(self) -> bool:
        """Tell whether its evidence is firm or machine-reviewed."""
        return self.grade <= MACHINE_REVIEWED

    @property
    def sentence(self) -> str:
        """The headline as a sentence."""
        return "".join(word.text for word in self.pieces)


def headlines(graph: Graph, language: str = "en") -> list[Headline]:
    """Return the headlines of a graph, those with the best evidence first; by the rules of the kit and of the project.

    Five claims or more prove each. They leave sources out that a rule read, until all their claims are reviewed. A rule
    that then finds nothing counts them.
    Raises GraphError for a rule without a sentence, and QueryError for one that cannot be run.

    >>> from tipgraph import build
    >>> headlines(build())[0].sentence[:30]
    'For 41 of 47 items of funding,'
    """
    rules = headline_rules(language)
    by_rules = {row["source"].value for row in graph.named("read-by-rules")}
    others = RequestDataset(default=tuple(sorted(graph.sources - by_rules))) if by_rules else _ALL
    counts = "read" if by_rules else ""
    found = [headline for rule in rules for headline in _headlines(graph, rule, language, others, counts)]
    for rule in rules if by_rules else ():
        wide = list(_headlines(graph, rule, language, _ALL, "all"))
        read = [headline for headline in found if headline.rule == rule.name]
        if not read:  # a rule has one denominator
            found += wide
        elif len(read) == len(wide) == 1:
            is_same = read[0].pieces == wide[0].pieces
            told = replace(read[0], counts="") if is_same else replace(read[0], beside=wide[0].pieces)
            found[found.index(read[0])] = told
    return sorted(found, key=lambda headline: headline.grade)


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
        if len(claims) >= _LEAST:
            evidence = _grade(graph, list(claims), counts)
            yield Headline(rule.name, header.summary, header.detail, sentence, list(claims), counts, *evidence)


def _grade(graph: Graph, claims: list[NamedNode], counts: str) -> tuple[int, int]:
    """Return the grade of the evidence of a headline, and the number of independent sources."""
    cited, remarks = graph.cite(claims), graph.remarks(claims)
    sources = independent_sources(graph, {place.source for said in cited.values() for place in said})
    reviews = {remarks[claim].review if claim in remarks else "unreviewed" for claim in claims}
    if not all(any(place.absent != "cited" for place in said) for said in cited.values()):
        return SECOND_HAND, sources
    if counts == "all" or sources < 2 or "unreviewed" in reviews:
        return THIN, sources
    return (FIRM if reviews == {"person"} else MACHINE_REVIEWED), sources


def _word(term: Term, answer: Answer, language: str) -> Word:
    """Return a value within a sentence."""
    word = term_words(term, language, answer.labels, in_sentence=True)
    if isinstance(term, NamedNode):
        return word._replace(name=term.value.startswith(DATA), code=term.value.rpartition("#")[2])
    return word
