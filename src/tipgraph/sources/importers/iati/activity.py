"""One IATI activity: its elements with the spans of the file where they stand, alike for versions 1 and 2.

Decision: docs/decisions/0086-iati-activities-are-found-by-our-own-scan.md.
"""

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from lxml import etree

from tipgraph.sources.importers.row_builder import At, Intake, Record
from tipgraph.sources.segment import Span, elements

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
# What version 1 wrote as words or letters, as the codes of version 2.
_OLD = {
    "funding": "1", "accountable": "2", "extending": "3", "implementing": "4",
    "start-planned": "1", "start-actual": "2", "end-planned": "3", "end-actual": "4",
    "IF": "1", "C": "2", "D": "3", "E": "4", "IR": "5", "LR": "6", "R": "7", "QP": "8", "QS": "9", "CG": "10",
}  # fmt: skip


class Element(NamedTuple):
    """An element of the activity, and where it stands."""

    node: etree._Element
    at: At

    def get(self, name: str) -> str:
        """Return an attribute without space around it; an empty string where there is none."""
        return (self.node.get(name) or "").strip()

    def code(self, name: str) -> str:
        """Return an attribute that holds a code, in the codes of version 2."""
        value = self.get(name)
        return _OLD.get(value) or _OLD.get(value.casefold()) or value


class Activity:
    """An activity that was parsed: its elements by their names."""

    def __init__(self, record: Record, root: str) -> None:
        """Parse a record within the start tag of its file. Raises etree.XMLSyntaxError, with its line in the record."""
        self.node = parsed(record, root)
        self.language = language(self.node)
        self.currency = (self.node.get("default-currency") or "").strip()
        self.line = record.line
        self._elements: dict[str, list[Element]] = {}
        spans = elements(record.text, depth=2)
        for number, (node, (start, end)) in enumerate(zip(self.node, spans, strict=True), 1):
            at = At(record, Span(number, record.start + start, record.start + end))
            self._elements.setdefault(str(node.tag), []).append(Element(node, at))
        self.identifier = next((words for _, words in self.words("iati-identifier") if words), "")

    def all(self, name: str) -> list[Element]:
        """Return the elements of a name directly within the activity."""
        return self._elements.get(name, [])

    def unread(self, read: Collection[str]) -> dict[str, int]:
        """Return how many elements there are of each name that is not among those that are read."""
        return {name: len(found) for name, found in self._elements.items() if name not in read}

    def words(self, *names: str) -> Iterator[tuple[Element, str]]:
        """Yield elements of some names with all their text."""
        for name in names:
            for element in self.all(name):
                yield element, _text(element.node)

    def fault(self, intake: Intake, message: str, element: Element) -> None:
        """List what could not be taken, with the activity and the line of the file on which an element begins."""
        intake.fault(message, self.identifier, self.line + _line(element.node) - 1)


def parsed(record: Record, root: str) -> etree._Element:
    """Return the element of an activity, parsed within the start tag of its file. Raises etree.XMLSyntaxError."""
    return etree.fromstring(f"{root or '<iati-activities>'}{record.text}</iati-activities>", _parser())[0]


def narratives(node: etree._Element, default: str = "") -> list[tuple[str, str]]:
    """Return the texts of an element with their languages: its narratives, or in version 1 its own text."""
    own = language(node) or default
    inner = [(_text(one), language(one) or own) for one in node.iter("narrative")]
    return [pair for pair in inner or [(_text(node), own)] if pair[0]]


def language(node: etree._Element) -> str:
    """Return the language tag of an element, small; an empty string for none, or one that is no tag."""
    tag = (node.get(LANG) or "").strip()
    return tag.lower() if _LANGUAGE.fullmatch(tag) else ""


def _text(node: etree._Element) -> str:
    """Return all text within an element, that of markup inside it too."""
    return " ".join(" ".join(map(str, node.itertext())).split())


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _line(node: etree._Element) -> int:
    line = node.sourceline
    return line if isinstance(line, int) else 1
