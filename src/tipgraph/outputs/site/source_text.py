"""The text of a source on its page: its paragraphs in sections, or beside pictures of the pages of its document.

The words of claims are marked in the text, or by boxes on the pictures.

Decision: docs/decisions/0060-what-a-site-may-show.md.
"""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import accumulate, groupby, islice, pairwise, takewhile
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as quoted

from tipgraph.display import ClaimView
from tipgraph.graph import Citation
from tipgraph.outputs.site.site_tree import source_path
from tipgraph.sources import Texts, digest, documents, words

if TYPE_CHECKING:
    from tipgraph.sources import Box, Layout

_CLAIM, _LETTERS = 7, 60  # lines of a claim beside its places and contradictions, and letters in a line
_SECTION, _OPEN, _SECTIONS = 60, 100, 60  # lines of a section and of all open ones at first; about the most sections
_MOST_PICTURES = 150  # of a document; a longer one has pictures only of pages with claims


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


class ShownDocument(NamedTuple):
    """A document whose pages may be shown: its file, its text, and the places of its words."""

    path: Path
    text: str
    layout: "Layout"


class WordMark(NamedTuple):
    """Words of evidence on a page: their place in the text, their boxes, and their claims in words by quoted keys."""

    id: str
    span: tuple[int, int]
    paragraph: int
    sentence: int
    boxes: list["Box"]
    claims: dict[str, str]


class ParagraphPart(NamedTuple):
    """A paragraph, or the part of it that is on a page; its claims are those whose words begin there."""

    paragraph: Paragraph
    is_first: bool
    text: str
    claims: list[ClaimView]


@dataclass
class DocumentPage:
    """A page of a document: its number from 1, its size in points, the path of its picture, its marks and pieces."""

    number: int
    width: float
    height: float
    picture: str
    marks: list[WordMark] = field(default_factory=list)
    pieces: list[ParagraphPart] = field(default_factory=list)

    @property
    def has_claims(self) -> bool:
        """Tell whether there are claims on the page or beside it."""
        return bool(self.marks) or any(piece.claims for piece in self.pieces)


