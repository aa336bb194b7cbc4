"""Decisions that a text may stay, although it may be personal: rows of `reference/allowed.csv`.

Decision: docs/decisions/0091-our-own-rules-find-personal-data.md.
"""

from collections.abc import Iterator
from pathlib import Path

from tipgraph.curation.ledger import Cells, Judge, Signature, plain, reference_ledger
from tipgraph.errors import CallError, shown
from tipgraph.model import kit, today
from tipgraph.sources import Row, Table, allowlist, cell_rules, find_personal


def allow(text: str, decision: str, source: str = "", *, judge: Judge, reason: str, data: Path | None = None) -> str:
    """Let a text stay, in one source or in all; return the decision in words.

    Raises CallError for a decision that cannot be kept, such as one on a text that was answered before, and InputError
    for a folder without a reference.
    """
    folder = data or kit.own_data()
    if folder is None:
        raise CallError("there is no folder to write answers in; name that of your sources with --data FOLDER")
    signed = Signature(*judge.checked(), today(), plain(reason, "reason"))
    ledger = reference_ledger(folder, allowlist.BOOK, tuple(cell_rules()[allowlist.BOOK]), "a")
    cells = ledger.new_row(folder, (text, decision, source, *signed))
    with ledger.alone():
        if refusals := list(_refusals(ledger.path, cells)):
            raise CallError("; ".join(refusals))
        if allowlist.allowed(folder).about(text, source):
            raise CallError(f"{text!r} was answered before, in {shown(ledger.path)}")
        ledger.change(put=[cells])
    return f"{cells['id']}: {text} may stay: {decision} ({signed})"


def _refusals(path: Path, cells: Cells) -> Iterator[str]:
    """Yield the reasons why a row cannot be kept."""
    faults = allowlist.answer_faults(Table(allowlist.BOOK, path, (), ()), Row(0, dict(cells)))
    yield from (f"{fault.column}: {fault.message}" for fault in faults)
    yield from (f"{name}: points to a person; say a role" for name in ("judge", "reason") if find_personal(cells[name]))
    if not cells["text"].isprintable():
        yield "text: holds a line break or an invisible character; write it as it is listed"
