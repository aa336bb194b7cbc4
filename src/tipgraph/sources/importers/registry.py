"""The readers of open data by kind."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple, TypeAlias

from tipgraph.errors import UnknownName
from tipgraph.sources.importers.records import FileRecords
from tipgraph.sources.importers.row_builder import RowBuilder

Records: TypeAlias = FileRecords
KINDS = {  # kind to module
    "ctdc": "lists", "factbook": "factbook", "ftm": "ftm", "glotip": "lists", "iati": "iati", "mapped": "generic_csv",
    "programmes": "state_programmes", "routes": "lists",
}  # fmt: skip


class Reader(NamedTuple):
    """A kind of file: its summary, the rule that cuts it into records, its form, and the function that reads them.

    `about` has settings of the source for all files of the kind, `learns` names settings that a file may have itself.
    """

    kind: str
    summary: str
    rule: str
    form: str
    read: Callable[[RowBuilder, Records], None]
    about: Mapping[str, str] = {}
    learns: frozenset[str] = frozenset()


def reader(kind: str) -> Reader:
    """Return the reader of a kind; raise UnknownName for an unknown kind."""
    if kind not in KINDS:
        raise UnknownName(f"{kind!r} is no kind of open data; the kinds are {', '.join(KINDS)}")
    readers: tuple[Reader, ...] = import_module(f"tipgraph.sources.importers.{KINDS[kind]}").READERS
    return next(one for one in readers if one.kind == kind)
