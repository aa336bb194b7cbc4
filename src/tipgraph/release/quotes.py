"""Which words of a text a release may quote: of an open source that is shown with words, where its text is at hand.

A text is read for what goes: a source whose text has a withheld name, a month that becomes coarser or a large figure is
closed. A digest stands only beside words that are shown.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tipgraph import evidence, tip
from tipgraph.dates import EDTF
from tipgraph.personal import find_personal
from tipgraph.release.generalize import months
from tipgraph.release.names import figures
from tipgraph.sources import Texts
from tipgraph.statements import DATA

if TYPE_CHECKING:
    from tipgraph.release.decisions import Decided


class Quotes:
    """The texts at hand of sources that a policy shows with words, and are as they were when they were read."""

    def __init__(self, decided: "Decided", texts: Texts) -> None:
        """Look for the texts."""
        self._decided, self._texts = decided, texts
        self._read: dict[NamedNode, str | None] = {}

    def text(self, source: NamedNode) -> str | None:
        """Return the text of a source; None where it is not at hand, has changed, or may not be quoted."""
        if source not in self._read:
            shown = self._decided.policy.shown(source.value.removeprefix(DATA)) == "words"
            text = self._texts.text(self._said(source, tip.textFile)) if shown else None
            self._read[source] = text if text and evidence.digest(text) == self._said(source, tip.sha256) else None
        return self._read[source]

    def telling(self) -> Iterator[NamedNode]:
        """Yield the sources whose text tells what goes."""
        for source in sorted({one.source for one in self._decided.web.statements}, key=str):
            text = self.text(source) or ""
            if text and (
                self._decided.names.within(text) or months(text) & self._months or self._decided.large & figures(text)
            ):
                yield source

    def shows(self, span: NamedNode) -> bool:
        """Tell whether the words of a span are shown: of an open source, and without an address of a person."""
        said = {one.predicate.value: one for one in self._decided.web.about[span]}
        place = said.get(tip.end)
        if place is None or place.source in self._decided.closed or (text := self.text(place.source)) is None:
            return False
        return self.may(text[int(said[tip.start].object.value) : int(place.object.value)])

    def may(self, words: str) -> bool:
        """Tell whether words may be quoted: without a withheld name, and without an address of a person."""
        return not self._decided.names.within(words) and not find_personal(words)

    def _said(self, source: NamedNode, name: str) -> str:
        return next(
            (one.object.value for one in self._decided.web.about.get(source, ()) if one.predicate.value == name), ""
        )

    @cached_property
    def _months(self) -> set[tuple[int, int]]:
        """The months that are told no longer: of claims that go, and of those whose dates become coarser."""
        web, gone = self._decided.web, [*self._decided.taken.nodes, *self._decided.dates]
        dates = (one.object for node in gone for one in web.about.get(node, ()))
        return {month for date in dates if isinstance(date, Literal) and date.datatype.value == EDTF
                for month in months(date.value)}  # fmt: skip
