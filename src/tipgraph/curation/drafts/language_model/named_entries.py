"""The entries that the words of a model may mean: those that the rules know by name, or else a new one."""

import re
from collections.abc import Mapping
from typing import Final

from tipgraph.curation.drafts.draft import Entry
from tipgraph.curation.drafts.draft_text import DraftText
from tipgraph.curation.drafts.rules.mentions.body_names import is_branch
from tipgraph.curation.drafts.rules.mentions.persons import Persons, are_people
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.curation.drafts.words.lexicon import NEVER
from tipgraph.model import Ontology
from tipgraph.sources import alike, person_names

_NEW: Final[Mapping[str, tuple[str, str]]] = {  # the table and the class of a new entry, by what a column refers to
    "Actor": ("actors", "Organization"),
    "Document": ("documents", "Publication"),
    "Instrument": ("documents", "Instrument"),
    "Place": ("places", "Area"),
    "Thing": ("undertakings", "Project"),
    "Undertaking": ("undertakings", "Project"),
}
_ARTICLE: Final = re.compile(r"(?:[Tt]he|an?|An?(?=\s+[a-z]))\s+")  # "An Garda" is a name
_FOREIGN_ARTICLE: Final = re.compile(r"^(?:El|Las?|Les?|Los)\s")  # "La Strada" is nobody's name
_WORD: Final = re.compile(r"\w[\w.’'-]*")


class NamedEntries:
    """The entries that a text may name."""

    def __init__(self, text: DraftText, terms: Ontology) -> None:
        self._terms = terms
        self._known = KnownNames(text, terms)
        self._persons = Persons(sentence.text for sentence in text.sentences)

    def resolve(self, mention: str, cls: str) -> tuple[str, Entry | None]:
        """Return the cell for a mention of an entry of a class, and the new entry that it needs.

        Raises ValueError for victims and persons, who are never entries, and for what no new entry can be.
        """
        words = mention.strip()
        name = words[article.end() :] if (article := _ARTICLE.match(words)) else words
        known = self._known.of(name) or self._known.near(name)
        if known and cls in self._terms.classes[known.cls]:
            return known.reference, None
        if cls == "Actor" and (are_people(name) or not self._may_be_actor(name)):
            raise ValueError("a victim or a person is named as an actor")
        if cls not in _NEW:
            raise ValueError("a name that is no entry of the kind that is needed")
        table, new_class = _NEW[cls]
        return name, Entry(table, {"type": new_class, "label": name})

    def known_in(self, words: str) -> list[str]:
        """Return the known names in words, in their order."""
        spans = [match.span() for match in _WORD.finditer(words)]
        return list(dict.fromkeys(words[start:end] for start, end, _ in self._known.longest(spans, words)))

    def _may_be_actor(self, name: str) -> bool:
        """Tell whether a name can be that of a body: by its words, by its country, or since the text says so."""
        before_country = _FOREIGN_ARTICLE.sub("", name.rpartition(" ")[0])
        may_be_person = person_names.is_name(before_country, person_names.NameWords())
        is_told = name in self._persons.bodies or (is_branch(name, self._known) and not may_be_person)
        is_named = not NEVER.isdisjoint(alike(name).split()) and not self._persons.may_have(name)
        is_body = person_names.is_body_name(name) or (is_told and not self._persons.have(name))
        return self._persons.may_be_actor(name) or is_named or is_body
