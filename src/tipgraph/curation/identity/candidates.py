"""Proposals that two nodes are the same entry, for a person to judge. No rule merges nodes by itself.

Decision: docs/decisions/0016-a-rule-proposes-and-somebody-judges.md.
"""

from collections.abc import Sequence
from itertools import chain, combinations

from tipgraph.curation.identity import profiles
from tipgraph.curation.identity.blocks import TermWeights, pairs
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.scores import Comparer, Proposal
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.pipeline import Clusters, Judgement

LEAST = 0.85


def propose(
    graph: Graph,
    roots: Sequence[str] = ("Actor", "Place"),
    judgements: Sequence[Judgement] = (),
    least: float = LEAST,
    source: str = "",
    *,
    identifier: str = "",
    reopen: bool = False,
) -> list[Proposal]:
    """Return the entries of a graph that may be the same, the best proposals first; those of one identifier as one.

    Pairs that `judgements` merge are not proposed. Pairs that they call different or unsure are proposed only with
    `reopen`, with these judgements. `source` keeps pairs with an entry of that source, `identifier` those of one
    identifier, which is written in any form that `organization_identifier` knows.

    >>> from tipgraph import build
    >>> graph = build()
    >>> propose(graph, ["Place"], judged_in(graph))
    []
    """
    value, clusters, found = profiles.organization_identifier(identifier), Clusters(judgements), list[Proposal]()
    places = profiles.read(graph, ["Place"])
    gazetteer = Gazetteer(places, profiles.within(graph))
    for root in dict.fromkeys(roots):
        entries = places if root == "Place" else profiles.read(graph, [root])
        entries = [entry for entry in entries if not value or value in entry.values]
        named = {entry.node for entry in entries if not source or source in entry.sources}
        for pair in among(entries, gazetteer, least):
            judged = tuple(clusters.between(pair.left, pair.right))
            is_open = not clusters.are_one(pair.left, pair.right) and (reopen or not judged)
            if is_open and {pair.left, pair.right} & named:
                found.append(pair._replace(judged=judged, identifier=value.upper() or pair.identifier))
    return _folded(found)


def _folded(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return proposals, the best first, in which the pairs of one identifier are one cluster.

    A cluster has the nodes of which each is paired with each; no node that a limit keeps apart.
    """
    of_identifier: dict[str, dict[frozenset[str], Proposal]] = {}
    for pair in proposals:
        if pair.identifier and not pair.judged:
            of_identifier.setdefault(pair.identifier, {})[frozenset((pair.left, pair.right))] = pair
    folded = {frozenset((pair.left, pair.right)): pair for pair in proposals}
    for identifier, paired in of_identifier.items():
        nodes: list[str] = []
        for node in sorted({*chain(*paired)}, key=lambda node: (not _rank(node)[0], node)):
            if all(frozenset((node, other)) in paired for other in nodes):
                nodes.append(node)
        if len(nodes) > 2:
            within = [folded.pop(frozenset(two), paired[frozenset(two)]) for two in combinations(nodes, 2)]
            reasons = sorted(
                {reason: None for pair in within for reason in pair.reasons}, key=lambda one: one.limit or 0
            )
            right, left, *others = nodes
            score, certain = min(pair.score for pair in within), all(pair.is_certain for pair in within)
            cluster = Proposal(left, right, score, tuple(reasons), (), tuple(others), identifier, certain)
            folded[frozenset(nodes)] = cluster
    return sorted(folded.values(), key=_order)


def among(entries: Sequence[Profile], gazetteer: Gazetteer, least: float = LEAST) -> list[Proposal]:
    """Return the profiles of one kind that may be the same entry, the best proposals first."""
    entries = [gazetteer.with_cut_names(entry) if entry.root == "Actor" else entry for entry in entries]
    weights, found = TermWeights(entries), list[Proposal]()
    comparer = Comparer(weights, gazetteer, entries)
    for one, other in pairs(entries, weights):
        left, right = sorted((entries[one], entries[other]), key=lambda entry: _rank(entry.node))
        if proposal := comparer.compare(left, right, least):
            found.append(proposal)
    return sorted(found, key=_order)


def judged_in(graph: Graph) -> list[Judgement]:
    """Return the judgements of a graph."""
    columns = ("judgement", "left", "right", "verdict", "judge", "judgeKind", "judged", "reason")
    rows = ([row[column].value for column in columns] for row in graph.named("match-judgements"))
    return [Judgement(*(data_name(value) for value in row)) for row in rows]


def _rank(node: str) -> tuple[bool, str]:
    """Return the order of the nodes of a pair: those of the reference last."""
    return node.startswith("reference/"), node


def _order(pair: Proposal) -> tuple[float, str, str]:
    return -pair.score, pair.left, pair.right
