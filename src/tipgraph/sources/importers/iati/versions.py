"""Versions of one activity within a file: the newest is read, by the day on which the file says it was updated."""

from typing import NamedTuple

from lxml import etree

from tipgraph.sources.importers.row_builder import Record


class _Version(NamedTuple):
    """A version of an activity: when it was updated, the number of its record, and a hash of its text."""

    updated: str
    number: int
    text: int


class Versions:
    """The newest version of each activity of a file. Of several without a day the first counts."""

    def __init__(self) -> None:
        self._newest: dict[int, _Version] = {}  # hashes need a tenth of the memory of identifiers

    def learn(self, record: Record, node: etree._Element) -> None:
        """Learn a version, before the first activity of the file is read."""
        named = node.findtext("organisation-identifier", "") or node.findtext("iati-identifier", "")
        identifier = " ".join(named.split())
        version = _version(record, node)
        newest = self._newest.setdefault(hash(identifier), version)
        if version.updated > newest.updated:
            self._newest[hash(identifier)] = version

    def is_read(self, record: Record, identifier: str) -> bool:
        """Tell whether a record holds the version that is read."""
        return self._newest[hash(identifier)].number == record.number

    def is_lost(self, record: Record, node: etree._Element, identifier: str) -> bool:
        """Tell whether a version that is not read may say something else, and is not known to be older."""
        version, newest = _version(record, node), self._newest[hash(identifier)]
        return version.updated == newest.updated and version.text != newest.text


def _version(record: Record, node: etree._Element) -> _Version:
    return _Version((node.get("last-updated-datetime") or "").strip(), record.number, hash(record.text))
