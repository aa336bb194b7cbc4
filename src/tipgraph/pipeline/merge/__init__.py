"""Which nodes mean one thing, as people judged in `data/reference/identity.csv`; and which perhaps do.

Sources keep their own nodes; a judgement joins them (`applying`), and can be undone. No rule joins anything by itself:
rules propose (`proposing`), a person judges (`judging`), and judgements that contradict each other are shown with all
that leads from one to the other (`contradictions`).
"""

from tipgraph.pipeline.merge.replacement import apply

__all__ = ["apply"]
