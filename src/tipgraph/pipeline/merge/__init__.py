"""Merging: nodes that people judged to be the same (`data/reference/identity.csv`) become one node.

    judgements (clusters, and judgements that contradict each other)  →  replacement

Sources keep their own nodes, so that a judgement can be undone. Rules never merge: they propose (`curation/identity`).
"""

from tipgraph.pipeline.merge.replacement import merge_nodes

__all__ = ["merge_nodes"]
