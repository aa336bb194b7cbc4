"""Rows of tables in words: the sentence that a row of claims will be, and the form in which a person fills one."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from pyoxigraph import Literal, NamedNode
from rdflib import RDFS, SKOS, URIRef

from tipgraph.model import (
    CODE,
    EDTF,
    LANG_STRING,
    XSD,
    Column,
    Ontology,
    Word,
    data_iri,
    fields,
    say,
    term_words,
    tip,
)
from tipgraph.model import terms as term_names
from tipgraph.sources import RowNames, Source, classes_of, is_entry, sheet_names

NOT_IN_FORMS: Final = frozenset({"evidence", "id", "review", "source"})
_NOT_CLAIMS: Final = frozenset({"conflicts", "continuations", "restatements"})  # they are about other claims
_KINDS: Final = {EDTF: "date", f"{XSD}date": "day", f"{XSD}boolean": "boolean", f"{XSD}integer": "number",
                 f"{XSD}decimal": "number", LANG_STRING: "words"}  # fmt: skip
_TEMPLATE, _PHRASE = URIRef(f"{tip.NAMESPACE}template"), URIRef(f"{tip.NAMESPACE}phrase")


def filled(terms: Ontology, table: str, cells: Mapping[str, str]) -> dict[str, Column]:
    """Return the columns of the filled cells of a row, by the class that it names, or else by that of its table."""
    columns = terms.columns(class_of(terms, table, cells))
    return {name: column for name, column in columns.items() if cells.get(name)}


def class_of(terms: Ontology, table: str, cells: Mapping[str, str]) -> str:
    """Return the class that a row names, or else that of its table."""
    cls = cells.get("type", "")
    return cls if cls in terms.classes else terms.tables[table]


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
        cls = cells.get("type") or self.terms.tables[table]
        template = in_language(self.terms, term_names.iri(cls), self._language, _TEMPLATE)
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

    def _words(self, column: Column, cell: str, source: str) -> list[Word]:
        words = (self._word(column, part, source) for part in parts(column, cell))
        return [word for word in words if word.text]

    def _word(self, column: Column, part: str, source: str) -> Word:
        if column.scheme:
            iri = self.terms.codes[column.scheme].get(self.terms.coded(column.scheme, part), "")
            told = in_language(self.terms, iri, self._language, _PHRASE, SKOS.prefLabel, otherwise=iri)
            return Word(told, code=iri.removeprefix(CODE)) if iri else Word(part)
        if column.refers:
            return Word(self._label(column, part, source), name=True)
        datatype = NamedNode(column.datatype) if column.datatype and column.datatype != LANG_STRING else None
        try:
            return term_words(Literal(part, datatype=datatype), self._language, in_sentence=True)
        except (ValueError, ArithmeticError):  # such as a date that is none yet
            return Word(part)


@lru_cache(maxsize=10_000)
def _said(template: str, words: tuple[tuple[str, tuple[Word, ...]], ...], language: str) -> str:
    return say(template, dict(words), language)


@lru_cache(maxsize=5000)
def in_language(terms: Ontology, iri: str, language: str, *predicates: URIRef, otherwise: str = "") -> str:
    """Return the first words about a term in a language, by some predicates in their order; they may be empty."""
    words = (word for predicate in predicates for word in terms.graph.objects(URIRef(iri), predicate))
    return next((str(word) for word in words if getattr(word, "language", "") == language), otherwise)


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


def row_forms(source: Source, terms: Ontology, language: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the forms of the tables of claims, and of those of entries, by table."""
    forms = {name: _form(name, terms, language) for name in sheet_names(source, terms) if name not in _NOT_CLAIMS}
    entries = {name: form for name, form in forms.items() if is_entry(name, terms)}
    claims = {name: form for name, form in forms.items() if "evidence" in terms.columns(terms.tables[name])}
    return claims, entries


def _form(table: str, terms: Ontology, language: str) -> dict[str, Any]:
    """Return the label of a table, and its columns with their labels, code lists and the entries they refer to."""

    def label(iri: str) -> str:
        return in_language(terms, iri, language, RDFS.label, otherwise=iri.rpartition("#")[2])

    classes = classes_of(table, terms)
    known = {column.name: column for cls in classes for column in terms.columns(cls).values()}
    columns: list[dict[str, Any]] = [
        {
            "name": column.name,
            "label": label(column.iri),
            "note": in_language(terms, column.iri, language, SKOS.definition),
            "required": column.needed,
            "many": column.many,
            "kind": "code" if column.scheme else "entry" if column.refers else _KINDS.get(column.datatype, "text"),
            "choices": _choices(column, terms, language),
            "refers": column.refers or None,
            "tables": _tables(column.refers, terms) if column.refers else [],
        }
        for column in known.values()
        if column.name not in NOT_IN_FORMS
    ]
    if len(classes) > 1:
        choices = [[cls, label(term_names.iri(cls))] for cls in classes]
        of_class = {"name": "type", "label": {"en": "class", "es": "clase"}[language], "choices": choices}
        nothing = {"note": "", "required": False, "many": False, "refers": None, "tables": []}
        columns.insert(0, {**of_class, "kind": "code", **nothing})
    return {"label": label(term_names.iri(terms.tables[table])), "columns": columns}


def _tables(refers: str, terms: Ontology) -> list[str]:
    """Return the tables in which an entry of a class may be a row."""
    classes = terms.classes
    fits = ((name, refers in classes.get(cls, ()) or cls in classes[refers]) for name, cls in terms.tables.items())
    return [name for name, is_fitting in fits if is_fitting and is_entry(name, terms)]


def _choices(column: Column, terms: Ontology, language: str) -> list[list[str]] | None:
    if column.among:
        return [[value, value] for value in sorted(column.among)]
    codes = terms.code_words(column.scheme, language) if column.scheme else {}
    return sorted([code, words] for code, words in codes.items()) or None
