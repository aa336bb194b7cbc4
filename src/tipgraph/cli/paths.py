"""The places of the graph, the texts and the pages: as an option says, else the environment, else the build folder.

No texts of others are written into a place that git commits.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tipgraph.cli.terminal import note, progress
from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Graph
    from tipgraph.sources import Texts

_IGNORED: Final = ("build", "texts")  # folders that the `.gitignore` of a new project names


def open_graph(place: str | None, *, warns: bool = True) -> "Graph":
    """Return the graph at a place, by default the one that is built, or build it in memory."""
    from tipgraph.graph import load

    found = graph_place(place, warns=warns)
    return load(found) if isinstance(found, str) else found


def graph_place(place: str | None, *, warns: bool = True) -> "Graph | str":
    """Return the place of the graph; if none has been built, return the graph of the data, built in memory."""
    if found := built_place(place):
        if warns:
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
    """Say on standard error that a graph of the build folder is older than its data."""
    if warning := older_text(place):
        note(warning)


def older_text(place: Path | str) -> str:
    """Return that a graph of the build folder is older than its data, and what to run; nothing if it is not."""
    newer = newer_files(place)
    if not newer:
        return ""
    words = shown(newer[0]) + (f" and {len(newer) - 1} more" if len(newer) > 1 else "")
    is_default = Path(place).resolve() == default_graph().resolve()
    again = "tipgraph build" if is_default else f"tipgraph build -o {place}"
    return f"{words} changed after {shown(Path(place))} was built; run `{again}`"


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


def texts_at(folder: str | None) -> "Texts":
    """Return the texts for output that stays with the user; none without a folder of texts."""
    from tipgraph.sources import Texts

    return Texts(texts_folder(folder))


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


def in_house_texts(folder: str | None) -> Path:
    """Return the folder of the texts, as `texts_folder` finds it, for output that shows all; raise CallError."""
    if found := texts_folder(folder):
        return found
    raise CallError("--in-house shows the texts of the sources, and has none; name their folder by --texts")


def named_texts(folder: str | None) -> Path | None:
    """Return the folder of --texts, None without one: only these texts may be quoted in output that others get.

    Raises InputError if there is no such folder.
    """
    if folder and not Path(folder).is_dir():
        raise InputError([Fault("is no folder; name the one that holds the texts of the sources", folder)])
    return Path(folder) if folder else None


def keep_uncommitted(file: Path, data: Path | None = None, *, is_new: bool = False) -> None:
    """Raise CallError if a file with texts is to be among sources or the ontology, or at the root of the project.

    For any other place of the project that git does not ignore, say so on standard error. `data` is the folder of
    sources of the command, if it is not that of the project. A folder that `is_new` gets a .gitignore of its own.
    """
    place, root = file.resolve(), _root()
    folders = [*([data.resolve()] if data else []), *([root / "data", root / "ontology"] if root else [])]
    if place.parent == root or any(place.is_relative_to(folder.resolve()) for folder in folders):
        raise CallError(
            f"{shown(file.parent)}: git commits its files, and texts of others do not belong there; "
            "name a place in texts/, or outside of the project"
        )
    if root and place.is_relative_to(root) and not (is_new or _is_ignored(place, root)):
        note(f"git does not ignore {shown(file.parent)}, which gets texts of others; add it to .gitignore")


def _root() -> Path | None:
    """Return the folder of the project, else of the checkout; None without one."""
    project = kit.project()
    folder = project.folder if project else kit.home() if kit.is_checkout() else None
    return folder.resolve() if folder else None


def _is_ignored(place: Path, root: Path) -> bool:
    """Tell whether git ignores a file; where git has no answer, whether a new project would ignore it."""
    import shutil
    from subprocess import DEVNULL, run

    if git := shutil.which("git"):
        command = [git, "-c", "core.fsmonitor=false", "-C", str(root), "check-ignore", "-q", "--", str(place)]
        code = run(command, check=False, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL).returncode  # noqa: S603
        if code in (0, 1):
            return code == 0
    return place.relative_to(root).parts[0] in _IGNORED
