"""The rules as a drafter: sentence by sentence, with the entries that the text has named so far."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Final

from tipgraph.curation.drafts.draft import TOO_LONG, Draft, DraftText, Sentence, merged
from tipgraph.curation.drafts.person_gate import PersonGate
from tipgraph.curation.drafts.rules.frames.frame_table import Frame, frames
from tipgraph.curation.drafts.rules.frames.statements import Statements
from tipgraph.curation.drafts.rules.mentions.names import ACTORS, PLACES
from tipgraph.curation.drafts.rules.mentions.referents import ReadSentence, Referents
from tipgraph.curation.drafts.rules.mentions.sentence_mentions import mentions
from tipgraph.curation.drafts.rules.parser.tokens import Parsed, parsed, parser
from tipgraph.curation.drafts.words.day_words import days
from tipgraph.curation.drafts.words.figures import dollars, said_amounts
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.curation.drafts.words.lexicon import LISTS
from tipgraph.model import VERSION, Ontology, ontology

_FOREIGN: Final = "a sentence is in another language"
_LEAST_WORDS: Final = 5  # of a sentence whose language can be told
_LATIN_ENDS: Final = 0x250  # the first letter after those of Latin scripts


class Rules:
    """The rules of drafting, a `Drafter` for English texts; of sentences in other languages they read only names.

    `dropped` counts the sentences of the last text that gave nothing else, by reason. `notice` says that the parser is
    missing: then only names are read. Raises InputError with every fault of the table of frames.

    >>> rules = Rules()
    >>> all(frame.example for frame in rules.frames)
    True
    """

    stopped: Final = ""

    def __init__(self, terms: Ontology | None = None) -> None:
        self._terms, self._parser = terms or ontology(), parser()
        self.frames: tuple[Frame, ...] = frames(self._terms)
        language = self._parser.language
        self._statements = Statements(self.frames, self._terms, language.vocab) if language else None
        self.dropped: Counter[str] = Counter()

    @property
    def notice(self) -> str:
        """Why the rules draft only names; an empty string if they have a parser."""
        return self._parser.reason

    @property
    def about(self) -> dict[str, str]:
        """Its name, and what it depends on: the version, the frames and the parser."""
        frames_digest = sha256(repr(self.frames).encode()).hexdigest()[:16]
        parser_words = self._parser.reason or "with the parser"
        return {"name": "rules", "version": VERSION, "frames": frames_digest, "parser": parser_words}

    def drafts(self, text: DraftText) -> Iterator[Draft]:
        """Yield the drafts of a text in its order; only names without a parser."""
        self.dropped = Counter({TOO_LONG: len(text.too_long)} if text.too_long else {})
        yield from without_idle(self._drafts(text))

    def _drafts(self, text: DraftText) -> Iterator[Draft]:
        names, referents = KnownNames(text, self._terms), Referents()
        named = dollars(text.words)
        period = text.source.about.get("period", "")
        every = self._parsed(text.sentences)
        gate = PersonGate(text, self._terms, names)
        for sentence in every:
            known = referents.of(sentence, mentions(sentence, names, gate, self.dropped))
            reading = ReadSentence(sentence, list(known), known, days(sentence.text, period), names)
            found = list(namings(reading, referents))
            if self._statements and sentence.tokens:
                found += self._statements.drafts(reading, referents)
            yield from said_amounts(merged(found), sentence.text, named)

    def _parsed(self, sentences: Sequence[Sentence]) -> list[Parsed]:
        """Return the sentences with their tokens; of one in another language, only names are read."""
        english = [one for one in sentences if is_english(one.text)]
        self.dropped[_FOREIGN] += len(sentences) - len(english)
        with_tokens = {one.sentence: one for one in parsed(english, self._parser)}
        return [with_tokens.get(one, Parsed(one)) for one in sentences]


def is_english(words: str) -> bool:
    """Tell whether a sentence may be English; a short one is.

    >>> is_english("The Fund paid for two seminars."), is_english("El Fondo pagó los dos seminarios de la red.")
    (True, False)
    """
    letters = [mark for mark in words if mark.isalpha()]
    if 2 * sum(ord(mark) < _LATIN_ENDS for mark in letters) < len(letters):
        return False
    every = re.findall(r"[^\W\d_]+", words.lower())
    known = [sum(word in LISTS[name] for word in every) for name in ("english", "other languages")]
    return len(every) < _LEAST_WORDS or known[0] >= known[1]


_KIND_ONLY: Final = frozenset({"undertaking", "undertakingKind", "document", "documentKind", "status", "topic"})
_THIS: Final = re.compile(r"\b[Tt]h(?:is|ese)\s$")  # a part of a description, which an article is not


def namings(reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
    """Yield a naming for each name that the text has not used before for its entry."""
    for mention in reading.mentions:
        referent = reading.referents[mention]
        kind = "description" if mention.name_kind == "pointer" else mention.name_kind
        this = _THIS.search(reading.text[: mention.start]) if kind == "description" else None
        start = this.start() if this else mention.start
        names = [(reading.text[start : mention.end], kind, start, f"named-{mention.table}")]
        if mention.acronym:
            names.append((mention.acronym, "acronym", mention.acronym_at, "named-by-acronym"))
        for name, kind, start, rule in names:
            if referents.is_first(referent, name):
                cells = {"named": referent.cell, "name": name, "nameKind": kind}
                yield reading.draft("namings", cells, (start, start + len(name)), rule, [referent])


def without_idle(found: Iterable[Draft]) -> Iterator[Draft]:
    """Yield drafts without the namings of new entries that no other draft says more of than their kind.

    A phrase of a text often means nothing that a claim is about: "the laws", "training". An actor or a name with
    several words is kept.
    """
    drafts = list(found)
    claims = [draft.cells for draft in drafts if draft.table not in ("namings", "affiliations")]
    telling = (cells for cells in claims if not set(cells) <= _KIND_ONLY)
    used = {part for cells in telling for cell in cells.values() for part in cell.split(" | ")}
    for draft in drafts:
        if draft.table != "namings" or draft.cells["named"] in used or not _is_idle(draft):
            yield draft


def _is_idle(naming: Draft) -> bool:
    """Tell whether the entry of a naming is new, and nothing but a place, or a phrase that may mean nothing."""
    tables = {entry.table for entry in naming.entries}
    if PLACES in tables:
        return True
    is_phrase = naming.cells["nameKind"] == "description"
    return bool(tables) and ((is_phrase and ACTORS not in tables) or " " not in naming.cells["name"])
