from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.model.names import acronym, folded, initials, is_acronym, numbers, parted, spelling, turned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Médecins Sans Frontières", "MEDECINS SANS FRONTIERES"),
        ("The Lantern Fund, Inc.", "Lantern Fund"),
        ("Hilfe für Opfer e.V.", "Hilfe für Opfer"),
        ("Casa Clara, A.C.", "Casa Clara"),
        ("Korea, Republic of", "Republic of Korea"),
        ("Bolivia (Plurinational State of)", "Plurinational State of Bolivia"),
        ("Counter-Trafficking Unit", "Countertrafficking Unit"),
        ("Women’s Bureau", "Women's Bureau"),
        ("Łódź Shelter", "Lodz Shelter"),
        ("Save the Children", "Save Children"),
    ],
)
def test_two_ways_to_write_one_name(one: str, other: str) -> None:
    assert spelling(one).joined == spelling(other).joined


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Niger", "Nigeria"),
        ("Phase I", "Phase II"),
        ("Fund for Lima", "Fund of Peru"),
        ("國際移民組織", "國際勞工組織"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert spelling(one).joined != spelling(other).joined


def test_a_name_of_small_words_alone_is_still_a_name() -> None:
    assert spelling("The The").words == ("the", "the")
    assert spelling("Ltd.").words == ("ltd",)
    assert spelling("…").words == ()


def test_acronyms_stand_in_brackets_after_or_before_the_name() -> None:
    assert parted("Inter-American Commission of Women (CIM)") == ("Inter-American Commission of Women", "CIM")
    assert parted("CIM (Inter-American Commission of Women)") == ("Inter-American Commission of Women", "CIM")
    assert parted("Office (Lima)") == ("Office (Lima)", "")
    assert [is_acronym(text) for text in ("IOM", "UNODC", "G/TIP", "Unit", "A", "NGO A")] == [True] * 3 + [False] * 3
    assert acronym("G/TIP") == acronym("GTIP")
    assert initials(spelling("International Organization for Migration").words) == "iom"


def test_numbers_tell_names_apart() -> None:
    assert numbers(("phase", "ii")) != numbers(("phase", "iii"))
    assert numbers(("mix", "vivid")) == frozenset()


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_and_how_a_letter_is_composed_does_not_matter(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert spelling(normalize("NFD", text)).words == spelling(normalize("NFC", text)).words


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    long, short = parted(text)
    assert set(long + short) <= set(text)
    assert turned(text) is not None
    assert all(spelling(text).words)
