"""The words of a sentence: their places, word classes, and, from a parser, what each depends on."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from tipgraph.curation.drafts.draft_text import Sentence
from tipgraph.curation.drafts.rules.parser.language_data import Parser

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LABELLED: Final = re.compile(r"\n(?=\s*[A-Z][a-z]+(?: [A-Za-z]+)?:\s)")
_CITY: Final = r"(?:[A-ZÀ-Þ]{3,}(?:[/ ][A-ZÀ-Þ]{2,})*|[A-ZÀ-Þ][a-zà-ÿ]+(?:\s(?:of\s)?[A-ZÀ-Þ][a-zà-ÿ]+)?)"
_DATELINE: Final = re.compile(
    rf"""{_CITY}(?:\s\([A-Z][a-z]+\)|,\s[A-Z][a-z]+(?!\s\d))?
    (?:,\s(?:\d{{1,2}}\s[A-Z][a-z]+|[A-Z][a-z]+\s\d{{1,2}},?)\s\d{{4}})?\s+[-–—]\s+(?=[A-Z“"\d])""",
    re.VERBOSE,
)
_BATCH: Final = 16  # sentences that are parsed at once: more of them take memory, and save no time


class WordToken(NamedTuple):
    """A word: its offsets in the sentence, its class (Penn tags), its relation to the word on which it depends."""

    start: int
    end: int
    text: str
    tag: str
    relation: str = ""
    head: int = -1

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun or a name."""
        return self.tag.startswith("NN")

    @property
    def is_verb(self) -> bool:
        """Whether it is a form of a verb."""
        return self.tag.startswith("VB")


class Parsed(NamedTuple):
    """A sentence with its tokens, and the names that a parser has found: start, end and kind."""

    sentence: Sentence
    tokens: tuple[WordToken, ...] = ()
    names: tuple[tuple[int, int, str], ...] = ()

    @property
    def text(self) -> str:
        """The words of the sentence, with a space in place of each other white space."""
        return _plain(self.sentence.text)


def parsed(sentences: Iterable[Sentence], parser: Parser) -> Iterator[Parsed]:
    """Yield each sentence with its tokens; without a parser it has none.

    >>> list(parsed([Sentence(1, 1, 0, 18, "The Fund paid IOM.")], Parser(None)))[0].tokens
    ()
    """
    if parser.language is None:
        yield from map(Parsed, sentences)
        return
    squeezed = ((_squeezed(sentence.text), sentence) for sentence in sentences)
    pairs = ((words, (places, sentence)) for (words, places), sentence in squeezed)
    for doc, (places, sentence) in parser.language.pipe(pairs, as_tuples=True, batch_size=_BATCH):
        yield _from_doc(doc, places, sentence)


def _from_doc(doc: "Doc", places: list[int], sentence: Sentence) -> Parsed:
    def span(start: int, end: int) -> tuple[int, int]:
        return places[start], places[end - 1] + 1

    tokens = tuple(
        WordToken(*span(word.idx, word.idx + len(word)), word.text, word.tag_, word.dep_, word.head.i) for word in doc
    )
    return Parsed(sentence, tokens, tuple((*span(name.start_char, name.end_char), name.label_) for name in doc.ents))


def dateline(text: str) -> int:
    """Return the length of the place and the day before the first words of a report; 0 if there are none.

    >>> dateline("LIMA, 4 May 2006 - The Fund paid."), dateline("The Fund - a body - paid.")
    (19, 0)
    """
    match = _DATELINE.match(text)
    return match.end() if match else 0


def _plain(text: str) -> str:
    """Return a text with a space for each white space, and a semicolon before a line that begins with a label."""
    return re.sub(r"\s", " ", _LABELLED.sub(";", text))


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return a text without its dateline, with single spaces, and the offset of each character in the text as it is."""
    plain = _plain(text)
    places = [at for at in range(dateline(plain), len(plain)) if plain[at : at + 2] != "  "]
    return "".join(plain[at] for at in places), places
