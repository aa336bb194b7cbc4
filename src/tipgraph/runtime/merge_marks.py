"""The marks that git leaves in a file where two people changed the same lines."""

import re
from collections.abc import Iterator
from typing import Final

from tipgraph.errors import Fault

_CONFLICT: Final = re.compile(
    r"^<{7}(?: (?P<ours>[^\n]*))?\n(?P<first>.*?)^={7}\r?\n(?P<second>.*?)^>{7}(?: (?P<theirs>[^\n]*))?$", re.M | re.S
)
_MARK: Final = re.compile(r"^(?:<{7}|>{7})(?= |\r?$)", re.M)
_BASE: Final = re.compile(r"^\|{7}", re.M)


def merge_faults(text: str, file: str) -> list[Fault]:
    r"""Return a fault for each place of a text where git could not merge the changes of two people.

    >>> for fault in merge_faults("id\n<<<<<<< HEAD\na\nb\n=======\nc\n>>>>>>> other\n", "actors.csv"):
    ...     print(str(fault).partition(";")[0])
    actors.csv:2: git could not merge this: rows 3 to 4 are of HEAD, row 6 is of other
    """
    return list(_faults(text, file)) if _MARK.search(text) else []


def _faults(text: str, file: str) -> Iterator[Fault]:
    ends = 0
    for match in _CONFLICT.finditer(text):
        yield from _lone_marks(text, file, ends, match.start())
        ends = match.end()
        ours = _BASE.split(match["first"])[0]  # the common ancestor follows, if git was asked to write it
        sides = (
            _rows(text, match.start("first"), ours, match["ours"] or "one side"),
            _rows(text, match.start("second"), match["second"], match["theirs"] or "the other"),
        )
        yield Fault(
            f"git could not merge this: {', '.join(sides)}; keep the rows that hold, and remove the lines that begin "
            "with <<<<<<<, ======= and >>>>>>>",
            file,
            _line(text, match.start()),
        )
    yield from _lone_marks(text, file, ends, len(text))


def _lone_marks(text: str, file: str, start: int, end: int) -> Iterator[Fault]:
    for match in _MARK.finditer(text, start, end):
        message = "is a mark of git, without its other marks; look for rows of two people, and remove this line"
        yield Fault(message, file, _line(text, match.start()))


def _rows(text: str, start: int, part: str, side: str) -> str:
    first, count = _line(text, start), part.count("\n")
    if count < 2:
        return f"row {first} is of {side.strip()}" if count else f"no row is of {side.strip()}"
    return f"rows {first} to {first + count - 1} are of {side.strip()}"


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
