"""A desk: cases of one kind that a person decides. Each decision is saved at once, and can be undone."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from tipgraph.curation.ledger import Cells, Judge, Ledger, Signature, plain
from tipgraph.errors import CallError
from tipgraph.model import today

CaseT = TypeVar("CaseT")


@dataclass(frozen=True)
class Decision(Generic[CaseT]):
    """A saved decision about a case, in words, and the ids of its rows."""

    case: CaseT
    words: str
    ids: Collection[str]

    def __str__(self) -> str:
        """Return the words."""
        return self.words


class Desk(ABC, Generic[CaseT]):
    """The cases of one kind, and the ledgers of a folder of sources that keep the decisions.

    A kind declares its verdicts, which ledger a case belongs to, and the rows that a verdict becomes.
    """

    verdicts: ClassVar[Mapping[str, str]]  # by the letter that a person types; not q or z

    def __init__(self, data: Path | None) -> None:
        """Keep decisions in a folder of sources; without one, nothing can be decided."""
        self._data = data

    @property
    def data(self) -> Path:
        """The folder of the sources; raises CallError if there is none."""
        if self._data is None:
            raise CallError("there is no folder to write answers in; name that of your sources with --data FOLDER")
        return self._data

    @abstractmethod
    def case(self, *names: str) -> CaseT:
        """Return the case that names mean; raise CallError or UnknownName if there is none."""

    @abstractmethod
    def is_open(self, case: CaseT, decisions: Sequence[Decision[CaseT]], *, reopen: bool = False) -> bool:
        """Tell whether a case needs a decision; with `reopen`, whether none of these decisions settles it."""

    @abstractmethod
    def _saved(self, *names: str) -> tuple[str, Ledger, Collection[str], Sequence[Cells]]:
        """Return the saved decision that names mean, and what undoes it: the ids of rows to remove, cells to write.

        Raises CallError if there is none.
        """

    @abstractmethod
    def _ledger(self, case: CaseT) -> Ledger:
        """Return the ledger of a case."""

    @abstractmethod
    def _rows(
        self, case: CaseT, verdict: str, signed: Signature, *, replace: bool
    ) -> tuple[str, Collection[str], Sequence[Cells]]:
        """Return a decision in words, the ids of the rows that it replaces, and the cells of its own rows.

        Raises CallError for a decision that contradicts another one.
        """

    def decide(
        self, case: CaseT, verdict: str, *, judge: Judge, reason: str, replace: bool = False, day: str = ""
    ) -> Decision[CaseT]:
        """Save a decision, dated today by default; with `replace` it replaces an earlier one.

        Raises CallError for a decision that cannot be kept, such as one without a reason.
        """
        signed = Signature(*judge.checked(), day or today(), plain(reason, "reason"))
        if verdict not in self.verdicts.values():
            raise CallError(f"{verdict!r} is no verdict; say one of {', '.join(self.verdicts.values())}")
        ledger = self._ledger(case)
        with ledger.alone():
            words, replaced, rows = self._rows(case, verdict, signed, replace=replace)
            ledger.change(replaced, rows)
        return Decision(case, words, [cells["id"] for cells in rows])

    def undo(self, *names: str) -> str:
        """Undo the saved decision that names mean, and return it in words; raise CallError if there is none."""
        words, ledger, remove, put = self._saved(*names)
        with ledger.alone():
            ledger.change(remove, put)
        return words
