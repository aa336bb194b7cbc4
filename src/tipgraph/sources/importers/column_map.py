"""A mapping in TOML: the class of the rows of a file, and the property of each column.

    class = "Funding"

    [columns]
    "Donor" = "giver"
    "Grantee" = "receiver"
    "Amount (USD)" = "amount"

    [fixed]
    currency = "USD"
    moneyKind = "awarded"
    note = "in the sheet as {Title}"

    [names]
    "Donor" = ["Funder", "#org+funder"]

    [values."Status"]
    "Under way" = "ongoing"

A column may have other names in files (`names`), and a tag of HXL is one: `#org+impl-code` is a tag with the attribute
`impl` and without `code`. A column of the file belongs to the first name that finds it. A text of `texts` is made of
columns: the first of its texts whose columns have values. Write it in `fixed`, as `{project}`.

A sheet whose rows are of several classes has a `[[rows]]` for each, with columns, fixed and values of its own, and more
keys:

| key | what it means |
|---|---|
| `when` | only rows with these words in a column, with any (`"*"`) or with none (`""`) |
| `otherwise` | only rows for which the `[[rows]]` before have no class |
| `key` | the column of identifiers; other columns name an entry by its identifier |
| `once` | an equal claim of several rows is one |
| `abroad` | only routes between two places; other rows give none, and are no fault |

Keys of the whole file: `form` (csv or json), `dates` (`"days since 1970"`), `decimal` (the mark before decimals),
`split` (the mark between several values), `names` (other names of columns), `needed` (columns that must be there, else
all), `plain` (the columns of a file without a header), `refuse` (words of columns that mean a person). The mappings of
the folder `mappings` come with tipgraph, by their names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from tipgraph.errors import Fault, InputError, UnknownName
from tipgraph.model import Column, Ontology
from tipgraph.runtime import read_toml
from tipgraph.sources.source_tables import check_value

Cells: TypeAlias = dict[str, list[str]]  # the values of a row by the columns of its mapping
FOLDER: Final = Path(__file__).with_name("mappings")
SHIPPED: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
_OF_FILE = frozenset(
    {"about", "dates", "decimal", "form", "names", "needed", "plain", "refuse", "rows", "split", "summary", "texts"}
)
_TABLES, _FLAGS = ("columns", "fixed", "when", "values"), ("abroad", "once", "otherwise")
_KEYS = {"class", "key", *_TABLES, *_FLAGS}
_OURS = frozenset({"source", "evidence", "review"})
_NO_ROWS = frozenset({"Source", "Evidence", "Paragraph", "Judgement"})
_FILLED = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True)
class Rows:
    """The rows of one class: the properties of each column, fixed values, and words for our codes."""

    cls: str
    table: str
    is_entry: bool
    properties: Mapping[str, Column]
    columns: Mapping[str, list[str]]
    fixed: Mapping[str, list[str]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    when: Mapping[str, list[str]] = field(default_factory=dict)
    key: str = ""
    flags: frozenset[str] = frozenset()

    @property
    def needed(self) -> list[str]:
        """The properties that a row must have."""
        return [name for name, column in self.properties.items() if column.needed]

    def column(self, name: str) -> str:
        """Return the first column with a property, or an empty string."""
        return next((column for column, names in self.columns.items() if name in names), "")

    def fits(self, row: Cells) -> bool:
        """Tell whether a row has the words that rows of this class have."""
        return all(fits(row.get(column, []), words) for column, words in self.when.items())

    def word(self, column: str, name: str, cell: str) -> str:
        """Return the word for a cell by the values of its column or its property; `*` is for all other words."""
        words = self.values.get(name) or self.values.get(column) or {}
        return words.get(cell.casefold(), words.get("*", cell))


def fits(values: Iterable[str], words: Iterable[str]) -> bool:
    """Tell whether one of the values is one of the words: `*` means any, and an empty word means no value."""
    present = {value.casefold() for value in values}
    return any(word in present or (word == "*" and present) or not (word or present) for word in words)


def filled(text: str, row: Cells) -> str:
    """Return a text with the cells of the columns that it names; an empty one if a cell is empty.

    >>> filled("{Sector} in {Area}", {"Sector": ["Health"], "Area": ["North", "East"]}), filled("{Sector}", {})
    ('Health in North, East', '')
    """
    names = _FILLED.findall(text)
    cells = {name: ", ".join(row.get(name, ())) for name in names}
    return _FILLED.sub(lambda match: cells[match[1]], text) if all(cells.values()) else ""


@dataclass(frozen=True)
class FileMapping:
    """A mapping that fits the ontology."""

    rows: list[Rows]
    form: str
    decimal: str
    split: str
    dates: str
    names: Mapping[str, list[str]]
    needed: list[str]
    plain: list[str]
    refuse: Mapping[str, list[str]]
    texts: Mapping[str, list[str]]

    @property
    def columns(self) -> dict[str, list[str]]:
        """The columns of the file that the mapping names anywhere, with their names in files."""
        named = [*self.refuse]
        for part in self.rows:
            named += [*part.columns, *part.when, *([part.key] if part.key else [])]
        for texts in (*self.texts.values(), *(texts for part in self.rows for texts in part.fixed.values())):
            named += _FILLED.findall(" ".join(texts))
        ours = {name for name in named if name.startswith("@") or name in self.texts}
        return {name: [name, *self.names.get(name, ())] for name in named if name not in ours}

    def made(self, row: Cells) -> Cells:
        """Return the texts that the mapping makes of a row: of each the first whose columns have values."""
        said = {name: [text for text in (filled(text, row) for text in texts) if text]
                for name, texts in self.texts.items()}  # fmt: skip
        return {name: found[:1] for name, found in said.items() if found}


def path_of(name: str) -> Path:
    """Return the file of a mapping: one of the user's, or one that comes with tipgraph, by its name."""
    path = Path(name)
    if path.is_file() or path.suffix:
        return path
    if name not in SHIPPED:
        raise UnknownName(f"{name!r} is no mapping; name a file, or one of {', '.join(SHIPPED)}")
    return FOLDER / f"{name}.toml"


