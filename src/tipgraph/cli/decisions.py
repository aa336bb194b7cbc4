"""Save a decision, undo one, or ask about each case in turn: one loop for all commands of `tipgraph review`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tipgraph.cli.options import Gathered, common, judge_kind, option
from tipgraph.cli.terminal import ask
from tipgraph.errors import CallError

if TYPE_CHECKING:
    from tipgraph.curation import Decision, Desk

CaseT = TypeVar("CaseT")
_judge = option("The judge, as a role or a name (else TIPGRAPH_JUDGE).", "WHO", envvar="TIPGRAPH_JUDGE")


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
        from tipgraph.curation import Judge

        judge, at, verdicts = Judge(self.judge, self.judge_kind).checked(), 0, desk.verdicts
        saved: list[tuple[int, Decision[CaseT]]] = []  # each with the position of its case
        letters = ", ".join(f"{letter} {verdict.replace('-', ' ')}" for letter, verdict in verdicts.items())
        while at < len(cases):
            if not desk.is_open(cases[at], [decision for _, decision in saved], reopen=self.reopen):
                at += 1
                continue
            click.echo("\n".join(["", f"{at + 1} of {len(cases)}", *lines(cases[at])]))
            answer = ask(f"{letters}, enter skips, z undoes the last, q ends")
            letter = "q" if answer is None else answer.strip().casefold()[:1]
            if letter == "q":
                break
            if letter in verdicts:
                reason = ask(f"why {verdicts[letter]}?") or ""
                try:
                    decision = desk.decide(cases[at], verdicts[letter], judge=judge, reason=reason, replace=self.reopen)
                except CallError as error:
                    click.echo(str(error))
                    continue
                saved.append((at, decision))
                click.echo(f"saved {decision}")
            elif letter == "z" and saved:
                at, decision = saved.pop()
                desk.undo(decision)
                click.echo(f"undone {decision}")
                continue
            elif letter:
                click.echo("nothing to undo yet" if letter == "z" else "write one letter")
                continue
            at += 1
        click.echo(f"{len(saved)} answer{'s' * (len(saved) != 1)} saved in {desk.data}")


def action(verdicts: Mapping[str, str], answer: str, undo: str = "", reopen: str = "") -> Any:
    """Declare the options of an `Action`: --answer, and those of --undo, --reopen and --review that a help text has."""
    flags = {"undo": undo, "reopen": reopen}
    if reopen:
        flags["review"] = "Ask about each case in turn, and save each answer at once."
    declared = {name: option(words)(name, bool) for name, words in flags.items() if words}
    return Gathered(
        Action,
        [
            *declared.values(),
            option(answer, click.Choice(list(verdicts.values())))("answer", str | None),
            option("The reason for the answer, with --answer.", "WHY")("reason", str),
            option("The judge, as a role or a name (else TIPGRAPH_JUDGE).", "WHO", envvar="TIPGRAPH_JUDGE")(
                "judge", str
            ),
            judge_kind("judge_kind", str),
            *common("data").options,
        ],
    )
