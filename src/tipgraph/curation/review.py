"""What a person is to judge, one after the other; each answer asks why, and is saved at once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from tipgraph.errors import CallError

One = TypeVar("One", contravariant=True)  # what is asked about, such as a proposal
Kept = TypeVar("Kept")  # what is kept of an answer, by which it can be undone


class Answers(Protocol[One, Kept]):
    """What can be answered, and where answers are kept; `verdicts` are the answers by the letter that gives each."""

    @property
    def verdicts(self) -> Mapping[str, str]:
        """The answers by the letters that give them, none of them q or z."""
        ...

    def open(self, one: One, given: Sequence[Kept]) -> bool:
        """Tell whether something is still to be asked, after the answers that were given in this round."""
        ...

    def save(self, one: One, verdict: str, reason: str) -> Kept:
        """Keep an answer; raise CallError where it cannot stand."""
        ...

    def undo(self, kept: Kept) -> str:
        """Take an answer back, and say which."""
        ...


@dataclass
class Review(Generic[One, Kept]):
    """A round of answers: `ask` returns what a person writes to a question, None at the end; `say` tells them."""

    answers: Answers[One, Kept]
    ask: Callable[[str], str | None]
    say: Callable[[str], None]
    given: list[tuple[int, Kept]] = field(default_factory=list)

    def run(self, ones: Sequence[One], shown: Callable[[One], Sequence[str]]) -> list[Kept]:
        """Ask about each that is still open, and return the answers that were given and not undone."""
        at: int | None = 0
        while at is not None:
            if at == len(ones):
                at = self._ended()
            elif self.answers.open(ones[at], self._kept()):
                self.say("\n".join(["", f"{at + 1} of {len(ones)}", *shown(ones[at])]))
                at = self._answered(at, ones[at])
            else:
                at += 1
        return self._kept()

    def _kept(self) -> list[Kept]:
        return [kept for _, kept in self.given]

    def _ended(self) -> int | None:
        """Let the last answer be undone, too."""
        answer = self.ask("that was all: z undoes the last, enter ends") if self.given else None
        return self._undone() if answer and answer.strip().casefold() == "z" else None

    def _answered(self, at: int, one: One) -> int | None:
        """Take one answer; return which is next, None for the end."""
        letters = ", ".join(
            f"{letter} {verdict.replace('-', ' ')}" for letter, verdict in self.answers.verdicts.items()
        )
        question = f"{letters}, enter skips, z undoes the last, q ends"
        while True:
            answer = self.ask(question)
            letter = "q" if answer is None else answer.strip().casefold()[:1]
            if letter in self.answers.verdicts and self._saved(at, one, self.answers.verdicts[letter]):
                return at + 1
            if letter == "z" and self.given:
                return self._undone()
            if letter == "q":
                return None
            if letter == "":
                return at + 1
            if letter not in self.answers.verdicts:
                self.say("nothing to undo yet" if letter == "z" else f"write one letter: {question}")

    def _saved(self, at: int, one: One, verdict: str) -> bool:
        reason = self.ask(f"why {verdict}?")
        try:
            kept = self.answers.save(one, verdict, reason or "")
        except CallError as error:
            self.say(str(error))
            return False
        self.given.append((at, kept))
        self.say(f"saved {kept}")
        return True

    def _undone(self) -> int:
        at, kept = self.given.pop()
        self.say(f"undone {self.answers.undo(kept)}")
        return at
