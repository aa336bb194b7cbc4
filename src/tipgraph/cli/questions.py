"""Read the graph: named questions, SPARQL, entries and their figures."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options, sensitivity
from tipgraph.cli.options import example
from tipgraph.cli.paths import open_graph, texts_at
from tipgraph.cli.sensitivity import KnockOut
from tipgraph.cli.terminal import note, standard_input
from tipgraph.errors import CallError
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Query

_LONG = 200  # rows of a table in which only reviewed ones are printed


class _Query(click.Command):
    """A command whose help explains the parameters of the question that is named before `--help`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the first word for the help, which click prints before it reads any other."""
        ctx.meta["tipgraph.question"] = args[0] if args else ""
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the parameters of the question above the options."""
        from tipgraph.analysis import question_parameters
        from tipgraph.graph import Query

        asked = ctx.meta.get("tipgraph.question")
        question = next((one for one in Query.all() if one.name == asked), None) if asked else None
        if question:
            with formatter.section(f"Parameters of {question.name}"):
                formatter.write_dl([(f"{name}=", one.summary) for name, one in question_parameters(question).items()])
        super().format_options(ctx, formatter)


@click.command(cls=_Query, epilog=example("tipgraph query routes destination=JP"))
@click.argument("name", required=False, shell_complete=options.complete_question)
@options.values
@options.option("--file", "FILE", "Run your own SPARQL query from a file.")
@options.flag("--all whole", "Print all rows of a table, also of a long one that has reviewed rows.")
@options.flag("--reviewed", "Keep what somebody has compared with its sentence: reviewed=true.")
@sensitivity.options
@options.graph
@options.texts
@options.form
@options.language
def query(
    name: str | None,
    values: tuple[str, ...],
    file: Path | None,
    knock_out: KnockOut,
    graph: str | None,
    texts: str | None,
    form: str,
    language: str,
    *,
    whole: bool,
    reviewed: bool,
) -> None:
    """Ask a named question, or run your own SPARQL query.

    NAME is a question; without a NAME, the command lists the questions. `tipgraph query NAME --help` explains its
    parameters. The NAME `-` reads SPARQL from standard input.
    PARAM=VALUE narrows the answer. A VALUE is a short name such as place:japan, an ISO code, an alias or an IRI.
    """
    from tipgraph.analysis import answered
    from tipgraph.display import text

    question, parameters = question_of(name, file, values + ("reviewed=true",) * reviewed)
    if question is None:
        if knock_out.each or reviewed:
            raise CallError("name the question: `tipgraph query` lists them")
        click.echo(_questions(form, language))
    elif knock_out.each:
        from tipgraph.analysis import sensitivity as analysis

        with knock_out.gathered(graph) as gathered:
            report = analysis.knock_out_of_answer(gathered, question, parameters, knock_out.omitted, language)
        click.echo(text.report_text(report, form, texts_at(texts), language))
    else:
        answer = answered(question, open_graph(graph), parameters, language)
        rows = [row for row in answer.rows if not any(remark.unreviewed for remark in answer.remarked(row)[:1])]
        left = 0 if whole or form != "table" or len(answer.rows) <= _LONG or not rows else len(answer.rows) - len(rows)
        shown = replace(answer, rows=rows) if left else answer
        click.echo(text.answer_text(shown, form, texts_at(texts), language))
        note(*[f"{left:,} more, not reviewed: --all"] * bool(left), *filter(None, [answer.hint]))
        if form != "table":
            note(*(f"0 rows; {hint}" for hint in text.nearby(answer)))


def _questions(form: str, language: str) -> str:
    """Return the list of all questions; in a project, also the owner of each."""
    from tipgraph.analysis import question_parameters
    from tipgraph.display import text
    from tipgraph.graph import Query

    rows = []
    for question in Query.all():
        owner = "the project" if question.own else "the kit"
        names = " ".join(question_parameters(question))
        rows.append([question.name, question.header_in(language).summary, names, owner])
    columns = 4 if kit.project() else 3
    return text.rows_text(["question", "it asks", "parameters", "of"][:columns], [row[:columns] for row in rows], form)


def question_of(name: str | None, file: Path | None, values: tuple[str, ...]) -> "tuple[Query | None, dict[str, str]]":
    """Return a question by its name, from a file or from standard input, and its parameters; None without one."""
    from tipgraph.graph import Query

    if file and name and "=" in name:
        values, name = (name, *values), None
    if file and name is not None:
        raise CallError(f"say either the question {name!r} or --file, not both")
    if file:
        return Query.read(file), options.pairs(values)
    if name is None:
        return None, {}
    return Query("-", standard_input()) if name == "-" else Query.find(name), options.pairs(values)


@click.command(epilog=example("tipgraph show place:japan"))
@click.argument("thing", nargs=-1, required=True)
@options.flag("--numbers", "Compare the figures for THING instead; it is a route or a place.")
@options.graph
@options.texts
@options.form
@options.language
def show(
    thing: tuple[str, ...], graph: str | None, texts: str | None, form: str, language: str, *, numbers: bool
) -> None:
    """List all claims about a THING, each with its sentence, and contradictions side by side.

    THING is an entry: a name, a short name such as place:japan, an ISO code or an IRI. With --numbers, the command
    shows which figures can be compared, and which repeat another one. It never averages. It offers a sum only of
    figures that count in the same way and count nobody twice.
    """
    from tipgraph.display import account, text
    from tipgraph.graph import resolve

    opened, name = open_graph(graph), " ".join(thing)
    if numbers:
        from tipgraph.analysis import numbers as numbers_of

        found = numbers_of(opened, resolve(opened, name))
        click.echo(text.numbers_text(opened, found, form, texts_at(texts), language))
    else:
        click.echo(account(opened, name, texts_at(texts), language).text(form))
