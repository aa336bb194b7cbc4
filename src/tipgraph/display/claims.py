"""All that is said of one thing, as sentences: the claims about it, where each is said, and what contradicts it.

Beside a claim stands what another source says of it too, and on how many sources all of it stands (`corroboration`).

Decision: docs/decisions/0068-durations-print-in-their-shortest-form.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, QuerySolution

from tipgraph.errors import GraphError
from tipgraph.graph import Citation, Graph, Remark, Support, Term, supports
from tipgraph.model import (
    DATA,
    EDTF,
    Word,
    data_name,
    duration_words,
    fields,
    needed,
    pieces,
    short,
    spoken,
    tip,
    words,
)

_XSD = "http://www.w3.org/2001/XMLSchema#"
_DURATION = f"{_XSD}duration"
_SPOKEN = {EDTF: spoken, f"{_XSD}date": spoken, _DURATION: duration_words}
_NAMING = NamedNode(tip.Naming)
_ABOUT_CLAIMS = frozenset(
    {
        "agreesWith",
        "caveat",
        "correction",
        "corroborates",
        "evidence",
        "mentions",
        "review",
        "saidAt",
        "source",
        "tiesNobody",
    }
)
_CLASS = {"en": "class", "es": "clase"}
_ONE_RIGHT = NamedNode("https://w3id.org/tipgraph/code#conflict-judgement-one-right")
_RIGHT = {"en": "this is right", "es": "esta es correcta"}
_WRONG = {"en": "the other is right", "es": "la otra es correcta"}


class Against(NamedTuple):
    """A claim that contradicts another one, the reason, what was answered by whom and why; empty where nothing was."""

    reason: str
    other: "Said"
    judged: str = ""
    grounds: str = ""

    @property
    def answer(self) -> str:
        """What was answered, by whom and on what grounds."""
        return f"{self.judged}: {self.grounds}" if self.judged else ""


class Agreed(NamedTuple):
    """What a claim of another source says of a claim too: only what both say, as a sentence, and where that is said."""

    claim: NamedNode
    pieces: list[Word]
    citations: list[Citation]

    @property
    def sentence(self) -> str:
        """What both say."""
        return "".join(word.text for word in self.pieces)


@dataclass
class Said:
    """One claim as a sentence, which is in `pieces` too, since what it quotes may be in another language.

    `heading` is the label of its class, `remark` what must be known beside it (its caveats end the sentence), `against`
    holds the claims that it contradicts. `values` are its properties in words, those of the sentence first. `support`
    says who carries all of it, `also` what of it claims of other sources say.
    """

    claim: NamedNode
    cls: NamedNode
    heading: str
    pieces: list[Word]
    citations: list[Citation]
    remark: Remark
    against: list[Against] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    support: Support | None = None
    also: tuple[Agreed, ...] = ()

    @property
    def sentence(self) -> str:
        """The claim as a sentence."""
        return "".join(word.text for word in self.pieces)


def said_of(graph: Graph, thing: NamedNode, language: str = "en") -> list[Said]:
    """Return every claim about a thing as a sentence, names first, each with the claims that it contradicts."""
    claims = [row["claim"] for row in graph.named("about", {"thing": [thing]})]
    said = _with_conflicts(graph, claims, language)
    return sorted(
        (said[claim] for claim in claims),
        key=lambda one: (one.cls != _NAMING, one.heading, one.citations, one.sentence),
    )


def say_all(graph: Graph, language: str = "en") -> dict[NamedNode, Said]:
    """Return every claim of a graph as a sentence, in the order of their IRIs, each with those that it contradicts."""
    return _with_conflicts(graph, [row["claim"] for row in graph.named("claim-list")], language)


def _with_conflicts(graph: Graph, claims: Sequence[NamedNode], language: str) -> dict[NamedNode, Said]:
    """Say claims, and those that contradict them."""
    conflicts = list(graph.named("against", {"claim": claims}))
    said = say_claims(graph, [*claims, *(row["other"] for row in conflicts)], language)
    labels = graph.labels({row[name] for row in conflicts for name in ("judgement", "judgeKind")} - {None}, language)
    for row in conflicts:
        against = Against(row["reason"].value, said[row["other"]], *_answer(row, labels, language))
        said[row["claim"]].against.append(against)
    return said


def _answer(row: QuerySolution, labels: Mapping[NamedNode, str], language: str) -> tuple[str, str]:
    if row["judge"] is None:
        return "", ""
    right = (_RIGHT if row["right"] is not None else _WRONG)[language]
    judgement = right if row["judgement"] == _ONE_RIGHT else labels[row["judgement"]]
    by = f"{row['judge'].value}, {labels[row['judgeKind']]}, {row['judged'].value}"
    return f"{judgement} ({by})", row["grounds"].value


def say_claims(graph: Graph, claims: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, Said]:
    """Say claims in sentences of a language; values without a label in it are said in English.

    Raises GraphError for claims that no template says: the graph then lacks the ontology.
    """
    wanted = list(dict.fromkeys(claims))
    agreeing: dict[NamedNode, list[NamedNode]] = {}
    for row in graph.named("agreeing", {"claim": wanted}):
        agreeing.setdefault(row["claim"], []).append(row["other"])
    every = list(dict.fromkeys(chain(wanted, *agreeing.values())))
    classes: dict[NamedNode, NamedNode] = {}
    templates: dict[NamedNode, str] = {}
    values: dict[NamedNode, dict[str, list[Term]]] = {claim: {} for claim in every}
    for row in graph.named("claims", {"claim": every, "language": [Literal(language)]}):
        claim = row["claim"]
        classes[claim], templates[claim] = row["class"], row["template"].value
        values[claim].setdefault(short(row["property"].value), []).append(row["value"])
    if unsaid := set(every) - classes.keys():
        raise GraphError(
            f"the graph holds no sentence for {len(unsaid)} claims, such as {min(unsaid, key=str).value}: it lacks the "
            "ontology; take a graph that `tipgraph build` made"
        )
    mentioned = [
        *classes.values(),
        *(term for columns in values.values() for terms in columns.values() for term in terms),
    ]
    nodes = [term for term in mentioned if isinstance(term, NamedNode)]
    labelled = graph.labelled(nodes, language)
    labels = {node: label.value for node, label in labelled.items()}
    said_as = _said_as(graph, labelled, language)
    carried, remarks, cited = supports(graph, wanted), graph.remarks(every, language), graph.cite(every)

    def sentence(claim: NamedNode, columns: Mapping[str, list[Term]]) -> list[Word]:
        template = templates[claim]
        worded = {name: _as_said(columns[name], said_as, language) for name in {*fields(template)} & columns.keys()}
        terms = chain.from_iterable(columns.get(name, ()) for name in fields(template))
        told = {labels.get(term) for term in terms if isinstance(term, NamedNode)}
        marks = [caveat for caveat in remarks[claim].caveats if caveat not in told]
        return pieces(template, worded, language, marks)

    def agreed(claim: NamedNode, other: NamedNode) -> Agreed:
        both = _common(values[claim], values[other], templates[claim])
        return Agreed(other, sentence(other, both), cited[other])

    said = {}
    for claim in wanted:
        own = {name: _whole(terms, labels, language) for name, terms in values[claim].items()}
        said[claim] = Said(
            claim,
            classes[claim],
            labels.get(classes[claim], ""),
            sentence(claim, values[claim]),
            cited[claim],
            remarks[claim],
            values=_own(own, templates[claim]),
            support=carried.get(claim),
            also=tuple(agreed(claim, other) for other in agreeing.get(claim, ())),
        )
    return said


def _common(own: Mapping[str, list[Term]], others: Mapping[str, list[Term]], template: str) -> dict[str, list[Term]]:
    """Return what another claim says that a claim says too, and what its sentence cannot do without, as it says it.

    A figure is printed as the other prints it.
    """
    both = {name: [term for term in terms if term in own.get(name, ())] for name, terms in others.items()}
    as_said = {name for name in others if both.get(name.removesuffix("AsPrinted")) or name in needed(template)}
    return {name: others[name] if name in as_said and not terms else terms for name, terms in both.items()}


class Trait(NamedTuple):
    """What identifies a thing: the name of the property and its value in words; `term` is the value itself."""

    name: str
    words: str
    term: Term


def identity_of(graph: Graph, thing: NamedNode, language: str = "en") -> list[Trait]:
    """Return what identifies a thing: its class, kind, codes and identifiers."""
    return identities_of(graph, [thing], language).get(thing, [])


def identities_of(graph: Graph, things: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, list[Trait]]:
    """Return what identifies each of some things."""
    rows = [tuple(row) for row in graph.named("identity", {"thing": list(things)})]
    labels = graph.labels([term for row in rows for term in row[1:] if isinstance(term, NamedNode)], language)
    found: dict[NamedNode, list[Trait]] = {}
    for thing, name, value in rows:
        trait = Trait(labels.get(name, _CLASS[language]), _words(value, labels, language), value)
        found.setdefault(thing, []).append(trait)
    return found


def _own(columns: dict[str, list[str]], template: str) -> dict[str, list[str]]:
    """Return what a claim says itself, or could by its sentence; not where it is said and what is derived from that."""
    order = [*fields(template), *sorted(columns)]
    return {name: columns.get(name, []) for name in dict.fromkeys(order) if name not in _ABOUT_CLAIMS}


def _whole(terms: Iterable[Term], labels: dict[NamedNode, str], language: str) -> list[str]:
    """Return values in words; nodes without a name, such as claims, as their IRIs."""
    return sorted(
        term.value if isinstance(term, NamedNode) and term not in labels else _words(term, labels, language)
        for term in terms
    )


def _said_as(graph: Graph, labelled: Mapping[NamedNode, Literal], language: str) -> dict[NamedNode, Word]:
    """Return how nodes are said within a sentence: by their phrase, which may be empty, or else by their label."""
    rows = graph.named("phrases", {"code": list(labelled), "language": [Literal(language)]})
    return {
        node: _of_language(label, language, node.value.startswith(DATA))._replace(code=_code(node))
        for node, label in labelled.items()
    } | {row["code"]: Word(row["phrase"].value, code=_code(row["code"])) for row in rows}


def _code(node: NamedNode) -> str:
    return node.value.rpartition("#")[2]


def _as_said(terms: Iterable[Term], said_as: Mapping[NamedNode, Word], language: str) -> list[Word]:
    """Return the values of a column within a sentence, in order."""
    said = [
        said_as.get(term) or Word(data_name(term.value)) if isinstance(term, NamedNode) else _of_literal(term, language)
        for term in terms
    ]
    return sorted(word for word in said if word.text)


def _of_literal(term: Term, language: str) -> Word:
    if not isinstance(term, Literal):
        return Word(str(term))
    datatype = term.datatype.value
    if datatype == f"{_XSD}decimal":
        return Word(f"{Decimal(term.value):,f}")
    in_words = _SPOKEN.get(datatype)
    return Word(in_words(term.value, language)) if in_words else _of_language(term, language)


def _of_language(text: Literal, language: str, name: bool = False) -> Word:
    other = text.language or ""
    return Word(text.value, "" if other == language else other, name)


def _words(term: Term, labels: dict[NamedNode, str], language: str) -> str:
    if isinstance(term, NamedNode):
        return labels.get(term, data_name(term.value))
    if isinstance(term, Literal):
        in_words = {EDTF: words, _DURATION: duration_words}.get(term.datatype.value)
        return in_words(term.value, language) if in_words else term.value
    return str(term)
