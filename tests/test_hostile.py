"""What is done to hostile text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tipgraph.runtime.sanitize import neutral, visible, xml

OBEYED = ["\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u061c", "\u2028", "\u180e", "\ufeff", "\U000e0041", "\x00"]


@pytest.mark.parametrize("character", OBEYED)
def test_what_a_terminal_would_obey_is_replaced(character: str) -> None:
    assert visible(f"a{character}b") == "a\ufffdb"


@given(st.text())
def test_every_text_fits_into_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = xml(text)
    assert etree.fromstring(etree.tostring(element)).text in (xml(text).replace("\r", "\r"), xml(text) or None)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_neutral_begins_no_formula(text: str) -> None:
    cell = neutral(text)
    assert not cell.startswith(("=", "@", "\t", "\r"))
    assert cell in (text, f"'{text}") or "\r" in text


@pytest.mark.parametrize("cell", ["-1+HYPERLINK(1)", "+1+cmd|' /C calc'!A0", "=1", "@SUM(1)", "-x"])
def test_formulas_get_an_apostrophe(cell: str) -> None:
    assert neutral(cell) == f"'{cell}"
