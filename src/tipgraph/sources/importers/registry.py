"""The readers of open data by kind: code for prose and IATI, and the mappings that come with tipgraph for the rest."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tipgraph.errors import UnknownName
from tipgraph.runtime import read_toml
from tipgraph.sources.importers.column_map import FOLDER, SHIPPED

if TYPE_CHECKING:
    from tipgraph.sources.importers.records import FileRecords
    from tipgraph.sources.importers.row_builder import RowBuilder


class Reader(NamedTuple):
    """A kind of file: its summary, the rule that cuts it into records, and its form.

    `about` has settings of the source for all files of the kind, `learns` names settings that a file may have itself.
    """

    kind: str
    summary: str
    rule: str
    form: str
    about: Mapping[str, str] = {}
    learns: frozenset[str] = frozenset()

    def read(self, builder: "RowBuilder", records: "FileRecords") -> None:
        """Read the records of a file: by the module of the kind, else by its mapping."""
        module = import_module(f"tipgraph.sources.importers.{self.kind if self.kind in _CODED else 'mapped'}")
        module.read(builder, records, self.kind if self.kind in SHIPPED else builder.options.mapping)


_CODED: Final = read_toml(Path(__file__).with_name("coded.toml"))
KINDS: Final = tuple(sorted((*_CODED, *SHIPPED)))


def reader(kind: str) -> Reader:
    """Return the reader of a kind; raise UnknownName for an unknown kind."""
    if kind not in KINDS:
        raise UnknownName(f"{kind!r} is no kind of open data; the kinds are {', '.join(KINDS)}")
    known = _CODED.get(kind) or read_toml(FOLDER / f"{kind}.toml")
    form = known.get("form", "csv")
    rule = known.get("rule") or {"json": "lines", "csv": "records"}[form]
    return Reader(kind, known["summary"], rule, form, known.get("about", {}), frozenset(known.get("learns", ())))
