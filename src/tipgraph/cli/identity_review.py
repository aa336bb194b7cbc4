"""Identity: entries that may be the same, and the judgements about them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options
from tipgraph.cli.options import example
from tipgraph.cli.paths import open_graph, texts_at
from tipgraph.cli.terminal import asked, patience, who_judges
from tipgraph.errors import CallError
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.curation import CandidateDesk, Proposal
    from tipgraph.sources import Texts

_KINDS = ["actor", "place", "undertaking", "document", "route"]


@click.command(epilog=example("tipgraph review identity --kind actor"))
@click.argument("names", nargs=-1, metavar="[LEFT RIGHT]")
@options.graph
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="The kind of entries (else actors and places)."
)
@click.option("--source", default="", metavar="SOURCE", help="Keep proposals with an entry of this source.")
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.85, show_default=True, help="The lowest score of a proposal."
)
@click.option("--limit", type=click.IntRange(1), help="The number of proposals, the best first (else all).")
@click.option(
    "--reopen", is_flag=True, help="Add pairs that were judged different or unsure; an answer replaces the old one."
)
@options.review
@click.option("--answer", type=click.Choice(["same", "different", "unsure"]), help="Judge LEFT and RIGHT.")
@click.option("--undo", is_flag=True, help="Remove the judgement on LEFT and RIGHT, or of an id such as j137.")
@options.answering
@options.texts
@options.form
@options.language
def identity(
    names: tuple[str, ...],
    graph: str | None,
    kinds: tuple[str, ...],
    source: str,
    least: float,
    limit: int | None,
    answer: str | None,
    reason: str,
    judge: str,
    judge_kind: str,
    data: Path | None,
    texts: str | None,
    form: str,
    language: str,
    *,
    reopen: bool,
    review: bool,
    undo: bool,
) -> None:
    """List entries that may be the same, with reasons; a person judges each match.

    LEFT and RIGHT are two entries, for --answer and --undo. With --review, the command asks about each proposal: same,
    different or unsure. `--answer same LEFT RIGHT --reason WHY --judge WHO --judge-kind person` judges one pair.
    Judgements are rows of reference/identity.csv; `tipgraph build` applies them.
    """
    from tipgraph.curation import CandidateDesk
    from tipgraph.display import text

    if sum([bool(answer), undo, review]) > 1 or bool(names) != bool(answer or undo):
        raise CallError("say one of --review, --answer VERDICT LEFT RIGHT and --undo LEFT RIGHT; or none, for a list")
    desk = CandidateDesk(open_graph(graph), data or kit.own_data())
    if answer:
        from tipgraph.sources import Judge

        click.echo(f"saved {desk.answer(names, answer, judge=Judge(judge, judge_kind), reason=reason, replace=reopen)}")
    elif undo:
        click.echo(f"undone {desk.undo(names)}")
    else:
        found = _proposed(desk, kinds, least, source, reopen=reopen)[:limit]
        if not review:
            click.echo(text.proposals_text(desk.graph, found, desk.nodes, form, language))
            return
        given = _reviewed(desk, found, (judge, judge_kind), texts_at(texts), language, reopen=reopen)
        click.echo(f"{given} judgement{'' if given == 1 else 's'} saved in {desk.book.path}")
    click.echo("`tipgraph build` applies what was judged", err=True)


def _proposed(
    desk: "CandidateDesk", kinds: tuple[str, ...], least: float, source: str, *, reopen: bool
) -> "list[Proposal]":
    """Return what may be one, the best first; say on standard error what is to be told of that."""
    with patience("comparing names, identifiers and ties"):
        found = desk.propose([kind.capitalize() for kind in kinds], least, source, reopen=reopen)
    for line in found.told:
        click.echo(f"tipgraph: {line}", err=True)
    return found.found


def _reviewed(
    desk: "CandidateDesk",
    found: "list[Proposal]",
    judge: tuple[str, str],
    texts: "Texts",
    language: str,
    *,
    reopen: bool,
) -> int:
    """Ask about proposals on the terminal; return how many judgements were saved."""
    from tipgraph.curation import CandidateAnswers, Review
    from tipgraph.display import text

    book = desk.book
    review = Review(CandidateAnswers(book, who_judges(*judge), reopen), asked, click.echo)
    return len(review.run(found, lambda one: text.proposal_lines(desk.graph, one, desk.nodes, texts, language)))
