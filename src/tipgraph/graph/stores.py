"""A store on disk: Oxigraph's files in a folder of their own, and a manifest that names the folder.

    STORE/manifest.json       the name of the folder, counts, versions, and the graph's digest if it is known
    STORE/3f2a9c7105b1e6d8/   Oxigraph's files

A new store is written into a folder beside the old one, by one build at a time. Then the manifest is replaced, in one
step. A reader holds its folder, and a held folder is never removed.

Decision: docs/decisions/0009-a-store-is-a-folder-that-a-manifest-names.md.
"""

import json
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

import pyoxigraph
from pyoxigraph import Store

from tipgraph.errors import GraphError
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph
from tipgraph.model import kit
from tipgraph.runtime import Lock, atomic_file, interruptible

_MANIFEST, _OF_OXIGRAPH = "manifest.json", "CURRENT"
_NAME = re.compile(r"[0-9a-f]{16}")
_TRIES = 20  # of a reader, while stores are replaced


class Stored(NamedTuple):
    """The folder of Oxigraph's files of a store, and its manifest."""

    folder: Path
    manifest: dict[str, Any]


def write(place: Path, fill: Callable[[Store], None], digest: str = "") -> None:
    """Write a store in place of an older one; after a crash the older one is still there.

    `fill` fills an empty Oxigraph store in bulk; `digest` is that of its graph, if known. Raises GraphError if the
    place is something else, the disk is full, or cannot be written.
    """
    check_place(place)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with interruptible(), Lock(place):  # another build waits
            try:
                _write(place / token_hex(8), fill, digest)
            finally:
                _sweep(place)
    except OSError as error:
        raise GraphError(f"{place}: cannot be written: {error.strerror or error}; what was there still is") from error


def _write(folder: Path, fill: Callable[[Store], None], digest: str) -> None:
    store = Store(str(folder))
    fill(store)
    # A store of two million statements is then read in half to three quarters of the time, and is 80 % larger.
    store.optimize()
    store.flush()
    graph = Graph.over(Embedded(store))
    counts = {row["graph"].value: int(row["number"].value) for row in graph.named("graph-counts")}
    manifest = {
        "folder": folder.name,
        "digest": digest,
        "tipgraph": kit.VERSION,
        "pyoxigraph": pyoxigraph.__version__,
        "ontology": next((row["version"].value for row in graph.named("version")), ""),
        "statements": len(graph),
        "graphs": dict(sorted(counts.items())),
    }
    _keep(Stored(folder, manifest))


def load(place: Path) -> Graph:
    """Open a store, or a folder of Oxigraph's own files, and hold it as long as the graph lives.

    Raises GraphError if there is none that can be read.
    """
    if (place / _OF_OXIGRAPH).is_file():
        return _opened(Stored(place, {}), Lock(place, shared=True))
    return _opened(*_held(place))


def held(place: Path) -> tuple[Stored, Lock]:
    """Return a store with its digest and a hold on its folder; raise GraphError if there is none that can be read."""
    stored, hold = _held(place)
    if not stored.manifest["digest"]:
        stored.manifest["digest"] = _opened(stored, hold).digest
        with suppress(OSError):  # nobody may write there: it is found anew the next time
            _keep(stored)
    return stored, hold


def check_place(place: Path) -> None:
    """Raise GraphError if a path cannot become a store."""
    if place.exists() and not place.is_dir():
        raise GraphError(f"{place}: is no folder; name one for the store, or a file that ends in .trig or .nq")
    left = [path.name for path in place.iterdir()] if place.is_dir() else []  # by a first build that was killed
    if not (_read(place) or all(_NAME.fullmatch(name) or name.startswith(f".{_MANIFEST}.") for name in left)):
        raise GraphError(f"{place}: holds other files; name a folder that is new or empty")


def _held(place: Path) -> tuple[Stored, Lock]:
    for _ in range(_TRIES):
        manifest = _read(place)
        if manifest is None:
            raise GraphError(
                f"{place}: is no store that `tipgraph build -o FOLDER/` wrote; name another, or build again"
            )
        folder = place / manifest["folder"]
        with suppress(FileNotFoundError):  # it was just replaced: look again
            return Stored(folder, manifest), Lock(folder, shared=True)
    raise GraphError(f"{place}: names a folder that is not there, or changes too fast to be opened; build it again")


def _opened(stored: Stored, hold: Lock) -> Graph:
    try:
        store = Store.read_only(str(stored.folder))
    except (OSError, RuntimeError) as error:
        raise GraphError(f"{stored.folder}: cannot be read: {error}; build it again") from error
    return Graph.over(Embedded(store, stored.manifest.get("digest") or None, hold, in_memory=False))


def _read(place: Path) -> dict[str, Any] | None:
    """Return the manifest of a store, None if there is none of ours."""
    try:
        manifest = json.loads((place / _MANIFEST).read_text("utf-8"))
        return manifest if _NAME.fullmatch(manifest["folder"]) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(stored: Stored) -> None:
    with atomic_file(stored.folder.parent / _MANIFEST) as (draft,):
        draft.write_text(json.dumps(stored.manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _sweep(place: Path) -> None:
    """Remove, if possible, the folders that the manifest does not name and nobody holds."""
    named = (_read(place) or {}).get("folder")
    for folder in place.iterdir():
        if _NAME.fullmatch(folder.name) and folder.name != named:
            with suppress(OSError), Lock(folder, wait=False):
                shutil.rmtree(folder)
