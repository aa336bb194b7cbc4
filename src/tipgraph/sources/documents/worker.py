"""Reads one document in a process of its own, since a hostile file may end its reader or fill the memory.

`documents.read` and `documents.pictures` start it. The answer is JSON on standard output, or pictures, each after its
length.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tipgraph.sources.documents import SIZE
from tipgraph.sources.documents.docx import read_docx
from tipgraph.sources.documents.html import read_html
from tipgraph.sources.documents.layout import Document
from tipgraph.sources.documents.pdf import page_pictures, read_pdf
from tipgraph.sources.documents.plain import read_plain

READERS: Mapping[str, Callable[..., Document]] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_plain,
}


def main(arguments: Sequence[str]) -> None:
    """Read a document (`seen|all path`), or draw pages of it (`1,2 path`); raise InputError."""
    task, name = arguments
    path = Path(name)
    if task[0].isdecimal():
        for picture in page_pictures(path, map(int, task.split(","))):
            sys.stdout.buffer.write(len(picture).to_bytes(SIZE, "big") + picture)
    else:
        sys.stdout.write(READERS[path.suffix.lower()](path, hidden=task == "all").to_json())
