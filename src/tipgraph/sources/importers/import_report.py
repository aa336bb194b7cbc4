"""The report of an import: what was read, what was left out, what was lost, and each fault of the file.

A fault is a value that cannot be read; mostly only that value is left open. It is counted by its kind, which is its
message without the values of the file.

Decision: docs/decisions/0209-a-fault-is-counted-by-its-kind.md.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tipgraph.errors import Fault
from tipgraph.runtime import sanitize
from tipgraph.sources.personal_data import masked

_MOST_REASONS, _MOST_KINDS, _MOST_NAMES = 10, 15, 25  # of a summary of at most 40 lines
_QUOTED = r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\(.*\)"
_VALUE = re.compile(rf"{_QUOTED}|(?<!as )(?<!between )(?<!\w)[-+]?\d(?:[\w.,:-]*\w)?")
_LOST = "lost: "  # before each fault with which something is lost
_PLURAL = re.compile(r"(?<=\w)(?:(ies)|s)\b")


@dataclass
class ImportReport:
    """The result of an import: the number of records, and the numbers of all that was left out.

    `left` counts reasons, `unread` parts of records without terms, `unresolved` names of unknown places. `lost` counts
    what the file has and the import has not: records, rows, amounts of money, roles, countries and regions. `nothing`
    says why no record was kept, and what to do, if an option left out all. `lines` has a line for each fault; it begins
    with "lost:" if something is lost with it.
    """

    records: int = 0
    left: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    nothing: str = ""
    _first: dict[str, Fault] = field(default_factory=dict)
    _losing: set[str] = field(default_factory=set)

    def add(self, fault: Fault, lost: str = "") -> None:
        """Add a fault; `lost` names what the graph lacks because of it, in the plural, such as "activities"."""
        kind = kind_of(fault)
        self.kinds[kind] += 1
        self._first.setdefault(kind, fault)
        self.faults.append(fault)
        self.lines.append(f"{_LOST * bool(lost)}{sanitize.visible(str(fault))}\n")
        if lost:
            self.lost[lost] += 1
            self._losing.add(kind)

    def fault_lines(self) -> Iterator[str]:
        """Yield the first fault of each of the most frequent kinds, and how many more there are; losses come first."""
        kinds = sorted(self.kinds.most_common(), key=lambda counted: counted[0] not in self._losing)
        for kind, count in kinds[:_MOST_KINDS]:
            more = f" (and {count - 1:,} more of this kind)" * (count > 1)
            yield f"{_LOST * (kind in self._losing)}{self._first[kind]}{more}"
        others = kinds[_MOST_KINDS:]
        if others:
            yield f"and {sum(count for _, count in others):,} faults of {len(others):,} more kinds"

    def summary_lines(self) -> Iterator[str]:
        """Yield the numbers of all that was left out, in lines for a person."""
        yield from (f"left out: {count:,} {reason}" for reason, count in self.left.most_common(_MOST_REASONS))
        others = self.left.most_common()[_MOST_REASONS:]
        if others:
            yield f"left out: {sum(count for _, count in others):,} for {len(others):,} more reasons"
        if self.unread:
            yield f"parts that are not read: {listed(self.unread)}"
        if self.unresolved:
            names = (f"{masked(name)!r} ({count})" for name, count in self.unresolved.most_common(_MOST_NAMES))
            yield f"unknown places: {', '.join(names)}{_more(self.unresolved)}"
        if self.lost:
            yield f"{_LOST}{', '.join(_numbered(count, name) for name, count in self.lost.most_common())}"
        if self.nothing:
            yield self.nothing


def kind_of(fault: Fault) -> str:
    """Return the message of a fault without the values of the file.

    >>> kind_of(Fault("'120' is no percentage; left out")), kind_of(Fault("adds up to 98.5, not 100"))
    ('… is no percentage; left out', 'adds up to …, not …')
    """
    return _VALUE.sub("…", fault.message)


def _numbered(count: int, names: str) -> str:
    """Return a number of things; of one thing the names are in the singular."""
    return f"{count:,} {names if count != 1 else _PLURAL.sub(lambda ending: 'y' if ending[1] else '', names)}"


def listed(counts: Counter[str]) -> str:
    """Return counts with their names, the largest first."""
    named = ", ".join(f"{count:,} {name}" for name, count in counts.most_common(_MOST_NAMES))
    return named + _more(counts)


def _more(counts: Counter[str]) -> str:
    more = len(counts) - _MOST_NAMES
    return f" and {more:,} more" * (more > 0)
