"""The scripts and styles that pages share: our own, vis-network from pyvis, and what `make web` gathered.

Decision: docs/decisions/0058-scripts-are-classic-scripts.md.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path

from tipgraph.errors import GraphError
from tipgraph.outputs.site import embedded_engine, licences

_WEB = Path(__file__).parent / "web"
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_OURS = frozenset({".js", ".css"})
_ELSEWHERE = (
    frozenset({"book.js", "book.css", "inline.js", "inline.css"}) | embedded_engine.INSIDE
)  # parts of the site in one file, of the engine, and of what notebooks show
_VENDOR = _WEB / "vendor"


def write(folder: Path) -> None:
    """Copy them into `assets/` of a site, the licences of what is of others beside it."""
    target = folder / "assets"
    target.mkdir()
    gathered = sorted(_VENDOR.iterdir()) if _VENDOR.is_dir() else []
    for path in [*sorted(_WEB.iterdir()), *gathered]:
        if path.suffix in _OURS and path.name not in _ELSEWHERE:
            shutil.copyfile(path, target / path.name)
    for path in licences.found():
        shutil.copyfile(path, target / path.name)
    shutil.copyfile(vis_network(), target / "vis-network.min.js")
    embedded_engine.write_engine(target)


def vis_network() -> Path:
    """Return where the script of vis-network lies that pyvis carries; raise GraphError where there is no pyvis."""
    spec = find_spec("pyvis")
    if spec is None or not spec.origin:  # found without importing it, which takes a quarter of a second
        raise GraphError("pyvis is not here, which draws networks; install it: pip install pyvis")
    return Path(spec.origin).parent / _VIS
