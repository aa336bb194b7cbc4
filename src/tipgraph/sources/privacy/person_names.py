"""Possible names of persons in a text, by the form of names and a list: a rule flags, and a person answers.

Letters do not tell whether "Rosa Blanca" is a woman or a shelter. A name is suspected (`probable_names`) if

- a given name of `name-words.txt` is among capitalised words, or alone: "Oksana Kovalenko", "Maria, 16, was …";
- two to six of them are neither ordinary words nor known: "Wanjiku wa Kamau", "A. Kovalenko";

- a word of address precedes capitalised words: "Ms. Ana Pérez", "la Dra. Pérez";
- an office precedes two to four of them: "Minister Ana Pérez";
- a label of an actor has two to four of them, not only ordinary words: "Ana Pérez", "PÉREZ, Ana", "J. M. Pérez";

and, except after a word of address, none of the words is known for an organization, an office, a place, its people, or
from labels. The rule misses names in scripts without capitals, one or two words in small letters, and family names
alone.

Decisions: docs/decisions/0221-our-own-scores-propose-identity.md,
docs/decisions/0091-our-own-rules-find-personal-data.md.
"""

import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from tipgraph.model import folded

NAME: Final = "name"
TextKind: TypeAlias = Literal["place", "label", "prose", "draft"]

_LIST = Path(__file__).with_name("name-words.txt")
_ENDINGS = re.compile(r"(?:n|s|i|ns|[ei]?an[aos]?|ians?|ese|ish|ist|e[nñ][aos]|ense|in[aos]|vian)")
_STEM = 5
_MOST = 4  # words of a name
_MOST_IN_TEXT = 6
_LONGEST_RUN = 2 * _MOST + 1  # with particles, and one word too many
_JOINING = frozenset(("&", "a", "of", "the"))  # in the name of a body, beside particles
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’-][^\W\d_]+)*\.?|[^\w\s]|\w+")
_JOINED = re.compile(r"[^\W\d_]{1,3}['’-]([^\W\d_])[^\W\d_]")
_OPENING = frozenset('("“«-–—|')
_WHERE = ("at", "from", "in", "near", "through", "to", "via")
_PERSONAL_VERBS = ("had", "has", "is", "said", "says", "told", "was", "who")
_ACRONYM = re.compile(r"[^\W\d_a-z]{2,4}|[A-Z]{2,}s")
_POSSESSIVE = re.compile(r"(?:['’][sS]|\.)$")
_NO_ARTICLE = re.compile(r"(?!(?:an?|the|una?|l[ae])\b)[a-z]+")  # "Suparno, paralegal of …"; but "Sanlaap, an NGO"
_STOPS = frozenset(".!?:;•*")
_ENDS = frozenset(",;:()/")  # marks after a name with which a line begins
# Ends of long ordinary words, in titles, and of peoples.
_TITLED = re.compile(r".{3,}ians|.{3,}icans|.{6,}(?:ciones|idad|[ai]ve|ities|ity|mente?s?|ness|ing|tions?|works)")
_SMALL_WORD = re.compile(r"(?<![\w’'-])[a-zß-öø-ÿ]{3,}(?![\w’'-])|\S+")
_LEAST_SMALL = 3  # words; two of them may be rare words of a language
_AGED = re.compile(r",(?:(?:aged?)?\d\d?(?:,|years?)|aged?\d|who)|\(\d\d?[),]")
_GIVEN_NAME, _ALSO, _KNOWN, _OTHER, _INITIAL, _BODY = "given", "also", "known", "other", "initial", "body"
_CUES = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(_LIST.with_name("cue-words.toml").read_text("utf-8")).items()
}
_NAMES_TOO, _PARTICLES = _CUES["given_places"], _CUES["particles"]
_ADDRESSED, _OFFICED = _CUES["addresses"], _CUES["offices"]
_SHORTENED = _ADDRESSED | {"st", "ste"}
# Words of bodies, and ordinary ones, that are names beside another name.
_PERSONAL = _NAMES_TOO | {"christian", "cruz", "camara", "hope", "mercy", "park", "peace", "young"}
BODY_WORDS: Final = _CUES["bodies"]
"""Words in the names of organizations."""
_FOLDED_BODIES = frozenset(folded(" ".join(BODY_WORDS | _CUES["things"])).split())
_BESIDE = _ADDRESSED | _OFFICED | {"doña"}
_WORDS = BODY_WORDS | _OFFICED | _CUES["peoples"] | _CUES["times_and_sides"]


