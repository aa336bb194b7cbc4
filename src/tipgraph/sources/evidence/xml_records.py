"""The records of an XML file, as lxml reads them: the activities or organizations of IATI, and their text.

The text has a paragraph for each record and a line for each element directly within it: its name, the values of its
attributes, and its words. So evidence is a record and an element by number, with a digest of what they say; white space
and the marks of XML do not matter. A record that is not well-formed does not affect others.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple, cast

from lxml import etree

from tipgraph.sources.evidence.html_text import without_html

_TAGS = ("iati-activity", "iati-organisation")
_OF_RECORDS = re.compile(r"\ufeff?\s*<(?=.{0,100000}?<iati-(?:activit|organisation))", re.DOTALL)
_BEGUN = re.compile(r"<iati-(?:activity|organisation)[\s/>]")
_OPENED = re.compile(r" line (\d+)")  # of the tag that has no end
_BEHIND = "ERR_DOCUMENT_END"
_WORDS = etree.XPath("@* | .//@* | .//text()")  # the values of attributes and the texts, in the order of the file


class XmlRecord(NamedTuple):
    """A record: its first line, its element, and why it is not well-formed, with the line of that."""

    line: int
    node: etree._Element
    fault: str
    fault_line: int


class XmlFile:
    """An XML file: its root, None if it has none; its records; and how many records behind an error were not read."""

    def __init__(self, text: str, element: type[etree.ElementBase] = etree.ElementBase) -> None:
        """Parse a text without entities or network, with elements of a class."""
        parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True,
                                 load_dtd=False, remove_comments=True, remove_pis=True)  # fmt: skip
        parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=element))
        self.root = etree.fromstring(text.encode("utf-8"), parser)
        nodes = [] if self.root is None else list(self.root.iter(*_TAGS))
        errors = [error for error in parser.error_log if error.level_name == "FATAL"]
        lines = [node.sourceline for node in nodes]
        faults = dict[int, tuple[str, int]]()
        for error in errors:
            opened = _OPENED.search(error.message)
            before = bisect_right(lines, int(opened[1]) if opened else error.line)
            if before and error.type_name != _BEHIND:
                faults.setdefault(lines[before - 1], (error.message.strip(), error.line))
        self.records = [XmlRecord(line, node, *faults.get(line, ("", 0)))
                        for line, node in zip(lines, nodes, strict=True)]  # fmt: skip
        self.unread = len(_BEGUN.findall(text)) - len(nodes) if errors else 0


def is_of_records(text: str) -> bool:
    """Tell whether a text is XML of IATI."""
    return _OF_RECORDS.match(text) is not None


def text_of_records(records: Iterable[XmlRecord]) -> str:
    r"""Return the text of records.

    >>> file = XmlFile("<x><iati-activity a='EUR'><title b='1'>A &amp;<b>B</b></title></iati-activity></x>")
    >>> text_of_records(file.records)
    'title 1 A & B\niati-activity EUR'
    """
    return "\n\n".join(text_of_record(record.node) for record in records)


def text_of_record(node: etree._Element) -> str:
    """Return the text of one record: its elements, then its own name and attributes."""
    parts = [
        _line(child, cast("list[str]", _WORDS(child))) for child in node.iterchildren("*") if child.tag not in _TAGS
    ]
    return "\n".join([*parts, _line(node, map(str, node.values()))])


def _line(node: etree._Element, words: Iterable[str]) -> str:
    return " ".join([etree.QName(node).localname, *without_html(" ".join(words)).split()])
