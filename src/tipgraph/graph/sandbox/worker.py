"""What somebody else's RDF file says, as N-Quads: the work of a process of its own, since a file may end its parser.

The package starts it with the file as standard input, and reads its standard output. It opens nothing by name but the
context of the kit. What it refuses it says as one line on standard error, `LINE<tab>WORDS`, and returns 1.

Decision: docs/decisions/0053-a-statement-without-a-named-graph-gets-one.md.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from tipgraph.model import DATA, ONTOLOGY, kit, terms, tip
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
CONTEXT = "https://w3id.org/tipgraph/context.jsonld"
BOM = b"\xef\xbb\xbf"
DEPTH = 100  # of JSON; Oxigraph's time grows with the square of it, and its stack ends somewhere beyond

_CHUNK = 1 << 20
_DECLARATION = re.compile(rb"<![^-\[]")  # all but comments and CDATA, in whatever case a lenient parser would take it
_CODES = "https://w3id.org/tipgraph/code#"
_SOURCE = NamedNode(tip.source)


class Unreadable(Exception):
    """What is not read, and why; the line is 0 where it is not known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class _Names:
    """Names for what a file leaves without one: a graph, and IRIs in place of blank nodes.

    They are made of the digest of the file, so that the same file is the same graph each time.
    """

    def __init__(self, digest: str) -> None:
        self.base = f"{DATA}file/{digest[:16]}/"
        self.graph = NamedNode(self.base.removesuffix("/"))
        self._nodes: dict[BlankNode, NamedNode] = {}

    def named(self, term: Any) -> Any:
        """Return a term, or what stands for it where it is blank, numbered in the order of the file."""
        if not isinstance(term, BlankNode):
            return term
        return self._nodes.setdefault(term, NamedNode(f"{self.base}node-{len(self._nodes) + 1}"))


class _FileReading(NamedTuple):
    """A file that can be parsed again and again."""

    parse: Callable[[], Iterable[Quad]]
    digest: str
    base: str


def main(words: Sequence[str]) -> int:
    """Read standard input, a file with the suffix given, within the bytes of memory and the seconds given."""
    suffix, memory, seconds = words
    limit(int(memory), int(seconds))
    try:
        serialize(statements(sys.stdin.buffer, suffix), sys.stdout.buffer, RdfFormat.N_QUADS)
        sys.stdout.buffer.flush()
    except SyntaxError as error:
        return _say(error.lineno or 0, error.msg)
    except Unreadable as error:
        return _say(error.line, str(error))
    except MemoryError as error:
        return _say(0, str(error) or "there is not enough memory for it")
    except OSError as error:
        return _say(0, error.strerror or str(error))
    return 0


def statements(file: IO[bytes], suffix: str) -> Iterator[Quad]:
    """Return the statements of a file, each in a named graph and without blank nodes.

    A statement outside all named graphs goes to the graph of the source that its subject names by `tip:source`, a term
    of the kit to the graph `ontology`, and any other to a graph named by the digest of the file. Raises Unreadable for
    triple terms, document types and contexts that are not in the kit, SyntaxError for what is no RDF.
    """
    digest = _digest(file)
    read = _reader(file, FORMATS[suffix], _Names(digest).base)
    sources: dict[NamedNode, NamedNode] = {}
    for subject, predicate, value, graph in _named(read(), _Names(digest)):
        if predicate == _SOURCE and graph is None and isinstance(value, NamedNode):
            sources[subject] = min(value, sources.get(subject, value), key=str)
    names = _Names(digest)
    for subject, predicate, value, graph in _named(read(), names):
        yield Quad(subject, predicate, value, graph or _place(subject, sources, names.graph))


