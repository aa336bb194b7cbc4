"""What `tipgraph.toml` says: the folder that holds it is a project, in which an organization keeps its own graph.

Decision: docs/decisions/0005-a-project-is-a-layer-with-its-own-namespace.md.
"""

import errno
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model.iris import PREFIXES
from tipgraph.runtime import content

FILE: Final = "tipgraph.toml"
ALL: Final = "*"
_KEYS: Final = ("title", "namespace", "prefix", "kit_sources", "begun_with", "rule_seconds", "first_year", "currencies")
RULE_SECONDS: Final = 60
FIRST_YEAR, LAST_YEAR = 1800, 2100  # of dates that sources say: what people do against trafficking is no older
_PREFIX: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_NAMESPACE: Final = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+#")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_LONGEST: Final = 1 << 20
_DAY: Final = 86_400
_OURS: Final = "w3id.org/tipgraph"


class Project(NamedTuple):
    """A project: its folder, its title, the namespace of its own terms with their prefix.

    `kit_sources` names the sources of the kit that are built in, `*` all of them; `begun_with` is the version of
    tipgraph that made the folder. `rule_seconds` are those that one of its rules may take in a build, `first_year` is
    the first of the dates that its sources may say, and `currencies` are codes that they may use beside ISO 4217.
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

    @property
    def file(self) -> Path:
        """The file of its settings."""
        return self.folder / FILE

    @property
    def data(self) -> Path:
        """The folder of its own sources."""
        return self.folder / "data"


def read(folder: Path) -> Project:
    """Read the settings of a project; raise InputError with every fault of them."""
    path = folder / FILE
    said = _parsed(path)
    faults = [Fault(message, shown(path), None, key) for key, message in wrong(said)]
    if faults:
        raise InputError(faults)
    found: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in said.items()}
    return Project(folder, **found)


def wrong(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys that cannot stand, each with why and what to do."""
    yield from _wrong_keys(said)
    yield from _wrong_texts(said)
    yield from _wrong_values(said)


def _wrong_keys(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in [key for key in said if key not in _KEYS]:
        from difflib import get_close_matches

        close = get_close_matches(key, _KEYS, n=1)
        near = f" (perhaps {close[0]!r})" if close else ""
        yield key, f"is no setting{near}; they are {', '.join(_KEYS)}"
    for key in ("title", "namespace", "prefix"):
        if key not in said:
            yield key, "is not there, and a project needs it; add it"


def _wrong_texts(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in ("title", "namespace", "prefix", "begun_with"):
        if key in said and not isinstance(said[key], str):
            yield key, f"{said[key]!r} is no text; write it in quotation marks"
    texts = {key: value for key, value in said.items() if isinstance(value, str)}
    if "title" in texts and (not texts["title"].strip() or not texts["title"].isprintable()):
        yield (
            "title",
            "is empty, or holds a line break or a sign that cannot be seen; write it on one line, in plain signs",
        )
    if "namespace" in texts:
        yield from (("namespace", message) for message in _wrong_namespace(texts["namespace"]))
    if "prefix" in texts:
        yield from (("prefix", message) for message in _wrong_prefix(texts["prefix"]))


def _wrong_values(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if not _is_list(said.get("kit_sources", [])):
        yield "kit_sources", 'is no list of names; write [], ["oas-cim-2005"] or, for all of them, ["*"]'
    codes = said.get("currencies", [])
    if not (_is_list(codes) and all(_CURRENCY.fullmatch(code) for code in codes)):
        yield "currencies", 'is no list of codes; write them in three capital letters, as ["ARA", "BRC"]'
    if not _is_number(said.get("rule_seconds", RULE_SECONDS), 1, _DAY):
        yield "rule_seconds", f"{said['rule_seconds']!r} is no number of seconds from 1 to {_DAY:,}; write 60"
    year = said.get("first_year", FIRST_YEAR)
    if not (isinstance(year, int) and _is_number(year, 1, LAST_YEAR)):
        yield "first_year", f"{year!r} is no year from 1 to {LAST_YEAR}; write {FIRST_YEAR}"


def _wrong_namespace(namespace: str) -> Iterator[str]:
    if not _NAMESPACE.fullmatch(namespace):
        yield f"{namespace!r} is no namespace; write an address that ends in #, as https://acme.example/ns#"
        return
    from pyoxigraph import NamedNode  # here, so that what asks no graph does without

    try:
        NamedNode(namespace)
    except ValueError as error:
        yield f"{namespace!r} is no address ({error}); write one that ends in #, as https://acme.example/ns#"
        return
    known = (_OURS, *(_bare(one) for one in PREFIXES.values()))
    if taken := [one for one in known if _bare(namespace).startswith(one) or one.startswith(_bare(namespace))]:
        yield f"{namespace!r} is not yours: it overlaps with {taken[0]}; write an address of your own"


def _bare(address: str) -> str:
    """Return an address without its scheme and the mark at its end: http and https say the same place."""
    return address.partition("://")[2].rstrip("#/").lower()


def _wrong_prefix(prefix: str) -> Iterator[str]:
    if not _PREFIX.fullmatch(prefix):
        yield f"{prefix!r} is no prefix; use lower-case letters, digits and hyphens, a letter first"
    elif prefix in PREFIXES or prefix in ("sh", "void", "sd"):
        yield f"{prefix!r} is the prefix of {PREFIXES.get(prefix, 'another vocabulary')}; choose another one"


def _is_number(value: object, least: int, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(content(path, _LONGEST).decode("utf-8-sig"))
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise InputError([Fault("is larger than a megabyte; it takes a few plain keys", shown(path))]) from None
        raise InputError([Fault(f"cannot be read: {error.strerror or error}", shown(path))]) from None
    except UnicodeDecodeError as error:
        raise InputError([Fault(f"is not UTF-8 (byte {error.start}); save it as UTF-8", shown(path))]) from None
    except RecursionError:
        raise InputError([Fault("is nested too deeply; it takes a few plain keys", shown(path))]) from None
    except ValueError as error:  # tomllib's own, and numbers that are too long
        line = re.search(r"line (\d+)", str(error))
        raise InputError([Fault(f"is no TOML: {error}", shown(path), int(line[1]) if line else None)]) from None
