"""The forms of a name as files of payments print it: without its account or acronym, in each language, as a trade name.

Decision: docs/decisions/0233-names-are-compared-without-country-and-programme.md.
"""

import re
from collections.abc import Iterator

from tipgraph.model import acronym, folded, is_acronym, parted

# The account or the office of an organization: "British Council (USD)", "UNDP account", "Plan Chile Country Office".
_ACCOUNT = re.compile(
    r"""\s*\((?:USD|GBP|EUR|CHF|JPY|CAD|AUD|ETB|GHS|KES|MWK|NGN|RWF|TZS|UGX|ZAR|ZMW|[KTU]sh|do\ not\ use)\)
    (?:\s*[A-Z]{2}$)?
    |\s+(?:account|HQ|headquarters|head\ office|country\ office)$""",
    re.IGNORECASE | re.VERBOSE,
)
_TRADES_AS = re.compile(r"\s+(?:t/a|trading as|d/b/a|dba|doing business as)\s+", re.IGNORECASE)
_TWO_LANGUAGES = re.compile(r"\s+[/|]\s+")
_SHORT_FIRST = re.compile(r"(?P<short>\S+?)(?:\s+[-–—]\s+|/|:\s+)(?P<long>\S+\s.+)")
_SHORT_LAST = re.compile(r"(?P<long>\S+\s.*?\S)(?:\s+[-–—]\s+|/|\s+)(?P<short>\S+)")
_IN_BRACKETS = re.compile(r"(?P<long>\S+\s.*?\S)\s*\((?P<short>[^\s()]+)\)")
_UNITED_NATIONS = re.compile(r"(?P<long>United Nations .*?\S)\s*\((?P<short>UN[- ][^()]+)\)", re.IGNORECASE)
_GROUP = re.compile(r"(?P<long>\S+\s.*?\S)\s+group", re.IGNORECASE)
_SHORTEST = 3  # letters of an acronym beside its name
_BEGIN = 5  # letters that a word has in two languages, as Canada, Italian and Italiana


def forms(name: str) -> Iterator[tuple[str, str]]:
    """Yield each form of a name, and the acronym beside it or an empty string.

    >>> list(forms("Harbour House (USD)")), list(forms("HHL - Harbour House of Lima"))
    ([('Harbour House', '')], [('Harbour House of Lima', 'HHL')])
    >>> [form for form, _ in forms("Clara Films Ltd T/A Blue Lantern")]
    ['Clara Films Ltd', 'Blue Lantern']
    >>> [form for form, _ in forms("Harbour Fund Canada / Fonds portuaire Canada")]
    ['Harbour Fund Canada / Fonds portuaire Canada', 'Harbour Fund Canada', 'Fonds portuaire Canada']
    """
    for trade_name in _TRADES_AS.split(name):
        plain = _ACCOUNT.sub("", trade_name).strip() or trade_name
        yield from _long_and_short(plain)
        languages = _TWO_LANGUAGES.split(plain)
        if len(languages) == 2 and _are_of_one(*languages):
            yield from map(_beside, languages)


def _long_and_short(name: str) -> Iterator[tuple[str, str]]:
    """Yield a name with its acronym, and its forms without `Group` or with a short name of the United Nations."""
    long, short = _beside(name)
    yield long, short
    if found := _UNITED_NATIONS.fullmatch(long):
        yield from ((found["long"], ""), (found["short"], ""))
    if found := _GROUP.fullmatch(long):
        yield found["long"], ""


def _are_of_one(left: str, right: str) -> bool:
    """Tell whether names beside a slash are likely of one body: they begin otherwise, and share the begin of a word."""
    first, other = folded(left).split(), folded(right).split()
    begins = [{word[:_BEGIN] for word in words if len(word) >= _BEGIN} for words in (first, other)]
    return first[:1] != other[:1] and bool(begins[0] & begins[1])


def _beside(name: str) -> tuple[str, str]:
    """Return a name, and its acronym in brackets, or before or behind it."""
    long, short = parted(name)
    if not short:
        for way in (_IN_BRACKETS, _SHORT_FIRST, _SHORT_LAST):
            found = way.fullmatch(name)
            if found and _abbreviates(found["short"], found["long"], in_brackets=way is _IN_BRACKETS):
                return found["long"], found["short"]
    return long, short


def _abbreviates(short: str, long: str, *, in_brackets: bool) -> bool:
    """Tell whether a text is short for a name: its letters are in the name in order, beginning with the first.

    In brackets it may be a word, such as Sida. In a name of capitals each word looks like an acronym, so that only the
    first letters of its words count.
    """
    letters, words = acronym(short), folded(long).split()
    if len(letters) < _SHORTEST or not words or letters[0] != words[0][0] or not (in_brackets or is_acronym(short)):
        return False
    within = iter("".join(word[0] for word in words) if long.isupper() else "".join(words))
    return all(letter in within for letter in letters)