def sections(paragraphs: Iterable[Paragraph]) -> list[tuple[list[Paragraph], bool]]:
    """Return paragraphs in sections of a few screens, which fold, and whether each is open: the first ones are."""

    def lines(one: Paragraph) -> int:
        """Return about the height of a paragraph in lines."""
        claims = sum(_CLAIM + len(view.citations) + _CLAIM * len(view.contradictions) for view in one.claims)
        return 2 + max(len(one.text) // _LETTERS, claims)

    every = list(paragraphs)
    ends = list(accumulate(map(lines, every)))
    most = max(_SECTION, max(ends, default=0) // _SECTIONS)
    runs = groupby(zip(every, ends, strict=True), key=lambda item: item[1] // most)
    groups = [list(run) for _, run in runs]
    return [([one for one, _ in group], group[-1][1] <= _OPEN) for group in groups]


def mark_words(name: str, paragraph: Paragraph, raw: str, form: str) -> list[TextPart]:
    """Return the text of a paragraph of a source in parts, those with the words of claims marked.

    `raw` is the text as it is in its file. Without marks if the markup of its format does not let them be placed.
    """
    places = [
        (max(citation.start, paragraph.start), min(citation.end, paragraph.end), quoted(view.key))
        for view, citation in citations_in(name, paragraph)
    ]
    spans = sorted(((start, end, key) for start, end, key in places if start < end), key=itemgetter(0, 1))
    parts = []
    for start, end in pairwise(sorted({paragraph.start, paragraph.end, *(cut for span in spans for cut in span[:2])})):
        text = words(raw[start - paragraph.start : end - paragraph.start], form)
        claims = dict.fromkeys(key for first, last, key in spans if first <= start and end <= last)
        parts.append(TextPart(text, f"w{start}", tuple(claims)) if claims and text.strip() else TextPart(text))
    shown = " ".join("".join(part.text for part in parts).split())
    return parts if spans and shown == paragraph.text else []


def shown_document(about: Mapping[str, str], texts: Texts) -> ShownDocument | None:
    """Return the document of a source by its settings, if it is the PDF that was added, with its text and layout."""
    file, name = about.get("documentFile", ""), about.get("textFile", "")
    path, text = texts.path(file), texts.text(name)
    if path is None or text is None or path.suffix.lower() != ".pdf":
        return None
    layout = texts.layout(name)
    if layout is None or not layout.pages or digest(text) != about.get("sha256"):
        return None
    with path.open("rb") as opened:
        is_same = file_digest(opened, "sha256").hexdigest() == about.get("documentSha256")
    return ShownDocument(path, text, layout) if is_same else None


def lay_out(name: str, paragraphs: Sequence[Paragraph], document: ShownDocument) -> list[DocumentPage]:
    """Return the pages of the document of a source, with the marks and paragraphs of each."""
    folder = source_path(name).removesuffix(".html")
    pages = [
        DocumentPage(number, width, height, f"{folder}/p{number}.png")
        for number, (width, height) in enumerate(document.layout.pages, 1)
    ]
    latest = 1
    for paragraph in paragraphs:
        for number, piece in _parts(name, paragraph, document, latest):
            pages[number - 1].pieces.append(piece)
            latest = number
    for page_number, mark in _marks(name, paragraphs, document.layout):
        pages[page_number - 1].marks.append(mark)
    if len(pages) > _MOST_PICTURES:
        for page in pages:
            page.picture = page.picture if page.has_claims else ""
    return pages


def draw(folder: Path, document: ShownDocument, pages: Iterable[DocumentPage]) -> None:
    """Write the pictures of the pages of a document below the folder of a site; a page that cannot be drawn has none.

    Those that are there are left. Two processes may draw the same page: each picture appears whole.
    """
    drawn = [page for page in pages if page.picture and not (folder / page.picture).is_file()]
    pictures = documents.pictures(document.path, [page.number for page in drawn])
    for page, picture in zip(drawn, pictures, strict=True):
        if picture:
            target = folder / page.picture
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_suffix(f".{os.getpid()}")
            beside.write_bytes(picture)
            beside.replace(target)
    for page in pages:
        page.picture = page.picture if (folder / page.picture).is_file() else ""


def _parts(
    name: str, paragraph: Paragraph, document: ShownDocument, latest: int
) -> Iterator[tuple[int, ParagraphPart]]:
    """Yield the parts of a paragraph with their pages; one without a place is put on the latest page."""
    layout, starts = document.layout, dict[int, int]()
    first = bisect_left(layout.words, paragraph.start, key=lambda word: word.start)
    for word in takewhile(lambda word: word.start < paragraph.end, islice(layout.words, first, None)):
        starts.setdefault(word.box.page, word.start)
    begins = next(iter(starts), latest)
    starts[begins] = paragraph.start  # words before the first box belong to it too
    claims: dict[int, list[ClaimView]] = {}
    places: dict[str, tuple[int, int]] = {}
    for view, one in citations_in(name, paragraph):
        places[view.key] = min(places.get(view.key, (one.start, one.end)), (one.start, one.end))
    for view in paragraph.claims:
        page = layout.page_of(*places[view.key])
        claims.setdefault(page if page in starts else begins, []).append(view)
    ends = [*list(starts.values())[1:], paragraph.end]
    for (page, start), end in zip(starts.items(), ends, strict=True):
        text = " ".join(document.text[start:end].split())
        yield page, ParagraphPart(paragraph, page == begins, text, claims.get(page, []))


def _marks(name: str, paragraphs: Iterable[Paragraph], layout: "Layout") -> Iterator[tuple[int, WordMark]]:
    """Yield a mark for each piece of evidence on each of its pages, in the order of the text, wider ones first."""
    spans: dict[tuple[int, int, int, int], dict[str, str]] = {}
    for view, citation in (cited for paragraph in paragraphs for cited in citations_in(name, paragraph)):
        span = citation.start, -citation.end, citation.paragraph, citation.sentence
        spans.setdefault(span, {})[quoted(view.key)] = view.sentence
    for (start, end, number, sentence), claims in sorted(spans.items(), key=itemgetter(0)):
        for page, boxes in groupby(layout.boxes(start, -end), lambda box: box.page):
            yield page, WordMark(f"w{page}-{start}-{-end}", (start, -end), number, sentence, list(boxes), claims)


def citations_in(name: str, paragraph: Paragraph) -> list[tuple[ClaimView, Citation]]:
    """Return the citations in a paragraph of a source, each with its claim."""
    every = ((view, one) for view in paragraph.claims for one in view.citations)
    return [(view, one) for view, one in every if (one.source, one.paragraph) == (name, paragraph.number)]
