"""Files of unknown origin, read so that none can crash, slow or fill up this process.

N-Quads, and TriG as `storage` writes it, are loaded here, once it is seen that nothing in them can crash or swell
Oxigraph's parser. All other files are parsed in a process of their own (`worker`).

Decision: docs/decisions/0051-loading-uses-store-load.md.
Decision: docs/decisions/0052-untrusted-files-are-parsed-in-a-worker.md.
"""

import gzip
import mmap
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import TimeoutExpired, run
from tempfile import TemporaryFile
from typing import IO, NamedTuple, cast

from pyoxigraph import RdfFormat, Store

from tipgraph.errors import GraphError
from tipgraph.graph.worker import FORMATS, after_mark
from tipgraph.model import prefixes
from tipgraph.runtime import command, open_file

_CHUNK = 1 << 20
_MAX_RATIO = 200  # RDF packs twenty to forty times; a bomb packs a thousand times
_MIN_ROOM = 64 << 20  # bytes that any gzip file may unpack to
_PREFIX = re.compile(rb"@prefix ([\w-]+): <([^>\n]*)> \.\n")
_EXPANDS = (  # a declaration, perhaps with a comment within: it could make a long IRI of a short name
    re.compile(rb"base\s*+[<#]"),
    re.compile(rb"prefix\s*+(?:[<#]|[^\s:<]{200}|[^\s:<]{0,200}:\s*+[<#])"),
)
_OURS = (".nq", ".trig")  # what `storage` writes
_PLAIN = re.compile(  # outside of literals of one line nothing that makes a blank node or a triple term; in one pass
    rb"""(?:[^"'\[(~|]++|"(?:[^"\\\r\n]|\\[^\r\n])*+")*+"""
)
_IN_NO_GRAPH = "ASK { ?s ?p ?o }"
_UNFIT = "ASK { GRAPH ?g { ?s ?p ?o } FILTER(isBlank(?s) || isBlank(?o) || isBlank(?g) || isTriple(?o)) }"


class FileLimits(NamedTuple):
    """The limits of reading a file: bytes of memory for the worker and for the graph, seconds, and seconds a MB."""

    worker: int
    graph: int
    seconds: float = 60
    seconds_a_megabyte: float = 1

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
    with _told(path, suffix), open_file(path) as file, _unpacked(path, file, most) as plain:
        _refuse_larger(path, plain, most)
        if not _is_loaded_here(store, plain, suffix, load):
            with _parsed(path, plain, suffix, limits) as parsed:
                _refuse_larger(path, parsed, most)
                load(parsed, RdfFormat.N_QUADS)


@contextmanager
def _told(path: Path, suffix: str) -> Iterator[None]:
    """Turn each error of a file into a GraphError of one line."""
    try:
        yield
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


def _is_loaded_here(store: Store, file: IO[bytes], suffix: str, load: Callable[..., None]) -> bool:
    """Load a harmless file; return False, with an empty store, if a statement has no named graph or a blank node."""
    found = _look_into(file, suffix)
    if not found.is_harmless:
        return False
    load(after_mark(file), FORMATS[suffix])
    if store.query(_IN_NO_GRAPH) or (found.may_make_nodes and store.query(_UNFIT)):
        store.clear()
        return False
    return True


@contextmanager
def _parsed(path: Path, file: IO[bytes], suffix: str, limits: FileLimits) -> Iterator[IO[bytes]]:
    """Provide the statements of a file as N-Quads, parsed in a process with limits; raise GraphError for a bad file."""
    seconds = limits.seconds + limits.seconds_a_megabyte * _size(file) / 1e6
    with limited("tipgraph.graph.worker", [suffix], limits.worker, seconds, file) as (output, why):
        if why:
            line, _, message = why.rpartition("\t")
            raise _unreadable(path, int(line or 0), message)
        yield output


@contextmanager
def limited(
    module: str, words: Sequence[str], memory: int, seconds: float, source: IO[bytes] | None = None
) -> Iterator[tuple[IO[bytes], str]]:
    """Run `main` of a module in a process with so much memory and so many seconds.

    Provides its output, and why it did not end well: what it wrote to standard error before it returned 1, or that it
    was ended; else an empty string. Its words begin with the memory and the seconds, which it sets itself.
    """
    with TemporaryFile() as output, TemporaryFile() as errors:
        worker = command(module, str(memory), str(int(seconds) + 1), *words)
        try:
            done = run(worker, stdin=source, stdout=output, stderr=errors, timeout=seconds, check=False)  # noqa: S603
        except TimeoutExpired:
            why = f"took longer than {seconds:g} seconds and was stopped"
        else:
            errors.seek(0)
            said, code = errors.read(2000).decode("utf-8", "replace").strip(), done.returncode
            ended = f"ended the process that ran it ({code}): it takes more memory than it may, or is nested too deep"
            why = said or "could not be run" if code == 1 else ended if code else ""
        output.seek(0)
        yield output, why


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


class _Look(NamedTuple):
    """Whether nothing in a file can crash or swell a parser, and it names no blank nodes; whether it may make some."""

    is_harmless: bool
    may_make_nodes: bool = False


def _look_into(file: IO[bytes], suffix: str) -> _Look:
    if suffix not in _OURS or not _size(file):
        return _Look(is_harmless=suffix in _OURS)
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        if text.find(b"<<") >= 0 or text.find(b"_:") >= 0:
            return _Look(is_harmless=False)
        if suffix == ".nq":
            return _Look(is_harmless=True)
        end, known = 0, prefixes()
        while (line := _PREFIX.match(text, end)) and line[2] == known.get(line[1].decode(), "").encode():
            end = line.end()
        rest = text[end:]
    low = rest.lower()
    expands = any(declared.search(low) for declared in _EXPANDS)
    return _Look(not expands, not _PLAIN.fullmatch(rest))


def _unreadable(path: Path, line: int, message: str) -> GraphError:
    place, why = f"{path}:{line}" if line else f"{path}", " ".join(message.split())[:400]
    return GraphError(f"{place}: cannot be read: {why}; correct it, or ask its maker for plain N-Quads (.nq)")