class Token(NamedTuple):
    """A word or a mark of a text with its place."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The word for comparison."""
        return folded(self.text)

    @property
    def is_capitalised(self) -> bool:
        """Tell whether it begins with a capital, as initials and parts of names do."""
        joined = _JOINED.match(self.text)  # al-Masri, d'Souza; but not e-mail, non-EU
        return self.text[0].isupper() or (joined is not None and joined[1].isupper() and not joined[0].isupper())

    @property
    def ends_sentence(self) -> bool:
        """Tell whether a sentence may end with it; not with an initial."""
        return self.text in _STOPS or (self.text.endswith(".") and len(self.word) > 1 and self.word not in _SHORTENED)


class NameWords:
    """Known words that are no names of persons, and `names`: known names of several words, or of one."""

    def __init__(self, labels: Iterable[str] = (), places: Iterable[str] = (), names: Iterable[str] = ()) -> None:
        self._words = {word for text in (*_WORDS, *labels) for word in folded(text).split()}
        named = {word for name in places for word in folded(name).split()} - _NAMES_TOO
        self._words = (self._words | named) - _NAMES_TOO
        self.kind = cache(partial(_kind, known=self))  # what a word is in a name of a person
        self._names = {tuple(folded(name).split()) for name in names} - {()}
        self._lengths: dict[str, set[int]] = {}  # of names, by their first word
        for name_words in self._names:
            self._lengths.setdefault(name_words[0], set()).add(len(name_words))
        self._stems = {word.rstrip("aeiou") for word in named if len(word.rstrip("aeiou")) >= _STEM}
        self._stems |= {word for word in named if len(word) >= _STEM}

    def __contains__(self, word: object) -> bool:
        """Tell whether a word or a part of it ("Anti-Trafficking") is known, in any spelling."""
        parts = folded(str(word)).split()
        return any(part in self._words or self._is_people(part) for part in parts)

    def named(self, tokens: Sequence[Token]) -> set[int]:
        """Return the positions of tokens in known names."""
        places = [(word, at) for at, token in enumerate(tokens) for word in token.word.split()]
        words = tuple(word for word, _ in places)
        found: set[int] = set()
        for first, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                if words[first : first + length] in self._names:
                    found.update(at for _, at in places[first : first + length])
        return found

    def _is_people(self, word: str) -> bool:
        return any(word[:cut] in self._stems and _ENDINGS.fullmatch(word[cut:]) for cut in range(_STEM, len(word)))


