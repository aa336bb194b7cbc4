"""How sure is a finding: a question or a measure, asked again without each of its sources."""

import os
from pathlib import Path
from typing import Any

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.paths import texts_at
from tipgraph.cli.questions import question_of
from tipgraph.cli.terminal import patience
from tipgraph.errors import CallError


@click.command("knock-out")
@click.argument("name", required=False, shell_complete=suggestions.by(suggestions.questions))
@options.values
@click.option("--file", "file", type=click.Path(path_type=Path), help="Your own SPARQL, from a file, as the question.")
@click.option(
    "--network",
    metavar="N",
    shell_complete=suggestions.by(suggestions.networks),
    help="A network: `tipgraph network` lists them; with --measure.",
)
@click.option(
    "--recipe",
    metavar="R",
    shell_complete=suggestions.by(suggestions.recipes),
    help="A network made around --focus, such as partner-funding; with --measure.",
)
@click.option(
    "--measure",
    metavar="M",
    shell_complete=suggestions.by(suggestions.measures),
    help="How to measure the network: degree, betweenness, reach …",
)
@options.fold
@options.filters
@click.option(
    "--of",
    "knocked",
    multiple=True,
    metavar="S",
    shell_complete=suggestions.by(suggestions.sources),
    help="Knock out only this source (repeatable; else each).",
)
@options.data
@options.added
@options.graph
@options.texts
@options.form
@options.language
def knock_out(
    name: str | None,
    values: tuple[str, ...],
    file: Path | None,
    network: str | None,
    recipe: str | None,
    measure: str | None,
    fold: str | None,
    knocked: tuple[str, ...],
    data: Path | None,
    added: tuple[Path, ...],
    graph: str | None,
    texts: str | None,
    form: str,
    language: str,
    **filters: Any,
) -> None:
    """Say on how much an answer stands, and what goes, changes or appears without each of its sources.

    NAME is a question with its PARAM=VALUE; or else name a network and a measure. The graph is built from its folders
    once whole and once without each source, as if its folder were not there: what it joins and what is derived from it
    is gone too, and what others say of its claims.
    """
    from tipgraph.analysis import Filter, sensitivity
    from tipgraph.display import text
    from tipgraph.pipeline import gather

    if graph is not None:
        raise CallError("what a built graph has joined cannot be told apart; name the folder of sources by --data")
    if os.environ.get("TIPGRAPH_GRAPH"):
        click.echo("tipgraph: not of TIPGRAPH_GRAPH, but of the folders that a graph is built of", err=True)
    asked, chosen = Filter(**filters), options.chosen(network, recipe)
    question = question_of(name, file, values)
    if (chosen is None) == (question is None) or (chosen is None) != (measure is None):
        raise CallError("say a question, or else a network and its --measure: `tipgraph query` and `network` list them")
    if question and (fold or asked != Filter()):
        raise CallError("filters are of networks; a question takes PARAM=VALUE")
    with patience("reading the sources, and building the graph once whole and once without each"):
        gathered = gather(data, added)
        if question:
            report = sensitivity.knock_out_of_answer(gathered, *question, knocked, language)
            click.echo(text.report_text(report, form, texts_at(texts)))
        elif chosen and measure:
            found = sensitivity.knock_out_of_measure(gathered, chosen, measure, asked, fold, knocked, language)
            click.echo(text.labelled_text(found.labels, found.table, form))
