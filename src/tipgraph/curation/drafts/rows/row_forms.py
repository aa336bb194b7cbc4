"""The forms in which a person fills a row of a table: its columns with labels, code lists and names of entries."""

from typing import Any, Final

from rdflib import RDFS, SKOS, Literal, URIRef

from tipgraph.model import EDTF, LANG_STRING, XSD, Column, Ontology
from tipgraph.model import terms as term_names
from tipgraph.sources import Source, classes_of, is_entry, sheet_names

NOT_IN_FORMS: Final = frozenset({"evidence", "id", "review", "source"})
_NOT_CLAIMS = frozenset({"conflicts", "continuations", "restatements"})  # they are about other claims
_KINDS = {EDTF: "date", f"{XSD}date": "day", f"{XSD}boolean": "boolean", f"{XSD}integer": "number",
          f"{XSD}decimal": "number", LANG_STRING: "words"}  # fmt: skip


def row_forms(source: Source, terms: Ontology, language: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the forms of the tables of claims, and of those of entries, by table."""
    forms = {name: _form(name, terms, language) for name in sheet_names(source, terms) if name not in _NOT_CLAIMS}
    entries = {name: form for name, form in forms.items() if is_entry(name, terms)}
    claims = {name: form for name, form in forms.items() if "evidence" in terms.columns(terms.tables[name])}
    return claims, entries


def referred(forms: dict[str, Any]) -> set[str]:
    """Return the classes of the entries that some forms name."""
    return {column["refers"] for form in forms.values() for column in form["columns"] if column["refers"]}


def _form(table: str, terms: Ontology, language: str) -> dict[str, Any]:
    def label(iri: str) -> str:
        return said(iri, RDFS.label) or iri.rpartition("#")[2]

    def said(iri: str, predicate: URIRef) -> str:
        words = terms.graph.objects(URIRef(iri), predicate)
        return next((str(word) for word in words if isinstance(word, Literal) and word.language == language), "")

    classes = classes_of(table, terms)
    known = {column.name: column for cls in classes for column in terms.columns(cls).values()}
    columns: list[dict[str, Any]] = [
        {
            "name": column.name,
            "label": label(column.iri),
            "note": said(column.iri, SKOS.definition),
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
