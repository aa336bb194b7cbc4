"""The pages of a document on the page of its source: pictures, boxes around the words of claims, and paragraphs.

Decision: docs/decisions/0126-an-in-house-site-is-never-published.md.
"""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as quoted

from tipgraph.display import ClaimView
from tipgraph.outputs.site.claims import anchor
from tipgraph.outputs.site.paragraphs import Paragraph, citations_in
from tipgraph.outputs.site.site_tree import source_path
from tipgraph.sources import Texts, digest, documents

if TYPE_CHECKING:
    from tipgraph.sources import Box, Layout

_MOST_PICTURES = 150  # of a document; a longer one has pictures only of pages with claims
_OPEN_PAGES = 4  # with claims, each about a screen high
_LISTED = 6  # sentences of claims that a box names


class ShownDocument(NamedTuple):
    """A document whose pages may be shown: its file, its text, and the places of its words."""

    path: Path
    text: str
    layout: "Layout"


class WordMark(NamedTuple):
    """The words of a piece of evidence on a page: its boxes, and its claims with the address of the first.

    `span` is its place in the text, `place` the paragraph and the sentence. `claims` are quoted keys, `sentences` those
    of the claims in words.
    """

    id: str
    page: int
    span: tuple[int, int]
    boxes: tuple["Box", ...]
    claims: tuple[str, ...]
    address: str
    place: str
    sentences: tuple[str, ...]

    @property
    def title(self) -> str:
        """The place and the claims, a line each."""
        more = [f"… +{len(self.sentences) - _LISTED}"] if len(self.sentences) > _LISTED else []
        return "\n".join([self.place, *self.sentences[:_LISTED], *more])


class ParagraphPart(NamedTuple):
    """A paragraph, or the part of it that is on a page; its claims are those whose words begin there."""

    number: int
    is_first: bool
    scope: str
    text: str
    claims: list[ClaimView]


class PartGroup(NamedTuple):
    """Neighbouring parts of paragraphs which are folded, since they have no claims, or are not."""

    is_folded: bool
    pieces: list[ParagraphPart]


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

    @property
    def piece_groups(self) -> list[PartGroup]:
        """The parts of paragraphs: those without claims are folded, if the page has claims and a picture."""
        folds = self.has_claims and bool(self.picture)
        runs = groupby(self.pieces, lambda piece: folds and not piece.claims)
        return [PartGroup(is_folded, list(run)) for is_folded, run in runs]


class PageGroup(NamedTuple):
    """A page with claims, or neighbouring pages without; folded unless it is among the first of those with claims."""

    is_open: bool
    pages: list[DocumentPage]

    @property
    def claims(self) -> int:
        """The number of claims, by the pages where their words begin."""
        return sum(len(piece.claims) for page in self.pages for piece in page.pieces)


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
        if file_digest(opened, "sha256").hexdigest() != about.get("documentSha256"):
            return None
    return ShownDocument(path, text, layout)


def lay_out(name: str, paragraphs: Sequence[Paragraph], document: ShownDocument) -> list[DocumentPage]:
    """Return the pages of the document of a source, with the marks and paragraphs of each."""
    layout = document.layout
    folder = source_path(name).removesuffix(".html")
    pages = [
        DocumentPage(number, width, height, f"{folder}/p{number}.png")
        for number, (width, height) in enumerate(layout.pages, 1)
    ]
    page = pages[0]
    for paragraph in paragraphs:
        for number, piece in _parts(name, paragraph, document, page.number):
            page = pages[number - 1]
            page.pieces.append(piece)
    for mark in _marks(name, paragraphs, layout):
        pages[mark.page - 1].marks.append(mark)
    if len(pages) > _MOST_PICTURES:
        for page in pages:
            page.picture = page.picture if page.has_claims else ""
    return pages


def groups(pages: Iterable[DocumentPage]) -> list[PageGroup]:
    """Return the pages with claims each alone, the first of them open, and each run of other pages together."""
    runs = groupby(pages, lambda page: page.number if page.has_claims else 0)
    found = [(number, list(run)) for number, run in runs]
    first = [number for number, _ in found if number][:_OPEN_PAGES]
    return [PageGroup(number in first, run) for number, run in found]


def draw(folder: Path, document: ShownDocument, pages: Iterable[DocumentPage]) -> None:
    """Write the pictures of the pages of a document below the folder of a site, if they can be drawn.

    Those that are there are left. Two processes may draw the same page: each picture appears whole.
    """
    drawn = [page for page in pages if page.picture and not (folder / page.picture).is_file()]
    numbers = [page.number for page in drawn]
    for page, picture in zip(drawn, documents.pictures(document.path, numbers), strict=True):
        if picture:
            target = folder / page.picture
            target.parent.mkdir(parents=True, exist_ok=True)
            beside = target.with_suffix(f".{os.getpid()}")
            beside.write_bytes(picture)
            beside.replace(target)


def _parts(
    name: str, paragraph: Paragraph, document: ShownDocument, latest: int
) -> Iterator[tuple[int, ParagraphPart]]:
    """Yield the parts of a paragraph with their pages; one without a place is put on the latest page."""
    layout, starts = document.layout, dict[int, int]()
    first = bisect_left(layout.words, paragraph.start, key=lambda word: word.start)
    for word in islice(layout.words, first, None):
        if word.start >= paragraph.end:
            break
        starts.setdefault(word.box.page, word.start)
    starts[next(iter(starts), latest)] = paragraph.start  # words before the first box belong to it too
    claims: dict[int, list[ClaimView]] = {}
    for view in paragraph.claims:
        page = layout.page_of(*min((citation.start, citation.end) for citation in citations_in(name, paragraph, view)))
        claims.setdefault(page if page in starts else next(iter(starts)), []).append(view)
    ends = [*list(starts.values())[1:], paragraph.end]
    for (page, start), end in zip(starts.items(), ends, strict=True):
        is_first = page == next(iter(starts))
        text = " ".join(document.text[start:end].split())
        yield (
            page,
            ParagraphPart(paragraph.number, is_first, paragraph.scope if is_first else "", text, claims.get(page, [])),
        )


def _marks(name: str, paragraphs: Iterable[Paragraph], layout: "Layout") -> Iterator[WordMark]:
    """Yield a mark for each piece of evidence and each of its pages, in the order of the text, wider ones first."""
    spans: dict[tuple[int, int, str], dict[str, tuple[str, ClaimView]]] = {}
    for paragraph in paragraphs:
        for view in paragraph.claims:
            for citation in citations_in(name, paragraph, view):
                span = citation.start, -citation.end, f"¶{citation.paragraph} s{citation.sentence}"
                spans.setdefault(span, {})[quoted(view.key)] = anchor(paragraph.number, view.key), view
    for (start, end, place), claims in sorted(spans.items(), key=lambda item: item[0]):
        addresses, views = zip(*claims.values(), strict=True)
        sentences = tuple(view.sentence for view in views)
        for page, boxes in groupby(layout.boxes(start, -end), lambda box: box.page):
            name = f"w{page}-{start}-{-end}"
            yield WordMark(name, page, (start, -end), tuple(boxes), tuple(claims), addresses[0], place, sentences)
