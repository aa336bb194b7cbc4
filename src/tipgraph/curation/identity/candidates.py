"""Proposals that two nodes are the same entry, for a person to judge. No rule merges nodes by itself.

Decision: docs/decisions/0016-a-rule-proposes-and-a-person-judges.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import NamedTuple

from tipgraph.curation.identity import profiles
from tipgraph.curation.identity.blocks import Blocks
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.limits import Reason
from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.scores import Comparer
from tipgraph.curation.identity.term_weights import TermWeights
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.pipeline import Clusters, Judgement

LEAST = 0.85


class Proposal(NamedTuple):
    """Two nodes that may be the same entry: the score from 0 to 1, the reasons, and earlier judgements on them.

    If more than two have one `identifier`, `others` are the further ones: a cluster that one answer joins. All of a
    proposal that `is_certain` have one identifier and like names, and nothing is against it.
    """

    left: str
    right: str
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    judged: tuple[Judgement, ...] = ()
    others: tuple[str, ...] = ()
    identifier: str = ""
    is_certain: bool = False

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes, those of the reference last."""
        return (*self.others, self.left, self.right)


@dataclass
class Proposals:
    """Proposals, the best first, and notes on pairs that were not compared."""

    found: list[Proposal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def propose(
    graph: Graph,
    roots: Sequence[str] = ("Actor", "Place"),
    judgements: Sequence[Judgement] = (),
    least: float = LEAST,
    source: str = "",
    *,
    identifier: str = "",
    reopen: bool = False,
) -> Proposals:
    """Return the entries of a graph that may be the same, the best proposals first; those of one identifier as one.

    Pairs that `judgements` merge are not proposed. Pairs that they call different or unsure are proposed only with
    `reopen`, with these judgements. `source` keeps pairs with an entry of that source, `identifier` those of one
    identifier, which is written in any form that `organization_identifier` knows.

    >>> from tipgraph import build
    >>> graph = build()
    >>> propose(graph, ["Place"], judged_in(graph)).found
    []
    """
    proposals, value = Proposals(), profiles.organization_identifier(identifier)
    places = profiles.read(graph, ["Place"])
    gazetteer = Gazetteer(places, profiles.within(graph))
    for root in dict.fromkeys(roots):
        entries = places if root == "Place" else profiles.read(graph, [root])
        entries = [entry for entry in entries if not value or value in entry.values]
        named = {entry.node for entry in entries if not source or source in entry.sources}
        found = among(entries, gazetteer, least)
        proposals.found += [pair for pair in found.found if {pair.left, pair.right} & named]
        proposals.notes += found.notes
    if value:
        proposals.found = [pair._replace(identifier=value.upper()) for pair in proposals.found]
    proposals.found = _folded(list(_open(proposals.found, Clusters(judgements), reopen=reopen)))
    return proposals


def _folded(pairs: Sequence[Proposal]) -> list[Proposal]:
    """Return proposals, the best first, in which the pairs of one identifier are one cluster.

    A cluster has the nodes of which each is paired with each; no node that a limit keeps apart.
    """
    of_identifier: dict[str, dict[frozenset[str], Proposal]] = {}
    for pair in pairs:
        if pair.identifier and not pair.judged:
            of_identifier.setdefault(pair.identifier, {})[frozenset((pair.left, pair.right))] = pair
    folded = {frozenset((pair.left, pair.right)): pair for pair in pairs}
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


def _open(pairs: Iterable[Proposal], clusters: Clusters, *, reopen: bool) -> Iterator[Proposal]:
    """Yield the pairs that no judgements merge, with their judgements; judged pairs only with `reopen`."""
    for pair in pairs:
        judged = tuple(clusters.between(pair.left, pair.right))
        if not clusters.are_one(pair.left, pair.right) and (reopen or not judged):
            yield pair._replace(judged=judged)


def among(entries: Sequence[Profile], gazetteer: Gazetteer, least: float = LEAST) -> Proposals:
    """Return the profiles of one kind that may be the same entry."""
    entries = [gazetteer.with_cut_names(entry) if entry.root == "Actor" else entry for entry in entries]
    weights = TermWeights(entries)
    blocks, comparer = Blocks(entries, weights), Comparer(weights, gazetteer, entries)
    proposals = Proposals(notes=blocks.notes)
    for left, right in blocks.pairs():
        found = comparer.compare(entries[left], entries[right], least)
        if found is not None:
            first, last = sorted((entries[left].node, entries[right].node), key=_rank)
            shared = entries[left].identifiers & entries[right].identifiers
            identifier = min((value.upper() for _, value in shared), default="")
            proposals.found.append(
                Proposal(first, last, found.score, found.reasons, identifier=identifier, is_certain=found.is_certain)
            )
    proposals.found.sort(key=_order)
    return proposals


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
