"""The page with the licences of third-party files, so that they are part of every copy of the site."""

from pathlib import Path
from typing import Final

from tipgraph.outputs.site.site_tree import Site

PATH: Final = "licences.html"
_WEB = Path(__file__).parent / "web"


def found() -> list[Path]:
    """Return the files of licences: of pyvis, and of the files from `make web`."""
    return sorted([*_WEB.glob("LICENSES*.txt"), *_WEB.glob("vendor/LICENSES*.txt")], key=lambda path: path.name)


def write(site: Site) -> None:
    """Write the page in one language; licences stay in their own words."""
    site.write(PATH, PATH, licences={path.name: path.read_text("utf-8").strip() for path in found()})
