"""What else goes when something goes: what names it, what tells its figure, what nothing is said of any more."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph import personal, tip
from tipgraph.release.names import Names, figures
from tipgraph.spellings import folded
from tipgraph.statements import Object, Statement
from tipgraph.terms import namespaces
from tipgraph.withholding import Taken, Web

NAMED: Final = "names what is withheld"
PLACE: Final = "tells the place of what is withheld"
PERSON: Final = "about a natural person"
PERSONAL: Final = "holds an address or a number of a person"
FIGURES: Final = frozenset({tip.value, tip.upperValue, tip.valueAsPrinted, tip.amount, tip.amountAsPrinted})
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PREFERRED: Final = "http://www.w3.org/2004/02/skos/core#prefLabel"
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_LABELS: Final = frozenset({
    _LABEL, "http://www.w3.org/2004/02/skos/core#altLabel", tip.title, tip.name,
})  # fmt: skip
_IDENTIFIERS: Final = frozenset({
    tip.iatiIdentifier, tip.documentNumber, tip.url, tip.archived, "http://www.w3.org/2004/02/skos/core#exactMatch",
})  # fmt: skip
_PLACE: Final = re.compile(r"¶ ?\d")
_DESCRIPTION = NamedNode("https://w3id.org/tipgraph/code#name-kind-description")
# foaf, schema.org, PROV, FollowTheMoney; vCard; schema.org again; Wikidata's human
_PERSONS: Final = frozenset({"Person", "Individual", "Patient", "Q5"})
_FREE: Final = frozenset({
    "http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
    "http://www.w3.org/2001/XMLSchema#anyURI",
})  # fmt: skip


def settle(
    taken: Taken,
    renamed: Collection[NamedNode],
    larger: Collection[NamedNode],
    terms: Iterable[Statement],
    small: Mapping[NamedNode, str],
    less: Collection[NamedNode],
) -> None:
    """Take out what tells of anything that goes, until nothing else goes.

    `renamed` things stay and must not be named; in the place of `larger` ones others are named, also in words, save
    where a source is said to print them. `small` are the counts that stay without their figures, `less` all claims of
    which the place in the text must not be told.
    """
    labels = list(terms)
    before = -1
    while before != len(taken.nodes) + len(taken.statements):
        before = len(taken.nodes) + len(taken.statements)
        taken.take_unspoken()
        names = names_of(taken.web, {*taken.nodes, *renamed}, labels)
        printed = names_of(taken.web, {*taken.nodes, *renamed, *larger}, labels) if larger else names
        for one in taken.left():
            if one.subject in renamed or one.subject in larger or not _is_free(one.object):
                continue
            ours = isinstance(one.object, Literal) and one.object.language
            if (names if ours else printed).within(one.object.value):
                _take_telling(taken, one)
        for claim, why in small.items():
            for one in _words_on_count(taken, claim):
                taken.drop(one, why)
        for one in (one for claim in less for one in _words_on(taken, claim)):
            if _PLACE.search(one.object.value):
                taken.drop(one, PLACE)


def labels_of(web: Web, thing: NamedNode) -> dict[str, str]:
    """Return the label of a thing by language, that of its own source before those of others."""
    labels = [one for one in web.about.get(thing, ()) if one.predicate.value == _LABEL]
    labels.sort(key=lambda one: thing.value.startswith(f"{one.source.value}/"))
    return {one.object.language or "": one.object.value for one in labels if isinstance(one.object, Literal)}


def called(web: Web, thing: NamedNode) -> set[str]:
    """Return how a thing is called, by labels and by sources."""
    namings = (one.subject for one in web.naming.get(thing, ()) if one.predicate.value == tip.named)
    said = (one for node in (thing, *namings) for one in web.about.get(node, ()) if one.predicate.value in _LABELS)
    return {one.object.value for one in said if _is_name(one, web)}


def names_of(web: Web, gone: Collection[NamedNode], terms: Iterable[Statement]) -> Names:
    """Return the names and ids of nodes that go, but those that things have that stay, and labels of the ontology."""
    away: set[str] = set()
    kept: set[str] = set()
    persons = {one.subject for one in web.statements if one.predicate == _TYPE and _is_person(one.object.value)}
    for one in web.statements:
        if one.subject in persons and isinstance(one.object, Literal):
            away.add(one.object.value)
        elif one.predicate.value in _LABELS | _IDENTIFIERS and _is_name(one, web):
            named = list(web.values(one.subject, tip.named)) or [one.subject]
            (away if any(node in gone for node in named) else kept).add(one.object.value)
    for thing in web.spoken(web.claims):
        names = away if thing in gone else kept
        names.update(node.value.rpartition("/")[2].replace("-", " ") for node in (thing, *web.aliases(thing)))
    labels = {folded(term.object.value) for term in terms if term.predicate.value in {*_LABELS, _PREFERRED}}
    return Names(away, labels.union(map(folded, kept)))


def figures_of(web: Web, claim: NamedNode) -> set[Decimal]:
    """Return the figures of a claim."""
    said = (one.object.value for one in web.about.get(claim, ()) if one.predicate.value in FIGURES)
    return {figure for text in said for figure in figures(text)}


def take_persons(taken: Taken) -> None:
    """Take out nodes of a class of persons, and what holds an address or a number of one, in words or as an IRI."""
    for one in taken.web.statements:
        if one.predicate == _TYPE and isinstance(one.object, NamedNode) and _is_person(one.object.value):
            taken.take({one.subject: PERSON})
        elif _is_address(one.object) or (_is_free(one.object) and personal.found(one.object.value)):
            taken.drop(one, PERSONAL)


def _is_person(cls: str) -> bool:
    return not cls.startswith(namespaces()) and cls.replace("#", "/").rpartition("/")[2] in _PERSONS


def _is_address(term: Object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(("mailto:", "tel:", "sms:"))


def _is_free(term: Object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _FREE


def _is_name(one: Statement, web: Web) -> bool:
    """Tell whether a label or a naming is a name: a description is none, such as "the experts"."""
    return _DESCRIPTION not in web.values(one.subject, tip.nameKind)


def _take_telling(taken: Taken, one: Statement) -> None:
    if one.predicate.value in _LABELS:
        taken.take({one.subject: NAMED})
    else:
        taken.drop(one, NAMED)


def _words_on(taken: Taken, claim: NamedNode) -> Iterator[Statement]:
    """Yield the words of a claim, and of what speaks of it."""
    beside = {one.subject for one in taken.web.naming.get(claim, ()) if taken.speaks(one)}
    for node in {claim, *beside} - taken.nodes.keys():
        yield from (one for one in taken.web.about[node] if isinstance(one.object, Literal) and one.object.language)


def _words_on_count(taken: Taken, claim: NamedNode) -> Iterator[Statement]:
    """Yield all words on a withheld count, which may say it in letters, and those with its figure on the same thing."""
    yield from _words_on(taken, claim)
    figure = figures_of(taken.web, claim)
    for thing in taken.web.values(claim, tip.subject):
        others = {one.subject for one in taken.web.naming.get(thing, ()) if taken.speaks(one)}
        for one in (one for node in others - {claim} for one in taken.web.about[node]):
            if isinstance(one.object, Literal) and one.object.language and figure & figures(one.object.value):
                yield one
