"""`tipgraph source retract` and `correct`: changes that keep the graph and its ids honest."""

import sys

import click

from tipgraph.cli.options import Call, argument, command, common, judge_kind, option, yes
from tipgraph.cli.terminal import agrees, note, say
from tipgraph.errors import CallError


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
    from tipgraph.curation import retract as remove

    def agree(lines: list[str]) -> bool:
        """Print the plan, and ask on a terminal."""
        say(*lines)
        if not yes and not sys.stdin.isatty():
            note("nothing was written; add --yes to do all this")
            sys.exit(1)
        return yes or agrees("do all this?")

    if remove(name, reason, call.data, agree=agree):
        click.echo("done: `tipgraph build` makes the graph anew", err=True)
    else:
        click.echo("nothing was written")


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
