"""The claims that the data have already, beside a draft: those that say the same, and those that say another value."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode

from tipgraph.curation.drafts.rows.row_sentences import RowSentences
from tipgraph.model import REFERENCE_NAME, Column, Ontology
from tipgraph.sources import Source, Table

_ABOUT_CLAIMS = frozenset({"dateBasis", "evidence", "modality", "note", "review", "source", "topic"})
_MOST = 5  # claims of each kind beside a draft


class KnownClaim(NamedTuple):
    """A claim of the data as a sentence, where its source says it, and the column whose value is another one."""

    reads: str
    locator: str
    column: str = ""


class _Row(NamedTuple):
    source: str
    table: str
    cells: Mapping[str, str]
    values: Mapping[str, frozenset[str]]


class KnownClaims:
    """The claims of some sources by their main parts: the columns that the ontology declares as `tip:core`."""

    def __init__(
        self,
        sources: Sequence[Source],
        terms: Ontology,
        sentences: RowSentences,
        others: "KnownClaims | None" = None,
    ) -> None:
        """Read the claims of the sources; `others` are those of other sources, and know which entries are the same."""
        self._terms, self._sentences, self._others = terms, sentences, others
        self._cores = {table: self._core(cls) for table, cls in terms.tables.items()}
        self._evidence = {source.name: _by_id(source.tables.get("evidence")) for source in sources}
        self.merged: Mapping[NamedNode, NamedNode] = others.merged if others else _merged(sources, sentences, terms)
        self._rows: dict[tuple[str, str, str], list[_Row]] = {}
        for row in (row for source in sources for row in self._read(source)):
            for name in self._cores[row.table]:
                for value in row.values.get(name, ()):
                    self._rows.setdefault((row.table, name, value), []).append(row)

    def beside(self, table: str, cells: Mapping[str, str]) -> tuple[list[KnownClaim], list[KnownClaim]]:
        """Return the claims that say all that a row says, and those with the same main parts and another value."""
        found = list(self.alike(table, self._values(table, cells, "")))
        same, against = [claim for claim in found if not claim.column], [claim for claim in found if claim.column]
        return same[:_MOST], against[:_MOST]

    def are_alike(self, table: str, one: Mapping[str, str], other: Mapping[str, str]) -> bool:
        """Tell whether two rows of the own source have the same main parts."""
        return self._have_same_parts(table, self._values(table, one, ""), self._values(table, other, ""))

    def _read(self, source: Source) -> Iterator[_Row]:
        """Yield the claims of a source."""
        for table in source.tables.values():
            cls = self._terms.tables.get(table.name, "")
            if cls and "evidence" in self._terms.columns(cls):
                for cells in (row.cells for row in table.rows):
                    yield _Row(source.name, table.name, cells, self._values(table.name, cells, source.name))

    def alike(self, table: str, values: Mapping[str, frozenset[str]]) -> Iterator[KnownClaim]:
        """Yield the claims that say all values of a row, and those with its main parts that have another value."""
        found = (row for name in self._cores[table] for part in values.get(name, ())
                 for row in self._rows.get((table, name, part), ()))  # fmt: skip
        for row in {id(row): row for row in found}.values():
            if self._have_same_parts(table, values, row.values):
                differing = self._differing(table, values, row.values)
                if differing or all(row.values.get(name) == value for name, value in values.items()):
                    yield self._known(row, differing)
        if self._others:
            yield from self._others.alike(table, values)

    def _have_same_parts(
        self, table: str, one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]
    ) -> bool:
        core = self._cores[table]
        own, others = ({name: values[name] for name in core if name in values} for values in (one, other))
        shared = own.items() & others.items()
        return len(shared) == min(len(own), len(others)) and len(shared) >= min(2, len(core))

    def _core(self, cls: str) -> list[str]:
        """Return the main columns of a class, or else those that each row needs."""
        columns, declared = self._terms.columns(cls), self._terms.core(cls)
        return [name for name, column in columns.items() if name not in _ABOUT_CLAIMS
                and (column.iri in declared if declared else column.needed)]  # fmt: skip

    def _differing(self, table: str, own: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> str:
        """Return the first column of one value in which two rows have different ones; an empty string without one."""
        columns = self._terms.columns(self._terms.tables[table]).values()
        single = (column.name for column in columns if not column.many and not column.name.endswith("AsPrinted"))
        return next((name for name in single if own.get(name) and other.get(name) and own[name] != other[name]), "")

    def _known(self, row: _Row, column: str) -> KnownClaim:
        first = row.cells.get("evidence", "").split("|")[0].strip()
        cells = self._evidence[row.source].get(first, {})
        place = f" ¶{cells['paragraph']} s{cells['sentence']}" if cells.get("digest") else ""
        return KnownClaim(self._sentences.reads(row.table, row.cells, row.source), row.source + place, column)

    def _values(self, table: str, cells: Mapping[str, str], source: str) -> dict[str, frozenset[str]]:
        """Return the values of a row by column, entries as nodes and merged ones as one of them."""
        columns = self._terms.columns(cells.get("type") or self._terms.tables[table])
        return {
            name: frozenset(self._value(column, part.strip(), source) for part in cells[name].split("|"))
            for name, column in columns.items()
            if cells.get(name) and name not in _ABOUT_CLAIMS
        }

    def _value(self, column: Column, part: str, source: str) -> str:
        if column.scheme:
            return self._terms.coded(column.scheme, part) or part
        node = self._sentences.node(column, part, source) if column.refers else None
        return self.merged.get(node, node).value if node else part.casefold()


def _by_id(table: Table | None) -> dict[str, dict[str, str]]:
    return {row.cells["id"]: row.cells for row in (table.rows if table else ())}


def _merged(sources: Sequence[Source], sentences: RowSentences, terms: Ontology) -> dict[NamedNode, NamedNode]:
    """Return one of the merged nodes for each node that a judgement of identity merges."""
    groups: dict[NamedNode, set[NamedNode]] = {}
    columns = terms.columns(terms.tables["identity"])
    for source in (source for source in sources if source.name == REFERENCE_NAME and "identity" in source.tables):
        for cells in (row.cells for row in source.tables["identity"].rows):
            pair = [sentences.node(columns[side], cells.get(side, ""), source.name) for side in ("left", "right")]
            if cells.get("verdict") == "same" and pair[0] and pair[1]:
                both = groups.setdefault(pair[0], {pair[0]}) | groups.setdefault(pair[1], {pair[1]})
                groups.update(dict.fromkeys(both, both))
    return {node: min(group, key=str) for node, group in groups.items()}
