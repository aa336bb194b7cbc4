"""Patterns of the Factbook's English, from the table `patterns.toml`: who is exploited, who exploits, and what happens.

Patterns beside a mark (`place_phrases`) are tables of rules. The first rule whose patterns match decides the role of
the places. A new wording is a word in a list, or a rule.

Decision: docs/decisions/0227-routes-are-read-from-prose-by-patterns.md.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from tipgraph.runtime import read_toml

_TABLE: Final[Mapping[str, Any]] = read_toml(Path(__file__).with_name("patterns.toml"))
_NAMED = re.compile(r"@(\w+)@")
_PARTS = _TABLE["phrases"] | {
    name: f"(?:{'|'.join(' '.join(words.split()).split(', '))})" for name, words in _TABLE["words"].items()
}


class RoleRule(NamedTuple):
    """A rule for the role of places: a pattern for the words before their mark, and one for the words after it."""

    role: str
    before: re.Pattern[str]
    after: re.Pattern[str]


def _filled(text: str) -> str:
    """Return a pattern with the words and the phrases that it names; a line of the table continues the one before."""
    joined = re.sub(r"\n\s*", "", text)
    return _NAMED.sub(lambda name: _filled(_PARTS[name[1]]), joined)


def _compiled(section: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(_filled(text)) for name, text in _TABLE[section].items()}


def _rule(role: str, before: str, after: str) -> RoleRule:
    ends = before if not before or before.startswith("^") else f"(?:{before}) $"
    return RoleRule(role, re.compile(_filled(ends)), re.compile(_filled(after)))


CLAUSE, PLACES = _compiled("patterns"), _compiled("places")
RULES: Final = {of: [_rule(*rule) for rule in rules] for of, rules in _TABLE["rules"].items()}
FORMS: Final = {form: re.compile(rf"\b(?:{_filled(words)})\b") for form, words in _TABLE["forms"].items()}
"""Patterns of the forms of exploitation, by their codes."""
SIDE: Final = _filled(_PARTS["side"])
FIRST_WORDS: Final = frozenset(_PARTS["at_the_beginning"].split())


def role_of(rules: Sequence[RoleRule], before: str, after: str) -> str:
    """Return the role that the first fitting rule gives to places between two parts of a text; "other" without one."""
    return next((rule.role for rule in rules if rule.before.search(before) and rule.after.match(after)), "other")


def forms_of(text: str) -> list[str]:
    """Return the codes of the forms of exploitation that a text names.

    >>> forms_of("are subjected to sex and labor trafficking, or forced to beg")
    ['sexual', 'labour', 'begging']
    """
    return [form for form, words in FORMS.items() if words.search(text)]
