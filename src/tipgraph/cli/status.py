"""`tipgraph status`: the project, its graph, and the findings that wait for a person."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tipgraph.cli import paths
from tipgraph.cli.options import Call, command, common
from tipgraph.cli.terminal import say
from tipgraph.errors import InputError
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Graph
    from tipgraph.sources import Source, Texts

_SMALL = 200_000  # statements: in a larger graph the search for findings takes more than a second
_HEADER = ("source", "paragraphs", "unread", "drafts", "text", "next step")


@command("tipgraph status")
def status(call: Call = common("graph texts form")) -> None:
    """Show the project, its graph, the findings that wait for a person, and the next step for each source.

    The command builds nothing. It counts findings only in a graph of at most 200,000 statements. A paragraph is unread
    if it has neither claims nor a scope; a row of a table is unread until somebody sets it aside. Drafts are those of
    `tipgraph review drafts` without a decision. CSV and JSON have the sources only.
    """
    project, place, texts = kit.project(), paths.built_place(call.graph), call.local_texts
    sources = _sources(place, texts)
    if call.form == "table":
        title = project.title if project else f"the kit of tipgraph {kit.VERSION}"
        graph = _graph(place, texts) if place else {"graph": "none has been built: run `tipgraph build`"}
        lines = {"project": f"{title}, {project.folder if project else kit.home()}", **graph}
        say(*(f"{name:<10} {words}" for name, words in lines.items()), *[""] * bool(sources))
    if sources or call.form != "table":
        call.print_rows(_HEADER, sources)


def _sources(place: str, texts: "Texts") -> list[list[object]]:
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

    data, rows = kit.own_data(), list[list[object]]()
    newer = _newer_sources(place)
    for part in progress_of(data, texts, waiting) if data else []:
        build = "build the graph: `tipgraph build`" if part.name in newer else "nothing to do"
        unread = None if part.unread is None else len(part.unread)
        counts = ("" if count is None else count for count in (part.paragraphs, unread, drafts.get(part.name)))
        rows.append([part.name, *counts, part.text, part.next_step or build])
    return rows


def _newer_sources(place: str) -> set[str]:
    """Return the sources that changed after the graph was built; all of them without a graph."""
    data = kit.data()
    newer = paths.newer_files(place) if place else [path.parent for path in data.glob("*/source.toml")]
    return {path.relative_to(data).parts[0] for path in newer or () if path.is_relative_to(data) and path != data}


def _graph(place: str, texts: "Texts") -> dict[str, str]:
    """Return the state of the graph at a place in words, by subject."""
    from tipgraph.graph import load

    paths.say_if_older(place)
    graph, built = load(place), "on a server"
    if Path(place).exists():
        built = f"built {datetime.fromtimestamp(paths.built_at(Path(place)) / 1e9, UTC):%Y-%m-%d %H:%M} UTC"
    files = {row["file"].value for row in graph.named("texts") if row["file"] is not None}
    found = sum(texts.text(file) is not None for file in files)
    hint = "; name their folder with --texts, TIPGRAPH_TEXTS or the setting texts" * (found < len(files))
    return {
        "graph": f"{place}, {built}",
        "sources": f"{len({row['source'] for row in graph.named('sources')}):,}",
        "claims": f"{sum(int(row['number'].value) for row in graph.named('claim-counts')):,}",
        "to review": _findings(graph),
        "texts": f"{found} of {len(files)} found{hint}",
    }


def _findings(graph: "Graph") -> str:
    """Return how many contradictions are open, and how many pairs of entries may be the same, in words."""
    from tipgraph.curation import ConflictDesk, IdentityDesk

    conflicts, pairs = "`tipgraph review conflicts --open`", "`tipgraph review identity`"
    if len(graph) > _SMALL:
        return f"not counted; {conflicts} and {pairs} list findings"
    data = kit.own_data()
    opened = sum(case.answer is None for case in ConflictDesk(graph, data).cases())
    likely = len(IdentityDesk(graph, data).propose())
    return f"open contradictions: {opened} ({conflicts}); entries that may be the same: {likely} ({pairs})"
