"""What the page on which one asks carries: an engine, and the graph that it answers from, as text in scripts.

A page that lies on a disk may read no file but scripts, so these are two: `engine.js`, which every site of a version
has, and `graph.js`. Each part in them is packed by gzip and written in base64.

Decision: docs/decisions/0080-the-page-carries-oxigraph-as-webassembly.md.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tipgraph.graph import Graph, storage

_WEB = Path(__file__).parent / "web"
_LIBRARY, _WASM = "oxigraph.js", "oxigraph.wasm.gz"  # as `make web` gathers them


def is_gathered() -> bool:
    """Tell whether there is an engine to carry."""
    return (_WEB / "vendor" / _LIBRARY).is_file() and (_WEB / "vendor" / _WASM).is_file()


def write_engine(folder: Path) -> None:
    """Write `engine.js` into the folder of the scripts of a site, where there is an engine."""
    if not is_gathered():
        return
    vendor = _WEB / "vendor"
    worker = [vendor / _LIBRARY, _WEB / "static" / "worker.js"]
    code = "\n".join(path.read_text("utf-8") for path in worker)
    parts = {"worker.js": gzip.compress(code.encode(), mtime=0), "oxigraph.wasm": (vendor / _WASM).read_bytes()}
    carry(folder / "engine.js", {name: b64encode(part).decode() for name, part in parts.items()})


def write_graph(folder: Path, graph: Graph) -> None:
    """Write `graph.js` beside it."""
    if not is_gathered():
        return
    with TemporaryDirectory() as beside:
        path = Path(beside) / "graph.trig.gz"
        storage.write(graph, path)
        carry(folder / "graph.js", {"graph.trig": b64encode(path.read_bytes()).decode()})


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
