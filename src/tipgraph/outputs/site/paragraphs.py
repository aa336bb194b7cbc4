"""The paragraphs of a source on its page: the words of claims marked in them, and the sections that fold them.

Decision: docs/decisions/0060-whole-paragraphs-need-an-open-licence.md.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import quote as quoted

from tipgraph.display import ClaimView
from tipgraph.graph import Citation
from tipgraph.sources import words

_SHADES = ((1, "few"), (5, "some"), (15, "many"))  # claims from which a paragraph of the map is darker
_CLAIM, _LETTERS = 7, 60  # lines of a claim beside its places and contradictions, and letters in a line
_SECTION, _OPEN, _SECTIONS = 60, 100, 60  # lines of a section and of all open ones at first; about the most sections


class TextPart(NamedTuple):
    """A part of a paragraph; words of claims have an id, and the quoted keys of the claims."""

    text: str
    id: str = ""
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


class Section(NamedTuple):
    """Neighbouring paragraphs that are folded together; the first sections of a page are open."""

    paragraphs: list[Paragraph]
    is_open: bool


def sections(paragraphs: Iterable[Paragraph]) -> list[Section]:
    """Return paragraphs in sections of a few screens; the first are open, up to a number of lines."""
    every = [(paragraph, paragraph.lines) for paragraph in paragraphs]
    most = max(_SECTION, sum(lines for _, lines in every) // _SECTIONS)
    groups, heights = list[list[Paragraph]](), list[int]()
    for paragraph, lines in every:
        if not groups or heights[-1] + lines > most:
            groups.append([])
            heights.append(0)
        groups[-1].append(paragraph)
        heights[-1] += lines
    return [Section(group, end <= _OPEN) for group, end in zip(groups, accumulate(heights), strict=True)]


def mark_words(name: str, paragraph: Paragraph, raw: str, form: str) -> list[TextPart]:
    """Return the text of a paragraph of a source in parts, those with the words of claims marked.

    `raw` is the text as it is in its file. Without marks if the markup of its format does not let them be placed.
    """
    places = [
        (max(citation.start, paragraph.start), min(citation.end, paragraph.end), quoted(view.key))
        for view in paragraph.claims
        for citation in citations_in(name, paragraph, view)
    ]
    spans = sorted(((start, end, key) for start, end, key in places if start < end), key=itemgetter(0, 1))
    parts = []
    for start, end in pairwise(sorted({paragraph.start, paragraph.end, *(cut for span in spans for cut in span[:2])})):
        text = words(raw[start - paragraph.start : end - paragraph.start], form)
        claims = dict.fromkeys(key for first, last, key in spans if first <= start and end <= last)
        parts.append(TextPart(text, f"w{start}", tuple(claims)) if claims and text.strip() else TextPart(text))
    shown = " ".join("".join(part.text for part in parts).split())
    return parts if spans and shown == paragraph.text else []


def citations_in(name: str, paragraph: Paragraph, view: ClaimView) -> Iterator[Citation]:
    """Yield the citations of a claim in a paragraph of a source."""
    for citation in view.citations:
        if (citation.source, citation.paragraph) == (name, paragraph.number):
            yield citation
