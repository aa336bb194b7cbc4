"""Decisions that a text may stay, although it may be personal: rows of `reference/allowed.csv`.

Decision: docs/decisions/0093-answers-hold-what-may-stay-in-words.md.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tipgraph.curation.desk import Decision, Desk
from tipgraph.curation.ledger import Cells, Ledger, Signature, reference_ledger
from tipgraph.curation.verdicts import PERSONAL
from tipgraph.errors import CallError, shown
from tipgraph.sources import Row, Table, allowlist, cell_rules, find_personal


class SuspectText(NamedTuple):
    """A text that may be personal, and the source in which it is judged; every source if there is none."""

    text: str
    source: str = ""


class AllowlistDesk(Desk[SuspectText]):
    """The texts that may stay in a folder of sources."""

    verdicts = PERSONAL

    def case(self, *names: str) -> SuspectText:
        """Return a text, and perhaps its source, as a case."""
        return SuspectText(*names)

    def is_open(self, case: SuspectText, decisions: Sequence[Decision[SuspectText]], *, reopen: bool = False) -> bool:
        """Tell whether no row allows a text; with `reopen`, none of these decisions."""
        if reopen:
            return case not in [decision.case for decision in decisions]
        return not allowlist.allowed(self.data).about(*case)

    def decided(self, *names: str) -> Decision[SuspectText]:
        """Return the decision about a text, and perhaps its source."""
        case = self.case(*names)
        if not (found := allowlist.allowed(self.data).about(*case)):
            raise CallError(f"nobody has answered {case.text!r}")
        return Decision(case, f"{found[0].id}: {found[0].decision}", self._ledger(case), [found[0].id], [])

    def _ledger(self, case: SuspectText) -> Ledger:  # noqa: ARG002  all are in one table
        return reference_ledger(self.data, allowlist.BOOK, tuple(cell_rules()[allowlist.BOOK]), "a")

    def _rows(
        self, case: SuspectText, verdict: str, signed: Signature, *, replace: bool
    ) -> tuple[str, Sequence[str], Sequence[Cells]]:
        ledger = self._ledger(case)
        content = (case.text, verdict, case.source, *signed)
        cells = ledger.new_row(self.data, content)
        if refusals := list(_refusals(ledger.path, cells)):
            raise CallError("; ".join(refusals))
        replaced = [answer.id for answer in allowlist.allowed(self.data).about(*case)]
        if replaced and not replace:
            raise CallError(f"{case.text!r} was answered before, in {shown(ledger.path)}")
        return f"{cells['id']}: {case.text} may stay: {verdict} ({signed})", replaced, [cells]


def _refusals(path: Path, cells: Cells) -> Iterator[str]:
    """Yield the reasons why a row cannot be kept."""
    faults = allowlist.answer_faults(Table(allowlist.BOOK, path, (), ()), Row(0, dict(cells)))
    yield from (f"{fault.column}: {fault.message}" for fault in faults)
    yield from (f"{name}: points to a person; say a role" for name in ("judge", "reason") if find_personal(cells[name]))
    if not cells["text"].isprintable():
        yield "text: holds a line break or an invisible character; write it as it is listed"
