"""What is left of statements without some of their sources, as if the folders of these had never been there.

Decision: docs/decisions/0044-a-knock-out-is-a-build.md.
"""

from collections.abc import Collection, Sequence

from tipgraph.model import DATA, Statement, data_iri, ontology
from tipgraph.pipeline.cascade import Web


def rest(statements: Sequence[Statement], sources: Collection[str]) -> list[Statement]:
    """Return what is left of statements, before identity joins them, without the sources of some names.

    A claim, a judgement or evidence of another source that names a row of these goes with it, whole, and so does what
    names that: a claim is never altered. A thing stays, and loses what names them.
    """
    graphs = {data_iri(name) for name in sources}
    tables = tuple(f"{DATA}{name}/" for name in sources)
    gone = {one.subject for one in statements if one.subject.value.startswith(tables)} | graphs
    others = [one for one in statements if one.subject not in gone and one.source not in graphs]
    web = Web(others, ontology())
    waiting = list(gone)
    while waiting:
        naming = {one.subject for one in web.naming.get(waiting.pop(), ())} - gone
        found = {node for node in naming if "Thing" not in web.classes(node)}
        gone |= found
        waiting += found
    return [one for one in others if one.subject not in gone and one.object not in gone]
