"""Proposals that two nodes mean one thing, to be judged; no rule joins anything by itself.

Decision: docs/decisions/0016-a-rule-proposes-and-a-person-judges.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tipgraph.curation.identity import profiles
from tipgraph.curation.identity.blocks import Blocks
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile
from tipgraph.curation.identity.scores import Comparer, Reason
from tipgraph.curation.identity.term_weights import TermWeights
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.pipeline import Joined, Judgement

LEAST = 0.85


class Proposal(NamedTuple):
    """That two nodes mean one thing: how likely, from 0 to 1, and why; `judged` is what was judged of them before."""

    left: str
    right: str
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    judged: tuple[Judgement, ...] = ()


@dataclass
class Proposals:
    """Proposals, the best first; of how many things, how many pairs were compared, and what is to be told of that."""

    found: list[Proposal] = field(default_factory=list)
    things: int = 0
    compared: int = 0
    told: list[str] = field(default_factory=list)


def propose(
    graph: Graph,
    roots: Sequence[str] = ("Actor", "Place"),
    judgements: Sequence[Judgement] = (),
    least: float = LEAST,
    source: str = "",
    *,
    reopen: bool = False,
) -> Proposals:
    """Propose which of the things of a graph are one, the best first.

    `judgements` are those that were given, in the graph or since: what they join is one already, and what they
    call different or unsure is not proposed, unless `reopen` shows it with what was said. `source` takes only pairs of
    which that source names one.

    >>> from tipgraph import build
    >>> graph = build()
    >>> propose(graph, ["Place"], judged_in(graph)).found
    []
    """
    told = Proposals()
    places = profiles.read(graph, ["Place"])
    gazetteer = Gazetteer(places, profiles.within(graph))
    for root in dict.fromkeys(roots):
        things = places if root == "Place" else profiles.read(graph, [root])
        named = {one.node for one in things if not source or source in one.sources}
        found = among(things, gazetteer, least)
        told.found += [one for one in found.found if one.left in named or one.right in named]
        told.things += found.things
        told.compared += found.compared
        told.told += found.told
    told.found = _open(sorted(told.found, key=_order), judgements, reopen=reopen)
    return told


def among(things: Sequence[Profile], gazetteer: Gazetteer, least: float = LEAST) -> Proposals:
    """Propose which of some profiles of one kind are of one thing."""
    vocabulary = TermWeights(things)
    blocks, comparer = Blocks(things, vocabulary), Comparer(vocabulary, gazetteer, things)
    proposals = Proposals(things=len(things), told=blocks.large.told())
    for left, right in blocks.pairs():
        proposals.compared += 1
        found = comparer.compare(things[left], things[right], least)
        if found is not None:
            nodes = sorted(
                (things[left].node, things[right].node), key=lambda node: (node.startswith("reference/"), node)
            )
            proposals.found.append(Proposal(nodes[0], nodes[1], *found))
    proposals.found.sort(key=_order)
    return proposals


def judged_in(graph: Graph) -> list[Judgement]:
    """Return the judgements that a graph holds."""
    columns = ("judgement", "left", "right", "verdict", "judge", "judgeKind", "judged", "reason")
    rows = ([row[column].value for column in columns] for row in graph.named("match-judgements"))
    return [Judgement(*(data_name(value) for value in row)) for row in rows]


def _open(found: Iterable[Proposal], judgements: Sequence[Judgement], *, reopen: bool) -> list[Proposal]:
    """Return what is not one already; of what was judged, nothing, or all with what was said."""
    joined = Joined(judgements)
    apart = (one for one in found if not joined.are_one(one.left, one.right))
    said = (one._replace(judged=tuple(joined.between(one.left, one.right))) for one in apart)
    return [one for one in said if reopen or not one.judged]


def _reference_last(node: str) -> tuple[bool, str]:
    return node.startswith("reference/"), node


def _order(one: Proposal) -> tuple[float, str, str]:
    return -one.score, one.left, one.right
