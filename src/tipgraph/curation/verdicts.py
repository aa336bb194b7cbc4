"""The verdicts about each kind of case, by the letter that a person types in a review (not q or z)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

IDENTITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "s": "same",
        "d": "different",
        "u": "unsure",
        "f": "successor",
        "b": "predecessor",
    }  # the second followed, or was before
)
CONFLICT: Final[Mapping[str, str]] = MappingProxyType(
    {"1": "first-right", "2": "second-right", "b": "both-stand", "c": "cannot-tell", "n": "no-conflict"}
)
PERSONAL: Final[Mapping[str, str]] = MappingProxyType({"i": "institution", "p": "public-function", "n": "not-personal"})
