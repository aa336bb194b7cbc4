"""A guide to the tables of a source: each column with its meaning, its values and an example from real data."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from rdflib import SKOS, Literal, URIRef

from tipgraph.errors import UnknownName, near, shown
from tipgraph.model import EDTF, LANG_STRING, XSD, Column, Ontology, terms
from tipgraph.runtime import read_toml
from tipgraph.sources.folder import SOURCE_FILE, read_table
from tipgraph.sources.source_tables import literal_forms

_ID: Final = "written once: lower-case letters, digits, hyphens and dots; a claim is p<paragraph>-<number>"

_OTHER_TERMS: Final = {  # terms of other vocabularies, which our ontology uses and does not define
    "label": "The name.",
    "altLabel": "Another name, such as an acronym.",
    "exactMatch": "The address of the same in another vocabulary.",
}


class ColumnGuide(NamedTuple):
    """A column: whether a row needs it, its values and codes, its meaning, and the cell of an existing row."""

    column: str
    needed: str
    values: str
    example: str
    meaning: str


class TableGuide(NamedTuple):
    """The columns of a table, the place of the row with most of the examples, and the rules on several columns.

    The place is empty without a row.
    """

    columns: list[ColumnGuide]
    example: str
    rules: list[str]


def list_tables(ontology: Ontology) -> list[tuple[str, str, str]]:
    """Return each table with its class and the meaning of that class; that of the class Source is `source.toml`."""
    files = ((SOURCE_FILE if cls == "Source" else name, cls) for name, cls in ontology.tables.items())
    return [(name, cls, _definition(ontology, terms.iri(cls))) for name, cls in files]


def describe_table(ontology: Ontology, table: str, folders: Iterable[Path]) -> TableGuide:
    """Return the guide to a table, with examples from the first of some folders of sources that has rows.

    Raises UnknownName if the ontology has no such table.

    >>> from tipgraph.model import kit, ontology
    >>> guide = describe_table(ontology(), "funding", [kit.folder("data")])
    >>> next((part.needed, part.example) for part in guide.columns if part.column == "giver")
    ('no', 'actors/ch-4')
    """
    table, base = table.removesuffix(".csv"), _class_of(ontology, table)
    rows = next((rows for folder in folders if (rows := _rows(folder, table))), [])
    rows.sort(key=lambda placed: -sum(map(bool, placed[1].values())))
    cells = {name: cell for _, row in reversed(rows) for name, cell in row.items() if cell}
    rules = dict.fromkeys(rule for cls in ontology.below(base) for rule in ontology.rules(cls))
    return TableGuide(list(_columns(ontology, base, cells)), rows[0][0] if rows else "", list(rules))


def describe_codes(ontology: Ontology, table: str, column: str) -> list[tuple[str, str, str]]:
    """Return the codes that a column of a table takes, each with its label and its meaning.

    Raises UnknownName for another table, and for a column without codes.

    >>> from tipgraph.model import ontology
    >>> describe_codes(ontology(), "funding", "moneyKind")[1][:2]
    ('budgeted', 'budgeted')
    """
    below = ontology.below(_class_of(ontology, table))
    schemes = {each.name: each.scheme for cls in below for each in ontology.columns(cls).values() if each.scheme}
    if column not in schemes:
        listed = ", ".join(schemes) or "none"
        raise UnknownName(f"{column!r} has no codes{near(column, schemes)}; the columns with codes are {listed}")
    labels, codes = ontology.code_words(schemes[column], "en"), sorted(ontology.codes[schemes[column]].items())
    return [(code, labels[code], _definition(ontology, iri)) for code, iri in codes]


def _class_of(ontology: Ontology, table: str) -> str:
    """Return the class of the rows of a table; raise UnknownName if there is no such table."""
    table = table.removesuffix(".csv")
    known = {SOURCE_FILE: "Source", **ontology.tables}
    if table not in known:
        raise UnknownName(f"{table!r} is no table{near(table, known)}; `tipgraph source columns` lists them")
    return known[table]


def _rows(folder: Path, table: str) -> list[tuple[str, dict[str, str]]]:
    """Return the cells of each row of a table in a folder of sources, with the place of the row."""
    paths = sorted(folder.glob(f"*/{table if table == SOURCE_FILE else f'{table}.csv'}"))
    if table == SOURCE_FILE:
        return [(shown(path), {key: str(cell) for key, cell in read_toml(path).items()}) for path in paths]
    tables = [read for path in paths if (read := read_table(path, []))]
    return [(f"{read.at(row)}:{row.line}", row.cells) for read in tables for row in read.rows]


def _columns(ontology: Ontology, base: str, cells: dict[str, str]) -> Iterator[ColumnGuide]:
    below = ontology.below(base)
    if base != "Source":
        yield ColumnGuide("id", "yes", "an id", cells.get("id", ""), _ID)
    if len(below) > 1:
        yield ColumnGuide("type", "no", f"one of {', '.join(below)}", cells.get("type", ""), f"the class; else {base}")
    having: dict[str, list[str]] = {}
    columns: dict[str, Column] = {}
    for cls in below:
        for name, column in ontology.columns(cls).items():
            columns.setdefault(name, column)
            having.setdefault(name, []).append(cls)
    for name, column in columns.items():
        if name != "source":
            only = f" (of {', '.join(having[name])})" * (len(having[name]) < len(below))
            meaning = _definition(ontology, column.iri) + only
            yield ColumnGuide(name, _needed(ontology, column), _values(ontology, column), cells.get(name, ""), meaning)


def _needed(ontology: Ontology, column: Column) -> str:
    if column.default:
        codes = ontology.codes.get(column.scheme, {})
        return f"no, else {next((name for name, iri in codes.items() if iri == column.default), column.default)}"
    return "yes" if column.needed else "no"


def _values(ontology: Ontology, column: Column) -> str:
    """Return the values that a cell may hold, in words."""
    several = "; several with |" if column.many else ""
    if column.scheme:
        return f"one of {', '.join(sorted(ontology.codes[column.scheme]))}{several}"
    if column.refers:
        return f"{_row_of(ontology, column.refers)}{several}"
    if column.among:
        return f"{column.hint or 'one of ' + ', '.join(sorted(column.among))}{several}"
    if column.datatype == LANG_STRING:
        return f"text in English; {column.name}@es holds Spanish{several}"
    if column.datatype == EDTF:
        return f"a date: 2004, 2004-11, 2004-11-11, 2004-22 or first/last{several}"
    kind = column.datatype.removeprefix(XSD) or "anyURI"
    form = literal_forms().get(kind, {"message": "a day as 2004-11-11"})
    return f"{form['message'].removeprefix('write ')}{several}"


def _row_of(ontology: Ontology, refers: str) -> str:
    if refers == "Source":
        return "the name of a source"
    tables = [name for name, cls in ontology.tables.items() if refers in ontology.classes.get(cls, ())]
    above = [name for name, cls in ontology.tables.items() if cls in ontology.classes[refers]]
    listed = ", ".join(tables or above) if len(tables) <= 4 else f"a table of the class {refers}"
    return f"a row of {listed}"


def _definition(ontology: Ontology, iri: str) -> str:
    texts = ontology.graph.objects(URIRef(iri), SKOS.definition)
    english = (str(text) for text in texts if isinstance(text, Literal) and text.language == "en")
    return next(english, _OTHER_TERMS.get(iri.rpartition("#")[2], ""))
