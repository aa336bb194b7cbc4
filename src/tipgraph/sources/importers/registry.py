"""How a kind of open data is declared, and which kinds there are."""

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import NamedTuple, TypeAlias

from tipgraph.errors import UnknownName
from tipgraph.sources.importers.row_builder import Intake, Record

Records: TypeAlias = Iterable[Record]
KINDS = {  # the module that reads each kind
    "ctdc": "ctdc",
    "factbook": "factbook",
    "ftm": "ftm",
    "glotip": "glotip",
    "iati": "iati",
    "mapped": "generic_csv",
    "programmes": "state_programmes",
    "routes": "route_rules",
}


class Reader(NamedTuple):
    """How one kind of file is read: what it is in a sentence, how it is cut, and what walks its records.

    `about` holds settings of the source that every file of the kind has, `learns` names those that a file may say.
    """

    kind: str
    summary: str
    rule: str
    form: str
    read: Callable[[Intake, Records], None]
    about: Mapping[str, str] = {}
    learns: frozenset[str] = frozenset()


def reader(kind: str) -> Reader:
    """Return the reader of a kind; raise UnknownName for a kind that is not listed."""
    if kind not in KINDS:
        raise UnknownName(f"{kind!r} is no kind of open data; the kinds are {', '.join(KINDS)}")
    found: Reader = import_module(f"tipgraph.sources.importers.{KINDS[kind]}").READER
    return found
