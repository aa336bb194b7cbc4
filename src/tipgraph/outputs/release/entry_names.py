"""How entries that a release withholds are called: their labels, names and ids, and the figures of claims."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import REFERENCE, Statement, folded, kit, namespaces, tip
from tipgraph.outputs.release.withheld_names import Names, figures
from tipgraph.pipeline import Web

FIGURES: Final = frozenset({tip.value, tip.upperValue, tip.valueAsPrinted, tip.amount, tip.amountAsPrinted})
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFERRED: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
LABELS: Final = frozenset({
    _LABEL, "http://www.w3.org/2004/02/skos/core#altLabel", tip.title, tip.name,
})  # fmt: skip
_IDENTIFIERS: Final = frozenset({
    tip.iatiIdentifier, tip.documentNumber, tip.url, tip.archived, "http://www.w3.org/2004/02/skos/core#exactMatch",
})  # fmt: skip
_WORDY: Final = frozenset({".html", ".js", ".po", ".rq", ".ttl", ".txt"})
_DESCRIPTION = NamedNode("https://w3id.org/tipgraph/code#name-kind-description")
# foaf, schema.org, PROV, FollowTheMoney; vCard; schema.org again; Wikidata's human
_PERSONS: Final = frozenset({"Person", "Individual", "Patient", "Q5"})


def labels_of(web: Web, thing: NamedNode) -> dict[str, str]:
    """Return the label of a thing by language, that of its own source before those of others."""
    labels = [one for one in web.about.get(thing, ()) if one.predicate.value == _LABEL]
    labels.sort(key=lambda one: thing.value.startswith(f"{one.source.value}/"))
    return {one.object.language or "": one.object.value for one in labels if isinstance(one.object, Literal)}


def called(web: Web, thing: NamedNode) -> set[str]:
    """Return how a thing is called, by labels and by sources."""
    namings = (one.subject for one in web.naming.get(thing, ()) if one.predicate.value == tip.named)
    said = (one for node in (thing, *namings) for one in web.about.get(node, ()) if one.predicate.value in LABELS)
    return {one.object.value for one in said if _is_name(one, web)}


def names_of(web: Web, gone: Collection[NamedNode], terms: Iterable[Statement]) -> Names:
    """Return the names and ids of nodes that go, but those that things have that stay, and labels of the ontology."""
    away: set[str] = set()
    kept: set[str] = set()
    persons = {one.subject for one in web.statements if one.predicate == TYPE and is_person(one.object.value)}
    for one in web.statements:
        if one.subject in persons and isinstance(one.object, Literal):
            away.add(one.object.value)
        elif one.predicate.value in LABELS | _IDENTIFIERS and _is_name(one, web):
            named = list(web.values(one.subject, tip.named)) or [one.subject]
            (away if any(node in gone for node in named) else kept).add(one.object.value)
    for thing in web.spoken(web.claims):
        names = away if thing in gone else kept
        names.update(node.value.rpartition("/")[2].replace("-", " ") for node in (thing, *web.aliases(thing)))
    labels = {folded(term.object.value) for term in terms if term.predicate.value in {*LABELS, _PREFERRED}}
    printed = [one.object.value for one in web.about.get(REFERENCE, ()) if isinstance(one.object, Literal)]
    always = f"{_program()} {' | '.join(map(folded, printed))} "
    return Names(away, labels.union(map(folded, kept), (name for name in map(folded, away) if f" {name} " in always)))


@cache
def _program() -> str:
    """Return the words that every release has, folded: of ontology, questions, templates and scripts."""
    code = ("display/templates", "display/locale", "outputs/site/web")
    places = [*map(kit.folder, ("ontology", "queries")), *map(kit.code, code)]
    texts = [path.read_text("utf-8") for place in places for path in sorted(place.rglob("*")) if path.suffix in _WORDY]
    return f" {' | '.join(map(folded, texts))} "


def figures_of(web: Web, claim: NamedNode) -> set[Decimal]:
    """Return the figures of a claim."""
    said = (one.object.value for one in web.about.get(claim, ()) if one.predicate.value in FIGURES)
    return {figure for text in said for figure in figures(text)}


def is_person(cls: str) -> bool:
    """Tell whether a class, none of the ontology, is one of natural persons by its name."""
    return not cls.startswith(namespaces()) and cls.replace("#", "/").rpartition("/")[2] in _PERSONS


def _is_name(one: Statement, web: Web) -> bool:
    """Tell whether a label or a naming is a name: a description is none, such as "the experts"."""
    return _DESCRIPTION not in web.values(one.subject, tip.nameKind)
