"""Texts that readers have annotated: the measure of drafts, frozen by digests.

Those who wrote the rules saw the texts of `ontology/tuned-on.csv`. Their figures say nothing about other texts.

Decision: docs/decisions/0158-drafts-are-measured-on-frozen-gold.md.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from benchmarks.draft_score import ScoredText, tuned_digests
from benchmarks.scored_claims import ScoredClaim, claims_in, claims_of, has_words, is_right, pairs
from tipgraph.curation.drafts.draft import TABLE, Draft, DraftText, merged
from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME, kit, ontology
from tipgraph.sources import Row, Source, SourceText, Table, Texts, digest, is_entry, source_at, with_reference

DIGESTS: Final = "SHA256SUMS"  # as `sha256sum` writes it
_BY_PROGRAM: Final = frozenset({"heading", "page-matter", TABLE})  # scopes that `source add` gives


@dataclass(frozen=True)
class GoldText:
    """A text as if nobody had read it, the source with the claims of its reader, and the other sources."""

    text: DraftText
    gold: Source
    others: Sequence[Source]

    @property
    def is_tuned(self) -> bool:
        """Tell whether rules were written with this text in sight."""
        return digest(self.text.words) in tuned_digests()

    def scored(self, drafts: Iterable[Draft]) -> ScoredText:
        """Return drafts of the text, equal ones once, beside the claims of its reader."""
        claims = claims_of(self.gold, self.others)
        ways = [partial(_paired, claims, fits) for fits in (is_right, has_words)]
        return ScoredText(self.gold.name, claims_in(self.text, merged(drafts)), claims, ways, self.is_tuned)


def gold_text(name: str, texts: Texts, folder: Path | None = None, data: Path | None = None) -> GoldText:
    """Return the text of a source with its gold, which is in a folder of sources, by default in the data.

    The source itself is left out of the other sources, and so are the entries of the reference that only it names.
    Raises UnknownName without the source, InputError for another text and for gold that is not as it was frozen.
    """
    if folder:
        _verify(folder)
    gold = source_at(name, folder or data)
    text = SourceText(gold, texts)
    if faults := [*gold.faults, *text.faults]:
        raise InputError(faults)
    sources = with_reference(data or kit.data())
    others = [source for source in sources if source.name != name]
    own = next((source for source in sources if source.name == name), None)
    blind = DraftText(gold, list(_without(others, own)) if own else others, text.words, text.rule)
    return GoldText(without_claims(blind), gold, others)


def without_claims(text: DraftText) -> DraftText:
    """Return a text as if it had just been added: without claims, and without the scopes of a person."""
    tables = {name: table for name, table in text.source.tables.items() if name == "paragraphs"}
    for name, table in tables.items():
        cells = ((row, row.cells | {"scope": ""}) for row in table.rows)
        rows = [row if row.cells.get("scope") in _BY_PROGRAM else replace(row, cells=bare) for row, bare in cells]
        tables[name] = replace(table, rows=tuple(rows))
    return replace(text, source=replace(text.source, tables=tables))


def frozen(folder: Path) -> str:
    """Return the text of `SHA256SUMS` for the tables and settings of a folder of sources."""
    paths = sorted((path for path in folder.rglob("*") if path.is_file() and path.name != DIGESTS), key=str)
    return "".join(
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in paths
    )


def _paired(
    claims: Sequence[ScoredClaim], fits: Callable[[ScoredClaim, ScoredClaim], bool], drafts: Sequence[ScoredClaim]
) -> list[ScoredClaim]:
    return [draft for draft, _ in pairs(drafts, claims, fits)]


def _verify(folder: Path) -> None:
    """Raise InputError for a frozen folder that is not as it was."""
    path = folder / DIGESTS
    if path.is_file() and path.read_text("utf-8") != frozen(folder):
        message = "does not fit the files beside it; gold is never changed: take them as they were, or freeze new gold"
        raise InputError([Fault(message, shown(path))])


def _without(others: Sequence[Source], own: Source) -> Iterator[Source]:
    """Yield the other sources; the reference without the entries that a source alone names, but for places.

    A source names those, too, with which a judgement of the reference compares its rows. Rows of the reference about
    the source or such an entry are left out.
    """
    every = {source.name: [_references(row) for table in source.tables.values() for row in table.rows]
             for source in (own, *others)}  # fmt: skip
    judged, named = every.pop(REFERENCE_NAME, []), {}
    for name, rows in every.items():
        both = [*rows, *(row for row in judged if any(first == name for first, _ in row))]
        named[name] = {last for row in both for first, last in row if first == REFERENCE_NAME}
    alone = named.pop(own.name).difference(*named.values())
    for other in others:
        tables = {name: _cut(table, own.name, alone) for name, table in other.tables.items() if name != "places"}
        yield replace(other, tables={**other.tables, **tables}) if other.name == REFERENCE_NAME else other


def _cut(table: Table, own: str, alone: set[str]) -> Table:
    """Return a table of the reference without entries that one source alone names, and without rows about either."""
    gone = alone if is_entry(table.name, ontology()) else set()
    about = ((row, [first == own or (first == REFERENCE_NAME and last in alone) for first, last in _references(row)])
             for row in table.rows if row.cells.get("id") not in gone)  # fmt: skip
    return replace(table, rows=tuple(row for row, is_about in about if not any(is_about)))


def _references(row: Row) -> list[tuple[str, str]]:
    """Return the references to rows of other sources in cells: the source and the id of each."""
    parts = [part.strip().split("/") for cell in row.cells.values() if "/" in cell for part in cell.split("|")]
    return [(first, rest[-1]) for first, *rest in parts if rest]
