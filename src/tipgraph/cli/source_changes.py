"""`tipgraph source retract`, `rename` and `correct`: changes that keep the graph and its ids honest."""

import sys
from typing import TYPE_CHECKING

import click

from tipgraph.cli.options import Call, argument, command, common, judge_kind, option, yes
from tipgraph.cli.paths import texts_folder
from tipgraph.cli.terminal import agrees, note, progress, say
from tipgraph.errors import CallError

if TYPE_CHECKING:
    from tipgraph.curation import SourceChange


@command('tipgraph source retract example-2026 --reason "its publisher withdrew it"')
def retract(
    name: str = argument("SOURCE"),
    reason: str = option("The reason, which stays with the retired ids.", "WHY", required=True),
    yes: bool = yes,
    call: Call = common("data"),
) -> None:
    """Remove a SOURCE, with the rows about it, and retire its ids.

    The command first lists what it will do, and asks; without a terminal it needs --yes. Judgements, contradictions,
    corrections, allowances and audits about the SOURCE are removed too. If another source names it, nothing is changed,
    and each place is listed. Texts stay.
    """
    from tipgraph.curation import plan_retraction

    with progress("looking for all that names the source"):
        change = plan_retraction(name, reason, call.data)
    _do(change, yes=yes)


@command("tipgraph source rename example-2026 riverside-2026")
def rename(
    name: str = argument("SOURCE"),
    new: str = argument(),
    reason: str = option("The reason (else that it has a new name).", "WHY"),
    yes: bool = yes,
    call: Call = common("data texts"),
) -> None:
    """Give a SOURCE the NEW name: its folder, its texts, and all references to it.

    The command first lists what it will do, and asks; without a terminal it needs --yes. Each old id is retired, and
    names the new one. Texts are renamed if they are called SOURCE and a suffix.
    """
    from tipgraph.curation import plan_rename

    with progress("looking for all that names the source"):
        change = plan_rename(name, new, call.data, texts_folder(call.texts), reason)
    _do(change, yes=yes)


_CORRECT = "tipgraph source correct example-2026/funding/p3-1 --column amount --value 9000"


@command(f'{_CORRECT} --reason "we misread it" --judge-kind person')
def correct(
    row: str = argument(),
    column: str = option("The column of the cell (with --value).", "COLUMN"),
    value: str | None = option("The right content of the cell; empty for none.", "TEXT"),
    remove: bool = option("Remove the row, and all that depends on it."),
    reason: str = option("The reason.", "WHY", required=True),
    asked_by: str = option("Who asked: described, advocate, source or editor.", default="editor"),
    asked: str = option("The day of the request (else today).", "DATE"),
    judge_kind: str = judge_kind,
    call: Call = common("data"),
) -> None:
    """Correct a cell of a ROW, or remove the ROW, in any source: your own, an imported one, one of the kit.

    ROW is a row as source/table/id. The correction is a row of reference/corrections.csv. Each build applies it, and
    the claim shows the old value with the reason. A value that a build would refuse is not saved.
    """
    from tipgraph.curation import correct as save

    if remove == bool(column) or bool(column) != (value is not None):
        raise CallError("say either --column COLUMN and --value TEXT, or --remove")
    by = {"judge_kind": judge_kind, "asked_by": asked_by, "asked": asked}
    say(f"saved {save(row, column, value or '', reason=reason, data=call.data, **by)}")
    click.echo("`tipgraph build` applies the correction", err=True)


def _do(change: "SourceChange", *, yes: bool) -> None:
    """Print a plan, ask on a terminal, and write it."""
    say(*change.lines)
    if not yes and not sys.stdin.isatty():
        note("nothing was written; add --yes to do all this")
        sys.exit(1)
    if not yes and not agrees("do all this?"):
        click.echo("nothing was written")
        return
    change.apply()
    click.echo("done: `tipgraph build` makes the graph anew", err=True)
