"""Projects: a folder with a `tipgraph.toml`, in which an organization keeps its own graph.

Decision: docs/decisions/0005-a-project-is-a-layer-with-its-own-namespace.md.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from tipgraph.errors import Fault, InputError, near, shown
from tipgraph.model.iris import PREFIXES
from tipgraph.runtime import read_toml

FILE: Final = "tipgraph.toml"
ALL: Final = "*"
FIRST_YEAR, LAST_YEAR = 1800, 2100  # of the dates in sources
ORIGINAL: Final = "original"  # the prices of money that is not compared
_OURS: Final = "https://w3id.org/tipgraph/"


class Project(NamedTuple):
    """A project: its folder, its title, and the namespace and prefix of its own terms.

    `kit_sources` names the sources of the kit in the build (`*` for all). `begun_with` is the version of tipgraph that
    made the folder. `first_year` is the earliest year of a date in a source, and `currencies` are codes beside
    ISO 4217. `texts` names the folder with the texts of the sources. Money is compared in `prices`.
    `maker` publishes the graph; `contact` is an e-mail address, or that of a page, for who wants something corrected.
    """

    folder: Path
    title: str
    namespace: str
    prefix: str
    kit_sources: tuple[str, ...] = ()
    begun_with: str = ""
    first_year: int = FIRST_YEAR
    currencies: tuple[str, ...] = ()
    texts: str = ""
    prices: str = ""
    maker: str = ""
    contact: str = ""

    @property
    def file(self) -> Path:
        """The file of its settings."""
        return self.folder / FILE

    @property
    def data(self) -> Path:
        """The folder of its own sources."""
        return self.folder / "data"

    @property
    def texts_folder(self) -> Path | None:
        """The folder with the texts of its sources; None if none is named, or the folder is not there."""
        folder = self.folder / Path(self.texts).expanduser()
        return folder if self.texts and folder.is_dir() else None


def read(folder: Path) -> Project:
    """Read the settings of a project; raise InputError with every fault."""
    path = folder / FILE
    settings = read_toml(path)
    faults = [Fault(message, shown(path), None, key) for key, message in wrong(settings)]
    if faults:
        raise InputError(faults)
    values: dict[str, Any] = {key: tuple(cell) if isinstance(cell, list) else cell for key, cell in settings.items()}
    return Project(folder, **values)


def wrong(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each wrong key with the reason and what to do, by the rules of `project.toml`."""
    rules = read_toml(Path(__file__).with_suffix(".toml"))
    for key, rule in rules.items():
        if rule.get("needed") and key not in settings:
            yield key, "is not there, and a project needs it; add it"
    for key, value in settings.items():
        if key not in rules:
            yield key, f"is no setting{near(key, rules)}; the settings are {', '.join(rules)}"
        elif "least" not in rules[key] and not isinstance(value, str | list):
            yield key, f"{value!r} is no text; write it in quotation marks"
        elif not _fits(value, **rules[key]):
            yield key, f"{value!r} {rules[key]['message']}"
        elif taken := _taken(key, value):
            yield key, f"{value!r} {taken}"


def _fits(
    value: object, *, least: int = 0, most: int = 0, pattern: str = ".*", kind: str = "text", **_: object
) -> bool:
    if most:
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    values = value if isinstance(value, list) else [value]
    is_of_kind = isinstance(value, list) == (kind == "list")
    return is_of_kind and all(isinstance(item, str) and re.fullmatch(pattern, item) for item in values)


def _taken(key: str, value: str) -> str:
    """Return what is wrong with a prefix or a namespace that is not the project's."""
    if key == "prefix" and value in (*PREFIXES, "sh", "void", "sd"):
        return f"is the prefix of {PREFIXES.get(value, 'another vocabulary')}; choose another one"
    if key != "namespace":
        return ""
    from pyoxigraph import NamedNode  # slow to import

    try:
        NamedNode(value)
    except ValueError as error:
        return f"is no address ({error}); write one that ends in #, as https://acme.example/ns#"
    # http and https name the same place
    own, *known = (at.partition("://")[2].rstrip("#/").lower() for at in (value, _OURS, *PREFIXES.values()))
    found = [address for address in known if own.startswith(address) or address.startswith(own)]
    return f"is not yours: it overlaps with {found[0]}; write an address of your own" if found else ""
