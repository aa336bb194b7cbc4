"""Parsing of RDF files of unknown origin, in a process of its own, which the file may crash.

The package starts it with the file as standard input, and reads N-Quads from its standard output. It opens no file but
the context of the kit. If it refuses the file, it writes `LINE<tab>MESSAGE` to standard error and returns 1.

Decision: docs/decisions/0053-a-statement-without-a-named-graph-gets-one.md.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from tipgraph.model import CODE, CONTEXT, DATA, ONTOLOGY, kit, terms, tip
from tipgraph.runtime import limit

FORMATS = {
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".owl": RdfFormat.RDF_XML,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".xml": RdfFormat.RDF_XML,
}
BOM = b"\xef\xbb\xbf"
DEPTH = 100  # of JSON; Oxigraph's time grows with its square, and deeper nesting overflows the stack

_CHUNK = 1 << 20
_DECLARATION = re.compile(rb"<![^-\[]")  # all but comments and CDATA, in any case that a lenient parser would accept
_SOURCE = NamedNode(tip.source)


class Unreadable(Exception):
    """A file that is refused, and why; the line is 0 if it is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Names:
    """Names for the unnamed of a file: IRIs for its blank nodes, numbered in the order of the file.

    They begin with the digest of the file, so that the same file is the same graph each time.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._nodes: dict[BlankNode, NamedNode] = {}

    def named(self, term: Any) -> Any:
        if not isinstance(term, BlankNode):
            return term
        return self._nodes.setdefault(term, NamedNode(f"{self._base}node-{len(self._nodes) + 1}"))


def main(words: Sequence[str]) -> int:
    """Parse standard input, a file of a suffix, within bytes of memory and seconds."""
    suffix, memory, seconds = words
    limit(int(memory), int(seconds))
    try:
        serialize(statements(sys.stdin.buffer, suffix), sys.stdout.buffer, RdfFormat.N_QUADS)
        sys.stdout.buffer.flush()
    except SyntaxError as error:
        return _fail(error.lineno or 0, error.msg)
    except Unreadable as error:
        return _fail(error.line, str(error))
    except MemoryError as error:
        return _fail(0, str(error) or "there is not enough memory for it")
    except OSError as error:
        return _fail(0, error.strerror or str(error))
    return 0


def statements(file: IO[bytes], suffix: str) -> Iterator[Quad]:
    """Yield the statements of a file, each in a named graph and without blank nodes.

    A statement in no named graph goes to the graph of the source that its subject names by `tip:source`, a term of the
    kit to the graph `ontology`, and any other to a graph named by the digest of the file. Raises Unreadable for triple
    terms, document types and contexts that are not in the kit, SyntaxError for a file that is no RDF.
    """
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    file_graph = f"{DATA}file/{digest.hexdigest()[:16]}"
    base = f"{file_graph}/"
    read = _parser(file, FORMATS[suffix], base)
    sources: dict[NamedNode, NamedNode] = {}
    for subject, predicate, value, graph in _named(read(), base):
        if predicate == _SOURCE and graph is None and isinstance(value, NamedNode):
            sources[subject] = min(value, sources.get(subject, value), key=str)
    kit_terms = (*terms.namespaces(), CODE)
    for subject, predicate, value, graph in _named(read(), base):
        if graph is None:
            is_term = subject.value.startswith(kit_terms)
            graph = ONTOLOGY if is_term else sources.get(subject, NamedNode(file_graph))
        yield Quad(subject, predicate, value, graph)


def _named(quads: Iterable[Quad], base: str) -> Iterator[tuple[NamedNode, NamedNode, Any, NamedNode | None]]:
    """Yield the parts of statements without blank nodes; the graph is None for the default graph."""
    names = _Names(base)
    for subject, predicate, value, graph in quads:
        if isinstance(value, Triple) or isinstance(subject, Triple):
            raise Unreadable("it holds triple terms (RDF 1.2, RDF-star), which a graph of claims does not")
        named_graph = None if isinstance(graph, DefaultGraph) else names.named(graph)
        yield names.named(subject), predicate, names.named(value), named_graph


def _parser(file: IO[bytes], form: RdfFormat, base: str) -> Callable[[], Iterable[Quad]]:
    """Return a function that parses a file from its beginning, once it is seen that it refers to no other file."""
    if form == RdfFormat.RDF_XML:
        _refuse_declarations(file)
    if form == RdfFormat.JSON_LD:
        file.seek(0)
        data = self_contained(file.read())
        return lambda: parse(data, form, base_iri=base)
    return lambda: parse(format=form, base_iri=base, **by_number(file))


def by_number(file: IO[bytes]) -> dict[str, Any]:
    """Return the arguments with which Oxigraph reads an open file: by its number if possible, which is faster."""
    file.seek(0)
    if file.read(len(BOM)) == BOM:  # some editors begin a text with it
        return {"input": file}
    file.seek(0)
    number = Path("/dev/fd") / str(file.fileno())
    return {"path": str(number)} if number.exists() else {"input": file}


def _refuse_declarations(file: IO[bytes]) -> None:
    """Raise Unreadable if XML declares a document type or an entity, or is not UTF-8, before a parser reads it.

    Oxigraph reads UTF-8 only, in which the bytes of a declaration are always the same.
    """
    file.seek(0)
    line, end = 1, b""
    while chunk := file.read(_CHUNK):
        window = end + chunk
        if b"\0" in window:
            raise Unreadable("it is not in UTF-8", line)
        if match := _DECLARATION.search(window):
            raise Unreadable("it declares a document type (DOCTYPE)", line + window.count(b"\n", 0, match.start()))
        line, end = line + window.count(b"\n", 0, len(window) - 2), window[-2:]


def self_contained(data: bytes) -> bytes:
    """Replace the name of the kit's context in JSON-LD by the context; raise Unreadable for any other name.

    >>> self_contained(b'{"@context": {"name": "https://example.org/name"}, "name": "x"}')
    b'{"@context": {"name": "https://example.org/name"}, "name": "x"}'
    """
    try:
        tree = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise Unreadable(error.msg, error.lineno) from None
    except RecursionError:
        raise _too_deep() from None
    except UnicodeDecodeError:
        raise Unreadable("it is not in UTF-8") from None
    except ValueError:  # a number of thousands of digits
        raise Unreadable("it holds a number that is too long") from None
    return json.dumps(tree).encode() if _put_context(tree) else data.removeprefix(BOM)


def _put_context(tree: Any) -> bool:
    """Put the context of the kit in place of its name; return whether any was replaced."""
    replaced, waiting = False, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEPTH:
            raise _too_deep()
        if isinstance(node, dict):
            if "@import" in node:
                raise Unreadable(f"its context imports {str(node['@import'])[:200]}")
            if "@context" in node:
                before = node["@context"]
                node["@context"] = _context(before)
                replaced |= node["@context"] != before
            waiting += [(value, depth + 1) for key, value in node.items() if key != "@value"]
        elif isinstance(node, list):
            waiting += [(value, depth + 1) for value in node]
    return replaced


def _context(context: Any) -> Any:
    if isinstance(context, list):
        return [_context(part) for part in context]
    if not isinstance(context, str):
        return context
    if context not in (CONTEXT, CONTEXT.rpartition("/")[2]):
        raise Unreadable(f"its context is elsewhere, at {context[:200]}")
    return json.loads((kit.folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]


def _too_deep() -> Unreadable:
    return Unreadable(f"it is nested deeper than {DEPTH} levels")


def _fail(line: int, message: str) -> int:
    sys.stderr.buffer.write(f"{line}\t{' '.join(message.split())[:400]}".encode("utf-8", "replace"))
    return 1
