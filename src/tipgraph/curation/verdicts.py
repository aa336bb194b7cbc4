"""The verdicts about each kind of case, by the letter that a person types in a review (not q or z)."""

from collections.abc import Mapping
from typing import Final

IDENTITY: Final[Mapping[str, str]] = {
    "s": "same", "d": "different", "u": "unsure", "f": "successor", "b": "predecessor",
}  # fmt: skip
CONFLICT: Final[Mapping[str, str]] = {
    "1": "first-right", "2": "second-right", "b": "both-stand", "c": "cannot-tell", "n": "no-conflict",
}  # fmt: skip
PERSONAL: Final[Mapping[str, str]] = {"i": "institution", "p": "public-function", "n": "not-personal"}
