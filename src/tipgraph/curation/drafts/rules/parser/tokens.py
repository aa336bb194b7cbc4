"""The words of a sentence: their places, word classes, and, from a parser, what each depends on."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from tipgraph.curation.drafts.draft_text import Sentence
from tipgraph.curation.drafts.rules.parser.language_data import Parser
from tipgraph.curation.drafts.words.inflection import is_irregular
from tipgraph.curation.drafts.words.lexicon import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORD: Final = re.compile(r"[’']s\b|\w+(?:[.]\w+[.]?)*|[^\w\s]")
_LABELLED: Final = re.compile(r"\n(?=\s*[A-Z][a-z]+(?: [A-Za-z]+)?:\s)")
_HEADLINES: Final = words_of(
    "hosts holds trains launches organizes organises opens supports funds conducts convenes starts receives"
)
_CITY: Final = r"(?:[A-ZÀ-Þ]{3,}(?:[/ ][A-ZÀ-Þ]{2,})*|[A-ZÀ-Þ][a-zà-ÿ]+(?:\s(?:of\s)?[A-ZÀ-Þ][a-zà-ÿ]+)?)"
_DATELINE: Final = re.compile(
    rf"""{_CITY}(?:\s\([A-Z][a-z]+\)|,\s[A-Z][a-z]+(?!\s\d))?
    (?:,\s(?:\d{{1,2}}\s[A-Z][a-z]+|[A-Z][a-z]+\s\d{{1,2}},?)\s\d{{4}})?\s+[-–—]\s+(?=[A-Z“"\d])""",
    re.VERBOSE,
)
_BATCH: Final = 16  # sentences that are parsed at once: more of them take memory, and save no time
_CLOSED: Final = {
    "DT": "the a an this that these those each every some any no all both its their his her our",
    "IN": """of in on at by for from with to into through against among between during under within about before after
             as over since until towards toward per via upon without than throughout across following concerning
             including regarding because if while although whether""",
    "CC": "and or but nor &",
    "PRP": "it they he she we i you them him us who which what",
    "MD": "will would can could may might shall should must",
    "VBZ": "is has does was are were be been being have had do did am",
    "RB": "not also recently currently jointly already now then there here together well very so too more most",
    "RP": "out up off down forward",
    "WRB": "when where how why",
}


class WordToken(NamedTuple):
    """A word: its offsets in the sentence, its class (Penn tags), and its relation to the word on which it depends.

    Without a parser the class is a guess, the relation is empty, and `head` is -1.
    """

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
    tokens: tuple[WordToken, ...]
    names: tuple[tuple[int, int, str], ...] = ()

    @property
    def text(self) -> str:
        """The words of the sentence, with a space in place of each other white space."""
        return _plain(self.sentence.text)


def parsed(sentences: Iterable[Sentence], parser: Parser) -> Iterator[Parsed]:
    """Yield each sentence with its tokens, by a parser if there is one.

    >>> sentence = Sentence(1, 1, 0, 19, "The Fund paid IOM.")
    >>> [token.tag for token in next(parsed([sentence], Parser(None))).tokens]
    ['DT', 'NNP', 'VBD', 'NNP', '.']
    """
    if parser.language is None:
        yield from (Parsed(sentence, tuple(_guessed(_plain(sentence.text)))) for sentence in sentences)
        return
    squeezed = ((_squeezed(sentence.text), sentence) for sentence in sentences)
    pairs = ((words, (places, sentence)) for (words, places), sentence in squeezed)
    for doc, (places, sentence) in parser.language.pipe(pairs, as_tuples=True, batch_size=_BATCH):
        yield _from_doc(doc, places, sentence)


def _from_doc(doc: "Doc", places: list[int], sentence: Sentence) -> Parsed:
    def span(start: int, end: int) -> tuple[int, int]:
        return places[start], places[end - 1] + 1

    tokens = tuple(
        WordToken(*span(word.idx, word.idx + len(word)), word.text, _tag(word), word.dep_, word.head.i) for word in doc
    )
    return Parsed(sentence, tokens, tuple((*span(name.start_char, name.end_char), name.label_) for name in doc.ents))


def _tag(word: "Token") -> str:
    """Return the class of a word; "hosts" in the headline "IOM hosts workshop" is a verb."""
    is_noun = word.tag_ == "NNS" and word.lower_ in _HEADLINES and word.dep_ == "compound"
    return "VBZ" if is_noun and word.i > 0 else word.tag_


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


def _guessed(text: str) -> Iterator[WordToken]:
    before = ""
    for match in _WORD.finditer(text):
        tag = _class_of(match[0])
        if tag in ("NN", "NNS", "JJ") and before in ("MD", "to"):
            tag = "VB"  # "will fund", "to host"
        yield WordToken(*match.span(), match[0], tag)
        before = before if tag == "RB" else match[0].lower() if match[0].lower() == "to" else tag


@cache
def _closed() -> dict[str, str]:
    return {word: tag for tag, words in _CLOSED.items() for word in words.split()}


def _class_of(word: str) -> str:
    lower = word.lower()
    if lower in _closed():
        return _closed()[lower]
    if lower in ("'s", "’s"):
        return "POS"
    if not word[0].isalnum():
        return "HYPH" if word in "-–/" else word
    if word[0].isdigit():
        return "CD"
    if word[0].isupper():
        return "NNP"
    return _class_by_ending(lower)


def _class_by_ending(word: str) -> str:
    if word.endswith("ing"):
        return "VBG"
    if word.endswith("ed") or is_irregular(word):
        return "VBD"
    if word.endswith("ly"):
        return "RB"
    if word.endswith(("al", "ive", "ous", "ful", "ic", "ary")):
        return "JJ"
    return "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"
