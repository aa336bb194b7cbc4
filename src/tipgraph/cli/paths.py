"""The places of the graph, the texts and the pages: as an option says, else the environment, else the build folder.

No texts of others are written into a place that git commits.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tipgraph.cli.terminal import note, progress
from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Graph


def open_graph(place: str | None) -> "Graph":
    """Return the graph at a place, by default the one that is built, or build it in memory."""
    from tipgraph.graph import load

    found = graph_place(place)
    return load(found) if isinstance(found, str) else found


def graph_place(place: str | None) -> "Graph | str":
    """Return the place of the graph; if none has been built, return the graph of the data, built in memory."""
    if found := built_place(place):
        say_if_older(found)
        return found
    from tipgraph.pipeline import build

    with progress("no graph has been built yet: building it in memory"):
        return build()


def built_place(place: str | None) -> str:
    """Return the place of the graph; an empty one if none has been built."""
    from tipgraph.graph import storage

    return place or storage.built(_build_folder())


def say_if_older(place: Path | str) -> None:
    """Say on standard error that a graph of the build folder is older than its data, and what to run."""
    if newer := newer_files(place):
        words = shown(newer[0]) + (f" and {len(newer) - 1} more" if len(newer) > 1 else "")
        again = "" if Path(place).resolve() == default_graph().resolve() else f" -o {place}"
        note(f"{words} changed after {shown(Path(place))} was built; run `tipgraph build{again}`")


def newer_files(place: Path | str) -> list[Path] | None:
    """Return the files that are newer than a graph of the build folder; None for any other graph."""
    graph = Path(place)
    if kit.own_data() is None or not graph.exists() or not graph.resolve().is_relative_to(kit.build().resolve()):
        return None
    built = built_at(graph)
    folders = (kit.data(), *kit.folders("ontology"), *kit.folders("queries/derive"))
    newer = [path for folder in folders for path in (folder, *folder.rglob("*")) if path.stat().st_mtime_ns > built]
    return sorted(filter(Path.is_file, newer)) or sorted(newer)  # a folder is newer if a file of it was removed


def built_at(graph: Path) -> int:
    """Return when a file or a store was written, in nanoseconds of the clock of files."""
    return max(part.stat().st_mtime_ns for part in (graph, graph / "manifest.json") if part.exists())


def default_graph() -> Path:
    """Return the place that `tipgraph build` writes by default."""
    return _build_folder() / "graph.trig"


def default_site(*, in_house: bool = False) -> Path:
    """Return the folder that `tipgraph pages` writes by default; an in-house site has one of its own."""
    return _build_folder() / ("in-house" if in_house else "site")


def _build_folder() -> Path:
    """Return the build folder, relative to the working folder for a person who is in the project."""
    folder = kit.build()
    return folder.relative_to(Path.cwd()) if kit.project() and folder.is_relative_to(Path.cwd()) else folder


def own_sources(data: Path | None) -> Path:
    """Return the folder of a person's sources: that of --data, else of the project; raise CallError without one."""
    if folder := data or kit.own_data():
        return folder
    raise CallError("name the folder of your sources with --data FOLDER, or make a project with `tipgraph init`")


def new_texts_folder(folder: str | None, data: Path) -> Path:
    """Return the folder to write texts to, as `texts_folder` finds it, there or not; else `texts` beside data."""
    project = kit.project()
    named = folder or os.environ.get("TIPGRAPH_TEXTS", "")
    if not named and project and project.texts and kit.is_layered(data):
        return project.folder / Path(project.texts).expanduser()
    return Path(named) if named else data.absolute().parent / "texts"


def texts_folder(folder: str | None) -> Path | None:
    """Return the folder of the texts: that of --texts, else of TIPGRAPH_TEXTS, else of the project; None without one.

    Raises InputError if there is no folder of that name.
    """
    if named := folder or os.environ.get("TIPGRAPH_TEXTS", ""):
        return named_texts(named)
    project = kit.project()
    return project.texts_folder if project else None


def named_texts(folder: str | None, *, in_house: bool = False) -> Path | None:
    """Return the folder of --texts, None without one: only these texts may be quoted in output that others get.

    For in-house output it is found as `texts_folder` finds it. Raises InputError if there is no such folder, CallError
    if in-house output has none.
    """
    if in_house and not folder:
        if found := texts_folder(None):
            return found
        raise CallError("--in-house shows the texts of the sources, and has none; name their folder by --texts")
    if folder and not Path(folder).is_dir():
        raise InputError([Fault("is no folder; name the one that holds the texts of the sources", folder)])
    return Path(folder) if folder else None


def keep_uncommitted(file: Path, data: Path | None = None) -> None:
    """Raise CallError if a file with texts is to be among sources or the ontology, or at the root of the project.

    `data` is the folder of sources of the command, if it is not that of the project.
    """
    project, place = kit.project(), file.resolve()
    home = project.folder if project else kit.home() if kit.is_checkout() else None
    folders = [folder.resolve() for folder in [data, home and home / "data", home and home / "ontology"] if folder]
    if (home and place.parent == home.resolve()) or any(map(place.is_relative_to, folders)):
        raise CallError(
            f"{shown(file.parent)}: git commits its files, and texts of others do not belong there; "
            "name a place in texts/, or outside of the project"
        )
