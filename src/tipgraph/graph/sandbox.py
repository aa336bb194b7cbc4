"""What could crash, slow or fill up this process: files of unknown origin, and the rules of a project.

N-Quads, and TriG as `storage` writes it, are loaded here, once it is seen that nothing in them can crash or swell
Oxigraph's parser. All other files are parsed in a process of their own (`worker`).

A rule of a project that never ends, or takes all memory, is a fault of its file and ends nothing else. The seconds are
`rule_seconds` of `tipgraph.toml`. The kit's own rules are tested, and run without a deadline.

Decision: docs/decisions/0051-loading-uses-store-load.md.
Decision: docs/decisions/0052-untrusted-files-are-parsed-in-a-worker.md.
"""

import gzip
import mmap
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, NamedTuple, cast

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from tipgraph.errors import Fault, GraphError, InputError, shown
from tipgraph.graph.graph import Graph
from tipgraph.graph.worker import FORMATS, after_mark
from tipgraph.model import RULE_SECONDS, kit, prefixes
from tipgraph.runtime import limited, open_file

_WORKER = "tipgraph.graph.worker"
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
_GIVE_MORE = "; ask for less, or give it more time by rule_seconds in tipgraph.toml"


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
        with open_file(path) as file, _unpacked(path, file, most) as plain:
            _refuse_larger(path, plain, most)
            if _is_harmless(plain, suffix):
                load(after_mark(plain), FORMATS[suffix])
                if not store.query(_IN_NO_GRAPH):
                    return
                store.clear()
            seconds = limits.seconds + limits.seconds_a_megabyte * _size(plain) // 1_000_000
            with limited(_WORKER, [suffix], limits.worker, seconds, plain) as done:
                if why := done.why or "".join(done.faults):
                    raise _unreadable(path, done.line, why)
                _refuse_larger(path, done.output, most)
                load(done.output, RdfFormat.N_QUADS)
    except FileNotFoundError as error:
        hint = f"; build it with `tipgraph build -o {path}`" if suffix in _OURS else ""
        raise GraphError(f"{path}: there is no such file{hint}") from error
    except SyntaxError as error:
        raise _unreadable(path, error.lineno or 0, error.msg) from error
    except (OSError, EOFError, MemoryError) as error:
        raise _unreadable(path, 0, str(getattr(error, "strerror", None) or error)) from error


def construct(graph: Graph, rule: Path) -> list[Quad]:
    """Return the triples of a CONSTRUCT rule of a project, in the default graph.

    Raises InputError, with the file of the rule, if it is no such rule or exceeds its seconds or its memory.
    """
    project, memory = kit.project(), FileLimits.of_this_machine().graph
    seconds = ceil(project.rule_seconds if project else RULE_SECONDS)
    with TemporaryDirectory() as folder:
        held = f"{folder}/statements.nq"
        serialize(graph.quads(), held, RdfFormat.N_QUADS)
        with limited(_WORKER, [held, str(rule.resolve())], memory, seconds) as done:
            if why := (done.why and done.why + _GIVE_MORE) or "".join(done.faults):
                raise InputError([Fault(" ".join(why.split()), shown(rule))])
            return list(parse(done.output, RdfFormat.N_TRIPLES))


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
