"""Contradictions between sources: findings of readers and rules, and the answers to them."""

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
    from tipgraph.curation import Case, ConflictDesk
    from tipgraph.sources import Texts

_VERDICTS = ["first-right", "second-right", "both-stand", "cannot-tell", "no-conflict"]


@click.command(epilog=example("tipgraph review conflicts --open"))
@click.argument("names", nargs=-1, metavar="[THING | ID]")
@options.graph
@click.option("--open", "opened", is_flag=True, help="Keep contradictions without an answer.")
@click.option("--rule", "rules", multiple=True, metavar="RULE", help="Keep findings of this rule (repeatable).")
@click.option("--rules", "listed", is_flag=True, help="List the rules instead.")
@click.option("--source", default="", metavar="SOURCE", help="Keep contradictions with a claim of this source.")
@click.option("--reopen", is_flag=True, help="Replace earlier answers; --review asks about them again.")
@options.review
@click.option("--answer", type=click.Choice(_VERDICTS), help="Answer the contradiction ID.")
@click.option("--undo", is_flag=True, help="Remove the answer to the contradiction ID.")
@options.answering
@options.texts
@options.form
@options.language
def conflicts(
    names: tuple[str, ...],
    graph: str | None,
    rules: tuple[str, ...],
    source: str,
    answer: str | None,
    reason: str,
    judge: str,
    judge_kind: str,
    data: Path | None,
    texts: str | None,
    form: str,
    language: str,
    *,
    opened: bool,
    listed: bool,
    reopen: bool,
    review: bool,
    undo: bool,
) -> None:
    """List contradictions between sources, with the evidence of both sides and the answers.

    THING is an entry: the command lists contradictions about it. ID is one contradiction. Readers found some of them,
    rules find others. With --review, the command asks which side is right. `--answer both-stand ID --reason WHY --judge
    WHO --judge-kind person` answers one. Answers are rows of conflicts.csv; `tipgraph build` applies them.
    """
    from tipgraph.curation import ConflictDesk, Rule
    from tipgraph.display import text

    if sum([bool(answer), undo, review, listed]) > 1 or ((answer or undo) and len(names) != 1):
        raise CallError("say one of --review, --answer VERDICT ID, --undo ID and --rules; or none, for a list")
    if listed:
        rows = [[rule.name, rule.summary(language)] for rule in Rule.all()]
        click.echo(text.rows_text(["rule", "it finds"], rows, form))
        return
    desk = ConflictDesk(open_graph(graph), data or kit.own_data())
    if answer:
        from tipgraph.sources import Judge

        click.echo(
            f"saved {desk.answer(names[0], answer, judge=Judge(judge, judge_kind), reason=reason, replaced=reopen)}"
        )
    elif undo:
        click.echo(f"undone {desk.undo(names[0])}")
    else:
        found = _found(desk, names, rules, source)
        found = [one for one in found if one.answer is None] if opened else found
        if not review:
            click.echo(text.conflicts_text(desk.graph, found, form, texts_at(texts), language))
            return
        given = _reviewed(desk, found, (judge, judge_kind), texts_at(texts), language, reopen=reopen)
        click.echo(f"{given} answer{'' if given == 1 else 's'} saved in {desk.book.data}")
    click.echo("`tipgraph build` takes answers into the graph", err=True)


def _found(desk: "ConflictDesk", names: tuple[str, ...], rules: tuple[str, ...], source: str) -> "list[Case]":
    """Return the contradictions that are asked for: all, the one of an id, those about a thing."""
    from tipgraph.curation import Rule
    from tipgraph.graph import resolve

    chosen = [Rule.find(name) for name in rules] or None
    with patience("looking for claims that exclude each other"):
        every = desk.cases(chosen, source=source)
        named = [one for one in every if [one.id] == list(names)]
        found = named or (desk.about(resolve(desk.graph, " ".join(names)), every) if names else every)
    return [one for one in found if one.rule in rules] if rules else found


def _reviewed(
    desk: "ConflictDesk", found: "list[Case]", judge: tuple[str, str], texts: "Texts", language: str, *, reopen: bool
) -> int:
    """Ask about contradictions on the terminal; return how many answers were saved."""
    from tipgraph.curation import ConflictAnswers, Review
    from tipgraph.display import text

    review = Review(ConflictAnswers(desk.book, who_judges(*judge), reopen), asked, click.echo)
    return len(review.run(found, lambda one: text.conflict_lines(desk.graph, one, texts, language)))
