"""The plan of a release: the rows and cells of a graph that are removed, renamed, made coarser or emptied by a policy.

What depends on something removed goes too, by `pipeline.Removal`. A claim that loses its place, a name, a date or a
figure loses its notes. Other words go if they have the same name, day or figure.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import CallError, Fault, InputError
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
from tipgraph.outputs.release.search import Names, forms, numbers, tells_day
from tipgraph.outputs.release.small_counts import SmallCounts, small_results
from tipgraph.pipeline import Removal, StatementIndex
from tipgraph.sources import find_personal

SMALL: Final = "a small count, or part of a table with one"
REVEALS: Final = "would reveal something withheld"
LABELS: Final = frozenset({RDFS_LABEL, SKOS + "altLabel", tip.title, tip.name})
FIGURES: Final = frozenset({tip.value, tip.upperValue, tip.valueAsPrinted, tip.amount, tip.amountAsPrinted})
LARGE: Final = 100  # smaller figures are in many texts
_UNNAMED: Final = {"en": "name withheld", "es": "nombre retenido"}
_YEARS: Final = frozenset(map(Decimal, range(1900, 2101)))  # in many texts
_NAMES: Final = LABELS | {tip.iatiIdentifier, tip.documentNumber, tip.url, tip.archived, SKOS + "exactMatch"}
_DESCRIPTION: Final = NamedNode(CODE + "name-kind-description")  # "the experts" is no name
_OF_ONE_PLACE: Final = frozenset({"Estimate", "RouteReport", "RouteStop", "Rating", "Allocation", "Result"})
_ON_CLAIMS: Final = frozenset({"Conflict", "Restatement", "Continuation"})
_PERSONS: Final = frozenset({"Person", "Individual", "Patient", "Q5"})  # foaf, schema.org, PROV, vCard, Wikidata


@dataclass
class Plan:
    """What becomes of a graph.

    - `gone`: what is removed; `emptied`: the counts that lose their figure; `hidden`: the sources that are not shown
    - `renamed`: the new labels of actors, and of things whose label would reveal something
    - `larger`: the country for each place that becomes coarser; `dated`: the claims whose dates become years
    - `lost`: the places in texts that no claim may cite
    """

    index: StatementIndex
    terms: list[Statement]
    policy: Policy
    gone: Removal
    counts: SmallCounts
    hidden: frozenset[NamedNode] = frozenset()
    renamed: dict[NamedNode, Mapping[str, str]] = field(default_factory=dict)
    larger: dict[NamedNode, NamedNode] = field(default_factory=dict)
    dated: set[NamedNode] = field(default_factory=set)
    emptied: set[NamedNode] = field(default_factory=set)
    lost: set[NamedNode] = field(default_factory=set)

    @property
    def away(self) -> set[NamedNode]:
        """The nodes that go or are replaced, and must not be named."""
        renamed = (node for node, labels in self.renamed.items() if labels is not _UNNAMED)
        return {*self.gone.nodes, *self.larger, *renamed}

    @property
    def touched(self) -> set[NamedNode]:
        """The claims that stay with another name, place, date or figure, and the claims on them."""
        naming = (quad for node in {*self.renamed, *self.larger} for quad in self.index.naming.get(node, ()))
        claims = {*(quad.subject for quad in naming if self.gone.speaks(quad)), *self.dated, *self.emptied}
        beside = (quad.subject for claim in claims for quad in self.index.naming.get(claim, ()))
        return claims.union(claim for claim in beside if self.index.classes(claim) & _ON_CLAIMS)

    @cached_property
    def in_years(self) -> frozenset[NamedNode]:
        """The sources in which dates become years."""
        return frozenset(map(source_of, self.dated))

    def is_masked(self, quad: Statement) -> bool:
        """Tell whether words lose each day and month, since other ones of their source became a year.

        To take only the same month away would tell which one it was.
        """
        term, is_label = quad.object, quad.predicate.value in LABELS
        is_worded = is_label or (isinstance(term, Literal) and term.language is not None)
        return is_worded and quad.source in self.in_years and not (is_label and quad.source == REFERENCE)

    @property
    def names(self) -> Names:
        """The names that no file of the release may have."""
        return self._names(self.away)

    @property
    def ids(self) -> frozenset[str]:
        """The ids that no file of the release may have; every release has those of examples in the ontology."""
        ids = (data_name(node.value) for node in self.away if node.value.startswith(DATA))
        return frozenset(row for row in ids if f" {folded(row)} " not in _program())

    def reasons(self) -> Counter[str]:
        """Count what is withheld, by reason. Only the person who releases sees it."""
        changed = [entry.reason for entry in self.policy.entries if entry.kind != "withhold"]
        gone = [*self.gone.nodes.values(), *self.gone.statements.values()]
        return Counter([*gone, *changed, *[SMALL] * len(self.emptied)])

    def figures(self) -> set[tuple[NamedNode, Decimal]]:
        """Return the figures of claims that go or are emptied, each with its source."""
        quads = (quad for claim in self.emptied.union(self.gone.nodes) for quad in self.index.about.get(claim, ()))
        return {(quad.source, number) for quad in quads if quad.predicate.value in FIGURES
                for number in numbers(quad.object.value) - _YEARS}  # fmt: skip

    def part(self, span: NamedNode) -> tuple[str, int, int] | None:
        """Return the part of a text that evidence cites, by the text, which several sources may have."""
        start, end, source = (self.value(span, name) for name in (tip.start, tip.end, tip.source))
        text = self.value(NamedNode(source), tip.sha256) or source if source else ""
        return (text, int(start), int(end)) if start and end else None

    def value(self, node: NamedNode, name: str) -> str:
        """Return the first value of a property of a node, or an empty text."""
        quads = self.index.about.get(node, ())
        return next((quad.object.value for quad in quads if quad.predicate.value == name), "")

    def settle(self) -> None:
        """Withhold what would reveal something withheld, until nothing else goes."""
        before = -1
        gone = self.gone
        while before != (before := len({*gone.nodes, *gone.statements, *self.renamed}) + len(self.emptied)):
            self.emptied = self.counts.emptied(self.gone.nodes)
            self.gone.take_unspoken()
            self.lost = self._lost()
            self._take_words()

    def _lost(self) -> set[NamedNode]:
        """Return the evidence of claims that go or change, and what overlaps with it."""
        claims = (*self.gone.nodes, *self.touched)
        lost = {span for claim in claims for span in self.index.values(claim, tip.evidence)}
        parts: dict[str, list[tuple[int, int]]] = {}
        for text, start, end in filter(None, map(self.part, lost)):
            parts.setdefault(text, []).append((start, end))
        for span in self.gone.spans(self.index.statements) - lost:
            text, start, end = self.part(span) or ("", 0, 0)
            if any(start < last and first < end for first, last in parts.get(text, ())):
                lost.add(span)
        return lost

    def _take_words(self) -> None:
        """Withhold words and addresses that would reveal something; with a withheld name in its label a thing goes."""
        names, places = self._names(self.away - self.larger.keys()), self._names({*self.larger})
        days, in_years = self._days(), self.in_years
        beside, large = self._beside(), {figure for _, figure in self.figures() if figure >= LARGE}
        citing = {quad.subject for span in self.lost for quad in self.index.naming.get(span, ())}
        done, touched = self.away | self.renamed.keys(), self.touched

        def reveals(quad: Statement) -> bool:
            """Tell whether words have a withheld place, day or figure, or are a note on something that is withheld."""
            text, subject = quad.object.value, quad.subject
            is_worded = isinstance(quad.object, Literal) and quad.object.language is not None
            has_day = tells_day(text) and not (quad.predicate.value in LABELS and self.is_masked(quad))
            return bool(
                places.within(text)
                or (has_day and (subject in days or (quad.source in in_years and quad.predicate.value in _NAMES)))
                or (subject in citing and "¶" in text)  # says the place
                or (is_worded and subject in touched and quad.predicate.value not in LABELS)
                or (is_worded and numbers(text) & large)
                or (is_worded and subject in beside and numbers(text) - _YEARS)
            )

        for quad in self._texts:
            if quad.subject in done or quad in self.gone.statements:
                continue
            is_named, is_label = names.within(quad.object.value) != "", quad.predicate.value in LABELS
            if is_named and is_label:
                self.gone.take({quad.subject: REVEALS})
            elif not is_named and not reveals(quad):
                continue
            elif not is_label or "Thing" not in self.index.classes(quad.subject):
                self.gone.drop(quad, REVEALS)
            elif quad.source != REFERENCE:
                self.rename(quad.subject, _UNNAMED, REVEALS)

    def rename(self, node: NamedNode, labels: Mapping[str, str], reason: str) -> None:
        """Leave of a thing its class, its ties and other labels, by language."""
        self.renamed[node] = labels
        namings = (quad.subject for quad in self.index.naming.get(node, ()) if quad.predicate.value == tip.named)
        self.gone.take(dict.fromkeys([*namings, *_joined(self.index, node)], reason))

    def _days(self) -> set[NamedNode]:
        """Return what may tell the day of claims whose dates become years: things, and judgements on either."""
        nodes = {*self.dated, *(thing for claim in self.dated for thing in self.index.spoken([claim]))}
        return nodes.union(*(_joined(self.index, node) for node in nodes))

    def _beside(self) -> set[NamedNode]:
        """Return what is said beside counts that a release does not show: their figures may be there in words."""
        beside = set[NamedNode]()
        for claim, count in self.counts.counts.items():
            is_untold = count.value is None and count.upper is None
            if is_untold or claim in self.emptied or claim in self.gone.nodes:
                about = {quad.subject for quad in self.index.naming.get(count.subject, ()) if self.gone.speaks(quad)}
                is_own = count.subject.value.startswith(f"{count.source.value}/")
                beside |= {count.subject, *about, *(self.index.spoken(about) if is_own else ())}
        return beside

    @cached_property
    def _texts(self) -> list[Statement]:
        """What is said in words, and addresses of others: no rows, and no terms of the ontology."""
        known = (*PREFIXES.values(), *namespaces())
        return [quad for quad in self.index.statements if _is_free(quad)
                or (isinstance(quad.object, NamedNode) and not quad.object.value.startswith(known))]  # fmt: skip

    def _names(self, away: set[NamedNode]) -> Names:
        """Return the names of nodes, and their ids as words, without those that others have, or every release."""
        names = {name for nodes, name in self.namings if away.intersection(nodes)}
        kept = {folded(name) for nodes, name in self.namings if away.isdisjoint(nodes)}
        about = " | ".join(quad.object.value for quad in self.index.about.get(REFERENCE, ()))
        always = f"{_program()} {folded(about)} "
        return Names(names, kept.union(folded(name) for name in names if any(form in always for form in forms(name))))

    @cached_property
    def namings(self) -> list[tuple[list[NamedNode], str]]:
        """Each name and each id as words, with the nodes that have it.

        The name of a route only says its places, which are looked for themselves.
        """
        index, found = self.index, list[tuple[list[NamedNode], str]]()
        for quad in self._texts:
            is_name = quad.predicate.value in _NAMES and _DESCRIPTION not in index.values(quad.subject, tip.nameKind)
            if is_name or quad.subject in self.persons:
                found.append(([*index.values(quad.subject, tip.named)] or [quad.subject], quad.object.value))
        for thing in index.spoken(index.claims):
            ids = (node.value.rpartition("/")[2].replace("-", " ") for node in (thing, *index.aliases(thing)))
            found += (([thing], name) for name in ids)
        return [(nodes, name) for nodes, name in found if not any("Route" in index.classes(node) for node in nodes)]

    @cached_property
    def persons(self) -> set[NamedNode]:
        """The natural persons, by the name of their class in another ontology."""
        types = (quad for quad in self.index.statements if quad.predicate == RDF_TYPE)
        return {quad.subject for quad in types if re.split("[/#]", quad.object.value)[-1] in _PERSONS}


def make_plan(graph: Graph, policy: Policy) -> Plan:
    """Return the plan of a release; raise InputError with all entries of the policy that do not fit the graph."""
    statements = [Statement(*quad) for quad in graph.quads()]
    given = sorted((one for one in statements if one.source not in (ONTOLOGY, DERIVED)), key=str)
    terms, index = [one for one in statements if one.source == ONTOLOGY], StatementIndex(given, ontology())
    plan = Plan(index, terms, policy, Removal(index), SmallCounts(graph, policy.k))
    if faults := [*_leave_sources_out(graph, plan), *_apply_entries(graph, plan)]:
        raise InputError(faults)
    _take_persons(plan)
    plan.gone.take(dict.fromkeys(small_results(index, policy.k), SMALL))
    plan.settle()
    return plan


def _leave_sources_out(graph: Graph, plan: Plan) -> Iterator[Fault]:
    """Remove the rows of sources that the policy does not show; their things stay if another source names them."""
    known = {data_name(row["source"].value) for row in graph.named("sources")} - {"reference"}
    for name in plan.policy.showing.keys() - known:
        message = f"{name!r} is not a source of this graph; its sources are {', '.join(sorted(known))}"
        yield Fault(message, plan.policy.file, None, "sources")
    plan.hidden = frozenset(data_iri(name) for name in known if plan.policy.shown(name) == "none")
    rows = {quad.subject for quad in plan.index.statements if quad.source in plan.hidden}
    others = (node for node in rows if "Thing" not in plan.index.classes(node))
    plan.gone.take(dict.fromkeys(sorted({*plan.hidden, *others}, key=str), "its source is not shown"))


def _apply_entries(graph: Graph, plan: Plan) -> Iterator[Fault]:
    earlier: dict[NamedNode, PolicyEntry] = {}
    for entry in plan.policy.entries:
        try:
            node = _node_of(graph, plan.index, entry)
            other = earlier.setdefault(node, entry)
            if other != entry and (other.kind != entry.kind or entry.kind == "rename"):
                raise CallError(f"{entry.what!r} is what {other.where} is about, too; keep one of the two entries")
            _apply(plan, node, entry)
        except CallError as error:
            yield Fault(str(error), plan.policy.file, None, f"{entry.where}, what")


def _node_of(graph: Graph, index: StatementIndex, entry: PolicyEntry) -> NamedNode:
    """Return the thing or the claim that an entry is about; raise CallError if the graph has none of that name."""
    row = next((node for node in index.about if node.value == f"{DATA}{entry.what}"), None)
    if row and "Claim" in index.classes(row):
        return row
    if row and "Thing" not in index.classes(row):
        citing = ", ".join(data_name(quad.subject.value) for quad in index.naming.get(row, ()))
        raise CallError(f"{entry.what!r} is no entry and no claim; name what cites it: {citing or 'nothing'}")
    if row is None and entry.what.count("/") == 2:
        raise CallError(f"{entry.what!r}: no table has this row; copy source/table/id from the tables")
    return resolve(graph, entry.what)


def _apply(plan: Plan, node: NamedNode, entry: PolicyEntry) -> None:
    index = plan.index
    if entry.kind == "withhold":
        plan.gone.take({node: entry.reason})
    elif entry.kind == "rename":
        if "Actor" not in index.classes(node):
            raise CallError(f"{entry.what} is not an actor, and only actors can be renamed; withhold it")
        if known := set(map(folded, entry.label.values())) & {folded(name) for _, name in plan.namings}:
            raise CallError(f"{min(known)!r} is a name in this graph; choose one that nothing has")
        plan.rename(node, entry.label, entry.reason)
    elif entry.place:
        _coarsen_place(plan, node, entry)
    else:
        for part in _with_parts(index, node):
            rows = [part, *(quad.subject for quad in index.naming.get(part, ())
                            if quad.predicate.value != tip.source or part == node)]  # fmt: skip
            plan.dated.update(row for row in rows if "Claim" in index.classes(row))


def _coarsen_place(plan: Plan, node: NamedNode, entry: PolicyEntry) -> None:
    """Replace a place and its parts by the country; withhold claims that would not be true of the country."""
    index, holders = plan.index, [node]
    for place in holders:
        holders += [holder for holder in index.values(place, tip.partOf) if holder not in holders]
    country = next((place for place in holders if "Country" in index.classes(place)), node)
    if country == node or "Place" not in index.classes(node):
        raise CallError(f"{entry.what} is no place within a country; withhold it")
    lying = {tip.place, tip.subjectPlace}
    for place in _with_parts(index, node):
        plan.larger[place] = country
        untrue = [quad.subject for quad in index.naming.get(place, ()) if plan.gone.speaks(quad)
                  and (quad.predicate.value not in lying or _OF_ONE_PLACE & index.classes(quad.subject))]  # fmt: skip
        plan.gone.take(dict.fromkeys([*untrue, *_joined(index, place)], entry.reason))


def _joined(index: StatementIndex, node: NamedNode) -> list[NamedNode]:
    """Return the nodes that were merged into a node, and the judgements on it."""
    named = (quad.subject for quad in index.naming.get(node, ()))
    return [*index.aliases(node), *(other for other in named if "Judgement" in index.classes(other))]


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
        if is_address or (_is_free(quad) and find_personal(quad.object.value)):
            plan.gone.drop(quad, "has an address or a number of a person")


@cache
def _program() -> str:
    """Return the folded words that every release has: of ontology, questions, templates and scripts."""
    code = map(kit.code, ("display/templates", "display/locale", "outputs/site/web"))
    paths = [path for folder in (kit.folder("ontology"), kit.folder("queries"), *code) for path in folder.rglob("*.*")]
    texts = (path for path in sorted(paths) if path.suffix in (".html", ".js", ".po", ".rq", ".ttl", ".txt"))
    return f" {' | '.join(folded.__wrapped__(path.read_text('utf-8')) for path in texts)} "


def source_of(node: NamedNode) -> NamedNode:
    """Return the source that has a node as a row in a table."""
    return data_iri(data_name(node.value).partition("/")[0])


def _is_free(quad: Statement) -> bool:
    """Tell whether a statement has words or an address."""
    kinds = (XSD + "string", XSD + "anyURI", LANG_STRING)
    return isinstance(quad.object, Literal) and quad.object.datatype.value in kinds
