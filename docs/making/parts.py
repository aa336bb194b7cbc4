"""Networks, recipes and measures; formats of exports; kinds of open data."""

from docs.making.markdown import code, codes, heading, page, plain, table
from tipgraph import Graph
from tipgraph.analysis.network import MEASURES, catalogue
from tipgraph.outputs.files import FORMATS
from tipgraph.sources.importers.registry import KINDS, reader


def networks(graph: Graph) -> str:
    """Return the page of networks, recipes and measures."""
    rows: dict[str, list[list[str]]] = {"network": [], "recipe": [], "measure": []}
    for (kind, name, english), (_, _, spanish) in zip(catalogue(graph), catalogue(graph, "es"), strict=True):
        rows[kind].append([code(name), plain(english), plain(spanish)])
    measures = [[code(name), plain(one.summary), codes(one.about) or "all"] for name, one in MEASURES.items()]
    return page(
        heading(1, "Networks, recipes, measures"),
        "Choose one by `tipgraph network NAME`, `--recipe NAME` or `--measure NAME`, also with `tipgraph export`. In "
        "Python use `tipgraph.project(graph, NAME)`.",
        heading(2, "Networks", "networks"),
        table(["network", "its edges", "sus aristas"], rows["network"]),
        "The [classes](classes.md) list the edges that their claims draw.",
        heading(2, "Recipes", "recipes"),
        table(["recipe", "makes"], [row[:2] for row in rows["recipe"]]),
        heading(2, "Measures", "measures"),
        table(["measure", "answers", "networks"], measures),
    )


def formats() -> str:
    """Return the page of the formats of exports."""
    rows = [
        [code("FOLDER/" if suffix == "/" else suffix), plain(one.summary.removeprefix("FOLDER/: ")), _manifest(suffix)]
        for suffix, one in FORMATS.items()
    ]
    return page(
        heading(1, "Formats of exports"),
        "`tipgraph export FILE` and `tipgraph.export(graph, FILE)` take the format from the ending of the file. A "
        "manifest records the request, the graph, the sources, and what was withheld.",
        table(["ending", "for", "manifest"], rows),
    )


def _manifest(suffix: str) -> str:
    return "inside" if FORMATS[suffix].inside else "beside it, as `FILE.manifest.json`"


def readers() -> str:
    """Return the page of the kinds of open data."""
    rows = [
        [code(kind), plain(reader(kind).summary), code(reader(kind).rule), code(reader(kind).form)] for kind in KINDS
    ]
    return page(
        heading(1, "Kinds of open data"),
        "`tipgraph source import KIND FILE …` reads one: each record becomes claims with its place in the file. "
        "The guide is [import open data](../how-to/take-open-data-in.md).",
        table(["kind", "content", "split into", "read as"], rows),
    )
