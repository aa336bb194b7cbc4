"""`tipgraph status`: the project, its graph, and the findings that wait for a person."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipgraph.cli import options, paths
from tipgraph.cli.options import example
from tipgraph.errors import InputError, shown
from tipgraph.model import kit
from tipgraph.runtime import sanitize

if TYPE_CHECKING:
    from tipgraph.graph import Graph
    from tipgraph.sources import Source, SourceProgress, Texts

_SMALL = 200_000  # statements: in a larger graph the search for findings takes more than a second
_HEADER = ("source", "paragraphs", "unread", "drafts", "text", "next step")


@click.command(epilog=example("tipgraph status"))
@options.graph
@options.texts
@options.option("--format form", click.Choice(["table", "json"]), "The format of the output.", default="table")
def status(graph: str | None, texts: str | None, form: str) -> None:
    """Show the project, its graph, the findings that wait for a person, and the next step for each source.

    The command builds nothing. It counts findings only in a graph of at most 200,000 statements. A paragraph is unread
    if it has neither claims nor a scope; a row of a table is unread until somebody sets it aside. Drafts are those of
    `tipgraph review drafts` without a decision.
    """
    from tipgraph.display import text

    project, place, local_texts = kit.project(), paths.built_place(graph), paths.texts_at(texts)
    title = project.title if project else f"the kit of tipgraph {kit.VERSION}"
    folder = str(project.folder if project else kit.home())
    built = _built(place, local_texts) if place else None
    sources = _sources(place, built, local_texts)
    if form == "json":
        record = {"title": title, "folder": folder, "is_kit": project is None, "graph": built, "sources": sources}
        click.echo(text.json_text(record))
        return
    lines = _lines(built) if built else {"graph": "none has been built: run `tipgraph build`"}
    for name, words in {"project": f"{title}, {folder}", **lines}.items():
        click.echo(sanitize.visible(f"{name:<10} {words}"))
    if sources:
        click.echo(f"\n{text.rows_text(_HEADER, list(map(_row, sources)), 'table')}")


def _row(source: dict[str, Any]) -> list[str]:
    unread = None if source["unread"] is None else len(source["unread"])
    counts = ("" if count is None else f"{count:,}" for count in (source["paragraphs"], unread, source["drafts"]))
    return [source["name"], *counts, source["text"], source["next_step"] or "nothing to do"]


def _sources(place: str, built: dict[str, Any] | None, texts: "Texts") -> list[dict[str, Any]]:
    """Return the progress of each source, with its drafts without a decision and its next step."""
    from tipgraph.curation import drafts_left
    from tipgraph.sources import progress_of

    drafts: dict[str, int | None] = {}

    def waiting(source: "Source") -> str:
        try:
            left = drafts[source.name] = drafts_left(source, texts)
        except InputError as error:
            return str(error.faults[0])
        return f"decide {left:,} draft{'s' * (left != 1)}: `tipgraph review drafts {source.name}`" if left else ""

    def step(source: "SourceProgress") -> str:
        return source.next_step or "build the graph: `tipgraph build`" * (source.name in newer)

    data = kit.own_data()
    sources = progress_of(data, texts, waiting) if data else []
    newer = set() if built and built["newer_files"] is None else _newer_sources(place)
    return [part._asdict() | {"next_step": step(part), "drafts": drafts.get(part.name)} for part in sources]


def _newer_sources(place: str) -> set[str]:
    """Return the sources that changed after the graph was built; all of them without a graph."""
    data = kit.data()
    newer = paths.newer_files(place) if place else [path.parent for path in data.glob("*/source.toml")]
    return {path.relative_to(data).parts[0] for path in newer or () if path.is_relative_to(data) and path != data}


def _built(place: str, texts: "Texts") -> dict[str, Any]:
    """Return the state of the graph at a place; unknown values are None: of one on a server, or of a large one."""
    from tipgraph.graph import load

    newer, graph = paths.newer_files(place), load(place)
    when = datetime.fromtimestamp(paths.built_at(Path(place)) / 1e9, UTC) if Path(place).exists() else None
    contradictions, candidates = _findings(graph) if len(graph) <= _SMALL else (None, None)
    files = {row["file"].value for row in graph.named("texts") if row["file"] is not None}
    return {
        "place": place,
        "built": when and when.isoformat(timespec="minutes"),
        "newer_files": None if newer is None else list(map(shown, newer)),
        "statements": len(graph),
        "sources": len({row["source"] for row in graph.named("sources")}),
        "claims": sum(int(row["number"].value) for row in graph.named("claim-counts")),
        "open_contradictions": contradictions,
        "identity_candidates": candidates,
        "texts": len(files),
        "texts_at_hand": sum(texts.text(file) is not None for file in files),
    }


def _findings(graph: "Graph") -> tuple[int, int]:
    """Return how many contradictions are open, and how many pairs of entries may be the same."""
    from tipgraph.curation import ConflictDesk, IdentityDesk

    data = kit.own_data()
    cases = ConflictDesk(graph, data).cases()
    return sum(case.answer is None for case in cases), len(IdentityDesk(graph, data).propose().found)


def _lines(graph: dict[str, Any]) -> dict[str, str]:
    built = f"built {graph['built'][:16].replace('T', ' ')} UTC" if graph["built"] else "on a server"
    age = "not newer than the graph"
    if graph["newer_files"] is None:
        age = "not compared: the graph lies outside the build folder"
    elif graph["newer_files"]:
        age = paths.older_text(graph["place"])
    findings = (
        f"open contradictions: {graph['open_contradictions']} (`tipgraph review conflicts --open`); "
        f"entries that may be the same: {graph['identity_candidates']} (`tipgraph review identity`)"
    )
    if graph["open_contradictions"] is None:
        findings = "not counted; `tipgraph review conflicts --open` and `tipgraph review identity` list findings"
    hint = "; name their folder with --texts, TIPGRAPH_TEXTS or the setting texts" * (
        graph["texts_at_hand"] < graph["texts"]
    )
    return {
        "graph": f"{graph['place']}, {built}",
        "data": age,
        "sources": f"{graph['sources']:,}",
        "claims": f"{graph['claims']:,}",
        "to review": findings,
        "texts": f"{graph['texts_at_hand']} of {graph['texts']} found{hint}",
    }
