"""Networks on the terminal, and a network or any other part of the graph as a file."""

from typing import Any

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.paths import open_graph
from tipgraph.cli.terminal import patience
from tipgraph.errors import CallError


@click.command()
@click.argument("name", required=False, shell_complete=suggestions.by(suggestions.networks))
@click.option(
    "--recipe",
    metavar="R",
    shell_complete=suggestions.by(suggestions.recipes),
    help="A network made around --focus, such as partner-funding.",
)
@click.option(
    "--measure",
    metavar="M",
    shell_complete=suggestions.by(suggestions.measures),
    help="Measure it: degree, betweenness, bridges, reach …",
)
@options.fold
@options.filters
@options.graph
@options.form
@options.language
def network(
    name: str | None,
    recipe: str | None,
    measure: str | None,
    fold: str | None,
    graph: str | None,
    form: str,
    language: str,
    **filters: Any,
) -> None:
    """Project a network, and measure it: nodes, ties, and the claims behind each.

    With no NAME, the networks, recipes and measures are listed. With --measure and --without, the answer is what
    changes without that source, publisher or all self-reported claims.
    """
    from tipgraph.analysis import network as networks
    from tipgraph.display import text

    opened, asked = open_graph(graph), networks.Filter(**filters)
    chosen = options.chosen(name, recipe)
    if chosen is None and (measure or fold or asked != networks.Filter()):
        raise CallError("say of which network: `tipgraph network` lists them")
    if chosen is None:
        click.echo(text.rows_text(["what", "name", "it is"], networks.catalogue(opened, language), form))
    elif measure and asked.without:
        table = networks.compare(opened, chosen, measure, asked, fold)
        click.echo(text.measured_text(opened, table, form, language))
    else:
        found = networks.view(opened, chosen, asked, fold)
        if measure:
            table = networks.measure(opened, found, measure, asked)
            click.echo(text.measured_text(opened, table, form, language))
        else:
            click.echo(text.network_text(found, form, language))


@click.command()
@click.argument("file", type=click.Path())
@options.values
@click.option(
    "--network",
    default="",
    metavar="NAME",
    shell_complete=suggestions.by(suggestions.networks),
    help="A network: `tipgraph network` lists them.",
)
@click.option(
    "--recipe",
    default="",
    metavar="R",
    shell_complete=suggestions.by(suggestions.recipes),
    help="A network made around --focus, such as partner-funding.",
)
@click.option(
    "--question",
    default="",
    metavar="NAME",
    shell_complete=suggestions.by(suggestions.questions),
    help="What answers a question, with its PARAM=VALUE.",
)
@options.fold
@options.filters
@options.graph
def export(
    file: str,
    values: tuple[str, ...],
    network: str,
    recipe: str,
    question: str,
    fold: str | None,
    graph: str | None,
    **filters: Any,
) -> None:
    """Write a part of the graph to FILE, or to a folder where it ends in a slash; the suffix says the format.

    Networks: .graphml, .gexf (Gephi), .json (Cytoscape). Tables: .xlsx, .csv.zip, .parquet, .iati.csv (funding). RDF
    with its evidence: .trig, .nq, .ttl, .jsonld. FollowTheMoney: .ftm.json. Maps: .geojson. A folder (FOLDER/): the
    claim tables of all as Parquet; with a network or a filter, its nodes and edges in parts, for Spark.

    With --focus alone, what surrounds the thing is taken; with nothing, all. Each row, edge or entity names its claim.
    """
    from tipgraph.analysis import Filter
    from tipgraph.outputs import files

    files.writable(file)
    options.chosen(network, recipe)
    with patience(f"gathering and writing {file}"):
        taken = files.export(
            open_graph(graph),
            file,
            network=network,
            recipe=recipe,
            question=question,
            values=options.pairs(values),
            fold=fold,
            asked=Filter(**filters),
        )
    click.echo(f"{', '.join(map(str, taken.files))}: {taken.summary}")
    for (what, why), count in sorted(taken.withheld.items()):
        click.echo(f"withheld: {what} ({count}): {why}", err=True)
