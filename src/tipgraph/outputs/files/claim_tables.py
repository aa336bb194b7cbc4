"""Claim tables: an Arrow table for each class of a graph, from one SELECT, with its columns typed by the ontology."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from tipgraph.graph import Graph
from tipgraph.model import LANG_STRING, RDF_TYPE, XSD, Column, iri, ontology

if TYPE_CHECKING:
    import pyarrow as pa

Texts = Mapping[str, Mapping[str, set[str]]]  # of each member, by the names of columns

_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    f"{XSD}boolean": ("bool_", _TRUTH.__getitem__),
    f"{XSD}date": ("date32", date.fromisoformat),
    f"{XSD}decimal": ("float64", float),
    f"{XSD}integer": ("int64", int),
}
_SPAN = ("paragraph", "sentence", "page", "start", "end", "digest")
_CLASS = "class"


def claim_tables(graph: Graph) -> Iterator[tuple[str, "pa.Table"]]:
    """Yield the name and the table of each class of the ontology.

    Rows are the members, in the order of their IRIs. The first columns are `iri` and `class`, the lowest class of the
    member (of several, the first by name); then come the properties that the shapes give the class, and derived ones,
    by their local names. A column holds lists if several values are allowed, or occur. Codes are their notations,
    things their IRIs. English text is in the column of the property's name, text in another language in a column of its
    own (`note_es`). Amounts and coordinates are doubles, dates are dates; a column with a value of another kind is
    text. A table with `evidence` also has paragraph, sentence, page, start, end and digest of each span.
    """
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    spans = {row["iri"]: row for row in _table(graph, "Evidence", notations).to_pylist()}
    for name in sorted(ontology().classes):
        table = _table(graph, name, notations)
        if "evidence" in table.column_names:
            table = _with_spans(table, spans)
        yield name, table


def _table(graph: Graph, name: str, notations: Mapping[str, str]) -> "pa.Table":
    import pyarrow as pa

    columns = _columns(name)
    members = _members(graph, name, columns, notations)
    made = {"iri": pa.array(list(members), pa.string())}
    made[_CLASS] = pa.array([_lowest(member[_CLASS]) for member in members.values()], pa.string())
    found = sorted({title for member in members.values() for title in member})
    declared = ontology().columns(name)
    for column in columns.values():
        is_wanted = column.name in declared or column.domain in ontology().classes[name]
        titles = [column.name] * is_wanted + [title for title in found if title.startswith(f"{column.name}_")]
        for title in dict.fromkeys([*titles, *[column.name] * (column.name in found)]):
            made[title] = _array(column, [sorted(member.get(title, ())) for member in members.values()])
    return pa.table(made)


def _columns(name: str) -> dict[str, Column]:
    """Return the columns of a class by their properties: declared ones, then derived ones of other names."""
    declared = ontology().columns(name)
    derived = [column for title, column in ontology().derived.items() if title not in declared]
    return {column.iri: column for column in [*declared.values(), *derived]}


def _members(graph: Graph, name: str, columns: Mapping[str, Column], notations: Mapping[str, str]) -> Texts:
    """Return the values of the members of a class, by the names of columns; `class` has their classes."""
    members: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for member, property_, value in graph.named("of-class", {"class": [NamedNode(iri(name))]}):
        column = columns.get(property_.value)
        if property_ == RDF_TYPE:
            members[member.value][_CLASS].add(value.value)
        elif column is not None:
            language = value.language if column.datatype == LANG_STRING and isinstance(value, Literal) else None
            title = column.name if language in (None, "en") else f"{column.name}_{language}"
            text = notations.get(value.value, value.value) if column.scheme else value.value
            members[member.value][title].add(text)
    return {member: members[member] for member in sorted(members)}


def _lowest(classes: set[str]) -> str:
    """Return the class that holds none of the others; of several, the first by name."""
    above = ontology().classes
    own = {name for name in above if iri(name) in classes}
    return min(own.difference(*(above[name] - {name} for name in own)))


def _array(column: Column, texts: list[list[str]]) -> "pa.Array":
    """Return a column by the type that the ontology gives it, or as text if a value does not fit."""
    import pyarrow as pa

    kind, read = _KINDS.get(column.datatype, ("string", str))
    try:
        cells: list[Any] = [[read(text) for text in own] for own in texts]
        type_ = getattr(pa, kind)()
        if column.many or any(len(own) > 1 for own in texts):
            return pa.array(cells, pa.list_(type_))
        return pa.array([own[0] if own else None for own in cells], type_)
    except (LookupError, ValueError, OverflowError):
        return _array(Column(column.name, column.iri, column.order, column.required, column.many), texts)


def _with_spans(table: "pa.Table", spans: Mapping[str, Mapping[str, Any]]) -> "pa.Table":
    """Add the place of each span, as lists, to a table with evidence."""
    import pyarrow as pa

    cited = table["evidence"].to_pylist()
    for name in _SPAN:
        type_ = pa.string() if name == "digest" else pa.int64()
        cells = [[spans.get(span, {}).get(name) for span in own or ()] for own in cited]
        table = table.append_column(name, pa.array(cells, pa.list_(type_)))
    return table
