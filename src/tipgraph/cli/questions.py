"""What the graph answers: named questions, SPARQL, standard views, a thing; and where a text has a phrase."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.paths import open_graph, texts_at
from tipgraph.cli.terminal import say_told, standard_input
from tipgraph.errors import CallError
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Query


@click.command()
@click.argument("name", required=False, shell_complete=suggestions.by(suggestions.questions))
@options.values
@click.option("--file", "file", type=click.Path(path_type=Path), help="Run SPARQL from a file.")
@options.graph
@options.texts
@options.form
@options.language
def query(
    name: str | None,
    values: tuple[str, ...],
    file: Path | None,
    graph: str | None,
    texts: str | None,
    form: str,
    language: str,
) -> None:
    """Ask a named question, or your own SPARQL with --file FILE or `-` for standard input.

    With no NAME, the questions are listed. A PARAM takes a short name: `place:japan`, an ISO code, an alias, or an IRI.
    """
    from tipgraph.display import text
    from tipgraph.graph import Query

    asked = question_of(name, file, values)
    if asked is None:
        rows = [[q.name, q.said_in(language).summary, " ".join(q.parameters), _whose(q)] for q in Query.all()]
        shown = 4 if kit.project() else 3  # without a project all are the kit's
        heads = ["question", "it asks", "parameters", "of"][:shown]
        click.echo(text.rows_text(heads, [row[:shown] for row in rows], form))
        return
    question, given = asked
    answer = question.run(open_graph(graph), given, language)
    click.echo(text.answer_text(answer, form, texts_at(texts)))
    if form != "table":
        say_told(f"0 rows; {one}" for one in text.nearby(answer))


def _whose(question: "Query") -> str:
    return "the project" if question.own else "the kit"


def question_of(name: str | None, file: Path | None, values: tuple[str, ...]) -> "tuple[Query, dict[str, str]] | None":
    """Return the question that is asked and its parameters: a named one, a file or standard input; None for none."""
    from tipgraph.graph import Query

    if name is not None and file is not None and "=" in name:
        values, name = (name, *values), None
    if name is not None and file is not None:
        raise CallError(f"say either the question {name!r} or --file, not both")
    if name is None and file is None:
        return None
    question = Query.read(file) if file else Query("-", standard_input()) if name == "-" else Query.find(name or "")
    return question, options.pairs(values)


@click.command()
@click.argument("thing", nargs=-1, required=True)
@options.graph
@options.texts
@options.form
@options.language
def show(thing: tuple[str, ...], graph: str | None, texts: str | None, form: str, language: str) -> None:
    """Say all that the sources say of a THING, each claim with its sentence, and contradictions beside each other."""
    from tipgraph.display import account

    found = account(open_graph(graph), " ".join(thing), texts_at(texts), language)
    click.echo(found.text(form))


@click.command()
@click.argument("thing", nargs=-1, required=True)
@options.graph
@options.texts
@options.form
@options.language
def numbers(thing: tuple[str, ...], graph: str | None, texts: str | None, form: str, language: str) -> None:
    """Set the numbers of a THING, a route or a place, beside each other: which can be compared, which are echoes.

    Each number names its source. Where one says another again, it is said what changed on the way and whether the other
    bears it out. Nothing is averaged; a sum is offered only of numbers that count alike and nobody twice.
    """
    from tipgraph.analysis import numbers as numbers_of
    from tipgraph.display import text
    from tipgraph.graph import lookup

    opened = open_graph(graph)
    found = numbers_of(opened, lookup.resolve(opened, " ".join(thing)))
    click.echo(text.numbers_text(opened, found, form, texts_at(texts), language))


@click.command()
@click.argument("name", required=False, shell_complete=suggestions.by(suggestions.views))
@options.graph
@options.form
@options.language
def view(name: str | None, graph: str | None, form: str, language: str) -> None:
    """Answer a standard view, such as the sums of each funder, in SQL from the claim tables.

    With no NAME, the views are listed.
    """
    from tipgraph.display import text
    from tipgraph.graph import tables

    if name is None:
        listed = [[one, tables.summary(one, language)] for one in tables.views()]
        click.echo(text.rows_text(["view", "it asks"], listed, form))
        return
    click.echo(text.columns_text(tables.Tables.of(open_graph(graph)).view(name, language), form))


@click.command()
@click.argument("source", shell_complete=suggestions.by(suggestions.sources))
@click.argument("phrase", nargs=-1)
@click.option("--from", "listed", type=click.Path(path_type=Path), help="A CSV file with the columns id and phrase.")
@click.option("--paragraphs", is_flag=True, help="Print the table of paragraphs instead.")
@click.option("--audit", metavar="READER", help="Print the rows that a reader of an audit fills, such as reader-one.")
@options.data
@options.texts
def locate(
    source: str,
    phrase: tuple[str, ...],
    listed: Path | None,
    paragraphs: bool,
    audit: str | None,
    data: Path | None,
    texts: str | None,
) -> None:
    """Print the rows of evidence.csv for a PHRASE of a SOURCE, a folder of data/.

    The texts must be at hand. Put the phrase in quotation marks. With --from, every phrase of a file is located.
    With --audit, the rows of data/audits/ are printed, one for each claim of the SOURCE.
    """
    from tipgraph.display import csv_text
    from tipgraph.pipeline import audits, gather
    from tipgraph.sources import evidence_tables

    given = (("a PHRASE", phrase), ("--from", listed), ("--paragraphs", paragraphs), ("--audit", audit))
    asked = [name for name, value in given if value]
    if len(asked) > 1:
        raise CallError(f"say one of {' and '.join(asked)}")
    at_hand = texts_at(texts)
    if paragraphs:
        click.echo(evidence_tables.paragraph_table(source, at_hand, data))
    elif listed:
        click.echo(evidence_tables.evidence_table(source, at_hand, evidence_tables.read_phrases(listed), data))
    elif phrase:
        click.echo(evidence_tables.evidence_table(source, at_hand, [("", " ".join(phrase))], data))
    elif audit:
        click.echo(csv_text(audits.COLUMNS, audits.form(gather(data).statements, source, audit)))
    else:
        raise CallError("say what to locate: a PHRASE, --from FILE, --paragraphs or --audit READER")
