"""Files and rules of unknown origin, run so that none can crash, slow or fill up this process.

N-Quads, and TriG as `storage` writes it, are loaded here, once it is seen that nothing in them can crash Oxigraph's
parser. All other files are parsed in a process of their own (`worker`), and so are rules of a project (`deadline`).

Decision: docs/decisions/0051-loading-uses-store-load.md.
Decision: docs/decisions/0052-untrusted-files-are-parsed-in-a-worker.md.
"""

import gzip
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import TimeoutExpired, run
from tempfile import TemporaryFile
from typing import IO, NamedTuple, cast

from pyoxigraph import DefaultGraph, RdfFormat, Store

from tipgraph.errors import GraphError
from tipgraph.graph.worker import FORMATS, by_number
from tipgraph.model import prefixes
from tipgraph.runtime import command, open_file

_CHUNK = 1 << 20
_LONGEST = 16 << 20  # bytes of a line; Oxigraph's parser refuses a longer term too
_OURS = (".nq", ".trig")  # what `storage` writes
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
            if _is_harmless(plain, suffix):
                _refuse_large(path, plain, most)
                load(format=FORMATS[suffix], **by_number(plain))
                if not any(True for _ in store.quads_for_pattern(None, None, None, DefaultGraph())):
                    return
                store.clear()
            seconds = limits.seconds + limits.seconds_a_megabyte * _size(plain) / 1e6
            with limited("tipgraph.graph.worker", [suffix], limits.worker, seconds, plain) as (output, why):
                if why:
                    line, _, message = why.rpartition("\t")
                    raise _unreadable(path, int(line or 0), message)
                _refuse_large(path, output, most)
                load(format=RdfFormat.N_QUADS, **by_number(output))
    except FileNotFoundError as error:
        hint = f"; build it with `tipgraph build -o {path}`" if suffix in _OURS else ""
        raise GraphError(f"{path}: there is no such file{hint}") from error
    except SyntaxError as error:
        raise _unreadable(path, error.lineno or 0, error.msg) from error
    except (OSError, EOFError, MemoryError) as error:
        raise _unreadable(path, 0, str(getattr(error, "strerror", None) or error)) from error


def _size(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size


def _refuse_large(path: Path, file: IO[bytes], most: int) -> None:
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
    """Return whether nothing in a file can crash or swell a parser, and it has no blank nodes; read it through."""
    if suffix not in _OURS:
        return False
    for number, window in enumerate(_windows(file)):
        rest = _without_our_prefixes(window) if suffix == ".trig" and number == 0 else window
        # One byte is looked for many times faster than two, and mostly absent.
        has_blank = b"_" in window and b"_:" in window
        if not window or b"<<" in window or has_blank or (suffix == ".trig" and not _is_flat(rest)):
            return False
    return True


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


def _unreadable(path: Path, line: int, message: str) -> GraphError:
    place, why = f"{path}:{line}" if line else f"{path}", " ".join(message.split())[:400]
    return GraphError(f"{place}: cannot be read: {why}; correct it, or ask its maker for plain N-Quads (.nq)")
