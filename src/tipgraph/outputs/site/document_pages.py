"""The pages of a document on the page of its source: pictures, boxes around the words of claims, and paragraphs.

Decision: docs/decisions/0126-an-in-house-site-is-never-published.md.
"""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import groupby, islice, takewhile
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


class ShownDocument(NamedTuple):
    """A document whose pages may be shown: its file, its text, and the places of its words."""

    path: Path
    text: str
    layout: "Layout"


class WordMark(NamedTuple):
    """The words of a piece of evidence on a page: its boxes, and its claims with the anchor of the first.

    `span` is its place in the text, `place` the paragraph and the sentence. `claims` are quoted keys, `sentences` those
    of the claims in words.
    """

    id: str
    span: tuple[int, int]
    place: str
    boxes: tuple["Box", ...]
    claims: tuple[str, ...]
    sentences: tuple[str, ...]
    anchor: str


class ParagraphPart(NamedTuple):
    """A paragraph, or the part of it that is on a page; its claims are those whose words begin there."""

    number: int
    is_first: bool
    scope: str
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
    for view in paragraph.claims:
        page = layout.page_of(*min((citation.start, citation.end) for citation in citations_in(name, paragraph, view)))
        claims.setdefault(page if page in starts else begins, []).append(view)
    ends = [*list(starts.values())[1:], paragraph.end]
    for (page, start), end in zip(starts.items(), ends, strict=True):
        scope = paragraph.scope if page == begins else ""
        text = " ".join(document.text[start:end].split())
        yield page, ParagraphPart(paragraph.number, page == begins, scope, text, claims.get(page, []))


def _marks(name: str, paragraphs: Iterable[Paragraph], layout: "Layout") -> Iterator[tuple[int, WordMark]]:
    """Yield a mark for each piece of evidence on each of its pages, in the order of the text, wider ones first."""
    spans: dict[tuple[int, int, str], dict[str, tuple[str, str]]] = {}
    for paragraph in paragraphs:
        for view in paragraph.claims:
            for citation in citations_in(name, paragraph, view):
                span = citation.start, -citation.end, f"¶{citation.paragraph} s{citation.sentence}"
                spans.setdefault(span, {})[quoted(view.key)] = view.sentence, anchor(paragraph.number, view.key)
    for (start, end, place), claims in sorted(spans.items(), key=lambda item: item[0]):
        sentences, anchors = zip(*claims.values(), strict=True)
        for page, boxes in groupby(layout.boxes(start, -end), lambda box: box.page):
            mark = f"w{page}-{start}-{-end}", (start, -end), place, tuple(boxes), tuple(claims), sentences, anchors[0]
            yield page, WordMark(*mark)
