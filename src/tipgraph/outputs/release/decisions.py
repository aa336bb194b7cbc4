"""Apply a policy to a graph: which nodes are withheld or renamed, which become coarser, and why."""

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.graph import Graph, resolve
from tipgraph.model import DERIVED, ONTOLOGY, REFERENCE, Statement, data_iri, data_name, folded, kit, ontology, tip
from tipgraph.outputs.release.cell_suppression import Counts
from tipgraph.outputs.release.closure import settle, take_persons
from tipgraph.outputs.release.entry_names import called
from tipgraph.outputs.release.plan import ReleasePlan
from tipgraph.outputs.release.policy import Policy, PolicyEntry
from tipgraph.outputs.release.small_results import small_results
from tipgraph.outputs.release.withheld_names import Names
from tipgraph.pipeline import Removal, StatementIndex
from tipgraph.sources import Texts

SOURCE: Final = "its source is not shown"
# Claims about one place, which are not true of a larger one.
_OF_ONE_PLACE: Final = frozenset({"Estimate", "RouteReport", "RouteStop", "Rating", "Allocation", "Result"})
_LYING: Final = frozenset({tip.place, tip.subjectPlace})
_ADDRESS: Final = re.compile(r"[^\s<>\"']*[/.:][^\s<>\"']*")


def decide(graph: Graph, policy: Policy, texts: Texts) -> ReleasePlan:
    """Return the plan of a release; raise InputError with all entries of the policy that do not fit the graph."""
    statements = [Statement(*quad) for quad in graph.quads()]
    terms = [statement for statement in statements if statement.source == ONTOLOGY]
    given = sorted((s for s in statements if s.source not in (ONTOLOGY, DERIVED)), key=str)
    index = StatementIndex(given, ontology())
    plan = ReleasePlan(index, terms, Removal(index), policy, Counts(graph, policy.exempt), texts=texts)
    _sources(graph, plan)
    _entries(graph, plan)
    take_persons(plan.taken)
    plan.taken.take(small_results(index, policy.k))
    before = -1
    while before != len(plan.taken.nodes):  # a withheld claim may reveal a count, and a withheld count a claim
        before = len(plan.taken.nodes)
        plan.small = plan.counts.withheld(policy.k, plan.taken.nodes)
        settle(plan)
    _refuse_revealing(plan)
    plan.small = {claim: reason for claim, reason in plan.small.items() if claim not in plan.taken.nodes}
    plan.renamed = {node: entry for node, entry in plan.renamed.items() if node not in plan.taken.nodes}
    return plan


def _sources(graph: Graph, plan: ReleasePlan) -> None:
    known = {data_name(row["source"].value) for row in graph.named("sources")}
    if wrong := list(_wrong_sources(plan.policy, known)):
        raise InputError(Fault(message, plan.policy.file, None, "sources") for message in wrong)
    plan.sources = frozenset(data_iri(name) for name in known - {"reference"} if plan.policy.shown(name) == "none")
    rows = {quad.subject for quad in plan.index.statements if quad.source in plan.sources}
    others = [node for node in rows if "Thing" not in plan.index.classes(node)]
    for nodes in (plan.sources, others):
        plan.taken.take(dict.fromkeys(sorted(nodes, key=str), SOURCE))


def _wrong_sources(policy: Policy, known: set[str]) -> Iterator[str]:
    names = ", ".join(sorted(known))
    for name in policy.showing.keys() - known:
        yield f"{name!r} is not a source of this graph; its sources are {names}"
    if policy.showing.get("reference") == "none":
        yield "all sources share the reference; it cannot be left out"


def _entries(graph: Graph, plan: ReleasePlan) -> None:
    faults: list[Fault] = []
    for entry in plan.policy.entries:
        try:
            node = _node_of(graph, plan.index, entry)
            before = plan.entries.get(node)
            if before and {before.kind, entry.kind} != {"coarsen"}:
                raise CallError(f"{entry.what} is in {before.where} too; keep one of the two")
            plan.entries[node] = entry
            _apply(plan, node, entry)
        except CallError as error:
            faults.append(Fault(str(error), plan.policy.file, None, f"{entry.where}, what"))
    if faults:
        raise InputError(faults)


def _refuse_revealing(plan: ReleasePlan) -> None:
    """Raise InputError for new names that reveal a withheld one, and for files of the project that have one."""
    taken = {folded(name) for node in plan.index.about if "Actor" in plan.index.classes(node)
             for name in called(plan.index, node)}  # fmt: skip
    faults = []
    for entry in plan.renamed.values():
        for label in entry.label.values():
            if name := plan.names.within(label):
                message = f"{label!r} has {name!r}, which is withheld; choose another name"
                faults.append(Fault(message, plan.policy.file, None, f"{entry.where}, to"))
            elif folded(label) in taken:
                message = f"{label!r} is the name of another actor; choose one that no actor has"
                faults.append(Fault(message, plan.policy.file, None, f"{entry.where}, to"))
    faults += _revealing_files(plan.names, plan.closed)
    if faults:
        raise InputError(faults)


