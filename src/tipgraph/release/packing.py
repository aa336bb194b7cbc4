"""What is packed in a file: by gzip and its like, in base64 within a text, as files in one JSON object."""

import bz2
import gzip
import io
import json
import lzma
import re
import zipfile
import zlib
from binascii import a2b_base64
from collections.abc import Callable, Mapping
from typing import IO, Any, Final

from tipgraph.release.formats import BROKEN

_OPENED: Final[Mapping[bytes, Callable[[IO[bytes]], Any]]] = {
    b"\x1f\x8b\x08": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
_PIECE: Final = 1 << 20
_LETTERS: Final = rb"[A-Za-z0-9+/_-]"
_WRAPPED: Final = re.compile(rb"(?<!%b)(?:%b{60,}+\r?\n[ \t]*+)+%b*+={0,2}" % (_LETTERS, _LETTERS, _LETTERS))
_RUN: Final = re.compile(rb"%b{16,}+={0,2}" % _LETTERS)
_START: Final = 16  # letters of a run by which most are known to be none: the ids and words of a page
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_MARKED: Final = re.compile(rb";base64,\s*$")
_SEEN: Final = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xf4]*")
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What stands before a run and may name it: the id of an element, or what is quoted before.
_CALLED: Final = re.compile(rb"""(?:\bid=["']([\w.-]{1,80})["'][^<>]{0,200}>|["']([\w.-]{1,80})["'])[\s,:=(\[+"']*$""")
_BEFORE: Final = 300
_FILES: Final = re.compile(rb'\s*\{\s*"[^"]{1,400}\.\w{1,8}"\s*:\s*"')
_PATH: Final = re.compile(r"[^\x00-\x1f]{1,400}\.\w{1,8}")


def inflated(raw: bytes, most: int) -> tuple[bytes, bool] | None:
    """Return what gzip, bzip2, xz or zlib have packed, and whether that is all; None where they have not.

    What is more than the most bytes is left out but for one.
    """
    opened = next((opened for mark, opened in _OPENED.items() if raw.startswith(mark)), None)
    if opened is None:
        return _of_zlib(raw, most)
    content = bytearray()
    try:
        with opened(io.BytesIO(raw)) as file:
            while len(content) <= most and (piece := file.read1(_PIECE)):
                content += piece
    except BROKEN:  # what it has given up to here is read all the same
        return (bytes(content), False) if content else None
    return bytes(content[: most + 1]), True


def _of_zlib(raw: bytes, most: int) -> tuple[bytes, bool] | None:
    if len(raw) < 6 or raw[0] & 15 != zlib.DEFLATED or int.from_bytes(raw[:2]) % 31:
        return None
    try:
        return zlib.decompressobj().decompress(raw, most + 1), True
    except zlib.error:
        return None


def files_in(raw: bytes) -> list[tuple[str, bytes]]:
    """Return the files that a JSON object holds by their paths; none where it is something else.

    >>> files_in(b'{"a/b.html": "<p>", "c.csv": "1"}')
    [('a/b.html', b'<p>'), ('c.csv', b'1')]
    """
    if not _FILES.match(raw):
        return []
    try:
        pairs = json.loads(raw, object_pairs_hook=list)  # a path that is there twice is read twice
    except BROKEN:
        return []
    if not all(isinstance(text, str) and _PATH.fullmatch(path) for path, text in pairs):
        return []
    return [(path, text.encode("utf-8", "replace")) for path, text in pairs]


def taken_out(raw: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """Return a text without the archives that stand in it in base64, and what was in base64, each with its place.

    What is base64 of a text is left in, since it may be a word that only looks so. An archive is not: of its millions
    of letters some would spell a short name by chance.

    >>> taken_out(b'<p id="x">WmFybGFuZCBGb3VuZGF0aW9u</p>')
    (b'<p id="x">WmFybGFuZCBGb3VuZGF0aW9u</p>', [('x', b'Zarland Foundation')])
    """
    found: list[tuple[str, bytes]] = []

    def read(run: re.Match[bytes]) -> bytes:
        before = run.string[max(0, run.start() - _BEFORE) : run.start()]
        marked = _MARKED.search(before) is not None
        content = _decoded(b"".join(run[0].split()), marked=marked)
        if content is None:
            return run[0]
        called = _CALLED.search(before)
        line = run.string.count(b"\n", 0, run.start()) + 1
        place = (called[1] or called[2]).decode("utf-8", "replace") if called else f"base64 in line {line}"
        found.append((place, content))
        return b" " + b"\n" * run[0].count(b"\n") if marked or _is_archive(content) else run[0]

    rest = _RUN.sub(read, _WRAPPED.sub(read, raw))
    return rest, found


def _decoded(run: bytes, *, marked: bool) -> bytes | None:
    """Return what a run of letters says in base64: an archive, a text, or anything where it is marked as base64."""
    letters = run.rstrip(b"=")
    if b"-" in letters or b"_" in letters:
        if b"+" in letters or b"/" in letters:
            return None
        letters = letters.translate(_URL_SAFE)
    start = a2b_base64(letters[:_START])
    if not (marked or _is_text_so_far(start) or _looks_packed(start)):
        return None
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    content = a2b_base64(letters + b"=" * (-len(letters) % 4))
    return content if marked or _is_text(content) or _is_archive(content) else None


def _is_text_so_far(start: bytes) -> bool:
    return _SEEN.fullmatch(start) is not None


def _looks_packed(start: bytes) -> bool:
    return start.startswith((*_OPENED, b"PK", b"PAR1")) or start[0] & 15 == zlib.DEFLATED


def _is_text(content: bytes) -> bool:
    try:
        return _UNSEEN.search(content.decode("utf-8")) is None
    except UnicodeDecodeError:
        return False


def _is_archive(content: bytes) -> bool:
    return (
        inflated(content, 0) is not None
        or content.startswith(b"PAR1")
        or (content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)))
    )
