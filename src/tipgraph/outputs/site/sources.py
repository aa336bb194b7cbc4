"""A page for each source: its facts, its claims paragraph by paragraph, and the doubtful ones.

Decision: docs/decisions/0060-whole-paragraphs-need-an-open-licence.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from urllib.parse import quote as quoted

from pyoxigraph import Literal, NamedNode

from tipgraph.display import ClaimView
from tipgraph.graph import Graph, Term
from tipgraph.model import DATA, data_name, term_words, tip
from tipgraph.outputs.site.claims import Claims, PlaceLink, anchor
from tipgraph.outputs.site.document_pages import (
    DocumentPage,
    PageGroup,
    ShownDocument,
    draw,
    groups,
    lay_out,
    shown_document,
)
from tipgraph.outputs.site.paragraphs import Paragraph, Section, mark_words, sections
from tipgraph.outputs.site.site_tree import Site, linked, source_path
from tipgraph.sources import Texts, lets_show

_ORDER = (
    "issuedBy", "publisher", "documentNumber", "issued", "period", "licence", "url", "archived", "noAddress",
    "retrieved", "textKind", "pageCount", "note",
    "textFile", "paragraphRule", "sha256", "documentFile", "documentSha256",
)  # fmt: skip
_TECHNICAL = frozenset(("textFile", "paragraphRule", "sha256", "documentFile", "documentSha256"))


@dataclass(frozen=True)
class Fact:
    """A fact about a source: its name and its value in words, with a link if there is one.

    `language` is the language of the value, if it is not that of the page.
    """

    name: str
    words: str
    address: str
    iri: str
    language: str = ""


@dataclass
class SourcePage:
    """The page of a source; `settings` are those of the source, `placeless` the claims without a place in its text.

    `words` are the first values of its facts by their short names, as the page says them.

    `is_open` tells whether the mode of the site or the licence lets it show the whole text; `at_hand`, whether the site
    was made with the text. `technical` are the facts about its files. `document` and `pages` are there if it shows the
    pages of the document.
    """

    name: str
    title: str
    licence: str
    settings: Mapping[str, str]
    is_open: bool
    words: dict[str, str] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    technical: list[Fact] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    placeless: list[ClaimView] = field(default_factory=list)
    known_through: list[str] = field(default_factory=list)
    withheld: bool = False
    at_hand: bool = False
    document: ShownDocument | None = None
    pages: list[DocumentPage] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The file of its text."""
        return self.settings.get("textFile", "")

    @property
    def page_groups(self) -> list[PageGroup]:
        """The pages of its document, most of them folded."""
        return groups(self.pages)

    @property
    def sections(self) -> list[Section]:
        """Its paragraphs, most of them folded."""
        return sections(self.paragraphs)

    @cached_property
    def boxes(self) -> dict[tuple[int, int], str]:
        """The id of the first box of each span on a picture."""
        marks = [mark for page in self.pages if page.picture for mark in page.marks]
        return {mark.span: mark.id for mark in reversed(marks)}

    @cached_property
    def marked(self) -> frozenset[str]:
        """The ids of the marked words, if the page has no pictures."""
        parts = (part for paragraph in self.paragraphs for part in paragraph.parts if part.id)
        return frozenset() if self.pages else frozenset(part.id for part in parts)

    def address(self, link: PlaceLink, paragraph: int, root: str) -> str:
        """Return where a place of a claim at a paragraph leads: to its words; nowhere if they are not shown here."""
        start = f"w{link.span[0]}"
        if link.source == self.name and (words := self.boxes.get(link.span, start if start in self.marked else "")):
            return f"#{words}"
        if (link.source, link.paragraph) != (self.name, paragraph):
            return f"{root}{link.path}"
        return f"#words-{paragraph}" if paragraph in self.shown_numbers else ""

    @cached_property
    def shown_numbers(self) -> frozenset[int]:
        """The numbers of the paragraphs whose text the page shows."""
        return frozenset(paragraph.number for paragraph in self.paragraphs if paragraph.text)

    def add_document(self, texts: Texts) -> None:
        """Add the pages of its document, if we have it and the page shows every paragraph."""
        if self.paragraphs and all(paragraph.text for paragraph in self.paragraphs):
            self.document = shown_document(self.settings, texts)
        if self.document:
            self.pages = lay_out(self.name, self.paragraphs, self.document)

    def shown(self, text: str | None) -> str:
        """Return a text if the page may show it, else nothing; the page is then `withheld`."""
        self.withheld |= text is not None and not self.is_open
        return (text or "") if self.is_open else ""

    @property
    def path(self) -> str:
        """The path of its page."""
        return source_path(self.name)

    @cached_property
    def claims(self) -> list[ClaimView]:
        """All claims, each once."""
        views = [*(view for paragraph in self.paragraphs for view in paragraph.claims), *self.placeless]
        return list({view.key: view for view in views}.values())

    @property
    def cited(self) -> bool:
        """Tell whether we know its text only through other texts that cite it."""
        return bool(self.known_through)

    @property
    def doubtful(self) -> list[ClaimView]:
        """The claims with a caveat, a note or a contradiction."""
        return [view for view in self.claims if view.remark.caveats or view.remark.notes or view.contradictions]

    @property
    def doubtful_counts(self) -> dict[str, int]:
        """The numbers of doubtful claims by kind; a weak one has a caveat other than `implied` and `not reviewed`."""
        remarks = [view.remark for view in self.doubtful]
        return {
            "implied": sum(remark.implied for remark in remarks),
            "weak": sum(not remark.implied and len(remark.caveats) > remark.unreviewed for remark in remarks),
            "unreviewed": sum(remark.unreviewed for remark in remarks),
            "noted": sum(bool(remark.notes) for remark in remarks),
            "contradicted": len(self.contradicted),
        }

    @property
    def contradicted(self) -> list[ClaimView]:
        """The claims with a contradiction."""
        return [view for view in self.claims if view.contradictions]


