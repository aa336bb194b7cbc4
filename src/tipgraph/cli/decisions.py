"""Save a decision, undo one, or ask about each case in turn: one loop for all commands of `tipgraph review`."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tipgraph.cli import options
from tipgraph.cli.terminal import ask
from tipgraph.errors import CallError

if TYPE_CHECKING:
    from tipgraph.curation import Decision, Desk, Judge

CaseT = TypeVar("CaseT")


@dataclass(frozen=True)
class Action:
    """The options of a review: what to do, why, and who decides."""

    answer: str | None
    reason: str
    judge: str
    judge_kind: str
    data: Path | None
    undo: bool = False
    review: bool = False
    reopen: bool = False

    @property
    def is_direct(self) -> bool:
        """Tell whether one case is decided, by its name."""
        return bool(self.answer) or self.undo

    def check(self, names: str, *, fits: bool) -> None:
        """Raise CallError for options that exclude each other, or that do not fit the names."""
        if not fits or sum([bool(self.answer), self.undo, self.review]) > 1:
            raise CallError(f"say one of --review, --answer VERDICT {names} and --undo {names}; or none, for a list")

    def run(
        self,
        desk: "Desk[CaseT]",
        names: Sequence[str],
        cases: Callable[[], Sequence[CaseT]],
        listed: Callable[[Sequence[CaseT]], str],
        lines: Callable[[CaseT], Sequence[str]],
    ) -> None:
        """Decide about the case that names mean, ask about all cases, or else print the list of them."""
        if self.is_direct:
            self.settle(desk, *names)
        elif self.review:
            self._ask_about_each(desk, cases(), lines)
        else:
            click.echo(listed(cases()))
            return
        click.echo("`tipgraph build` applies the answers", err=True)

    def settle(self, desk: "Desk[CaseT]", *names: str) -> None:
        """Save the answer to the case that names mean, or undo it."""
        from tipgraph.curation import Judge

        if self.undo:
            decision = desk.decided(*names)
            desk.undo(decision)
            click.echo(f"undone {decision}")
        else:
            case, judge = desk.case(*names), Judge(self.judge, self.judge_kind)
            saved = desk.decide(case, self.answer or "", judge=judge, reason=self.reason, replace=self.reopen)
            click.echo(f"saved {saved}")

    def _ask_about_each(
        self, desk: "Desk[CaseT]", cases: Sequence[CaseT], lines: Callable[[CaseT], Sequence[str]]
    ) -> None:
        """Ask about each case that is open, and print how many answers were saved."""
        review = _Review(desk, self._judge(), self.reopen, [])
        at: int | None = 0
        while at is not None:
            if at == len(cases):
                at = review.ask_at_end()
            elif review.is_open(cases[at]):
                click.echo("\n".join(["", f"{at + 1} of {len(cases)}", *lines(cases[at])]))
                at = review.ask_about(at, cases[at])
            else:
                at += 1
        count = len(review.saved)
        click.echo(f"{count} answer{'s' * (count != 1)} saved in {desk.data}")

    def _judge(self) -> "Judge":
        """Return the judge, and ask for a missing name or kind; raise CallError if a table cannot hold it."""
        from tipgraph.curation import Judge
        from tipgraph.sources import JUDGES

        name = self.judge or ask("who judges (a role, or a name that may be in the file)?")
        kind = self.judge_kind or ask(f"which kind of judge ({', '.join(JUDGES)})?")
        return Judge(name or "", kind or "").checked()


@dataclass
class _Review:
    """A round of questions. `saved` holds its decisions that are not undone, each with the position of its case."""

    desk: "Desk[Any]"
    judge: "Judge"
    reopen: bool
    saved: "list[tuple[int, Decision[Any]]]"

    def is_open(self, case: object) -> bool:
        return self.desk.is_open(case, [decision for _, decision in self.saved], reopen=self.reopen)

    def ask_about(self, at: int, case: object) -> int | None:
        """Ask about a case; return the position of the next one, None at the end."""
        verdicts = self.desk.verdicts
        letters = ", ".join(f"{letter} {verdict.replace('-', ' ')}" for letter, verdict in verdicts.items())
        question = f"{letters}, enter skips, z undoes the last, q ends"
        while True:
            answer = ask(question)
            letter = "q" if answer is None else answer.strip().casefold()[:1]
            if letter == "q":
                return None
            if letter == "" or (letter in verdicts and self._save(at, case, verdicts[letter])):
                return at + 1
            if letter == "z" and self.saved:
                return self._undo()
            if letter not in verdicts:
                click.echo("nothing to undo yet" if letter == "z" else f"write one letter: {question}")

    def ask_at_end(self) -> int | None:
        """Let a person undo the last answer, too."""
        answer = ask("that was all: z undoes the last, enter ends") if self.saved else None
        return self._undo() if answer and answer.strip().casefold() == "z" else None

    def _save(self, at: int, case: object, verdict: str) -> bool:
        reason = ask(f"why {verdict}?") or ""
        try:
            decision = self.desk.decide(case, verdict, judge=self.judge, reason=reason, replace=self.reopen)
        except CallError as error:
            click.echo(str(error))
            return False
        self.saved.append((at, decision))
        click.echo(f"saved {decision}")
        return True

    def _undo(self) -> int:
        at, decision = self.saved.pop()
        self.desk.undo(decision)
        click.echo(f"undone {decision}")
        return at


def action(verdicts: Collection[str], **helps: str) -> options.Decorator:
    """Give a command the options of an `Action`: --answer, and those of --undo and --reopen that get a help text."""
    flags = {name: words for name, words in helps.items() if name != "answer"}
    if "reopen" in flags:
        flags["review"] = "Ask about each case in turn, and save each answer at once."
    return options.gathered(
        "action",
        Action,
        *(options.flag(f"--{name}", words) for name, words in flags.items()),
        options.option("--answer", click.Choice(list(verdicts)), helps["answer"]),
        options.option("--reason", "WHY", "The reason for the answer, with --answer.", default=""),
        _judge_option("--judge", "WHO", "The judge, as a role or a name"),
        _judge_option("--judge-kind", "KIND", "The kind of judge: person, ai-agent or rule"),
        options.data,
    )


def _judge_option(flag: str, metavar: str, words: str) -> options.Decorator:
    name = f"TIPGRAPH{flag[1:].upper().replace('-', '_')}"
    return options.option(flag, metavar, f"{words} (else {name}).", default="", envvar=name)
