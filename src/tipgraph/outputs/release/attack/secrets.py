"""The secrets of a release: words and numbers that it withholds, and nothing of how."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from tipgraph.model import is_acronym
from tipgraph.outputs.release.attack.letters import squashed


class SecretFigure(NamedTuple):
    """A withheld number; beside one of `things` (labels and ids in the release) it is a leak.

    `kinds` are words for what it counts, or its currency: "victims", "persons", "USD".
    """

    value: Decimal
    things: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True)
class Secrets:
    """The secrets that a release must neither show nor confirm.

    - `names` as they are written, and `texts` of claims, notes, titles and spans (from twelve letters)
    - `ids` of rows ("tidings-2020/actors/x") or sources, `days` or months ("2025-06"), `figures`
    - `digests` that the graph had before the release
    - `closed` sources: the release shows no position, digest or old id of their rows
    - `kept`: names and words that stay, and are not searched for
    """

    names: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    figures: tuple[SecretFigure, ...] = ()
    digests: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()

    def looked_for(self, words: Iterable[str]) -> list[str]:
        """Return, sorted, the words that are not `kept`. An acronym is kept only as it is written."""
        return sorted(word for word in words if squashed(word) and _known_as(word) not in self._known)

    def __len__(self) -> int:
        """Return the number of secrets."""
        return sum(map(len, (self.names, self.texts, self.ids, self.days, self.figures, self.digests)))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(map(_known_as, self.kept))


def _known_as(word: str) -> str:
    return word if is_acronym(word) else squashed(word)
