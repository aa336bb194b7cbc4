"""What people see of a graph, as lines of text: answers, networks, an export, sentences, and the headings of pages."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import lxml.html
import openpyxl
from click.testing import CliRunner
from pyoxigraph import NamedNode

import tipgraph
from tipgraph.cli import main
from tipgraph.display import claim_views
from tipgraph.graph import Graph
from tipgraph.model import DATA

WITH: Final = {"neighbourhood": ["of=caribbean-seminars", "steps=1"]}
"""What a question is asked with, if its whole answer is the whole graph."""
NOT_SHOWN: Final = ("answers", "assets", "lens", "lists", "records")
"""Folders of a site without pages of its own."""
CLAIMS: Final = 100
"""The number of claims whose sentences are pinned, drawn evenly from all."""


def files_of(graph_file: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each golden file of a graph; exports are written into a folder on the way."""
    graph = tipgraph.load(graph_file)
    yield "graph.txt", f"{len(graph):,} statements, digest {graph.digest}\n"
    for name in sorted(query.name for query in tipgraph.Query.all()):
        asked = ["-g", str(graph_file), "query", name, *WITH.get(name, []), "--format", "csv"]
        yield f"answers/{name}.csv", said(asked)
    for name in network_names(graph_file):
        yield f"networks/{name}.txt", _text(network_lines(graph, name))
    workbook = folder / "usaid.xlsx"
    said(["-g", str(graph_file), "export", str(workbook), "--recipe", "partner-funding", "--focus", "usaid"])
    yield "usaid.txt", _text(cell_lines(workbook))
    yield "sentences.txt", _text(sentence_lines(graph, graph_file, folder))


def said(arguments: list[str]) -> str:
    """Return what a command prints; raise AssertionError unless it ends well."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def network_names(graph_file: Path) -> list[str]:
    """Return the names of the networks of a graph."""
    listed = csv.reader(io.StringIO(said(["-g", str(graph_file), "network", "--format", "csv"])))
    return [name for what, name, *_ in listed if what == "network"]


def network_lines(graph: Graph, name: str) -> Iterator[str]:
    """Yield the nodes and the edges of a network, each with its attributes, in order."""
    network = tipgraph.project(graph, name)
    yield from sorted(f"{short(node)}\t{_attributes(held)}" for node, held in network.nodes(data=True))
    yield from sorted(
        f"{short(start)}\t{short(end)}\t{_attributes(held)}" for start, end, held in network.edges(data=True)
    )


def _attributes(held: Mapping[str, object]) -> str:
    return short(json.dumps(held, ensure_ascii=False, sort_keys=True, default=str))


def short(text: str) -> str:
    """Return a text without the namespace of the data."""
    return text.replace(DATA, "")


def cell_lines(workbook: Path) -> Iterator[str]:
    """Yield the cells of a workbook, a line for each row."""
    for sheet in openpyxl.load_workbook(workbook, read_only=True).worksheets:
        yield f"# {sheet.title}"
        for row in sheet.iter_rows(values_only=True):
            yield "\t".join("" if cell is None else str(cell).replace("\n", " ⏎ ") for cell in row)


def sentence_lines(graph: Graph, graph_file: Path, folder: Path) -> Iterator[str]:
    """Yield the sentences of claims: on pages and terminals in two languages, and in the export of all claims."""
    archive = folder / "all.csv.zip"
    said(["-g", str(graph_file), "export", str(archive)])
    with zipfile.ZipFile(archive) as opened:
        exported = {
            row["claim"]: row for row in csv.DictReader(io.StringIO(opened.read("claims.csv").decode("utf-8-sig")))
        }
    claims = sorted(exported)[:: max(1, len(exported) // CLAIMS)]
    for language in ("en", "es"):
        views = {view.key: view for view in claim_views(graph, map(NamedNode, claims), language).values()}
        for key, view in sorted(views.items()):
            yield f"{key}\t{language}\t{view.sentence}\t{' · '.join(view.places)}"
    for claim in claims:
        yield f"{short(claim)}\texport\t{exported[claim]['sentence']}\t{exported[claim]['said_at']}"


def pages(site: Path) -> str:
    """Return the pages of a site with their headings, as a golden file."""
    return _text(heading_lines(site))


def heading_lines(site: Path) -> Iterator[str]:
    """Yield the pages of a site with their titles and headings."""
    for path in sorted(site.rglob("*.html")):
        place = path.relative_to(site)
        if place.parts[0] not in NOT_SHOWN:
            page = lxml.html.parse(str(path)).getroot()
            shown = [" ".join(part.text_content().split()) for part in page.xpath("//title | //h1 | //h2")]
            yield f"{place.as_posix()}\t{' | '.join(shown)}"


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
