"""Claim tables from statements, by the ontology: a table for each class, a column for each property."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tipgraph.graph.dataframe import boolean
from tipgraph.graph.tables.term_tables import Value, encoded, value
from tipgraph.model import LANG_STRING, RDF_TYPE, SKOS, XSD, Column, Ontology, iri, ontology

Codes = NDArray[np.int64]
_NOTATION = SKOS + "notation"


_PLAIN: dict[str, tuple[pa.DataType, Any]] = {
    f"{XSD}boolean": (pa.bool_(), boolean),
    f"{XSD}date": (pa.date32(), date.fromisoformat),
    f"{XSD}decimal": (pa.float64(), float),
    f"{XSD}integer": (pa.int64(), int),
}
_NOTHING: tuple[Codes, Codes] = (np.empty(0, np.int64), np.empty(0, np.int64))
_SPAN = ("paragraph", "sentence", "page", "start", "end", "digest")


def built(statements: Path) -> dict[str, pa.Table]:
    """Return a table for each class of the ontology, by its local name, from a file of N-Quads.

    Rows are the members, in the order of their IRIs. The first columns are `iri` and `class`, the lowest class of the
    member (of several, the first by name); then come the properties that the shapes give the class, and derived ones,
    by their local names. A column holds lists if several values are allowed, or occur. Codes are their notations,
    things their IRIs. English text is in the column of the property's name, text in another language in a column of its
    own (`note_es`). Amounts and coordinates are doubles, dates are dates. A table with `evidence` also has paragraph,
    sentence, page, start, end and digest of each span.
    """
    tables = dict(_Pass(statements, ontology()).tables())
    return {name: _with_spans(table, tables["Evidence"]) for name, table in tables.items()}


class _Pass:
    """One pass over all statements, in which terms are numbers."""

    def __init__(self, statements: Path, known: Ontology) -> None:
        rows = encoded(statements)
        subjects, subject_terms = _numbered(rows["subject"])
        predicates, predicate_terms = _numbered(rows["predicate"])
        objects, values = _sorted(*_numbered(rows["object"]))
        self._known = known
        self._iris = np.array([value(term).text for term in subject_terms], object)
        self._values = np.empty(len(values), object)
        self._values[:] = values
        triples = np.stack((subjects, objects, predicates))[:, np.lexsort((subjects, objects, predicates))]
        first = np.append(True, (np.diff(triples) != 0).any(axis=0))  # each once, in however many graphs it is
        subjects, objects, predicates = triples[:, first[: triples.shape[1]]]
        ends = np.searchsorted(predicates, np.arange(len(predicate_terms) + 1))
        self._pairs = {  # of subjects and objects, by predicate
            value(term).text: (subjects[start:end], objects[start:end])
            for term, (start, end) in zip(predicate_terms, pairwise(ends.tolist()), strict=True)
        }
        self._types = self._pairs.get(RDF_TYPE.value, _NOTHING)
        codes, notations = self._pairs.get(_NOTATION, _NOTHING)
        self._notations = {self._iris[code]: self._values[at].text for code, at in zip(codes, notations, strict=True)}
        self._numbers = {term.text: at for at, term in enumerate(self._values)}
        self._lowest = self._lowest_classes()

    def tables(self) -> Iterator[tuple[str, pa.Table]]:
        """Yield the tables in the order of their names."""
        for name in sorted(self._known.classes):
            subjects, classes = self._types
            members = np.unique(subjects[classes == self._numbers.get(iri(name), -1)])
            yield name, self._table(name, members[np.argsort(self._iris[members])])

    def _lowest_classes(self) -> dict[int, str]:
        """Return the class of each subject that holds none of its others; of several, the first by name."""
        names, above = {iri(name): name for name in self._known.classes}, self._known.classes
        classes: dict[int, frozenset[str]] = {}
        for subject, kind in zip(*(part.tolist() for part in self._types), strict=True):
            if name := names.get(self._values[kind].text):
                classes[subject] = classes.get(subject, frozenset()) | {name}
        lowest = {own: min(own.difference(*(above[name] - {name} for name in own))) for own in set(classes.values())}
        return {subject: lowest[own] for subject, own in classes.items()}

    def _table(self, name: str, members: Codes) -> pa.Table:
        rows = np.full(len(self._iris), -1, np.int64)
        rows[members] = np.arange(members.size)
        lowest = pa.array([self._lowest[at] for at in members.tolist()], pa.string()).dictionary_encode()
        table = {"iri": pa.array(self._iris[members], pa.string()), "class": lowest}
        for column in self._known.columns(name).values():
            table |= dict(self._columns(column, rows, members.size))
        for column in self._known.derived.values():
            subjects, _ = self._pairs.get(column.iri, _NOTHING)
            if column.domain in self._known.classes[name] or (rows[subjects] >= 0).any():
                for title, values in self._columns(column, rows, members.size):
                    table.setdefault(title, values)
        return pa.table(table)

    def _columns(self, column: Column, rows: Codes, size: int) -> Iterator[tuple[str, pa.Array]]:
        """Yield the column of a property, or one for each language of its texts, with their names."""
        subjects, objects = self._pairs.get(column.iri, _NOTHING)
        places = rows[subjects]
        places, objects = places[places >= 0], objects[places >= 0]
        order = np.argsort(places, kind="stable")
        places, objects = places[order], objects[order]
        if column.datatype != LANG_STRING:
            yield column.name, self._column(column, places, objects, size)
            return
        used, where = np.unique(objects, return_inverse=True)
        languages = np.array([self._values[at].language or "en" for at in used.tolist()], object)[where]
        for language in sorted({"en", *languages.tolist()}):
            part = languages == language
            name = column.name if language == "en" else f"{column.name}_{language}"
            yield name, self._column(column, places[part], objects[part], size)

    def _column(self, column: Column, rows: Codes, objects: Codes, size: int) -> pa.Array:
        """Return one column; `rows` are the rows of the objects, in ascending order."""
        used, where = np.unique(objects, return_inverse=True)
        values = self._plain(column, self._values[used])
        flat = pa.DictionaryArray.from_arrays(pa.array(where.astype(np.int32)), values)
        if not pa.types.is_string(values.type) or not len(values):  # DuckDB before 2.0.1 fails at an empty dictionary
            flat = flat.dictionary_decode()
        elif len(values.unique()) < len(values):
            # Codes with the same notation: pyarrow writes such a dictionary as other bytes each time.
            flat = flat.dictionary_decode().dictionary_encode()
        counts = np.bincount(rows, minlength=size)
        if column.many or counts.max(initial=0) > 1:
            return pa.ListArray.from_arrays(pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32()), flat)
        at = np.full(size, -1, np.int64)
        at[rows] = np.arange(rows.size)
        return flat.take(pa.array(at, mask=at < 0))

    def _plain(self, column: Column, terms: Iterable[Value]) -> pa.Array:
        """Return the values of a column by the type that the ontology gives it, or as text if one does not fit."""
        texts = [self._notations.get(term.text, term.text) if column.scheme else term.text for term in terms]
        kind, read = _PLAIN.get(column.datatype, (pa.string(), str))
        try:
            return pa.array([read(text) for text in texts], kind)
        except (ValueError, OverflowError):
            return pa.array(texts)


def _numbered(column: pa.ChunkedArray) -> tuple[Codes, list[str]]:
    """Return a dictionary-encoded column as numbers, and their terms."""
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], pa.string()).dictionary_encode()
    return array.indices.to_numpy().astype(np.int64), array.dictionary.to_pylist()


def _sorted(numbers: Codes, terms: Sequence[str]) -> tuple[Codes, list[Value]]:
    """Return numbers and their terms in the order of the terms, whatever the order of the store."""
    values = [value(term) for term in terms]
    order = sorted(range(len(values)), key=lambda at: (values[at], terms[at]))
    rank = np.empty(len(values), np.int64)
    rank[order] = np.arange(len(values))
    return rank[numbers], [values[at] for at in order]


def _with_spans(table: pa.Table, spans: pa.Table) -> pa.Table:
    """Add the place of each span, as lists, to a table with evidence."""
    if "evidence" not in table.column_names:
        return table
    evidence = table["evidence"].combine_chunks()
    at = pc.index_in(evidence.values.cast(pa.string()), value_set=spans["iri"].combine_chunks())
    for name in _SPAN:
        values = spans[name].combine_chunks().take(at)
        table = table.append_column(name, pa.ListArray.from_arrays(evidence.offsets, values))
    return table
