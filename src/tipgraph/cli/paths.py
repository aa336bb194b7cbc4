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
    place = named or os.environ.get("TIPGRAPH_GRAPH", "")
    if place or default_graph().exists():
        say_if_older(place or default_graph())
        return place or str(default_graph())
    from tipgraph.pipeline import build

    with patience("no graph has been built yet: building it in memory"):
        return build()


def say_if_older(place: Path | str) -> None:
    """Say on standard error where what a file or a store of the build folder was built of has changed since."""
    graph = Path(place)
    if kit.own_data() is None or not graph.exists() or not graph.resolve().is_relative_to(kit.build().resolve()):
        return
    written = (part for part in (graph, graph / "generations") if part.exists())
    built = max(part.stat().st_mtime_ns for part in written)
    parts = (kit.data(), *kit.folders("ontology"), *kit.folders("queries/derive"))
    changed = [path for part in parts for path in (part, *part.rglob("*")) if path.stat().st_mtime_ns > built]
    newer = sorted(filter(Path.is_file, changed)) or sorted(changed)  # of a file that is gone its folder tells
    if newer:
        more = f" and {len(newer) - 1} more" if len(newer) > 1 else ""
        again = "tipgraph build" if graph.resolve() == default_graph().resolve() else f"tipgraph build -o {place}"
        say_told([f"{shown(newer[0])}{more} changed after {shown(graph)} was built; `{again}` takes that in"])


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
