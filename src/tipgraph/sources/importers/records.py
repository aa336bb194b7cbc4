"""The records of a file, cut by a rule of `segment`: lines, records of CSV, IATI activities or organizations.

Our own scan finds activities, since parsers have lines and no offsets. Each is parsed by itself, so that a broken one
does not affect others. An activity that begins within another one means that the other has lost its end.

Decision: docs/decisions/0088-a-record-is-a-paragraph.md.
Decision: docs/decisions/0252-an-activity-ends-where-another-begins.md.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from tipgraph.errors import Fault, InputError
from tipgraph.runtime import read_bytes
from tipgraph.sources.evidence.segment import ACTIVITY, each_paragraph, words
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
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ROOT = re.compile(r"<iati-(?:activities|organisations)\b[^<>]*>")
_IDENTIFIER = re.compile(r"<(iati|organisation)-identifier\b[^<>]*>([^<]*)</\1-identifier")


class FileRecords:
    """The records of a file, which can be read again.

    Of IATI, `root` is the start tag around them, `faults` are those of the file as a whole, and `unended` has one for
    each activity without an end, with its identifier as the column.
    """

    def __init__(self, path: Path, rule: str) -> None:
        """Read a file; raise InputError if it is no text, too large, or no XML without a DOCTYPE where that is due."""
        self._path, self._rule = path, rule
        self.text, self.root, self.faults = text_of(path, is_xml=rule == "activities"), "", list[Fault]()
        if rule == "activities":
            self._open()

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, each with its first line."""
        return records_of(self.text, self._rule)

    @cached_property
    def unended(self) -> list[Fault]:
        """A fault for each activity that has begun and has no end before another one, or before that of the file."""
        whole = {start for _, start, _ in each_paragraph(self.text, self._rule)}
        starts = [match.start() for match in ACTIVITY.finditer(self.text) if match["name"] and not match["end"]]
        message = "this record has no end, and was left out: add its end tag, or name the whole file"
        return [
            Fault(message, self._path.name, self.text.count("\n", 0, start) + 1, identifier_in(self.text[start:end]))
            for start, end in pairwise([*starts, len(self.text)])
            if start not in whole
        ]

    def _open(self) -> None:
        """Keep the start tag before the first activity; raise InputError for a DOCTYPE, which may hold entities."""
        found = next((match for match in ACTIVITY.finditer(self.text) if match["name"]), None)
        head = self.text[: found.start() if found else None]
        plain = _ASIDE.sub("", head)
        if "<!DOCTYPE" in plain.upper():
            message = "has a DOCTYPE, whose entities could fill the memory or read other files; remove it"
            raise _refused(self._path, message, head[: head.upper().index("<!DOCTYPE")].count("\n") + 1)
        if found is None:
            message = "has neither an iati-activity nor an iati-organisation; name a file of IATI"
            self.faults.append(Fault(message, self._path.name, 1))
        tag = _ROOT.search(plain)
        self.root = " ".join(tag[0].split()) if tag else "<iati-activities>"


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


def identifier_in(text: str) -> str:
    """Return the identifier in the text of an activity or organization that cannot be parsed, or an empty string.

    >>> identifier_in("<iati-activity><iati-identifier> XX-1 </iati-identifier><title>")
    'XX-1'
    """
    match = _IDENTIFIER.search(text)
    return " ".join(words(match[2], "xml").split()) if match else ""


def _refused(path: Path, message: str, line: int | None = None) -> InputError:
    return InputError([Fault(message, str(path), line)])
