"""`tipgraph status`: the project, its graph, and the findings that wait for a person."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tipgraph.cli import options, paths
from tipgraph.cli.options import example
from tipgraph.errors import InputError, shown
from tipgraph.model import kit
from tipgraph.runtime import sanitize

if TYPE_CHECKING:
    from tipgraph.graph import Graph
    from tipgraph.sources import SourceProgress, Texts

_SMALL = 200_000  # statements: in a larger graph the search for findings takes more than a second


class _Built(NamedTuple):
    """The state of a graph. Unknown values are None: of a graph on a server, or with too many statements."""

    place: str
    built: str | None
    newer_files: list[str] | None
    statements: int
    sources: int
    claims: int
    open_contradictions: int | None
    identity_candidates: int | None
    texts: int
    texts_at_hand: int


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
    from tipgraph.curation import drafts_left
    from tipgraph.display import text
    from tipgraph.sources import Source, progress_of

    project, place = kit.project(), paths.built_place(graph)
    title = project.title if project else f"the kit of tipgraph {kit.VERSION}"
    folder = str(project.folder if project else kit.home())
    local_texts = paths.texts_at(texts)
    built = _built(place, local_texts) if place else None
    data = kit.own_data()
    drafts: dict[str, int | None] = {}

    def waiting(source: Source) -> str:
        try:
            left = drafts[source.name] = drafts_left(source, local_texts)
        except InputError as error:
            return str(error.faults[0])
        return f"decide {left:,} draft{'s' * (left != 1)}: `tipgraph review drafts {source.name}`" if left else ""

    sources = progress_of(data, local_texts, waiting) if data else []
    newer = None if built and built.newer_files is None else _newer_sources(place)
    steps = [part._replace(next_step=_next_step(part, newer)) for part in sources]
    if form == "json":
        record = {"title": title, "folder": folder, "is_kit": project is None}
        record |= {
            "graph": built._asdict() if built else None,
            "sources": [part._asdict() | {"drafts": drafts.get(part.name)} for part in steps],
        }
        click.echo(text.json_text(record))
        return
    lines = _lines(built) if built else {"graph": "none has been built: run `tipgraph build`"}
    for name, words in {"project": f"{title}, {folder}", **lines}.items():
        click.echo(sanitize.visible(f"{name:<10} {words}"))
    if steps:
        header = ["source", "paragraphs", "unread", "drafts", "text", "next step"]
        rows = [_row(part, drafts.get(part.name)) for part in steps]
        click.echo(f"\n{text.rows_text(header, rows, 'table')}")


def _row(source: "SourceProgress", drafts: int | None) -> list[str]:
    unread = None if source.unread is None else len(source.unread)
    counts = ("" if count is None else f"{count:,}" for count in (source.paragraphs, unread, drafts))
    return [source.name, *counts, source.text, source.next_step or "nothing to do"]


def _newer_sources(place: str) -> set[str]:
    """Return the sources that changed after the graph was built; all of them without a graph."""
    data = kit.data()
    newer = paths.newer_files(place) if place else [path.parent for path in data.glob("*/source.toml")]
    return {path.relative_to(data).parts[0] for path in newer or () if path.is_relative_to(data) and path != data}


def _next_step(source: "SourceProgress", newer: set[str] | None) -> str:
    """Return the next step of a source: to build the graph, if it has no other and is newer than the graph."""
    is_newer = newer is not None and source.name in newer
    return source.next_step or ("build the graph: `tipgraph build`" if is_newer else "")


def _built(place: str, texts: "Texts") -> _Built:
    """Return the state of the graph at a place."""
    from tipgraph.graph import load

    newer, graph = paths.newer_files(place), load(place)
    contradictions, candidates = _findings(graph) if len(graph) <= _SMALL else (None, None)
    files = {row["file"].value for row in graph.named("texts") if row["file"] is not None}
    return _Built(
        place,
        _day(Path(place)),
        None if newer is None else list(map(shown, newer)),
        len(graph),
        len({row["source"] for row in graph.named("sources")}),
        sum(int(row["number"].value) for row in graph.named("claim-counts")),
        contradictions,
        candidates,
        len(files),
        sum(texts.text(file) is not None for file in files),
    )


def _day(graph: Path) -> str | None:
    """Return when a file or a store was written, in UTC; None for a graph on a server."""
    if not graph.exists():
        return None
    return datetime.fromtimestamp(paths.built_at(graph) / 1e9, UTC).isoformat(timespec="minutes")


def _findings(graph: "Graph") -> tuple[int, int]:
    """Return how many contradictions are open, and how many pairs of entries may be the same."""
    from tipgraph.curation import ConflictDesk, IdentityDesk

    data = kit.own_data()
    cases = ConflictDesk(graph, data).cases()
    return sum(case.answer is None for case in cases), len(IdentityDesk(graph, data).propose().found)


def _lines(graph: _Built) -> dict[str, str]:
    built = f"built {graph.built[:16].replace('T', ' ')} UTC" if graph.built else "on a server"
    age = "not newer than the graph"
    if graph.newer_files is None:
        age = "not compared: the graph lies outside the build folder"
    elif graph.newer_files:
        newer = paths.newer_text(graph.newer_files)
        age = f"{newer} changed after the graph was built; run `{paths.again(graph.place)}`"
    findings = (
        f"open contradictions: {graph.open_contradictions} (`tipgraph review conflicts --open`); "
        f"entries that may be the same: {graph.identity_candidates} (`tipgraph review identity`)"
    )
    if graph.open_contradictions is None:
        findings = "not counted; `tipgraph review conflicts --open` and `tipgraph review identity` list findings"
    hint = "; name their folder with --texts, TIPGRAPH_TEXTS or the setting texts" * (graph.texts_at_hand < graph.texts)
    return {
        "graph": f"{graph.place}, {built}",
        "data": age,
        "sources": f"{graph.sources:,}",
        "claims": f"{graph.claims:,}",
        "to review": findings,
        "texts": f"{graph.texts_at_hand} of {graph.texts} found{hint}",
    }
