"""All that is said of one thing, as sentences: the claims about it, where each is said, and what contradicts it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.dates import EDTF, duration_words, words
from tipgraph.graph import Citation, Graph, Term
from tipgraph.sentences import fields, say
from tipgraph.statements import DATA

_DURATION = "http://www.w3.org/2001/XMLSchema#duration"
_NAMING = NamedNode(tip.Naming)
_ABOUT_CLAIMS = frozenset({"evidence", "mentions", "review", "saidAt", "source"})
_IMPLIED = {"en": " (implied)", "es": " (implícito)"}
_CLASS = {"en": "class", "es": "clase"}


@dataclass
class Said:
    """One claim as a sentence.

    `heading` is the label of its class, `notes` are remarks of the editor, `against` holds the claims that it
    contradicts, each with the reason. `values` are its properties in words, those of the sentence first.
    """

    claim: NamedNode
    cls: NamedNode
    heading: str
    sentence: str
    citations: list[Citation]
    notes: tuple[str, ...] = ()
    against: list[tuple[str, "Said"]] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)


def said_of(graph: Graph, thing: NamedNode, language: str = "en") -> list[Said]:
    """Return every claim about a thing as a sentence, names first, each with the claims that it contradicts."""
    claims = [row["claim"] for row in graph.named("about", {"thing": [thing]})]
    conflicts = [(row["claim"], row["reason"].value, row["other"]) for row in graph.named("against", {"claim": claims})]
    said = say_claims(graph, [*claims, *(other for *_, other in conflicts)], language)
    for claim, reason, other in conflicts:
        said[claim].against.append((reason, said[other]))
    return sorted(
        (said[claim] for claim in claims),
        key=lambda one: (one.cls != _NAMING, one.heading, one.citations, one.sentence),
    )


def say_claims(graph: Graph, claims: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, Said]:
    """Say claims in sentences of a language; values without a label in it are said in English."""
    wanted = list(dict.fromkeys(claims))
    classes: dict[NamedNode, NamedNode] = {}
    templates: dict[NamedNode, str] = {}
    values: dict[NamedNode, dict[str, list[Term]]] = {claim: {} for claim in wanted}
    for row in graph.named("claims", {"claim": wanted, "language": [Literal(language)]}):
        claim = row["claim"]
        classes[claim], templates[claim] = row["class"], row["template"].value
        values[claim].setdefault(row["property"].value.removeprefix(tip.NAMESPACE), []).append(row["value"])
    spoken = [*classes.values(), *(term for columns in values.values() for terms in columns.values() for term in terms)]
    labels = graph.labels([term for term in spoken if isinstance(term, NamedNode)], language)
    cited, remarks = graph.cite(wanted), graph.remarks(wanted)
    said = {}
    for claim, cls in classes.items():
        columns = {name: _worded(terms, labels, language) for name, terms in values[claim].items()}
        own = {name: _whole(terms, labels, language) for name, terms in values[claim].items()}
        sentence = say(templates[claim], columns, language)
        remark = remarks[claim]
        sentence += _IMPLIED[language] if remark.implied else ""
        said[claim] = Said(
            claim,
            cls,
            labels.get(cls, ""),
            sentence,
            cited[claim],
            remark.notes,
            values=_own(own, templates[claim]),
        )
    return said


def identity_of(graph: Graph, thing: NamedNode, language: str = "en") -> list[tuple[str, str]]:
    """Return what identifies a thing, as labelled words: its class, kind, codes and identifiers."""
    rows = [(row["property"], row["value"]) for row in graph.named("identity", {"thing": [thing]})]
    labels = graph.labels([term for row in rows for term in row if isinstance(term, NamedNode)], language)
    return [(labels.get(name, _CLASS[language]), _words(value, labels, language)) for name, value in rows]


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


def _worded(terms: Iterable[Term], labels: dict[NamedNode, str], language: str) -> list[str]:
    return sorted(_words(term, labels, language) for term in terms)


def _words(term: Term, labels: dict[NamedNode, str], language: str) -> str:
    if isinstance(term, NamedNode):
        return labels.get(term, term.value.removeprefix(DATA))
    if isinstance(term, Literal):
        in_words = {EDTF: words, _DURATION: duration_words}.get(term.datatype.value)
        return in_words(term.value, language) if in_words else term.value
    return str(term)
