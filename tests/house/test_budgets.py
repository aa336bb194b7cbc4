"""The size of each room is within its row of `budgets.csv`, whose limits only fall together.

A line of code of Python is neither blank, nor a comment, nor a docstring. Scripts and tests count all their lines.
"""

import ast
import csv
import io
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

HOME: Final = Path(__file__).parents[2]
TABLE: Final = Path(__file__).with_name("budgets.csv")
SPARE: Final = 1.05
_NO_CODE = frozenset({
    tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER,
})  # fmt: skip


class Room(NamedTuple):
    """A room: its folders, today's limit and the goal, in lines."""

    room: str
    folders: Sequence[str]
    limit: int
    goal: int


@cache
def rooms() -> list[Room]:
    with TABLE.open(encoding="utf-8") as opened:
        return [
            Room(row["room"], row["folders"].split(), int(row["limit"]), int(row["goal"]))
            for row in csv.DictReader(opened)
        ]


@cache
def sizes() -> Counter[str]:
    """Return the lines of each room; a file belongs to the room that names the longest part of its path."""
    owners = {HOME / folder: room.room for room in rooms() for folder in room.folders}
    found: Counter[str] = Counter()
    for path in _written():
        text = path.read_text("utf-8")
        room = owners[next(above for above in (path, *path.parents) if above in owners)]
        whole = room == "tests" or path.suffix == ".js"
        found["scripts" if path.suffix == ".js" else room] += text.count("\n") if whole else code_lines(text)
    return found


def _written() -> Iterator[Path]:
    """Yield the modules and scripts that are in git."""
    for path in (*(HOME / "src").rglob("*.py"), *(HOME / "tests").rglob("*.py"), *(HOME / "src").rglob("*.js")):
        if "vendor" not in path.parts:
            yield path


def code_lines(text: str) -> int:
    """Return the number of lines of a module that are neither blank, nor comment, nor docstring."""
    kept = {
        line
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type not in _NO_CODE
        for line in range(token.start[0], token.end[0] + 1)
    }
    return len(kept.difference(*_texts(ast.parse(text))))


def _texts(module: ast.Module) -> Iterator[range]:
    """Yield the lines of texts that stand for themselves, as docstrings do."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield range(node.lineno, (node.end_lineno or node.lineno) + 1)


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.room)
def test_a_room_is_within_its_budget(room: Room) -> None:
    found = sizes()[room.room]
    assert found <= room.limit * SPARE, (
        f"{room.room} has {found:,} lines and may have {room.limit:,}: a row rises only where another one falls"
    )


def test_only_code_counts() -> None:
    assert (
        code_lines(
            '"""A module."""\n\n# why\nX = [\n    1,\n]\n\n\ndef one() -> int:\n    """Return one."""\n    return 1\n'
        )
        == 5
    )
