"""The documents to which IATI files link, with their addresses, as publications of a project or an organization."""

from lxml import etree

from tipgraph.sources.importers.cell_values import day
from tipgraph.sources.importers.iati.activity import Activity, Element, language_tag
from tipgraph.sources.importers.iati.places import place_of
from tipgraph.sources.importers.iati.words import worded
from tipgraph.sources.importers.row_builder import At, Cell, RowBuilder
from tipgraph.sources.personal_data import masked

PARTS = frozenset({"title", "narrative", "category", "language", "document-date", "recipient-country"})
_ADDRESSES = ("http://", "https://")


def read_document(builder: RowBuilder, activity: Activity, node: etree._Element, at: At, **tie: Cell) -> None:
    """Claim a document-link; `tie` has the columns that link the document to a project or an organization."""
    element = Element(node, at)
    address = element.get("url")
    if not address.casefold().startswith(_ADDRESSES) or masked(address) != address:
        activity.fault(builder, f"{address!r} is no address of the web; the document-link was left out", element)
        return
    title = worded(builder, node.find("title"), "label", activity.language)
    label = next(iter(title.values()), "") or address.rstrip("/").rpartition("/")[2]
    document = builder.entry(
        "documents",
        address,
        label,
        type="Publication",
        **{column: text for column, text in title.items() if column != "label"},
    )
    for column, text in title.items():
        builder.name(document, text, "title", at, language=column.partition("@")[2])
    known = builder.ontology.matches("documentcategory")
    kinds = (known.get(part.get("code") or "", "") for part in node.iter("category"))
    builder.claim("publication-reports", at, document=document, documentKind=next(filter(None, kinds), ""),
                  url=address, mediaType=element.get("format"), language=_languages(node),
                  date=_day(builder, activity, element), subjectPlace=_places(builder, activity, element),
                  **tie)  # fmt: skip


def _languages(node: etree._Element) -> list[str]:
    tags = (language_tag(part.get("code") or part.text or "") for part in node.iterchildren("language"))
    return list(dict.fromkeys(filter(None, tags)))


def _places(builder: RowBuilder, activity: Activity, element: Element) -> list[str]:
    nodes = element.node.iterchildren("recipient-country")
    places = (place_of(builder, activity, Element(node, element.at)) for node in nodes)
    return list(dict.fromkeys(filter(None, places)))


def _day(builder: RowBuilder, activity: Activity, element: Element) -> str:
    node = element.node.find("document-date")
    try:
        return "" if node is None else day(node.get("iso-date") or "")
    except ValueError as error:
        activity.fault(builder, f"document-date: {error}", element)
        return ""
