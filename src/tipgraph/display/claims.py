"""A claim as it is shown: its sentence, where sources say it, and the claims that contradict or repeat it.

The terminal, notebooks, pages, exports and scripts all lay out the same `ClaimView`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import GraphError
from tipgraph.graph import Citation, Graph, Remark, Standing, Support, Term, supports
from tipgraph.model import CODE, DATA, Word, data_name, fields, needed, pieces, short, term_words, tip

if TYPE_CHECKING:
    from tipgraph.sources import Texts

_ABOUT_CLAIMS = frozenset({
    "agreesWith", "caveat", "correction", "corroborates", "countsAs", "evidence", "mayReach", "mentions", "moneyLevel",
    "review", "saidAt", "source", "tiesNobody",
})  # fmt: skip
_CLASS = {"en": "class", "es": "clase"}
_ONE_RIGHT = NamedNode(CODE + "conflict-judgement-one-right")
_SETTLED = frozenset(CODE + f"conflict-judgement-{name}" for name in ("both-stand", "no-conflict"))
_RIGHT = {"en": "this is right", "es": "esta es correcta"}
_WRONG = {"en": "the other is right", "es": "la otra es correcta"}


@dataclass(slots=True)
class CitedSentence:
    """A claim as a sentence, with its citations; `pieces` mark the words of another language."""

    claim: NamedNode
    pieces: list[Word]
    citations: list[Citation]

    @property
    def key(self) -> str:
        """The name of the claim within the data."""
        return data_name(self.claim.value)

    @property
    def sentence(self) -> str:
        """The claim as a sentence."""
        return "".join(word.text for word in self.pieces)

    @property
    def places(self) -> list[str]:
        """The places in sources, each once."""
        return list(dict.fromkeys(map(str, self.citations)))

    def quoted(self, texts: "Texts") -> list[tuple[str, str]]:
        """Return each citation in words with its quote, which is empty without the text."""
        return [(str(citation), quote(citation, texts) or "") for citation in self.citations]

    def quotes(self, texts: "Texts") -> list[str]:
        """Return the quotes of the citations whose texts we have."""
        return [words for _, words in self.quoted(texts) if words]


def quote(citation: Citation, texts: "Texts") -> str | None:
    """Return the words at a citation; None without the text."""
    return texts.quote(citation.file, citation.start, citation.end, citation.digest, citation.form)


class ContradictionView(NamedTuple):
    """A claim that contradicts another one, with the reason; `judgement` and `grounds` are empty until it is judged.

    `is_settled` is true if the judgement is that both may stand, or that there is no contradiction.
    """

    reason: str
    other: "ClaimView"
    judgement: str = ""
    grounds: str = ""
    is_settled: bool = False

    @property
    def answer(self) -> str:
        """The judgement, the judge and the grounds."""
        return f"{self.judgement}: {self.grounds}" if self.judgement else ""


@dataclass(slots=True)
class ClaimView(CitedSentence):
    """One claim as it is shown.

    `heading` is the label of its class. `remark` has caveats (which end the sentence), notes, corrections and the
    review. `values` are its properties in words, those of the sentence first; `nodes` has the IRIs of those that are
    nodes. `support` names the sources of the whole claim. `agreeing` are claims of other sources, reduced to what both
    say. `contradictions` are the claims against it.
    """

    cls: NamedNode
    heading: str
    remark: Remark
    contradictions: list[ContradictionView] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    nodes: dict[str, list[str]] = field(default_factory=dict)
    support: Support | None = None
    agreeing: tuple[CitedSentence, ...] = ()

    @property
    def is_naming(self) -> bool:
        """Tell whether the claim is a name of an entry."""
        return self.cls.value == tip.Naming

    @property
    def is_counted(self) -> bool:
        """Tell whether it counts as a claim about its entry: a name and a contradiction do not."""
        return self.cls.value not in (tip.Naming, tip.Conflict)

    @property
    def corroboration(self) -> Standing | None:
        """The number of sources and publishers of the whole claim; None for a single source."""
        return self.support.standing if self.support and self.support.others else None


def claims_about(graph: Graph, entry: NamedNode, language: str = "en") -> list[ClaimView]:
    """Return the claims about an entry, each with its contradictions: names first; reviewed ones first in a class."""
    claims = [row["claim"] for row in graph.named("about", {"thing": [entry]})]
    views = StoredClaims(graph, claims).views(language)
    return sorted(
        (views[claim] for claim in claims),
        key=lambda view: (not view.is_naming, view.heading, view.remark.unreviewed, view.citations, view.sentence),
    )


def claim_views(graph: Graph, claims: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, ClaimView]:
    """Return claims as sentences in a language, without contradictions; else as `StoredClaims.views`."""
    return StoredClaims(graph, claims, contradictions=False).views(language)


def fingerprints(graph: Graph, claims: Iterable[NamedNode]) -> dict[NamedNode, str]:
    """Return a digest of what a reader of each claim compares, as `fingerprint`."""
    return {claim: fingerprint(view) for claim, view in claim_views(graph, claims).items()}


def fingerprint(view: ClaimView) -> str:
    """Return a digest of what a reader of a claim compares: its sentence, in English without caveats, its places."""
    said = re.sub(r" \([^()]*\)$", "", view.sentence) if view.remark.caveats else view.sentence
    places = (f"{place.source} {place.paragraph} {place.sentence}" for place in view.citations)
    return sha256("\n".join([said, *places]).encode()).hexdigest()[:16]


class _StoredClaim(NamedTuple):
    """A claim in the graph: its class, and its values by column, without evidence and derived ones."""

    cls: NamedNode
    values: dict[str, list[Term]]


class StoredClaims:
    """Claims as a graph has them, read once; `views` says them in a language."""

    def __init__(self, graph: Graph, claims: Iterable[NamedNode], *, contradictions: bool = True) -> None:
        """Read some claims, and those that agree with them or contradict them.

        Raises GraphError for a claim without a sentence template: the graph then lacks the ontology.
        """
        self._graph, self._asked = graph, list(dict.fromkeys(claims))
        self._conflicts = list(graph.named("against", {"claim": self._asked})) if contradictions else []
        self._wanted = list(dict.fromkeys([*self._asked, *(row["other"] for row in self._conflicts)]))
        self._agreeing: dict[NamedNode, list[NamedNode]] = {}
        for row in graph.named("agreeing", {"claim": self._wanted}):
            self._agreeing.setdefault(row["claim"], []).append(row["other"])
        self._every = list(dict.fromkeys(chain(self._wanted, *self._agreeing.values())))
        self._stored = _stored_claims(graph, self._every)
        self._support, self._cited = supports(graph, self._wanted), graph.cite(self._every)

    @classmethod
    def of_graph(cls, graph: Graph) -> "StoredClaims":
        """Read every claim of a graph, in the order of the IRIs."""
        return cls(graph, [row["claim"] for row in graph.named("claim-list")])

    def views(self, language: str = "en") -> dict[NamedNode, ClaimView]:
        """Return the claims in a language, each with its contradictions.

        A value without a label in the language has its English one.
        """
        by_class, remarks = _templates(self._graph, language), self._graph.remarks(self._every, language)
        terms = (term for own in self._stored.values() for term in chain([own.cls], *own.values.values()))
        nodes = dict.fromkeys(term for term in terms if isinstance(term, NamedNode))
        labelled = self._graph.labelled(nodes, language)
        labels = {node: label.value for node, label in labelled.items()}
        phrases = _phrases(self._graph, labelled, language)
        templates = {claim: by_class[own.cls] for claim, own in self._stored.items()}

        def words(claim: NamedNode, columns: Mapping[str, list[Term]]) -> list[Word]:
            """Return a claim as a sentence of some of its columns."""
            named = [name for name in dict.fromkeys(fields(templates[claim])) if name in columns]
            within = {labels.get(term) for name in named for term in columns[name] if isinstance(term, NamedNode)}
            caveats = [caveat for caveat in remarks[claim].caveats if caveat not in within]
            said = {name: _words(columns[name], phrases, language) for name in named}
            return pieces(templates[claim], said, language, caveats)

        def agreement(claim: NamedNode, other: NamedNode) -> CitedSentence:
            common = _common(self._stored[claim].values, self._stored[other].values, templates[claim])
            return CitedSentence(other, words(other, common), self._cited[other])

        def view(claim: NamedNode) -> ClaimView:
            cls, values = self._stored[claim]
            return ClaimView(
                claim,
                words(claim, values),
                self._cited[claim],
                cls,
                labels.get(cls, ""),
                remarks[claim],
                values=_own_values(values, templates[claim], labels, language),
                nodes={
                    name: [term.value for term in terms if isinstance(term, NamedNode)]
                    for name, terms in values.items()
                },
                support=self._support.get(claim),
                agreeing=tuple(agreement(claim, other) for other in self._agreeing.get(claim, ())),
            )

        views = {claim: view(claim) for claim in self._wanted}
        self._add_contradictions(views, language)
        return {claim: views[claim] for claim in self._asked}

    def _add_contradictions(self, views: Mapping[NamedNode, ClaimView], language: str) -> None:
        judged = {row[name] for row in self._conflicts for name in ("judgement", "judgeKind")} - {None}
        labels = self._graph.labels(judged, language)
        for row in self._conflicts:
            judgement, said, grounds = row["judgement"], "", ""
            if row["judge"] is not None:
                right = (_RIGHT if row["right"] is not None else _WRONG)[language]
                by = f"{row['judge'].value}, {labels[row['judgeKind']]}, {row['judged'].value}"
                said = f"{right if judgement == _ONE_RIGHT else labels[judgement]} ({by})"
                grounds = row["grounds"].value
            is_settled = judgement is not None and judgement.value in _SETTLED
            contradiction = ContradictionView(row["reason"].value, views[row["other"]], said, grounds, is_settled)
            views[row["claim"]].contradictions.append(contradiction)


def _templates(graph: Graph, language: str) -> dict[NamedNode, str]:
    """Return the sentence template of each class in a language, or else in English."""
    found: dict[NamedNode, dict[str, str]] = {}
    for row in graph.named("templates"):
        found.setdefault(row["class"], {})[row["template"].language] = row["template"].value
    return {cls: by.get(language) or by["en"] for cls, by in found.items()}


def _stored_claims(graph: Graph, claims: Sequence[NamedNode]) -> dict[NamedNode, _StoredClaim]:
    """Return claims as they are in the graph; raise GraphError for a claim without a sentence template."""
    stored: dict[NamedNode, _StoredClaim] = {}
    names: dict[NamedNode, str] = {}
    for row in graph.named("claims", {"claim": claims}):
        own = stored.get(row["claim"]) or stored.setdefault(row["claim"], _StoredClaim(row["class"], {}))
        name = names.get(row["property"]) or names.setdefault(row["property"], short(row["property"].value))
        if name not in _ABOUT_CLAIMS:
            own.values.setdefault(name, []).append(row["value"])
    if lacking := set(claims) - stored.keys():
        raise GraphError(
            f"the graph holds no sentence for {len(lacking)} claims, such as {min(lacking, key=str).value}: it lacks "
            "the ontology; take a graph that `tipgraph build` made"
        )
    return stored


def _common(own: Mapping[str, list[Term]], others: Mapping[str, list[Term]], template: str) -> dict[str, list[Term]]:
    """Return the values that two claims share, and those of the other one that its sentence needs.

    A figure is printed as the other claim prints it.
    """
    both = {name: [term for term in terms if term in own.get(name, ())] for name, terms in others.items()}
    kept = {name for name in others if both.get(name.removesuffix("AsPrinted")) or name in needed(template)}
    return {name: others[name] if name in kept and not terms else terms for name, terms in both.items()}


def _own_values(
    columns: Mapping[str, list[Term]], template: str, labels: Mapping[NamedNode, str], language: str
) -> dict[str, list[str]]:
    """Return the values of a claim in words, also the empty ones of its sentence."""

    def word(term: Term) -> str:
        if isinstance(term, NamedNode):
            return labels.get(term, term.value)  # a node without a name, such as a claim
        return term_words(term, language).text

    names = dict.fromkeys([*fields(template), *sorted(columns)])
    return {name: sorted(map(word, columns.get(name, ()))) for name in names}


def _phrases(graph: Graph, labelled: Mapping[NamedNode, Literal], language: str) -> dict[NamedNode, Word]:
    """Return the words of nodes within a sentence: their phrase, which may be empty, or else their label."""
    words = {
        node: term_words(label, language)._replace(name=node.value.startswith(DATA)) for node, label in labelled.items()
    }
    rows = graph.named("phrases", {"code": list(labelled), "language": [Literal(language)]})
    words |= {row["code"]: Word(row["phrase"].value) for row in rows}
    return {node: word._replace(code=node.value.rpartition("#")[2]) for node, word in words.items()}


def _words(terms: Iterable[Term], phrases: Mapping[NamedNode, Word], language: str) -> list[Word]:
    """Return the values of a column within a sentence, in order."""
    words = [
        phrases[term] if isinstance(term, NamedNode) and term in phrases
        else term_words(term, language, in_sentence=True)
        for term in terms
    ]  # fmt: skip
    return sorted(word for word in words if word.text)


class Trait(NamedTuple):
    """A property that identifies an entry: its name, its value in words, and the value itself."""

    name: str
    words: str
    term: Term


def identity_of(graph: Graph, entry: NamedNode, language: str = "en") -> list[Trait]:
    """Return the class, kind, codes and identifiers of an entry."""
    return identities_of(graph, [entry], language).get(entry, [])


@lru_cache(maxsize=1)  # the languages of a site share it
def _identities(graph: Graph, entries: tuple[NamedNode, ...]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in graph.named("identity", {"thing": list(entries)})]


def identities_of(graph: Graph, entries: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, list[Trait]]:
    """Return the class, kind, codes and identifiers of each entry."""
    rows = _identities(graph, tuple(entries))
    labels = graph.labels([term for row in rows for term in row[1:] if isinstance(term, NamedNode)], language)
    traits: dict[NamedNode, list[Trait]] = {}
    for entry, name, value in rows:
        words = term_words(value, language, labels).text
        traits.setdefault(entry, []).append(Trait(labels.get(name, _CLASS[language]), words, value))
    return traits
