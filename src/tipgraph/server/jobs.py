"""The process of a worker, which opens a store to read it, and answers one job at a time until its input ends.

A job is a line of JSON. An answer is a line of JSON that says what it is, and its body; it is complete, or an error.
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
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final, cast
from urllib.parse import quote

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, Triple, serialize

from tipgraph.analysis import answered
from tipgraph.display import LANGUAGES, text
from tipgraph.errors import BadValue, GraphError, TipgraphError, UnknownName
from tipgraph.graph import Graph, Query, RequestDataset, load
from tipgraph.model import RDF_TYPE, Statement, data_name, kit, ontology, prefixes, tip
from tipgraph.server.formats import PAGE, ROWS, TRIPLES, chosen
from tipgraph.server.options import Refusal
from tipgraph.sources import Texts

_NO_FUNCTION = re.compile(r"custom function (<.*>) is not supported")  # a message of Oxigraph
_DIE_WITH_PARENT = 1  # an option of prctl


class Sink(BytesIO):
    """The body of an answer, which has a limit of bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, part: Any) -> int:
        """Add a part; raise Refusal beyond the limit."""
        if self.tell() + len(part) > self._most:
            raise Refusal(422, f"the answer has more than {self._most:,} bytes; add LIMIT, or ask for less")
        return super().write(part)


def sparql(graph: Graph, job: Mapping[str, Any], sink: Sink) -> str:
    """Answer a query in a format of `accept`; return its media type.

    `dataset` has the default and the named graphs of the protocol, or None for each, and the base of IRIs. Raises
    QueryError, Refusal.
    """
    try:
        result = graph.query(job["query"], dataset=RequestDataset(*job.get("dataset", ())))
    except GraphError as error:
        if name := _NO_FUNCTION.search(str(error.__cause__)):
            raise Refusal(400, f"{name[1]} is not a function here; use one of SPARQL 1.1, or a cast") from error
        raise
    if not isinstance(result, QuerySolutions | QueryBoolean):
        return _triples(result, job["accept"], sink)
    form = chosen(job["accept"], ROWS)
    result.serialize(cast(IO[bytes], sink), format=form)
    return form.media_type


def described(graph: Graph, job: Mapping[str, Any], sink: Sink) -> str:
    """Say all about a node, the claims about it and their evidence; of HTML, say where its page is.

    Return the media type. Raises UnknownName if there is nothing, Refusal.
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
        sink.write(_page(graph, node, statements).encode("ascii"))
        return "text/html"
    objects = (quad.object for quad in statements if quad.predicate.value == tip.evidence)
    evidence = graph.about([node for node in objects if isinstance(node, NamedNode)])
    return _triples((Triple(*quad[:3]) for quad in [*statements, *evidence]), job["accept"], sink)


def _page(graph: Graph, node: NamedNode, statements: Sequence[Statement]) -> str:
    """Return the address of the page of a source, a route or an entry, or of a claim in the page of its source."""
    from tipgraph.outputs import anchor, route_address, source_path, thing_path

    classes = {quad.object.value for quad in statements if quad.subject == node and quad.predicate == RDF_TYPE}
    if tip.Source in classes:
        return source_path(data_name(node.value))
    if tip.Route in classes:
        return route_address(node.value)
    for citation in graph.cite([node])[node][:1]:
        return f"{source_path(citation.source)}#{quote(anchor(citation.paragraph, data_name(node.value)))}"
    return thing_path(node.value)


def _triples(found: Iterable[Triple], accept: str, sink: Sink) -> str:
    form = chosen(accept, TRIPLES)
    try:
        serialize(found, cast(IO[bytes], sink), form, prefixes=prefixes())
    except (OSError, ValueError) as error:  # such as triple terms in JSON-LD
        raise Refusal(406, f"{form.media_type} cannot hold this answer: {error}; ask for another format") from error
    return form.media_type


def question(graph: Graph, job: Mapping[str, Any], sink: Sink) -> str:
    """Answer a named question as `csv` or `json`, each row with its place in the source; return the media type.

    Raises UnknownName, BadValue, Refusal.
    """
    values = dict(job["values"])
    if len(values) < len(job["values"]):
        raise BadValue("a parameter is given twice; give it once")
    if (language := values.pop("lang", "en")) not in LANGUAGES:
        raise BadValue(f"lang={language!r} is not a language of answers; the languages are {' and '.join(LANGUAGES)}")
    answer = answered(Query.find(job["name"]), graph, values, language)
    sink.write((text.answer_text(answer, job["form"], _texts(job["texts"])) + "\n").encode("utf-8", "replace"))
    return "text/csv" if job["form"] == "csv" else "application/json"


def page(graph: Graph, job: Mapping[str, Any], _: Sink) -> str:
    """Write a page into a folder, if it is that of an entry; the first time, all other pages too."""
    _offered(graph, job["folder"], job["texts"], in_house=job["in_house"])(job["path"])
    return "text/plain"


@cache
def _offered(graph: Graph, folder: str, texts: str, *, in_house: bool) -> Callable[[str], None]:
    from tipgraph.outputs import offer

    return offer(graph, Path(folder), texts=_texts(texts), in_house=in_house)


def _texts(folder: str) -> Texts:
    return Texts(Path(folder) if folder else None)


_WORKS: Final = {work.__name__: work for work in (sparql, described, question, page)}


def main(words: Sequence[str]) -> int:
    """Answer jobs until standard input ends; the words are the store, and limits of memory and of an answer."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if sys.platform != "win32":
        os.setpgid(0, 0)  # Ctrl-C is not for it; in a session of its own it could not yield to others of this one
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # other output must not mix with answers
    graph, memory, size = load(words[0]), *map(int, words[1:])
    _ = kit.project(), ontology(), graph.vocabulary
    _limit_memory(memory)
    about, body = dict[str, Any](), b""
    while True:
        out.write(json.dumps(about | {"size": len(body)}).encode("utf-8") + b"\n" + body)
        out.flush()
        if not (line := sys.stdin.buffer.readline()):
            return 0
        about, body = _answered(graph, json.loads(line), Sink(size))


def _answered(graph: Graph, job: Mapping[str, Any], sink: Sink) -> tuple[dict[str, Any], bytes]:
    try:
        return {"media": _WORKS[job["work"]](graph, job, sink)}, sink.getvalue()
    except TipgraphError as error:
        return {"status": error.http_status, "error": str(error)}, b""
    except MemoryError:
        return {"status": 500, "error": "there was not enough memory; ask for less"}, b""
    except Exception:  # noqa: BLE001  # a bug ends one answer, and not the worker
        traceback.print_exc()
        return {"status": 500, "error": "a bug in tipgraph; the log of the server has it"}, b""


def _limit_memory(memory: int) -> None:
    """Limit the private memory of this process beyond what it has now, if the system can; 0 is no limit."""
    if memory and sys.platform == "linux":
        import resource

        most = int(Path("/proc/self/statm").read_text("ascii").split()[5]) * resource.getpagesize() + memory
        with suppress(ValueError, OSError):  # the limit is lower already
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_DATA, (most, most))
