"""Pictures of pages: right in every pixel that counts, small, without any text, and only of pages that are there."""

import struct
import time
import zlib
from pathlib import Path

import pytest

from tests.intake.making import write_pdf
from tipgraph.errors import InputError
from tipgraph.sources import documents
from tipgraph.sources.documents.png import png


def chunks(picture: bytes) -> dict[bytes, bytes]:
    """Read the chunks of a PNG by a reader of the tests' own, with their sums."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    found, at = {}, 8
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        data = picture[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", picture, at + 8 + length)[0] == zlib.crc32(kind + data)
        found[kind] = data
        at += 12 + length
    return found


@pytest.mark.parametrize(("width", "padding"), [(4, 0), (5, 3)])
def test_grey_pixels_become_sixteen_shades(width: int, padding: int) -> None:
    shades = [[0, 17, 128, 255, 250][:width], [255, 255, 0, 0, 34][:width]]
    pixels = b"".join(bytes(shade for shade in row for _ in range(3)) + b"\7" * padding for row in shades)
    parts = chunks(png(width, 2, 3, width * 3 + padding, pixels))
    assert parts[b"IHDR"] == struct.pack(">IIBBBBB", width, 2, 8, 0, 0, 0, 0)
    rows = zlib.decompress(parts[b"IDAT"])
    read = [list(rows[y * (width + 1) + 1 : (y + 1) * (width + 1)]) for y in (0, 1)]
    assert read == [[(shade + 8) // 17 * 17 for shade in row] for row in shades]


def test_coloured_pixels_become_the_nearest_of_six_steps() -> None:
    parts = chunks(png(3, 1, 3, 9, bytes((255, 0, 0, 0, 130, 255, 20, 20, 20))))
    assert zlib.decompress(parts[b"IDAT"]) == bytes((0, 255, 0, 0, 0, 153, 255, 0, 0, 0))


def test_each_page_has_a_small_picture_without_words(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "report.pdf", size=16)
    pages = documents.read(path).pages
    drawn = list(documents.pictures(path, range(1, len(pages) + 1)))
    assert len(drawn) == len(pages) > 1
    for (width, height), picture in zip(pages, drawn, strict=True):
        parts = chunks(picture)
        assert parts.keys() <= {b"IHDR", b"IDAT", b"IEND"}
        wide, high = struct.unpack_from(">II", parts[b"IHDR"])
        assert high == 1300
        assert wide / high == pytest.approx(width / height, abs=0.002)
        assert 2_000 < len(picture) < 150_000


def test_a_page_that_cannot_be_drawn_has_no_picture(tmp_path: Path) -> None:
    """The others have theirs; after a process that failed no more is tried."""
    path = write_pdf(tmp_path / "report.pdf")
    drawn = list(documents.pictures(path, [1, 7, 1]))
    assert [bool(picture) for picture in drawn] == [True, False, True]
    path.write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(InputError, match="page 1 cannot be drawn"):
        documents.picture(path, 1)
    begun = time.monotonic()
    assert list(documents.pictures(path, [1] * 1000)) == [b""] * 1000
    assert time.monotonic() - begun < 20
