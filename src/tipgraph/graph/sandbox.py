"""Files of unknown origin, which could crash, slow or fill up this process.

N-Quads, and TriG as `storage` writes it, are loaded here, once it is seen that nothing in them can crash or swell
Oxigraph's parser. All other files are parsed in a process of their own, `main`: the file is its standard input and
comes out as N-Quads.

Decisions: docs/decisions/0001-pyoxigraph-holds-the-graph.md, docs/decisions/0012-what-others-send-is-guarded.md,
docs/decisions/0023-a-triple-is-in-one-named-graph-only.md.
"""

import gzip
import hashlib
import mmap
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple, cast

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from tipgraph.errors import GraphError
from tipgraph.model import CODE, DATA, ONTOLOGY, prefixes, terms, tip
from tipgraph.runtime import check_file, limited

FORMATS = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".owl": RdfFormat.RDF_XML,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".xml": RdfFormat.RDF_XML,
}
BOM = b"\xef\xbb\xbf"
_SOURCE = NamedNode(tip.source)
_TRIPLE_TERMS = "it holds triple terms (RDF 1.2, RDF-star), which a graph of claims does not"
_ITSELF = "tipgraph.graph.sandbox"
_CHUNK = 1 << 20
_MAX_RATIO = 200  # RDF packs twenty to forty times; a bomb packs a thousand times
_MIN_ROOM = 64 << 20  # bytes that any gzip file may unpack to
_PREFIX = re.compile(rb"@prefix ([\w-]+): <([^>\n]*)> \.\n")
_EXPANDS = (  # a declaration, perhaps with a comment within: it could make a long IRI of a short name
    re.compile(rb"base\s*+[<#]"),
    re.compile(rb"prefix\s*+(?:[<#]|[^\s:<]{200}|[^\s:<]{0,200}:\s*+[<#])"),
)
_OURS = (".nq", ".trig")  # what `storage` writes
_PLAIN = re.compile(  # nothing that makes a blank node or a triple term but in IRIs and literals of a line; in one pass
    rb"""(?:[^"'\[(~|<]++|"(?:[^"\\\r\n]|\\[^\r\n])*+"|<[^<>"\s]*+>)*+"""
)
_IN_NO_GRAPH = "ASK { ?s ?p ?o }"


