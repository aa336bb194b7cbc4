"""Reads one document in a process of its own, since a hostile file may end its reader or fill the memory.

`documents.read` and `documents.picture` start it. The answer is JSON on standard output, or the bytes of a picture.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tipgraph.errors import InputError
from tipgraph.runtime import limit
from tipgraph.sources.documents.docx import read_docx
from tipgraph.sources.documents.html import read_html
from tipgraph.sources.documents.layout import Document
from tipgraph.sources.documents.pdf import page_picture, read_pdf
from tipgraph.sources.documents.plain import read_plain

READERS: Mapping[str, Callable[[Path], Document]] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_plain,
}


def main(arguments: Sequence[str]) -> int:
    """Read `memory seconds path`, or draw a page of it with `page` as a fourth; 1 is returned for what has faults."""
    memory, seconds, name, *page = arguments
    limit(int(memory), int(seconds))
    path = Path(name)
    try:
        if page:
            sys.stdout.buffer.write(page_picture(path, int(page[0])))
        else:
            sys.stdout.write(READERS[path.suffix.lower()](path).to_json())
    except InputError as error:
        sys.stderr.write(json.dumps([fault.message for fault in error.faults]))
        return 1
    except MemoryError:
        sys.stderr.write(json.dumps(["needs more memory than a document may take; split it, or save it anew"]))
        return 1
    return 0
