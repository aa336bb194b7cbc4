"""Project and measure networks, and export a network or any other part of the graph to a file."""

from pathlib import Path
from typing import Any

import click

from tipgraph.analysis import Filter
from tipgraph.cli import options
from tipgraph.cli.options import Call, argument, command, common, option
from tipgraph.cli.paths import keep_uncommitted, named_texts, texts_folder
from tipgraph.cli.terminal import progress
from tipgraph.errors import CallError


@command("tipgraph network partnership --measure betweenness")
def network(
    name: str | None = argument(),
    recipe: str = option("Make a network around --focus, such as partner-funding.", "RECIPE"),
    measure: str = option("Measure the network: degree, betweenness, bridges, dependence …", "MEASURE"),
    fold: str | None = options.fold,
    asked: Filter = options.filters,
    call: Call = common("graph form language"),
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
    graph = call.open()
    if chosen is None:
        call.print_rows(["what", "name", "it is"], networks.catalogue(graph, call.language))
    elif measure:
        if asked.without:
            table = networks.compare(graph, chosen, measure, asked, fold)
        else:
            table = networks.measure(networks.project(graph, chosen, asked, onto=fold), measure)
        click.echo(text.measured_text(graph, table, call.form, call.language))
    else:
        click.echo(text.network_text(networks.project(graph, chosen, asked, onto=fold), call.form, call.language))


@command("tipgraph export usaid.xlsx --recipe partner-funding --focus usaid")
def export(
    file: str = argument("FILE"),
    values: tuple[str, ...] = options.values,
    network: str = option("Write a network; `tipgraph network` lists them.", "NETWORK"),
    recipe: str = option("Write a network around --focus, such as partner-funding.", "RECIPE"),
    question: str = option("Write the claims that answer a question.", "QUESTION"),
    fold: str | None = options.fold,
    asked: Filter = options.filters,
    call: Call = common("graph texts"),
    in_house: bool = options.in_house,
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
    texts = Texts(named_texts(call.texts, in_house=True) if in_house else texts_folder(call.texts))
    if in_house:
        keep_uncommitted(Path(file))
    options.chosen(network, recipe)
    part: dict[str, Any] = {"network": network, "recipe": recipe, "question": question, "fold": fold, "asked": asked}
    with progress(f"gathering and writing {file}"):
        taken = files.export(call.open(), file, values=options.pairs(values), texts=texts, in_house=in_house, **part)
    click.echo(f"{', '.join(map(str, taken.files))}: {taken.summary}")
    for (claims, why), count in sorted(taken.withheld.items()):
        click.echo(f"withheld: {claims} ({count}): {why}", err=True)
