"""The claims that the data have already, beside a draft: those that say the same, and those that say another value."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.curation.drafts.rows.row_sentences import RowSentences, filled
from tipgraph.model import REFERENCE_NAME, Column
from tipgraph.sources import Source

_ABOUT_CLAIMS = frozenset({"dateBasis", "evidence", "modality", "note", "review", "source", "topic"})
_Values: TypeAlias = Mapping[str, frozenset[str]]


class KnownClaim(NamedTuple):
    """A claim of the data as a sentence, where its source says it, and the column whose value is another one."""

    reads: str
    locator: str
    column: str = ""


class _Row(NamedTuple):
    source: Source
    table: str
    cells: Mapping[str, str]
    values: _Values


class KnownClaims:
    """The claims of some sources by their main parts: the columns that the ontology declares as `tip:core`.

    `merged` has one node for each one that a judgement of identity merges.
    """

    def __init__(
        self, sources: Sequence[Source], sentences: RowSentences, merged: Mapping[NamedNode, NamedNode]
    ) -> None:
        self._terms, self._sentences, self.merged = sentences.terms, sentences, merged
        self._cores = {table: self._core(cls) for table, cls in self._terms.tables.items()}
        self._rows: dict[tuple[str, str, str], list[_Row]] = {}
        for row in (row for source in sources for row in self._read(source)):
            for name in self._cores[row.table]:
                for value in row.values.get(name, ()):
                    self._rows.setdefault((row.table, name, value), []).append(row)

    def alike(self, table: str, cells: Mapping[str, str]) -> Iterator[KnownClaim]:
        """Yield the claims that say all that a draft says, and those with its main parts and another value."""
        values = self._values(table, cells, "")
        found = {id(row): row for name in self._cores[table] for part in values.get(name, ())
                 for row in self._rows.get((table, name, part), ())}  # fmt: skip
        for row in found.values():
            if self._have_same_parts(table, values, row.values):
                differing = self._differing(table, values, row.values)
                if differing or all(row.values.get(name) == value for name, value in values.items()):
                    reads = self._sentences.reads(table, row.cells, row.source.name)
                    yield KnownClaim(reads, row.source.name + _place(row), differing)

    def are_alike(self, table: str, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
        """Tell whether two rows of the own source have the same main parts."""
        return self._have_same_parts(table, self._values(table, one, ""), self._values(table, other, ""))

    def _read(self, source: Source) -> Iterator[_Row]:
        """Yield the claims of a source."""
        for table in source.tables.values():
            cls = self._terms.tables.get(table.name, "")
            if cls and "evidence" in self._terms.columns(cls):
                for cells in (row.cells for row in table.rows):
                    yield _Row(source, table.name, cells, self._values(table.name, cells, source.name))

    def _have_same_parts(self, table: str, one: _Values, other: _Values) -> bool:
        core = self._cores[table]
        own, others = ({name: values[name] for name in core if name in values} for values in (one, other))
        shared = own.items() & others.items()
        return len(shared) == min(len(own), len(others)) and len(shared) >= min(2, len(core))

    def _core(self, cls: str) -> list[str]:
        """Return the main columns of a class, or else those that each row needs."""
        columns, declared = self._terms.columns(cls), self._terms.core(cls)
        return [name for name, column in columns.items() if name not in _ABOUT_CLAIMS
                and (column.iri in declared if declared else column.needed)]  # fmt: skip

    def _differing(self, table: str, own: _Values, other: _Values) -> str:
        """Return the first column of one value in which two rows have different ones; an empty string without one."""
        columns = self._terms.columns(self._terms.tables[table]).values()
        single = (column.name for column in columns if not column.many and not column.name.endswith("AsPrinted"))
        return next((name for name in single if own.get(name) and other.get(name) and own[name] != other[name]), "")

    def _values(self, table: str, cells: Mapping[str, str], source: str) -> dict[str, frozenset[str]]:
        """Return the values of a row by column, entries as nodes and merged ones as one of them."""
        return {
            name: frozenset(self._value(column, part.strip(), source) for part in cells[name].split("|"))
            for name, column in filled(self._terms, table, cells).items()
            if name not in _ABOUT_CLAIMS
        }

    def _value(self, column: Column, part: str, source: str) -> str:
        if column.scheme:
            return self._terms.coded(column.scheme, part) or part
        node = self._sentences.node(column, part, source) if column.refers else None
        return self.merged.get(node, node).value if node else part.casefold()


def merged_nodes(sources: Sequence[Source], sentences: RowSentences) -> dict[NamedNode, NamedNode]:
    """Return one of the merged nodes for each node that a judgement of identity merges."""
    groups: dict[NamedNode, set[NamedNode]] = {}
    columns = sentences.terms.columns(sentences.terms.tables["identity"])
    for source in (source for source in sources if source.name == REFERENCE_NAME and "identity" in source.tables):
        for cells in (row.cells for row in source.tables["identity"].rows):
            pair = [sentences.node(columns[side], cells.get(side, ""), source.name) for side in ("left", "right")]
            if cells.get("verdict") == "same" and pair[0] and pair[1]:
                both = groups.setdefault(pair[0], {pair[0]}) | groups.setdefault(pair[1], {pair[1]})
                groups.update(dict.fromkeys(both, both))
    return {node: min(group, key=str) for node, group in groups.items()}


def _place(row: _Row) -> str:
    """Return the place of the first words of a claim in the text of its source, such as ` ¶3 s1`."""
    first, table = row.cells.get("evidence", "").split("|")[0].strip(), row.source.tables.get("evidence")
    for cells in (each.cells for each in (table.rows if table else ()) if each.cells["id"] == first):
        return f" ¶{cells['paragraph']} s{cells['sentence']}" if cells.get("digest") else ""
    return ""
