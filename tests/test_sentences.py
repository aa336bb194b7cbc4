from hypothesis import given
from hypothesis import strategies as st

from tipgraph.sentences import say


def test_optional_parts_vanish_without_their_values() -> None:
    template = "{a} pays[ {b}][ for {c} in {d}]"
    assert say(template, {"a": ["X"], "b": ["5"], "c": ["tea"]}) == "X pays 5"


def test_lists_are_joined_in_each_language() -> None:
    assert say("{a}", {"a": ["x", "y", "z"]}) == "x, y and z"
    assert say("{a}", {"a": ["x", "y", "z"]}, "es") == "x, y y z"


@given(st.text())
def test_a_value_is_never_read_as_a_template(value: str) -> None:
    assert say("[<{a}>]{b}", {"a": [value] if value else [], "b": ["."]}) == (f"<{value}>." if value else ".")
