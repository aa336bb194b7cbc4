"""The queries that a project brings to a build, run in a process of their own (`worker`) that is ended at a deadline.

A rule that never ends, or takes all memory, is a fault of its file and ends nothing else. The seconds are those of
`rule_seconds` in `tipgraph.toml`; the kit's own rules are tested, and run without one.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import TimeoutExpired, run
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from pyoxigraph import Quad, RdfFormat, parse

from tipgraph.errors import Fault, InputError, shown
from tipgraph.graph.graph import Graph
from tipgraph.graph.sandbox import FileLimits
from tipgraph.model import RULE_SECONDS, kit
from tipgraph.runtime import command


class _Ended(NamedTuple):
    """How a worker ended: whether at its deadline, and else its exit code."""

    late: bool
    code: int = 0


def constructed(graph: Graph, rule: Path) -> list[Quad]:
    """Return what a CONSTRUCT rule says of a graph, in the default graph.

    Raises InputError, with the file of the rule, where it does not end within its seconds and its memory, or is none.
    """
    with graph.dumped() as statements, TemporaryFile() as out, TemporaryFile() as said:
        ended = _run("construct", statements, [rule], out, said)
        if why := _why(ended, said):
            raise InputError([Fault(why, shown(rule))])
        return list(parse(out, RdfFormat.N_TRIPLES))


def faults(graph: Graph, queries: Sequence[Path]) -> Iterator[Fault]:
    """Yield what is wrong with queries, each asked of a small graph: one that is refused, or does not end."""
    left = list(queries)
    while left:
        with graph.dumped() as statements, TemporaryFile() as out, TemporaryFile() as said:
            ended = _run("try", statements, left, out, said)
            lines = [json.loads(line) for line in out.read().splitlines() if line.endswith(b"]")]
            why = _why(ended, said)
        yield from (Fault(message, shown(Path(path))) for path, message in lines if message)
        begun = sum(not message for _, message in lines)
        if why:
            yield Fault(why, shown(left[max(0, begun - 1)]))
        left = left[max(1, begun) :] if why else []


def _run(what: str, statements: Path, queries: Sequence[Path], out: IO[bytes], said: IO[bytes]) -> _Ended:
    """Let a worker ask queries of the statements of a file; what it writes can be read then."""
    seconds, limits = _seconds(), FileLimits.of_this_machine()
    words = (
        what,
        str(limits.graph),
        str(int(seconds) + 1),
        str(statements),
        *(str(path.resolve()) for path in queries),
    )
    try:
        worker = command("tipgraph.graph.deadline.worker", *words)
        done = run(worker, stdout=out, stderr=said, timeout=seconds, check=False)  # noqa: S603
    except TimeoutExpired:
        return _Ended(late=True)
    finally:
        out.seek(0)
        said.seek(0)
    return _Ended(late=False, code=done.returncode)


def _why(ended: _Ended, said: IO[bytes]) -> str:
    """Say why a worker did not come to its end; an empty string where it did."""
    if ended.late:
        more = "ask for less, or give it more by rule_seconds in tipgraph.toml"
        return f"took longer than {_seconds():g} seconds and was ended; {more}"
    if ended.code == 1:
        return said.read(2000).decode("utf-8", "replace").strip() or "could not be run"
    if ended.code:
        return f"ended the process that ran it ({ended.code}): it takes more memory than it may; ask for less"
    return ""


def _seconds() -> float:
    project = kit.project()
    return project.rule_seconds if project else RULE_SECONDS
