"""The plan of a release: the rows and cells of a graph that are removed, renamed, made coarser or emptied by a policy.

What depends on something removed goes too, by `pipeline.Removal`. A claim that loses a name, a place, a date or a
figure loses its notes. Other words go if they have the same name, day or figure.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import CallError, Fault, InputError, UnknownName
from tipgraph.graph import Graph, resolve
from tipgraph.model import (
    CODE,
    DATA,
    DERIVED,
    LANG_STRING,
    ONTOLOGY,
    PREFIXES,
    RDF_TYPE,
    RDFS_LABEL,
    REFERENCE,
    SKOS,
    XSD,
    Object,
    Statement,
    data_iri,
    data_name,
    folded,
    kit,
    namespaces,
    ontology,
    tip,
)
from tipgraph.outputs.release.policy import Policy, PolicyEntry
from tipgraph.outputs.release.small_counts import SmallCounts, small_results
from tipgraph.outputs.release.words import Names, numbers, tells_day
from tipgraph.pipeline import Removal, StatementIndex
from tipgraph.sources import find_personal

SMALL: Final = "a small count, or part of a table with one"
REVEALS: Final = "would reveal something withheld"
LABELS: Final = frozenset({RDFS_LABEL, SKOS + "altLabel", tip.title, tip.name})
FIGURES: Final = frozenset({tip.value, tip.upperValue, tip.valueAsPrinted, tip.amount, tip.amountAsPrinted})
LARGE: Final = 100  # smaller figures are in many texts
_YEARS: Final = frozenset(map(Decimal, range(1900, 2101)))
_IDENTIFIERS: Final = frozenset({tip.iatiIdentifier, tip.documentNumber, tip.url, tip.archived, SKOS + "exactMatch"})
_OF_ONE_PLACE: Final = frozenset({"Estimate", "RouteReport", "RouteStop", "Rating", "Allocation", "Result"})
_ON_CLAIMS: Final = frozenset({"Conflict", "Restatement", "Continuation"})
_PERSONS: Final = frozenset({"Person", "Individual", "Patient", "Q5"})  # foaf, schema.org, PROV, vCard, Wikidata


@dataclass
class Plan:
    """What becomes of a graph.

    - `gone`: what is removed; `emptied`: the counts that lose their figure; `sources`: those of which nothing is shown
    - `renamed`: actors that keep their ties under another name; `unnamed`: things whose label is withheld
    - `larger`: the country for each place that becomes coarser; `dates`: how precise the dates of claims stay
    """

    index: StatementIndex
    terms: list[Statement]
    policy: Policy
    gone: Removal
    counts: SmallCounts
    sources: frozenset[NamedNode] = frozenset()
    renamed: dict[NamedNode, PolicyEntry] = field(default_factory=dict)
    larger: dict[NamedNode, NamedNode] = field(default_factory=dict)
    dates: dict[NamedNode, str] = field(default_factory=dict)
    emptied: set[NamedNode] = field(default_factory=set)
    unnamed: set[NamedNode] = field(default_factory=set)

    @property
    def away(self) -> set[NamedNode]:
        """The nodes that go or are replaced, and must not be named."""
        return {*self.gone.nodes, *self.renamed, *self.larger}

    @property
    def touched(self) -> set[NamedNode]:
        """The claims that stay with another name, place, date or figure, and the claims on them."""
        replaced = {*self.renamed, *self.larger}
        naming = (quad for node in replaced for quad in self.index.naming.get(node, ()) if self.gone.speaks(quad))
        claims = {*(quad.subject for quad in naming), *self.dates, *self.emptied}
        beside = (quad.subject for claim in claims for quad in self.index.naming.get(claim, ()))
        return claims.union(claim for claim in beside if self.index.classes(claim) & _ON_CLAIMS)

    @property
    def names(self) -> Names:
        """The names that no file of the release may have."""
        return self._names(self.away)

    @cached_property
    def persons(self) -> set[NamedNode]:
        """The natural persons, by the name of their class in another ontology."""
        types = (quad for quad in self.index.statements if quad.predicate == RDF_TYPE)
        others = (quad for quad in types if not quad.object.value.startswith((*namespaces(),)))
        return {quad.subject for quad in others if re.split("[/#]", quad.object.value)[-1] in _PERSONS}

    @property
    def ids(self) -> frozenset[str]:
        """The ids that no file of the release may have; every release has those of examples in the ontology."""
        ids = (data_name(node.value) for node in self.away if node.value.startswith(DATA))
        return frozenset(row for row in ids if f" {folded(row)} " not in _program())

    @cached_property
    def dated(self) -> dict[NamedNode, str]:
        """How precise the dates of nodes stay: of claims, of the things in these, and of judgements on either."""
        nodes: dict[NamedNode, str] = {}
        for claim, precision in self.dates.items():
            for node in [claim, *self.index.spoken([claim])]:
                nodes |= dict.fromkeys([node, *self.index.aliases(node), *_judgements(self.index, node)], precision)
        return nodes

    def figures(self) -> set[tuple[NamedNode, Decimal]]:
        """Return the figures of claims that go or are emptied, each with its source; years are in many texts."""
        quads = (quad for claim in self.emptied.union(self.gone.nodes) for quad in self.index.about.get(claim, ()))
        return {(quad.source, number) for quad in quads if quad.predicate.value in FIGURES
                for number in numbers(quad.object.value) if number not in _YEARS}  # fmt: skip

    def settle(self) -> None:
        """Withhold what would reveal something withheld, until nothing else goes."""
        before = -1
        while before != (before := len(self.gone.nodes) + len(self.gone.statements) + len(self.emptied)):
            self.emptied = self.counts.emptied(self.gone.nodes)
            self.gone.take_unspoken()
            self._take_words()
        self.emptied -= self.gone.nodes.keys()
        self.renamed = {node: entry for node, entry in self.renamed.items() if node not in self.gone.nodes}

    def _take_words(self) -> None:
        """Withhold words and addresses that would reveal something; with a withheld name in its label a thing goes."""
        names, places = self._names(self.away - self.larger.keys()), self._names({*self.larger})
        near, touched, large = self._near(), self.touched, {one for _, one in self.figures() if one >= LARGE}
        for quad in self._texts:
            node, text, is_label = quad.subject, quad.object.value, quad.predicate.value in LABELS
            if node in self.away or quad in self.gone.statements:
                continue
            has_name = names.within(text) != ""
            if has_name and is_label:
                self.gone.take({node: REVEALS})
            elif (has_name or places.within(text) or self._tells_day(quad) or (is_worded(quad) and (
                  (node in touched and not is_label) or (near.get(node, set()) | large) & numbers(text)))):  # fmt: skip
                self._withhold_words(quad)

    def _tells_day(self, quad: Statement) -> bool:
        precision = self.dated.get(quad.subject)
        return precision is not None and tells_day(quad.object.value, precision)

    @cached_property
    def _texts(self) -> list[Statement]:
        """What is said in words, and addresses of others: no rows, and no terms of the ontology."""
        known = (DATA, *PREFIXES.values(), *namespaces())
        return [quad for quad in self.index.statements if _is_free(quad.object)
                or (isinstance(quad.object, NamedNode) and not quad.object.value.startswith(known))]  # fmt: skip

    def _withhold_words(self, quad: Statement) -> None:
        if quad.predicate.value == tip.reason and "Conflict" in self.index.classes(quad.subject):
            self.gone.take({quad.subject: REVEALS})  # a contradiction says its reason
        elif quad.predicate.value not in LABELS or "Thing" not in self.index.classes(quad.subject):
            self.gone.drop(quad, REVEALS)
        elif quad.source != REFERENCE:
            self.unnamed.add(quad.subject)

    def _near(self) -> dict[NamedNode, set[Decimal]]:
        """Return the numbers that must not be beside each node: emptied counts; all below k if the source has none."""
        near: dict[NamedNode, set[Decimal]] = {}
        for claim, count in self.counts.counts.items():
            figures = {figure for figure in (count.value, count.upper) if figure is not None}
            if not figures:
                figures = set(map(Decimal, range(1, self.policy.k)))
            elif claim not in self.emptied and claim not in self.gone.nodes:
                continue
            about = {quad.subject for quad in self.index.naming.get(count.subject, ()) if self.gone.speaks(quad)}
            is_own = count.subject.value.startswith(f"{count.source.value}/")
            for node in {count.subject, *about, *(self.index.spoken(about) if is_own else ())}:
                near.setdefault(node, set()).update(figures)
        return near

    def _names(self, away: set[NamedNode]) -> Names:
        """Return the names of nodes, and their ids as words, without those that others have, or every release.

        The name of a route only says its places, which are looked for themselves.
        """
        routes = {node for node in away if "Route" in self.index.classes(node)}
        pairs = [(nodes, name) for nodes, name in self._namings() if routes.isdisjoint(nodes)]
        names = {name for nodes, name in pairs if away.intersection(nodes)}
        kept = {one.object.value for one in self.terms if one.predicate.value in _LABELS_OF_TERMS}
        kept.update(name for nodes, name in pairs if away.isdisjoint(nodes))
        always = (
            f"{_program()} {folded(' | '.join(quad.object.value for quad in self.index.about.get(REFERENCE, ())))} "
        )
        return Names(names, {*map(folded, kept), *(name for name in map(folded, names) if f" {name} " in always)})

    def _namings(self) -> Iterator[tuple[list[NamedNode], str]]:
        """Yield each name and each id as words, with the nodes that have it."""
        index = self.index
        for quad in self._texts:
            is_name = quad.predicate.value in LABELS | _IDENTIFIERS and not _is_description(quad, index)
            if is_name or quad.subject in self.persons:
                yield [*index.values(quad.subject, tip.named)] or [quad.subject], quad.object.value
        for thing in index.spoken(index.claims):
            for node in (thing, *index.aliases(thing)):
                yield [thing], node.value.rpartition("/")[2].replace("-", " ")


_LABELS_OF_TERMS: Final = LABELS | {SKOS + "prefLabel"}


def make_plan(graph: Graph, policy: Policy) -> Plan:
    """Return the plan of a release; raise InputError with all entries of the policy that do not fit the graph."""
    statements = [Statement(*quad) for quad in graph.quads()]
    given = sorted((one for one in statements if one.source not in (ONTOLOGY, DERIVED)), key=str)
    terms, index = [one for one in statements if one.source == ONTOLOGY], StatementIndex(given, ontology())
    plan = Plan(index, terms, policy, Removal(index), SmallCounts(graph, policy))
    if faults := [*_leave_sources_out(graph, plan), *_apply_entries(graph, plan)]:
        raise InputError(faults)
    _take_persons(plan)
    plan.gone.take(dict.fromkeys(small_results(index, policy.k), SMALL))
    plan.settle()
    return plan


def _leave_sources_out(graph: Graph, plan: Plan) -> Iterator[Fault]:
    """Remove the rows of sources that the policy does not show; their things stay if another source names them."""
    known = {data_name(row["source"].value) for row in graph.named("sources")} - {"reference"}
    for name in plan.policy.showing.keys() - known - {"reference"}:
        message = f"{name!r} is not a source of this graph; its sources are {', '.join(sorted(known))}"
        yield Fault(message, plan.policy.file, None, "sources")
    if plan.policy.showing.get("reference") == "none":
        yield Fault("all sources share the reference; it cannot be left out", plan.policy.file, None, "sources")
    plan.sources = frozenset(data_iri(name) for name in known if plan.policy.shown(name) == "none")
    rows = {quad.subject for quad in plan.index.statements if quad.source in plan.sources}
    others = (node for node in rows if "Thing" not in plan.index.classes(node))
    plan.gone.take(dict.fromkeys(sorted({*plan.sources, *others}, key=str), "its source is not shown"))


def _apply_entries(graph: Graph, plan: Plan) -> Iterator[Fault]:
    for entry in plan.policy.entries:
        try:
            _apply(graph, plan, _node_of(graph, plan.index, entry), entry)
        except CallError as error:
            yield Fault(str(error), plan.policy.file, None, f"{entry.where}, what")


def _node_of(graph: Graph, index: StatementIndex, entry: PolicyEntry) -> NamedNode:
    """Return the thing or the row that an entry is about; raise CallError if the graph has none of that name."""
    if entry.what.count("/") == 2 and "://" not in entry.what:
        try:
            node = data_iri(*entry.what.split("/"))
        except ValueError as error:
            raise CallError(f"{entry.what!r} is not a row; write source/table/id") from error
        if "Claim" in index.classes(node) or (node in index.about and entry.dates):
            return node
    return resolve(graph, entry.what)


def _apply(graph: Graph, plan: Plan, node: NamedNode, entry: PolicyEntry) -> None:
    index = plan.index
    if entry.kind == "withhold":
        plan.gone.take({node: entry.reason})
    elif entry.kind == "rename":
        if "Actor" not in index.classes(node):
            raise CallError(f"{entry.what} is not an actor, and only actors can be renamed; withhold it")
        _refuse_known(graph, entry)
        plan.renamed[node] = entry
        namings = [quad.subject for quad in index.naming.get(node, ()) if quad.predicate.value == tip.named]
        plan.gone.take(dict.fromkeys([*namings, *_judgements(index, node), *index.aliases(node)], entry.reason))
    elif entry.place:
        _coarsen_place(plan, node, entry)
    else:
        for part in _with_parts(index, node):
            rows = [part, *(quad.subject for quad in index.naming.get(part, ())
                            if quad.predicate.value != tip.source or part == node)]  # fmt: skip
            plan.dates |= {row: entry.dates for row in rows if "Claim" in index.classes(row)}


def _refuse_known(graph: Graph, entry: PolicyEntry) -> None:
    """Raise CallError if a new name is that of something in the graph."""
    for label in entry.label.values():
        with suppress(UnknownName):
            resolve(graph, label)
            raise CallError(f"{label!r} is a name in this graph; choose one that nothing has")


def _coarsen_place(plan: Plan, node: NamedNode, entry: PolicyEntry) -> None:
    """Replace a place and its parts by the country; withhold claims that would not be true of the country."""
    index, holders = plan.index, [node]
    for place in holders:
        holders += [holder for holder in index.values(place, tip.partOf) if holder not in holders]
    country = next((place for place in holders if "Country" in index.classes(place)), node)
    if country == node or "Place" not in index.classes(node):
        raise CallError(f"{entry.what} is no place within a country; withhold it")
    within = _with_parts(index, node)
    plan.larger |= dict.fromkeys(within, country)
    lying = {tip.place, tip.subjectPlace}
    for place in within:
        untrue = [quad.subject for quad in index.naming.get(place, ()) if plan.gone.speaks(quad)
                  and (quad.predicate.value not in lying or _OF_ONE_PLACE & index.classes(quad.subject))]  # fmt: skip
        plan.gone.take(dict.fromkeys([*untrue, *_judgements(index, place), *index.aliases(place)], entry.reason))


def _judgements(index: StatementIndex, node: NamedNode) -> list[NamedNode]:
    return [quad.subject for quad in index.naming.get(node, ()) if "Judgement" in index.classes(quad.subject)]


def _with_parts(index: StatementIndex, node: NamedNode) -> list[NamedNode]:
    """Return a place or an undertaking with its parts, by things and by claims, and the parts of these."""
    nodes = [node]
    for one in nodes:
        for quad in index.naming.get(one, ()):
            if quad.predicate.value == tip.partOf:
                parts = index.values(quad.subject, tip.undertaking)
                nodes += {quad.subject, *parts}.difference(nodes)
    return nodes


def _take_persons(plan: Plan) -> None:
    """Withhold nodes of a class of persons, and what has an address or a number of one, in words or as an IRI."""
    plan.gone.take(dict.fromkeys(sorted(plan.persons, key=str), "about a natural person"))
    for quad in plan.index.statements:
        is_address = quad.object.value.startswith(("mailto:", "tel:", "sms:"))
        if is_address or (_is_free(quad.object) and find_personal(quad.object.value)):
            plan.gone.drop(quad, "has an address or a number of a person")


@cache
def _program() -> str:
    """Return the folded words that every release has: of ontology, questions, templates and scripts."""
    code = map(kit.code, ("display/templates", "display/locale", "outputs/site/web"))
    paths = sorted(
        path for place in (kit.folder("ontology"), kit.folder("queries"), *code) for path in place.rglob("*")
    )
    texts = (path for path in paths if path.suffix in (".html", ".js", ".po", ".rq", ".ttl", ".txt"))
    return f" {' | '.join(folded.__wrapped__(path.read_text('utf-8')) for path in texts)} "


def _is_description(quad: Statement, index: StatementIndex) -> bool:
    """Tell whether a naming is a description, such as "the experts", and no name."""
    return NamedNode(CODE + "name-kind-description") in index.values(quad.subject, tip.nameKind)


def _is_free(term: Object) -> bool:
    """Tell whether a term is words or an address."""
    return isinstance(term, Literal) and term.datatype.value in (XSD + "string", XSD + "anyURI", LANG_STRING)


def is_worded(quad: Statement) -> bool:
    """Tell whether a statement has words in a language."""
    return isinstance(quad.object, Literal) and quad.object.language is not None
