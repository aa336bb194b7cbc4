"""A store on disk: a folder of generations, each built aside, read back, and then made the current one.

    STORE/
      current -> generations/NAME     the link that readers resolve, once
      generations/NAME/store/         Oxigraph's files
      generations/NAME/manifest.json  counts, versions, the graph's digest, the digest of every other file

NAME is the time of the build and the digest of the manifest, so that a change of any byte is found, also in the
manifest. A reader or a build holds the folder of its generation, and a held generation is never removed.

Decision: docs/decisions/0009-a-generation-is-named-by-its-manifest-digest.md.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

import pyoxigraph
from pyoxigraph import Store

from tipgraph.errors import Fault, GraphError
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph, digest_of, sorted_lines
from tipgraph.model import iri, kit, ontology
from tipgraph.runtime import Hold, alone, interruptible, sync, unheld

KEPT = 2  # older generations that stay beside the current one
_CURRENT, _ALL, _MANIFEST, _STORE = "current", "generations", "manifest.json", "store"
_BUILDING, _GONE = ".building-", ".gone-"
_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-([0-9a-f]{16})")
_STATEMENT = 700  # bytes of disk for a statement at most, while it is written: 340 were measured, 180 read back
_ROOM = 32 << 20  # bytes of disk for a generation besides its statements
_TRIES = 20  # of a reader, while generations are removed


class Generation(NamedTuple):
    """A generation: its folder and its manifest."""

    folder: Path
    manifest: dict[str, Any]


def is_store(place: Path) -> bool:
    """Return whether a path is a store: a folder of generations, and a pointer to one of them."""
    pointer, folder = place / _CURRENT, place / _ALL
    return (
        folder.is_dir()
        and all(_NAME.fullmatch(path.name) for path in folder.iterdir())
        and (_is_ours(pointer) or not (pointer.exists() or pointer.is_symlink()))
    )


def is_generation(place: Path) -> bool:
    """Return whether a path is one generation of a store."""
    return (place / _MANIFEST).is_file() and (place / _STORE).is_dir()


def write(place: Path, fill: Callable[[Store], None], statements: int) -> Generation:
    """Write a new generation of a store, make it the current one, and remove old ones but the last `KEPT`.

    `fill` fills an empty Oxigraph store in bulk; `statements` is roughly their number. After a crash the former
    generation is still the current one. If the current one is sound and holds the same graph by the same versions, it
    is kept and returned. Raises GraphError if the place is something else, the disk is full, or cannot be written.
    """
    try:
        check_place(place)
        (place / _ALL).mkdir(parents=True, exist_ok=True)
        _check_room(place, statements)
        with interruptible(), _building(place) as folder:
            store = Store(str(folder / _STORE))
            fill(store)
            # A store of two million statements is then read in half to three quarters of the time, and is 80 % larger.
            store.optimize()
            store.flush()
            del store
            manifest = _describe(folder)
            generation = _same(place, manifest) or _publish(place, folder, manifest)
    except OSError as error:
        why = error.strerror or error
        raise GraphError(f"{place}: cannot be written: {why}; what was current still is") from error
    _remove_old(place)
    return generation


def _same(place: Path, manifest: dict[str, Any]) -> Generation | None:
    """Return the current generation if it is sound and its manifest says the same."""
    try:
        generation = current(place)
        same = all(generation.manifest.get(name) == manifest[name] for name in ("digest", "tipgraph", "pyoxigraph"))
        with Hold(generation.folder):
            return generation if same and not _verified(generation.folder)[1] else None
    except (GraphError, FileNotFoundError):  # there is none, or it was just removed
        return None


def load(place: Path) -> Graph:
    """Open the current generation of a store, or a generation itself, and hold it as long as the graph lives.

    Raises GraphError if there is none that can be read.
    """
    (folder, manifest), hold = held(place)
    try:
        store = Store.read_only(str(folder / _STORE))
    except (OSError, RuntimeError) as error:
        raise GraphError(f"{folder}: cannot be read: {error}; see `tipgraph store verify {place}`") from error
    return Graph.over(Embedded(store, manifest["digest"], hold, in_memory=False))


def held(place: Path) -> tuple[Generation, Hold]:
    """Return the current generation of a store, or a generation itself, with a hold on its folder.

    Raises GraphError if there is none that can be read.
    """
    for _ in range(_TRIES):
        folder = place.resolve() if is_generation(place) else place / _ALL / _current_name(place)
        with suppress(FileNotFoundError):  # it was just removed: look again
            hold = Hold(folder)
            return _read(folder), hold
    raise GraphError(f"{place}: changes faster than it can be opened, or names a generation that is gone; try again")


def current(place: Path) -> Generation:
    """Return the current generation of a store; raise GraphError if it has none."""
    return _read(place / _ALL / _current_name(place))


def _read(folder: Path) -> Generation:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        return Generation(folder, {**manifest, "digest": str(manifest["digest"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        store = folder.parent.parent
        raise GraphError(f"{folder}: has no manifest that can be read; see `tipgraph store verify {store}`") from error


def verify(place: Path) -> tuple[list[Generation], list[Fault]]:
    """Compare every file of every generation with its digest; return the generations and the faults.

    A generation with faults is returned without its manifest. A changed, a missing and an added file are faults. Raises
    GraphError if the path is no store.
    """
    if not is_store(place):
        raise GraphError(f"{place}: is no store; name the folder that `tipgraph build -o FOLDER/` wrote")
    generations: list[Generation] = []
    faults: list[Fault] = []
    for folder in _folders(place):
        with suppress(FileNotFoundError), Hold(folder):  # or it was just removed
            manifest, wrong = _verified(folder)
            generations.append(Generation(folder, {} if wrong else manifest))
            faults += wrong
    try:
        if _current_name(place) not in {generation.folder.name for generation in generations}:
            faults.append(Fault("names no generation that is there; build again", str(place / _CURRENT)))
    except GraphError as error:
        faults.append(Fault(str(error)))
    return generations, faults


def _verified(folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Return the manifest of a generation, empty if it is not the one that was written, and the faults of its files."""
    path = folder / _MANIFEST
    text = path.read_bytes() if path.is_file() else b""
    if not folder.name.endswith(_short_digest(text)):
        return {}, [Fault("is not what was written: the manifest does not fit the name of its folder", str(path))]
    manifest = json.loads(text)
    listed, files = manifest["files"], set(_files(folder))
    faults = dict.fromkeys(listed.keys() - files, "is missing")
    faults |= dict.fromkeys(files - listed.keys(), "was added after the build")
    for name in listed.keys() & files:
        if _digest(folder / name) != listed[name]["sha256"]:
            faults[name] = "is not what was written: its digest differs"
    return manifest, [Fault(message, str(folder / name)) for name, message in faults.items()]


