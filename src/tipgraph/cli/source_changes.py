"""`tipgraph source retract`, `rename` and `correct`: changes that keep the graph and its ids honest."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options
from tipgraph.cli.options import example, flag, option
from tipgraph.cli.paths import texts_folder
from tipgraph.cli.terminal import ask, note, progress
from tipgraph.errors import CallError
from tipgraph.runtime import sanitize

if TYPE_CHECKING:
    from tipgraph.curation import SourceChange

_yes = flag("--yes", "Do it without a question.")
_name = click.argument("name", metavar="SOURCE", shell_complete=options.complete_source)


@click.command(epilog=example('tipgraph source retract example-2026 --reason "its publisher withdrew it"'))
@_name
@option("--reason", "WHY", "The reason, which stays with the retired ids.", required=True)
@_yes
@options.data
def retract(name: str, reason: str, data: Path | None, *, yes: bool) -> None:
    """Remove a SOURCE, with the rows about it, and retire its ids.

    The command first lists what it will do, and asks; without a terminal it needs --yes. Judgements, contradictions,
    corrections, allowances and audits about the SOURCE are removed too. If another source names it, nothing is changed,
    and each place is listed. Texts stay.
    """
    from tipgraph.curation import plan_retraction

    with progress("looking for all that names the source"):
        change = plan_retraction(name, reason, data)
    _do(change, yes=yes)


@click.command(epilog=example("tipgraph source rename example-2026 riverside-2026"))
@_name
@click.argument("new")
@option("--reason", "WHY", "The reason (else that it has a new name).", default="")
@_yes
@options.data
@options.texts
def rename(name: str, new: str, reason: str, data: Path | None, texts: str | None, *, yes: bool) -> None:
    """Give a SOURCE the NEW name: its folder, its texts, and all references to it.

    The command first lists what it will do, and asks; without a terminal it needs --yes. Each old id is retired, and
    names the new one. Texts are renamed if they are called SOURCE and a suffix.
    """
    from tipgraph.curation import plan_rename

    with progress("looking for all that names the source"):
        change = plan_rename(name, new, data, texts_folder(texts), reason)
    _do(change, yes=yes)


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


def _do(change: "SourceChange", *, yes: bool) -> None:
    """Print a plan, ask on a terminal, and write it."""
    for line in change.lines:
        click.echo(sanitize.visible(line))
    if not yes and not sys.stdin.isatty():
        note("nothing was written; add --yes to do all this")
        sys.exit(1)
    if not yes and (ask("do all this? (y, enter ends)") or "").strip().casefold()[:1] != "y":
        click.echo("nothing was written")
        return
    change.apply()
    click.echo("done: `tipgraph build` makes the graph anew", err=True)
