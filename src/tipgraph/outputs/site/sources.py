"""A page for each source: its facts, its claims paragraph by paragraph, and the doubtful ones.

The page holds the sentence of each claim at its place; its script shows the claim itself, from that of the lens.

Decisions: docs/decisions/0060-what-a-site-may-show.md, docs/decisions/0136-one-lens-shows-the-evidence.md.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.display import ClaimView
from tipgraph.graph import Graph, Term
from tipgraph.model import CODE, DATA, data_name, short, term_words, tip
from tipgraph.outputs.site import source_text
from tipgraph.outputs.site.assets import carry, packed
from tipgraph.outputs.site.claims import Claims, ClaimTotals, grouped
from tipgraph.outputs.site.labels import text_in
from tipgraph.outputs.site.site_tree import Site, linked, source_path
from tipgraph.sources import Texts, lets_show

_CITED = {"issuedBy", "issued", "documentNumber", "noAddress"}  # facts of a source in a citation


class Fact(NamedTuple):
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
    """The page of a source; by short names, `facts` are what we know of it, and `settings` the values as written.

    `is_open` tells whether the mode of the site or the licence lets it show the whole text, and `withheld` whether a
    text is therefore not shown; `at_hand`, whether the site was made with the text. `placeless` are the claims without
    a place in its text; we know it only through the texts that `known_through` names, if there are any. `document` and
    `pages` are there if it shows the pages of the document.
    """

    name: str
    title: str
    licence: str
    settings: Mapping[str, str]
    is_open: bool
    facts: Mapping[str, list[Fact]] = field(default_factory=dict)
    paragraphs: list[source_text.Paragraph] = field(default_factory=list)
    placeless: list[ClaimView] = field(default_factory=list)
    known_through: list[str] = field(default_factory=list)
    withheld: bool = False
    at_hand: bool = False
    document: source_text.ShownDocument | None = None
    pages: list[source_text.DocumentPage] = field(default_factory=list)
    claims: list[ClaimView] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The path of its page."""
        return source_path(self.name)

    def told(self, *names: str) -> list[Fact]:
        """Return the facts of some names, in their order."""
        return [fact for name in names for fact in self.facts.get(name, ())]

    @property
    def boxes(self) -> dict[tuple[int, int], str]:
        """The id of the first box of each span on a picture."""
        marks = [mark for page in self.pages if page.picture for mark in page.marks]
        return {mark.span: mark.id for mark in reversed(marks)}

    @property
    def marked(self) -> frozenset[str]:
        """The ids of the marked words, if the page has no pictures."""
        parts = (part for paragraph in self.paragraphs for part in paragraph.parts if part.id)
        return frozenset() if self.pages else frozenset(part.id for part in parts)

    @property
    def doubtful(self) -> list[ClaimView]:
        """The claims with a caveat, a note or a contradiction."""
        return [view for view in self.claims if view.remark.caveats or view.remark.notes or view.contradictions]


def gather(claims: Claims, *, page_pictures: bool = True) -> list[SourcePage]:
    """Return the sources with their paragraphs and claims, in the order of their names.

    Without `page_pictures` no page of a document is shown.
    """
    graph, site, texts = claims.graph, claims.site, claims.texts
    pages, by_place = dict(_pages(graph, site)), _by_place(claims)
    rows = list(graph.named("paragraphs"))
    reasons = graph.labels({row["scope"] for row in rows if row["scope"]}, site.language)
    for row in rows:
        page, number = pages[data_name(row["source"].value)], int(row["number"].value)
        views = by_place.pop((page.name, number), [])
        _add_paragraph(page, source_text.Paragraph(number, reasons.get(row["scope"], ""), "", views), row, texts)
    for (name, number), views in sorted(by_place.items(), key=itemgetter(0)):
        if number:  # a release does not list its paragraphs
            pages[name].paragraphs.append(source_text.Paragraph(number, "", "", views))
        elif name in pages:
            pages[name].placeless = sorted(views, key=lambda view: (view.is_naming, view.heading, view.key))
            cited = graph.named("cited", {"source": [NamedNode(DATA + name)]})
            pages[name].known_through = list(dict.fromkeys(row["how"].value for row in cited if row["how"] is not None))
    for page in pages.values():
        shown = [*chain(*(paragraph.claims for paragraph in page.paragraphs)), *page.placeless]
        page.claims = claims.of(view.key for view in shown)
        page.at_hand = texts.path(page.settings.get("textFile", "")) is not None
        if page_pictures:
            _add_document(page, texts)
    return list(pages.values())


