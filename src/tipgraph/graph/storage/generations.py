"""A store that lasts: a folder of generations, each built beside, read back, and only then made the current one.

    STORE/
      current -> generations/NAME     what readers resolve, once
      generations/NAME/store/         Oxigraph's files
      generations/NAME/tables/        the claim tables
      generations/NAME/manifest.json  counts, versions, the graph's digest, the digest of every other file

NAME is the time when it was made and the digest of its manifest, so that a change of any byte is found, of the
manifest's too. Whoever reads or builds a generation holds its folder, and what is held is never swept.

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
from tipgraph.graph.tables import Tables
from tipgraph.model import kit
from tipgraph.runtime import Hold, alone, interruptible, need, sync, unheld

KEPT = 2  # older generations that stay beside the current one
_CURRENT, _ALL, _MANIFEST, _STORE, _TABLES = "current", "generations", "manifest.json", "store", "tables"
_BUILDING, _GONE = ".building-", ".gone-"
_NAME = re.compile(r"\d{8}T\d{6}\.\d{6}Z-([0-9a-f]{16})")
_STATEMENT = 700  # bytes of disk that a statement takes at most while it is written: 340 were measured, 180 read back
_ROOM = 32 << 20  # bytes that a generation takes besides
_TRIES = 20  # how often a reader looks again, where what it found was swept in between


class Generation(NamedTuple):
    """One generation: its folder, and what its manifest says."""

    folder: Path
    manifest: dict[str, Any]


def is_store(place: Path) -> bool:
    """Tell whether a path is a store: generations, and a pointer to one of them, beside whatever else."""
    pointer, folder = place / _CURRENT, place / _ALL
    return (
        folder.is_dir()
        and all(_NAME.fullmatch(path.name) for path in folder.iterdir())
        and (_ours(pointer) or not (pointer.exists() or pointer.is_symlink()))
    )


def is_generation(place: Path) -> bool:
    """Tell whether a path is one generation of a store."""
    return (place / _MANIFEST).is_file() and (place / _STORE).is_dir()


def write(place: Path, fill: Callable[[Store], None], statements: int) -> Generation:
    """Write a new generation of a store, make it the current one, and sweep what is older than `KEPT` others.

    `fill` fills an empty Oxigraph store in bulk; `statements` is about how many there will be. The generation is
    flushed, read back, described by its manifest, synced to the disk and moved into place; a crash leaves the former
    one current. Where the current one holds the same graph by the same versions, and is sound, it stays and is
    returned. Raises GraphError where the place is something else, the disk has no room, or cannot be written.
    """
    try:
        _prepare(place, statements)
        with interruptible(), _building(place) as beside:
            store = Store(str(beside / _STORE))
            fill(store)
            store.flush()
            del store
            manifest = _describe(beside)
            written = _same(place, manifest) or _published(place, beside, manifest)
    except OSError as error:
        why = error.strerror or error
        raise GraphError(f"{place}: cannot be written: {why}; what was current still is") from error
    _sweep(place)
    return written


def _same(place: Path, manifest: dict[str, Any]) -> Generation | None:
    """Return the current generation where it already is what a manifest describes, and no byte of it has changed."""
    try:
        found = current(place)
        alike = all(found.manifest.get(name) == manifest[name] for name in ("digest", "tipgraph", "pyoxigraph"))
        with Hold(found.folder):
            return found if alike and not _verified(found.folder)[1] else None
    except (GraphError, FileNotFoundError):  # there is none, or it was swept since
        return None


def load(place: Path) -> Graph:
    """Open the current generation of a store, or the one that is named itself, and hold it as long as the graph lives.

    Raises GraphError where there is none that can be read.
    """
    found, hold = held(place)
    try:
        store = Store.read_only(str(found.folder / _STORE))
    except (OSError, RuntimeError) as error:
        raise GraphError(f"{found.folder}: cannot be read: {error}; see `tipgraph store verify {place}`") from error
    tables = found.folder / _TABLES
    return Graph.over(Embedded(store, found.manifest["digest"], tables if tables.is_dir() else None, hold))


def held(place: Path) -> tuple[Generation, Hold]:
    """Return the current generation of a store, or the one that is named itself, and what holds it as long as it lives.

    Raises GraphError where there is none that can be read.
    """
    for _ in range(_TRIES):
        folder = place.resolve() if is_generation(place) else place / _ALL / _pointed(place)
        try:
            hold = Hold(folder)
        except FileNotFoundError:  # swept since: look again
            continue
        return _described(folder), hold
    raise GraphError(f"{place}: changes faster than it can be opened, or names a generation that is gone; try again")


def current(place: Path) -> Generation:
    """Return the current generation of a store; raise GraphError where it has none."""
    return _described(place / _ALL / _pointed(place))


def _described(folder: Path) -> Generation:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        return Generation(folder, {**manifest, "digest": str(manifest["digest"])})
    except (OSError, ValueError, KeyError, TypeError) as error:
        store = folder.parent.parent
        raise GraphError(f"{folder}: has no manifest that can be read; see `tipgraph store verify {store}`") from error


def verify(place: Path) -> tuple[list[Generation], list[Fault]]:
    """Compare every file of every generation with the digest that was taken of it; return the generations and faults.

    A generation with faults is returned without its manifest. Any byte that changed, and any file that is missing or
    was added, is a fault. Raises GraphError where the path is no store.
    """
    if not is_store(place):
        raise GraphError(f"{place}: is no store; name the folder that `tipgraph build -o FOLDER/` wrote")
    found: list[Generation] = []
    faults: list[Fault] = []
    for folder in _generations(place):
        with suppress(FileNotFoundError), Hold(folder):  # or it was swept since
            manifest, wrong = _verified(folder)
            found.append(Generation(folder, {} if wrong else manifest))
            faults += wrong
    try:
        name = _pointed(place)
    except GraphError as error:
        faults.append(Fault(str(error)))
    else:
        if name not in {one.folder.name for one in found}:
            faults.append(Fault("names no generation that is there; build again", str(place / _CURRENT)))
    return found, faults


def _verified(folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    """Return the manifest of a generation, empty where it cannot be trusted, and what is wrong with its files."""
    path = folder / _MANIFEST
    text = path.read_bytes() if path.is_file() else b""
    if not folder.name.endswith(_short(text)):
        return {}, [Fault("is not what was written: the manifest does not fit the name of its folder", str(path))]
    manifest = json.loads(text)
    said, there = manifest["files"], {name: folder / name for name in _files(folder)}
    faults = [Fault("is missing", str(folder / name)) for name in said.keys() - there.keys()]
    faults += [Fault("was added after the build", str(there[name])) for name in there.keys() - said.keys()]
    for name in said.keys() & there.keys():
        if _digest(there[name]) != said[name]["sha256"]:
            faults.append(Fault("is not what was written: its digest differs", str(there[name])))
    return manifest, faults


def refuse(place: Path) -> None:
    """Raise GraphError where a path is something else, and can become no store, MissingGuest without claim tables."""
    need("tables", f"{place}: a store", "name a file that ends in .trig or .nq")
    if place.exists() and not place.is_dir():
        raise GraphError(f"{place}: is no folder; name one for the store, or a file that ends in .trig or .nq")
    if place.is_dir() and not is_store(place) and any(not _ours(path) for path in place.iterdir()):
        raise GraphError(f"{place}: holds other files; name a folder that is new or empty")


def _prepare(place: Path, statements: int) -> None:
    """Make the folder of a store, and see that there is room in it."""
    refuse(place)
    (place / _ALL).mkdir(parents=True, exist_ok=True)
    free, needed = shutil.disk_usage(place).free, statements * _STATEMENT + _ROOM
    if free < needed:
        raise GraphError(
            f"{place}: {_megabytes(needed)} may be needed for {statements:,} statements, and {_megabytes(free)} are "
            "free; make room, or name another disk; what was current still is"
        )


@contextmanager
def _building(place: Path) -> Iterator[Path]:
    """Give a folder beside the generations to build one in; it is removed at the end, unless it was moved."""
    with ExitStack() as undo:
        with alone(place):
            beside = place / f"{_BUILDING}{token_hex(8)}"
            beside.mkdir()
            undo.callback(shutil.rmtree, beside, ignore_errors=True)
            undo.enter_context(Hold(beside))
        yield beside


def _describe(beside: Path) -> dict[str, Any]:
    """Read back what was written, write the claim tables from it, and return what the manifest says besides files."""
    from tipgraph.graph.tables.columns import built

    graph = Graph.over(Embedded(Store.read_only(str(beside / _STORE))))
    counts = {row["graph"].value: int(row["number"].value) for row in graph.named("graph-counts")}
    if len(graph) != sum(counts.values()):
        raise GraphError(f"{beside}: was not read back as it was written; is the disk sound? Nothing was changed")
    (beside / _TABLES).mkdir()
    with graph.dumped(beside) as statements:  # on the disk whose room was looked at
        digest = digest_of(sorted_lines(statements))
        tables = Tables(built(statements))
    tables.write(beside / _TABLES)
    return {
        "tipgraph": kit.VERSION,
        "pyoxigraph": pyoxigraph.__version__,
        "ontology": next((row["version"].value for row in graph.named("version")), ""),
        "made": datetime.now(UTC).isoformat(timespec="microseconds"),
        "statements": len(graph),
        "digest": digest,
        "graphs": dict(sorted(counts.items())),
        "members": {name: table.num_rows for name, table in tables.items() if table.num_rows},
    }


def _seal(beside: Path, manifest: dict[str, Any]) -> str:
    """Write the manifest, sync all that was written, and return the name of the generation."""
    files = _files(beside)
    paths = {name: beside / name for name in files}
    manifest["files"] = {name: {"bytes": path.stat().st_size, "sha256": _digest(path)} for name, path in paths.items()}
    text = (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    (beside / _MANIFEST).write_bytes(text)
    for name in [*files, _MANIFEST]:
        with (beside / name).open("rb+") as file:
            os.fsync(file.fileno())
    for folder in (beside / _STORE, beside / _TABLES, beside):
        sync(folder)
    made = datetime.fromisoformat(manifest["made"])
    return f"{made:%Y%m%dT%H%M%S.%fZ}-{_short(text)}"


def _published(place: Path, beside: Path, manifest: dict[str, Any]) -> Generation:
    """Seal a generation, move it into place, and swap the pointer to it."""
    name = _seal(beside, manifest)
    with alone(place):
        _swap(place, beside, name)
    return Generation(place / _ALL / name, manifest)


def _swap(place: Path, beside: Path, name: str) -> None:
    beside.rename(place / _ALL / name)
    sync(place / _ALL)
    target, swap = Path(_ALL) / name, place / f".{_CURRENT}"
    swap.unlink(missing_ok=True)
    with suppress(OSError):  # a disk that knows no links
        if os.name != "nt":  # where they are for few, and none is swapped in one step
            swap.symlink_to(target, target_is_directory=True)
    if not swap.is_symlink():
        swap.write_text(f"{target.as_posix()}\n", "utf-8")
        with swap.open("rb+") as file:
            os.fsync(file.fileno())
    swap.replace(place / _CURRENT)
    sync(place)


def _sweep(place: Path) -> None:
    """Remove the generations beside the current one but the last, and what builds that died have left, if possible."""
    gone: list[Path] = []
    with suppress(OSError, GraphError), alone(place):
        kept = _pointed(place)
        older = [folder for folder in _generations(place) if folder.name != kept]
        dead = [path for path in place.iterdir() if path.name.startswith(_BUILDING)]
        for folder in [*older[: max(0, len(older) - KEPT)], *dead]:
            with unheld(folder) as free:
                if free:
                    folder.rename(place / f"{_GONE}{folder.name}")
        gone += [path for path in place.iterdir() if path.name.startswith(_GONE)]
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)


def _pointed(place: Path) -> str:
    """Return the name of the generation that is current; raise GraphError where none is named."""
    pointer = place / _CURRENT
    if pointer.is_dir() and not pointer.is_symlink():
        raise GraphError(
            f"{pointer}: is a copy of a generation, where a link to one should be; copy stores with `cp -a`, or name "
            f"{pointer} itself"
        )
    try:
        target = pointer.readlink() if pointer.is_symlink() else pointer.read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise GraphError(f"{place}: has no generation yet; build one with `tipgraph build -o {place}/`") from error
    name = Path(target).name
    if Path(target) != Path(_ALL) / name or not _NAME.fullmatch(name):
        raise GraphError(f"{pointer}: names no generation of this store; build again")
    return name


def _generations(place: Path) -> list[Path]:
    """Return the folders of all generations, oldest first."""
    return sorted(path for path in (place / _ALL).iterdir() if _NAME.fullmatch(path.name))


def _files(folder: Path) -> list[str]:
    """Return the names of all files below a folder but its manifest, in order."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted({path.relative_to(folder).as_posix() for path in found} - {_MANIFEST})


def _ours(path: Path) -> bool:
    """Tell whether a build may have left a path in the folder of a store."""
    pointer = path.name == _CURRENT and (path.is_symlink() or _names_one(path))
    return pointer or path.name in (_ALL, f".{_CURRENT}") or path.name.startswith((_BUILDING, _GONE))


def _names_one(pointer: Path) -> bool:
    """Tell whether a file holds the name of a generation and nothing else, or is a copy of one."""
    try:
        return is_generation(pointer) or bool(_NAME.fullmatch(Path(pointer.read_text("utf-8").strip()).name))
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _short(text: bytes) -> str:
    """Return the part of the digest of a manifest that stands in the name of its folder."""
    return sha256(text).hexdigest()[:16]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
