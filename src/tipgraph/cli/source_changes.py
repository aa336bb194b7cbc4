"""`tipgraph source retract` and `correct`: changes that keep the graph and its ids honest."""

import sys
from pathlib import Path

import click

from tipgraph.cli import options
from tipgraph.cli.options import example, flag, option
from tipgraph.cli.terminal import ask, note
from tipgraph.errors import CallError
from tipgraph.runtime import sanitize


@click.command(epilog=example('tipgraph source retract example-2026 --reason "its publisher withdrew it"'))
@click.argument("name", metavar="SOURCE", shell_complete=options.complete_source)
@option("--reason", "WHY", "The reason, which stays with the retired ids.", required=True)
@flag("--yes", "Do it without a question.")
@options.data
def retract(name: str, reason: str, data: Path | None, *, yes: bool) -> None:
    """Remove a SOURCE, with the rows about it, and retire its ids.

    The command first lists what it will do, and asks; without a terminal it needs --yes. Judgements, contradictions,
    corrections, allowances and audits about the SOURCE are removed too. If another source names it, nothing is changed,
    and each place is listed. Texts stay.
    """
    from tipgraph.curation import retract as remove

    def agree(lines: list[str]) -> bool:
        """Print the plan, and ask on a terminal."""
        for line in lines:
            click.echo(sanitize.visible(line))
        if not yes and not sys.stdin.isatty():
            note("nothing was written; add --yes to do all this")
            sys.exit(1)
        return yes or (ask("do all this? (y, enter ends)") or "").strip().casefold()[:1] == "y"

    if remove(name, reason, data, agree=agree):
        click.echo("done: `tipgraph build` makes the graph anew", err=True)
    else:
        click.echo("nothing was written")


@click.command(
    epilog=example(
        "tipgraph source correct example-2026/funding/p3-1 --column amount --value 9000 "
        '--reason "we misread it" --judge-kind person'
    )
)
@click.argument("row")
@option("--column", "COLUMN", "The column of the cell (with --value).", default="")
@option("--value", "TEXT", "The right content of the cell; empty for none.")
@flag("--remove", "Remove the row, and all that depends on it.")
@option("--reason", "WHY", "The reason.", required=True)
@option("--asked-by", click.STRING, "Who asked: described, advocate, source or editor.", default="editor")
@option("--asked", "DATE", "The day of the request (else today).", default="")
@option(
    "--judge-kind",
    "KIND",
    "The kind of judge: person, ai-agent or rule (else TIPGRAPH_JUDGE_KIND).",
    default="",
    envvar="TIPGRAPH_JUDGE_KIND",
)
@options.data
def correct(
    row: str,
    column: str,
    value: str | None,
    reason: str,
    asked_by: str,
    asked: str,
    judge_kind: str,
    data: Path | None,
    *,
    remove: bool,
) -> None:
    """Correct a cell of a ROW, or remove the ROW, in any source: your own, an imported one, one of the kit.

    ROW is a row as source/table/id. The correction is a row of reference/corrections.csv. Each build applies it, and
    the claim shows the old value with the reason. A value that a build would refuse is not saved.
    """
    from tipgraph.curation import correct as save

    if remove == bool(column) or bool(column) != (value is not None):
        raise CallError("say either --column COLUMN and --value TEXT, or --remove")
    saved = save(
        row, column, value or "", reason=reason, judge_kind=judge_kind, asked_by=asked_by, asked=asked, data=data
    )
    click.echo(sanitize.visible(f"saved {saved}"))
    click.echo("`tipgraph build` applies the correction", err=True)
