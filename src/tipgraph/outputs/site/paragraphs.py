"""The paragraphs of a source on its page: the words of claims marked in them, and the sections that fold them.

Decision: docs/decisions/0060-whole-paragraphs-need-an-open-licence.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import shorten
from typing import NamedTuple
from urllib.parse import quote as quoted

from tipgraph.display import ClaimView
from tipgraph.graph import Citation
from tipgraph.outputs.site.claims import anchor
from tipgraph.sources import words

_SHADES = ((1, "few"), (5, "some"), (15, "many"))  # claims from which a paragraph of the map is darker
_CLAIM, _LETTERS = 7, 60  # lines of a claim beside its places and contradictions, and letters in a line
_SECTION, _OPEN, _SECTIONS = 60, 100, 60  # lines of a section and of all open ones at first; about the most sections


class TextPart(NamedTuple):
    """A part of a paragraph; words of claims have an id, the address of the first claim, and the quoted keys of all."""

    text: str
    id: str = ""
    address: str = ""
    claims: tuple[str, ...] = ()


@dataclass
class Paragraph:
    """A paragraph of a source: its number, the reason why it has no claims, its text if that may be shown, its claims.

    `start` and `end` are its place in the text. `parts` are its text with the words of claims marked.
    """

    number: int
    scope: str
    text: str
    claims: list[ClaimView] = field(default_factory=list)
    start: int = 0
    end: int = 0
    parts: list[TextPart] = field(default_factory=list)

    @property
    def shade(self) -> str:
        """The number of claims as a shade of the map of coverage: none, few, some, many; `out` if a reason is given."""
        if not self.claims:
            return "out" if self.scope else "none"
        return [name for least, name in _SHADES if len(self.claims) >= least][-1]

    @property
    def lines(self) -> int:
        """About its height in lines."""
        claims = sum(_CLAIM + len(view.citations) + _CLAIM * len(view.contradictions) for view in self.claims)
        return 2 + max(len(self.text) // _LETTERS, claims)


@dataclass(frozen=True)
class Section:
    """Neighbouring paragraphs that are folded together; the first sections of a page are open."""

    paragraphs: list[Paragraph]
    is_open: bool

    @property
    def label(self) -> str:
        """The numbers of its paragraphs."""
        first, last = self.paragraphs[0].number, self.paragraphs[-1].number
        return f"¶ {first}" if first == last else f"¶ {first}–{last}"

    @property
    def claims(self) -> list[ClaimView]:
        """Its claims, each once."""
        return list({view.key: view for paragraph in self.paragraphs for view in paragraph.claims}.values())

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """The headings of its claims with their numbers, the most frequent first."""
        return Counter(view.heading for view in self.claims).most_common()

    @property
    def contradicted(self) -> int:
        """The number of its claims with a contradiction."""
        return sum(bool(view.contradictions) for view in self.claims)

    @property
    def opening(self) -> str:
        """The first words of its text."""
        return shorten(self.paragraphs[0].text, 90, placeholder=" …")


def sections(paragraphs: Iterable[Paragraph]) -> list[Section]:
    """Return paragraphs in sections of a few screens; the first are open, up to a number of lines."""
    every = list(paragraphs)
    least = max(_SECTION, sum(paragraph.lines for paragraph in every) // _SECTIONS)
    groups: list[list[Paragraph]] = []
    height = least
    for paragraph in every:
        if height + paragraph.lines > least:
            groups.append([])
            height = 0
        groups[-1].append(paragraph)
        height += paragraph.lines
    found, room = [], _OPEN
    for group in groups:
        room -= sum(paragraph.lines for paragraph in group)
        found.append(Section(group, room >= 0))
    return found


def mark_words(name: str, paragraph: Paragraph, raw: str, form: str) -> list[TextPart]:
    """Return the text of a paragraph of a source in parts, those with the words of claims marked.

    `raw` is the text as it is in its file. Without marks if the markup of its format does not let them be placed.
    """
    spans: dict[tuple[int, int], list[ClaimView]] = {}
    for view in paragraph.claims:
        for citation in citations_in(name, paragraph, view):
            start, end = max(citation.start, paragraph.start), min(citation.end, paragraph.end)
            if start < end:
                spans.setdefault((start, end), []).append(view)
    cuts = sorted({paragraph.start, paragraph.end, *(cut for span in spans for cut in span)})
    parts = []
    for start, end in pairwise(cuts):
        covering = [view for span in sorted(spans) if span[0] <= start and end <= span[1] for view in spans[span]]
        parts.append(
            _part(paragraph, start, words(raw[start - paragraph.start : end - paragraph.start], form), covering)
        )
    shown = " ".join("".join(part.text for part in parts).split())
    return parts if spans and shown == paragraph.text else []


def _part(paragraph: Paragraph, start: int, text: str, views: list[ClaimView]) -> TextPart:
    if not views or not text.strip():
        return TextPart(text)
    keys = dict.fromkeys(view.key for view in views)
    return TextPart(text, f"w{start}", anchor(paragraph.number, next(iter(keys))), tuple(map(quoted, keys)))


def citations_in(name: str, paragraph: Paragraph, view: ClaimView) -> Iterator[Citation]:
    """Yield the citations of a claim in a paragraph of a source."""
    for citation in view.citations:
        if (citation.source, citation.paragraph) == (name, paragraph.number):
            yield citation
