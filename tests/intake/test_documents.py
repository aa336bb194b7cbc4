"""Documents become the same paragraphs, whatever format they have."""

from pathlib import Path

import pytest

from tests.intake.making import PARTS, paragraphs, write_docx, write_html, write_pdf
from tipgraph.sources import documents

LONG = PARTS * 4


def found(path: Path) -> list[str]:
    return documents.read(path).text.rstrip("\n").split("\n\n")


def test_html_and_word_give_the_same_paragraphs(tmp_path: Path) -> None:
    assert found(write_html(tmp_path / "report.html")) == paragraphs()
    assert found(write_docx(tmp_path / "report.docx")) == paragraphs()


@pytest.mark.parametrize("columns", [1, 2])
def test_a_pdf_of_several_pages_gives_the_same_paragraphs(tmp_path: Path, columns: int) -> None:
    document = documents.read(write_pdf(tmp_path / "report.pdf", LONG, columns, 10 if columns == 1 else 8))
    assert len(document.pages) > 1
    assert document.text.rstrip("\n").split("\n\n") == paragraphs(LONG)


def test_what_word_and_a_browser_do_not_show_is_kept_apart(tmp_path: Path) -> None:
    from docx import Document
    from docx.shared import RGBColor

    word = Document()
    paragraph = word.add_paragraph("Seen ")
    paragraph.add_run("unseen").font.hidden = True
    paragraph.add_run("pale").font.color.rgb = RGBColor(255, 255, 255)
    word.save(str(tmp_path / "report.docx"))
    document = documents.read(tmp_path / "report.docx")
    assert (document.text, document.hidden) == ("Seen\n", {0: "unseen pale"})
    assert documents.read(tmp_path / "report.docx", hidden=True).text == "Seen unseenpale\n"
    hidden = "<b style='font-size:0'>small</b><p hidden>none</p><footer>© House</footer>"
    (tmp_path / "report.html").write_text(f"<body><p>Seen {hidden}</body>", "utf-8")
    document = documents.read(tmp_path / "report.html")
    assert (document.text, document.kinds) == ("Seen\n\n© House\n", ("prose", "page-matter"))
    assert "'small none'" in document.notices[0]


def test_a_wrapped_text_is_unwrapped_and_says_so(tmp_path: Path) -> None:
    lines = [
        "The first paragraph has two",
        "lines, and an inter-",
        "national word.",
        "",
        "Another one has",
        "two lines.",
    ]
    (tmp_path / "report.txt").write_text("\n".join(lines), "utf-8")
    document = documents.read(tmp_path / "report.txt")
    assert document.text.split("\n\n")[0] == "The first paragraph has two lines, and an international word."
    assert document.notices == ("hard line ends were undone: lines without an empty line between are one paragraph",)


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages_give_the_same_text_and_boxes_as_they_are_shown(tmp_path: Path, angle: int) -> None:
    import pypdfium2

    straight = documents.read(write_pdf(tmp_path / "report.pdf", PARTS))
    with pypdfium2.PdfDocument(tmp_path / "report.pdf") as pdf:
        for page in pdf:
            page.set_rotation(angle)
        pdf.save(tmp_path / "turned.pdf")
    turned = documents.read(tmp_path / "turned.pdf")
    assert turned.text == straight.text
    (width, height), box, new = straight.pages[0], straight.words[0].box, turned.words[0].box
    assert turned.pages[0] == ((width, height) if angle == 180 else (height, width))
    left = {90: height - box.bottom, 180: width - box.right, 270: box.top}[angle]
    top = {90: box.left, 180: height - box.bottom, 270: width - box.right}[angle]
    assert [new.left, new.top] == pytest.approx([left, top], abs=0.2)
