"""Project and measure networks, and export a network or any other part of the graph to a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipgraph.cli import options
from tipgraph.cli.options import example
from tipgraph.cli.paths import in_house_texts, keep_uncommitted, open_graph, texts_folder
from tipgraph.cli.terminal import progress
from tipgraph.errors import CallError

if TYPE_CHECKING:
    from tipgraph.analysis import Filter


@click.command(epilog=example("tipgraph network partnership --measure betweenness"))
@click.argument("name", required=False)
@options.option("--recipe", "RECIPE", "Make a network around --focus, such as partner-funding.")
@options.option("--measure", "MEASURE", "Measure the network: degree, betweenness, bridges, dependence …")
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
    asked: "Filter",
    graph: str | None,
    form: str,
    language: str,
) -> None:
    """Project a network, or measure it: nodes, edges, and the claims behind each.

    NAME is a network. Without a NAME, the command lists networks, recipes and measures. With --measure and --without,
    the answer shows the changes without that source, that publisher, or all self-reported claims.
    """
    from tipgraph.analysis import network as networks
    from tipgraph.display import text

    chosen = options.chosen(name, recipe)
    if chosen is None and (measure or fold or asked.words()):
        raise CallError("name the network: `tipgraph network` lists them")
    if chosen is None:
        listed = networks.catalogue(open_graph(graph), language)
        click.echo(text.rows_text(["what", "name", "it is"], listed, form))
    elif measure:
        opened = open_graph(graph)
        if asked.without:
            table = networks.compare(opened, chosen, measure, asked, fold)
        else:
            table = networks.measure(networks.project(opened, chosen, asked, onto=fold), measure)
        click.echo(text.measured_text(opened, table, form, language))
    else:
        click.echo(text.network_text(networks.project(open_graph(graph), chosen, asked, onto=fold), form, language))


@click.command(epilog=example("tipgraph export usaid.xlsx --recipe partner-funding --focus usaid"))
@click.argument("file", type=click.Path())
@options.values
@options.option("--network", "NETWORK", "Write a network; `tipgraph network` lists them.", default="")
@options.option("--recipe", "RECIPE", "Write a network around --focus, such as partner-funding.", default="")
@options.option("--question", "QUESTION", "Write the claims that answer a question.", default="")
@options.fold
@options.filters
@options.graph
@options.texts
@options.in_house
def export(
    file: str, values: tuple[str, ...], graph: str | None, texts: str | None, *, in_house: bool, **part: Any
) -> None:
    """Write a part of the graph to a file; the file ending chooses the format.

    FILE is the file to write, or a FOLDER/. PARAM=VALUE belongs to --question. Without options, the command writes the
    whole graph; with only --focus, the surroundings of the entry. Each row, edge or entity names its claim. A
    spreadsheet has the words of texts that we have, whose licence lets others read them; with --in-house, of all texts.

    Networks: .html (a picture), .graphml, .gexf (Gephi), .json (Cytoscape). Tables: .xlsx, .csv.zip, .parquet. RDF
    with evidence: .trig, .nq, .ttl, .nt, .jsonld. FollowTheMoney: .ftm.json. Maps: .geojson. FOLDER/: claim tables as
    Parquet; with a network or a filter, nodes and edges in parts, for Spark.
    """
    from tipgraph.outputs import files
    from tipgraph.sources import Texts

    files.writable(file)
    found = in_house_texts(texts) if in_house else texts_folder(texts)
    if in_house:
        keep_uncommitted(Path(file))
    options.chosen(part["network"], part["recipe"])
    with progress(f"gathering and writing {file}"):
        taken = files.export(
            open_graph(graph), file, values=options.pairs(values), texts=Texts(found), in_house=in_house, **part
        )
    click.echo(f"{', '.join(map(str, taken.files))}: {taken.summary}")
    for (claims, why), count in sorted(taken.withheld.items()):
        click.echo(f"withheld: {claims} ({count}): {why}", err=True)
