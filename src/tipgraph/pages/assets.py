"""The scripts and styles that pages share: our own, vis-network from pyvis, and what `make web` has gathered."""

import shutil
from importlib.util import find_spec
from pathlib import Path

_WEB = Path(__file__).parent.parent / "web"
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_OURS = frozenset({".js", ".css"})
_LICENCES = _WEB / "vendor" / "LICENSES.txt"


def write(folder: Path) -> None:
    """Copy them into `assets/` of a site; vis-network has its licences (Apache-2.0 or MIT) inside."""
    target = folder / "assets"
    target.mkdir()
    for path in sorted(_WEB.iterdir()):
        if path.suffix in _OURS:
            shutil.copyfile(path, target / path.name)
    if _LICENCES.exists():
        shutil.copyfile(_LICENCES, target / _LICENCES.name)
    spec = find_spec("pyvis")
    if spec is not None and spec.origin:  # found without importing it, which takes a quarter of a second
        shutil.copyfile(Path(spec.origin).parent / _VIS, target / "vis-network.min.js")
