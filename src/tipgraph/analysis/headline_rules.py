"""Headlines: sentences that rules write from a graph, `queries/finding/*.rq`, a rule a file.

A rule is a SELECT query whose header has a template, `#+ sentence:`. Rows with the same values in the sentence are one
headline, and the claims in their variables `claim…` prove it. Rules are ordered by `#+ rank:`, their headlines by rows.

Decision: docs/decisions/0130-rules-write-the-headlines.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import GraphError
from tipgraph.graph import Answer, Graph, Term, ask, sparql
from tipgraph.model import DATA, Word, kit, pieces, term_words
from tipgraph.runtime import atomic


@dataclass(frozen=True)
class Headline:
    """A sentence about a graph: the name, title and detail of its rule, and the claims that prove it.

    `pieces` mark the words of another language. `share` is the part and the whole that the rule counts, if it does.
    """

    rule: str
    title: str
    detail: str
    pieces: list[Word]
    claims: list[NamedNode]
    share: tuple[int, int] | None

    @property
    def sentence(self) -> str:
        """The headline as a sentence."""
        return "".join(word.text for word in self.pieces)


def headlines(graph: Graph, language: str = "en") -> list[Headline]:
    """Return the headlines of a graph, the best first; those of the kit and of the project.

    Raises GraphError for a rule without a sentence, and QueryError for one that cannot be run.

    >>> from tipgraph import build
    >>> headlines(build())[0].sentence[:37]
    'One number, 4 documents: from about 1'
    """
    rules = [(path, atomic.read_text(path)) for path in kit.files("queries/finding", "*.rq")]
    ranked = sorted(rules, key=lambda rule: (sparql.header(rule[1]).rank, rule[0].stem))
    return [headline for path, text in ranked for headline in _headlines(graph, path, text, language)]


def _headlines(graph: Graph, path: Path, text: str, language: str) -> Iterator[Headline]:
    header, answer = sparql.header(text, language), ask(graph, text, language=language)
    if not header.sentence:
        raise GraphError(f"{path} has no sentence; write `#+ sentence:` into its header")
    named = [name for name in answer.columns if f"{{{name}}}" in header.sentence or f"{{{name}=" in header.sentence]
    rows: dict[tuple[Term | None, ...], dict[NamedNode, None]] = {}
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        rows.setdefault(tuple(cells[name] for name in named), {}).update(dict.fromkeys(answer.claims(row)))
    for key, claims in rows.items():
        values = {name: term for name, term in zip(named, key, strict=True) if term is not None}
        filled = {name: [_word(term, answer, language)] for name, term in values.items()}
        sentence = pieces(header.sentence, filled, language)
        yield Headline(path.stem, header.summary, header.detail, sentence, list(claims), _share(values))


def _word(term: Term, answer: Answer, language: str) -> Word:
    """Return a value within a sentence."""
    word = term_words(term, language, answer.labels, in_sentence=True)
    if isinstance(term, NamedNode):
        return word._replace(name=term.value.startswith(DATA), code=term.value.rpartition("#")[2])
    return word


def _share(values: Mapping[str, Term]) -> tuple[int, int] | None:
    part, whole = values.get("part"), values.get("whole")
    if isinstance(part, Literal) and isinstance(whole, Literal):
        return int(part.value), int(whole.value)
    return None
