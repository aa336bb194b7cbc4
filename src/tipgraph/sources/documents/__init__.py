"""Documents that people publish, PDF, Word, HTML and plain text, as text with the places of its words on pages.

A document is read by a process of its own with limits of memory and time (`worker`). PDF needs the extra `documents`.

Decision: docs/decisions/0119-a-document-has-one-canonical-text.md.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import limited, need
from tipgraph.sources.documents.layout import Document

KINDS = (".pdf", ".docx", ".html", ".htm", ".txt")
_MEMORY = 1 << 30  # bytes of address space, besides ten for each byte of the file
_MEMORY_OF_PDF = 1 << 30  # more for the libraries, which reserve some for each processor
_SECONDS = 30  # of the processor, besides one for each megabyte
_SECONDS_OF_PDF = 20  # for each megabyte; a hundred dense pages may be one
_MOST_SECONDS = 300
_SECONDS_OF_PICTURES = 60
_LARGEST = 300 << 20
_BATCH = 16  # pages that one process draws
_REMEDY = "; split it, or print it to a new PDF"
SIZE: Final = 4  # bytes before each picture, which are its length


def read(path: Path, *, hidden: bool = False) -> Document:
    """Read a document by its suffix; with `hidden` its text includes hidden words.

    Raises InputError for another suffix, and for a file that is absent, too large, encrypted, damaged, a scan, or not
    read within the limits; MissingExtra for a PDF where pypdfium2 is not installed.
    """
    if path.suffix.lower() not in KINDS:
        raise InputError([Fault(f"is not a document that can be read; the kinds are {', '.join(KINDS)}", shown(path))])
    return Document.from_json(_work(path, "all" if hidden else "seen"))


def picture(path: Path, page: int) -> bytes:
    """Return the picture of a page of a PDF as PNG; pages count from 1. Raises InputError if it cannot be drawn."""
    if drawn := next(pictures(path, [page])):
        return drawn
    raise InputError([Fault(f"page {page} cannot be drawn", shown(path))])


def pictures(path: Path, pages: Sequence[int]) -> Iterator[bytes]:
    """Yield the pictures of pages of a PDF as PNG, several from one process; nothing for a page that cannot be drawn.

    After a process that failed it draws no more. Raises MissingExtra where pypdfium2 is not installed.
    """
    for start in range(0, len(pages), _BATCH):
        batch = pages[start : start + _BATCH]
        try:
            answer = BytesIO(_work(path, ",".join(map(str, batch))))
        except InputError:
            yield from [b""] * (len(pages) - start)
            return
        yield from (answer.read(int.from_bytes(answer.read(SIZE), "big")) for _ in batch)


def _work(path: Path, task: str) -> bytes:
    """Return what the worker writes about a document; raise InputError for what it refuses, or if it fails."""
    if not path.is_file():
        raise InputError([Fault("is no file; name one", shown(path))])
    if (size := path.stat().st_size) > _LARGEST:
        raise InputError([Fault(f"is larger than {_LARGEST >> 20} MB; split it", shown(path))])
    if path.suffix.lower() == ".pdf":
        need("documents", "a PDF", "save it as text and add that")
    memory, seconds = _limits(path.suffix.lower(), size)
    if task[0].isdecimal():
        seconds = _SECONDS_OF_PICTURES
    words = [task, str(path.resolve())]
    with limited("tipgraph.sources.documents.worker", words, memory, seconds, _REMEDY) as (output, faults, _):
        if faults:
            raise InputError(Fault(message, shown(path)) for message in faults)
        return output.read()


def _limits(suffix: str, size: int) -> tuple[int, int]:
    """Return the bytes of address space, and the seconds of the processor, that a document of a size may take."""
    is_pdf = suffix == ".pdf"
    seconds = _SECONDS + size * (_SECONDS_OF_PDF if is_pdf else 1) // 1_000_000
    return _MEMORY + _MEMORY_OF_PDF * is_pdf + 10 * size, min(_MOST_SECONDS, seconds)
