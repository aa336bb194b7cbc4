"""The places of words on pages are kept beside the text, and found again."""

from pathlib import Path

import pytest

from tests.intake.making import PARTS, write_pdf
from tipgraph.errors import InputError
from tipgraph.sources import Texts, documents


def test_a_span_has_a_page_and_a_box_for_each_line(tmp_path: Path) -> None:
    document = documents.read(write_pdf(tmp_path / "report.pdf", PARTS * 4))
    (tmp_path / "report.txt").write_text(document.text, "utf-8")
    (tmp_path / "report.layout.json").write_text(document.layout.to_json(), "utf-8")
    layout = Texts(tmp_path).layout("report.txt")
    assert layout is not None
    assert layout.pages == document.pages
    sentence = "It opened in May 2025 and took in ninety-two guests during its first year"
    starts = [at for at in range(len(document.text)) if document.text.startswith(sentence, at)]
    pages = [layout.page_of(start, start + len(sentence)) for start in starts]
    assert pages == sorted(pages)
    assert pages[0] == 1 < pages[-1] <= len(layout.pages)
    boxes = layout.boxes(starts[0], starts[0] + len(sentence))
    assert 1 < len(boxes) < 5
    width, height = layout.pages[0]
    assert all(0 < box.left < box.right < width and 0 < box.top < box.bottom < height for box in boxes)
    assert [box.top for box in boxes] == sorted(box.top for box in boxes)


def test_texts_without_pages_have_no_layout_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("A text.\n", "utf-8")
    assert Texts(tmp_path).layout("report.txt") is None
    assert Texts(tmp_path).path("report.txt") == tmp_path / "report.txt"
    (tmp_path / "report.layout.json").write_text('{"pages": 1, "words": []}', "utf-8")
    with pytest.raises(InputError, match=r"report\.layout\.json: is no layout .*add the document again"):
        Texts(tmp_path).layout("report.txt")
