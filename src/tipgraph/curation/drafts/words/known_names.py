"""The names that the graph knows: of a source, of the reference, and of other sources if they mean the same there."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple

from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.model import REFERENCE_NAME, Ontology
from tipgraph.sources import Source, alike, place_words

_LEAST_LIKENESS: Final = 93
_LEAST_LETTERS: Final = 10  # of a name that is compared: shorter ones are like many
_MOST_WORDS: Final = 12
_ENGLISH: Final = frozenset({"label", "altLabel"})
_OWN_WORDS: Final = frozenset({"code", "description", "misspelling"})  # names that mean something in their text only
_LOCAL: Final = frozenset({"Group", "Post"})  # classes of entries that mean something in their text only
_DEMONYM: Final = re.compile(r"([A-Z][a-z]{2,}?)(?:n|an|ian|ean|ese|i|ish|ic|er)")
_LEAST_STEM: Final = 4
_SAINT: Final = re.compile(r"\bst\.? ")


class Known(NamedTuple):
    """An entry of the graph: how a cell of this source refers to it, its table, its class, and its label."""

    reference: str
    table: str
    cls: str
    label: str


class KnownNames:
    """The entries of the graph by their names.

    The source comes first, then the reference, then other sources. A name that means several entries of one of these
    means none.
    """

    def __init__(self, text: DraftText, terms: Ontology) -> None:
        self._terms = terms
        reference = [other for other in text.others if other.name == REFERENCE_NAME]
        others = [other for other in text.others if other.name != REFERENCE_NAME]
        self._shared = {cells["id"]: known for source in reference for known, cells in self._entries(source)}
        self._same = {left: self._shared[right] for left, right in _same(reference) if right in self._shared}
        self._layers = [
            _by_key(self._names([text.source], is_own=True)),
            _by_key(self._names(reference)),
            _by_key(self._names(others)),
        ]

    def of(self, name: str) -> Known | None:
        """Return the one entry with a name; None for none and for several."""
        key = _key(name)
        for layer in self._layers:
            if entries := layer.get(key):
                return next(iter(entries)) if len(entries) == 1 and _same_case(name, key) else None
        return None

    def near(self, name: str) -> Known | None:
        """Return the actor whose name differs from another by a slip of the pen, such as one letter."""
        if len(name) < _LEAST_LETTERS:
            return None
        from rapidfuzz import fuzz, process

        best = process.extractOne(_key(name), self._actor_keys, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
        return self._actor_keys_known(best[0]) if best and not self._differ_by_place(_key(name), best[0]) else None

    def country(self, adjective: str) -> Known | None:
        """Return the country of an adjective, such as Bolivian or Vietnamese."""
        stem = _DEMONYM.fullmatch(adjective)
        stems = {adjective[:-length].lower() for length in range(1, 5)} if stem else set()
        fitting = {known for stem in stems if len(stem) >= _LEAST_STEM for known in self._countries.get(stem, ())}
        return _only(fitting) if fitting else self._of_people(adjective)

    def _of_people(self, word: str) -> Known | None:
        """Return the only country whose people the table of words calls so."""
        country = _only(self._people.get(word, ()))
        return self.of(country.label) if country else None

    def longest(self, words: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int, Known]]:
        """Yield the longest known names in a text, by the offsets of its words; each begins with a capital or digit."""
        spans = list(words)
        at = 0
        while at < len(spans):
            found = self._from(spans[at : at + _MOST_WORDS], text)
            if found:
                yield found
                at = next((i for i in range(at, len(spans)) if spans[i][0] >= found[1]), len(spans))
            else:
                at += 1

    def _from(self, spans: list[tuple[int, int]], text: str) -> tuple[int, int, Known] | None:
        start = spans[0][0]
        if not (text[start].isupper() or text[start].isdigit()) or _key(text[start : spans[0][1]]) not in self._firsts:
            return None
        for _, end in reversed(spans):
            if known := self.of(text[start:end]):
                return start, end, known
        return None

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """The first words of names, as a parser divides them."""
        every = (re.match(r"(?:[A-Z]\.)+|\w*", key) for layer in self._layers for key in layer)
        return frozenset(("st", *(match[0] for match in every if match)))

    @cached_property
    def _actor_keys(self) -> list[str]:
        return [key for layer in self._layers for key, entries in layer.items()
                if len(entries) == 1 and next(iter(entries)).table == "actors"]  # fmt: skip

    def _actor_keys_known(self, key: str) -> Known | None:
        return next((next(iter(layer[key])) for layer in self._layers if key in layer), None)

    def _differ_by_place(self, name: str, other: str) -> bool:
        words = set(re.findall(r"\w+", name)) ^ set(re.findall(r"\w+", other))
        return any(known.table == "places" for word in words for layer in self._layers for known in layer.get(word, ()))

    @cached_property
    def _people(self) -> dict[str, list[Known]]:
        """The countries of the reference by the words for their people."""
        found: dict[str, list[Known]] = {}
        for place, people, _ in place_words():
            if (known := self._shared.get(place)) and known.cls == "Country":
                for word in people:
                    found.setdefault(word, []).append(known)
        return found

    @cached_property
    def _countries(self) -> dict[str, set[Known]]:
        """The countries of the reference by the beginnings of their names."""
        stems: dict[str, set[Known]] = {}
        for layer in self._layers:
            for key, entries in layer.items():
                for known in entries:
                    if known.cls == "Country" and " " not in key:
                        for length in range(_LEAST_STEM, len(key) + 1):
                            stems.setdefault(key[:length], set()).add(known)
        return stems

    def _names(self, sources: Iterable[Source], *, is_own: bool = False) -> Iterator[tuple[str, Known]]:
        """Yield the names of the entries of sources: their labels, and those in namings."""
        for source in sources:
            entries: dict[str, Known] = {}
            for known, cells in self._entries(source):
                meant = (
                    known._replace(reference=f"{known.table}/{cells['id']}")
                    if is_own
                    else self._meant(source, cells, known)
                )
                entries |= dict.fromkeys((cells["id"], f"{known.table}/{cells['id']}"), meant)
                if is_own or known.cls not in _LOCAL:
                    yield from ((name, meant) for name in _labels(cells))
            yield from _namings(source, entries, is_own)

    def _meant(self, source: Source, cells: Mapping[str, str], known: Known) -> Known:
        """Return the entry of the reference that is judged to be the same as one of another source, if there is one."""
        names = (f"{source.name}/{cells['id']}", known.reference)
        return next((self._same[name] for name in names if name in self._same), known)

    def _entries(self, source: Source) -> Iterator[tuple[Known, Mapping[str, str]]]:
        """Yield the entries of a source with their cells."""
        for table in source.tables.values():
            base = self._terms.tables.get(table.name, "")
            for row in table.rows if "Thing" in self._terms.classes.get(base, ()) else ():
                if row.cells.get("label") and row.cells.get("id"):
                    label = row.cells["label"].partition("|")[0].strip()
                    reference = f"{source.name}/{table.name}/{row.cells['id']}"
                    yield Known(reference, table.name, row.cells.get("type") or base, label), row.cells


def _only(entries: Collection[Known]) -> Known | None:
    return next(iter(entries)) if len(entries) == 1 else None


def _same(reference: Iterable[Source]) -> Iterator[tuple[str, str]]:
    """Yield the entries that are judged to be the same as one of the reference, which is the second."""
    for source in reference:
        table = source.tables.get("identity")
        for row in table.rows if table else ():
            left, right = row.cells.get("left", ""), row.cells.get("right", "")
            if row.cells.get("verdict") == "same" and right.startswith(f"{source.name}/"):
                yield left, right.rpartition("/")[2]


def _namings(source: Source, entries: Mapping[str, Known], is_own: bool) -> Iterator[tuple[str, Known]]:
    table = source.tables.get("namings")
    for row in table.rows if table else ():
        known, name = entries.get(row.cells.get("named", "")), row.cells.get("name", "")
        if known and (is_own or _means_it_everywhere(known, row.cells.get("nameKind", ""))):
            yield name, known


def _means_it_everywhere(known: Known, kind: str) -> bool:
    """Tell whether a name in a source means the same entry in others: not "Ministry of Justice" of one country."""
    return kind not in _OWN_WORDS and known.cls not in _LOCAL and not ("(" in known.label and kind == "name")


def _labels(cells: Mapping[str, str]) -> Iterator[str]:
    for column, cell in cells.items():
        if column in _ENGLISH:
            yield from filter(None, map(str.strip, cell.split("|")))


def _by_key(names: Iterable[tuple[str, Known]]) -> dict[str, set[Known]]:
    """Return entries by name; entries of several sources with one label are one, that of the first source."""
    keys: dict[str, dict[tuple[str, str], Known]] = {}
    for name, known in names:
        keys.setdefault(_key(name), {}).setdefault((known.table, known.label), known)
    return {key: set(entries.values()) for key, entries in keys.items()}


def _key(name: str) -> str:
    """Return a name as it is compared; an acronym keeps its capitals."""
    words = _SAINT.sub("saint ", alike(name).removeprefix("the ")).replace("-", " ")
    plain = name.strip()
    return plain if _is_acronym(plain) else words


def _is_acronym(name: str) -> bool:
    return name.isupper() and len(name) <= 8 and " " not in name


def _same_case(name: str, key: str) -> bool:
    return bool(key) and any(mark.isupper() or mark.isdigit() for mark in name)
