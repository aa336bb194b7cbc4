"""The gate of all drafts, of rules and of models: none holds a probable name of a person in any cell.

A name is probable by the words of the cell, or since a sentence of the paragraph names a person by one of them: a
family name alone tells nothing, but "Jocelyn Dimaandal" beside it does. A cell with one is emptied if the claim can do
without it; else the draft is dropped. Both are counted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from dataclasses import replace
from typing import Final

from tipgraph.curation.drafts.draft import Draft, DraftText, Entry
from tipgraph.curation.drafts.rules.mentions.names import explained_names, is_acronym, is_branch
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.curation.drafts.words.lexicon import LISTS, NEVER
from tipgraph.model import Column, Ontology, folded, ontology
from tipgraph.sources import Gate, TextKind, gate_of, person_names

EMPTIED: Final = "a cell of a draft may name a person, and was emptied"
DROPPED: Final = "a draft may name a person"
_LABELS: Final = frozenset({"label", "name", "title"})
_LEAST: Final = 2  # cells of a draft that tells something
_PLACED: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|near|through|via|[Ee]n|[Ee]m|à|au)((?:\s+[A-Z][\w-]+)+)")
# What goes on beside a name: after a nickname, with a particle, or as a family name in capitals before.
_TAIL: Final = re.compile(r"""(?:["”’).]{0,2}\s+(?:[a-z]{1,3}[\s-])?(?:[a-z]{2}-)?[A-Z][\w’'-]+)+""")
_HEAD: Final = re.compile(r"(?:[A-Z]{2,}\s)*[A-Z]{2,},\s$")
_KIN: Final = re.compile(
    r"\b(?:son|daughter|sister|brother|mother|father|uncle|aunt|niece|nephew|wife|husband|girl|boy|named|alias)\s+"
    r"([A-Z][\w’'-]+)"
)
_FIRST: Final = re.compile(r"\s+(of|from|in|at|with|who|that|by|among|for|against)\s+", re.IGNORECASE)
_FOR: Final = frozenset({"for", "against", "and"})
_ARTICLE: Final = re.compile(r"^(?:El|Las?|Les?|Los)\s")
_LOCAL: Final = re.compile(r"([\w.+-]+)@")


class PersonGate:
    """Takes the probable names of persons out of the drafts of a text; `dropped` counts them, by what was done."""

    def __init__(self, text: DraftText, terms: Ontology | None = None, names: KnownNames | None = None) -> None:
        self.dropped: Counter[str] = Counter()
        self._terms = terms or ontology()
        self._names = names or KnownNames(text, self._terms)
        bodies = (name for sentence in text.whole for name in explained_names(sentence.text))
        self._gate: Gate = gate_of([text.source, *text.others], self._terms, bodies)
        self._source = text.source.name
        self._persons: defaultdict[int, set[str]] = defaultdict(set)  # their words, by paragraph
        self._places: defaultdict[int, set[str]] = defaultdict(set)  # capitalised words that may be places
        for sentence in text.whole:
            self._read(sentence.text, sentence.paragraph)

    def _read(self, sentence: str, paragraph: int) -> None:
        """Read the words of the persons and of the places that a sentence may name."""
        placed = {word for match in _PLACED.finditer(sentence) for word in folded(match[1]).split()}
        self._places[paragraph] |= placed
        for told in (*_LOCAL.findall(sentence), *_KIN.findall(sentence)):
            self._persons[paragraph] |= set(folded(re.sub(r"[._+-]", " ", told)).split())
        for name in self._gate.names(sentence, "draft", self._source):
            start = sentence.find(name)
            head, tail = _HEAD.search(sentence[:start]), _TAIL.match(sentence, start + len(name))
            whole = name + (tail[0] if tail else "")
            if not self._is_branch(whole):
                words = self._gate.telling_words(f"{head[0] if head else ''} {whole}")
                self._persons[paragraph] |= words - placed

    def passed(self, draft: Draft) -> Draft | None:
        """Return a draft without names of persons; None if nothing is left of it."""
        columns, at = self._terms.columns(self._terms.tables[draft.table]), draft.paragraph
        naming = [
            name for name, cell in draft.cells.items() if self._may_hold(columns.get(name.partition("@")[0]), cell, at)
        ]
        entries = tuple(one for one in draft.entries if not self._is_person(one, at))
        if not naming and entries == draft.entries:
            return draft
        cells: Mapping[str, str] = {name: cell for name, cell in draft.cells.items() if name not in naming}
        is_needed = any(name not in columns or columns[name].needed for name in naming)
        if is_needed or len(cells) < _LEAST or not self._uses_only(cells, draft, entries):
            self.dropped[DROPPED] += 1
            return None
        self.dropped[EMPTIED] += len(naming)
        return replace(draft, cells=cells, entries=entries)

    def _may_hold(self, column: Column | None, cell: str, paragraph: int) -> bool:
        """Tell whether a cell of a column may name a person of a paragraph, or anybody by its own words."""
        if column is None or column.name in _LABELS:
            return self._may_name(cell, "prose") or _holds(cell, self._persons[paragraph])
        if column.refers:
            return self.may_be(cell, "places" if column.refers == "Place" else "", paragraph)
        may_name = column.is_text and not column.scheme and self._may_name(cell, "draft")
        return may_name or _holds(cell, self._persons[paragraph])

    def _is_person(self, entry: Entry, paragraph: int) -> bool:
        return any(self.may_be(cell, entry.table, paragraph) for name, cell in entry.cells.items() if name != "type")

    def may_be(self, labels: str, table: str, paragraph: int) -> bool:
        """Tell whether labels may name a person, also by one word that no list has, as within a sentence."""
        if _holds(labels, self._persons[paragraph]):
            return True
        for label in labels.split(" | "):
            if table == "places":
                is_person = self._may_name(label, "place") and not self._places[paragraph].issuperset(
                    folded(label).split()
                )
            elif self._is_branch(label):
                is_person = False
            elif person_names.is_body_name(label):
                is_person = bool(person_names.names_of_persons(label, person_names.NameWords()))
            else:
                is_person = self._may_name(label if " " in label else f"by {label}", "prose")
            if is_person:
                return True
        return False

    def _is_branch(self, label: str) -> bool:
        """Tell whether a label is that of a body with its country: "La Strada Moldova", not "Ana Roth Moldova"."""
        bare = _ARTICLE.sub("", label.rpartition(" ")[0])
        return is_branch(label, self._names) and not person_names.is_name(bare, person_names.NameWords())

    def _may_name(self, cell: str, kind: TextKind) -> bool:
        return bool(self._gate.names(cell, kind, self._source))

    def _uses_only(self, cells: Mapping[str, str], draft: Draft, entries: tuple[object, ...]) -> bool:
        """Tell whether no cell needs an entry that was removed."""
        gone = {one.cells.get("label", "") for one in draft.entries if one not in entries}
        return gone.isdisjoint(part for cell in cells.values() for part in cell.split(" | "))


def _holds(cell: str, persons: Set[str]) -> bool:
    """Tell whether a cell holds a word of a person, and not in the name of a body."""
    return any(
        not persons.isdisjoint(folded(part).split()) and not person_names.is_body_name(part)
        for part in cell.split(" | ")
    )


def are_people(name: str) -> bool:
    """Tell whether words mean victims or other people, and no body that has a word for them in its name.

    >>> [are_people(words) for words in ("Rescued women", "Victims of Trafficking", "two girls", "groups of women")]
    [True, True, True, True]
    >>> [are_people(words) for words in ("UN Women", "Save the Children", "Women for Hope", "Survivors Alliance")]
    [False, False, False, False]
    """
    first, link, rest = (*_FIRST.split(name, maxsplit=1), "", "")[:3]
    words = first.split()
    after = words[1] if len(words) > 1 else ""
    goes_on = after.islower() and after not in _FOR and words[0].lower() in NEVER  # "Women rescued in Lima"
    if not words or any(word in NEVER for word in words) or goes_on:
        return True
    last, before = words[-1].lower(), words[-2].lower() if len(words) > 1 else ""
    if last in LISTS["loose groups"]:
        return not NEVER.isdisjoint(name.lower().split())
    if last in ("worker", "workers"):
        return before not in LISTS["helpers"]
    is_linked = link.lower() in _FOR and rest[:1].isupper()  # "Women for Hope"
    return last in NEVER and not (is_acronym(words[0]) or "the" in words or is_linked)
