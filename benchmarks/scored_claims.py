"""Claims in a form in which two can be compared: those of a reader, and those that drafts propose.

Two entries are the same if they share a name, or if the text names both at one place.

Decision: docs/decisions/0158-drafts-are-measured-on-frozen-gold.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import product
from types import MappingProxyType
from typing import Final, TypeAlias

import networkx as nx
from rapidfuzz import fuzz

from benchmarks.draft_score import overlap
from tipgraph.curation.drafts.draft import Draft, DraftText
from tipgraph.curation.drafts.rows.claim_rows import ABOUT_CLAIMS, Span
from tipgraph.model import (
    LANG_STRING,
    REFERENCE_NAME,
    XSD,
    Column,
    Ontology,
    data_name,
    folded,
    ontology,
    parted,
    spelling,
)
from tipgraph.sources import Row, Source, Table, is_entry, matches
from tipgraph.sources.source_tables import index_of

_UNNAMED: Final = frozenset({"Route"})  # entries without a name in a text; the places of their claims tell them apart
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LABELS: Final = frozenset({"label", "altLabel"})
_DESCRIBED: Final = frozenset({"undertakings", "documents"})  # often without a name: "the seminar", "this plan"
_LIKE: Final = 93  # of 100, by rapidfuzz: two spellings of one name
_SAME_PLACE: Final = 2 / 3  # of the characters: an article or a bracket more, but not the office of a ministry
Pair: TypeAlias = tuple["ScoredClaim", "ScoredClaim"]


@dataclass(frozen=True)
class ScoredEntry:
    """An entry by its node, its table, its folded names and the places of its names in the text.

    A name that no row has gives neither node nor table. `around` are the words of claims about it that name no other
    entry of the table.
    """

    node: str
    table: str
    names: frozenset[str]
    places: frozenset[Span] = frozenset()
    around: frozenset[Span] = frozenset()

    def is_same(self, other: "ScoredEntry") -> bool:
        """Tell whether two entries are one row, have a name in common, or are named or described at one place.

        >>> unodc = ScoredEntry("", "actors", names_of(["United Nations Office on Drugs and Crime (UNODC)"]))
        >>> unodc.is_same(ScoredEntry("", "actors", names_of(["the UN Office", "UNODC"])))
        True
        """
        if self.node and self.node == other.node:
            return True
        if self.table and other.table and self.table != other.table:
            return False
        return _share_a_name(self.names, other.names) or _is_at(self, other) or _is_at(other, self)


Value: TypeAlias = ScoredEntry | str


@dataclass(frozen=True, eq=False)
class ScoredClaim:
    """A claim for comparison: its values by column, its main columns, the places of its words, a draft's producers."""

    table: str
    values: Mapping[str, frozenset[Value]]
    main: tuple[str, ...]
    sentences: frozenset[tuple[int, int]]
    spans: tuple[Span, ...]
    producers: tuple[str, ...] = ()


def claims_of(source: Source, others: Sequence[Source]) -> list[ScoredClaim]:
    """Return the claims of a source that cite its text, in the order of its tables."""
    return list(_Reading(source, others).claims())


def claims_in(text: DraftText, drafts: Iterable[Draft]) -> list[ScoredClaim]:
    """Return what drafts propose for a text; their new entries have the names that cells and labels give."""
    by_id = {f"draft-{number}": draft for number, draft in enumerate(drafts)}
    return list(_Reading(_as_source(text, by_id), text.others, by_id).claims())


def equal_cells(one: ScoredClaim, other: ScoredClaim) -> list[str]:
    """Return the columns in which two claims have the same values."""
    return [name for name, values in one.values.items() if _are_equal(values, other.values.get(name, frozenset()))]


def have_common(values: Iterable[Value], others: Iterable[Value]) -> bool:
    """Tell whether one of some values is one of some others."""
    return any(_is_same(*pair) for pair in product(values, others))


def is_scored(table: str, terms: Ontology) -> bool:
    """Tell whether the rows of a table are claims that words of a text can show; those about claims are none.

    >>> [is_scored(name, ontology()) for name in ("funding", "actors", "restatements")]
    [True, False, False]
    """
    columns = terms.columns(terms.tables[table]) if table in terms.tables else {}
    return "evidence" in columns and not any(
        column.needed and "Claim" in terms.classes.get(column.refers, ()) for column in columns.values()
    )


