"""What the page on which one asks carries: an engine, and the graph that it answers from, as text in scripts.

A page that lies on a disk may read no file but scripts, so these are two: `engine.js`, which every site of a version
has, and `graph.js`. Each part in them is packed by gzip and written in base64.

Decision: docs/decisions/0080-the-page-carries-oxigraph-as-webassembly.md.
"""

import gzip
from base64 import b64encode
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
    worker = [vendor / _LIBRARY, _WEB / "embedded" / "worker.js"]
    code = "\n".join(path.read_text("utf-8") for path in worker)
    _carry(
        folder / "engine.js",
        {"worker.js": gzip.compress(code.encode(), mtime=0), "oxigraph.wasm": (vendor / _WASM).read_bytes()},
    )


def write_graph(folder: Path, graph: Graph) -> None:
    """Write `graph.js` beside it."""
    if not is_gathered():
        return
    with TemporaryDirectory() as beside:
        path = Path(beside) / "graph.trig.gz"
        storage.write(graph, path)
        _carry(folder / "graph.js", {"graph.trig": path.read_bytes()})


def _carry(path: Path, parts: dict[str, bytes]) -> None:
    """Write a script that hands its parts over; `query/embedded.js` reads it, in a site that is one file as text."""
    lines = [f'carry("{name}", "{b64encode(part).decode()}");\n' for name, part in parts.items()]
    path.write_text("".join(lines), "utf-8", newline="\n")
