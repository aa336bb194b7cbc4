"""The process of a worker, which opens a store to read it, and answers one job at a time until its input ends.

A job is a length and JSON. An answer is two lengths, what it is as JSON, and its body; it is complete, or an error.
Only JSON comes back, which is never run, whatever a query did to the process.
"""

import ctypes
import json
import os
import re
import signal
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Triple, serialize

from tipgraph.analysis import answered
from tipgraph.display import LANGUAGES, text
from tipgraph.errors import BadValue, GraphError, TipgraphError, UnknownName
from tipgraph.graph import Graph, Query, RequestDataset, load
from tipgraph.model import RDF_TYPE, Statement, data_name, kit, ontology, prefixes, tip
from tipgraph.server.formats import PAGE, ROWS, TRIPLES, chosen
from tipgraph.server.options import Limits, Refusal
from tipgraph.server.workers import LENGTH, LENGTHS
from tipgraph.sources import Texts

_NO_FUNCTION = re.compile(r"custom function (<.*>) is not supported")  # a message of Oxigraph
_DIE_WITH_PARENT = 1  # an option of prctl


class JobAnswer(NamedTuple):
    """An answer: its media type, body, status and headers."""

    media: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = {}


Work = Callable[[Graph, Limits, Mapping[str, Any]], JobAnswer]


class _Sink(BytesIO):
    """A file in memory with a limit of bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, part: Any) -> int:
        """Add a part; raise Refusal beyond the limit."""
        if self.tell() + len(part) > self._most:
            raise Refusal(422, f"the answer has more than {self._most:,} bytes; add LIMIT, or ask for less")
        return super().write(part)


def sparql(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Answer a query in a format of `accept`.

    `default` and `named` are the graphs of the protocol, or None; `base` is the base of IRIs. Raises QueryError,
    Refusal.
    """
    try:
        result = graph.query(job["query"], dataset=RequestDataset(job["default"], job["named"], job["base"]))
    except GraphError as error:
        if name := _NO_FUNCTION.search(str(error.__cause__)):
            raise Refusal(400, f"{name[1]} is not a function here; use one of SPARQL 1.1, or a cast") from error
        raise
    if not isinstance(result, QuerySolutions | QueryBoolean):
        return triples(result, limits, job["accept"])
    form, sink = chosen(job["accept"], ROWS), _Sink(limits.size)
    result.serialize(cast(IO[bytes], sink), format=form)
    return JobAnswer(form.media_type, sink.getvalue())


