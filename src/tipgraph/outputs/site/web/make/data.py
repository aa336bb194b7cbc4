"""Prints the data that Python shares with scripts; `make generate` writes them to `modules/shared/python.json`.

    python src/tipgraph/outputs/site/web/make/data.py

It holds namespaces, the months of seasons in EDTF, and the patterns and limits of the query guard.
"""

import json
import re
import sys

from tipgraph.graph import sparql
from tipgraph.model import PREFIXES, SEASON_MONTHS


def javascript(pattern: re.Pattern[str]) -> str:
    r"""Return a pattern as JavaScript writes it, for the flags `su`.

    >>> javascript(re.compile(r"(?P<name>[\w.]* : \#)", re.VERBOSE))
    '(?<name>[\\p{L}\\p{N}_.]*:#)'
    """
    source = re.sub(r"\s+", "", pattern.pattern) if pattern.flags & re.VERBOSE else pattern.pattern
    source = source.replace("(?P<", "(?<").replace(r"\#", "#").replace(r"\"", '"')
    source = re.sub(r"\[(?:[^\]\\]|\\.)*\]", lambda found: found[0].replace(r"\w", r"\p{L}\p{N}_"), source)
    return source.replace(r"\w", r"[\p{L}\p{N}_]")


DATA = {
    "namespaces": {name: PREFIXES[name] for name in ("id", "tip", "code", "xsd")},
    "seasons": SEASON_MONTHS,
    "guard": {
        "token": javascript(sparql.TOKEN),
        "escape": javascript(sparql.ESCAPE),
        "soundEscape": javascript(sparql.SOUND_ESCAPE),
        "slot": javascript(sparql.SLOT),
        "writes": sorted(sparql.WRITES),
        "longestQuery": sparql.MAX_SIZE,
        "longestTerm": sparql.LONGEST_TERM,
    },
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(DATA, indent=2) + "\n")
