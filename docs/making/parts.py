"""Networks, recipes and measures; formats of exports; kinds of open data; addresses of a server."""

from collections.abc import Iterator
from typing import Any

from docs.making.markdown import code, codes, heading, page, plain, table
from tipgraph import Graph
from tipgraph.analysis.network import MEASURES, catalogue
from tipgraph.outputs.files import FORMATS
from tipgraph.server.limits import Limits
from tipgraph.server.openapi import document
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


def addresses() -> str:
    """Return the page of the addresses of a server, from its document at `/openapi.json`."""
    paths = document("http://127.0.0.1:8080", Limits())["paths"]
    questions = [path for path in paths if path.startswith("/query/")]
    rest = {path: asked for path, asked in paths.items() if path not in questions}
    return page(
        heading(1, "Addresses of a server"),
        "`tipgraph serve` answers these addresses, beside the pages. A running server has the same list for programs "
        "at `/openapi.json`. The guide is [serve](../how-to/serve.md). "
        "It and the [errors](errors.md) explain each status.",
        *(part for path, asked in rest.items() for part in _address(path, asked)),
        heading(2, "/query/NAME.csv and /query/NAME.json"),
        "The answer to a [question](questions.md), with its parameters by their names and `lang=es` for Spanish "
        f"labels. The addresses are: {codes(questions)}.",
    )


def _address(path: str, asked: dict[str, Any]) -> Iterator[str]:
    yield heading(2, code(path))
    for verb, said in asked.items():
        yield f"`{verb.upper()}`: {plain(said['summary'])}"
        yield table(
            ["parameter", "meaning", "in"],
            [[code(one["name"]), plain(one["description"]), one["in"]] for one in said["parameters"]],
        )
        given = said.get("requestBody", {}).get("content", {})
        yield f"Takes {codes(given)}." if given else ""
        yield f"Returns {codes(said['responses']['200']['content'])}."