def read_mapping(path: Path, terms: Ontology) -> FileMapping:
    """Return a mapping; else InputError lists every fault."""
    settings = read_toml(path)
    parts = settings.get("rows") or [{key: value for key, value in settings.items() if key not in _OF_FILE}]
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise InputError([Fault("rows: is no list of tables; write [[rows]] before each class", str(path))])
    split, dates, form, decimal = (str(settings.get(key, "")) for key in ("split", "dates", "form", "decimal"))
    faults = [] if decimal in ("", ".", ",") else [f'decimal: {decimal!r} is no mark before decimals; write "." or ","']
    rows = [_rows(part, path, terms, faults) for part in parts]
    texts = _lists(settings.get("texts"))
    made = dict.fromkeys(name for part in rows for name in part.columns if name in texts)
    faults += [f"{name!r} is no column of a file but a text; write it in [fixed], as {{{name}}}" for name in made]
    if faults:
        raise InputError(Fault(message, str(path)) for message in faults)
    needed = _list(settings["needed"]) if "needed" in settings else [name for part in rows for name in part.columns]
    names, plain, refuse = _lists(settings.get("names")), _list(settings.get("plain", [])), settings.get("refuse")
    return FileMapping(rows, form, decimal, split, dates, names, needed, plain, _folded(refuse), texts)


def _rows(settings: Mapping[str, Any], path: Path, terms: Ontology, faults: list[str]) -> Rows:
    cls = str(settings.get("class", ""))
    tables = {name: table for table, base in terms.tables.items() for name in terms.below(base)}
    if cls not in tables or cls in _NO_ROWS:
        message = f"class: {cls!r} is no class of rows; use one of {', '.join(sorted(tables))}"
        raise InputError([Fault(message, str(path))])
    for key in settings:
        if key not in _KEYS:
            faults.append(f"{key!r} is no part of a mapping; it has {', '.join(sorted(_KEYS | _OF_FILE))}")
        elif key in _TABLES and not isinstance(settings[key], dict):
            faults.append(f"{key} is no table; write [{key}] and a line for each")
    columns, fixed, values = (_lists(settings.get(key)) for key in ("columns", "fixed", "values"))
    words = {name: _lists(settings["values"][name]) for name in values}
    properties = {name: column for name, column in terms.columns(cls).items() if name not in _OURS}
    rows = Rows(
        cls, tables[cls], "Thing" in terms.classes[cls], properties, columns, fixed,
        {name: {word.casefold(): code[0] for word, code in codes.items()} for name, codes in words.items()},
        _folded(settings.get("when")), str(settings.get("key", "")), frozenset(filter(settings.get, _FLAGS)),
    )  # fmt: skip
    faults += _property_faults(rows, terms)
    return rows


def _property_faults(rows: Rows, terms: Ontology) -> Iterator[str]:
    """Yield the faults of the columns and of the fixed values."""
    more = {"start", "end"} if "date" in rows.properties else set()
    known = rows.properties.keys() | more | ({"transit"} if rows.cls == "RouteReport" else set())
    for name in (*(name for names in rows.columns.values() for name in names), *rows.fixed):
        if name not in known:
            yield f"{rows.cls} has no property {name!r}; it has {', '.join(rows.properties)}"
    if not rows.columns:
        yield "there are no columns; name at least one"
    if rows.is_entry and not rows.column("label"):
        yield "no column is the label, which an entry needs; add one"
    given = ((name, value) for name, values in rows.fixed.items() if name in rows.properties for value in values)
    for name, value in given:
        try:
            if not _FILLED.search(value):
                check_value(rows.properties[name], value, terms)
        except ValueError as error:
            yield f"{name}: {error}"


def _list(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _lists(section: object) -> dict[str, list[str]]:
    return {str(key): _list(value) for key, value in section.items()} if isinstance(section, dict) else {}


def _folded(section: object) -> dict[str, list[str]]:
    return {name: [word.casefold() for word in words] for name, words in _lists(section).items()}
