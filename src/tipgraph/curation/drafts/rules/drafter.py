"""The rules as a drafter: sentence by sentence, with the entries that the text has named so far."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

from tipgraph.curation.drafts.draft import Draft, merged
from tipgraph.curation.drafts.draft_text import TOO_LONG, DraftText, Sentence
from tipgraph.curation.drafts.rules.frames.frame_table import Frame, frames
from tipgraph.curation.drafts.rules.frames.statements import Statements
from tipgraph.curation.drafts.rules.mentions.entry_mention import PLACES, UNDERTAKINGS
from tipgraph.curation.drafts.rules.mentions.persons import Persons
from tipgraph.curation.drafts.rules.mentions.read_sentence import SUBJECT, ReadSentence
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents
from tipgraph.curation.drafts.rules.mentions.sentence_mentions import mentions
from tipgraph.curation.drafts.rules.namings import namings, without_idle, without_parts
from tipgraph.curation.drafts.rules.parser.language_data import parser
from tipgraph.curation.drafts.rules.parser.tokens import Parsed, parsed
from tipgraph.curation.drafts.words.day_words import days
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.curation.drafts.words.lexicon import LISTS
from tipgraph.curation.drafts.words.said_amounts import dollars, said_amounts
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
        before: dict[str, Referent] = {}
        paragraph, period = 0, text.source.about.get("period", "")
        every = self._parsed(text.sentences)
        persons = _persons(every)
        for sentence in every:
            known = referents.of(sentence, mentions(sentence, names, persons, self.dropped))
            reading = ReadSentence(sentence, list(known), known, days(sentence.text, period), before, names)
            found = list(namings(reading, referents))
            if self._statements and sentence.tokens:
                found += self._statements.drafts(reading, referents)
            yield from said_amounts(list(without_parts(merged(found))), sentence.text, named)
            is_same = sentence.sentence.paragraph == paragraph
            kept = before if is_same else {UNDERTAKINGS: before[UNDERTAKINGS]} if UNDERTAKINGS in before else {}
            before, paragraph = {**kept, **_subjects(reading)}, sentence.sentence.paragraph

    def _parsed(self, sentences: Sequence[Sentence]) -> list[Parsed]:
        """Return the sentences with their tokens; of one in another language, only names are read."""
        english = [one for one in sentences if is_english(one.text)]
        self.dropped[_FOREIGN] += len(sentences) - len(english)
        with_tokens = {one.sentence: one for one in parsed(english, self._parser)}
        return [with_tokens.get(one, Parsed(one)) for one in sentences]


def _persons(every: Sequence[Parsed]) -> Persons:
    """Return the names in sentences that may be those of persons, by their words and by the parser."""
    by_parser = (one.text[start:end] for one in every for start, end, label in one.names if label == "PERSON")
    return Persons((one.text for one in every), by_parser)


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


def _subjects(reading: ReadSentence) -> dict[str, Referent]:
    """Return the first outer entry of each table in a sentence: what a pronoun in the next one may mean."""
    subjects: dict[str, Referent] = {}
    for mention in reading.outer:
        subjects.setdefault(mention.table, reading.referents[mention])
        if mention.table != PLACES:
            subjects.setdefault(SUBJECT, reading.referents[mention])
    return subjects