class FileLimits(NamedTuple):
    """The limits of reading a file: bytes of memory for the worker and for the graph, seconds, and seconds a MB."""

    worker: int
    graph: int
    seconds: int = 60
    seconds_a_megabyte: int = 1

    @classmethod
    def of_this_machine(cls) -> "FileLimits":
        """Return a quarter of the memory for the worker, at most 4 GB, and half for the graph."""
        known = "SC_PHYS_PAGES" in getattr(os, "sysconf_names", {})
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if known else 8 << 30
        return cls(min(4 << 30, memory // 4), memory // 2)


def fill(store: Store, path: Path, limits: FileLimits | None = None, *, in_bulk: bool = False) -> None:
    """Fill an empty store with the statements of a file, all in named graphs and without blank nodes.

    The suffix gives the format; `.gz` may follow. `in_bulk` is for a store on disk: it is faster there, and has no
    limit of memory for the graph. Raises GraphError, in one line, if the file cannot be read within the limits, by
    default those of this machine.
    """
    suffix, limits = _suffix(path), limits or FileLimits.of_this_machine()
    load = store.bulk_load if in_bulk else store.load
    most = sys.maxsize if in_bulk else limits.graph
    try:
        check_file(path, sys.maxsize)
        with path.open("rb") as file, _unpacked(path, file, most) as plain:
            _refuse_larger(path, plain, most)
            if _is_harmless(plain, suffix):
                load(after_mark(plain), FORMATS[suffix])
                if not store.query(_IN_NO_GRAPH):
                    return
                store.clear()
            seconds = limits.seconds + limits.seconds_a_megabyte * _size(plain) // 1_000_000
            with limited(_ITSELF, [suffix], limits.worker, seconds, source=plain) as (parsed, faults, line):
                if faults:
                    raise _unreadable(path, line, "".join(faults))
                _refuse_larger(path, parsed, most)
                load(parsed, RdfFormat.N_QUADS)
    except FileNotFoundError as error:
        hint = f"; build it with `tipgraph build -o {path}`" if suffix in _OURS else ""
        raise GraphError(f"{path}: there is no such file{hint}") from error
    except SyntaxError as error:
        raise _unreadable(path, error.lineno or 0, error.msg) from error
    except (OSError, EOFError, MemoryError) as error:
        raise _unreadable(path, 0, str(getattr(error, "strerror", None) or error)) from error


def _size(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size


def _refuse_larger(path: Path, file: IO[bytes], most: int) -> None:
    if _size(file) > most:
        raise GraphError(
            f"{path}: needs more than {most >> 20:,} MB of memory; ask for a part of it, or open it on a larger machine"
        )


def _suffix(path: Path) -> str:
    suffix = (path.with_suffix("") if path.suffix.lower() == ".gz" else path).suffix.lower()
    if suffix not in FORMATS:
        raise GraphError(
            f"{path}: a graph file ends in {', '.join(FORMATS)}, with or without .gz; rename or convert it (an "
            "address begins with https:// or http://)"
        )
    return suffix


@contextmanager
def _unpacked(path: Path, file: IO[bytes], most: int) -> Iterator[IO[bytes]]:
    """Provide a file as it is, or an unpacked copy of a gzip file, which nobody else can open."""
    if path.suffix.lower() != ".gz":
        yield file
        return
    most = min(most, max(_MIN_ROOM, _MAX_RATIO * _size(file)))
    with cast(IO[bytes], gzip.open(file)) as packed, TemporaryFile() as plain:
        while chunk := packed.read(_CHUNK):
            if plain.tell() + len(chunk) > most:
                raise GraphError(
                    f"{path}: holds more than {most >> 20:,} MB, unpacked; if you trust it, unpack it yourself"
                )
            plain.write(chunk)
        plain.flush()
        yield plain


def _is_harmless(file: IO[bytes], suffix: str) -> bool:
    """Tell whether nothing in a file can crash or swell a parser, and nothing makes a node without a name."""
    if suffix not in _OURS or not _size(file):
        return suffix in _OURS
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        if text.find(b"<<") >= 0 or text.find(b"_:") >= 0:
            return False
        if suffix == ".nq":
            return True
        end, known = 0, prefixes()
        while (line := _PREFIX.match(text, end)) and line[2] == known.get(line[1].decode(), "").encode():
            end = line.end()
        rest = text[end:]
    low = rest.lower()
    return not any(declared.search(low) for declared in _EXPANDS) and bool(_PLAIN.fullmatch(rest))


def _unreadable(path: Path, line: int, message: str) -> GraphError:
    place, why = f"{path}:{line}" if line else f"{path}", " ".join(message.split())[:400]
    return GraphError(f"{place}: cannot be read: {why}; correct it, or ask its maker for plain N-Quads (.nq)")


def main(words: Sequence[str]) -> None:
    """Parse the file on standard input, of a format by its suffix (`.ttl`), and write it as N-Quads.

    It is what the process of its own does, which it may crash or never end. Raises SyntaxError, ValueError.
    """
    serialize(statements(sys.stdin.buffer, *words), sys.stdout.buffer, RdfFormat.N_QUADS)


def statements(file: IO[bytes], suffix: str) -> Iterator[Quad]:
    """Yield the statements of a file, each in a named graph and without blank nodes.

    A statement in no named graph goes to the graph of the source that its subject names by `tip:source`, a term of the
    kit to the graph `ontology`, and any other to a graph named by the digest of the file. Raises ValueError for triple
    terms, SyntaxError for a file that is no RDF.
    """
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a stream of a file has `readinto`
    graph_of_file = NamedNode(f"{DATA}file/{digest[:16]}")

    def read() -> Iterable[Quad]:
        return parse(after_mark(file), FORMATS[suffix], base_iri=f"{graph_of_file.value}/")

    sources: dict[NamedNode, NamedNode] = {}
    for subject, predicate, value, graph in _named(read(), graph_of_file):
        if predicate == _SOURCE and graph is None and isinstance(value, NamedNode):
            sources[subject] = min(value, sources.get(subject, value), key=str)
    kit_terms = (*terms.namespaces(), CODE)
    for subject, predicate, value, graph in _named(read(), graph_of_file):
        own = ONTOLOGY if subject.value.startswith(kit_terms) else sources.get(subject, graph_of_file)
        yield Quad(subject, predicate, value, graph or own)


def _named(quads: Iterable[Quad], base: NamedNode) -> Iterator[tuple[NamedNode, NamedNode, Any, NamedNode | None]]:
    """Yield the parts of statements; blank nodes get IRIs, numbered in the order of the file.

    They begin with the digest of the file, so that the same file is the same graph each time. The graph is None for
    the default graph.
    """
    nodes: dict[BlankNode, NamedNode] = {}

    def named(term: Any) -> Any:
        if not isinstance(term, BlankNode):
            return term
        return nodes.setdefault(term, NamedNode(f"{base.value}/node-{len(nodes) + 1}"))

    for subject, predicate, value, graph in quads:
        if isinstance(value, Triple) or isinstance(subject, Triple):
            raise ValueError(_TRIPLE_TERMS)  # noqa: TRY004  # the file is wrong, not the program
        named_graph = None if isinstance(graph, DefaultGraph) else named(graph)
        yield named(subject), predicate, named(value), named_graph


def after_mark(file: IO[bytes]) -> IO[bytes]:
    """Return an open file at its beginning, or after the mark with which some editors begin a text."""
    file.seek(0)
    file.seek(len(BOM) if file.read(len(BOM)) == BOM else 0)
    return file
