"""A claim said in a sentence, from the template that its class has in the ontology.

A template holds `{columns}` and `[optional parts]`; an optional part is left out when one of its columns has no value.
"""

import re
from collections.abc import Mapping, Sequence

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"\{(\w+)\}")
_AND = {"en": " and ", "es": " y "}


def say(template: str, values: Mapping[str, Sequence[str]], language: str = "en") -> str:
    """Return the sentence of a claim; `values` holds the words of each column, in order.

    A column that is needed and has no value is said as an ellipsis.

    >>> say("{giver} gives[ {amount}] to {receiver}", {"giver": ["USAID", "Mexico"], "receiver": ["CIM"]})
    'USAID and Mexico gives to CIM'
    """

    def fill(part: str) -> str:
        return _FIELD.sub(lambda match: _listed(values.get(match[1], ()), language) or "…", part)

    def optional(match: re.Match[str]) -> str:
        return fill(match[1]) if all(values.get(name) for name in _FIELD.findall(match[1])) else ""

    # Values are filled in after the brackets are gone, so that a bracket inside a value stays what it is.
    parts, end = [], 0
    for match in _OPTIONAL.finditer(template):
        parts += [fill(template[end : match.start()]), optional(match)]
        end = match.end()
    return "".join([*parts, fill(template[end:])])


def fields(template: str) -> list[str]:
    """Return the columns that a template names, in order.

    >>> fields("{giver} gives[ {amount}]")
    ['giver', 'amount']
    """
    return _FIELD.findall(template)


def needed(template: str) -> list[str]:
    """Return the columns that a template names outside its optional parts, in order.

    >>> needed("{giver} gives[ {amount}]")
    ['giver']
    """
    return fields(_OPTIONAL.sub("", template))


def _listed(words: Sequence[str], language: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + _AND.get(language, ", ") + words[-1]
