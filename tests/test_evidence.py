import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.sources.evidence.quotes import kept, place, places
from tipgraph.sources.evidence.segment import paragraphs, sentences
from tipgraph.sources.evidence.spans import Locator, alike, digest, disagreements, locate, locate_span, matches
from tipgraph.sources.folder import read_text

from .conftest import SMALL_TEXTS

TEXT = read_text(SMALL_TEXTS / "harbour.txt")


def test_blocks_and_lines_cut_the_same_text_differently() -> None:
    assert [p.number for p in paragraphs(TEXT, "blocks")] == [1, 2, 3]
    assert len(paragraphs(TEXT, "lines")) == 4


def test_abbreviations_do_not_end_a_sentence() -> None:
    second = paragraphs(TEXT, "blocks")[1]
    assert [TEXT[s.start : s.end][:12] for s in sentences(TEXT, second)] == ["In June 2020", "The seminars"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("See AG/RES. 2019 now. It ends.", 2),
        ("Mr. Smith went. He came.", 2),
        ("A plan “to act.” The next.", 2),
        ("No. 03-051/05 was sent. Done!", 2),
        ("The U.S. Government pays. St. Lucia too.", 2),
        ("It cost 1.5 million. 2004 was wet.", 2),
        ("one. two three", 1),
    ],
)
def test_sentences(text: str, number: int) -> None:
    assert len(sentences(text, paragraphs(text)[0])) == number


def test_a_phrase_is_found_across_line_breaks_and_shapes_of_quotes() -> None:
    assert len(locate(TEXT, "each year, says Harbour Watch", "blocks")) == 1
    assert len(locate(TEXT, "Dr. Vega's  house", "blocks")) == 1


@pytest.mark.parametrize(
    ("text", "phrase", "slices"),
    [
        ("\u2018anti\u2011\ntrafficking\u2019", '"ANTI-trafficking"', ["\u2018anti\u2011\ntrafficking\u2019"]),
        ("The o\ufb03ce of Jose\u0301\u2019s", "OFFICE of Jos\u00e9's", ["o\ufb03ce of Jose\u0301\u2019s"]),
        ("anti\u2011\ntrafficking \u2014 so", "Anti-trafficking - so", ["anti\u2011\ntrafficking \u2014 so"]),
        ("co\u00adop\u00a0work", "coop work", ["co\u00adop\u00a0work"]),
        ("Art, art and parts.", "art", ["art"]),
        ("Art and parts.", "art", ["Art"]),
        ("all parts", "art", ["art"]),
        ("o\ufb03ce", "of", []),
        ("cafe\u0301", "cafe", []),
        ("in formation", "information", []),
    ],
)
def test_forms_of_letters_marks_and_spaces_are_folded(text: str, phrase: str, slices: list[str]) -> None:
    assert [text[found.start : found.end] for found in locate(text, phrase, "blocks")] == slices


@given(st.data())
def test_words_in_another_form_are_found_in_their_place(data: st.DataObject) -> None:
    paragraph = data.draw(st.sampled_from(paragraphs(TEXT, "blocks")))
    start = data.draw(st.integers(paragraph.start, paragraph.end - 1))
    end = data.draw(st.integers(start + 1, paragraph.end))
    words = TEXT[start:end]
    other = data.draw(st.sampled_from([words.upper(), words.lower(), words.replace("’", "'"), " ".join(words.split())]))
    if alike(words):
        assert any(first >= start and last <= end for first, last in matches(TEXT, other))


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("The anti-trafficking work", "anti trafficking work", "anti-trafficking work"),
        ("The antitrafficking work", "the anti-\ntrafficking work", "The antitrafficking work"),
        ("So the Fundgave money.", "the Fund gave money", "the Fundgave money"),
        ("So the Fund gave money.", "“the Fundgave money”", "the Fund gave money"),
        ("The trained anti-traffickers", "trained anti traffick", ""),
        ("in formation", "information", ""),
    ],
)
def test_a_quote_without_a_place_is_searched_without_regard_to_spaces_and_hyphens(
    text: str, quote: str, found: str
) -> None:
    assert [text[one.start : one.end] for one in places(text, quote, "lines")[0]] == [found] * bool(found)


