"""Names of persons in a text, who are never an actor of a draft: a name that may be a person's is taken for one.

A name is suspected if a parser takes it for a person's, or if a word of address, an office or a verb of saying is
beside it. Elsewhere in the text, a part of it is suspected too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tipgraph.curation.drafts.rules.mentions.body_names import explained_names, kind_of_name
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, head_of, is_acronym
from tipgraph.curation.drafts.words.lexicon import BODIES, GROUPS, LISTS, NEVER, POSTS
from tipgraph.sources import names_of_persons, person_names

_CAPITAL: Final = r"[A-ZÀ-Þ][\w’'-]*\.?"
_NAME: Final = rf"(?:{_CAPITAL}\s+(?:(?:al|bin|da|de|del|den|der|di|dos|el|la|le|van|von)\s+){{0,2}}){{0,4}}{_CAPITAL}"
_SAID: Final = "|".join(sorted(LISTS["said"]))
_BESIDE: Final = re.compile(
    rf"(?<![\w’'-])(?<![Tt]he )(?!The\s)({_NAME}),?\s+(?:(?:has|had|also|then|further)\s+)?(?:{_SAID})\b"
    rf"|\b(?:{_SAID})\s+({_NAME})|(?:{POSTS.pattern})\b[^,.;:]{{0,80}},\s+({_NAME})(?=\s*[,.;:)]|\s+[a-z]|$)"
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_KNOWN: Final = person_names.NameWords(("boys girls slaves",))
_JOINT: Final = re.compile(r"\s+(?:of|for|from|at|in|to|and)\s+")
_FIRST: Final = re.compile(r"\s+(of|from|in|at|with|who|that|by|among|for|against)\s+", re.IGNORECASE)
_FOR: Final = frozenset({"for", "against", "and"})


class Persons:
    """The suspected names of a text, from its sentences and from a parser's names of persons.

    `bodies` are names that may look like those of persons, but of which the text says that they are bodies.

    >>> persons = Persons(["Ambassador Ana Roth spoke.", "Soto said so."])
    >>> [persons.may_have(name) for name in ("Roth", "Soto", "Ana Roth Foundation", "Luis Vega", "Lantern Fund", "IOM")]
    [True, True, False, True, False, False]
    """

    def __init__(self, sentences: Iterable[str], by_parser: Iterable[str] = ()) -> None:
        texts = tuple(sentences)
        self.bodies: Final = frozenset(name for text in texts for name in explained_names(text))
        told = (name for name in by_parser if not _has_head(name) and name not in self.bodies)
        beside = (name for text in texts for name in _suspected(text) if not _has_body(name))
        self._names = frozenset(filter(None, map(_words, (*told, *beside))))
        self._parts = frozenset(part for name in self._names for part in _parts(name))

    def have(self, name: str) -> bool:
        """Tell whether a name is a suspected one or a part of one."""
        return _words(name) in self._parts

    def may_have(self, name: str) -> bool:
        """Tell whether a name may be that of a person, a part of one, or hold one, save as that of a body."""
        first = _JOINT.split(name)[0]
        if self.have(name) or (first != name and person_names.is_name(first, _KNOWN)):
            return True
        if is_acronym(name) or head_of(name) in BODIES:
            return False
        holds = any(part in self._names for part in _parts(_words(name)) if len(part) > 1)
        return holds or person_names.is_name(name, _KNOWN)

    def may_be_actor(self, name: str) -> bool:
        """Tell whether a name can be that of a body: it has a word for one or is an acronym, and is no person's."""
        return (is_acronym(name) or _has_body(name)) and not self.may_have(name)


def are_people(name: str) -> bool:
    """Tell whether words mean victims or other people, and no body that has a word for them in its name.

    >>> [are_people(words) for words in ("Rescued women", "Victims of Trafficking", "two girls", "groups of women")]
    [True, True, True, True]
    >>> [are_people(words) for words in ("UN Women", "Save the Children", "Women for Hope", "Survivors Alliance")]
    [False, False, False, False]
    """
    first, link, rest = (*_FIRST.split(name, maxsplit=1), "", "")[:3]
    words = first.split()
    if not words or any(word in NEVER for word in words) or _begins_with_people(words):
        return True
    last, before = words[-1].lower(), words[-2].lower() if len(words) > 1 else ""
    if last in LISTS["loose groups"]:
        return not NEVER.isdisjoint(name.lower().split())
    if last in ("worker", "workers"):
        return before not in LISTS["helpers"]
    is_linked = link.lower() in _FOR and rest[:1].isupper()  # "Women for Hope"
    return last in NEVER and not (is_acronym(words[0]) or "the" in words or is_linked)


def _begins_with_people(words: Sequence[str]) -> bool:
    """Tell whether a name goes on in small letters after a word for people: "Women rescued in Lima"."""
    after = words[1] if len(words) > 1 else ""
    return words[0].lower() in NEVER and after.islower() and after not in _FOR


def _suspected(text: str) -> Iterator[str]:
    yield from names_of_persons(text, _KNOWN)
    yield from (next(filter(None, match.groups())) for match in _BESIDE.finditer(text))


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case, without acronyms beside others; an acronym alone has none."""
    found = _WORD.findall(re.sub(r"[’']s\b", "", name))
    if all(word.isupper() for word in found):
        return () if len(found) == 1 else tuple(word.lower() for word in found)
    return tuple(word.lower() for word in found if not word.isupper() or len(word) == 1)


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield all runs of words in a name."""
    yield from (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))


def _has_head(name: str) -> bool:
    """Tell whether a name has a head word for a body: "Lantern Institute", but not "Ana Young"."""
    meant = kind_of_name(name)
    return (meant is not None and meant[0] == ACTORS) or any(word in BODIES or word in GROUPS for word in _words(name))


def _has_body(name: str) -> bool:
    """Tell whether a name has any word that names of bodies have: "Lantern Watch"."""
    capitals = (word.lower() for word in _WORD.findall(name) if word[0].isupper())
    return _has_head(name) or any(word in person_names.BODY_WORDS for word in capitals)
