"""Documents become the same paragraphs, whatever format they have."""

import textwrap
from pathlib import Path

import pytest

from tests.intake.making import PARTS, paragraphs, write_pdf
from tipgraph.sources import documents

LONG = PARTS * 4
PROSE = [part.text for part in PARTS if part.kind == "prose" and len(part.text) > 100]


def found(path: Path) -> list[str]:
    return documents.read(path).text.rstrip("\n").split("\n\n")


def test_a_pdf_of_several_columns_gives_the_same_paragraphs(tmp_path: Path) -> None:
    document = documents.read(write_pdf(tmp_path / "report.pdf", LONG, 2, 8))
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
    assert document.notices[0] == "hard line ends were undone: lines without an empty line between are one paragraph"
    assert "give the folder of the text to --texts" in document.notices[1]


def test_a_wrapped_text_without_empty_lines_has_the_paragraphs_of_its_lines_with_room(tmp_path: Path) -> None:
    wrapped = "\n".join(line for part in PROSE for line in textwrap.wrap(part, 60))
    (tmp_path / "report.txt").write_text(wrapped + "\n- an item of a list\n- another one\n", "utf-8")
    document = documents.read(tmp_path / "report.txt")
    assert document.text.rstrip("\n").split("\n\n") == [*PROSE, "- an item of a list", "- another one"]
    assert "without empty lines to go by: compare" in document.notices[0]
    rows = [f"Payee {number}, Lima, {number}000 US dollars, for the shelter of 2025" for number in range(9)]
    (tmp_path / "list.txt").write_text("\n".join(rows), "utf-8")
    document = documents.read(tmp_path / "list.txt")
    assert (len(document.kinds), document.notices) == (9, ())


@pytest.mark.parametrize(("suffix", "head"), [("txt", ""), ("html", "<p>"), ("html", "<meta charset=iso-8859-1><p>")])
def test_windows_1252_is_read(tmp_path: Path, suffix: str, head: str) -> None:
    path = tmp_path / f"report.{suffix}"
    path.write_bytes(f"{head}The “Fund” gave €5 – año".encode("cp1252"))
    document = documents.read(path)
    assert document.text == "The “Fund” gave €5 – año\n"
    assert any("Windows-1252" in notice for notice in document.notices) == (suffix == "txt")


def test_menus_of_a_saved_page_are_left_out_and_lists_of_links_are_not(tmp_path: Path) -> None:
    links = "<ul><li><a href=/>Home</a><li><a href=/n>News</a></ul>"
    menus = f"<div id=main-menu>{links}</div><div role=navigation>{links}</div><div class='site-footer'>{links}</div>"
    page = "<body class='has-menu'><h1>Report</h1><div class=sidebar><p>The Fund gave 5.</div><p>Partners:</p>"
    (tmp_path / "report.html").write_text(f"{page}<ul><li><a href=b>Bridge Centre</a></ul>{menus}", "utf-8")
    assert documents.read(tmp_path / "report.html").text.split("\n\n") == [
        "Report", "The Fund gave 5.", "Partners:", "Bridge Centre\n"]  # fmt: skip


def test_a_table_that_lays_out_a_page_is_prose(tmp_path: Path) -> None:
    cells = "<tr><td><p>One house opened.<p>It is in Lima.<td><table><tr><th>Donor<th>Sum<tr><td>Fund<td>5</table>"
    (tmp_path / "report.html").write_text(f"<table>{cells}</table>", "utf-8")
    document = documents.read(tmp_path / "report.html")
    assert document.text == "One house opened.\n\nIt is in Lima.\n\nDonor Sum\n\nFund 5\n"
    assert document.kinds == ("prose", "prose", "table", "table")


@pytest.mark.parametrize("gap", [0.25, 0.15, 0.1])
def test_spaces_that_a_justified_pdf_does_not_write_are_found_by_the_gaps(tmp_path: Path, gap: float) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    canvas, left = Canvas(str(tmp_path / "report.pdf"), pagesize=(420, 300)), 40.0
    sentence = "The Lantern Fund gave 40,000 US dollars to Harbour House, for a shelter in Lima."
    for word in sentence.split():
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(left, 250, word)
        left += stringWidth(word, "Times-Roman", 10) + 10 * gap
    spaced = canvas.beginText(40, 200)
    spaced.setCharSpace(2)
    spaced.textLine("A spaced line")
    canvas.drawText(spaced)
    canvas.save()
    assert documents.read(tmp_path / "report.pdf").text == f"{sentence}\n\nA spaced line\n"


def test_a_title_that_equals_the_running_head_is_kept(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "report.pdf"), pagesize=(420, 595))
    for page in range(4):
        canvas.setFont("Times-Roman", 8 if page else 16)
        canvas.drawString(40, 550, "A year of Harbour House")
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(40, 300, f"Words of page {page}.")
        canvas.showPage()
    canvas.save()
    document = documents.read(tmp_path / "report.pdf")
    assert document.text.count("A year of Harbour House") == 1
    assert (document.kinds[0], document.about["title"]) == ("heading", "A year of Harbour House")


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_pages_give_the_same_text_boxes_and_pictures(tmp_path: Path, angle: int) -> None:
    import pypdfium2

    straight = documents.read(write_pdf(tmp_path / "report.pdf", PARTS))
    with pypdfium2.PdfDocument(tmp_path / "report.pdf") as pdf:
        for page in pdf:
            page.set_rotation(angle)
        pdf.save(tmp_path / "turned.pdf")
    turned = documents.read(tmp_path / "turned.pdf")
    assert (turned.text, turned.pages) == (straight.text, straight.pages)
    placed = [pytest.approx(word.box, abs=0.2) for word in straight.layout.words]
    assert [word.box for word in turned.layout.words] == placed
    assert documents.picture(tmp_path / "turned.pdf", 1) == documents.picture(tmp_path / "report.pdf", 1)