def test_a_number_after_a_quote_is_its_place_unless_the_text_has_it() -> None:
    text = "Lima. Project #2 and Project #3. Lima."
    assert place(text, "Lima#2").start == text.rindex("Lima")
    assert place(text, "Project #2").start == text.index("Project")
    assert place(text, "“Project #3”").start == text.rindex("Project")
    with pytest.raises(ValueError, match=r"in 2 places only \(¶1 s1, ¶1 s\d\); use a number up to 2"):
        place(text, "Lima#3")


def test_a_number_counts_places_of_any_case_and_the_case_decides_only_without_a_number() -> None:
    text = "The training began. They liked the training. Then the training ended. One Training."
    starts = [match.start() for match in re.finditer("(?i)the training", text)]
    assert [place(text, f"The training#{number}").start for number in (1, 2, 3)] == starts
    assert [place(text, f"the training#{number}").start for number in (1, 2, 3)] == starts
    assert place(text, "The training").start == starts[0]
    with pytest.raises(ValueError, match=r"several places \(¶1 s1, ¶1 s2, ¶1 s3\)"):
        place(text, "the training")
    with pytest.raises(ValueError, match=r"in 1 place only \(¶1 s4\); write no number"):
        place(text, "one training#2")
    for start in starts:
        locator = locate_span(text, start, start + len("the training"))
        assert locator
        assert place(text, kept(text, locator, "lines")) == locator


def test_a_phrase_is_not_found_across_paragraphs() -> None:
    assert locate(TEXT, "year 2020 In June", "blocks") == []
    assert locate(TEXT, "  ", "blocks") == []


def test_a_locator_is_verified_and_each_change_is_told() -> None:
    claimed = locate(TEXT, "the Lantern Fund", "blocks")[0]
    assert disagreements(TEXT, claimed, "blocks") == []
    assert disagreements(TEXT, claimed._replace(paragraph=3), "blocks") == ["paragraph expected 3, found 2"]
    assert disagreements(TEXT, claimed._replace(sentence=2), "blocks") == ["sentence expected 2, found 1"]
    assert "digest expected" in disagreements(TEXT, claimed._replace(start=claimed.start + 1), "blocks")[0]
    assert "outside the text" in disagreements(TEXT, claimed._replace(end=10_000), "blocks")[0]
    assert "digest expected" in disagreements(TEXT.replace("Lantern", "lantern"), claimed, "blocks")[0]


def test_a_span_over_two_paragraphs_is_told() -> None:
    claimed = Locator(1, 1, 0, 60, digest(TEXT[0:60]))
    assert disagreements(TEXT, claimed, "blocks") == ["span 0–60 does not lie within one paragraph"]


def test_a_paragraph_of_the_map_must_be_whole() -> None:
    first = paragraphs(TEXT, "blocks")[0]
    part = Locator(1, 1, first.start, first.end - 1, digest(TEXT[first.start : first.end - 1]))
    assert "is not the whole" in disagreements(TEXT, part, "blocks", whole_paragraph=True)[0]


@given(st.text(alphabet="ab .\n“”é\U0001f600\u00a0", max_size=80), st.sampled_from(["lines", "blocks"]))
def test_paragraphs_and_sentences_hold_every_visible_character_once(text: str, rule: str) -> None:
    spans = [s for p in paragraphs(text, rule) for s in sentences(text, p)]
    covered = [offset for span in spans for offset in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)


def test_the_first_document_is_cut_as_its_readers_count(shared_texts: Path) -> None:
    text = read_text(shared_texts / "oas-cim-2005.txt")
    cut = paragraphs(text, "lines")
    assert (len(text), len(cut)) == (15614, 46)
    assert [len(sentences(text, cut[n - 1])) for n in (9, 14, 15, 23, 45)] == [3, 7, 6, 6, 6]
