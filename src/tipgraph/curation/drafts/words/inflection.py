"""The forms of English verbs, so that a table of frames has one word for all of them."""

from functools import lru_cache

from tipgraph.curation.drafts.words.lexicon import IRREGULAR, LISTS


@lru_cache(maxsize=1024)
def forms(verb: str) -> frozenset[str]:
    """Return the forms of a verb, with the rest of a phrase behind it.

    >>> sorted(forms("carry out")), "funded" in forms("fund"), "held" in forms("hold")
    (['carried out', 'carries out', 'carry out', 'carrying out'], True, True)
    """
    word, space, rest = verb.partition(" ")
    return frozenset(f"{form}{space}{rest}" for form in (word, *(IRREGULAR.get(word) or _regular(word))))


def is_participle(word: str) -> bool:
    """Tell whether a form may be a past participle, as in "was held" or "funded by".

    >>> is_participle("held"), is_participle("funded"), is_participle("gave")
    (True, True, False)
    """
    return word in LISTS["participles"] or word.endswith("ed")


def _regular(word: str) -> list[str]:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return [f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"]
    third = f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
    if word.endswith("e"):
        return [third, f"{word}d", f"{word[:-1]}ing"]
    stem = word + word[-1] if word in LISTS["doubling verbs"] else word
    return [third, f"{stem}ed", f"{stem}ing"]
