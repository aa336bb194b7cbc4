"""The report of an import: what was read, what was left out, what was lost, and each fault of the file.

A fault is a value that cannot be read; mostly only that value is left open. It is counted by its kind, which is its
message without the values of the file.

Decision: docs/decisions/0087-an-importer-makes-rows.md.
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

    `left` counts reasons, `unread` parts of records without terms, `unresolved` names of unknown places. Each of
    `faults_and_losses` is a fault with what the graph lacks because of it: records, rows, amounts of money, roles,
    places, or nothing.
    `nothing` says why no record was kept, and what to do, if an option left out all.
    """

    records: int = 0
    left: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)
    faults_and_losses: list[tuple[Fault, str]] = field(default_factory=list)
    nothing: str = ""

    @property
    def faults(self) -> list[Fault]:
        """The faults in the order of the file."""
        return [fault for fault, _ in self.faults_and_losses]

    @property
    def lost(self) -> Counter[str]:
        """What the file has and the import has not, with the number of each."""
        return Counter(lost for _, lost in self.faults_and_losses if lost)

    def lines(self) -> Iterator[str]:
        """Yield a line for each fault, which begins with "lost:" if something is lost with it."""
        return (f"{_LOST * bool(lost)}{sanitize.visible(str(fault))}\n" for fault, lost in self.faults_and_losses)

    def fault_lines(self) -> Iterator[str]:
        """Yield the first fault of each of the most frequent kinds, and how many more there are; losses come first."""
        found: dict[str, list[tuple[Fault, str]]] = {}
        for fault, lost in self.faults_and_losses:
            found.setdefault(kind_of(fault), []).append((fault, lost))
        kinds = sorted(found.values(), key=lambda kind: (not any(lost for _, lost in kind), -len(kind)))
        for kind in kinds[:_MOST_KINDS]:
            more = f" (and {len(kind) - 1:,} more of this kind)" * (len(kind) > 1)
            yield f"{_LOST * any(lost for _, lost in kind)}{kind[0][0]}{more}"
        if others := kinds[_MOST_KINDS:]:
            yield f"and {sum(map(len, others)):,} faults of {len(others):,} more kinds"

    def summary_lines(self, file: object) -> Iterator[str]:
        """Yield the numbers of all that was left out, in lines for a person, and the file that has each fault."""
        yield from (f"left out: {count:,} {reason}" for reason, count in self.left.most_common(_MOST_REASONS))
        if others := self.left.most_common()[_MOST_REASONS:]:
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
        kinds = len({kind_of(fault) for fault, _ in self.faults_and_losses})
        told = f"{_numbered(len(self.faults_and_losses), 'faults')} of {_numbered(kinds, 'kinds')}; each is in {file}"
        yield told if kinds else "no faults"


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
    return ", ".join(f"{count:,} {name}" for name, count in counts.most_common(_MOST_NAMES)) + _more(counts)


def _more(counts: Counter[str]) -> str:
    more = len(counts) - _MOST_NAMES
    return f" and {more:,} more" * (more > 0)
