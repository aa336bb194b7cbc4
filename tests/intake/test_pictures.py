"""Pictures of pages: right in every pixel that counts, small, without any text, and only of pages that are there."""

import struct
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
    assert parts[b"IHDR"] == struct.pack(">IIBBBBB", width, 2, 4, 0, 0, 0, 0)
    rows = zlib.decompress(parts[b"IDAT"])
    step = 1 + (width + 1) // 2
    read = [[half for byte in rows[y * step + 1 : (y + 1) * step] for half in (byte >> 4, byte & 15)] for y in (0, 1)]
    assert [row[:width] for row in read] == [[(shade + 8) // 17 for shade in row] for row in shades]


def test_coloured_pixels_become_the_nearest_colour_of_a_palette() -> None:
    colours = [(255, 0, 0), (0, 130, 255), (20, 20, 20)]
    parts = chunks(png(3, 1, 3, 9, bytes(part for colour in colours for part in colour)))
    rows = zlib.decompress(parts[b"IDAT"])
    read = [tuple(parts[b"PLTE"][index * 3 : index * 3 + 3]) for index in rows[1:]]
    assert read == [(255, 0, 0), (0, 153, 255), (0, 0, 0)]


def test_each_page_has_a_small_picture_without_words(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "report.pdf", size=16)
    pages = documents.read(path).pages
    drawn = list(documents.pictures(path, range(1, len(pages) + 1)))
    assert len(drawn) == len(pages) > 1
    for (width, height), picture in zip(pages, drawn, strict=True):
        parts = chunks(picture)
        assert parts.keys() <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
        wide, high = struct.unpack_from(">II", parts[b"IHDR"])
        assert high == 1300
        assert wide / high == pytest.approx(width / height, abs=0.002)
        assert 2_000 < len(picture) < 150_000
    assert documents.picture(path, 2) == drawn[1]
    with pytest.raises(InputError, match="and no page 9"):
        documents.picture(path, 9)


def test_a_page_that_cannot_be_drawn_has_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others have theirs; after three failures no more is tried."""
    path = write_pdf(tmp_path / "report.pdf")
    drawn = list(documents.pictures(path, [1, 7, 1]))
    assert [bool(picture) for picture in drawn] == [True, False, True]
    asked: list[str] = []
    work = documents._work

    def noted(path: Path, task: str) -> bytes:
        asked.append(task)
        return work(path, task)

    monkeypatch.setattr(documents, "_work", noted)
    assert list(documents.pictures(path, range(5, 12))) == [b""] * 7
    assert asked == ["5,6,7,8,9,10,11", "5", "6", "7"]
