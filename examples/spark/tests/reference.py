"""The same measures by networkx, read from the same exported folder by pandas."""

from collections import Counter
from pathlib import Path

import networkx as nx
import pandas as pd

Partition = set[frozenset[str]]


def network(folder: Path) -> "nx.MultiDiGraph[str]":
    """Read an exported folder: an edge without direction runs both ways; its weight is 1 where there is none."""
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    found.add_nodes_from(pd.read_parquet(folder / "nodes")["iri"])
    edges = pd.read_parquet(folder / "edges")
    for start, end, directed, weight in zip(
        edges["from"], edges["to"], edges["directed"], edges["weight"].fillna(1).astype(int), strict=True
    ):
        if start != end:
            found.add_edge(start, end, weight=weight, turned=False)
            if not directed:
                found.add_edge(end, start, weight=weight, turned=True)
    return found


def pagerank(found: "nx.MultiDiGraph[str]") -> dict[str, float]:
    return dict(nx.pagerank(found, alpha=0.85, weight="weight", tol=1e-12, max_iter=1000))


def components(found: "nx.MultiDiGraph[str]") -> Partition:
    return {frozenset(piece) for piece in nx.weakly_connected_components(found)}


def ties(found: "nx.MultiDiGraph[str]") -> "nx.Graph[str]":
    """Return whoever is tied to whom, weighted by all edges between them, each once, whatever its direction."""
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(found)
    for start, end, data in found.edges(data=True):
        if not data["turned"]:
            before = simple.get_edge_data(start, end, {"weight": 0})["weight"]
            simple.add_edge(start, end, weight=before + data["weight"])
    return simple


def communities(simple: "nx.Graph[str]", rounds: int) -> dict[str, str]:
    """Propagate labels together, one vote of its own, the last of equal labels (../README.md).

    networkx has label propagation only with nodes taken one after the other, by chance or by colour.
    """
    labels = {node: node for node in simple}
    for _ in range(rounds):
        labels = {node: _most(simple, labels, node) for node in simple}
    return labels


def _most(simple: "nx.Graph[str]", labels: dict[str, str], node: str) -> str:
    votes = Counter({labels[node]: 1})
    for other, tie in simple[node].items():
        votes[labels[other]] += tie["weight"]
    return max(votes, key=lambda label: (votes[label], label))


def grouped(labels: dict[str, str]) -> Partition:
    groups: dict[str, set[str]] = {}
    for node, label in labels.items():
        groups.setdefault(label, set()).add(node)
    return {frozenset(group) for group in groups.values()}
