"""One spelling for names that differ only in accents, case, punctuation, legal forms and the order of their parts.

Decision: docs/decisions/0221-our-own-scores-propose-identity.md.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

# Small words and legal forms, as `folded` gives them; not `un`, which is mostly the United Nations.
_SMALL_WORDS = """
a an and at by for from in of on or the to with al con de del e el en la las lo los para por una y au aux d des du et
l le les sur da das do dos no na os dem den der die ein eine fur im mit und von vom zum zur di dei della delle il per
het och til van voor
"""
_LEGAL_FORMS = """
ab ac ag aisbl aps asbl bv co corp corporation ev ggmbh gmbh inc incorporated kft limited llc llp ltd ltda mbh ngo nv
ong oy oyj plc pte pty pvt sa sarl sas sl spa srl sro vzw
"""
_SMALL, _LEGAL = frozenset(_SMALL_WORDS.split()), frozenset(_LEGAL_FORMS.split())
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_BRACKET = re.compile(r"^(?P<long>.*\S)\s*[(（[](?P<short>[^()（）\[\]]+)[)）\]]\s*$")
_TURNED = re.compile(r"([^,(]+?)(?:, | \()([^,()]*\b(?:of the|of|de la|del|de|du|da|do))\)?", re.IGNORECASE)
_NUMERAL = re.compile(r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})")


class Spelling(NamedTuple):
    """A name for comparison: its significant words in order, the same as one string, and the numbers among them."""

    words: tuple[str, ...]
    joined: str
    numbers: frozenset[str] = frozenset()


def unaccented(text: str) -> str:
    """Return a text in lower case without accents.

    >>> unaccented("Côte d'Ivoire"), unaccented("İzmir")
    ("cote d'ivoire", 'izmir')
    """
    small = normalize("NFKD", normalize("NFKD", text).casefold())  # some capitals fold only after decomposition
    for mark in filter(combining, set(small)):
        small = small.replace(mark, "")
    return small


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return a text without accents, case and punctuation, with one space between words.

    >>> folded("Médecins Sans Frontières – U.S.A."), folded("Women's Office, e.V.")
    ('medecins sans frontieres usa', 'women office ev')
    """
    plain = unaccented(text).translate(_LETTERS)
    plain = re.sub(r"\b(?:\w\.){2,}", lambda match: match[0].replace(".", "") + " ", plain)
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", plain)))


def spelling(name: str) -> Spelling:
    """Return the spelling of a name: in its spoken order, without small words and final legal forms.

    >>> spelling("Korea, Republic of").words, spelling("The Lantern Fund, Inc.").words
    (('republic', 'korea'), ('lantern', 'fund'))
    >>> spelling("Counter-Trafficking").joined == spelling("Countertrafficking").joined
    True
    """
    every = folded(turned(name)).split()
    while len(every) > 1 and every[-1] in _LEGAL:
        every.pop()
    words = tuple(word for word in every if word not in _SMALL) or tuple(every)
    return Spelling(words, "".join(words), numbers(words))


def turned(name: str) -> str:
    """Return an inverted name in its spoken order.

    >>> turned("Bolivia (Plurinational State of)"), turned("Congo, Republic of the"), turned("Caritas, Lima")
    ('Plurinational State of Bolivia', 'Republic of the Congo', 'Caritas, Lima')
    """
    inverted = _TURNED.fullmatch(name.strip())
    return f"{inverted[2]} {inverted[1]}" if inverted else name


def parted(name: str) -> tuple[str, str]:
    """Return a name and the acronym that it has in brackets, or an empty string.

    >>> parted("International Organization for Migration (IOM)"), parted("Casa Clara (Lima)")
    (('International Organization for Migration', 'IOM'), ('Casa Clara (Lima)', ''))
    """
    bracket = _BRACKET.match(name)
    if not bracket:
        return name, ""
    long, short = bracket["long"].strip(), bracket["short"].strip()
    if is_acronym(short):
        return long, short
    return (short, long) if is_acronym(long) and " " in short else (name, "")


def is_acronym(text: str) -> bool:
    """Tell whether a text looks like an acronym: one word, mostly of capitals.

    >>> [is_acronym(text) for text in ("IOM", "G/TIP", "eu-LISA", "U.S.A.", "Lima", "I", "OF THE")]
    [True, True, True, True, False, False, False]
    """
    if re.search(r"\s", text):
        return False
    capitals = sum(mark.isupper() for mark in text)
    letters = sum(mark.isalpha() for mark in text)
    return 2 <= letters <= 10 and capitals * 2 > letters


def acronym(text: str) -> str:
    """Return an acronym for comparison.

    >>> acronym("G/TIP"), acronym("U.S.A.")
    ('gtip', 'usa')
    """
    return folded(text).replace(" ", "")


def initials(words: tuple[str, ...]) -> str:
    """Return the initials of three or more words, else an empty string.

    >>> initials(spelling("Organization of American States").words), initials(("lantern", "fund"))
    ('oas', '')
    """
    return "".join(word[0] for word in words) if len(words) > 2 else ""


def numbers(words: tuple[str, ...]) -> frozenset[str]:
    """Return the numbers among words, Roman ones too: names with other numbers are other names.

    >>> sorted(numbers(("phase", "ii", "2004")))
    ['2004', 'ii']
    """
    return frozenset(word for word in words if any(map(str.isdigit, word)) or _NUMERAL.fullmatch(word))
