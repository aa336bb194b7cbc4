"""RDF files of unknown origin, read so that none can crash, slow or fill up this process.

N-Quads, and TriG as `storage` writes it, are loaded here, once it is seen that nothing in them can crash Oxigraph's
parser. All other files are parsed by a process of its own (`worker`).

Decision: docs/decisions/0051-loading-uses-store-load.md.
Decision: docs/decisions/0052-untrusted-files-are-parsed-in-a-worker.md.
"""

import gzip
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from threading import Event, Timer
from typing import IO, NamedTuple, cast

from pyoxigraph import DefaultGraph, RdfFormat, Store

from tipgraph.errors import GraphError
from tipgraph.graph.sandbox.worker import FORMATS, by_number
from tipgraph.model import prefixes
from tipgraph.runtime import command, open_file

_CHUNK = 1 << 20
_LONGEST = 16 << 20  # bytes of a line; Oxigraph's parser refuses a longer term too
_STATEMENT = 400  # bytes of memory for a statement besides its characters, measured
_SHORTEST = 16  # bytes of the shortest line of N-Quads
_ENDS = {".nq": (b"\n",), ".trig": (b".", b";", b",")}  # the ends of a statement
_TYPICAL = (120, 35)  # bytes of a file for a statement, without and with prefixes; rather less than measured
_PACKED = 20  # the usual ratio of an unpacked file to its gzip
_MAX_RATIO = 200  # RDF packs twenty to forty times; a bomb packs a thousand times
_MIN_ROOM = 64 << 20  # bytes that any gzip file may unpack to
_PREFIX = re.compile(rb"@prefix ([\w-]+): <([^>\n]*)> \.\n")
_MARKS = (b"[", b"(", b"base", b"prefix")
_QUOTED = re.compile(rb'"(?:[^"\\]|\\.)*+("?)|<[^>]*+(>?)')  # to its end, if it has one: no text is read twice
_NESTS = re.compile(rb"""["'#<(\[]|\b(?:base|prefix)\b""")


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
    if in_bulk:
        limits = limits._replace(graph=sys.maxsize)
    try:
        with open_file(path) as file, _unpacked(path, file, limits) as plain:
            if _is_harmless(plain, suffix, limits):
                load(format=FORMATS[suffix], **by_number(plain))
                if not any(True for _ in store.quads_for_pattern(None, None, None, DefaultGraph())):
                    return
                store.clear()
            _load_by_worker(path, plain, suffix, limits, load)
    except FileNotFoundError as error:
        hint = f"; build it with `tipgraph build -o {path}`" if suffix in _ENDS else ""
        raise GraphError(f"{path}: there is no such file{hint}") from error
    except SyntaxError as error:
        raise _unreadable(path, error.lineno or 0, error.msg) from error
    except (OSError, EOFError, MemoryError) as error:
        raise _unreadable(path, 0, str(getattr(error, "strerror", None) or error)) from error


def most_statements(path: Path) -> int:
    """Estimate the number of statements of a file by its size, rather too many."""
    size = path.stat().st_size if path.is_file() else 0
    return size // _TYPICAL[_suffix(path) not in (".nq", ".nt")] * (_PACKED if _is_packed(path) else 1)


def _is_packed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def _suffix(path: Path) -> str:
    suffix = (path.with_suffix("") if _is_packed(path) else path).suffix.lower()
    if suffix not in FORMATS:
        raise GraphError(
            f"{path}: a graph file ends in {', '.join(FORMATS)}, with or without .gz; rename or convert it (an "
            "address begins with https:// or http://)"
        )
    return suffix


@contextmanager
def _unpacked(path: Path, file: IO[bytes], limits: FileLimits) -> Iterator[IO[bytes]]:
    """Provide a file as it is, or an unpacked copy of a gzip file, which nobody else can open."""
    if not _is_packed(path):
        yield file
        return
    most = min(limits.graph, max(_MIN_ROOM, _MAX_RATIO * os.fstat(file.fileno()).st_size))
    with cast(IO[bytes], gzip.open(file)) as packed, TemporaryFile() as plain:
        while chunk := packed.read(_CHUNK):
            if plain.tell() + len(chunk) > most:
                raise GraphError(
                    f"{path}: holds more than {most >> 20:,} MB, unpacked; if you trust it, unpack it yourself"
                )
            plain.write(chunk)
        plain.flush()
        yield plain


