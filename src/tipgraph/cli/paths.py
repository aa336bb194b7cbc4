"""Where the graph, the texts and the pages lie: as an option says, else the environment, else the build folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tipgraph.cli.terminal import patience, say_told
from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Graph
    from tipgraph.sources import Texts


def open_graph(named: str | None) -> "Graph":
    """Return the graph that is meant, read from where it lies or built in memory."""
    from tipgraph.graph import load

    place = graph_place(named)
    return load(place) if isinstance(place, str) else place


def graph_place(named: str | None) -> "Graph | str":
    """Return where the graph lies that is meant, or where none has been built, a graph of the data in memory."""
    place = built_place(named)
    if place:
        say_if_older(place)
        return place
    from tipgraph.pipeline import build

    with patience("no graph has been built yet: building it in memory"):
        return build()


def built_place(named: str | None) -> str:
    """Return where the graph lies that is meant; nothing where none has been built."""
    place = named or os.environ.get("TIPGRAPH_GRAPH", "")
    return place or (str(default_graph()) if default_graph().exists() else "")


def say_if_older(place: Path | str) -> None:
    """Say on standard error that a file or a store of the build folder is older than its data."""
    newer = newer_files(place)
    if newer:
        words = newer_text(list(map(shown, newer)))
        say_told([f"{words} changed after {shown(Path(place))} was built; `{again(place)}` takes that in"])


def newer_files(place: Path | str) -> list[Path] | None:
    """Return the files that have changed since a graph of the build folder was built; None for any other graph."""
    graph = Path(place)
    if kit.own_data() is None or not graph.exists() or not graph.resolve().is_relative_to(kit.build().resolve()):
        return None
    built = built_at(graph)
    parts = (kit.data(), *kit.folders("ontology"), *kit.folders("queries/derive"))
    changed = [path for part in parts for path in (part, *part.rglob("*")) if path.stat().st_mtime_ns > built]
    return sorted(filter(Path.is_file, changed)) or sorted(changed)  # of a file that is gone its folder tells


def newer_text(newer: list[str]) -> str:
    """Return newer files in a few words: the first, and how many more."""
    return newer[0] + (f" and {len(newer) - 1} more" if len(newer) > 1 else "")


def built_at(graph: Path) -> int:
    """Return when a file or a store was written, in nanoseconds of the clock of files."""
    return max(part.stat().st_mtime_ns for part in (graph, graph / "generations") if part.exists())


def again(place: Path | str) -> str:
    """Return the command that builds a graph of the build folder again."""
    is_default = Path(place).resolve() == default_graph().resolve()
    return "tipgraph build" if is_default else f"tipgraph build -o {place}"


def default_graph() -> Path:
    """Return where `tipgraph build` puts the graph when it is not told where."""
    return _build_folder() / "graph.trig"


def default_site() -> Path:
    """Return where `tipgraph pages` puts the pages when it is not told where."""
    return _build_folder() / "site"


def _build_folder() -> Path:
    """Return the folder for what is built, as a person would type it who is in the project."""
    folder = kit.build()
    return folder.relative_to(Path.cwd()) if kit.project() and folder.is_relative_to(Path.cwd()) else folder


def texts_at(named: str | None) -> "Texts":
    """Return the texts of the sources that are at hand: none where no folder is named."""
    from tipgraph.sources import Texts

    return Texts(texts_folder(named))


def texts_folder(named: str | None) -> Path | None:
    """Return the folder of the texts, None where none is named; raise InputError for one that is not there."""
    folder = named or os.environ.get("TIPGRAPH_TEXTS", "")
    if folder and not Path(folder).is_dir():
        raise InputError([Fault("is no folder; name the one that holds the texts of the sources", folder)])
    return Path(folder) if folder else None
