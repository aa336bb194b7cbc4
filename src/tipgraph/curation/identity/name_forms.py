"""The forms of a name as files of payments print it: without its account or acronym, as a trade name.

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
_SHORT_FIRST = re.compile(r"(?P<short>\S+?)(?:\s+[-–—]\s+|/|:\s+)(?P<long>\S+\s.+)")
_SHORT_LAST = re.compile(r"(?P<long>\S+\s.*?\S)(?:\s+[-–—]\s+|/|\s+)(?P<short>\S+)")
_UNITED_NATIONS = re.compile(r"(?P<long>United Nations .*?\S)\s*\((?P<short>UN[- ][^()]+)\)", re.IGNORECASE)
_GROUP = re.compile(r"(?P<long>\S+\s.*?\S)\s+group", re.IGNORECASE)
_SHORTEST = 3  # letters of an acronym beside its name


def forms(name: str) -> Iterator[tuple[str, str]]:
    """Yield each form of a name, and the acronym beside it or an empty string.

    >>> list(forms("Harbour House (USD)")), list(forms("HHL - Harbour House of Lima"))
    ([('Harbour House', '')], [('Harbour House of Lima', 'HHL')])
    >>> [form for form, _ in forms("Clara Films Ltd T/A Blue Lantern")]
    ['Clara Films Ltd', 'Blue Lantern']
    """
    for trade_name in _TRADES_AS.split(name):
        long, short = _beside(_ACCOUNT.sub("", trade_name).strip() or trade_name)
        yield long, short
        if found := _UNITED_NATIONS.fullmatch(long):
            yield from ((found["long"], ""), (found["short"], ""))
        if found := _GROUP.fullmatch(long):
            yield found["long"], ""


def _beside(name: str) -> tuple[str, str]:
    """Return a name, and its acronym in brackets, or before or behind it."""
    long, short = parted(name)
    for way in () if short else (_SHORT_FIRST, _SHORT_LAST):
        found = way.fullmatch(name)
        if found and is_acronym(found["short"]) and _abbreviates(found["short"], found["long"]):
            return found["long"], found["short"]
    return long, short


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether an acronym is short for a name: its letters are in the name in order, beginning with the first.

    In a name of capitals each word looks like an acronym, so that only the first letters of its words count.
    """
    letters, words = acronym(short), folded(long).split()
    if len(letters) < _SHORTEST or not words or letters[0] != words[0][0]:
        return False
    within = iter("".join(word[0] for word in words) if long.isupper() else "".join(words))
    return all(letter in within for letter in letters)
