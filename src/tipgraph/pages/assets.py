"""The scripts and styles that pages share: our own, vis-network from pyvis, and what `make web` has gathered."""

import shutil
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

_HERE = Path(__file__).parent
_WEB = _HERE.parent / "web"
_VIS = "lib/vis-9.1.2/vis-network.min.js"
_OURS = frozenset({".js", ".css"})
_LICENCES = "LICENSES"
_VENDOR = _WEB / "vendor"


def edition() -> str:
    """Return what tells pages of one state of this program from those of another: a digest of all that makes them."""
    found = sha256()
    for folder in (_HERE, _HERE.parent / "templates", _WEB):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
            found.update(path.name.encode("utf-8") + path.read_bytes())
    return found.hexdigest()[:16]


def write(folder: Path) -> None:
    """Copy them into `assets/` of a site; vis-network has its licences (Apache-2.0 or MIT) inside."""
    target = folder / "assets"
    target.mkdir()
    gathered = sorted(_VENDOR.iterdir()) if _VENDOR.is_dir() else []
    for path in [*sorted(_WEB.iterdir()), *gathered]:
        if path.suffix in _OURS or path.name.startswith(_LICENCES):
            shutil.copyfile(path, target / path.name)
    spec = find_spec("pyvis")
    if spec is not None and spec.origin:  # found without importing it, which takes a quarter of a second
        shutil.copyfile(Path(spec.origin).parent / _VIS, target / "vis-network.min.js")
