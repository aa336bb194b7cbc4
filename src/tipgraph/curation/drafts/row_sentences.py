"""A row of claims as the sentence that it will be: by the template of its class, before it is in a graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pyoxigraph import Literal, NamedNode
from rdflib import SKOS, URIRef

from tipgraph.model import CODE, Column, Ontology, Word, data_iri, fields, say, term_words, tip
from tipgraph.sources import RowNames, Source, index_of


class RowSentences:
    """The sentences of rows, whose cells have ids or names, codes or their labels."""

    def __init__(self, own: Source, others: Sequence[Source], terms: Ontology, language: str = "en") -> None:
        """Read the names of all entries; `own` is the source whose rows name entries by labels, too."""
        self._terms, self._language = terms, language
        self._names = RowNames(own, others, terms)
        self._index = index_of([own, *others], terms, [])
        self._labels = _labels([own, *others], terms, language)
        self._own = own.name

    def reads(self, table: str, cells: Mapping[str, str], source: str = "") -> str:
        """Return the sentence of a row of a source, by default of the own one; nothing without a template."""
        cls = cells.get("type") or self._terms.tables[table]
        template = self._templates.get(cls, "")
        columns = self._terms.columns(cls)
        named = (name for name in dict.fromkeys(fields(template)) if cells.get(name) and name in columns)
        words = {name: sorted(self._words(columns[name], cells[name], source or self._own)) for name in named}
        return say(template, words, self._language)

    def node(self, column: Column, part: str, source: str = "") -> NamedNode | None:
        """Return the node that a part of a cell names; None if there is none, or no single one."""
        try:
            reference = part if source not in ("", self._own) else self._names.value(column, part)
        except ValueError:
            return None
        targets = self._index.candidates(source or self._own, reference)
        fitting = [target.iri for target in targets if column.refers in self._terms.classes.get(target.cls, ())]
        return fitting[0] if len(fitting) == 1 else None

    @cached_property
    def _templates(self) -> dict[str, str]:
        graph, template = self._terms.graph, URIRef(tip.NAMESPACE + "template")
        return {
            str(cls).rpartition("#")[2]: str(words)
            for cls, words in graph.subject_objects(template)
            if getattr(words, "language", "") == self._language
        }

    def _words(self, column: Column, cell: str, source: str) -> Iterator[Word]:
        for part in map(str.strip, cell.split("|")) if column.many else (cell,):
            word = self._word(column, part, source)
            if word.text:
                yield word

    def _word(self, column: Column, part: str, source: str) -> Word:
        if column.scheme:
            return self._code(column.scheme, part)
        if column.refers:
            node = self.node(column, part, source)
            return Word(self._labels.get(node, part) if node else part, name=True)
        datatype = NamedNode(column.datatype) if column.datatype and "langString" not in column.datatype else None
        try:
            return term_words(Literal(part, datatype=datatype), self._language, in_sentence=True)
        except (ValueError, ArithmeticError):  # such as a date that is none yet
            return Word(part)

    def _code(self, scheme: str, part: str) -> Word:
        """Return the phrase of a code, which may be empty, or else its label."""
        iri = self._terms.codes[scheme].get(self._terms.coded(scheme, part))
        if iri is None:
            return Word(part)
        graph, node = self._terms.graph, URIRef(iri)
        phrases = graph.objects(node, URIRef(tip.NAMESPACE + "phrase"))
        words = self._said(phrases) or self._said(graph.objects(node, SKOS.prefLabel)) or [part]
        return Word(words[0], code=iri.removeprefix(CODE))

    def _said(self, words: Iterable[object]) -> list[str]:
        return [str(word) for word in words if getattr(word, "language", "") == self._language]


def _labels(sources: Iterable[Source], terms: Ontology, language: str) -> dict[NamedNode, str]:
    """Return the label of each entry in a language, or else the one in English."""
    labels = {}
    for source in sources:
        for table in (table for table in source.tables.values() if table.name in terms.tables):
            for cells in (row.cells for row in table.rows):
                if label := cells.get(f"label@{language}") or cells.get("label"):
                    labels[data_iri(source.name, table.name, cells.get("id", ""))] = label
    return labels
