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

        judge = Judge(self.judge, self.judge_kind).checked()
        saved: list[Decision[CaseT]] = []
        letters = ", ".join(f"{letter} {verdict.replace('-', ' ')}" for letter, verdict in desk.verdicts.items())
        for number, case in enumerate(cases, 1):
            if not desk.is_open(case, saved, reopen=self.reopen):
                continue
            click.echo("\n".join(["", f"{number} of {len(cases)}", *lines(case)]))
            while letter := ask(f"{letters}, enter skips, q ends", [*desk.verdicts, "q", ""]):
                if letter == "q":
                    break
                reason = ask(f"why {desk.verdicts[letter]}?")
                try:
                    saved.append(
                        desk.decide(case, desk.verdicts[letter], judge=judge, reason=reason, replace=self.reopen)
                    )
                except CallError as error:
                    click.echo(str(error))
                    continue
                click.echo(f"saved {saved[-1]}")
                break
            if letter == "q":
                break
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
