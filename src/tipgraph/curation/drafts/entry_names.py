"""The entries that a mention in a text may mean: those of the sources, by any of their names, or else a new one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import Entry
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.model import REFERENCE_NAME, Ontology
from tipgraph.sources import Source, alike, person_names

_LABELS: Final = frozenset({"label", "altLabel"})
_NEW: Final[Mapping[str, tuple[str, str]]] = {  # the table and the class of a new entry, by what a column refers to
    "Actor": ("actors", "Organization"),
    "Document": ("documents", "Publication"),
    "Instrument": ("documents", "Instrument"),
    "Place": ("places", "Area"),
    "Thing": ("undertakings", "Project"),
    "Undertaking": ("undertakings", "Project"),
}
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
# The people whom the work is about. They are never actors of the graph.
_PEOPLE = """adolescents boys buyers children clients girls him her men migrants minors offenders perpetrators persons
people refugees smugglers suspects survivors teenagers them they traffickers victim victims who women youth"""
_PERSONS = frozenset(_PEOPLE.split())


class _NamedEntry(NamedTuple):
    reference: str
    cls: str


class EntryNames:
    """The names of the entries of a source, of the reference, and of the other sources, in this order."""

    def __init__(self, text: DraftText, terms: Ontology) -> None:
        self._terms = terms
        sources = [text.source, *sorted(text.others, key=lambda other: (other.name != REFERENCE_NAME, other.name))]
        prefixes = [f"{source.name}/" * (source is not text.source) for source in sources]
        labelled = [self._labelled(*pair) for pair in zip(sources, prefixes, strict=True)]
        by_reference = {named.reference: named for names in labelled for _, named in names}
        self._layers = [
            _by_name([*names, *_named(source, prefix, by_reference)])
            for source, prefix, names in zip(sources, prefixes, labelled, strict=True)
        ]

    def resolve(self, mention: str, cls: str) -> tuple[str, Entry | None]:
        """Return the cell for a mention of an entry of a class, and the new entry that it needs.

        Raises ValueError for victims and persons, who are never entries.
        """
        name = _ARTICLE.sub("", mention.strip(), count=1) if _ARTICLE.match(mention.strip()) else mention.strip()
        if found := self._known(name, cls):
            return found, None
        if cls == "Actor" and self._is_person(name):
            raise ValueError("a victim or a person is named as an actor")
        if cls not in _NEW:
            raise ValueError(f"no entry of the kind that is needed has the name ({cls})")
        table, new_class = _NEW[cls]
        return name, Entry(table, {"type": new_class, "label": name})

    def known_in(self, words: str) -> list[str]:
        """Return the names of entries that occur in words, the longest first."""
        present = alike(words)
        names = {name for layer in self._layers for name in layer if name in present and len(name) > 2}
        whole = (name for name in names if re.search(rf"\b{re.escape(name)}\b", present))
        return sorted(whole, key=lambda name: (-len(name), name))

    def _known(self, name: str, cls: str) -> str:
        """Return the reference to the entry of the first layer with the name; the name itself if several have it."""
        for layer in self._layers:
            fitting = {named.reference for named in layer.get(alike(name), ()) if cls in self._terms.classes[named.cls]}
            if fitting:
                return fitting.pop() if len(fitting) == 1 else name
        return ""

    def _is_person(self, name: str) -> bool:
        words = alike(name).split()
        return not words or words[-1] in _PERSONS or words[0] in _PERSONS or person_names.is_name(name, self._words)

    @cached_property
    def _words(self) -> person_names.NameWords:
        return person_names.NameWords(name for layer in self._layers for name in layer)

    def _labelled(self, source: Source, prefix: str) -> list[tuple[str, _NamedEntry]]:
        """Return the labels of the entries of a source."""
        tables = [(name, table) for name, table in source.tables.items() if name in self._terms.tables]
        return [
            (label, _NamedEntry(f"{prefix}{row.cells['id']}", row.cells.get("type") or self._terms.tables[name]))
            for name, table in tables
            for row in table.rows
            for label in _labels(row.cells)
        ]


def _named(source: Source, prefix: str, by_reference: Mapping[str, _NamedEntry]) -> Iterator[tuple[str, _NamedEntry]]:
    """Yield the names that the text of a source gives to entries."""
    table = source.tables.get("namings")
    for row in table.rows if table else ():
        named = row.cells.get("named", "")
        target = by_reference.get(f"{prefix}{named}") or by_reference.get(named.removeprefix(prefix))
        if target and row.cells.get("name"):
            yield row.cells["name"], target


def _by_name(names: Iterable[tuple[str, _NamedEntry]]) -> Mapping[str, set[_NamedEntry]]:
    layer: dict[str, set[_NamedEntry]] = {}
    for name, named in names:
        layer.setdefault(alike(name), set()).add(named)
    return layer


def _labels(cells: Mapping[str, str]) -> Iterator[str]:
    for column, cell in cells.items():
        if column.partition("@")[0] in _LABELS:
            yield from filter(None, map(str.strip, cell.split("|")))
