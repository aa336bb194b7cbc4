"""Personal data: cells that may hold it, and the answers about them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options
from tipgraph.cli.options import example
from tipgraph.cli.terminal import patience, say_told
from tipgraph.errors import CallError
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.sources import Judge

_DECISIONS = ["institution", "public-function", "not-personal"]


@click.command(epilog=example("tipgraph review personal"))
@click.argument("text", required=False)
@click.option("--answer", type=click.Choice(_DECISIONS), help="The reason why TEXT may stay in the data.")
@click.option(
    "--source",
    default="",
    metavar="SOURCE",
    help="With --answer: allow TEXT in this source only; public-function needs it.",
)
@options.reason
@options.judge
@options.judge_kind
@options.data
@options.added
@options.form
def personal(
    text: str | None,
    answer: str | None,
    source: str,
    reason: str,
    judge: str,
    judge_kind: str,
    data: Path | None,
    added: tuple[Path, ...],
    form: str,
) -> None:
    """List cells that may hold personal data and have no answer yet.

    TEXT is the content of a cell, for --answer. E-mail addresses, telephone and passport numbers stop a build. Possible
    names of persons do not. Remove personal data from the sources. For other cells, `--answer institution TEXT
    --reason WHY --judge WHO --judge-kind person` adds a row to reference/allowed.csv. If a cell has no answer, the
    exit code is 1.
    """
    if bool(answer) != bool(text):
        raise CallError("say --answer DECISION and the TEXT that may stand; or neither, for a list")
    if text and answer:
        from tipgraph.sources import Judge

        _answer(data, text, answer, judge=Judge(judge, judge_kind), reason=reason, source=source)
    else:
        sys.exit(_list(data, added, form))


def _answer(data: Path | None, text: str, decision: str, *, judge: "Judge", reason: str, source: str) -> None:
    from tipgraph.sources import answer_finding, plain

    data = data or kit.own_data()
    if data is None:
        raise CallError("name the folder of your sources with --data; answers are kept in its reference/allowed.csv")
    path = answer_finding(
        data,
        text,
        decision,
        judge=judge.checked(),
        reason=plain(reason, "reason"),
        source=source,
    )
    click.echo(f"saved in {path}")


def _list(data: Path | None, added: tuple[Path, ...], form: str) -> int:
    """Print what is open, and return the exit code."""
    from tipgraph.display import rows_text
    from tipgraph.errors import InputError
    from tipgraph.model import ontology
    from tipgraph.sources import mask, screen, statements_of, with_reference

    with patience("looking at every cell of the sources"):
        sources = with_reference(data)
        screened = screen(sources, ontology(), {path: list(statements_of(path)) for path in added})
    if screened.faults:
        raise InputError(screened.faults)
    open_ = sorted(screened.concerns, key=lambda one: (one.file, one.row or 0, one.column))
    rows = [[one.place, one.column, one.found.kind, mask(one.found) if one.stops else one.found.text] for one in open_]
    if rows or form != "table":
        click.echo(rows_text(["where", "column", "kind", "found"], rows, form))
    else:
        click.echo("no cell that nobody has answered")
    todo = "take out what is a person's; where one may stand, say why: `tipgraph review personal --answer`"
    unread = sorted(source.name for source in sources if source.unread)
    say_told([*[todo] * bool(rows), *screened.gone])
    say_told(f"not all tables of {name} could be read; `tipgraph build` says why" for name in unread)
    return 1 if open_ else 0
