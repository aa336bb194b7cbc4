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
