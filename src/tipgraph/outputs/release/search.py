"""One search of every file of a release for withheld names and ids, also in what is packed in it.

It reads archives, workbooks, gzip, Parquet, and Base64 of any of these; texts also without tags, and with entities,
escapes of JSON and of addresses decoded. It does not look for figures, days, or words of a text.
"""

import gzip
import io
import json
import re
import zipfile
from base64 import b64decode
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.outputs.release.words import Names

_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]{200,}={0,2}")


class Leak(NamedTuple):
    """A withheld name or id in a release: the file, with the file packed in it, and the place there."""

    file: str
    place: str
    what: str


def search(folder: Path, names: Names, ids: Collection[str]) -> Iterator[Leak]:
    """Yield the places of withheld names and ids, `source/table/row`, in the files of a folder and their paths.

    What is no text in UTF-8, such as a picture, is not read.
    """
    rows = re.compile(rf"(?:{'|'.join(sorted({re.escape(row.partition('/')[0]) for row in ids}))})/[\w./-]*\w")

    def found(text: str) -> str:
        known = (row.removesuffix(".html") for row in rows.findall(text)) if ids else ()
        return names.within(text) or next((row for row in known if row in ids), "")

    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        file = path.relative_to(folder).as_posix()
        if what := found(file):
            yield Leak(file, "its name", what)
        for name, raw in _parts(file, path.read_bytes()):
            text = _text(raw)
            if what := found(text):
                lines = (number for number, line in enumerate(text.splitlines(), 1) if found(line))
                yield Leak(name, f"line {next(lines, 1)}", what)


def _text(raw: bytes) -> str:
    try:
        return _BASE64.sub(b" ", raw).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _parts(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file as it is, or the files that are packed in it."""
    if raw.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield (
                f"{name}/(names)",
                "\n".join([*archive.namelist(), archive.comment.decode("utf-8", "replace")]).encode(),
            )
            for member in archive.namelist():
                yield from _parts(f"{name}/{member}", archive.read(member))
    elif raw.startswith(b"\x1f\x8b"):
        yield from _parts(f"{name} (unpacked)", gzip.decompress(raw))
    elif raw.startswith(b"PAR1"):
        from pyarrow import parquet

        table = parquet.read_table(io.BytesIO(raw))
        yield name, json.dumps([str(table.schema), table.to_pylist()], ensure_ascii=False, default=str).encode()
    else:
        yield name, raw
        for number, run in enumerate(_BASE64.findall(raw), 1):
            packed = b64decode(run[: len(run) - len(run) % 4])
            if packed.startswith((b"PK\x03\x04", b"\x1f\x8b", b"PAR1")):
                yield from _parts(f"{name} (packed {number})", packed)
