"""Why tests were skipped: a table of each reason, once, with its count, for the end of a run."""

from collections import Counter
from collections.abc import Iterable

import pytest


def lines(reasons: Iterable[str]) -> list[str]:
    """Return the lines of the table, the most frequent reason first; none where nothing was skipped.

    >>> print(*lines(["no fish", "no Firefox: install one", "no fish"]), sep="\\n")
    skipped: 3 tests, for 2 reasons
         2  no fish
         1  no Firefox: install one
    """
    counts = Counter(reasons)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    first = f"skipped: {_many(counts.total(), 'test')}, for {_many(len(counts), 'reason')}"
    return [first, *(f"{count:6}  {reason}" for reason, count in ordered)] if counts else []


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return why a test, or a whole file, was skipped. Another process hands its report over as plain lists."""
    where = report.longrepr
    return str(where[2] if isinstance(where, tuple | list) else where).removeprefix("Skipped: ")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
