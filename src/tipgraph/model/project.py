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
_KEYS: Final = (
    "title", "namespace", "prefix", "kit_sources", "texts", "begun_with", "rule_seconds", "first_year", "currencies",
    "prices",
)  # fmt: skip
RULE_SECONDS: Final = 60
FIRST_YEAR, LAST_YEAR = 1800, 2100  # of the dates in sources
_PREFIX: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NAMESPACE: Final = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+#")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
ORIGINAL: Final = "original"  # the prices of money that is not compared
_PRICES: Final = re.compile(rf"[A-Z]{{3}}(?:-[0-9]{{4}})?|{ORIGINAL}")
_DAY: Final = 86_400
_OURS: Final = "w3id.org/tipgraph"


class Project(NamedTuple):
    """A project: its folder, its title, and the namespace and prefix of its own terms.

    `kit_sources` names the sources of the kit in the build (`*` for all). `begun_with` is the version of tipgraph that
    made the folder. `rule_seconds` limits one rule of a build, `first_year` is the earliest year of a date in a source,
    and `currencies` are codes beside ISO 4217. `texts` names the folder with the texts of the sources. Money is
    compared in `prices`.
    """

    folder: Path
    title: str
    namespace: str
    prefix: str
    kit_sources: tuple[str, ...] = ()
    begun_with: str = ""
    rule_seconds: float = RULE_SECONDS
    first_year: int = FIRST_YEAR
    currencies: tuple[str, ...] = ()
    texts: str = ""
    prices: str = ""

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
    """Yield each wrong key with the reason and what to do."""
    yield from _wrong_keys(settings)
    yield from _wrong_texts(settings)
    yield from _wrong_values(settings)


def _wrong_keys(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in (key for key in settings if key not in _KEYS):
        yield key, f"is no setting{near(key, _KEYS)}; the settings are {', '.join(_KEYS)}"
    for key in ("title", "namespace", "prefix"):
        if key not in settings:
            yield key, "is not there, and a project needs it; add it"


def _wrong_texts(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("title", "namespace", "prefix", "texts", "begun_with"):
        if key in settings and not isinstance(settings[key], str):
            yield key, f"{settings[key]!r} is no text; write it in quotation marks"
    for key, check in (("title", _wrong_title), ("namespace", _wrong_namespace), ("prefix", _wrong_prefix)):
        text = settings.get(key)
        if isinstance(text, str):
            yield from ((key, message) for message in check(text))


def _wrong_values(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not _is_list(settings.get("kit_sources", [])):
        yield "kit_sources", 'is no list of names; write [], ["oas-cim-2005"] or, for all of them, ["*"]'
    codes = settings.get("currencies", [])
    if not (_is_list(codes) and all(_CURRENCY.fullmatch(code) for code in codes)):
        yield "currencies", 'is no list of codes; write them in three capital letters, as ["ARA", "BRC"]'
    if not _is_number(settings.get("rule_seconds", RULE_SECONDS), 1, _DAY):
        yield "rule_seconds", f"{settings['rule_seconds']!r} is no number of seconds from 1 to {_DAY:,}; write 60"
    prices = settings.get("prices", ORIGINAL)
    if not (isinstance(prices, str) and _PRICES.fullmatch(prices)):
        yield "prices", f'{prices!r} are no prices; write "USD-2023", "EUR" or "{ORIGINAL}"'
    year = settings.get("first_year", FIRST_YEAR)
    if not (isinstance(year, int) and _is_number(year, 1, LAST_YEAR)):
        yield "first_year", f"{year!r} is no year from 1 to {LAST_YEAR}; write {FIRST_YEAR}"


def _wrong_title(title: str) -> Iterator[str]:
    if not title.strip() or not title.isprintable():
        yield "is empty, or holds a line break or an invisible character; write it on one plain line"


def _wrong_namespace(namespace: str) -> Iterator[str]:
    if not _NAMESPACE.fullmatch(namespace):
        yield f"{namespace!r} is no namespace; write an address that ends in #, as https://acme.example/ns#"
        return
    from pyoxigraph import NamedNode  # slow to import

    try:
        NamedNode(namespace)
    except ValueError as error:
        yield f"{namespace!r} is no address ({error}); write one that ends in #, as https://acme.example/ns#"
        return
    own, known = _bare(namespace), (_OURS, *map(_bare, PREFIXES.values()))
    if taken := [address for address in known if own.startswith(address) or address.startswith(own)]:
        yield f"{namespace!r} is not yours: it overlaps with {taken[0]}; write an address of your own"


def _bare(address: str) -> str:
    """Return an address without scheme and final mark, since http and https name the same place."""
    return address.partition("://")[2].rstrip("#/").lower()


def _wrong_prefix(prefix: str) -> Iterator[str]:
    if not _PREFIX.fullmatch(prefix):
        yield f"{prefix!r} is no prefix; use lower-case letters, digits and hyphens, a letter first"
    elif prefix in PREFIXES or prefix in ("sh", "void", "sd"):
        yield f"{prefix!r} is the prefix of {PREFIXES.get(prefix, 'another vocabulary')}; choose another one"


def _is_number(value: object, least: int, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
