"""What a policy means for a graph: which nodes go, which are renamed, what becomes coarser, and why."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph import personal, tip
from tipgraph.errors import CallError, Fault, InputError
from tipgraph.graph import Graph
from tipgraph.names import resolve
from tipgraph.release.counts import small_counts
from tipgraph.release.names import Names, figures
from tipgraph.release.policy import Entry, Policy
from tipgraph.spellings import folded
from tipgraph.statements import DATA, DERIVED, ONTOLOGY, Object, Statement, data_iri
from tipgraph.withholding import Taken, Web

NAMED: Final = "names what is withheld"
SOURCE: Final = "its source is not shown"
PERSON: Final = "about a natural person"
PERSONAL: Final = "holds an address or a number of a person"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABELS: Final = frozenset({
    "http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#altLabel", tip.title, tip.name,
})  # fmt: skip
_IDENTIFIERS: Final = frozenset({
    tip.iatiIdentifier, tip.documentNumber, tip.url, tip.archived, "http://www.w3.org/2004/02/skos/core#exactMatch",
})  # fmt: skip
_CALLED: Final = frozenset({*_LABELS, "http://www.w3.org/2004/02/skos/core#prefLabel"})
_DESCRIPTION: Final = "https://w3id.org/tipgraph/code#name-kind-description"
_OF_ONE_PLACE: Final = frozenset({"Estimate", "RouteReport", "RouteStop", "Rating", "Allocation"})  # untrue of a larger
_LYING: Final = frozenset({tip.place, tip.subjectPlace})


@dataclass
class Decided:
    """What is done to the statements of a graph.

    `taken` goes; `renamed` things keep their ties under another name; `larger` says which place stands for one that is
    withheld; `dates` how sharp the dates of claims stay; `small` which counts go; `touched` are the claims that stay
    and say less, of which the place in the text must not be told.
    """

    web: Web
    terms: list[Statement]
    taken: Taken
    policy: Policy
    renamed: dict[NamedNode, Entry] = field(default_factory=dict)
    larger: dict[NamedNode, NamedNode] = field(default_factory=dict)
    dates: dict[NamedNode, str] = field(default_factory=dict)
    small: dict[NamedNode, str] = field(default_factory=dict)
    sources: frozenset[NamedNode] = frozenset()
    chosen: dict[NamedNode, Entry] = field(default_factory=dict)

    @cached_property
    def left(self) -> list[Statement]:
        """The statements that are left, before any is rewritten."""
        return self.taken.left()

    @cached_property
    def touched(self) -> frozenset[NamedNode]:
        """The claims that stay, and say less than they did."""
        changed = self.renamed.keys() | self.larger.keys()
        naming = {one.subject for one in self.left if one.object in changed and self.taken.speaks(one)}
        return frozenset((naming | self.dates.keys() | self.small.keys()) - self.taken.nodes.keys())

    @cached_property
    def names(self) -> Names:
        """The names that no released text may have."""
        return _names(self)

    def figures_gone(self) -> Iterator[tuple[NamedNode, Decimal]]:
        """Yield the claims whose figures are told no longer, with each."""
        for claim in self.web.claims:
            if claim in self.taken.nodes or claim in self.small:
                yield from ((claim, figure) for figure in sorted(figures_of(self.web, claim)))

    @cached_property
    def gone(self) -> frozenset[NamedNode]:
        """The nodes whose names and ids must not be told: those that went, are renamed, or lie in another place."""
        return frozenset({*self.taken.nodes, *self.renamed, *self.larger})


def decide(graph: Graph, policy: Policy) -> Decided:
    """Decide what a policy does to a graph; raise InputError with every entry of it that means nothing here."""
    given, terms = [], []
    for quad in graph.quads():
        one = Statement(*quad)
        if one.source == ONTOLOGY:
            terms.append(one)
        elif one.source != DERIVED:
            given.append(one)
    from tipgraph.ontology import ontology

    web = Web(sorted(given, key=str), ontology())
    decided = Decided(web, terms, Taken(web), policy)
    _sources(graph, decided)
    _entries(graph, decided)
    _persons(decided)
    decided.small = small_counts(graph, policy.k)
    _settle(decided)
    return decided


def _sources(graph: Graph, decided: Decided) -> None:
    policy, known = decided.policy, {row["source"].value.removeprefix(DATA) for row in graph.named("sources")}
    wrong = [
        Fault(f"{name!r} is no source of this graph; they are {', '.join(sorted(known))}", policy.file, None, "sources")
        for name in policy.showing if name not in known
    ]  # fmt: skip
    if policy.showing.get("reference") == "none":
        message = "the reference is what all sources share; it cannot be left out"
        wrong.append(Fault(message, policy.file, None, "sources"))
    if wrong:
        raise InputError(wrong)
    gone = [name for name in sorted(known - {"reference"}) if policy.shown(name) == "none"]
    decided.sources = frozenset(map(data_iri, gone))
    decided.taken.take(dict.fromkeys(map(data_iri, gone), SOURCE))
    of_gone = {one.subject for one in decided.web.statements if one.source in decided.sources}
    others = [node for node in of_gone if not decided.web.classes(node) & {"Thing"}]
    decided.taken.take(dict.fromkeys(sorted(others, key=str), SOURCE))


def _entries(graph: Graph, decided: Decided) -> None:
    faults: list[Fault] = []
    for entry in decided.policy.entries:
        try:
            node = _meant(graph, decided.web, entry)
            decided.chosen[node] = entry
            _apply(decided, node, entry)
        except CallError as error:
            faults.append(Fault(str(error), decided.policy.file, None, f"{entry.where}, what"))
    if faults:
        raise InputError(faults)


def _meant(graph: Graph, web: Web, entry: Entry) -> NamedNode:
    """Return the thing or the claim that an entry is about; raise CallError where nobody knows it."""
    if entry.what.count("/") == 2 and "://" not in entry.what:
        node = data_iri(*entry.what.split("/"))
        if "Claim" in web.classes(node) or (node in web.about and entry.kind == "coarsen" and entry.dates):
            return node
    return resolve(graph, entry.what)


def _apply(decided: Decided, node: NamedNode, entry: Entry) -> None:
    web, classes = decided.web, decided.web.classes(node)
    if entry.kind == "withhold":
        decided.taken.take({node: entry.reason})
    elif entry.kind == "rename":
        if "Actor" not in classes:
            raise CallError(f"{entry.what} is no actor, and only actors are renamed; withhold it")
        decided.renamed[node] = entry
        names = [one.subject for one in web.naming.get(node, ()) if one.predicate.value == tip.named]
        decided.taken.take(dict.fromkeys([*names, *web.aliases(node)], entry.reason))
    elif entry.place:
        if "Place" not in classes:
            raise CallError(f"{entry.what} is no place; only places become coarser by place")
        _coarsen(decided, node, entry)
    else:
        decided.dates |= dict.fromkeys(_claims_of(web, node, classes), entry.dates)


def _coarsen(decided: Decided, node: NamedNode, entry: Entry) -> None:
    web = decided.web
    country = next((place for place in _holders(web, node) if "Country" in web.classes(place)), None)
    if country is None or country == node:
        raise CallError(f"{entry.what} lies in no country here; withhold it")
    within = {node, *_parts(web, node)}
    decided.larger |= dict.fromkeys(within, country)
    spoken = [one for place in within for one in web.naming.get(place, ()) if decided.taken.speaks(one)]
    untrue = [one.subject for one in spoken
              if one.predicate.value not in _LYING or web.classes(one.subject) & _OF_ONE_PLACE]  # fmt: skip
    aliases = [alias for place in sorted(within, key=str) for alias in web.aliases(place)]
    decided.taken.take(dict.fromkeys([*untrue, *aliases], entry.reason))


def _claims_of(web: Web, node: NamedNode, classes: Collection[str]) -> Iterator[NamedNode]:
    if "Claim" in classes:
        yield node
    for one in web.naming.get(node, ()):
        if "Claim" in web.classes(one.subject) and (one.predicate.value != tip.source or "Source" in classes):
            yield one.subject


def _holders(web: Web, node: NamedNode) -> list[NamedNode]:
    """Return a place and those that hold it, the nearest first."""
    found = [node]
    for place in found:
        found += [holder for holder in web.values(place, tip.partOf) if holder not in found]
    return found


def _parts(web: Web, node: NamedNode) -> list[NamedNode]:
    found = [node]
    for place in found:
        parts = (one.subject for one in web.naming.get(place, ()) if one.predicate.value == tip.partOf)
        found += [part for part in parts if part not in found and "Place" in web.classes(part)]
    return found[1:]


def _persons(decided: Decided) -> None:
    """Withhold nodes of a class of persons, and what holds addresses or numbers of persons."""
    for one in decided.web.statements:
        if one.predicate == _TYPE and isinstance(one.object, NamedNode) and _is_person(one.object.value):
            decided.taken.take({one.subject: PERSON})
        elif _is_free(one.object) and personal.found(one.object.value):
            decided.taken.drop(one, PERSONAL)


_FREE: Final = frozenset({
    "http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
    "http://www.w3.org/2001/XMLSchema#anyURI",
})  # fmt: skip


def _is_free(term: Object) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _FREE


def _is_person(cls: str) -> bool:
    return not cls.startswith(tip.NAMESPACE) and cls.replace("#", "/").rpartition("/")[2] == "Person"


def _settle(decided: Decided) -> None:
    """Take out what names that which goes and what nothing is said of any more, until nothing else goes."""
    before = -1
    while before != len(decided.taken.nodes) + len(decided.taken.statements):
        before = len(decided.taken.nodes) + len(decided.taken.statements)
        decided.taken.take_unspoken()
        names = _names(decided)
        for one in decided.taken.left():
            if one.subject not in decided.renamed and _tells(one, names):
                _take_telling(decided, one)
        for one in _telling_figures(decided):
            decided.taken.drop(one, decided.small.get(one.subject, NAMED))
        decided.small = {claim: why for claim, why in decided.small.items() if claim not in decided.taken.nodes}
        decided.__dict__.pop("left", None)
        decided.__dict__.pop("touched", None)


def _tells(one: Statement, names: Names) -> bool:
    return _is_free(one.object) and bool(names.within(one.object.value))


def _take_telling(decided: Decided, one: Statement) -> None:
    if one.predicate.value in _LABELS:
        decided.taken.take({one.subject: NAMED})
    else:
        decided.taken.drop(one, NAMED)


def _telling_figures(decided: Decided) -> Iterator[Statement]:
    """Yield the words of a withheld count, and of what speaks of it, that have its figure."""
    for claim in decided.small:
        figure = figures_of(decided.web, claim)
        beside = {one.subject for one in decided.web.naming.get(claim, ()) if decided.taken.speaks(one)}
        for node in {claim, *beside} - decided.taken.nodes.keys():
            for one in decided.web.about[node]:
                if isinstance(one.object, Literal) and one.object.language and figure & figures(one.object.value):
                    yield one


def figures_of(web: Web, claim: NamedNode) -> set[Decimal]:
    """Return the figures of a claim."""
    said = (one.object.value for one in web.about.get(claim, ()) if one.predicate.value in FIGURES)
    return {figure for text in said for figure in figures(text)}


FIGURES: Final = frozenset({tip.value, tip.upperValue, tip.valueAsPrinted, tip.amount, tip.amountAsPrinted})


def _names(decided: Decided) -> Names:
    """Return the names and ids of what goes, but those that things have that stay, and labels of the ontology."""
    gone, web = decided.gone, decided.web
    away: set[str] = set()
    kept: set[str] = set()
    for one in web.statements:
        if one.predicate.value in _LABELS | _IDENTIFIERS and _is_name(one, web):
            named = set(web.values(one.subject, tip.named)) or {one.subject}
            (away if named & gone else kept).add(one.object.value)
    for thing in web.spoken(web.claims):
        names = away if thing in gone else kept
        names.update(node.value.rpartition("/")[2].replace("-", " ") for node in (thing, *web.aliases(thing)))
    labels = {folded(term.object.value) for term in decided.terms if term.predicate.value in _CALLED}
    return Names(away, labels.union(map(folded, kept)))


def _is_name(one: Statement, web: Web) -> bool:
    """Tell whether a label or a naming is a name: a description is none, such as "the experts"."""
    return NamedNode(_DESCRIPTION) not in web.values(one.subject, tip.nameKind)
