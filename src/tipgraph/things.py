"""All that is said of one thing, as sentences: the claims about it, where each is said, and what contradicts it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.dates import words
from tipgraph.graph import Citation, Graph, Term
from tipgraph.sentences import say
from tipgraph.statements import DATA

_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_IMPLIED = {"en": " (implied)", "es": " (implícito)"}
_IMPLIED_CODE = "https://w3id.org/tipgraph/code#modality-implied"


@dataclass
class Said:
    """One claim as a sentence.

    `heading` is the label of its class, `against` holds the claims that it contradicts, each with the reason.
    """

    claim: NamedNode
    heading: str
    sentence: str
    citations: list[Citation]
    against: list[tuple[str, "Said"]] = field(default_factory=list)


def said_of(graph: Graph, thing: NamedNode, language: str = "en") -> list[Said]:
    """Return every claim about a thing as a sentence, by class and place in the text, with its contradictions."""
    claims = [row["claim"] for row in graph.named("about", {"thing": [thing]})]
    conflicts = [(row["claim"], row["reason"].value, row["other"]) for row in graph.named("against", {"claim": claims})]
    said = say_claims(graph, [*claims, *(other for *_, other in conflicts)], language)
    for claim, reason, other in conflicts:
        said[claim].against.append((reason, said[other]))
    return sorted((said[claim] for claim in claims), key=lambda one: (one.heading, one.citations, one.sentence))


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
    labels = graph.labels(
        _nodes([*classes.values(), *(t for by in values.values() for v in by.values() for t in v)]), language
    )
    cited = graph.cite(wanted)
    return {
        claim: Said(
            claim,
            labels.get(classes[claim], ""),
            say(
                templates[claim],
                {name: _worded(terms, labels, language) for name, terms in values[claim].items()},
                language,
            )
            + _implied(values[claim], language),
            cited[claim],
        )
        for claim in wanted
        if claim in classes
    }


def _worded(terms: Iterable[Term], labels: dict[NamedNode, str], language: str) -> list[str]:
    return sorted(_words(term, labels, language) for term in terms)


def _words(term: Term, labels: dict[NamedNode, str], language: str) -> str:
    if isinstance(term, NamedNode):
        return labels.get(term, term.value.removeprefix(DATA))
    if isinstance(term, Literal):
        return words(term.value, language) if term.datatype.value == _EDTF else term.value
    return str(term)


def _implied(values: dict[str, list[Term]], language: str) -> str:
    implied = any(isinstance(term, NamedNode) and term.value == _IMPLIED_CODE for term in values.get("modality", ()))
    return _IMPLIED.get(language, _IMPLIED["en"]) if implied else ""


def _nodes(terms: Iterable[Term]) -> list[NamedNode]:
    return [term for term in terms if isinstance(term, NamedNode)]
