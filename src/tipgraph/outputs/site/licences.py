"""The licences of what pages carry of others, on a page: so it goes wherever the site goes, in one file too."""

from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.outputs.site.site_tree import Site

PATH: Final = "licences.html"
_WEB = Path(__file__).parent / "web"


class Licence(NamedTuple):
    """What a file says of others' files that lie beside it: which they are, and their licences in full."""

    name: str
    text: str


def found() -> list[Path]:
    """Return the files of licences: of what pyvis brings, and of what `make web` has gathered."""
    return sorted([*_WEB.glob("LICENSES*.txt"), *_WEB.glob("vendor/LICENSES*.txt")], key=lambda path: path.name)


def write(site: Site) -> None:
    """Write the page of one language; licences are said as their authors say them."""
    site.write(PATH, PATH, licences=[Licence(path.name, path.read_text("utf-8").strip()) for path in found()])
