"""Read the graph: named questions, SPARQL, SQL views, entries and their figures."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options, sensitivity, suggestions
from tipgraph.cli.options import example
from tipgraph.cli.paths import open_graph, texts_at
from tipgraph.cli.sensitivity import KnockOut
from tipgraph.cli.terminal import say_told, standard_input
from tipgraph.errors import CallError
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Query


@click.command(epilog=example("tipgraph query routes destination=JP"))
@click.argument("name", required=False, shell_complete=suggestions.by(suggestions.questions))
@options.values
@click.option(
    "--file", "file", metavar="FILE", type=click.Path(path_type=Path), help="Run your own SPARQL query from a file."
)
@click.option(
    "--view",
    is_flag=False,
    flag_value="",
    metavar="[VIEW]",
    shell_complete=suggestions.by(suggestions.views),
    help="Run a standard SQL view, such as funders; without a name, list the views.",
)
@sensitivity.options
@options.graph
@options.texts
@options.form
@options.language
def query(
    name: str | None,
    values: tuple[str, ...],
    file: Path | None,
    view: str | None,
    knock_out: KnockOut,
    graph: str | None,
    texts: str | None,
    form: str,
    language: str,
) -> None:
    """Ask a named question, or run your own SPARQL query.

    NAME is a question; without a NAME, the command lists the questions. The NAME `-` reads SPARQL from standard input.
    PARAM=VALUE narrows the answer. A VALUE is a short name such as place:japan, an ISO code, an alias or an IRI.
    """
    from tipgraph.display import text

    if view is not None:
        if name or file or knock_out.each:
            raise CallError("say either --view, or a question; a view takes no PARAM=VALUE")
        click.echo(_view(view, graph, form, language))
        return
    asked = question_of(name, file, values)
    if knock_out.each:
        if asked is None:
            raise CallError("name the question: `tipgraph query` lists them")
        from tipgraph.analysis import sensitivity as analysis

        with knock_out.gathered(graph) as gathered:
            report = analysis.knock_out_of_answer(gathered, *asked, knock_out.omitted, language)
        click.echo(text.report_text(report, form, texts_at(texts)))
    elif asked is None:
        click.echo(_questions(form, language))
    else:
        question, given = asked
        answer = question.run(open_graph(graph), given, language)
        click.echo(text.answer_text(answer, form, texts_at(texts)))
        if form != "table":
            say_told(f"0 rows; {one}" for one in text.nearby(answer))


def _questions(form: str, language: str) -> str:
    """Return the list of all questions."""
    from tipgraph.display import text
    from tipgraph.graph import Query

    rows = [[q.name, q.header_in(language).summary, " ".join(q.parameters), _whose(q)] for q in Query.all()]
    shown = 4 if kit.project() else 3  # without a project all are the kit's
    heads = ["question", "it asks", "parameters", "of"][:shown]
    return text.rows_text(heads, [row[:shown] for row in rows], form)


def _whose(question: "Query") -> str:
    return "the project" if question.own else "the kit"


def _view(name: str, graph: str | None, form: str, language: str) -> str:
    """Return the answer of a standard view in SQL; without a name, the list of all views."""
    from tipgraph.display import text
    from tipgraph.graph import tables

    if not name:
        listed = [[view, tables.summary(view, language)] for view in tables.views()]
        return text.rows_text(["view", "it asks"], listed, form)
    return text.columns_text(tables.Tables.of(open_graph(graph)).view(name, language), form)


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


@click.command(epilog=example("tipgraph show place:japan"))
@click.argument("thing", nargs=-1, required=True)
@click.option("--numbers", is_flag=True, help="Compare the figures for THING instead, a route or a place.")
@options.graph
@options.texts
@options.form
@options.language
def show(
    thing: tuple[str, ...], graph: str | None, texts: str | None, form: str, language: str, *, numbers: bool
) -> None:
    """List all claims about a THING, each with its sentence, and contradictions beside each other.

    THING is an entry: a name, a short name such as place:japan, an ISO code or an IRI. With --numbers, the command says
    which figures can be compared, and which repeat another one. It never averages. It offers a sum only of figures that
    count alike and count nobody twice.
    """
    from tipgraph.display import account

    name = " ".join(thing)
    if numbers:
        click.echo(_numbers(name, graph, texts, form, language))
    else:
        click.echo(account(open_graph(graph), name, texts_at(texts), language).text(form))


def _numbers(name: str, graph: str | None, texts: str | None, form: str, language: str) -> str:
    """Return the figures for an entry beside each other."""
    from tipgraph.analysis import numbers as numbers_of
    from tipgraph.display import text
    from tipgraph.graph import lookup

    opened = open_graph(graph)
    found = numbers_of(opened, lookup.resolve(opened, name))
    return text.numbers_text(opened, found, form, texts_at(texts), language)