def write(claims: Claims, pages: Sequence[SourcePage]) -> None:
    """Write the page of each source, the list of them, and the script with all claims and sources."""
    site = claims.site
    functions = {"counts_of": lambda words: Counter(words).most_common(), "runs": _runs}
    functions["sections"] = source_text.sections
    for page in pages:
        if page.document:
            source_text.draw(site.home, page.document, page.pages)
        site.write(page.path, "source.html", source=page, doubts=ClaimTotals(page.doubtful), **functions)
    site.write("sources.html", "sources.html", sources=pages)
    write_lens(claims, pages)


def _runs(items: Iterable[Any], name: str) -> list[tuple[bool, list[Any]]]:
    """Return items in order: each that has an attribute alone, and each run of neighbours without it together."""
    runs = groupby(items, lambda item: id(item) if getattr(item, name) else 0)
    return [(bool(key), list(run)) for key, run in runs]


def _by_place(claims: Claims) -> dict[tuple[str, int], list[ClaimView]]:
    """Return the claims of each paragraph of each source in the order of its sentences, names after other claims."""
    places = [
        ((link.source, link.paragraph), (link.sentence, view.is_naming, view.key))
        for view in claims.all()
        for link in claims.links(view)
    ]
    by_place = grouped(sorted(places), lambda place: [place[0]])
    return {place: claims.of(key for _, (*_, key) in own) for place, own in by_place.items()}


def _add_paragraph(page: SourcePage, paragraph: source_text.Paragraph, row: Any, texts: Texts) -> None:
    """Add a paragraph of the graph to a page, with its text and the words of claims in it, if it may show them."""
    file, form = page.settings.get("textFile", ""), row["form"].value if row["form"] else ""
    paragraph.start, paragraph.end = int(row["start"].value), int(row["end"].value)
    text = texts.quote(file, paragraph.start, paragraph.end, row["digest"].value, form)
    page.paragraphs.append(paragraph)
    if text and page.is_open:
        paragraph.text = text
        raw = (texts.text(file) or "")[paragraph.start : paragraph.end]
        paragraph.parts = source_text.mark_words(page.name, paragraph, raw, form)
    page.withheld |= text is not None and not page.is_open


def _add_document(page: SourcePage, texts: Texts) -> None:
    """Add the pages of the document of a source, if we have it and the page shows every paragraph."""
    if page.paragraphs and all(paragraph.text for paragraph in page.paragraphs):
        page.document = source_text.shown_document(page.settings, texts)
    if page.document:
        page.pages = source_text.lay_out(page.name, page.paragraphs, page.document)


def _pages(graph: Graph, site: Site) -> Iterator[tuple[str, SourcePage]]:
    """Yield the sources with their facts, by name."""
    rows = list(graph.named("source-facts"))
    labels = graph.labels([term for row in rows for term in row if isinstance(term, NamedNode)], site.language)
    for source, own in groupby(rows, lambda row: data_name(row["source"].value)):
        runs = groupby(own, lambda row: short(row["property"].value))
        terms = {name: [row["value"] for row in run] for name, run in runs}
        title, licence = (text_in(site.language, terms.get(name, ())) for name in ("title", "licence"))
        settings = {name: found[0].value for name, found in terms.items() if isinstance(found[0], Literal)}
        if "paragraphRule" in terms:
            settings["paragraphRule"] = terms["paragraphRule"][0].value.removeprefix(f"{CODE}paragraph-rule-")
        facts = {
            name: [
                _fact(labels.get(NamedNode(tip.NAMESPACE + name), name), term, labels, site.language) for term in found
            ]
            for name, found in terms.items()
        }
        yield source, SourcePage(source, title or source, licence, settings, site.in_house or lets_show(licence), facts)


