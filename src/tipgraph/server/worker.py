"""A worker process of a server, which answers one job at a time and may be ended at any moment.

`pool` starts it. It opens a generation of a store, sandboxes itself (`landlock`), reads jobs from standard input and
writes answers to standard output. A job is a length and JSON; an answer has a second length and a body too.
"""

import json
import os
import struct
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from tipgraph.errors import TipgraphError
from tipgraph.graph import Graph, generations
from tipgraph.model import kit, ontology
from tipgraph.server import landlock, query_jobs
from tipgraph.server.limits import Limits
from tipgraph.server.query_jobs import Work

LENGTH = struct.Struct(">I")
QUERIES: dict[str, Work] = {"sparql": query_jobs.sparql, "stored": query_jobs.stored}


def main(words: Sequence[str]) -> int:
    """Answer jobs until standard input ends; the only word is the setup as JSON."""
    setup = json.loads(words[0])
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # other output must not mix with answers
    limits = Limits(*setup["limits"])
    graph = generations.load(Path(setup["generation"]))
    works = _works(setup)
    kit.project()  # files cannot be read later
    _ = ontology(), graph.vocabulary, *map(kit.graph_query, ("used", "all-things"))
    closed = landlock.close(
        readable=[Path(folder) for folder in [setup["generation"], *setup["readable"]]],
        writable=[Path(folder) for folder in setup["writable"]],
        memory=limits.memory,
    )
    _write(out, {"fence": list(closed)}, b"")
    while job := _read(sys.stdin.buffer):
        header, body = _answered(works, graph, limits, json.loads(job))
        _write(out, header, body)
    return 0


def _works(setup: Mapping[str, Any]) -> Mapping[str, Work]:
    """Return the jobs of a duty, imported now, as no file can be read later."""
    if setup["duty"] == "query":
        return QUERIES
    from tipgraph.server import export_jobs

    return export_jobs.works(setup)


def _answered(
    works: Mapping[str, Work], graph: Graph, limits: Limits, job: Mapping[str, Any]
) -> tuple[dict[str, Any], bytes]:
    try:
        answer = works[job["work"]](graph, limits, job)
    except TipgraphError as error:
        return {"status": error.http_status, "error": str(error)}, b""
    except MemoryError:
        return {"status": 500, "error": "there was not enough memory; ask for less"}, b""
    except Exception:  # noqa: BLE001  # a bug ends one answer, and not the worker
        traceback.print_exc()
        return {"status": 500, "error": "a bug in tipgraph; the log of the server has it"}, b""
    return {"status": answer.status, "media": answer.media, "headers": dict(answer.headers)}, answer.body


def _read(file: IO[bytes]) -> bytes:
    length = file.read(LENGTH.size)
    return file.read(LENGTH.unpack(length)[0]) if len(length) == LENGTH.size else b""


def _write(file: IO[bytes], header: Mapping[str, Any], body: bytes) -> None:
    text = json.dumps(header).encode("utf-8")
    file.write(b"".join((LENGTH.pack(len(text)), text, LENGTH.pack(len(body)), body)))
    file.flush()
