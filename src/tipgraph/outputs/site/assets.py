"""The scripts and styles of a site: our own, vis-network from pyvis, and the files that `make web` gathers.

    web/modules  → esbuild →  web/assets      one script for each kind of page, copied into a site
                              web/embedded    what is put inside documents, or sent by `tipgraph review`

Decision: docs/decisions/0058-scripts-are-classic-scripts.md.
Decision: docs/decisions/0114-esbuild-bundles-the-scripts-of-each-page.md.
"""

import shutil
from importlib.util import find_spec
from pathlib import Path

from tipgraph.errors import GraphError
from tipgraph.outputs.site import embedded_engine, licences

_WEB = Path(__file__).parent / "web"
_VIS = "lib/vis-9.1.2/vis-network.min.js"


def write(folder: Path) -> None:
    """Copy them into `assets/` of a site, with the licences of third-party files."""
    target = folder / "assets"
    target.mkdir()
    gathered = [path for path in _WEB.glob("vendor/*.min.*") if path.suffix in (".js", ".css")]
    for path in [*sorted((_WEB / "assets").iterdir()), *sorted(gathered), *licences.found()]:
        shutil.copyfile(path, target / path.name)
    shutil.copyfile(vis_network(), target / "vis-network.min.js")
    embedded_engine.write_engine(target)


def vis_network() -> Path:
    """Return where the script of vis-network lies that pyvis carries; raise GraphError where there is no pyvis."""
    spec = find_spec("pyvis")
    if spec is None or not spec.origin:  # found without importing it, which takes a quarter of a second
        raise GraphError("pyvis is not here, which draws networks; install it: pip install pyvis")
    return Path(spec.origin).parent / _VIS