def check_place(place: Path) -> None:
    """Raise GraphError if a path cannot become a store."""
    if place.exists() and not place.is_dir():
        raise GraphError(f"{place}: is no folder; name one for the store, or a file that ends in .trig or .nq")
    if place.is_dir() and not is_store(place) and any(not _is_ours(path) for path in place.iterdir()):
        raise GraphError(f"{place}: holds other files; name a folder that is new or empty")


def _check_room(place: Path, statements: int) -> None:
    free, needed = shutil.disk_usage(place).free, statements * _STATEMENT + _ROOM
    if free < needed:
        raise GraphError(
            f"{place}: {needed / 1e6:,.0f} MB may be needed for {statements:,} statements, and {free / 1e6:,.0f} MB "
            "are free; make room, or name another disk; what was current still is"
        )


@contextmanager
def _building(place: Path) -> Iterator[Path]:
    """Provide a folder in which to build a generation, held; remove it at the end, unless it was moved."""
    with ExitStack() as undo:
        with alone(place):
            folder = place / f"{_BUILDING}{token_hex(8)}"
            folder.mkdir()
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
            undo.enter_context(Hold(folder))
        yield folder


def _describe(folder: Path) -> dict[str, Any]:
    """Read back the store, and return the manifest without its files."""
    graph = Graph.over(Embedded(Store.read_only(str(folder / _STORE)), in_memory=False))
    counts = {row["graph"].value: int(row["number"].value) for row in graph.named("graph-counts")}
    members = {row["class"].value: int(row["number"].value) for row in graph.named("member-counts")}
    if len(graph) != sum(counts.values()):
        raise GraphError(f"{folder}: was not read back as it was written; is the disk sound? Nothing was changed")
    with graph.dumped(folder) as statements:  # on the disk that has room
        digest = digest_of(sorted_lines(statements))
    return {
        "tipgraph": kit.VERSION,
        "pyoxigraph": pyoxigraph.__version__,
        "ontology": next((row["version"].value for row in graph.named("version")), ""),
        "made": datetime.now(UTC).isoformat(timespec="microseconds"),
        "statements": len(graph),
        "digest": digest,
        "graphs": dict(sorted(counts.items())),
        "members": {name: members[iri(name)] for name in sorted(ontology().classes) if iri(name) in members},
    }


