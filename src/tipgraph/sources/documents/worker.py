"""Reads one document in a process of its own, since a hostile file may end its reader or fill the memory.

`documents.read` and `documents.pictures` start it. The answer is JSON on standard output, or pictures, each after its
length.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tipgraph.errors import InputError
from tipgraph.runtime import limit
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


def main(arguments: Sequence[str]) -> int:
    """Read a document (`memory seconds seen|all path`), or draw pages of it (`memory seconds 1,2 path`).

    Returns 1 after faults, which are JSON on the last line of standard error.
    """
    memory, seconds, task, name = arguments
    limit(int(memory), int(seconds))
    path = Path(name)
    try:
        if task[0].isdecimal():
            for picture in page_pictures(path, map(int, task.split(","))):
                sys.stdout.buffer.write(len(picture).to_bytes(SIZE, "big") + picture)
        else:
            sys.stdout.write(READERS[path.suffix.lower()](path, hidden=task == "all").to_json())
    except InputError as error:
        messages = [fault.message for fault in error.faults]
    except MemoryError:
        limit_ = f"{int(memory) >> 20:,} MB of memory, the limit for its size"
        messages = [f"needs more than {limit_}; split it, or print it to a new PDF"]
    except RecursionError:
        messages = ["is nested too deeply; save it anew"]
    else:
        return 0
    sys.stderr.write(f"\n{json.dumps(messages)}\n")
    return 1
