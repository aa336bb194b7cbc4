"""Answers to proposals, one after the other: what is still open, what is saved, and what is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from tipgraph.curation.identity.candidates import Proposal
from tipgraph.curation.identity.ledger import IdentityLedger
from tipgraph.pipeline import Joined, Judgement
from tipgraph.sources import Judge


class CandidateAnswer(NamedTuple):
    """A judgement that was given, and those whose place it took."""

    judgement: Judgement
    replaced: list[Judgement]

    def __str__(self) -> str:
        """Say the judgement."""
        return str(self.judgement)


@dataclass
class CandidateAnswers:
    """The answers of one judge in a book; with `reopen` one takes the place of what was judged before."""

    book: IdentityLedger
    judge: Judge
    reopen: bool = False
    verdicts: ClassVar = MappingProxyType({"s": "same", "d": "different", "u": "unsure"})

    def open(self, one: Proposal, given: Sequence[CandidateAnswer]) -> bool:
        """Tell whether the answers until now leave a proposal open."""
        joined = Joined(self.book.judgements())
        said, now = joined.between(one.left, one.right), {kept.judgement.id for kept in given}
        settled = any(before.id in now for before in said) if self.reopen else bool(said)
        return not joined.are_one(one.left, one.right) and not settled

    def save(self, one: Proposal, verdict: str, reason: str) -> CandidateAnswer:
        """Save a judgement at once; raise CallError where it cannot stand."""
        replaced = Joined(self.book.judgements()).between(one.left, one.right) if self.reopen else []
        judgement = self.book.answer(one.left, one.right, verdict, judge=self.judge, reason=reason, replace=self.reopen)
        return CandidateAnswer(judgement, replaced)

    def undo(self, kept: CandidateAnswer) -> str:
        """Take a judgement back, give back what it took the place of, and say which it was."""
        return str(self.book.undo(kept.judgement.number, kept.replaced))
