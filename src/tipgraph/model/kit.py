"""The folders of the kit (`ontology/`, `data/`, `queries/`), in a checkout or a wheel, and of the project.

The project is the folder of `TIPGRAPH_PROJECT`, else the working directory or the nearest folder above it that has a
`tipgraph.toml`. Its files are a layer on those of the kit.
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

    It is the checkout, or `tipgraph/_kit` of a wheel. It is found from this file, since an editable install may leave
    an old copy of the kit in site-packages.
    """
    checkout = _PACKAGE.parent.parent
    return checkout if (checkout / "ontology" / "terms.ttl").is_file() else _PACKAGE / "_kit"


def project() -> Project | None:
    """Return the current project or None; raise InputError for one with faults.

    A process reads it once, since a sandbox may forbid to read files later.
    """
    return _project(os.environ.get(_VARIABLE, ""), _here())


def forget() -> None:
    """Forget the current project, so that the next call reads it again."""
    _project.cache_clear()


def folder(name: str) -> Path:
    """Return a folder of the kit, such as `folder("queries")`."""
    return home() / name


def folders(name: str) -> list[Path]:
    """Return a folder of the kit and the same folder of the project if it exists, such as `queries/check`."""
    own = project()
    return [folder(name), *([own.folder / name] if own and (own.folder / name).is_dir() else [])]


def files(name: str, pattern: str) -> list[Path]:
    """Return the files of these folders by name; a file of the project replaces that of the kit."""
    paths = {path.name: path for layer in folders(name) for path in layer.glob(pattern)}
    return [paths[file] for file in sorted(paths)]


def own_files(name: str, pattern: str) -> list[Path]:
    """Return the files of a folder of the project by name; none without a project."""
    own = project()
    return sorted((own.folder / name).glob(pattern)) if own else []


def is_own(path: Path) -> bool:
    """Tell whether a file belongs to the project, not to the kit."""
    own = project()
    if own is None or not path.is_relative_to(own.folder):
        return False
    return not (home().is_relative_to(own.folder) and path.is_relative_to(home()))  # an environment inside the project


def data() -> Path:
    """Return the folder of sources, of the project or else of the kit."""
    own = project()
    return own.data if own else folder("data")


def own_data() -> Path | None:
    """Return the folder of sources if a person can edit it: not that of a wheel."""
    return data() if project() or is_checkout() else None


def is_layered(data: Path) -> bool:
    """Tell whether a folder of sources is that of the project, a layer on the kit."""
    own = project()
    return own is not None and data.resolve() == own.data.resolve()


def own_id(data: Path, number: str) -> str:
    """Return a row id with the prefix of the project, so that no row of the kit has it."""
    own = project()
    return f"{own.prefix}-{number}" if own and is_layered(data) else number


def build() -> Path:
    """Return the build folder of the project or the checkout, else of the working directory."""
    own = project()
    return (own.folder if own else home() if is_checkout() else Path()) / "build"


def code(name: str) -> Path:
    """Return a folder of the package, such as `code("display/templates")`."""
    return _PACKAGE / name


@cache
def graph_query(name: str) -> str:
    """Return the text of `queries/graph/NAME.rq`."""
    return (folder("queries") / "graph" / f"{name}.rq").read_text("utf-8")


def is_checkout() -> bool:
    """Tell whether the kit is a checkout, not a copy in a wheel."""
    return home() != _PACKAGE / "_kit"


def edition() -> str:
    """Return a digest of the code and the project title that the pages of a site depend on."""
    from hashlib import sha256

    digest = sha256()
    for name in ("display", "outputs/site"):
        paths = (path for path in (_PACKAGE / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for path in sorted(paths):
            digest.update(path.name.encode("utf-8") + path.read_bytes())
    own = project()
    digest.update(own.title.encode("utf-8") if own else b"")
    return digest.hexdigest()[:16]


def _here() -> str:
    try:
        return os.getcwd()  # noqa: PTH109  # with every query, so that it should not cost a path
    except FileNotFoundError:  # the folder was removed
        return ""


@cache
def _project(named: str, here: str) -> Project | None:
    if named:
        place = Path(here, named)
        if not (place / FILE).exists():
            message = f"is no project: it holds no {FILE}; set {_VARIABLE} to another folder, or to none"
            raise InputError([Fault(message, named)])
        return read(place)
    above = (Path(here), *Path(here).parents) if here else ()
    nearest = next((place for place in above if (place / FILE).exists()), None)
    return read(nearest) if nearest else None
