"""The sheets and columns of a workbook: which a person fills, their notes, and the lists of their dropdowns."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rdflib import RDFS, SKOS, Node, URIRef

from tipgraph.model import EDTF, XSD, Column, Ontology
from tipgraph.sources.folder import Source, Table
from tipgraph.sources.intake.row_names import RowNames
from tipgraph.sources.source_tables import QUOTE

SCOPE: Final = "no claims because"  # of a paragraph, on the sheet with the text
_NOT_SHEETS = frozenset({"assessments", "evidence", "identity", "paragraphs", "retirements", "source"})
_NOT_COLUMNS = frozenset({"source"})
_EXAMPLES = {
    EDTF: "2004; 2004-11; 2004-11-11; 2023-07/.. (since July 2023, desde julio de 2023)",
    f"{XSD}date": "2004-11-11",
    f"{XSD}decimal": "12500.5",
    f"{XSD}integer": "12",
    f"{XSD}duration": "P24M (24 months, 24 meses)",
    f"{XSD}anyURI": "https://example.org/report",
    f"{XSD}language": "es",
}
_EXAMPLES_OF_COLUMNS = {"latitude": "-12.05", "longitude": "-77.04", "percentage": "40", "label": "Harbour House"}
_TERMS_OF_OTHERS = {  # whose definitions are not in the ontology
    "label": ("The name under which the entry is shown, in your own words.",
              "El nombre con el que se muestra la entrada, en sus propias palabras."),
    "altLabel": ("Another name of the entry, such as an acronym.",
                 "Otro nombre de la entrada, por ejemplo una sigla."),
    "exactMatch": ("The address (IRI) of the same thing in another list, such as Wikidata.",
                   "La dirección (IRI) de lo mismo en otra lista, por ejemplo Wikidata."),
}  # fmt: skip
_FIXED = {
    "id": ("The name of the row. Leave it empty in a new row: it is given.",
           "El nombre de la fila. Déjelo vacío en una fila nueva: se le da uno."),
    "type": ("The class of the entry.", "La clase de la entrada."),
    QUOTE: ("The words of the text that show the claim, copied from there; several with || between them.",
            "Las palabras del texto que muestran la afirmación, copiadas de él; varias, con || entre ellas."),
}  # fmt: skip
SCOPE_NOTE: Final = (
    "Why this paragraph has no claims. Leave it empty if a row quotes the paragraph.\n"
    "Por qué este párrafo no tiene afirmaciones. Déjelo vacío si una fila cita el párrafo."
)


class SheetColumn(NamedTuple):
    """A column of a sheet: its note, whether it must be filled, and its dropdown.

    `choices` is the name of a list, `may_differ` tells whether other words may be typed.
    """

    name: str
    note: str = ""
    needed: bool = False
    choices: str = ""
    may_differ: bool = False


def sheet_names(source: Source, terms: Ontology) -> list[str]:
    """Return the tables that a person fills: those of entries first, then those of claims."""
    names = [name for name in terms.tables if name not in _NOT_SHEETS]
    names += [name for name in source.tables if name in terms.tables and name in ("identity", "retirements")]
    return sorted(names, key=lambda name: (not is_entry(name, terms), name))


def is_entry(table: str, terms: Ontology) -> bool:
    """Tell whether the rows of a table are entries, not claims or rows about the data."""
    return "Thing" in terms.classes.get(terms.tables.get(table, ""), ())


def classes_of(table: str, terms: Ontology) -> list[str]:
    """Return the classes of the rows of a table."""
    return [cls for cls in terms.below(terms.tables[table]) if cls != "Source"]


def sheet_columns(name: str, present: Table | None, terms: Ontology) -> list[SheetColumn]:
    """Return the columns of a sheet: those of the present table, then the others of the ontology."""
    classes = classes_of(name, terms)
    known = {column.name: column for cls in classes for column in terms.columns(cls).values()}
    labels = ["label", "label@es"] if "label" in known else []
    order = ["id", *(["type"] if len(classes) > 1 else []), *labels, *known]
    columns = dict.fromkeys(column for column in (*(present.columns if present else ()), *order))
    for unwanted in (_NOT_COLUMNS | {QUOTE}) & columns.keys():
        columns.pop(unwanted)
    names = list(columns)
    if "evidence" in names:
        names.insert(names.index("evidence") + 1, QUOTE)
    found = {name: _sheet_column(name, known, terms) for name in names}
    if QUOTE in found:  # becomes the evidence
        found[QUOTE] = found[QUOTE]._replace(needed=found["evidence"].needed)
        found["evidence"] = found["evidence"]._replace(needed=False)
    return list(found.values())


def _sheet_column(name: str, known: Mapping[str, Column], terms: Ontology) -> SheetColumn:
    plain, _, language = name.partition("@")
    if plain in _FIXED:
        return SheetColumn(name, "\n".join(_FIXED[plain]), choices="classes" if plain == "type" else "")
    column = known.get(plain)
    if column is None:
        return SheetColumn(name)
    words = _TERMS_OF_OTHERS.get(plain) or _definitions(column.iri, terms)
    note = "\n".join(filter(None, [*words, f"@{language}" * bool(language), _form(column)]))
    return SheetColumn(name, note, column.needed, _list_of(column), bool(column.refers) or column.many)


def _definitions(iri: str, terms: Ontology) -> Iterator[str]:
    """Yield the label and the definition of a property, in English and Spanish."""
    term = URIRef(iri)
    for language in ("en", "es"):
        words = [_in(language, terms.graph.objects(term, predicate)) for predicate in (RDFS.label, SKOS.definition)]
        yield ": ".join(filter(None, words))


def _in(language: str, words: Iterable[Node]) -> str:
    return next((str(word) for word in words if getattr(word, "language", "") == language), "")


def _form(column: Column) -> str:
    several = "Several with | between them. Varios, con | entre ellos." if column.many else ""
    example = _EXAMPLES_OF_COLUMNS.get(column.name) or _EXAMPLES.get(column.datatype, "")
    return "\n".join(filter(None, [several, f"Example, ejemplo: {example}" if example else ""]))


def _list_of(column: Column) -> str:
    """Return the name of the list that a column offers, an empty one without a list."""
    if column.scheme:
        return column.scheme
    if column.refers and column.refers != "Evidence":
        return column.refers
    if column.datatype == f"{XSD}boolean":
        return "boolean"
    return column.name if column.among else ""


def lists(
    columns: Mapping[str, Sequence[SheetColumn]], source: Source, reference: Source, terms: Ontology
) -> dict[str, list[str]]:
    """Return the entries of each list that the columns of the sheets, by table, offer; none is empty."""
    names = RowNames(source, [reference], terms)
    found = {"boolean": ["true", "false"]}
    for table, offered in columns.items():
        classes = classes_of(table, terms)
        found[f"classes {table}"] = classes if len(classes) > 1 else []
        known = {column.name: column for cls in classes for column in terms.columns(cls).values()}
        for name in (column.name for column in offered if column.choices and column.name in known):
            column = known[name]
            if column.scheme:
                found[column.scheme] = sorted(terms.codes[column.scheme])
            elif column.refers and column.refers not in found:
                found[column.refers] = names.choices(column.refers)
            elif column.among:
                found[name] = sorted(column.among)
    return {name: entries for name, entries in found.items() if entries}


def list_name(choices: str, table: str) -> str:
    """Return the name of a list as a name of a spreadsheet.

    >>> list_name("money-kind", "funding"), list_name("classes", "actors")
    ('list_money_kind', 'list_classes_actors')
    """
    return "list_" + re.sub(r"\W", "_", f"classes {table}" if choices == "classes" else choices)