def gather(site: Site, graph: Graph, claims: Claims, texts: Texts, *, page_pictures: bool = True) -> list[SourcePage]:
    """Return the sources with their paragraphs and claims, in the order of their names.

    Without `page_pictures` no page of a document is shown.
    """
    pages, by_place = _pages(site, graph), _by_place(claims)
    rows = list(graph.named("paragraphs"))
    reasons = graph.labels({row["scope"] for row in rows if row["scope"]}, site.language)
    for row in rows:
        name, number = data_name(row["source"].value), int(row["number"].value)
        form = row["form"].value if row["form"] else ""
        span = int(row["start"].value), int(row["end"].value)
        text = pages[name].shown(texts.quote(pages[name].file, *span, row["digest"].value, form))
        views = by_place.pop((name, number), [])
        paragraph = Paragraph(number, reasons.get(row["scope"], ""), text, views, *span)
        if text:
            raw = texts.text(pages[name].file) or ""
            paragraph.parts = mark_words(name, paragraph, raw[slice(*span)], form)
        pages[name].paragraphs.append(paragraph)
    for (name, number), views in sorted(by_place.items(), key=itemgetter(0)):
        if number:  # a release does not list its paragraphs
            pages[name].paragraphs.append(Paragraph(number, "", "", views))
        elif name in pages:
            pages[name].placeless = sorted(views, key=lambda view: (view.is_naming, view.heading, view.key))
            pages[name].known_through = _known_through(graph, name)
    for page in pages.values():
        page.at_hand = texts.path(page.file) is not None
        if page_pictures:
            page.add_document(texts)
    return list(pages.values())


def _by_place(claims: Claims) -> dict[tuple[str, int], list[ClaimView]]:
    """Return the claims of each paragraph of each source in the order of its sentences, names after other claims."""
    by_place: dict[tuple[str, int], list[tuple[tuple[int, bool, str], ClaimView]]] = {}
    for view in claims.all():
        for link in claims.links(view):
            order = link.sentence, view.is_naming, view.key
            by_place.setdefault((link.source, link.paragraph), []).append((order, view))
    return {
        place: list({view.key: view for _, view in sorted(views, key=itemgetter(0))}.values())
        for place, views in by_place.items()
    }


def _known_through(graph: Graph, name: str) -> list[str]:
    """Return the texts through which we know a source."""
    rows = graph.named("cited", {"source": [NamedNode(DATA + name)]})
    return list(dict.fromkeys(row["how"].value for row in rows if row["how"] is not None))


def write(site: Site, pages: Sequence[SourcePage], claims: Claims) -> None:
    """Write the page of each source, and the list of them."""
    for page in pages:
        if page.document:
            draw(site.home, page.document, page.pages)
        for leaf in page.pages:
            leaf.picture = leaf.picture if (site.home / leaf.picture).is_file() else ""
        functions = {"entries": claims.entries, "anchor": anchor, "quoted": quoted}
        site.write(page.path, "source.html", source=page, **functions)
    site.write("sources.html", "sources.html", sources=pages)


def _pages(site: Site, graph: Graph) -> dict[str, SourcePage]:
    """Return the sources with their facts, by name."""
    rows = list(graph.named("source-facts"))
    nodes = [term for row in rows for term in row if isinstance(term, NamedNode)]
    labels = graph.labels(nodes, site.language)
    values: dict[str, dict[str, list[Term]]] = {}
    for source, name, value in rows:
        short = name.value.removeprefix(tip.NAMESPACE)
        values.setdefault(data_name(source.value), {}).setdefault(short, []).append(value)
    pages = {}
    for name, terms in sorted(values.items()):
        title, licence = (_in_language(terms.get(short, ()), site.language) for short in ("title", "licence"))
        settings = {short: found[0].value for short, found in terms.items() if isinstance(found[0], Literal)}
        is_open = site.in_house or lets_show(licence)
        page = pages[name] = SourcePage(name, title or name, licence, settings, is_open)
        for short in _ORDER:
            label = labels.get(NamedNode(tip.NAMESPACE + short), short)
            facts = page.technical if short in _TECHNICAL else page.facts
            facts += (found := [_fact(label, term, labels, site.language) for term in terms.get(short, ())])
            if found:
                page.words[short] = found[0].words
    return pages


def _fact(name: str, term: Term, labels: Mapping[NamedNode, str], language: str) -> Fact:
    if isinstance(term, NamedNode):
        return Fact(name, labels.get(term, term.value), linked(term.value) if term not in labels else "", term.value)
    words = term_words(term, language)
    return Fact(name, words.text, linked(words.text), "", words.language)


def _in_language(terms: Iterable[Term], language: str) -> str:
    by = {term.language or "": term.value for term in terms if isinstance(term, Literal)}
    return by.get(language) or by.get("en") or next(iter(by.values()), "")
