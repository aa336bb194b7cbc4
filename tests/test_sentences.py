import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.model.templates import Word, fields, pieces, say


def words(*texts: str, name: bool = False) -> list[Word]:
    return [Word(text, name=name) for text in texts]


def test_optional_parts_vanish_without_their_values() -> None:
    template = "{a} pays[ {b}][ for {c} in {d}]"
    assert say(template, {"a": words("X"), "b": words("5"), "c": words("tea")}) == "X pays 5"


def test_lists_are_joined_in_each_language() -> None:
    assert say("{a}", {"a": words("x", "y", "z")}) == "x, y and z"
    assert say("{a}", {"a": words("x", "y", "z")}, "es") == "x, y y z"
    assert say("{a}", {"a": words("taller", "investigación")}, "es") == "taller e investigación"


@given(st.text())
def test_a_value_is_never_read_as_a_template(value: str) -> None:
    assert say("[<{a}>]{b}", {"a": words(value) if value else [], "b": words(".")}) == (f"<{value}>." if value else ".")


def test_the_first_alternative_with_all_its_values_is_said() -> None:
    template = "A route [from {a} to {b}|between {c}|called {d}] is reported"
    assert (
        say(template, {"a": words("X"), "c": words("Y", "Z"), "d": words("D")}) == "A route between Y and Z is reported"
    )
    assert say(template, {"a": words("X"), "b": words("Y"), "d": words("D")}) == "A route from X to Y is reported"


def test_a_part_may_ask_for_equal_columns() -> None:
    template = "[within {a}{a=b}|from {a} to {b}|from {a}]"
    for b, said in ((words("X"), "within X"), (words("Y"), "from X to Y"), ([], "from X")):
        assert say(template, {"a": words("X"), "b": b}) == said
    assert say(template, {}) == ""


def test_a_part_may_ask_for_a_code() -> None:
    template = "{a}[, to be printed by {b}{c=state-planned}|, printed by {b}{c=state-done}|, printer: {b}]"
    for code, said in (("state-planned", "to be printed by"), ("state-done", "printed by"), ("other", "printer:")):
        values = {"a": words("A book"), "b": words("X"), "c": [Word("y", code=code)]}
        assert say(template, values) == f"A book, {said} X"
    assert say(template, {"a": words("A book"), "c": [Word("y", code="state-done")]}) == "A book"
    assert fields(template) == ["a", "b", "b", "b"]


def test_a_dash_takes_the_comma_of_what_follows_it() -> None:
    template = "{a} —[ {b}][, in {c}][; topic: {d}]"
    assert say(template, {"a": words("Talks"), "c": words("Rome")}) == "Talks — in Rome"
    assert say(template, {"a": words("Talks"), "d": words("law")}) == "Talks — topic: law"
    assert say(template, {"a": words("Talks")}) == "Talks"


def test_nothing_is_said_twice_in_a_row() -> None:
    template = "Work for {a}[, in {b}][, {c}]"
    assert say(template, {"a": words("training in Belize"), "b": words("Belize")}) == "Work for training in Belize"
    assert say(template, {"a": words("plain"), "b": words("Spain")}) == "Work for plain, in Spain"


@pytest.mark.parametrize(
    ("language", "name", "said"),
    [
        ("en", "Bahamas", "of the Bahamas"),
        ("en", "Latin America and the Caribbean", "of Latin America and the Caribbean"),
        ("en", "Office to Fight Crime", "of the Office to Fight Crime"),
        ("en", "First phase of a study", "of the First phase of a study"),
        ("en", "DePaul University", "of DePaul University"),
        ("en", "Experts from Chile", "of Experts from Chile"),
        ("es", "Gobierno de Chile", "del Gobierno de Chile"),
        ("es", "Comisión de Mujeres", "de la Comisión de Mujeres"),
        ("es", "Chile", "de Chile"),
    ],
)
def test_a_name_has_its_article_after_a_preposition(language: str, name: str, said: str) -> None:
    template = "{a}: {b} {a}"
    role = {"en": "organ of", "es": "órgano de"}[language]
    whole = say(template, {"a": words(name, name=True), "b": words(role)}, language)
    assert whole == f"{name}: {role.split()[0]} {said}"
    assert (
        say(template, {"a": words(name), "b": words(role)}, language) == f"{name}: {role} {name}"
    )  # no name of a thing


def test_what_is_in_another_language_is_a_piece_of_its_own() -> None:
    values = {"a": words("Taller"), "b": [Word("fair work", "en"), Word("law", "en")]}
    assert pieces("{a}: tema: {b}", values, "es", ["previsto"]) == [
        Word("Taller: tema: "), Word("fair work", "en"), Word(", "), Word("law", "en"), Word(" (previsto)")
    ]  # fmt: skip
    assert pieces("{a}", values, "es", ["previsto"]) == [Word("Taller (previsto)")]
