"""What a query of a project says of a graph: the work of a process of its own, since it may never end.

The package starts it with a file of N-Quads and the queries. It writes to standard output: for `construct` the triples
of the one query, as N-Triples; for `try` a line of JSON when it begins with a query, and one more with what is wrong.
What stops it is said on standard error, and 1 is returned.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import QueryTriples, RdfFormat, Store, serialize

from tipgraph.errors import QueryError, TipgraphError
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph
from tipgraph.runtime import atomic, limit


def main(words: Sequence[str]) -> int:
    """Ask queries of the statements of a file: what to do, bytes of memory, seconds, the file, and the queries."""
    what, memory, seconds, statements, *queries = words
    limit(int(memory), int(seconds))
    store = Store()
    store.load(path=statements, format=RdfFormat.N_QUADS)
    graph = Graph.over(Embedded(store))
    try:
        return _try(graph, queries) if what == "try" else _construct(graph, Path(queries[0]))
    except (TipgraphError, OSError, UnicodeDecodeError) as error:
        return _say(str(error))
    except MemoryError:
        return _say("takes more memory than it may; ask for less")


def _construct(graph: Graph, rule: Path) -> int:
    triples = graph.query(atomic.text(rule))
    if not isinstance(triples, QueryTriples):
        return _say("is no CONSTRUCT query")
    serialize(triples, sys.stdout.buffer, RdfFormat.N_TRIPLES)
    sys.stdout.buffer.flush()
    return 0


def _try(graph: Graph, queries: Iterable[str]) -> int:
    for path in queries:
        _tell(path, "")
        try:
            graph.query(atomic.text(Path(path)))
        except QueryError as error:
            _tell(path, str(error))
    return 0


def _tell(path: str, message: str) -> None:
    sys.stdout.buffer.write(json.dumps([path, message]).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def _say(message: str) -> int:
    sys.stderr.buffer.write(" ".join(message.split()).encode("utf-8", "replace"))
    return 1
