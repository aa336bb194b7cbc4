"""Hostile and huge documents get a clear answer, within limits of time and memory, and nothing is written."""

import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

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
        assert next(documents.pictures(file, [1])).startswith(b"\x89PNG")


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
    monkeypatch.setattr(documents, "_limits", lambda *_: (2 << 30, 1))
    begun = time.monotonic()
    with pytest.raises(InputError, match="took longer than 1 seconds and was stopped; split it"):
        documents.read(file)
    assert time.monotonic() - begun < 30
    monkeypatch.setattr(documents, "_limits", lambda *_: (400 << 20, 60))
    with pytest.raises(InputError, match=r"ended the process|needs more than|is damaged"):
        documents.read(file)


def test_word_bombs_are_refused(tmp_path: Path) -> None:
    entity = b'<!DOCTYPE a [<!ENTITY b "' + b"words " * 9 + b'">]>'
    for content, message in ((b" " * (65 << 20), "more than 64 MB"), (entity + b"<a>&b;</a>", "")):
        with ZipFile(tmp_path / "report.docx", "w", ZIP_DEFLATED) as package:
            package.writestr("word/document.xml", content)
        if message:
            with pytest.raises(InputError, match=message):
                documents.read(tmp_path / "report.docx")
        else:
            assert documents.read(tmp_path / "report.docx").text == ""


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RUN = "<w:p><w:r><w:t>words</w:t></w:r></w:p>"
ITEM = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr></w:pPr>{RUN[5:]}'
NUMBER = '<w:num w:numId="%d"><w:abstractNumId w:val="1"/></w:num>'
LETTERED = '<w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1."/>'
LIST = f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{LETTERED}</w:lvl></w:abstractNum>'
BASED = '<w:style w:styleId="s%d"><w:name w:val="%s"/><w:basedOn w:val="s%d"/></w:style>'
WHITE = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>words</w:t></w:r>'
NOTED = '<w:r><w:footnoteReference w:id="1"/></w:r>'
HOSTILE: dict[str, dict[str, str]] = {
    "boxes in boxes": {"document": "<w:p><w:r><w:txbxContent>" * 40 + RUN + "</w:txbxContent></w:r></w:p>" * 40},
    "a note often": {"document": f"<w:p>{NOTED * 5_000}</w:p>", "footnotes": f'<w:f w:id="1">{RUN * 5_000}</w:f>'},
    "a note in itself": {
        "document": f"<w:p>{NOTED}</w:p>",
        "footnotes": f'<w:f w:id="1">{"<w:p>" * 240}{NOTED * 5_000}{"</w:p>" * 240}</w:f>',
    },
    "styles": {"styles": "".join(BASED % (n, "heading 1" if n == 9_999 else "a", n + 1) for n in range(10_000))},
    "a long list": {"document": ITEM % 1 * 20_000, "numbering": LIST + NUMBER % 1},
    "lists": {
        "document": "".join(ITEM % n for n in range(20_000)),
        "numbering": LIST + "".join(NUMBER % n for n in range(20_000)),
    },
    "white words": {"document": f"<w:p>{WHITE}</w:p>" * 20_000},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_word_document_takes_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    with ZipFile(tmp_path / "report.docx", "w", ZIP_DEFLATED) as package:
        for part, content in ({"document": RUN} | HOSTILE[name]).items():
            package.writestr(f"word/{part}.xml", f"<w:a {WORD}><w:b>{content}</w:b></w:a>" if part == "document" else
                             f"<w:a {WORD}>{content}</w:a>")  # fmt: skip
    monkeypatch.setattr(documents, "_limits", lambda *_: (1 << 30, 4))
    assert len(documents.read(tmp_path / "report.docx").text) < 1 << 20


@pytest.mark.parametrize(
    "content",
    [
        "<ol type=a start=999999999>" + "<li>words" * 50_000,
        f"<p style='{'color:#fff;' * 50_000}background:red'>words",
        "<ol start=--9><li>words",
    ],
    ids=["a long list", "a long style", "no number"],
)
def test_a_hostile_page_takes_no_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    (tmp_path / "page.html").write_text(content)
    monkeypatch.setattr(documents, "_limits", lambda *_: (1 << 30, 6))
    assert "words" in documents.read(tmp_path / "page.html").text


def test_the_limits_of_a_reader_follow_the_size_and_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert documents._limits(".html", 3_000_000) == ((1 << 30) + 30_000_000, 33)
    assert documents._limits(".pdf", 300_000_000)[1] == 300
    (tmp_path / "page.html").write_text("<p>words</p>" * 500_000)
    monkeypatch.setattr(documents, "_limits", lambda *_: (200 << 20, 60))
    with pytest.raises(InputError, match=r"needs more than 200 MB of memory; split it"):
        documents.read(tmp_path / "page.html")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"one \x1b[2J two \x07"),
        ("a.html", b"<p>one \x1b[2J two &#7;</p>"),
        ("a.html", b"<p>one &#x1b;[2J two \x7f"),
    ],
)
def test_control_characters_are_replaced_and_counted(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    document = documents.read(tmp_path / name)
    assert document.text == "one �[2J two �\n"
    assert document.notices[0].startswith("� is in the text 2 times, for what is no character")


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
