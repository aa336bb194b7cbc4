"""The files of a site that are no pages: scripts, styles, licences, and what the page on which one asks carries.

    web/static    `shared.js`, a script for each kind of page, and styles: copied into a site, but for what is put
                  inside documents or sent by `tipgraph review`
    web/vendor    files of others, as `make web` copies them

A page that lies on a disk may read no file but scripts, so an engine and the graph that it answers from are two:
`engine.js`, which every site of a version has, and `graph.js`. Each part in them is packed by gzip, in base64.

Decisions: docs/decisions/0058-scripts-are-classic-scripts.md, docs/decisions/0080-the-page-ask-carries-an-engine.md.
"""

import gzip
import json
import shutil
from base64 import b64encode
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tipgraph.errors import GraphError
from tipgraph.graph import Graph, storage

WEB: Final = Path(__file__).parent / "web"
STATIC, VENDOR = WEB / "static", WEB / "vendor"
_EMBEDDED = ("notebook", "one-file", "review", "worker")
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_LIBRARY, _WASM = "oxigraph.js", "oxigraph.wasm.gz"


def write(folder: Path) -> None:
    """Copy them into `assets/` of a site, with the licences of third-party files."""
    target = folder / "assets"
    target.mkdir()
    own = (path for path in STATIC.iterdir() if path.stem not in _EMBEDDED and path.suffix != ".ts")
    for path in [*own, *VENDOR.glob("*.min.js"), *VENDOR.glob("*.min.css"), *licences(), vis_network()]:
        shutil.copyfile(path, target / path.name)
    if is_gathered():
        code = "\n".join(path.read_text("utf-8") for path in (VENDOR / _LIBRARY, STATIC / "worker.js"))
        parts = {"worker.js": gzip.compress(code.encode(), mtime=0), "oxigraph.wasm": (VENDOR / _WASM).read_bytes()}
        carry(target / "engine.js", {name: b64encode(part).decode() for name, part in parts.items()})


def write_graph(folder: Path, graph: Graph) -> None:
    """Write `graph.js` beside the engine, where there is one."""
    if is_gathered():
        with TemporaryDirectory() as beside:
            path = Path(beside) / "graph.trig.gz"
            storage.write(graph, path)
            carry(folder / "assets" / "graph.js", {"graph.trig": b64encode(path.read_bytes()).decode()})


def static(*names: str) -> str:
    """Return scripts or styles of ours as one text, with their ends of lines, on which digests depend."""
    return "".join((STATIC / name).read_bytes().decode("utf-8") for name in names)


def gathered(*names: str) -> tuple[str, ...]:
    """Return the names of files of others; none if `make web` has not put all of them here."""
    return names if all((VENDOR / name).is_file() for name in names) else ()


def is_gathered() -> bool:
    """Tell whether there is an engine to carry."""
    return bool(gathered(_LIBRARY, _WASM))


def licences() -> list[Path]:
    """Return the files of licences: of pyvis, and of the files from `make web`."""
    return sorted([*WEB.glob("LICENSES*.txt"), *VENDOR.glob("LICENSES*.txt")], key=lambda path: path.name)


def vis_network() -> Path:
    """Return where the script of vis-network lies that pyvis carries; raise GraphError where there is no pyvis."""
    spec = find_spec("pyvis")
    if spec is None or not spec.origin:  # found without importing it, which takes a quarter of a second
        raise GraphError("pyvis is not here, which draws networks; install it: pip install pyvis")
    return Path(spec.origin).parent / _VIS


def packed(value: object) -> str:
    """Return a JSON value packed by gzip in base64; `shared.js` unpacks it."""
    return packed_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def packed_text(text: str) -> str:
    """Return a text packed by gzip in base64."""
    return b64encode(gzip.compress(text.encode("utf-8", "surrogatepass"), 6, mtime=0)).decode("ascii")


def carry(path: Path, parts: Mapping[str, object]) -> None:
    """Write a script that hands JSON values over; `shared.js` reads it, in a site that is one file as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = ((name, json.dumps(part, ensure_ascii=False, separators=(",", ":"))) for name, part in parts.items())
    path.write_text("".join(f'carry("{name}", {value});\n' for name, value in values), "utf-8", newline="\n")
