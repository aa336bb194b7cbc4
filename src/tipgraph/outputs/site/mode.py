"""The two modes of a site: published, for everybody, and in-house, which shows all texts that we have.

A site in its folder names its mode in `site.json`. An in-house site also has a file that says not to publish it.

Decision: docs/decisions/0126-an-in-house-site-is-never-published.md.
"""

import json
from pathlib import Path
from typing import Final

PUBLISHED: Final = "published"
IN_HOUSE: Final = "in-house"
NOTICE: Final = "IN-HOUSE.txt"
SITE: Final = "site.json"
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


def site_at(folder: Path) -> dict[str, str]:
    """Return what the site of a folder says about itself, with its mode; nothing for a folder without a site."""
    try:
        site = json.loads((folder / SITE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(site, dict):
        return {}
    return {"mode": PUBLISHED} | {str(key): str(value) for key, value in site.items()}