def _revealing_files(names: Names, closed: frozenset[NamedNode]) -> Iterator[Fault]:
    """Yield the questions and terms of the project that have a withheld name: a release shows these files."""
    rows = re.compile("|".join(re.escape(f"{source.value}/") for source in closed - {REFERENCE}) or "(?!)")
    paths = [*kit.own_files("queries", "**/*.rq"), *kit.own_files("ontology", "**/*.ttl")]
    for path in paths:
        if name := names.in_address(path.stem):
            yield Fault(f"is named after {name!r}, which is withheld; rename the file", shown(path))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if name := names.within(line) or next(filter(None, map(names.in_address, _ADDRESS.findall(line))), ""):
                yield Fault(f"has {name!r}, which is withheld; leave the name out", shown(path), number)
            elif rows.search(line):
                message = "has the id of a row that gets a new id, as part of its source is withheld; ask by a name"
                yield Fault(message, shown(path), number)


def _node_of(graph: Graph, index: StatementIndex, entry: PolicyEntry) -> NamedNode:
    """Return the thing or the claim that an entry is about; raise CallError if the graph has none of that name."""
    if entry.what.count("/") == 2 and "://" not in entry.what:
        try:
            node = data_iri(*entry.what.split("/"))
        except ValueError as error:
            raise CallError(f"{entry.what!r} is not a row; write source/table/id") from error
        if "Claim" in index.classes(node) or (node in index.about and entry.kind == "coarsen" and entry.dates):
            return node
    return resolve(graph, entry.what)


def _apply(plan: ReleasePlan, node: NamedNode, entry: PolicyEntry) -> None:
    index, classes = plan.index, plan.index.classes(node)
    if entry.kind == "withhold":
        plan.taken.take({node: entry.reason})
    elif entry.kind == "rename":
        if "Actor" not in classes:
            raise CallError(f"{entry.what} is not an actor, and only actors can be renamed; withhold it")
        _rename(plan, node, entry)
    elif entry.place:
        if "Place" not in classes:
            raise CallError(f'{entry.what} is not a place; only places take place = "country"')
        _coarsen(plan, node, entry)
    else:
        claims = (claim for part in [node, *_parts(index, node)] for claim in _claims_of(index, part))
        for claim in claims:
            plan.dates[claim] = "year" if plan.dates.get(claim) == "year" else entry.dates


def _rename(plan: ReleasePlan, node: NamedNode, entry: PolicyEntry) -> None:
    """Rename an actor; withhold its namings and aliases, and the judgements about it."""
    plan.renamed[node] = entry
    naming = [quad.subject for quad in plan.index.naming.get(node, ())
              if quad.predicate.value == tip.named or "Judgement" in plan.index.classes(quad.subject)]  # fmt: skip
    plan.taken.take(dict.fromkeys([*naming, *plan.index.aliases(node)], entry.reason))


def _coarsen(plan: ReleasePlan, node: NamedNode, entry: PolicyEntry) -> None:
    """Replace a place and its parts by the country; withhold claims that would not be true of the country."""
    index = plan.index
    country = next((place for place in _holders(index, node) if "Country" in index.classes(place)), None)
    if country is None or country == node:
        raise CallError(f"{entry.what} is in no country here; withhold it")
    within = {node, *_parts(index, node)}
    plan.larger |= dict.fromkeys(within, country)
    untrue = [quad.subject for place in within for quad in index.naming.get(place, ()) if _is_of_one_place(plan, quad)]
    aliases = [alias for place in sorted(within, key=str) for alias in index.aliases(place)]
    plan.taken.take(dict.fromkeys([*untrue, *aliases], entry.reason))


def _is_of_one_place(plan: ReleasePlan, quad: Statement) -> bool:
    """Tell whether a statement is of a judgement about a place, or of a claim that is not true of a larger place."""
    classes = plan.index.classes(quad.subject)
    is_untrue = quad.predicate.value not in _LYING or not _OF_ONE_PLACE.isdisjoint(classes)
    return "Judgement" in classes or (plan.taken.speaks(quad) and is_untrue)


def _claims_of(index: StatementIndex, node: NamedNode) -> Iterator[NamedNode]:
    classes = index.classes(node)
    if "Claim" in classes:
        yield node
    for quad in index.naming.get(node, ()):
        if "Claim" in index.classes(quad.subject) and (quad.predicate.value != tip.source or "Source" in classes):
            yield quad.subject


def _holders(index: StatementIndex, node: NamedNode) -> list[NamedNode]:
    """Return a place and those that hold it, the nearest first."""
    places = [node]
    for place in places:
        places += [holder for holder in index.values(place, tip.partOf) if holder not in places]
    return places


def _parts(index: StatementIndex, node: NamedNode) -> list[NamedNode]:
    """Return the parts of a place or an undertaking, by things and by claims, and the parts of these."""
    nodes = [node]
    for node_ in nodes:
        subjects = [quad.subject for quad in index.naming.get(node_, ()) if quad.predicate.value == tip.partOf]
        parts = [
            part
            for subject in subjects
            for part in ([subject] if "Thing" in index.classes(subject) else index.values(subject, tip.undertaking))
        ]
        nodes += [part for part in dict.fromkeys(parts) if part not in nodes]
    return nodes[1:]
