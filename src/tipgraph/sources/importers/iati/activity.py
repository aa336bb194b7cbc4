"""An IATI activity, or an organization of such a file: its elements with their spans, and the claims about it.

Decision: docs/decisions/0086-iati-activities-are-found-by-our-own-scan.md.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree

from tipgraph.runtime import read_toml
from tipgraph.sources.evidence.html_text import without_html
from tipgraph.sources.evidence.segment import Span, elements
from tipgraph.sources.importers.row_builder import At, Cell, Record, RowBuilder

WORDS: Final[Mapping[str, Any]] = read_toml(Path(__file__).with_name("words.toml"))
"""Words and codes by which files are read."""
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def pattern(words: str) -> str:
    """Return a pattern of the table of words, which may be on several lines."""
    return re.sub(r"\n\s*", "", words)


class Element(NamedTuple):
    """An element of an activity, or a part of one, with the place of the element."""

    node: etree._Element
    at: At

    @property
    def tag(self) -> str:
        """The name of the element."""
        return str(self.node.tag)

    def get(self, name: str) -> str:
        """Return an attribute without surrounding space; an empty string if it is missing."""
        return (self.node.get(name) or "").strip()

    def code(self, name: str) -> str:
        """Return an attribute that holds a code, in the codes of version 2."""
        value, old = self.get(name), WORDS["old"]
        return old.get(value) or old.get(value.casefold()) or value

    def all(self, *names: str) -> list["Element"]:
        """Return the children of some names."""
        return [Element(node, self.at) for name in names for node in self.node.iterchildren(name)]

    def child(self, name: str) -> "Element":
        """Return the first child of a name; an empty element if there is none."""
        node = self.node.find(name)
        return Element(_empty(name) if node is None else node, self.at)

    @property
    def text(self) -> str:
        """The text of the element itself."""
        return (self.node.text or "").strip()


class Activity:
    """An activity or an organization: its elements by name, and the claims about it.

    `project` is its reference as a project, `located` has the places of its locations with
    their elements, by their references.
    """

    def __init__(self, builder: RowBuilder, record: Record, root: str) -> None:
        """Parse a record within the start tag of its file; raise etree.XMLSyntaxError with its line in the record."""
        self.builder, self.root = builder, root
        self.node = parsed(record, root)
        self.language = language(self.node)
        self.currency = (self.node.get("default-currency") or "").strip()
        self._line = record.line
        self._elements: dict[str, list[Element]] = {}
        spans = elements(record.text, depth=2)
        for number, (node, (start, end)) in enumerate(zip(self.node, spans, strict=True), 1):
            at = At(record, Span(number, record.start + start, record.start + end))
            self._elements.setdefault(str(node.tag), []).append(Element(node, at))
        tag_end = record.text.find(">", 0) + 1
        self.start_tag = At(record, Span(1, record.start, record.start + tag_end))
        identifiers = self.words("organisation-identifier", "iati-identifier")
        self.identifier = next((words for _, words in identifiers if words), "")
        self.project = ""
        self.located: dict[str, tuple[str, At]] = {}

    def all(self, *names: str) -> list[Element]:
        """Return the elements of some names directly within the activity."""
        return [element for name in names for element in self._elements.get(name, ())]

    def unread(self, read: Collection[str]) -> dict[str, int]:
        """Return the number of elements by name, for names that are not read."""
        return {name: len(nodes) for name, nodes in self._elements.items() if name not in read}

    def unread_parts(self, read: Mapping[str, Collection[str]]) -> Counter[str]:
        """Return the number of parts of elements by `element/part`, for parts that are not read of these elements."""
        return Counter(
            f"{name}/{part.tag}"
            for name, known in read.items()
            for element in self.all(name)
            for part in element.node.iterdescendants()
            if part.tag not in known
        )

    def words(self, *names: str) -> Iterator[tuple[Element, str]]:
        """Yield the elements of some names with their text as it is."""
        for element in self.all(*names):
            yield element, _text(element.node)

    def texts(self, *names: str) -> Iterator[tuple[Element, str]]:
        """Yield the elements of some names with their text without HTML."""
        for element, words in self.words(*names):
            yield element, without_html(words)

    def narratives(self, *names: str) -> list[tuple[Element, str, str]]:
        """Return the elements of some names with each of their texts and its language."""
        return [(element, *pair) for element in self.all(*names) for pair in narratives(element.node, self.language)]

    def report(self, *at: At, **cells: Cell) -> None:
        """Claim something about the project of the activity."""
        self.builder.claim("undertaking-reports", *at, **{"undertaking": self.project, **cells})

    def fault(self, message: str, element: Element, lost: str = "") -> None:
        """Add a fault of an element, with its activity and its line in the file, and what is lost with it."""
        line = element.node.sourceline
        first = line if isinstance(line, int) else 1
        self.builder.fault(message, self.identifier, self._line + first - 1, lost=lost)

    def in_capitals(self, code: str, element: Element) -> str:
        """Return a code in capitals, in which alone its list has it, and add a fault of its element."""
        self.fault(f"{code!r} was read as {code.upper()!r}; write the code in capitals", element)
        return code.upper()


def parsed(record: Record, root: str) -> etree._Element:
    """Return the element of a record, parsed within the start tag of its file. Raises etree.XMLSyntaxError."""
    name = "iati-organisations" if is_of_organizations(root) else "iati-activities"
    return etree.fromstring(f"{root or '<iati-activities>'}{record.text}</{name}>", _parser())[0]


def is_of_organizations(root: str) -> bool:
    """Tell whether the start tag around records is that of a file of organizations."""
    return root.startswith("<iati-organisations")


def narratives(node: etree._Element, default: str = "") -> list[tuple[str, str]]:
    """Return the texts of an element without HTML, with their languages: its narratives, or in version 1 its own."""
    own = language(node) or default
    inner = [(child, language(child) or own) for child in node.iter("narrative")] or [(node, own)]
    texts = ((without_html(_text(child)), tongue) for child, tongue in inner)
    return [pair for pair in texts if pair[0]]


def language(node: etree._Element) -> str:
    """Return the language tag of an element in lower case; an empty string for none or a wrong one."""
    return language_tag(node.get(_LANG) or "")


@lru_cache(maxsize=256)
def language_tag(text: str) -> str:
    """Return a language tag in lower case; an empty string for a text that is none."""
    tag = text.strip()
    return tag.lower() if _LANGUAGE.fullmatch(tag) else ""


def _text(node: etree._Element) -> str:
    """Return all text within an element and its children."""
    text = " ".join(map(str, node.itertext())) if len(node) else node.text or ""
    return " ".join(text.split())


@cache
def _empty(name: str) -> etree._Element:
    return etree.Element(name)


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