def _is_harmless(file: IO[bytes], suffix: str, limits: FileLimits) -> bool:
    """Return whether nothing in a file can crash or swell a parser, and it has no blank nodes; read it through."""
    if suffix not in _ENDS:
        return False
    size, count = os.fstat(file.fileno()).st_size, 0
    may_be_too_many = size + _STATEMENT * (size // _SHORTEST) > limits.graph
    for number, window in enumerate(_windows(file)):
        rest = _without_our_prefixes(window) if suffix == ".trig" and number == 0 else window
        # One byte is looked for many times faster than two, and mostly absent.
        has_blank = b"_" in window and b"_:" in window
        if not window or b"<<" in window or has_blank or (suffix == ".trig" and not _is_flat(rest)):
            return False
        if may_be_too_many:
            count += sum(window.count(end) for end in _ENDS[suffix])
    return size + _STATEMENT * count <= limits.graph


def _windows(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in pieces of whole lines, and an empty piece for a line that is too long."""
    file.seek(0)
    while window := file.read(_CHUNK):
        rest = file.readline(_LONGEST)
        yield window + rest if len(rest) < _LONGEST else b""


def _without_our_prefixes(window: bytes) -> bytes:
    end, known = 0, prefixes()
    while (line := _PREFIX.match(window, end)) and line[2].decode("utf-8", "replace") == known.get(line[1].decode()):
        end = line.end()
    return window[end:]


def _is_flat(window: bytes) -> bool:
    """Return whether lines of TriG declare no prefix and no base, which could expand without end, and nest nothing."""
    low = window.lower()
    if b'"""' in low or b"'''" in low:
        return False
    marks = [mark for mark in _MARKS if mark in low]
    lines = low.splitlines() if marks else []
    return not any(_NESTS.search(_QUOTED.sub(_blank, line)) for line in lines if any(mark in line for mark in marks))


def _blank(quoted: "re.Match[bytes]") -> bytes:
    """Replace a quoted text by a blank, unless it has no end."""
    return b" " if quoted[1] or quoted[2] else quoted[0]


class _LimitedReader:
    """The output of a worker, up to the memory that a graph of it may take."""

    def __init__(self, path: Path, file: IO[bytes], most: int) -> None:
        self._path, self._file, self._most, self._size = path, file, most, 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._size += len(chunk) + _STATEMENT * chunk.count(b"\n")
        if self._size > self._most:
            raise GraphError(
                f"{self._path}: needs more than {self._most >> 20:,} MB of memory; ask for a part of it, or open it on "
                "a larger machine"
            )
        return chunk


def _load_by_worker(path: Path, file: IO[bytes], suffix: str, limits: FileLimits, load: Callable[..., None]) -> None:
    """Parse a file in a worker, and load its output; end the worker when its time is up."""
    broken, late = False, Event()
    seconds = limits.seconds + limits.seconds_a_megabyte * os.fstat(file.fileno()).st_size / 1e6
    words = command("tipgraph.graph.sandbox.worker", suffix, str(limits.worker), str(int(seconds) + 1))
    with TemporaryFile() as errors, Popen(words, stdin=file, stdout=PIPE, stderr=errors, bufsize=_CHUNK) as worker:  # noqa: S603
        output = _LimitedReader(path, cast(IO[bytes], worker.stdout), limits.graph)
        with _ended_after(worker, seconds, late):
            try:
                load(cast(IO[bytes], output), format=RdfFormat.N_QUADS)
            except SyntaxError:  # it ended in the middle of a line, for a reason below
                broken = True
            code = worker.wait()
        if late.is_set():
            raise _unreadable(path, 0, f"it took longer than {seconds:.0f} seconds")
        errors.seek(0)
        if code == 1:
            line, _, message = errors.read(2000).decode("utf-8", "replace").partition("\t")
            raise _unreadable(path, int(line) if line.isdigit() else 0, message or "its parser failed")
    if code or broken:
        cause = f"nested too deep, or larger than {limits.worker >> 20:,} MB of memory hold"
        raise _unreadable(path, 0, f"its parser ended ({code}): it is {cause}")


@contextmanager
def _ended_after(worker: "Popen[bytes]", seconds: float, late: Event) -> Iterator[None]:
    """Kill a worker after some seconds, and then set `late`, or else at the end."""

    def end() -> None:
        late.set()
        worker.kill()

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        worker.kill()


def _unreadable(path: Path, line: int, message: str) -> GraphError:
    place, why = f"{path}:{line}" if line else f"{path}", " ".join(message.split())[:400]
    return GraphError(f"{place}: cannot be read: {why}; correct it, or ask its maker for plain N-Quads (.nq)")
