"""The scripts and styles of a site: our own, vis-network from pyvis, and the files that `make web` gathers.

    web/static    `shared.js`, a script for each kind of page, and styles: copied into a site, but for what is put
                  inside documents or sent by `tipgraph review`
    web/vendor    files of others, as `make web` copies them

Decision: docs/decisions/0058-scripts-are-classic-scripts.md.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path

from tipgraph.errors import GraphError
from tipgraph.outputs.site import embedded_engine, licences

_WEB = Path(__file__).parent / "web"
_EMBEDDED = ("card", "notebook", "one-file", "review", "worker")
_VIS = "lib/vis-9.1.2/vis-network.min.js"


def write(folder: Path) -> None:
    """Copy them into `assets/` of a site, with the licences of third-party files."""
    target = folder / "assets"
    target.mkdir()
    gathered = [path for path in _WEB.glob("vendor/*.min.*") if path.suffix in (".js", ".css")]
    own = [path for path in (_WEB / "static").iterdir() if path.stem not in _EMBEDDED and path.suffix != ".ts"]
    for path in [*sorted(own), *sorted(gathered), *licences.found()]:
        shutil.copyfile(path, target / path.name)
    shutil.copyfile(vis_network(), target / "vis-network.min.js")
    embedded_engine.write_engine(target)


def vis_network() -> Path:
    """Return where the script of vis-network lies that pyvis carries; raise GraphError where there is no pyvis."""
    spec = find_spec("pyvis")
    if spec is None or not spec.origin:  # found without importing it, which takes a quarter of a second
        raise GraphError("pyvis is not here, which draws networks; install it: pip install pyvis")
    return Path(spec.origin).parent / _VIS
