"""What a release must not tell, as its check is told it: words and numbers, and nothing of how they were withheld."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from tipgraph.model import is_acronym
from tipgraph.outputs.release.attack.letters import squashed


class SecretFigure(NamedTuple):
    """A number that is withheld.

    `things` are labels and ids of things in the release beside which it would tell; `kinds` are words for what it
    counts, or its currency: "victims", "persons", "USD".
    """

    value: Decimal
    things: frozenset[str]
    kinds: frozenset[str]


@dataclass(frozen=True)
class Secrets:
    """What must not be read in a release, nor be confirmed by it.

    `names` as they are written; `texts` are words of claims, notes, titles and spans, looked for from twelve letters
    on; `ids` are of rows ("tidings-2020/actors/x") or of whole sources; `days` are days or months ("2025-06");
    `digests` stood in the graph before; of `closed` sources no position, digest or old id of a row may be told;
    `kept` are names and words that stay by right, and are not looked for.
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
        """Return those of some words that do not stay by right, in order; acronyms stay as they are written."""
        return sorted(word for word in words if squashed(word) and _known_as(word) not in self._known)

    def __len__(self) -> int:
        """Return how many things are looked for."""
        return sum(map(len, (self.names, self.texts, self.ids, self.days, self.figures, self.digests)))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(map(_known_as, self.kept))


def _known_as(word: str) -> str:
    return word if is_acronym(word) else squashed(word)
