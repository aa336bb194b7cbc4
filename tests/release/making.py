"""Folders of sources that the tests make, and all that a folder of files says, read without any code of ours."""

import base64
import binascii
import csv
import gzip
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyarrow import parquet

# What unpacking raises of text that only looks packed.
CHANCE = (binascii.Error, OSError, EOFError, zlib.error)
SETTINGS = """title = "{title}"
issuedBy = "The testers"
issued = "2021"
licence = "CC BY 4.0"
textFile = "{name}.txt"
sha256 = "{digest}"
textKind = "held"
paragraphRule = "blocks"
"""
REFERENCE = """title = "Reference of the tests"
issuedBy = "The testers"
issued = "2021"
licence = "CC BY 4.0"
textKind = "none"
paragraphRule = "lines"
"""
PLACES: Sequence[Mapping[str, Any]] = (
    {"id": "erewhon", "type": "Country", "label": "Erewhon", "label@es": "Erewhon", "isoAlpha2": "EW"},
    {"id": "utopia", "type": "Country", "label": "Utopia", "label@es": "Utopía", "isoAlpha2": "UT"},
    {"id": "gormenghast", "type": "City", "label": "Gormenghast", "label@es": "Gormenghast", "partOf": "erewhon"},
)


def write_table(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def write_reference(
    data: Path, places: Sequence[Mapping[str, Any]] = PLACES, **tables: Sequence[Mapping[str, Any]]
) -> None:
    for name, rows in {"places": places, **tables}.items():
        write_table(data / "reference" / f"{name}.csv", rows)
    (data / "reference" / "source.toml").write_text(REFERENCE, "utf-8")


def write_source(data: Path, name: str, **tables: Sequence[Mapping[str, Any]]) -> None:
    """Write a source of which each claim has a sentence of its own, in the paragraph of its number."""
    folder, spans = data / name, list[dict[str, Any]]()
    for table, rows in tables.items():
        claims = [dict(row) for row in rows]
        if table not in ("actors", "places", "undertakings", "routes"):
            for row in claims:
                number = len(spans) + 1
                row.setdefault("evidence", f"s{number}")
                digest = sha256(f"{name} {number}".encode()).hexdigest()
                spans.append({"id": f"s{number}", "paragraph": number, "sentence": 1, "start": 100 * number + 7,
                              "end": 100 * number + 61, "digest": digest})  # fmt: skip
        write_table(folder / f"{table}.csv", claims)
    write_table(folder / "evidence.csv", spans)
    title = f"What {name} tells"
    (folder / "source.toml").write_text(
        SETTINGS.format(title=title, name=name, digest=sha256(name.encode()).hexdigest())
    )


def everything(folder: Path) -> str:
    """Return all that the files of a folder say, and how they are called; archives, columns and base64 unpacked."""
    said: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        said.append(path.relative_to(folder).as_posix())
        said += _said(path.name, path.read_bytes())
    return "\n".join(said)


def _said(name: str, raw: bytes) -> Iterable[str]:
    if raw.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(raw))
        for part in archive.namelist():
            yield part
            yield from _said(part, archive.read(part))
    elif raw.startswith(b"\x1f\x8b"):
        yield from _said(name, gzip.decompress(raw))
    elif raw.startswith(b"PAR1"):
        file = parquet.ParquetFile(io.BytesIO(raw))
        yield str(file.schema_arrow.metadata)
        yield str(file.read().to_pylist())
    else:
        text = raw.decode("utf-8", "replace")
        yield text
        yield from _said_in_files(text)
        for run in re.finditer(r"([A-Za-z0-9+/]?)(H4sI[A-Za-z0-9+/]{12,}={0,2})", text):  # how what gzip packs begins
            with suppress(*(CHANCE if run[1] else ())):  # within other base64 the four letters may be chance
                yield from _said("", base64.b64decode(run[2]))


def _said_in_files(text: str) -> Iterable[str]:
    """Yield what files say that stand in one JSON object by their paths."""
    with suppress(ValueError):
        for path, content in (json.loads(text) if text.startswith("{") else {}).items():
            if "." in path and isinstance(content, str):
                yield path
                yield from _said(path, content.encode())
