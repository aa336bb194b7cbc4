"""The names by which a person refers to a row: its id, a label, or a name in the text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from tipgraph.model import REFERENCE_NAME, Column, Ontology
from tipgraph.sources.evidence.spans import alike
from tipgraph.sources.folder import Row, Source
from tipgraph.sources.source_tables import index_of

_LIKE_AN_ID = re.compile(r"[a-z0-9]+(?:[./-][a-z0-9]+)*")
_LEAST_LIKENESS = 0.75
_compared = lru_cache(maxsize=20_000)(alike)  # of names, which are read again at each decision of a person
_LABELS = frozenset({"label", "altLabel"})
_ARTICLE = re.compile(r"^(?:[Tt]he|el|la|los|las)\s+")  # a capital in Spanish is part of the name, such as La Paz


class _Named(NamedTuple):
    """A row with a name: the reference to it, its class, and the name as it is written."""

    reference: str
    cls: str
    name: str


_ByName: TypeAlias = Mapping[str, Sequence[_Named]]


def compared_name(name: str) -> str:
    """Return a name as it is compared: without its article, in one case and form of letters.

    >>> [compared_name(name) for name in ("the Caribbean", "la OIM", "La Paz")]
    ['caribbean', 'oim', 'la paz']
    """
    return alike(_ARTICLE.sub("", name.lstrip(), count=1))


class RowNames:
    """The rows that cells of a source can refer to, by id and by name."""

    def __init__(self, own: Source, others: Sequence[Source], terms: Ontology) -> None:
        """Index the labels of a source, then the names in its text, then the labels of the reference."""
        self._source, self._terms = own.name, terms
        self._sources = [own, *(other for other in others if other.name == REFERENCE_NAME)]
        self.index = index_of([own, *others], terms, [])
        self._by_name: list[_ByName] = [_by_name(self._labels(own))]
        self._by_name.append(_by_name(self._namings(own)))
        self._by_name += [_by_name(self._labels(other)) for other in self._sources[1:]]

    def value(self, column: Column, part: str) -> str:
        """Return the code or the reference that a part of a cell means; a part that is neither stays as it is.

        Raises ValueError for a name of no row, and for one of several rows.
        """
        if column.among:  # such as codes of currencies
            return next((word for word in column.among if word.casefold() == part.casefold()), part)
        if column.scheme:
            return self._terms.coded(column.scheme, part) or part
        fitting = self.references(column, part)
        if len(fitting) > 1:
            raise ValueError(f"{part!r} is the name of several rows; write which: {', '.join(fitting)}")
        if fitting or _LIKE_AN_ID.fullmatch(part):
            return fitting[0] if fitting else part
        raise ValueError(f"{part!r} {self._reason(column, part)}")

    def references(self, column: Column, part: str) -> list[str]:
        """Return the references to rows that a part of a cell can mean, which is itself one or a name."""
        if "Thing" not in self._terms.classes.get(column.refers, ()):
            return [part]
        return self.rows(column.refers, part)

    def rows(self, cls: str, name: str) -> list[str]:
        """Return the references to rows of a class that an id or a name can mean."""
        return [name] if self._is_reference(cls, name) else self._references(cls, name)

    def choices(self, cls: str) -> list[str]:
        """Return a name for each row of a class: its label, or a reference if the label means another row too."""
        rows = [row for row in self._choosable if self._fits(row.cls, cls)]
        return sorted({row.name if self._is_clear(row, cls) else row.reference for row in rows}, key=_alphabetical)

    @cached_property
    def _choosable(self) -> list[_Named]:
        """The rows of the source and the entries of the reference, with their labels."""
        return [
            self._named(source.name, table.name, row, row.cells.get("label", ""))
            for source in self._sources
            for table in source.tables.values()
            for row in table.rows
            if source.name == self._source or "label" in row.cells
            if row.cells.get("id") and table.name in self._terms.tables
        ]

    def _is_clear(self, row: _Named, cls: str) -> bool:
        """Tell whether the label of a row, written into a column, means that row."""
        is_label = row.name and "|" not in row.name and not self._is_reference(cls, row.name)
        return bool(is_label) and self._references(cls, row.name) == [row.reference]

    def _reason(self, column: Column, part: str) -> str:
        """Return why a part of a cell is no name, and what to do."""
        names = [name for name in map(str.strip, re.split("[,;]", part)) if name]
        if column.many and len(names) > 1 and all(self._references(column.refers, name) for name in names):
            return f"is several names; write | between them: {' | '.join(names)}"
        return f"is the name of no row{self._hint(part, column.refers)}"

    def _references(self, refers: str, name: str) -> list[str]:
        """Return the rows with a name that a column can refer to: those of the first of the sources that has any.

        If none has the name with its article, that without it counts.
        """
        keys = dict.fromkeys((alike(name), compared_name(name)))
        every = ({row.reference for row in rows.get(key, ()) if self._fits(row.cls, refers)}
                 for key in keys for rows in self._by_name)  # fmt: skip
        return sorted(next(filter(None, every), ()))

    def _hint(self, name: str, refers: str) -> str:
        """Return the name that is like a wrong one, and the tables for a new row."""
        known = {row.name for rows in self._by_name for same in rows.values() for row in same
                 if self._fits(row.cls, refers)}  # fmt: skip
        perhaps = "".join(f" (perhaps {near!r})" for near in get_close_matches(name, known, 1, _LEAST_LIKENESS))
        *tables, last = self._tables(refers)
        return f"{perhaps}; add a row to {', '.join(tables)}{' or ' * bool(tables)}{last}"

    def _fits(self, cls: str, refers: str) -> bool:
        return refers in self._terms.classes.get(cls, ())

    def _is_reference(self, refers: str, part: str) -> bool:
        return any(self._fits(target.cls, refers) for target in self.index.candidates(self._source, part))

    def _tables(self, refers: str) -> list[str]:
        """Return the tables whose rows a column can refer to."""
        above = self._terms.classes[refers]
        return [table for table, base in self._terms.tables.items() if base != "Source"
                and (base in above or self._fits(base, refers))]  # fmt: skip

    def _labels(self, source: Source) -> Iterator[_Named]:
        for table in source.tables.values():
            for row in table.rows:
                labels = [cell for name, cell in row.cells.items() if name.partition("@")[0] in _LABELS]
                for label in (part.strip() for cell in labels for part in cell.split("|")):
                    if label and row.cells.get("id") and table.name in self._terms.tables:
                        yield self._named(source.name, table.name, row, label)

    def _named(self, source: str, table: str, row: Row, name: str) -> _Named:
        """Return a row with a name, and the shortest reference that means no other row; without a name a long one."""
        reference = self._reference(source, table, row.cells["id"], is_short=bool(name))
        return _Named(reference, row.cells.get("type") or self._terms.tables[table], name)

    def _reference(self, source: str, table: str, row_id: str, *, is_short: bool = True) -> str:
        prefix = "" if source == self._source else f"{source}/"
        is_clear = is_short and len(self.index.candidates(self._source, f"{prefix}{row_id}")) == 1
        return f"{prefix}{row_id}" if is_clear else f"{prefix}{table}/{row_id}"

    def _namings(self, source: Source) -> Iterator[_Named]:
        """Yield the entries that the namings of a source name, each with the name in its text."""
        table = source.tables.get("namings")
        for row in table.rows if table else ():
            named, name = row.cells.get("named", ""), row.cells.get("name", "")
            for target in self.index.candidates(source.name, named) if name else ():
                yield _Named(self._reference(*target.iri.value.rsplit("/", 3)[1:]), target.cls, name)
            for other in self._by_name[0].get(alike(named), ()) if name else ():
                yield other._replace(name=name)


def _alphabetical(name: str) -> tuple[str, str]:
    return name.casefold(), name


def _by_name(rows: Iterable[_Named]) -> _ByName:
    names: dict[str, list[_Named]] = {}
    for row in rows:
        names.setdefault(_compared(row.name), []).append(row)
    return names
