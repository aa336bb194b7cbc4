"""The entries that a model may name: those of the text by their numbers, or new ones by words of the text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tipgraph.curation.drafts.draft import DraftText, Entry, Sentence, Unit
from tipgraph.curation.drafts.person_gate import PersonGate, are_people
from tipgraph.curation.drafts.rules.drafter import is_english
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents, government_of, referent_of
from tipgraph.curation.drafts.rules.mentions.sentence_mentions import mentions
from tipgraph.curation.drafts.rules.parser.tokens import parsed, parser
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.model import Ontology

_NEW: Final[Mapping[str, tuple[str, str]]] = {  # the table and the class of a new entry, by what a column refers to
    "Actor": ("actors", "Organization"),
    "Document": ("documents", "Publication"),
    "Instrument": ("documents", "Instrument"),
    "Place": ("places", "Area"),
    "Thing": ("undertakings", "Project"),
    "Undertaking": ("undertakings", "Project"),
}
_ARTICLE: Final = re.compile(r"(?:[Tt]he|an?|An?(?=\s+[a-z]))\s+")  # "An Garda" is a name
_WORD: Final = re.compile(r"\w[\w.’'-]*")
_MOST = 60  # entries in a request
_OTHER_NAMES = 3


class NoActor(ValueError):
    """A part of a claim that is a victim or a person."""


@dataclass
class Offered:
    """An entry of the text: how a cell refers to it, its class and label, its names, and where the text has them."""

    cell: str
    cls: str
    label: str
    entry: Entry | None = None
    names: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    @property
    def told(self) -> str:
        """The entry in words: `Freedom Fund {the Fund, FF} (Organization)`."""
        others = [name for name in dict.fromkeys(self.names) if name.casefold() not in ("", self.label.casefold())]
        return f"{self.label} {{{', '.join(others[:_OTHER_NAMES])}}} ({self.cls})".replace(" {}", "")

    def fits(self, terms: Ontology, cls: str) -> bool:
        """Tell whether a column that refers to a class may name the entry."""
        return cls in terms.classes.get(self.cls, ())


class OfferedEntries:
    """The entries of a text: known names, and those that the mentions of the rules find. No person is among them."""

    def __init__(self, text: DraftText, terms: Ontology) -> None:
        self._terms = terms
        self._known = KnownNames(text, terms)
        self._gate = PersonGate(text, terms, self._known)
        self._places = {sentence: at for at, sentence in enumerate(text.whole)}
        self._offered: dict[str, Offered] = {}
        for sentence, words, found in self._found(text):
            own = Offered(found.cell, found.cls, found.label or found.cell, found.entry)
            one = self._offered.setdefault(f"{found.table} {found.cell}", own)
            one.names.append(" ".join(words.split()))
            one.places.append(self._places[sentence])

    def of(self, unit: Unit) -> dict[str, Offered]:
        """Return the entries for a request by their numbers in the text: those in the unit, then the nearest ones."""
        first, last = self._places[unit.sentences[0]], self._places[unit.sentences[-1]]
        far = {name: min(max(first - at, at - last, 0) for at in one.places) for name, one in self._numbered().items()}
        nearest = sorted(far, key=lambda name: (far[name], int(name[1:])))[:_MOST]
        return {name: self._numbered()[name] for name in nearest}

    def resolve(self, words: str, cls: str, paragraph: int) -> tuple[str, Entry | None]:
        """Return the cell for new words for an entry of a class, and the new entry that it needs.

        Raises NoActor for victims and persons, who are never entries, and ValueError for what no new entry can be.
        """
        name = words[article.end() :] if (article := _ARTICLE.match(words)) else words
        known = self._known.of(name)
        if known and cls in self._terms.classes[known.cls]:
            return known.reference, None
        if cls == "Actor" and (are_people(name) or self._gate.may_be(name, "actors", paragraph)):
            raise NoActor("a victim or a person is named as an actor")
        if cls not in _NEW:
            raise ValueError("a name that is no entry of the kind that is needed")
        table, new_class = _NEW[cls]
        return name, Entry(table, {"type": new_class, "label": name})

    def _numbered(self) -> dict[str, Offered]:
        return {f"m{number}": one for number, one in enumerate(self._offered.values(), 1)}

    def _found(self, text: DraftText) -> Iterator[tuple[Sentence, str, Referent]]:
        """Yield the names in the sentences with the entry of each; the rules read only English ones."""
        referents, english = Referents(), dict.fromkeys(one for one in text.whole if is_english(one.text))
        for sentence in parsed(english, parser()):
            found = mentions(sentence, self._known, self._gate, Counter())
            for mention, referent in referents.of(sentence, found).items():
                yield sentence.sentence, mention.words, referent
                if referent.cls == "Country" and "overnments" in sentence.text:  # "the governments of Chile and Peru"
                    yield sentence.sentence, "", government_of(referent, self._known)
        for one in (one for one in text.whole if one not in english):
            spans = [match.span() for match in _WORD.finditer(one.text)]
            for start, end, known in self._known.longest(spans, one.text):
                yield one, one.text[start:end], referent_of(known)