def _digest(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _place(subject: NamedNode, sources: dict[NamedNode, NamedNode], other: NamedNode) -> NamedNode:
    return ONTOLOGY if subject.value.startswith((*terms.namespaces(), _CODES)) else sources.get(subject, other)


def _named(quads: Iterable[Quad], names: _Names) -> Iterator[tuple[NamedNode, NamedNode, Any, NamedNode | None]]:
    """Return the parts of statements without blank nodes; the graph is None for the default graph."""
    for subject, predicate, value, graph in quads:
        if isinstance(value, Triple) or isinstance(subject, Triple):
            raise Unreadable("it holds triple terms (RDF 1.2, RDF-star), which a graph of claims does not")
        place = None if isinstance(graph, DefaultGraph) else names.named(graph)
        yield names.named(subject), predicate, names.named(value), place


def _reader(file: IO[bytes], form: RdfFormat, base: str) -> Callable[[], Iterable[Quad]]:
    """Return what parses a file from its beginning, once it is seen that it asks for nothing else."""
    if form == RdfFormat.RDF_XML:
        _refuse_declarations(file)
    if form == RdfFormat.JSON_LD:
        file.seek(0)
        data = self_contained(file.read())
        return lambda: parse(data, form, base_iri=base)

    return lambda: parse(format=form, base_iri=base, **by_number(file))


def by_number(file: IO[bytes]) -> dict[str, Any]:
    """Return how Oxigraph reads an open file: by its number, which is faster, where the system can."""
    file.seek(0)
    if file.read(len(BOM)) == BOM:  # as some editors begin a text
        return {"input": file}
    file.seek(0)
    number = Path("/dev/fd") / str(file.fileno())
    return {"path": str(number)} if number.exists() else {"input": file}


def _refuse_declarations(file: IO[bytes]) -> None:
    """Raise where XML declares a document type or an entity, or is not UTF-8, before a parser sees any of it.

    Oxigraph reads nothing but UTF-8, in which the bytes of a declaration are always the same.
    """
    file.seek(0)
    line, end = 1, b""
    while chunk := file.read(_CHUNK):
        window = end + chunk
        if b"\0" in window:
            raise Unreadable("it is not in UTF-8", line)
        if found := _DECLARATION.search(window):
            raise Unreadable("it declares a document type (DOCTYPE)", line + window.count(b"\n", 0, found.start()))
        line, end = line + window.count(b"\n", 0, len(window) - 2), window[-2:]


def self_contained(data: bytes) -> bytes:
    """Return JSON-LD with the context of the kit in place of its name; raise Unreadable where it names any other.

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
    return json.dumps(tree).encode() if _serve(tree) else data.removeprefix(BOM)


def _serve(tree: Any) -> bool:
    """Put the context of the kit where a document names it; tell whether it did anywhere."""
    served, waiting = False, [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEPTH:
            raise _too_deep()
        if isinstance(node, dict):
            if "@import" in node:
                raise Unreadable(f"its context imports {_shown(node['@import'])}")
            if "@context" in node:
                before = json.dumps(node["@context"]) if isinstance(node["@context"], str | list) else ""
                node["@context"] = _context(node["@context"])
                served |= bool(before) and json.dumps(node["@context"]) != before
            waiting += [(value, depth + 1) for key, value in node.items() if key != "@value"]
        elif isinstance(node, list):
            waiting += [(value, depth + 1) for value in node]
    return served


def _context(named: Any) -> Any:
    if isinstance(named, list):
        return [_context(one) for one in named]
    if not isinstance(named, str):
        return named
    if named not in (CONTEXT, CONTEXT.rpartition("/")[2]):
        raise Unreadable(f"its context is elsewhere, at {_shown(named)}")
    return json.loads((kit.folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]


def _shown(name: Any) -> str:
    return str(name)[:200]


def _too_deep() -> Unreadable:
    return Unreadable(f"it is nested deeper than {DEPTH} levels")


def _say(line: int, message: str) -> int:
    sys.stderr.buffer.write(f"{line}\t{' '.join(message.split())[:400]}".encode("utf-8", "replace"))
    return 1
