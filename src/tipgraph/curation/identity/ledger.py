"""Judgements in `reference/identity.csv`, their one home: read, given and undone, row by row.

Every other row stays as it is, byte for byte, and the file is written whole or not at all.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME, kit
from tipgraph.pipeline import VERDICTS, Joined, Judgement, Nodes, parted, path
from tipgraph.sources import SOURCE_FILE, Judge, Ledger, Row, plain, reference_of

COLUMNS = ("id", "left", "right", "verdict", "judge", "judgeKind", "judged", "reason")


class IdentityLedger:
    """The judgements of a folder of sources, with the nodes that they name."""

    def __init__(self, data: Path, nodes: Nodes) -> None:
        """Open the book of a folder; raise InputError where it has no folder `reference`."""
        if not (data / REFERENCE_NAME / SOURCE_FILE).is_file():
            message = (
                f"holds no folder `reference` with a {SOURCE_FILE}, the home of judgements; name the folder of the "
                "sources with --data, or make that folder"
            )
            raise InputError([Fault(message, shown(data))])
        self._ledger = Ledger(data / REFERENCE_NAME / "identity.csv", COLUMNS, COLUMNS)
        self._nodes = nodes
        self._data = data

    @property
    def path(self) -> Path:
        """The file."""
        return self._ledger.path

    def judgements(self) -> list[Judgement]:
        """Return all judgements as the file holds them now; raise InputError where it cannot be read."""
        return [self._judgement(row) for row in self._ledger.rows()]

    def answer(
        self, left: str, right: str, verdict: str, *, judge: Judge, reason: str, replace: bool = False, day: str = ""
    ) -> Judgement:
        """Add a judgement on two nodes, and return it; with `replace` it takes the place of what was judged of them.

        Raises CallError where it could not stand: two nodes of unlike kinds, one node twice, a judgement that others
        contradict (all of them are named), or words that a spreadsheet would run.
        """
        judge, reason = judge.checked(), plain(reason, "reason")
        judged = day or date.today().isoformat()  # noqa: DTZ011  the day of who judges
        with self._ledger.alone():
            book = self.judgements()
            old = Joined(book).between(left, right) if replace else []
            self._allow([one for one in (*self._lent, *book) if one not in old], left, right, verdict)
            one = Judgement(
                f"reference/identity/{kit.own_id(self._data, _next_id(book))}",
                left,
                right,
                verdict,
                judge.name,
                judge.kind,
                judged,
                reason,
            )
            self._write([before.number for before in old], [one])
        return one

    def undo(self, number: str, restore: Sequence[Judgement] = ()) -> Judgement:
        """Remove a judgement by the id of its row, and return it; `restore` gives back what it took the place of."""
        with self._ledger.alone():
            found = [one for one in self.judgements() if one.number == number]
            if not found:
                raise CallError(f"{number!r} is no judgement of {shown(self.path)}; its ids are in the first column")
            self._write([number], restore)
        return found[0]

    def of(self, left: str, right: str) -> Judgement:
        """Return the judgement on two nodes; raise CallError where there is none, with what joins or parts them."""
        book = self.judgements()
        for one in book:
            if one.pair == {left, right}:
                return one
        way = path(book, left, right) or parted(book, left, right)
        others = f"; these judgements tell of them: {'; '.join(map(str, way))}; undo one by its id" if way else ""
        raise CallError(f"nobody has judged {left} and {right} themselves{others}")

    def _allow(self, book: Sequence[Judgement], left: str, right: str, verdict: str) -> None:
        """Raise CallError where a judgement cannot stand beside others."""
        unlike = self._nodes.root(left) != self._nodes.root(right)
        if verdict not in VERDICTS:
            raise CallError(f"{verdict!r} is no verdict; say one of {', '.join(VERDICTS)}")
        if left == right:
            raise CallError(f"{left} is one node; name two")
        if unlike and verdict != "different":
            kinds = f"{self._nodes.root(left)} and {self._nodes.root(right)}"
            raise CallError(f"{left} and {right} are unlike things ({kinds}) and cannot be one")
        for one in book:
            if one.pair == {left, right}:
                raise CallError(f"this was judged before: {one}; --reopen replaces it, --undo {one.number} removes it")
        against = path(book, left, right) if verdict == "different" else parted(book, left, right)
        if against and verdict != "unsure":
            way = "; ".join(map(str, against))
            raise CallError(f"{verdict} would contradict what was judged before: {way}; undo one of them first")

    @cached_property
    def _lent(self) -> list[Judgement]:
        """The judgements of the kit on which the book of a project stands; none for any other folder."""
        table = reference_of(self._data).tables.get("identity")
        return [self._judgement(row) for row in table.rows if row.path] if table and kit.is_layered(self._data) else []

    def _judgement(self, row: Row) -> Judgement:
        cells = row.cells
        left, right = (self._nodes.known(cells[side]) for side in ("left", "right"))
        said = (cells[name] for name in ("verdict", "judge", "judgeKind", "judged", "reason"))
        return Judgement(f"reference/identity/{cells['id']}", left, right, *said)

    def _write(self, gone: Sequence[str], added: Iterable[Judgement]) -> None:
        """Write the file anew without some rows, and with others: a new one at the end, one given back in its place."""
        self._ledger.change(gone, [self._cells(one) for one in added], lambda other, own: _number(other) > _number(own))

    def _cells(self, one: Judgement) -> dict[str, str]:
        left, right = self._nodes.short(one.left), self._nodes.short(one.right)
        return dict(zip(COLUMNS, (one.number, left, right, *one[3:]), strict=True))


def _next_id(book: Iterable[Judgement]) -> str:
    """Return the id after the highest: `j137` after `j136`."""
    return f"j{max((_number(one.number) for one in book), default=0) + 1:03d}"


def _number(text: str) -> int:
    found = re.fullmatch(r"(?:.*-)?j([0-9]{1,9})", text)
    return int(found[1]) if found else 0
