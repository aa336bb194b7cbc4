"""Documents that people publish, PDF, Word, HTML and plain text, as text with the places of its words on pages.

A document is read by a process of its own with limits of memory and time (`worker`). PDF needs the extra `documents`.

Decisions: docs/decisions/0117-pdfium-reads-pdf.md, docs/decisions/0119-a-document-has-one-canonical-text.md.
"""

import json
from pathlib import Path
from subprocess import TimeoutExpired, run

from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import command, need
from tipgraph.sources.documents.layout import Document

KINDS = (".pdf", ".docx", ".html", ".htm", ".txt")
_MEMORY = 2 << 30  # bytes of address space; PDFium takes below 200 MB for 300 pages
_SECONDS = 300
_LARGEST = 300 << 20


def read(path: Path) -> Document:
    """Read a document by its suffix.

    Raises InputError for another suffix, and for a file that is absent, too large, encrypted, damaged, a scan, or not
    read within the limits; MissingExtra for a PDF where pypdfium2 is not installed.
    """
    if path.suffix.lower() not in KINDS:
        raise InputError([Fault(f"is not a document that can be read; the kinds are {', '.join(KINDS)}", shown(path))])
    return Document.from_json(_work(path))


def picture(path: Path, page: int) -> bytes:
    """Return the picture of a page of a PDF as PNG; pages count from 1. Raises what `read` raises."""
    return _work(path, str(page))


def _work(path: Path, *page: str) -> bytes:
    if not path.is_file():
        raise InputError([Fault("is no file; name one", shown(path))])
    if path.stat().st_size > _LARGEST:
        raise InputError([Fault(f"is larger than {_LARGEST >> 20} MB; split it", shown(path))])
    if path.suffix.lower() == ".pdf":
        need("documents", "a PDF", "save it as text and add that")
    call = command("tipgraph.sources.documents.worker", str(_MEMORY), str(_SECONDS), str(path.resolve()), *page)
    try:
        answer = run(call, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except TimeoutExpired as error:
        message = f"was not read within {_SECONDS} seconds; split it, or print it to a new PDF"
        raise InputError([Fault(message, shown(path))]) from error
    if answer.returncode == 0:
        return answer.stdout
    try:
        messages = json.loads(answer.stderr)
    except ValueError:
        messages = [f"ended its reader (exit code {answer.returncode}); print it to a new PDF, or save it as text"]
    raise InputError(Fault(message, shown(path)) for message in messages)