def stored(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Return a named graph, or the union of all for None, in a format of `accept`; raise UnknownName, Refusal."""
    name = job["graph"]
    if name is not None and name not in graph.sources:
        raise UnknownName(f"<{name}> is not a graph here; /void lists the graphs")
    return triples(dict.fromkeys(quad.triple for quad in graph.quads(name)), limits, job["accept"])


def triples(found: Iterable[Triple], limits: Limits, accept: str) -> JobAnswer:
    """Return triples in a format of `accept`; raise Refusal."""
    form, sink = chosen(accept, TRIPLES), _Sink(limits.size)
    try:
        serialize(found, cast(IO[bytes], sink), form, prefixes=prefixes())
    except (OSError, ValueError) as error:  # such as triple terms in JSON-LD
        raise Refusal(406, f"{form.media_type} cannot hold this answer: {error}; ask for another format") from error
    return JobAnswer(form.media_type, sink.getvalue())


def described(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Return the statements about a node, the claims about it and their evidence, or as JSON what its page is (303).

    Raises UnknownName if there are none, Refusal.
    """
    try:
        node = NamedNode(job["node"])
    except ValueError as error:
        raise UnknownName("this is not an IRI") from error
    claims = [row["claim"] for row in graph.named("about", {"thing": [node]})]
    statements = list(graph.about([node, *claims]))
    if not statements:
        raise UnknownName(f"<{node.value}> is not in this graph")
    if chosen(job["accept"], {**TRIPLES, **PAGE}) is None:
        return JobAnswer("application/json", json.dumps(_page(graph, node, statements)).encode("utf-8"), 303)
    objects = (quad.object for quad in statements if quad.predicate.value == tip.evidence)
    evidence = graph.about([node for node in objects if isinstance(node, NamedNode)])
    return triples((Triple(*quad[:3]) for quad in [*statements, *evidence]), limits, job["accept"])


def _page(graph: Graph, node: NamedNode, statements: Sequence[Statement]) -> list[Any]:
    """Return what the page of a node is of: a source, a route, an entry, or a claim in a paragraph of a source."""
    classes = {quad.object.value for quad in statements if quad.subject == node and quad.predicate == RDF_TYPE}
    if tip.Source in classes:
        return ["source", data_name(node.value)]
    if tip.Route in classes:
        return ["route", node.value]
    for citation in graph.cite([node])[node][:1]:
        return ["claim", citation.source, citation.paragraph, data_name(node.value)]
    return ["entry", node.value]


def question(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Answer a named question as `csv` or `json`, each row with its place in the source.

    If there is no row, a header lists near questions that have some. Raises UnknownName, BadValue, Refusal.
    """
    values = dict(job["values"])
    if len(values) < len(job["values"]):
        raise BadValue("a parameter is given twice; give it once")
    language = values.pop("lang", "en")
    if language not in LANGUAGES:
        message = f"lang={language!r} is not a language of answers; the languages are {' and '.join(LANGUAGES)}"
        raise BadValue(message)
    answer, sink = answered(Query.find(job["name"]), graph, values, language), _Sink(limits.size)
    sink.write((text.answer_text(answer, job["form"], _texts(job)) + "\n").encode("utf-8", "replace"))
    near = [{"values": nearby.values, "rows": nearby.rows} for nearby in answer.near_within(limits.seconds / 3)]
    media = "text/csv" if job["form"] == "csv" else "application/json"
    return JobAnswer(media, sink.getvalue(), 200, {"tipgraph-nearby": json.dumps(near)} if near else {})


def pages(graph: Graph, _: Limits, job: Mapping[str, Any]) -> JobAnswer:
    """Write the pages of the graph into a folder."""
    from tipgraph.outputs import render

    render(graph, job["folder"], texts=_texts(job), in_house=job["in_house"])
    return JobAnswer("text/plain", b"")


def _texts(job: Mapping[str, Any]) -> Texts:
    return Texts(Path(job["texts"]) if job["texts"] else None)


_WORKS: dict[str, Work] = {work.__name__: work for work in (sparql, stored, described, question, pages)}


def main(words: Sequence[str]) -> int:
    """Answer jobs until standard input ends: the words are the store, and the limits as JSON."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # other output must not mix with answers
    graph, limits = load(words[0]), Limits(*json.loads(words[1]))
    _ = kit.project(), ontology(), graph.vocabulary
    _limit_memory(limits.memory)
    about, body = {"ready": True}, b""
    while True:
        header = json.dumps(about).encode("utf-8")
        out.write(b"".join((LENGTHS.pack(len(header), len(body)), header, body)))
        out.flush()
        if len(length := sys.stdin.buffer.read(LENGTH.size)) < LENGTH.size:
            return 0
        about, body = _answered(graph, limits, json.loads(sys.stdin.buffer.read(*LENGTH.unpack(length))))


def _answered(graph: Graph, limits: Limits, job: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        answer = _WORKS[job["work"]](graph, limits, job)
    except TipgraphError as error:
        return {"status": error.http_status, "error": str(error)}, b""
    except MemoryError:
        return {"status": 500, "error": "there was not enough memory; ask for less"}, b""
    except Exception:  # noqa: BLE001  # a bug ends one answer, and not the worker
        traceback.print_exc()
        return {"status": 500, "error": "a bug in tipgraph; the log of the server has it"}, b""
    return {"status": answer.status, "media": answer.media, "headers": dict(answer.headers)}, answer.body


def _limit_memory(memory: int) -> None:
    """Limit the private memory of this process beyond what it has now, if the system can; 0 is no limit."""
    if memory and sys.platform == "linux":
        import resource

        used = re.search(r"VmData:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
        with suppress(ValueError, OSError):  # the limit is lower already
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            most = (int(used[1]) << 10 if used else 0) + memory
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
