"""What a policy means for a graph: which nodes go, which are renamed, what becomes coarser, and why."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.graph import Graph, resolve
from tipgraph.model import DERIVED, ONTOLOGY, REFERENCE, Statement, data_iri, data_name, folded, kit, tip
from tipgraph.outputs.release.cell_suppression import Counts
from tipgraph.outputs.release.closure import settle, take_persons
from tipgraph.outputs.release.entry_names import called
from tipgraph.outputs.release.plan import Decided
from tipgraph.outputs.release.policy import Policy, PolicyEntry
from tipgraph.outputs.release.withheld_names import Names
from tipgraph.pipeline import Taken, Web
from tipgraph.sources import Texts

SOURCE: Final = "its source is not shown"
_OF_ONE_PLACE: Final = frozenset({"Estimate", "RouteReport", "RouteStop", "Rating", "Allocation"})  # untrue of a larger
_LYING: Final = frozenset({tip.place, tip.subjectPlace})
_ADDRESS: Final = re.compile(r"[^\s<>\"']*[/.:][^\s<>\"']*")


def decide(graph: Graph, policy: Policy, texts: Texts) -> Decided:
    """Decide what a policy does to a graph; raise InputError with every entry of it that means nothing here.

    `texts` are those that are at hand.
    """
    given, terms = [], []
    for quad in graph.quads():
        one = Statement(*quad)
        if one.source == ONTOLOGY:
            terms.append(one)
        elif one.source != DERIVED:
            given.append(one)
    from tipgraph.model import ontology

    web = Web(sorted(given, key=str), ontology())
    decided = Decided(web, terms, Taken(web), policy, Counts(graph, policy.exempt), texts=texts)
    _sources(graph, decided)
    _entries(graph, decided)
    take_persons(decided.taken)
    before = -1
    while before != len(decided.taken.nodes):  # what goes may give a count away, and a count that goes a claim
        before = len(decided.taken.nodes)
        decided.small = decided.counts.withheld(policy.k, decided.taken.nodes)
        settle(decided)
    _refuse_telling(decided)
    decided.small = {claim: why for claim, why in decided.small.items() if claim not in decided.taken.nodes}
    decided.renamed = {node: entry for node, entry in decided.renamed.items() if node not in decided.taken.nodes}
    return decided


def _sources(graph: Graph, decided: Decided) -> None:
    policy, known = decided.policy, {data_name(row["source"].value) for row in graph.named("sources")}
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
            before = decided.chosen.get(node)
            if before and {before.kind, entry.kind} != {"coarsen"}:
                raise CallError(f"{entry.what} is what {before.where} is about, too; keep one of the two")
            decided.chosen[node] = entry
            _apply(decided, node, entry)
        except CallError as error:
            faults.append(Fault(str(error), decided.policy.file, None, f"{entry.where}, what"))
    if faults:
        raise InputError(faults)


def _refuse_telling(decided: Decided) -> None:
    """Raise InputError for other names that tell, and for files of the project that have a name that is withheld."""
    taken = {folded(name) for node in decided.web.about if "Actor" in decided.web.classes(node)
             for name in called(decided.web, node)}  # fmt: skip
    faults = []
    for entry in decided.renamed.values():
        for label in entry.label.values():
            if name := decided.names.within(label):
                message = f"{label!r} tells {name!r}, which is withheld; choose another name"
                faults.append(Fault(message, decided.policy.file, None, f"{entry.where}, to"))
            elif folded(label) in taken:
                message = f"{label!r} is the name of another actor here; choose one that nobody has"
                faults.append(Fault(message, decided.policy.file, None, f"{entry.where}, to"))
    faults += _telling_files(decided.names, decided.closed)
    if faults:
        raise InputError(faults)


def _telling_files(names: Names, closed: frozenset[NamedNode]) -> Iterator[Fault]:
    """Yield where the project's own questions and terms, which a release shows, name what is withheld."""
    rows = re.compile("|".join(re.escape(f"{source.value}/") for source in closed - {REFERENCE}) or "(?!)")
    paths = [*kit.own_files("queries", "**/*.rq"), *kit.own_files("ontology", "**/*.ttl")]
    for path in paths:
        if name := names.in_address(path.stem):
            yield Fault(f"is called by {name!r}, which is withheld; rename the file", shown(path))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if name := names.within(line) or next(filter(None, map(names.in_address, _ADDRESS.findall(line))), ""):
                yield Fault(f"has {name!r}, which is withheld; leave the name out", shown(path), number)
            elif rows.search(line):
                message = "names a row of a source of which something is withheld: its id is made new; ask by a name"
                yield Fault(message, shown(path), number)


def _meant(graph: Graph, web: Web, entry: PolicyEntry) -> NamedNode:
    """Return the thing or the claim that an entry is about; raise CallError where nobody knows it."""
    if entry.what.count("/") == 2 and "://" not in entry.what:
        try:
            node = data_iri(*entry.what.split("/"))
        except ValueError as error:
            raise CallError(f"{entry.what!r} is no row; write source/table/id") from error
        if "Claim" in web.classes(node) or (node in web.about and entry.kind == "coarsen" and entry.dates):
            return node
    return resolve(graph, entry.what)


def _apply(decided: Decided, node: NamedNode, entry: PolicyEntry) -> None:
    web, classes = decided.web, decided.web.classes(node)
    if entry.kind == "withhold":
        decided.taken.take({node: entry.reason})
    elif entry.kind == "rename":
        if "Actor" not in classes:
            raise CallError(f"{entry.what} is no actor, and only actors are renamed; withhold it")
        decided.renamed[node] = entry
        telling = [one.subject for one in web.naming.get(node, ())
                   if one.predicate.value == tip.named or "Judgement" in web.classes(one.subject)]  # fmt: skip
        decided.taken.take(dict.fromkeys([*telling, *web.aliases(node)], entry.reason))
    elif entry.place:
        if "Place" not in classes:
            raise CallError(f"{entry.what} is no place; only places become coarser by place")
        _coarsen(decided, node, entry)
    else:
        for claim in (
            claim for part in [node, *_parts(web, node)] for claim in _claims_of(web, part, web.classes(part))
        ):
            decided.dates[claim] = "year" if decided.dates.get(claim) == "year" else entry.dates


def _coarsen(decided: Decided, node: NamedNode, entry: PolicyEntry) -> None:
    web = decided.web
    country = next((place for place in _holders(web, node) if "Country" in web.classes(place)), None)
    if country is None or country == node:
        raise CallError(f"{entry.what} lies in no country here; withhold it")
    within = {node, *_parts(web, node)}
    decided.larger |= dict.fromkeys(within, country)
    spoken = [one for place in within for one in web.naming.get(place, ()) if decided.taken.speaks(one)]
    untrue = [one.subject for one in spoken
              if one.predicate.value not in _LYING or web.classes(one.subject) & _OF_ONE_PLACE]  # fmt: skip
    untrue += [one.subject for place in within for one in web.naming.get(place, ())
               if "Judgement" in web.classes(one.subject)]  # fmt: skip
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
    """Return the parts of a place or of an undertaking, and theirs; a claim may say that one is."""
    found = [node]
    for whole in found:
        saying = [one.subject for one in web.naming.get(whole, ()) if one.predicate.value == tip.partOf]
        parts = [
            part
            for one in saying
            for part in ([one] if "Thing" in web.classes(one) else web.values(one, tip.undertaking))
        ]
        found += [part for part in dict.fromkeys(parts) if part not in found]
    return found[1:]
