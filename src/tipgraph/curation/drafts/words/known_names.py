"""The names that the graph knows: of a source, of the reference, and of other sources if they mean the same there."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft import DraftText
from tipgraph.model import REFERENCE_NAME, Ontology
from tipgraph.sources import Source, alike, place_words

_MOST_WORDS: Final = 12
_LONGEST_ACRONYM: Final = 8  # letters
_LABELS: Final = frozenset({"label", "altLabel"})
_OWN_WORDS: Final = frozenset({"code", "description", "misspelling"})  # names that mean something in their text only
_LOCAL: Final = frozenset({"Group", "Post"})  # classes of entries that mean something in their text only


class Known(NamedTuple):
    """An entry of the graph: how a cell of this source refers to it, its table, its class, and its label."""

    reference: str
    table: str
    cls: str
    label: str


class KnownNames:
    """The entries of the graph by their names, in every language of their labels.

    The source comes first, then the reference, then other sources. A name that means several entries of one of these
    means none. `acronyms` are those that the text has explained so far, with the table and class of what they name.
    """

    def __init__(self, text: DraftText, terms: Ontology) -> None:
        self._terms = terms
        self.acronyms: dict[str, tuple[str, str]] = {}
        reference = [other for other in text.others if other.name == REFERENCE_NAME]
        others = [other for other in text.others if other.name != REFERENCE_NAME]
        self._same = dict(_same(reference))
        self._shared: dict[str, Known] = {}  # the entries of the reference by id
        groups = ([text.source], reference, others)
        self._layers = [_by_key(self._names(group, is_own=group is groups[0])) for group in groups]

    def of(self, name: str) -> Known | None:
        """Return the one entry with a name; None for none and for several."""
        key = _key(name)
        is_name = any(mark.isupper() or mark.isdigit() for mark in name)
        found = next((layer[key] for layer in self._layers if key in layer), ()) if is_name else ()
        return _only(found)

    def country(self, adjective: str) -> Known | None:
        """Return the only country whose people are called so, such as Bolivian or Vietnamese."""
        return _only(self._people.get(adjective, ()))

    @cached_property
    def _people(self) -> dict[str, set[Known]]:
        """The countries of the reference by the words for their people."""
        every = (known for layer in self._layers for found in layer.values() for known in found)
        countries = {known.reference.rpartition("/")[2]: known for known in every if known.cls == "Country"}
        found: dict[str, set[Known]] = {}
        for place, people, _ in place_words():
            for word in people if place in countries else ():
                found.setdefault(word, set()).add(countries[place])
        return found

    def longest(self, words: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int, Known]]:
        """Yield the longest known names in a text, by the offsets of its words, without "The" before them.

        Each begins with a capital or a digit.
        """
        spans, reached = list(words), 0
        for at, (start, last) in enumerate(spans):
            is_article = text[start:last] == "The"
            if start >= reached and not is_article and (text[start].isupper() or text[start].isdigit()):
                ends = (end for _, end in reversed(spans[at : at + _MOST_WORDS]))
                found = next(((end, known) for end in ends if (known := self.of(text[start:end]))), None)
                if found:
                    reached, known = found
                    yield start, reached, known

    def _names(self, sources: Iterable[Source], *, is_own: bool) -> Iterator[tuple[str, Known]]:
        """Yield the names of the entries of sources: their labels, and those in namings.

        An entry that is judged to be the same as one of the reference is that one.
        """
        for source in sources:
            entries: dict[str, Known] = {}
            for table, cells in self._entries(source):
                node, cls = f"{table}/{cells['id']}", cells.get("type") or self._terms.tables[table]
                label = cells["label"].partition("|")[0].strip()
                known = Known(node if is_own else f"{source.name}/{node}", table, cls, label)
                same = self._same.get(f"{source.name}/{cells['id']}", self._same.get(known.reference, ""))
                known = self._shared.get(same, known)
                entries |= {cells["id"]: known, node: known}
                if is_own or cls not in _LOCAL:
                    yield from ((name, known) for name in _labels(cells))
            self._shared |= entries if source.name == REFERENCE_NAME else {}
            for row in source.tables["namings"].rows if "namings" in source.tables else ():
                named, name = entries.get(row.cells.get("named", "")), row.cells.get("name", "")
                if named and (is_own or _means_it_everywhere(named, row.cells.get("nameKind", ""))):
                    yield name, named

    def _entries(self, source: Source) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the entries of a source: the table of each, and its cells."""
        for table in source.tables.values():
            is_of_entries = "Thing" in self._terms.classes.get(self._terms.tables.get(table.name, ""), ())
            for row in table.rows if is_of_entries else ():
                if row.cells.get("label") and row.cells.get("id"):
                    yield table.name, row.cells


def _only(entries: Collection[Known]) -> Known | None:
    return next(iter(entries)) if len(entries) == 1 else None


def _same(reference: Iterable[Source]) -> Iterator[tuple[str, str]]:
    """Yield the entries that are judged to be the same as one of the reference, whose id is the second."""
    for source in reference:
        for row in source.tables["identity"].rows if "identity" in source.tables else ():
            left, right = row.cells.get("left", ""), row.cells.get("right", "")
            if row.cells.get("verdict") == "same" and right.startswith(f"{source.name}/"):
                yield left, right.rpartition("/")[2]


def _means_it_everywhere(known: Known, kind: str) -> bool:
    """Tell whether a name in a source means the same entry in others: not "Ministry of Justice" of one country."""
    return kind not in _OWN_WORDS and known.cls not in _LOCAL and not ("(" in known.label and kind == "name")


def _labels(cells: Mapping[str, str]) -> Iterator[str]:
    for column, cell in cells.items():
        if column.partition("@")[0] in _LABELS:
            yield from filter(None, map(str.strip, cell.split("|")))


def _by_key(names: Iterable[tuple[str, Known]]) -> dict[str, set[Known]]:
    """Return entries by name; entries of several sources with one label are one, that of the first source."""
    keys: dict[str, dict[tuple[str, str], Known]] = {}
    for name, known in names:
        keys.setdefault(_key(name), {}).setdefault((known.table, known.label), known)
    return {key: set(entries.values()) for key, entries in keys.items()}


def _key(name: str) -> str:
    """Return a name as it is compared; a short name in capitals keeps them: an acronym."""
    plain = name.strip()
    is_acronym = plain.isupper() and len(plain) <= _LONGEST_ACRONYM and " " not in plain
    return plain if is_acronym else alike(name).removeprefix("the ").replace("-", " ")
