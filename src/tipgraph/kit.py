"""Where `ontology/`, `data/` and `queries/` are: in a checkout, or inside the installed wheel."""

from functools import cache
from pathlib import Path
from typing import Final

VERSION: Final = "0.1.0"
_PACKAGE = Path(__file__).resolve().parent


def home() -> Path:
    """Return the folder that holds `ontology/`, `data/` and `queries/`.

    In a checkout that is the project folder; a wheel carries a copy as `tipgraph/_kit`. It is found from this file,
    since an editable install may leave a frozen copy of the kit in site-packages.
    """
    checkout = _PACKAGE.parent.parent
    return checkout if (checkout / "ontology" / "terms.ttl").is_file() else _PACKAGE / "_kit"


def folder(name: str) -> Path:
    """Return one folder of the kit, such as `folder("queries")`."""
    return home() / name


def code(name: str) -> Path:
    """Return one folder of the program itself, such as `code("templates")`."""
    return _PACKAGE / name


@cache
def graph_query(name: str) -> str:
    """Return the text of one of the graph's own queries, `queries/graph/NAME.rq`."""
    return (folder("queries") / "graph" / f"{name}.rq").read_text("utf-8")


def is_checkout() -> bool:
    """Tell whether the kit is a checkout that a person edits, and not a copy in a wheel."""
    return home() != _PACKAGE / "_kit"


def edition() -> str:
    """Return what tells pages of one state of this program from those of another: a digest of all that makes them."""
    from hashlib import sha256

    found = sha256()
    for name in ("pages", "templates", "web"):
        paths = (path for path in (_PACKAGE / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for path in sorted(paths):
            found.update(path.name.encode("utf-8") + path.read_bytes())
    return found.hexdigest()[:16]