def names_of_persons(text: str, known: Container[str]) -> list[str]:
    """Return possible names of persons in a text after a word of address or an office.

    >>> names_of_persons("opened by Ms. Ana Pérez and Minister Luis Soto", NameWords())
    ['Ana Pérez', 'Luis Soto']
    """
    if _BESIDE.isdisjoint(re.findall(r"[^\W\d_]+", text.casefold())):
        return []
    tokens = [Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    return list(dict.fromkeys(text[run[0].start : run[-1].end].rstrip(".") for run in _runs(tokens, known)))


@cache
def _listed() -> tuple[frozenset[str], ...]:
    """Return the given names, those that are ordinary words too, and other ordinary words."""
    parts = _LIST.read_text("utf-8").split("\n\n")
    return tuple(frozenset(part.split()) for part in parts)


def probable_names(text: str, known: NameWords, kind: TextKind = "prose") -> list[str]:
    """Return the probable names of persons in a text, also those without a word beside them.

    In `prose` a capitalised word that no list has may be a name, but not in a `label`, which may be written as a title;
    in the label of a `place`, only words with a given name. In a `draft`, which may rather lose a text than name
    somebody, it is one wherever it stands.

    >>> probable_names("It helped Maria Gomez, and Oksana, 16, to leave the Rosa Blanca shelter.", NameWords())
    ['Maria Gomez', 'Oksana']
    """
    small = _small_names(text, known) if kind in ("prose", "draft") else []
    if text == text.lower():
        return small
    tokens = [Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    runs = [*_runs(tokens, known), *_capitalised_runs(tokens, known, kind)]
    return list(dict.fromkeys([*(_POSSESSIVE.sub("", text[run[0].start : run[-1].end]) for run in runs), *small]))


def has_given_name(name: str) -> bool:
    """Tell whether a word of a name is a given name, perhaps an ordinary word too."""
    return any(word in part for word in folded(name).split() for part in _listed()[:2])


def telling_words(name: str, known: NameWords) -> set[str]:
    """Return the words of a name, as `folded` has them, that are neither ordinary nor known.

    >>> sorted(telling_words("Grace Kovalenko of Lima", NameWords(places=["Lima"])))
    ['grace', 'kovalenko']
    """
    words = [Token(word.title(), 0, 0) for word in re.findall(r"[^\W\d_]{2,}", name)]
    telling = [word for word in words if known.kind(word.text) in (_GIVEN_NAME, _ALSO, _OTHER)]
    return {word.word for word in telling} - _PARTICLES


def _small_names(text: str, known: NameWords) -> list[str]:
    """Return the runs of three or more words in small letters that no list has: names that were written so."""
    found: list[list[str]] = [[]]
    for word in _SMALL_WORD.findall(text):
        is_rare = folded(word) not in _ordinary() and word not in known and not _TITLED.fullmatch(word)
        is_name = word.isalpha() and word.islower() and is_rare
        found += [] if is_name else [[]]
        found[-1] += [word] if is_name else []
    return [" ".join(run) for run in found if len(run) >= _LEAST_SMALL and " ".join(run) in text]


@cache
def _ordinary() -> frozenset[str]:
    return frozenset().union(*_listed()[1:])


def is_body_name(name: str) -> bool:
    """Tell whether a name is written as that of a body: capitals, a word for one, and no mark or preposition.

    >>> [is_body_name(name) for name in ("Fundación Ana Pérez", "Smith & Rivera Trust", "Fund, after Ana Pérez")]
    [True, True, False]
    """
    tokens = [Token(match[0], *match.span()) for match in _TOKEN.finditer(name)]
    words = {*folded(name.partition(" of ")[0]).split()} - _PERSONAL - _JOINING
    return not words.isdisjoint(_FOLDED_BODIES) and all(
        token.is_capitalised or token.text in _PARTICLES | _JOINING for token in tokens
    )


def _capitalised_runs(tokens: Sequence[Token], known: NameWords, text_kind: TextKind) -> Iterator[Sequence[Token]]:
    """Yield the runs of capitalised words that are probably names."""
    named, start = _named(tokens, known), 0
    kinds = ["" if at in named else known.kind(token.text) for at, token in enumerate(tokens)]
    while start < len(tokens):
        end = start
        while end < len(tokens) and (kinds[end] or (start < end and tokens[end].text in _PARTICLES)):
            end += 1
            if tokens[end - 1].ends_sentence:
                break
        if kinds[start] and (text_kind == "draft" or _BODY not in kinds[start:end]):
            yield from _probable(tokens, kinds, start, end, text_kind)
        start = max(end, start + 1)


def _named(tokens: Sequence[Token], known: NameWords) -> set[int]:
    """Return the positions of known names, without a place that is a given name before another name: Kenia López."""
    named = known.named(tokens)
    for at in sorted(named):
        is_given = any(tokens[at].word in part for part in _listed()[:2])
        if is_given and named.isdisjoint((at - 1, at + 1)) and at + 1 < len(tokens):
            named -= {at} if known.kind(tokens[at + 1].text) in (_GIVEN_NAME, _OTHER) else set()
    return named


def _probable(
    tokens: Sequence[Token], kinds: Sequence[str], start: int, end: int, text_kind: TextKind
) -> Iterator[Sequence[Token]]:
    """Yield a run of capitalised words if it is probably a name, with a family name and a comma before it."""
    while tokens[end - 1].text in _PARTICLES:
        end -= 1
    run = _CapitalisedRun(tokens, kinds, start, end, text_kind)
    if run.is_name():
        is_turned = run.before == "," and start > 1 and bool(kinds[start - 2]) and (start == 2 or not kinds[start - 3])
        yield tokens[start - 2 * is_turned : end]


class _CapitalisedRun(NamedTuple):
    """A run of capitalised words in a text, with the kinds of all words of the text."""

    tokens: Sequence[Token]
    kinds: Sequence[str]
    start: int
    end: int
    text_kind: TextKind

    @property
    def before(self) -> str:
        return self.tokens[self.start - 1].text if self.start else ""

    @property
    def after(self) -> str:
        return self.tokens[self.end].text if self.end < len(self.tokens) else ""

    def is_name(self) -> bool:
        """Tell whether it is probably a name."""
        own = [kind for kind in self.kinds[self.start : self.end] if kind not in ("", _INITIAL)]
        if _BODY in own:
            return _GIVEN_NAME in own and len(own) > own.count(_BODY) + 1
        if len(own) == 1 and own != [_GIVEN_NAME]:
            return self._is_one_name(own[0])
        return bool(own) and self._are_names(own)

    def _is_one_name(self, kind: str) -> bool:
        """Tell whether one word, perhaps with initials, is a name: by an age, an initial, or its place."""
        has_initial = self.end - self.start > 1 and (self.kinds[self.start] == _INITIAL or kind == _OTHER)
        if self._is_aged() or has_initial:
            return True
        is_thing = self._is_thing() and self.text_kind != "draft"
        return kind != _KNOWN and not is_thing and self._is_alone(kind)

    def _are_names(self, own: list[str]) -> bool:
        """Tell whether words, or a given name, are a name: by the lists that have them."""
        first = self.tokens[self.start].text
        is_acronym = self.end - self.start == 1 and first.isupper() and len(first) <= _MOST
        if is_acronym and not self._is_aged():
            return False
        is_rare = _GIVEN_NAME in own or (_OTHER in own and len(own) <= _MOST_IN_TEXT and self.text_kind != "place")
        is_rare = is_rare or (self.text_kind == "prose" and own in ([_ALSO, _ALSO], [_ALSO, _KNOWN]))  # Grace Hope
        return self.text_kind == "draft" or (is_rare and not self._is_thing())

    def _is_thing(self) -> bool:
        """Tell whether a word beside it says that it is no person."""
        if self.after.rstrip(".") in _CUES["kinds_after"] or self.before in _CUES["kinds_before"]:
            return True
        return not _CUES["places_before"].isdisjoint((folded(self.before), self.tokens[self.start].word.split()[0]))

    def _is_aged(self) -> bool:
        return bool(_AGED.match("".join(token.text for token in self.tokens[self.end : self.end + 4])))

    def _is_alone(self, kind: str) -> bool:
        """Tell whether a word that no list has may be a name by its place: within a sentence, and not in a title."""
        at, is_draft = self.start, self.text_kind == "draft"
        if self.end - at > 1 or self.text_kind in ("label", "place") or self.tokens[at].text.isupper():
            return False
        if _begins(self.tokens, at):
            is_line = is_draft and (self.after.islower() or self.after in _ENDS)
            return kind == _OTHER and (is_line or self._is_told())
        if self.before[0].isupper():
            return is_draft or (_begins(self.tokens, at - 1) and self.after.islower())
        return is_draft or kind == _ALSO or self.before not in _WHERE

    def _is_told(self) -> bool:
        """Tell whether the words after it are those after a person: a verb, an office or a possession."""
        next_words = self.tokens[self.end + 1 : self.end + 2] if self.after == "," else ()
        has_office = any(_NO_ARTICLE.fullmatch(token.text) for token in next_words)
        has_thing = self.tokens[self.start].text[-2:] in ("'s", "’s") and self.after.islower()
        return self.after in _PERSONAL_VERBS or has_office or has_thing


def _begins(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].ends_sentence or tokens[at - 1].text in _OPENING


def _kind(text: str, known: NameWords) -> str:
    """Return what a capitalised word is in a name, by the lists of its parts; nothing for one that is in none."""
    token, plain, (given, also, ordinary) = Token(text, 0, 0), _POSSESSIVE.sub("", text), _listed()
    words = folded(re.sub("['’]", "", plain)).split()
    if not token.is_capitalised or not words:
        return ""
    words = [word for word in words if word not in _PARTICLES] or words
    if (len(words) == 1 and len(words[0]) == 1) or "." in plain:
        return _INITIAL if len(words) == 1 and (text != plain or text not in "AEIOVXY") else ""
    if _ACRONYM.fullmatch(plain) and not given.issuperset(words):
        return ""
    if any(word in _FOLDED_BODIES and word not in _PERSONAL for word in words):
        return _BODY
    if token.word in _BESIDE:
        return ""
    if not given.isdisjoint(words):
        return _GIVEN_NAME
    if not also.isdisjoint(words):
        return _KNOWN if token.word in known else _ALSO
    is_ordinary = not ordinary.isdisjoint(words) or bool(_TITLED.fullmatch(words[-1]))
    return "" if is_ordinary or " ".join(words) in known else _OTHER


def is_name(label: str, known: Container[str]) -> bool:
    """Tell whether a whole label may be the name of a person.

    >>> [is_name(label, NameWords()) for label in ("Ana Pérez", "PÉREZ, Ana", "Pérez Foundation", "Blue Heart", "IOM")]
    [True, True, False, False, False]
    """
    tokens = [Token(match[0], *match.span()) for match in _TOKEN.finditer(label)]
    words = [token for token in tokens if token.text != ","]
    if _listed()[2].issuperset(token.word for token in words):  # ordinary words, which are no family names
        return False
    return len(tokens) - len(words) <= 1 and len(_run(words, 0)) == len(words) and _may_be_name(words, known)


def _runs(tokens: list[Token], known: Container[str]) -> Iterator[list[Token]]:
    """Yield the words of a possible name after each word of address and each office."""
    for at, token in enumerate(tokens):
        if not token.is_capitalised:
            continue
        if token.word in _ADDRESSED:
            run = _run(tokens, at + 1 + any(token.text in _PARTICLES for token in tokens[at + 1 : at + 2]))
            words = (token.word for token in run if token.text not in _PARTICLES)
            is_name = any(len(word) > 1 and word not in known for word in words)
        elif token.word in _OFFICED:
            run = _run(tokens, at + 1)
            is_name = _may_be_name(run, known)
        else:
            continue
        if is_name:
            yield run


def _run(tokens: list[Token], at: int) -> list[Token]:
    """Return the capitalised words from a position on, with the particles between them."""
    end = at
    for number in range(at, min(at + _LONGEST_RUN, len(tokens))):
        token = tokens[number]
        if token.is_capitalised:
            end = number + 1
            if token.text.endswith(".") and len(token.word) > 1:  # a sentence ends
                break
        elif token.text not in _PARTICLES or number == at:
            break
    return tokens[at:end]


def _may_be_name(run: list[Token], known: Container[str]) -> bool:
    """Tell whether two to four words have the form of a name: unknown words, with the capitals of names."""
    words = [token for token in run if token.text not in _PARTICLES]
    full = [token.text for token in words if len(token.word) > 1]
    has_acronym = any(text.isupper() and len(text) <= _MOST for text in full) and not all(map(str.isupper, full))
    return bool(full) and 2 <= len(words) <= _MOST and not has_acronym and not any(text in known for text in full)
