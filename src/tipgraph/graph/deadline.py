"""Queries of a project, run in a process of their own that is ended at a deadline.

A rule that never ends, or takes all memory, is a fault of its file and ends nothing else. The seconds are
`rule_seconds` of `tipgraph.toml`. The kit's own rules are tested, and run without a deadline.

The process runs `main`: it writes the triples of a rule as N-Triples, or two lines of JSON for each query that it
tries, before the query and after a fault. If it stops, it says why on standard error, and returns 1.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from pyoxigraph import Quad, QueryTriples, RdfFormat, Store, parse, serialize

from tipgraph.errors import Fault, InputError, QueryError, TipgraphError, shown
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph
from tipgraph.graph.sandbox import FileLimits, limited
from tipgraph.model import RULE_SECONDS, kit
from tipgraph.runtime import atomic, limit


def construct(graph: Graph, rule: Path) -> list[Quad]:
    """Return the triples of a CONSTRUCT rule, in the default graph.

    Raises InputError, with the file of the rule, if it is no such rule or exceeds its seconds or its memory.
    """
    with _run("construct", graph, [rule]) as (output, why):
        if why:
            raise InputError([Fault(why, shown(rule))])
        return list(parse(output, RdfFormat.N_TRIPLES))


def faults(graph: Graph, queries: Sequence[Path]) -> Iterator[Fault]:
    """Yield the faults of queries that are refused or do not end, each run on a small graph."""
    left = list(queries)
    while left:
        with _run("try", graph, left) as (output, why):
            lines = [json.loads(line) for line in output.read().splitlines() if line.endswith(b"]")]
        yield from (Fault(message, shown(Path(path))) for path, message in lines if message)
        begun = sum(not message for _, message in lines)
        if why:
            yield Fault(why, shown(left[max(0, begun - 1)]))
        left = left[max(1, begun) :] if why else []


@contextmanager
def _run(task: str, graph: Graph, queries: Sequence[Path]) -> Iterator[tuple[IO[bytes], str]]:
    """Run queries in a process; provide its output, and why it did not end well, or an empty string."""
    project = kit.project()
    seconds = project.rule_seconds if project else RULE_SECONDS
    with TemporaryDirectory() as folder:
        statements = Path(folder) / "statements.nq"
        serialize(graph.quads(), str(statements), RdfFormat.N_QUADS)
        words = [task, str(statements), *(str(path.resolve()) for path in queries)]
        memory = FileLimits.of_this_machine().graph
        with limited("tipgraph.graph.deadline", words, memory, seconds) as (output, why):
            more = "; ask for less, or give it more by rule_seconds in tipgraph.toml"
            yield output, why + more if why.startswith("took longer") else why


def main(words: Sequence[str]) -> int:
    """Run queries on the statements of a file: bytes of memory, seconds, the task, the file, and the queries."""
    memory, seconds, task, statements, *queries = words
    limit(int(memory), int(seconds))
    store = Store()
    store.load(path=statements, format=RdfFormat.N_QUADS)
    graph = Graph.over(Embedded(store))
    try:
        return _try(graph, queries) if task == "try" else _construct(graph, Path(queries[0]))
    except (TipgraphError, OSError, UnicodeDecodeError) as error:
        return _fail(str(error))
    except MemoryError:
        return _fail("takes more memory than it may; ask for less")


def _construct(graph: Graph, rule: Path) -> int:
    triples = graph.query(atomic.read_text(rule))
    if not isinstance(triples, QueryTriples):
        return _fail("is no CONSTRUCT query; write one")
    serialize(triples, sys.stdout.buffer, RdfFormat.N_TRIPLES)
    sys.stdout.buffer.flush()
    return 0


def _try(graph: Graph, queries: Iterable[str]) -> int:
    for path in queries:
        _report(path, "")
        try:
            graph.query(atomic.read_text(Path(path)))
        except QueryError as error:
            _report(path, str(error))
    return 0


def _report(path: str, message: str) -> None:
    sys.stdout.buffer.write(json.dumps([path, message]).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def _fail(message: str) -> int:
    sys.stderr.buffer.write(" ".join(message.split()).encode("utf-8", "replace"))
    return 1
