"""Ask a graph by pyoxigraph and click alone: `python ten_lines.py GRAPH QUERY`."""

from typing import TextIO

import click
from pyoxigraph import QuerySolutions, RdfFormat, Store

PREFIXES = {"tip": "https://w3id.org/tipgraph/ns#", "code": "https://w3id.org/tipgraph/code#"}


@click.command()
@click.argument("graph")
@click.argument("query", type=click.File())
def main(graph: str, query: TextIO) -> None:
    """Print the rows of a query."""
    store = Store()
    store.bulk_load(path=graph, format=RdfFormat.N_QUADS)
    rows = store.query(query.read(), prefixes=PREFIXES, use_default_graph_as_union=True)
    if isinstance(rows, QuerySolutions):
        for row in rows:
            click.echo(",".join("" if value is None else str(value) for value in row))


main()
