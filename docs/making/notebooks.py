"""The page of the notebooks: each with its lead, and a link to its rendered page."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

from docs.making.markdown import heading, page, plain

FOLDER = "notebooks"


class Notebook(NamedTuple):
    """A notebook: the name of its file, its title and the paragraph that it begins with."""

    name: str
    title: str
    lead: str


def read(home: Path) -> list[Notebook]:
    """Return the notebooks in order; raise ValueError for one that does not begin with a title and a paragraph."""
    return [_read(path) for path in sorted((home / FOLDER).glob("*.ipynb"))]


def _read(path: Path) -> Notebook:
    first = json.loads(path.read_text("utf-8"))["cells"][0]
    parts = [part.strip() for part in "".join(first["source"]).strip().split("\n\n")]
    if first["cell_type"] != "markdown" or len(parts) < 2 or not parts[0].startswith("# "):
        raise ValueError(f"{path}: begins with no title and paragraph")
    return Notebook(path.stem, parts[0].removeprefix("# "), parts[1])


def copy(home: Path, into: Path) -> None:
    """Copy the pages that `make notebooks` rendered into the book."""
    shutil.rmtree(into, ignore_errors=True)
    (into / FOLDER).mkdir(parents=True)
    for path in sorted((home / "build" / FOLDER).glob("*.html")):
        shutil.copyfile(path, into / FOLDER / path.name)


def text(home: Path) -> str:
    """Return the page: the title and first paragraph of each notebook, with a link if it was rendered."""
    return page(
        heading(1, "Notebooks"),
        "Complete examples from data to finding, in Jupyter, with public names only. To run one, open its file in "
        "`notebooks/` with Jupyter. `make notebooks` runs them all and renders them as pages.",
        *(part for one in read(home) for part in _said(home, one)),
    )


def _said(home: Path, notebook: Notebook) -> list[str]:
    rendered = (home / "build" / FOLDER / f"{notebook.name}.html").is_file()
    where = (
        f'<a href="{FOLDER}/{notebook.name}.html">Read it</a>, with its outputs.'
        if rendered
        else "It was not rendered for this book. To render it, run `make notebooks`, then `make docs`."
    )
    name = f"`{FOLDER}/{notebook.name}.ipynb`"
    return [
        heading(2, plain(notebook.title), "notebook", notebook.name),
        plain(notebook.lead),
        f"{where} The file: {name}.",
    ]
