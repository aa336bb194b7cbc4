"""Proposals one by one before a person, who answers *same*, *different* or *unsure*; each answer is saved at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tipgraph.errors import CallError
from tipgraph.identity.joining import Joined
from tipgraph.identity.judgements import Judgement
from tipgraph.identity.judging import Book
from tipgraph.identity.proposing import Proposal

_ANSWERS = {"s": "same", "d": "different", "u": "unsure"}
_QUESTION = "s same, d different, u unsure, enter skips, z undoes the last, q ends"


class Given(NamedTuple):
    """A judgement that was given: on which proposal, and in the place of which others."""

    at: int
    judgement: Judgement
    replaced: list[Judgement]


@dataclass
class Review:
    """A round of answers: `ask` returns what a person writes to a question, None at the end; `say` tells them."""

    book: Book
    judge: str
    ask: Callable[[str], str | None]
    say: Callable[[str], None]
    reopen: bool = False
    given: list[Given] = field(default_factory=list)

    def run(self, proposals: Sequence[Proposal], shown: Callable[[Proposal], Sequence[str]]) -> list[Judgement]:
        """Ask about each proposal that is still open, and return the judgements that were given and not undone."""
        at: int | None = 0
        while at is not None:
            if at == len(proposals):
                at = self._ended()
            elif self._open(proposals[at]):
                self.say("\n".join(["", f"{at + 1} of {len(proposals)}", *shown(proposals[at])]))
                at = self._answered(at, proposals[at])
            else:
                at += 1
        return [one.judgement for one in self.given]

    def _ended(self) -> int | None:
        """Let the last answer be undone, too."""
        answer = self.ask("that was all: z undoes the last, enter ends") if self.given else None
        return self._undone() if answer and answer.strip().casefold() == "z" else None

    def _open(self, one: Proposal) -> bool:
        """Tell whether the answers until now leave a proposal open."""
        joined = Joined(self.book.judgements())
        said, given = joined.between(one.left, one.right), {given.judgement.id for given in self.given}
        settled = any(before.id in given for before in said) if self.reopen else bool(said)
        return not joined.are_one(one.left, one.right) and not settled

    def _answered(self, at: int, one: Proposal) -> int | None:
        """Take one answer; return which proposal is next, None for the end."""
        while True:
            answer = self.ask(_QUESTION)
            letter = "q" if answer is None else answer.strip().casefold()[:1]
            if letter in _ANSWERS and self._saved(at, one, _ANSWERS[letter]):
                return at + 1
            if letter == "z" and self.given:
                return self._undone()
            if letter == "q":
                return None
            if letter == "":
                return at + 1
            if letter not in _ANSWERS:
                self.say("nothing to undo yet" if letter == "z" else f"write one letter: {_QUESTION}")

    def _saved(self, at: int, one: Proposal, verdict: str) -> bool:
        reason = self.ask(f"why {verdict}?")
        replaced = Joined(self.book.judgements()).between(one.left, one.right) if self.reopen else []
        try:
            judgement = self.book.answer(
                one.left, one.right, verdict, judge=self.judge, reason=reason or "", replace=self.reopen
            )
        except CallError as error:
            self.say(str(error))
            return False
        self.given.append(Given(at, judgement, replaced))
        self.say(f"saved {judgement}")
        return True

    def _undone(self) -> int:
        last = self.given.pop()
        self.say(f"undone {self.book.undo(last.judgement.number, last.replaced)}")
        return last.at
