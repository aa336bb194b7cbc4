"""The forms of English verbs, so that a table of frames has one word for all of them."""

from functools import lru_cache
from typing import Final

from tipgraph.curation.drafts.words.lexicon import words_of

_IRREGULAR: Final = {
    "be": "is are was were been being", "begin": "begins began begun beginning", "bring": "brings brought bringing",
    "build": "builds built building", "come": "comes came coming", "draw": "draws drew drawn drawing",
    "find": "finds found finding", "give": "gives gave given giving", "go": "goes went gone going",
    "hold": "holds held holding",
    "lead": "leads led leading", "make": "makes made making", "meet": "meets met meeting", "pay": "pays paid paying",
    "put": "puts putting", "run": "runs ran running",
    "say": "says said saying", "see": "sees saw seen seeing", "send": "sends sent sending",
    "set": "sets setting", "sit": "sits sat sitting", "speak": "speaks spoke spoken speaking",
    "spend": "spends spent spending", "take": "takes took taken taking", "teach": "teaches taught teaching",
    "undertake": "undertakes undertook undertaken undertaking", "write": "writes wrote written writing",
}  # fmt: skip
_PARTICIPLES: Final = words_of(
    """been begun brought built come drawn found given held led made met paid put run seen sent set spoken spent taken
    taught undertaken written"""
)
_DOUBLING: Final = frozenset({"plan", "run", "set", "put", "commit", "submit", "equip", "stop", "refer"})


@lru_cache(maxsize=1024)
def forms(verb: str) -> frozenset[str]:
    """Return the forms of a verb, with the rest of a phrase behind it.

    >>> sorted(forms("carry out")), "funded" in forms("fund"), "held" in forms("hold")
    (['carried out', 'carries out', 'carry out', 'carrying out'], True, True)
    """
    word, space, rest = verb.partition(" ")
    others = _IRREGULAR[word].split() if word in _IRREGULAR else _regular(word)
    return frozenset(f"{form}{space}{rest}" for form in (word, *others))


def is_participle(word: str) -> bool:
    """Tell whether a form may be a past participle, as in "was held" or "funded by".

    >>> is_participle("held"), is_participle("funded"), is_participle("gave")
    (True, True, False)
    """
    return word in _PARTICIPLES or word.endswith("ed")


def _regular(word: str) -> list[str]:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    stem = word + word[-1] if word in _DOUBLING else word
    third = f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    if word.endswith("e"):
        return [third, f"{word}d", f"{word[:-1]}ing"]
    return [third, f"{stem}ed", f"{stem}ing"]


def is_irregular(word: str) -> bool:
    """Tell whether a word is an irregular form of the past.

    >>> is_irregular("held"), is_irregular("holds")
    (True, False)
    """
    return word in _PAST


_PAST: Final = frozenset(form for forms in _IRREGULAR.values() for form in forms.split()[1:] if form[-3:] != "ing")