class _Reading:
    """The claims of a source, and the entries that their cells mean, with the names of these."""

    def __init__(
        self, own: Source, others: Sequence[Source], drafts: Mapping[str, Draft] = MappingProxyType({})
    ) -> None:
        self._own, self._terms, self._drafts = own, ontology(), drafts
        self._sources = [own, *sorted(others, key=lambda other: (other.name != REFERENCE_NAME, other.name))]
        self._index = index_of(self._sources, self._terms, [])
        self._places = {row.cells["id"]: row.cells for row in _rows(own, "evidence")}

    def claims(self) -> Iterator[ScoredClaim]:
        """Yield the claims of the source."""
        for table in self._own.tables:
            for row in _rows(self._own, table) if is_scored(table, self._terms) else ():
                yield self._claim(table, row.cells)

    def _claim(self, table: str, cells: Mapping[str, str]) -> ScoredClaim:
        values = {
            name: frozenset(self._value(column, part) for part in _parts(cells[name]))
            for name, column in compared(self._terms, table).items()
            if cells.get(name)
        }
        places = self._evidence(cells)
        sentences = frozenset((int(place["paragraph"]), int(place["sentence"])) for place in places)
        producers = self._drafts[cells["id"]].producers if cells["id"] in self._drafts else ()
        return ScoredClaim(
            table, values, main_columns(self._terms, table), sentences, tuple(map(_span, places)), producers
        )

    def _evidence(self, cells: Mapping[str, str]) -> list[Mapping[str, str]]:
        return [self._places[part] for part in _parts(cells.get("evidence", "")) if part in self._places]

    def _value(self, column: Column, part: str) -> Value:
        if column.scheme:
            return self._terms.coded(column.scheme, part) or part
        if column.refers:
            return self._entry(column.refers, part)
        if column.datatype == f"{XSD}decimal":
            return str(Decimal(part).normalize()) if _NUMBER.fullmatch(part) else part
        return " ".join(spelling(part).words) if column.datatype == f"{XSD}string" else part

    def _entry(self, refers: str, part: str) -> ScoredEntry:
        return self._entries.get(self._node(refers, part)) or ScoredEntry("", "", names_of([part]))

    def _node(self, refers: str, part: str) -> str:
        """Return the entry of a class that a part of a cell means by its id, or else the first one with its label."""
        targets = [(target.iri.value, target.cls) for target in self._index.candidates(self._own.name, part)]
        named = (*targets, *self._nodes.get(folded(part), ()))
        return next((node for node, cls in named if refers in self._terms.classes.get(cls, ())), "")

    @cached_property
    def _labels(self) -> list[tuple[str, str, str]]:
        """The node, the class and a label of each entry, those of the source before those of the reference."""
        rows = ((source.name, name, row.cells) for source in self._sources for name in source.tables
                if is_entry(name, self._terms) for row in _rows(source, name))  # fmt: skip
        return [
            (target.iri.value, target.cls, label)
            for source, name, cells in rows
            for target in self._index.candidates(source, f"{name}/{cells.get('id', '')}")[:1]
            for label in _labels_in(cells)
        ]

    @cached_property
    def _nodes(self) -> dict[str, list[tuple[str, str]]]:
        """The nodes and classes of entries by their folded labels."""
        nodes: dict[str, list[tuple[str, str]]] = {}
        for node, cls, label in self._labels:
            nodes.setdefault(folded(label), []).append((node, cls))
        return nodes

    @cached_property
    def _entries(self) -> dict[str, ScoredEntry]:
        names: dict[str, set[str]] = {}
        places: dict[str, set[Span]] = {}
        for node, _, label in self._labels:
            names.setdefault(node, set()).update(names_of([label]))
        named = list(self._mentions())
        for node, cells in named:
            places.setdefault(node, set()).update(map(_span, self._evidence(cells)))
        for node, clear in _clear((node, cells.get("name", "")) for node, cells in named):
            names.setdefault(node, set()).update(names_of([clear]))
        around = self._around(places)
        return {
            node: ScoredEntry(
                node, _table(node), frozenset(own), *(frozenset(each.get(node, ())) for each in (places, around))
            )
            for node, own in names.items()
        }

    def _mentions(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the entries that the source names in its text, each with a row that has the evidence."""
        for table in self._own.tables:
            column = "named" if table == "namings" else "id" if is_entry(table, self._terms) else ""
            for cells in (row.cells for row in _rows(self._own, table) if column and row.cells.get("evidence")):
                yield self._node("Thing", cells[column]), cells

    def _around(self, places: Mapping[str, Iterable[Span]]) -> dict[str, set[Span]]:
        """Return the words of the claims about each entry that may have no name, if they name no other one."""
        around: dict[str, set[Span]] = {}
        for node, cells in self._described():
            spans = {*map(_span, self._evidence(cells))}
            others = (places[other] for other in places if other != node and _table(other) == _table(node))
            if not any(overlap(*pair) for named in others for pair in product(named, spans)):
                around.setdefault(node, set()).update(spans)
        return around

    def _described(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the entries that may have no name, each with the claims about it."""
        for table in (table for table in self._own.tables if is_scored(table, self._terms)):
            referring = [column for column in compared(self._terms, table).values() if column.refers]
            for cells, column in product((row.cells for row in _rows(self._own, table)), referring):
                nodes = (self._node(column.refers, part) for part in _parts(cells.get(column.name, "")))
                yield from ((node, cells) for node in nodes if _table(node) in _DESCRIBED)


def compared(terms: Ontology, table: str) -> dict[str, Column]:
    """Return the columns whose cells are compared: no free text, no words as printed, nothing about the claim."""
    return {
        name: column
        for name, column in terms.columns(terms.tables[table]).items()
        if name not in ABOUT_CLAIMS
        and not name.endswith("AsPrinted")
        and column.datatype != LANG_STRING
        and (not column.refers or "Thing" in terms.classes.get(column.refers, ()))
        and column.refers not in _UNNAMED
    }


def main_columns(terms: Ontology, table: str) -> tuple[str, ...]:
    """Return the columns that make two claims the same: those of `tip:core`, else those that each row needs.

    A route has no name in a text, so that its report has the places as its main parts.

    >>> main_columns(ontology(), "participations"), main_columns(ontology(), "route-reports")
    (('participant', 'undertaking', 'role'), ('endpoint', 'origin', 'destination'))
    """
    columns, declared = compared(terms, table), terms.core(terms.tables[table])
    chosen = tuple(name for name, column in columns.items() if (column.iri in declared if declared else column.needed))
    return chosen or tuple(name for name, column in columns.items() if column.refers)


def _clear(namings: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the nodes and names that mean no other node of a table, as one phrase for several actors does."""
    nodes: dict[tuple[str, str], set[str]] = {}
    for node, name in namings:
        nodes.setdefault((_table(node), folded(name)), set()).add(node)
    yield from ((node, name) for (_, name), named in nodes.items() if len(named) == 1 for node in named)


def _as_source(text: DraftText, drafts: Mapping[str, Draft]) -> Source:
    """Return a source with drafts as its rows, and their new entries, each label once."""
    rows: dict[str, dict[str, Row]] = {"evidence": {}}
    for row_id, draft in drafts.items():
        rows["evidence"][row_id] = _place(draft, row_id, 0, draft.end - draft.start)
        claims = rows.setdefault(draft.table, {})
        claims[row_id] = Row(0, {**draft.cells, "id": row_id, "evidence": row_id})
        for entry in draft.entries:
            label = next(_labels_in(entry.cells), "")
            entries = rows.setdefault(entry.table, {})
            row = entries.setdefault(folded(label), Row(0, {**entry.cells, "id": f"{entry.table}-{len(entries) + 1}"}))
            if at := next(matches(draft.quote, label.partition(" (¶")[0]), None):
                name = f"{row_id}-{row.cells['id']}"
                rows["evidence"][name] = _place(draft, name, *at)
                row.cells["evidence"] = " | ".join([*_parts(row.cells.get("evidence", "")), name])
    tables = {name: Table(name, text.source.path, ("id",), tuple(each.values())) for name, each in rows.items()}
    return replace(text.source, tables=tables)


def _place(draft: Draft, row_id: str, start: int, end: int) -> Row:
    """Return the row of evidence of a part of the words of a draft."""
    cells = {"paragraph": draft.paragraph, "sentence": draft.sentence, "start": draft.start + start}
    return Row(0, {"id": row_id, **{name: str(cell) for name, cell in cells.items()}, "end": str(draft.start + end)})


def _span(place: Mapping[str, str]) -> Span:
    return int(place["start"]), int(place["end"])


def _labels_in(cells: Mapping[str, str]) -> Iterator[str]:
    return (part for name, cell in cells.items() if name.partition("@")[0] in _LABELS for part in _parts(cell))


def _rows(source: Source, table: str) -> Sequence[Row]:
    return source.tables[table].rows if table in source.tables else ()


def _parts(cell: str) -> list[str]:
    return [part for part in map(str.strip, cell.split("|")) if part]


def _table(node: str) -> str:
    """Return the table of a node; an empty string for a source."""
    _, table, *_ = *data_name(node).split("/"), "", ""
    return table


def _are_equal(values: frozenset[Value], others: frozenset[Value]) -> bool:
    return all(have_common([one], others) for one in values) and all(have_common(values, [other]) for other in others)


def _is_same(one: Value, other: Value) -> bool:
    return one == other if isinstance(one, str) or isinstance(other, str) else one.is_same(other)


def names_of(words: Iterable[str]) -> frozenset[str]:
    """Return names as they are compared: folded, without articles, each acronym in brackets as a name of its own.

    >>> sorted(names_of(["The Organization of American States (OAS)"]))
    ['oas', 'organization american states']
    """
    parts = (part for name in words for part in parted(name.strip()) if part.strip())
    return frozenset(filter(None, (" ".join(spelling(part).words) for part in parts)))


def jaccard(spans: Iterable[Span], others: Iterable[Span]) -> float:
    """Return the share of characters that two lists of spans have in common.

    >>> jaccard([(0, 10)], [(5, 10), (10, 20)])
    0.25
    """
    own, other = ({at for span in each for at in range(*span)} for each in (spans, others))
    return len(own & other) / len(own | other) if own | other else 0.0


def _is_at(one: ScoredEntry, other: ScoredEntry) -> bool:
    """Tell whether the text names two entries at one place, or describes one in words that are about the other."""
    if one.table not in _DESCRIBED:
        return any(
            jaccard([place], [elsewhere]) >= _SAME_PLACE for place, elsewhere in product(one.places, other.places)
        )
    return any(overlap(*pair) for pair in product(one.places, other.places)) or any(
        start <= place[0] and place[1] <= end for place, (start, end) in product(one.places, other.around)
    )


@lru_cache(maxsize=65_536)
def _share_a_name(names: frozenset[str], others: frozenset[str]) -> bool:
    return not names.isdisjoint(others) or any(_is_like(name, other) for name in names for other in others)


def _is_like(name: str, other: str) -> bool:
    alike = fuzz.ratio(name, other, score_cutoff=_LIKE) > 0
    return alike and spelling(name).numbers == spelling(other).numbers


def pairs(
    drafts: Sequence[ScoredClaim], claims: Sequence[ScoredClaim], fits: Callable[[ScoredClaim, ScoredClaim], bool]
) -> list[Pair]:
    """Return as many fitting pairs of a draft and a claim as there can be, each in one pair, the most similar first."""
    graph: nx.Graph[tuple[int, int]] = nx.Graph()
    for at, draft in enumerate(drafts):
        for to, claim in enumerate(claims):
            if draft.table == claim.table and fits(draft, claim):
                likeness = len(equal_cells(draft, claim)) + jaccard(draft.spans, claim.spans)
                graph.add_edge((0, at), (1, to), weight=1 + likeness)
    found = dict(map(sorted, nx.max_weight_matching(graph, maxcardinality=True)))
    return [(drafts[at], claims[found[0, at][1]]) for at in range(len(drafts)) if (0, at) in found]


def is_right(one: ScoredClaim, other: ScoredClaim) -> bool:
    """Tell whether all main parts of the one are those of the other: at least two, if either has two."""
    if one.sentences.isdisjoint(other.sentences):
        return False
    own, others = ([name for name in claim.main if name in claim.values] for claim in (one, other))
    shared = [name for name in own if name in others and have_common(one.values[name], other.values[name])]
    least, most = sorted((len(own), len(others)))
    return len(shared) == least >= min(2, most) > 0


def has_words(one: ScoredClaim, other: ScoredClaim) -> bool:
    """Tell whether half of the shorter words are the same."""
    return any(overlap(*pair) for pair in product(one.spans, other.spans))
