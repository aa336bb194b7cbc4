"""The records of a file, cut by a rule of `segment`: lines, records of CSV, or records of XML as lxml reads them.

Decision: docs/decisions/0087-an-importer-makes-rows.md.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tipgraph.errors import Fault, InputError
from tipgraph.runtime import read_bytes
from tipgraph.sources.evidence.segment import each_paragraph
from tipgraph.sources.evidence.xml_records import XmlFile, text_of_records
from tipgraph.sources.folder import decoded
from tipgraph.sources.importers.row_builder import Record

BOM = "\ufeff"
_MOST = 200 << 20  # bytes of a file
_WRAPPED = {  # how a file begins, what it is, and what to do
    b"PK\x03\x04": "a workbook or a zip archive; save the sheet as CSV (UTF-8), or unpack the archive",
    b"\x1f\x8b": "compressed by gzip; unpack it and name the file in it",
    b"%PDF": "a PDF; `tipgraph source add` takes a document in",
}
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # the marks of both orders, and a first < without a mark


class FileRecords:
    """The records of a file, which can be read again; of XML each with its element.

    `faults` are those of the file as a whole, and `unread` is the number of records behind an error that ends it.
    """

    def __init__(self, path: Path, rule: str) -> None:
        """Read a file; raise InputError if it is no text, too large, or no XML without a DOCTYPE where that is due."""
        is_xml = rule == "activities"
        self.text, self.faults, self.unread = text_of(path, is_xml=is_xml), list[Fault](), 0
        self._rule = rule
        self._file: XmlFile | None = None
        if is_xml:
            from tipgraph.sources.importers.iati.activity import Element

            self._file = XmlFile(self.text, Element)
            self._check(path, self._file)
            self.text, self.unread = text_of_records(self._file.records), self._file.unread

    @property
    def root(self) -> etree._Element | None:
        """The root of XML."""
        return self._file.root if self._file else None

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, each with its first line."""
        if self._file is None:
            yield from records_of(self.text, self._rule)
            return
        places = each_paragraph(self.text, self._rule)
        for (number, start, end), record in zip(places, self._file.records, strict=True):
            yield Record(number, start, end, record.line, self.text[start:end], record)

    def _check(self, path: Path, file: XmlFile) -> None:
        """Add a fault for a file without records; raise InputError for a DOCTYPE, which may hold entities."""
        if file.root is not None and file.root.getroottree().docinfo.internalDTD is not None:
            line = self.text[: self.text.upper().index("<!DOCTYPE")].count("\n") + 1
            raise _refused(
                path, "has a DOCTYPE, whose entities could fill the memory or read other files; remove it", line
            )
        if not file.records:
            message = "has neither an iati-activity nor an iati-organisation; name a file of IATI"
            self.faults.append(Fault(message, path.name, 1))


def text_of(path: Path, *, is_xml: bool = False) -> str:
    """Return the unchanged text of a file; raise InputError if it has another encoding or form."""
    try:
        raw = read_bytes(path, _MOST)
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror}") from error
    if wrapped := next((kind for mark, kind in _WRAPPED.items() if raw.startswith(mark)), ""):
        raise _refused(path, f"is {wrapped}")
    if not raw.strip():
        raise _refused(path, "is empty")
    if raw.startswith(_UTF16):
        raise _refused(path, "is UTF-16; turn it into UTF-8, as by iconv -f UTF-16 -t UTF-8 FILE > NEW", 1)
    if is_xml and not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise _refused(path, "is no XML: it does not begin with <; name an IATI file", 1)
    try:
        return decoded(raw)
    except UnicodeDecodeError as error:
        how = "turn it into UTF-8, as by iconv -f LATIN1 -t UTF-8 FILE > NEW"
        message = f"is not UTF-8 and cannot be read at byte {error.start:,}; {how}"
        raise _refused(path, message, raw.count(b"\n", 0, error.start) + 1) from error


def records_of(text: str, rule: str) -> Iterator[Record]:
    """Yield the records of a text, each with its first line."""
    line, reached = 1, 0
    for number, start, end in each_paragraph(text, rule):
        line, reached = line + text.count("\n", reached, start), start
        yield Record(number, start, end, line, text[start:end])


def _refused(path: Path, message: str, line: int | None = None) -> InputError:
    return InputError([Fault(message, str(path), line)])
