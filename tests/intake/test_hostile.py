"""Hostile and huge documents get a clear answer, within limits of time and memory, and nothing is written."""

import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.intake.making import PARTS, write_docx
from tipgraph.cli import main
from tipgraph.errors import InputError
from tipgraph.sources import documents

WORDS = b"BT /F 12 Tf 20 200 Td (Harbour House opened a shelter.) Tj ET "
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"


def raw_pdf(path: Path, objects: Sequence[bytes], gap: int = 0) -> Path:
    """Write a PDF of objects; before the last one comes a gap of so many bytes."""
    offsets = []
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        for number, content in enumerate(objects, 1):
            file.seek(gap if number == len(objects) else 0, 1)
            offsets.append(file.tell())
            file.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
        table = file.tell()
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
        file.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
        file.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return path


def page(content: bytes, box: str = "0 0 400 300", times: int = 1) -> list[bytes]:
    """Return the objects of one page, its content compressed so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * times
    resources = b"/Resources << /Font << /F 5 0 R >> >>"
    return [
        CATALOGUE,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%b] /Contents 4 0 R %b >>" % (box.encode(), resources),
        b"<< /Length %d /Filter [%b] >>\nstream\n%b\nendstream" % (len(content), filters, content),
        FONT,
    ]


def test_what_a_bomb_hides_is_read_within_limits(tmp_path: Path) -> None:
    readable = {
        "huge-page": page(WORDS + b"BT 1 1 1 rg /F 12 Tf 20 100 Td (white) Tj ET", "0 0 1000000 1000000"),
        "twice-packed": page(WORDS + b" " * (1 << 26), times=2),
        "deep": page(b"q " * 1_000_000 + WORDS),
    }
    for name, objects in readable.items():
        file = raw_pdf(tmp_path / f"{name}.pdf", objects)
        assert documents.read(file).text == "Harbour House opened a shelter.\n"
        assert documents.picture(file, 1).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("objects", "message"),
    [
        ([CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 >>"], "1,000,000 pages, more than 2,000"),
        ([CATALOGUE, b"[" * 200_000 + b"]" * 200_000], "is no PDF, or is damaged"),
        (page(b"BT /F 1 Tf 20 200 Td " + b"(%b) Tj " % (b"a" * 100) * 2500 + b"ET"), "250,000 characters on page 1"),
        (page(b" "), "holds no text"),
    ],
    ids=["loop", "nested", "letters", "empty"],
)
def test_a_hostile_file_is_refused_with_a_reason(tmp_path: Path, objects: list[bytes], message: str) -> None:
    with pytest.raises(InputError, match=message):
        documents.read(raw_pdf(tmp_path / "report.pdf", objects))


def test_a_reader_is_ended_at_its_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = raw_pdf(tmp_path / "report.pdf", page(b"0 0 1 1 re f " * 3_000_000))
    monkeypatch.setattr(documents, "_SECONDS", 1)
    begun = time.monotonic()
    with pytest.raises(InputError, match="was not read within 1 seconds; split it"):
        documents.read(file)
    assert time.monotonic() - begun < 30
    monkeypatch.setattr(documents, "_SECONDS", 60)
    monkeypatch.setattr(documents, "_MEMORY", 400 << 20)
    with pytest.raises(InputError, match=r"ended its reader|needs more memory|is damaged"):
        documents.read(file)


def test_word_bombs_are_refused(tmp_path: Path) -> None:
    from zipfile import ZIP_DEFLATED, ZipFile

    entity = b'<!DOCTYPE a [<!ENTITY b "' + b"words " * 9 + b'">]>'
    for content, message in ((b" " * (65 << 20), "more than 64 MB"), (entity + b"<a>&b;</a>", "")):
        with ZipFile(tmp_path / "report.docx", "w", ZIP_DEFLATED) as package:
            package.writestr("word/document.xml", content)
        if message:
            with pytest.raises(InputError, match=message):
                documents.read(tmp_path / "report.docx")
        else:
            assert documents.read(tmp_path / "report.docx").text == ""


def test_five_hundred_pages_and_two_hundred_megabytes_are_added(tmp_path: Path) -> None:
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 505))
    content = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(WORDS), WORDS)
    one = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 300] /Contents 3 0 R /Resources << /Font << /F 4 0 R >> >> >>"
    )
    pages = [CATALOGUE, b"<< /Type /Pages /Kids [%b] /Count 500 >>" % kids, content, FONT, *[one] * 500, b"<< >>"]
    (tmp_path / "data").mkdir()
    file = raw_pdf(tmp_path / "report.pdf", pages, gap=200 << 20)
    assert file.stat().st_size > 200 << 20
    call = ["source", "add", str(file), "--data", str(tmp_path / "data"), "--texts", str(tmp_path / "texts")]
    result = CliRunner().invoke(main, [*call, "--title", "Report", "--publisher", "House", "--issued", "2026"])
    assert result.exit_code == 0, result.output
    assert "500 pages, 500 paragraphs" in result.output


def test_a_file_that_is_too_large_is_refused_at_once(tmp_path: Path) -> None:
    file = write_docx(tmp_path / "report.docx", PARTS[:2])
    with file.open("rb+") as opened:
        opened.truncate((300 << 20) + 1)
    with pytest.raises(InputError, match="is larger than 300 MB; split it"):
        documents.read(file)


def test_a_library_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tipgraph.errors import MissingExtra

    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtra, match=r"tipgraph\[documents\]"):
        documents.read(raw_pdf(tmp_path / "report.pdf", page(WORDS)))
