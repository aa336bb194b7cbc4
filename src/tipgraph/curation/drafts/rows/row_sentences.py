"""A row of claims as the sentence that it will be: by the template of its class, before it is in a graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from pyoxigraph import Literal, NamedNode
from rdflib import RDFS, SKOS, URIRef

from tipgraph.model import CODE, Column, Ontology, Word, data_iri, fields, say, term_words, tip
from tipgraph.model import terms as term_names
from tipgraph.sources import RowNames, Source

_TEMPLATE: Final = URIRef(f"{tip.NAMESPACE}template")
_PHRASE: Final = URIRef(f"{tip.NAMESPACE}phrase")


class _Entry(NamedTuple):
    label: str
    cls: str


class RowSentences:
    """The sentences of rows, whose cells have ids or names, codes or their labels."""

    def __init__(self, own: Source, others: Sequence[Source], terms: Ontology, language: str = "en") -> None:
        """Read the names of all entries; `own` is the source of the drafts."""
        self._terms, self._language, self._own = terms, language, own.name
        self.names = RowNames(own, others, terms)
        self._entries = _entries([own, *others], terms, language)
        self._alike = _alike(self._entries.values())

    def reads(self, table: str, cells: Mapping[str, str], source: str = "") -> str:
        """Return the sentence of a row of a source, by default of a draft; nothing without a template."""
        cls = cells.get("type") or self._terms.tables[table]
        template = _template(self._terms, cls, self._language)
        columns = self._terms.columns(cls)
        named = (name for name in dict.fromkeys(fields(template)) if cells.get(name) and name in columns)
        words = ((name, tuple(sorted(self._words(columns[name], cells[name], source)))) for name in named)
        return _said(template, tuple(words), self._language)

    def labels(self, table: str, cells: Mapping[str, str], source: str = "") -> dict[str, str]:
        """Return the cells that name entries, of a row of a source or else a draft, with labels in place of ids."""
        columns = self._terms.columns(cells.get("type") or self._terms.tables[table])
        named = ((name, columns[name]) for name, cell in cells.items() if cell and name in columns)
        return {
            name: " | ".join(word.text for word in self._words(column, cells[name], source))
            for name, column in named
            if column.refers
        }

    def classes(self, table: str, cells: Mapping[str, str], source: str = "") -> dict[str, list[str]]:
        """Return the classes in words of the entries that a row names, by column, in the order of its labels.

        The text is empty for an entry whose label no entry of another class has.
        """
        columns = self._terms.columns(cells.get("type") or self._terms.tables[table])
        named = {name: columns[name] for name, cell in cells.items() if cell and name in columns}
        return {
            name: [self._class(self.node(column, part, source)) for part in _parts(column, cells[name])]
            for name, column in named.items()
            if column.refers
        }

    def listed(self, cls: str) -> dict[str, str]:
        """Return the names of the rows of a class, each with its class in words if it is not clear by its label."""
        names = self.names.choices(cls)
        unclear = {name for name in names if "/" in name or name.casefold() in self._alike}
        return {
            name: self._class(self._node(cls, self.names.rows(cls, name))) if name in unclear else "" for name in names
        }

    def _class(self, node: NamedNode | None) -> str:
        entry = self._entries.get(node)
        if not entry or entry.label.casefold() not in self._alike:
            return ""
        labels = self._terms.graph.objects(URIRef(term_names.iri(entry.cls)), RDFS.label)
        return next(_in(self._language, labels), entry.cls)

    def node(self, column: Column, part: str, source: str = "") -> NamedNode | None:
        """Return the node that a part of a cell of a row, or else of a draft, names; None if there is no single one."""
        return self._node(column.refers, [part] if source else self.names.references(column, part), source)

    def _node(self, cls: str, references: Sequence[str], source: str = "") -> NamedNode | None:
        if len(references) != 1:
            return None
        targets = self.names.index.candidates(source or self._own, references[0])
        fitting = [target.iri for target in targets if cls in self._terms.classes.get(target.cls, ())]
        return fitting[0] if len(fitting) == 1 else None

    def _words(self, column: Column, cell: str, source: str) -> Iterator[Word]:
        for part in _parts(column, cell):
            word = self._word(column, part, source)
            if word.text:
                yield word

    def _word(self, column: Column, part: str, source: str) -> Word:
        if column.scheme:
            return self._code(column.scheme, part)
        if column.refers:
            node = self.node(column, part, source)
            entry = self._entries.get(node)
            return Word(entry.label if entry else part, name=True)
        datatype = NamedNode(column.datatype) if column.datatype and "langString" not in column.datatype else None
        try:
            return term_words(Literal(part, datatype=datatype), self._language, in_sentence=True)
        except (ValueError, ArithmeticError):  # such as a date that is none yet
            return Word(part)

    def _code(self, scheme: str, part: str) -> Word:
        iri = self._terms.codes[scheme].get(self._terms.coded(scheme, part))
        return _code_word(self._terms, iri, self._language) if iri else Word(part)


@lru_cache(maxsize=10_000)
def _said(template: str, words: tuple[tuple[str, tuple[Word, ...]], ...], language: str) -> str:
    return say(template, dict(words), language)


@lru_cache(maxsize=1000)
def _template(terms: Ontology, cls: str, language: str) -> str:
    return next(_in(language, terms.graph.objects(URIRef(term_names.iri(cls)), _TEMPLATE)), "")


@lru_cache(maxsize=1000)
def _code_word(terms: Ontology, iri: str, language: str) -> Word:
    """Return the phrase of a code, which may be empty, or else its label."""
    words = (found for predicate in (_PHRASE, SKOS.prefLabel)
             for found in _in(language, terms.graph.objects(URIRef(iri), predicate)))  # fmt: skip
    return Word(next(words, iri), code=iri.removeprefix(CODE))


def _in(language: str, words: Iterable[object]) -> Iterator[str]:
    return (str(word) for word in words if getattr(word, "language", "") == language)


def _parts(column: Column, cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|")] if column.many else [cell]


def _entries(sources: Iterable[Source], terms: Ontology, language: str) -> dict[NamedNode | None, _Entry]:
    """Return the entries with a label, each in a language, or else in English."""
    entries: dict[NamedNode | None, _Entry] = {}
    for source in sources:
        for table in (table for table in source.tables.values() if table.name in terms.tables):
            for cells in (row.cells for row in table.rows):
                if label := cells.get(f"label@{language}") or cells.get("label"):
                    entry = _Entry(label, cells.get("type") or terms.tables[table.name])
                    entries[data_iri(source.name, table.name, cells.get("id", ""))] = entry
    return entries


def _alike(entries: Iterable[_Entry]) -> set[str]:
    """Return the labels that entries of several classes have, in lower case."""
    found: dict[str, str] = {}
    return {key for label, cls in entries if found.setdefault(key := label.casefold(), cls) != cls}
