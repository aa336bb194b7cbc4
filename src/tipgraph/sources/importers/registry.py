"""The readers of open data by kind: code for prose and IATI, and the mappings that come with tipgraph for the rest."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import NamedTuple, TypeAlias

from tipgraph.errors import UnknownName
from tipgraph.runtime import read_toml
from tipgraph.sources.importers.column_map import FOLDER, SHIPPED
from tipgraph.sources.importers.records import FileRecords
from tipgraph.sources.importers.row_builder import RowBuilder

Records: TypeAlias = FileRecords
_MODULES = {"factbook": "factbook", "iati": "iati", "mapped": "mapped"}  # kind to module
KINDS = tuple(sorted((*_MODULES, *SHIPPED)))


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
    module = import_module(f"tipgraph.sources.importers.{_MODULES.get(kind, 'mapped')}")
    found: Reader = module.READERS[0]
    if kind in _MODULES:
        return found
    known = read_toml(FOLDER / f"{kind}.toml")
    is_json = known.get("form") == "json"
    return Reader(kind, known["summary"], "lines" if is_json else "records", "json" if is_json else "csv",
                  partial(module.read, name=kind), known.get("about", {}))  # fmt: skip
