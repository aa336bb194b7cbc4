"""PDF documents, read by PDFium in this process: `documents.read` runs it in one of its own."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tipgraph.errors import Fault, InputError, shown
from tipgraph.sources.documents.layout import Document, clean, document
from tipgraph.sources.documents.pdf_paragraphs import blocks
from tipgraph.sources.documents.pdf_words import page_lines, turn_upright
from tipgraph.sources.documents.png import png

_MOST_PAGES = 2000
_LONGEST = 1300  # pixels of the longer side of a picture
_SCAN = "is a scan: its pages are pictures; add a layer of text with `ocrmypdf FILE NEW.pdf`, then add NEW.pdf"
_REFUSALS = {
    "password": "is encrypted; open it with its password and print it to a new PDF",
    "format": "is no PDF, or is damaged; open it in a reader and print it to a new PDF",
}


def read_pdf(path: Path, *, hidden: bool = False) -> Document:
    """Read a PDF; raise InputError for one that is encrypted, damaged, a scan or too long."""
    with _opened(path) as pdf:
        pages = [page_lines(pdf[index], index + 1, hidden=hidden) for index in range(len(pdf))]
        if not any(page.lines or page.hidden for page in pages):
            raise InputError([Fault(_SCAN if any(page.is_scan for page in pages) else "holds no text", shown(path))])
        unseen = {page.number: page.hidden for page in pages if page.hidden}
        scans = [page.number for page in pages if page.is_scan and (page.lines or not page.hidden)]
        pictures = [f"large pictures on {_listed(scans)}: words in them were not read"] if scans and not hidden else []
        metadata = pdf.get_metadata_dict()
        made = re.match(r"D:(\d{4})(\d\d)(\d\d)", metadata.get("CreationDate", ""))
        about = {"title": clean(metadata.get("Title", "")), "made": "-".join(made.groups()) if made else ""}
        return document(blocks(pages), [(page.width, page.height) for page in pages], about, pictures, unseen)


def page_pictures(path: Path, numbers: Iterable[int]) -> Iterator[bytes]:
    """Yield the pictures of upright pages as PNG; pages count from 1. It is empty for a page that cannot be drawn."""
    import pypdfium2

    with _opened(path) as pdf:
        for number in numbers:
            try:
                page = pdf[number - 1]
                turn_upright(page)
                bitmap = page.render(scale=_LONGEST / max(1, *page.get_size()), rev_byteorder=True)
                yield png(bitmap.width, bitmap.height, bitmap.n_channels, bitmap.stride, bytes(bitmap.buffer))
                page.close()
            except (pypdfium2.PdfiumError, IndexError):
                yield b""


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, FileNotFoundError) as error:
        reason = "password" if "assword" in str(error) else "format"
        raise InputError([Fault(_REFUSALS[reason], shown(path))]) from error
    try:
        if len(pdf) > _MOST_PAGES:
            message = f"has {len(pdf):,} pages, more than {_MOST_PAGES:,}; split it into parts"
            raise InputError([Fault(message, shown(path))])
        yield pdf
    except pypdfium2.PdfiumError as error:
        raise InputError([Fault(_REFUSALS["format"], shown(path))]) from error
    finally:
        pdf.close()


def _listed(numbers: list[int]) -> str:
    """Return the numbers of pages in words: the first five, and how many more."""
    first = ", ".join(map(str, numbers[:5]))
    return f"page{'s' * (len(numbers) > 1)} {first}" + (f" and {len(numbers) - 5} more" if len(numbers) > 5 else "")
