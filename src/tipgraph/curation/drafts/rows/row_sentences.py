"""A row of claims as the sentence that it will be: by the template of its class, before it is in a graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode
from rdflib import SKOS, URIRef

from tipgraph.model import CODE, Column, Ontology, Word, data_iri, fields, say, term_words, tip
from tipgraph.model import terms as term_names
from tipgraph.sources import RowNames, Source

_TEMPLATE: Final = URIRef(f"{tip.NAMESPACE}template")
_PHRASE: Final = URIRef(f"{tip.NAMESPACE}phrase")


def filled(terms: Ontology, table: str, cells: Mapping[str, str]) -> dict[str, Column]:
    """Return the columns of the filled cells of a row, by the class that it names, or else by that of its table."""
    cls = cells.get("type", "")
    columns = terms.columns(cls if cls in terms.classes else terms.tables[table])
    return {name: column for name, column in columns.items() if cells.get(name)}


def parts(column: Column, cell: str) -> list[str]:
    """Return the parts of a cell."""
    return [part for part in map(str.strip, cell.split("|") if column.many else [cell]) if part]


class RowSentences:
    """The sentences of rows, whose cells have ids or names, codes or their labels."""

    def __init__(self, own: Source, others: Sequence[Source], terms: Ontology, language: str = "en") -> None:
        """Read the names of all entries; `own` is the source of the drafts."""
        self.terms, self._language, self._own = terms, language, own.name
        self.names = RowNames(own, others, terms)
        self._entries = _entries([own, *others], terms, language)

    def reads(self, table: str, cells: Mapping[str, str], source: str = "") -> str:
        """Return the sentence of a row of a source, by default of a draft; nothing without a template."""
        template = _template(self.terms, cells.get("type") or self.terms.tables[table], self._language)
        columns = filled(self.terms, table, cells)
        named = (name for name in dict.fromkeys(fields(template)) if name in columns)
        words = ((name, tuple(sorted(self._words(columns[name], cells[name], source)))) for name in named)
        return _said(template, tuple(words), self._language)

    def labels(self, table: str, cells: Mapping[str, str], source: str = "") -> dict[str, str]:
        """Return the cells that name entries, of a row of a source or else a draft, with labels in place of ids."""
        return {
            name: " | ".join(self._label(column, part, source) for part in parts(column, cells[name]))
            for name, column in filled(self.terms, table, cells).items()
            if column.refers
        }

    def node(self, column: Column, part: str, source: str = "") -> NamedNode | None:
        """Return the node that a part of a cell of a row, or else of a draft, names; None if there is no single one."""
        references = [part] if source else self.names.references(column, part)
        targets = self.names.index.candidates(source or self._own, references[0]) if len(references) == 1 else ()
        fitting = [target.iri for target in targets if column.refers in self.terms.classes.get(target.cls, ())]
        return fitting[0] if len(fitting) == 1 else None

    def _label(self, column: Column, part: str, source: str) -> str:
        return self._entries.get(self.node(column, part, source), part)

    def _words(self, column: Column, cell: str, source: str) -> Iterator[Word]:
        words = (self._word(column, part, source) for part in parts(column, cell))
        return (word for word in words if word.text)

    def _word(self, column: Column, part: str, source: str) -> Word:
        if column.scheme:
            iri = self.terms.codes[column.scheme].get(self.terms.coded(column.scheme, part))
            return _code_word(self.terms, iri, self._language) if iri else Word(part)
        if column.refers:
            return Word(self._label(column, part, source), name=True)
        datatype = NamedNode(column.datatype) if column.datatype and "langString" not in column.datatype else None
        try:
            return term_words(Literal(part, datatype=datatype), self._language, in_sentence=True)
        except (ValueError, ArithmeticError):  # such as a date that is none yet
            return Word(part)


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


def _entries(sources: Iterable[Source], terms: Ontology, language: str) -> dict[NamedNode | None, str]:
    """Return the labels of entries, each in a language, or else in English."""
    return {
        data_iri(source.name, table.name, row.cells.get("id", "")): label
        for source in sources
        for table in source.tables.values()
        if table.name in terms.tables
        for row in table.rows
        if (label := row.cells.get(f"label@{language}") or row.cells.get("label"))
    }