def _publish(place: Path, folder: Path, manifest: dict[str, Any]) -> Generation:
    """Write the manifest of a generation, sync all its files, move it into place, and point to it."""
    files = _files(folder)
    sizes = {name: (folder / name).stat().st_size for name in files}
    manifest["files"] = {name: {"bytes": size, "sha256": _digest(folder / name)} for name, size in sizes.items()}
    text = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    (folder / _MANIFEST).write_bytes(text)
    for name in [*files, _MANIFEST]:
        _sync_file(folder / name)
    for path in (folder / _STORE, folder):
        sync(path)
    name = f"{datetime.fromisoformat(manifest['made']):%Y%m%dT%H%M%S.%fZ}-{_short_digest(text)}"
    with alone(place):
        folder.rename(place / _ALL / name)
        sync(place / _ALL)
        _point(place, Path(_ALL) / name)
    return Generation(place / _ALL / name, manifest)


def _point(place: Path, target: Path) -> None:
    """Make a generation the current one, in one step."""
    pointer = place / f".{_CURRENT}"
    pointer.unlink(missing_ok=True)
    with suppress(OSError):  # a disk without links
        if os.name != "nt":  # Windows lets few users make links, and does not replace one in one step
            pointer.symlink_to(target, target_is_directory=True)
    if not pointer.is_symlink():
        pointer.write_text(f"{target.as_posix()}\n", "utf-8")
        _sync_file(pointer)
    pointer.replace(place / _CURRENT)
    sync(place)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove_old(place: Path) -> None:
    """Remove, if possible, the generations before the last `KEPT`, and the folders of builds that died."""
    gone: list[Path] = []
    with suppress(OSError, GraphError), alone(place):
        name = _current_name(place)
        older = [folder for folder in _folders(place) if folder.name != name]
        dead = [path for path in place.iterdir() if path.name.startswith(_BUILDING)]
        for folder in [*older[: max(0, len(older) - KEPT)], *dead]:
            with unheld(folder) as free:
                if free:
                    folder.rename(place / f"{_GONE}{folder.name}")
        gone += [path for path in place.iterdir() if path.name.startswith(_GONE)]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)


def _current_name(place: Path) -> str:
    """Return the name of the current generation; raise GraphError if none is named."""
    pointer = place / _CURRENT
    if pointer.is_dir() and not pointer.is_symlink():
        raise GraphError(
            f"{pointer}: is a copy of a generation, where a link to one should be; copy stores with `cp -a`, or name "
            f"{pointer} itself"
        )
    try:
        target = pointer.readlink() if pointer.is_symlink() else Path(pointer.read_text("utf-8").strip())
    except (OSError, ValueError) as error:
        raise GraphError(f"{place}: has no generation yet; build one with `tipgraph build -o {place}/`") from error
    if target != Path(_ALL) / target.name or not _NAME.fullmatch(target.name):
        raise GraphError(f"{pointer}: names no generation of this store; build again")
    return target.name


def _folders(place: Path) -> list[Path]:
    """Return the folders of all generations, oldest first."""
    return sorted(path for path in (place / _ALL).iterdir() if _NAME.fullmatch(path.name))


def _files(folder: Path) -> list[str]:
    """Return the names of all files below a folder but its manifest, in order."""
    paths = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted({path.relative_to(folder).as_posix() for path in paths} - {_MANIFEST})


def _is_ours(path: Path) -> bool:
    """Return whether a build may have made a path in the folder of a store."""
    if path.name == _CURRENT:
        return path.is_symlink() or _is_pointer(path)
    return path.name in (_ALL, f".{_CURRENT}") or path.name.startswith((_BUILDING, _GONE))


def _is_pointer(path: Path) -> bool:
    """Return whether a file holds only the name of a generation, or a folder is a copy of one."""
    try:
        return is_generation(path) or bool(_NAME.fullmatch(Path(path.read_text("utf-8").strip()).name))
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _short_digest(text: bytes) -> str:
    """Return the part of a manifest's digest that is in the name of its folder."""
    return sha256(text).hexdigest()[:16]
