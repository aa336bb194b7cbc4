"""Places that git commits: no texts of others are written there."""

import shutil
from pathlib import Path
from subprocess import DEVNULL, run
from typing import Final

from tipgraph.cli.terminal import note
from tipgraph.errors import CallError, shown
from tipgraph.model import kit

_IGNORED: Final = ("build", "texts")  # folders that the `.gitignore` of a new project names


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
    if git := shutil.which("git"):
        command = [git, "-c", "core.fsmonitor=false", "-C", str(root), "check-ignore", "-q", "--", str(place)]
        code = run(command, check=False, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL).returncode  # noqa: S603
        if code in (0, 1):
            return code == 0
    return place.relative_to(root).parts[0] in _IGNORED
