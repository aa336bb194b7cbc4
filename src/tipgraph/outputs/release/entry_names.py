"""The labels, names and ids of things, and the figures of claims."""

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import CODE, RDF_TYPE, RDFS_LABEL, REFERENCE, SKOS, Statement, folded, kit, namespaces, tip
from tipgraph.outputs.release.withheld_names import Names, figures, searchable
from tipgraph.pipeline import StatementIndex

FIGURES: Final = frozenset({tip.value, tip.upperValue, tip.valueAsPrinted, tip.amount, tip.amountAsPrinted})
_PREFERRED: Final = SKOS + "prefLabel"
LABELS: Final = frozenset({
    RDFS_LABEL, SKOS + "altLabel", tip.title, tip.name,
})  # fmt: skip
_IDENTIFIERS: Final = frozenset({
    tip.iatiIdentifier, tip.documentNumber, tip.url, tip.archived, SKOS + "exactMatch",
})  # fmt: skip
_WORDY: Final = frozenset({".html", ".js", ".po", ".rq", ".ttl", ".txt"})
_DESCRIPTION = NamedNode(CODE + "name-kind-description")
# foaf, schema.org, PROV, FollowTheMoney; vCard; schema.org again; Wikidata's human
_PERSONS: Final = frozenset({"Person", "Individual", "Patient", "Q5"})


def labels_of(index: StatementIndex, thing: NamedNode) -> dict[str, str]:
    """Return the label of a thing in each language; its own source goes before others."""
    labels = [quad for quad in index.about.get(thing, ()) if quad.predicate.value == RDFS_LABEL]
    labels.sort(key=lambda quad: thing.value.startswith(f"{quad.source.value}/"))
    return {quad.object.language or "": quad.object.value for quad in labels if isinstance(quad.object, Literal)}


def called(index: StatementIndex, thing: NamedNode) -> set[str]:
    """Return the names of a thing: its labels, and its names in sources."""
    namings = (quad.subject for quad in index.naming.get(thing, ()) if quad.predicate.value == tip.named)
    statements = (
        quad for node in (thing, *namings) for quad in index.about.get(node, ()) if quad.predicate.value in LABELS
    )
    return {quad.object.value for quad in statements if _is_name(quad, index)}


def names_of(index: StatementIndex, gone: Collection[NamedNode], terms: Iterable[Statement]) -> Names:
    """Return the names and ids of withheld nodes; those of other things, and labels of the ontology, are `kept`."""
    away: set[str] = set()
    kept = {term.object.value for term in terms if term.predicate.value in {*LABELS, _PREFERRED}}
    for name, is_gone in chain(_printed_names(index, gone), _id_names(index, gone)):
        (away if is_gone else kept).add(name)
    reference = (quad.object.value for quad in index.about.get(REFERENCE, ()) if isinstance(quad.object, Literal))
    always = _program() + searchable(reference)
    return Names(away, {*map(folded, kept), *(name for name in map(folded, away) if f" {name} " in always)})


def _printed_names(index: StatementIndex, gone: Collection[NamedNode]) -> Iterator[tuple[str, bool]]:
    """Yield the names in statements, each with whether it is withheld; so is every literal of a natural person."""
    persons = {quad.subject for quad in index.statements if is_of_person(quad)}
    for quad in index.statements:
        if quad.subject in persons and isinstance(quad.object, Literal):
            yield quad.object.value, True
        elif quad.predicate.value in LABELS | _IDENTIFIERS and _is_name(quad, index):
            named = list(index.values(quad.subject, tip.named)) or [quad.subject]
            yield quad.object.value, any(node in gone for node in named)


def _id_names(index: StatementIndex, gone: Collection[NamedNode]) -> Iterator[tuple[str, bool]]:
    """Yield the names in the ids of the things that claims name, each with whether the thing is withheld."""
    for thing in index.spoken(index.claims):
        for node in (thing, *index.aliases(thing)):
            yield node.value.rpartition("/")[2].replace("-", " "), thing in gone


@cache
def _program() -> str:
    """Return the folded words that every release has: of ontology, questions, templates and scripts."""
    code = ("display/templates", "display/locale", "outputs/site/web")
    places = [*map(kit.folder, ("ontology", "queries")), *map(kit.code, code)]
    paths = [path for place in places for path in sorted(place.rglob("*")) if path.suffix in _WORDY]
    return searchable(path.read_text("utf-8") for path in paths)


def figures_of(index: StatementIndex, claim: NamedNode) -> set[Decimal]:
    """Return the figures of a claim."""
    texts = (quad.object.value for quad in index.about.get(claim, ()) if quad.predicate.value in FIGURES)
    return {figure for text in texts for figure in figures(text)}


def is_of_person(quad: Statement) -> bool:
    """Tell whether a statement has a class of natural persons, by its name in another ontology, for its subject."""
    if quad.predicate != RDF_TYPE or quad.object.value.startswith(namespaces()):
        return False
    return quad.object.value.replace("#", "/").rpartition("/")[2] in _PERSONS


def _is_name(quad: Statement, index: StatementIndex) -> bool:
    """Tell whether a label or a naming is a name, and not a description such as "the experts"."""
    return _DESCRIPTION not in index.values(quad.subject, tip.nameKind)