def _fact(name: str, term: Term, labels: Mapping[NamedNode, str], language: str) -> Fact:
    if isinstance(term, NamedNode):
        return Fact(name, labels.get(term, term.value), linked(term.value) if term not in labels else "", term.value)
    words = term_words(term, language)
    return Fact(name, words.text, linked(words.text), "", words.language)


def write_lens(claims: Claims, sources: Sequence[SourcePage]) -> None:
    """Write the claims and sources of a language into a script of the site, which pages load when they show a claim.

    Pages take the claims of their lists from `lens/en.js`, and so does the evidence lens. The page of a source holds
    the sentence of each claim, and takes the rest from there.
    """
    site, by_name = claims.site, {source.name: source for source in sources}
    about = {
        "tree": "" if site.is_first else f"{site.language}/",
        "sources": {name: _source_data(source) for name, source in by_name.items()},
    }
    told = dict(_told(claims, by_name))
    carry(site.home / "lens" / f"{site.language}.js", {"about": about, "claims": packed(told)})
    if site.is_first:
        carry(site.home / "lens" / "spans.js", {"spans": packed(_spans(claims, sources))})


def _spans(claims: Claims, sources: Iterable[SourcePage]) -> dict[str, dict[str, Any]]:
    """Return the digests by which a page recognizes the text of a source, or another edition of it.

    By source: the digests of its text and document, its paragraph rule and format, and by span the digest of its words,
    shortened. A release knows no digest, so it has nothing here; places in XML are those of what its records say.
    """
    every = sorted(
        {one for view in claims.all() for one in view.citations if one.digest}, key=attrgetter("start", "end")
    )
    cited = grouped(every, lambda one: [one.source])
    return {
        source.name: {
            "sha256": source.settings["sha256"],
            "document": source.settings.get("documentSha256", ""),
            "file": source.settings.get("textFile", ""),
            "rule": source.settings.get("paragraphRule", ""),
            "form": found[0].form.replace("plain", ""),
            "spans": {f"{one.start}-{one.end}": one.digest[:12] for one in found},
        }
        for source in sources
        if "sha256" in source.settings and source.settings.get("paragraphRule") != "activities"
        if (found := cited.get(source.name))
    }


def _told(claims: Claims, sources: Mapping[str, SourcePage]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the data of each claim by its key, with the entries that it is about."""
    boxes, marked = ({name: getattr(source, what) for name, source in sources.items()} for what in ("boxes", "marked"))
    for view in claims.all():
        data = claims.data(view)
        for place, link in zip(data["said"], claims.links(view), strict=True):
            place["place"] = [link.paragraph, link.sentence, link.page]
            if box := boxes.get(link.source, {}).get(link.span):
                place["picture"] = f"{source_path(link.source)}#{box}"
            elif (words := f"w{link.span[0]}") in marked.get(link.source, ()):
                place["words"] = words
        data["about"] = [[label, page] for iri, label in claims.entries(view.key) if (page := claims.site.page_of(iri))]
        yield view.key, data


def _source_data(source: SourcePage) -> dict[str, Any]:
    """Return what a citation says about a source; addresses only if they are safe to link to.

    `unseen` is the reason where a place of it has no words.
    """
    facts = {name: source.facts[name][0].words for name in sorted(_CITED & source.facts.keys())}
    addresses = {name: address for name in ("url", "archived") if (address := linked(source.settings.get(name, "")))}
    known = {"knownThrough": source.known_through} if source.known_through else {}
    unseen = "withheld" if source.at_hand else "absent" if source.is_open else "licence"
    return {"title": source.title, **facts, **addresses, **known, "unseen": unseen, "licence": source.licence}
