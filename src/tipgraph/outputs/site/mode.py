"""The two modes of a site: published, for everybody, and in-house, which shows all texts that we have.

A site in its folder names its mode in `site.json`. An in-house site also has a file that says not to publish it.

Decision: docs/decisions/0060-what-a-site-may-show.md.
"""

import json
from pathlib import Path
from typing import Final

from tipgraph.errors import CallError

PUBLISHED: Final = "published"
IN_HOUSE: Final = "in-house"
NO_TEXTS: Final = "none"  # of a site that quotes nothing
NOTICE: Final = "IN-HOUSE.txt"
SITE: Final = "site.json"
LISTING: Final = ".tipgraph-site"  # lists the files of a site; no other file is replaced or served
_PUBLIC: Final = (SITE, LISTING, ".tipgraph-release")  # files of a site or a release
_WORDS: Final = (
    "In-house copy: it shows texts whose licence does not allow publication. Do not publish.\n\n"
    "Copia interna: muestra textos cuya licencia no permite publicarlos. No la publique.\n"
)


def mode_of(*, in_house: bool) -> str:
    """Return the name of a mode."""
    return IN_HOUSE if in_house else PUBLISHED


def write(folder: Path, about: dict[str, str], *, in_house: bool) -> None:
    """Write what a site is made from and its mode into its folder."""
    (folder / SITE).write_text(json.dumps(about | {"mode": mode_of(in_house=in_house)}, indent=1) + "\n", "utf-8")
    if in_house:
        (folder / NOTICE).write_text(_WORDS, "utf-8", newline="\n")


def quotes_texts(folder: Path) -> bool:
    """Tell whether the site of a folder was made with texts, or does not say that it was made without."""
    return site_at(folder).get("texts") != NO_TEXTS


def site_files(folder: Path) -> frozenset[str]:
    """Return the relative paths of the files that the site of a folder lists; none without its list."""
    try:
        return frozenset((folder / LISTING).read_text("utf-8").splitlines())
    except (OSError, ValueError):
        return frozenset()


def keep_apart(target: Path) -> None:
    """Raise CallError for an in-house copy in a folder of a published site or a release, at any depth."""
    for folder in target.resolve().parents:
        if site_at(folder).get("mode") != IN_HOUSE and any((folder / name).exists() for name in _PUBLIC):
            raise CallError(f"{target}: is inside {folder}, which is published; write the in-house copy elsewhere")


def site_at(folder: Path) -> dict[str, str]:
    """Return what the site of a folder says about itself, with its mode; nothing for a folder without a site."""
    try:
        site = json.loads((folder / SITE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(site, dict):
        return {}
    return {"mode": PUBLISHED} | {str(key): str(value) for key, value in site.items()}
