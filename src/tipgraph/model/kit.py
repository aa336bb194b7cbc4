"""Where `ontology/`, `data/` and `queries/` are: in a checkout or the installed wheel, and a project's upon them.

A project is a folder with a `tipgraph.toml`: that of `TIPGRAPH_PROJECT`, else the working directory or the nearest
above it. Its files are a layer on the kit's; without a project, there is the kit alone.
"""

import os
from functools import cache
from pathlib import Path
from typing import Final

from tipgraph.errors import Fault, InputError
from tipgraph.model.project import FILE, Project, read

VERSION: Final = "0.1.0"
_PACKAGE = Path(__file__).resolve().parents[1]
_VARIABLE: Final = "TIPGRAPH_PROJECT"


def home() -> Path:
    """Return the folder that holds the kit's `ontology/`, `data/` and `queries/`.

    In a checkout that is the checkout itself; a wheel carries a copy as `tipgraph/_kit`. It is found from this file,
    since an editable install may leave a frozen copy of the kit in site-packages.
    """
    checkout = _PACKAGE.parent.parent
    return checkout if (checkout / "ontology" / "terms.ttl").is_file() else _PACKAGE / "_kit"


def project() -> Project | None:
    """Return the project that is worked in, None where there is none; raise InputError for one with faults.

    It is read once by a process, which may not be let to read files later; `forget` has it read anew.
    """
    return _project(os.environ.get(_VARIABLE, ""), _here())


def forget() -> None:
    """Forget which project is worked in, and what its settings are, so that it is looked for anew."""
    _project.cache_clear()


def folder(name: str) -> Path:
    """Return one folder of the kit itself, such as `folder("queries")`."""
    return home() / name


def folders(name: str) -> list[Path]:
    """Return a folder of the kit, and that of the project upon it where there is one, such as `queries/check`."""
    own = project()
    upon = [own.folder / name] if own else []
    return [folder(name), *(path for path in upon if path.is_dir())]


def files(name: str, pattern: str) -> list[Path]:
    """Return the files of such folders in the order of their names; one of the project takes the kit's place."""
    found = {path.name: path for layer in folders(name) for path in layer.glob(pattern)}
    return [found[file] for file in sorted(found)]


def own_files(name: str, pattern: str) -> list[Path]:
    """Return the files of a folder of the project in the order of their names; none without a project."""
    own = project()
    return sorted((own.folder / name).glob(pattern)) if own else []


def is_own(path: Path) -> bool:
    """Tell whether a file is the project's, and not the kit's."""
    own = project()
    if own is None or not path.is_relative_to(own.folder):
        return False
    return not (home().is_relative_to(own.folder) and path.is_relative_to(home()))  # an environment inside the project


def data() -> Path:
    """Return the folder of the sources: that of the project, else that of the kit."""
    own = project()
    return own.data if own else folder("data")


def own_data() -> Path | None:
    """Return the folder of the sources where a person edits it: not that of a wheel."""
    return data() if project() or is_checkout() else None


def is_layered(data: Path) -> bool:
    """Tell whether a folder of sources is that of the project, which stands upon the kit's."""
    own = project()
    return own is not None and data.resolve() == own.data.resolve()


def own_id(data: Path, number: str) -> str:
    """Return a number as the id of a row: in a project with its prefix, so that no row of the kit ever has it."""
    own = project()
    return f"{own.prefix}-{number}" if own and is_layered(data) else number


def build() -> Path:
    """Return the folder for what is built: of the project or the checkout, else of the working directory."""
    own = project()
    return (own.folder if own else home() if is_checkout() else Path()) / "build"


def code(name: str) -> Path:
    """Return one folder of the program itself, such as `code("display/templates")`."""
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
    for name in ("display", "outputs/site"):
        paths = (path for path in (_PACKAGE / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for path in sorted(paths):
            found.update(path.name.encode("utf-8") + path.read_bytes())
    own = project()
    found.update(own.title.encode("utf-8") if own else b"")
    return found.hexdigest()[:16]


def _here() -> str:
    try:
        return str(Path.cwd())
    except FileNotFoundError:  # a folder that is gone is in no project
        return ""


@cache
def _project(named: str, here: str) -> Project | None:
    if named:
        place = Path(here, named)
        if not (place / FILE).exists():
            message = f"is no project, as {_VARIABLE} says: it holds no {FILE}; name another folder, or none"
            raise InputError([Fault(message, named)])
        return read(place)
    above = (Path(here), *Path(here).parents) if here else ()
    found = next((place for place in above if (place / FILE).exists()), None)
    return read(found) if found else None
