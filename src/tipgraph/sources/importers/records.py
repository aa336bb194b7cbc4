"""The records of a file, cut by a rule: of a text at once, of IATI activities or organizations as a stream.

The stream keeps one activity in memory, so that a file of gigabytes needs no more than a small one. Our own scan finds
the elements, since parsers have lines and no offsets. Each activity is parsed by itself, so that a broken one does not
affect others. An activity that begins within another one means that the other has lost its end.

Decision: docs/decisions/0088-a-record-is-a-paragraph.md.
Decision: docs/decisions/0252-an-activity-ends-where-another-begins.md.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from tipgraph.errors import Fault, InputError
from tipgraph.runtime import open_file, read_bytes
from tipgraph.sources.evidence.segment import ACTIVITY, each_paragraph, words
from tipgraph.sources.importers.row_builder import Record

BOM = "\ufeff"
_PIECE = 1 << 20
_LONGEST = 32 << 20  # characters of one activity, bytes of one line
_MOST_AT_ONCE = 200 << 20  # bytes of a file that is no stream
_DECLARED = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_UTF8 = {"utf-8", "utf8", "us-ascii", "ascii"}
_ZIPPED = {b"PK\x03\x04": "a zip archive", b"\x1f\x8b": "compressed by gzip", b"%PDF": "a PDF"}
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ROOT = re.compile(r"<iati-(?:activities|organisations)\b[^<>]*>")
_ROOT_END = re.compile(r"</iati-(?:activities|organisations)\s*>")
_IDENTIFIER = re.compile(r"<(iati|organisation)-identifier\b[^<>]*>([^<]*)</\1-identifier")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # the marks of both orders, and a first < without a mark


def text_of(path: Path) -> str:
    """Return the unchanged text of a file; raise InputError if it is no UTF-8, or a line is too long."""
    raw = _bytes(path)
    start = 0
    while len(raw) - start > _LONGEST:
        if (end := raw.rfind(b"\n", start, start + _LONGEST + 1)) < 0:
            message = f"has a line of more than {_LONGEST:,} bytes; write one record on each line"
            raise _refused(path, message, raw.count(b"\n", 0, start) + 1)
        start = end + 1
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(path, _not_utf8(error.start), raw[: error.start].count(b"\n") + 1) from error
    if "\0" in text:
        raise _refused(path, "holds NUL characters (perhaps UTF-16); save it as UTF-8", 1)
    return text


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


class Activities:
    """The activities or organizations of an IATI file as a stream of records, which can be read again.

    `root` is the start tag around them. `faults` are those of the file as a whole; `unended` has one for each activity
    without an end, with its identifier as the column.
    """

    def __init__(self, path: Path) -> None:
        """Read the beginning of a file; raise InputError if it is no XML in UTF-8, or has a DOCTYPE."""
        self.path = path
        head = _bytes(path, 1 << 16)
        if head.startswith(_UTF16):
            raise _refused(path, "is UTF-16; turn it into UTF-8, as by iconv -f UTF-16 -t UTF-8 FILE > NEW", 1)
        if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            raise _refused(path, "is no XML: it does not begin with <; name an IATI file", 1)
        declared = _DECLARED.match(head)
        encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
        message = f"declares {encoding}, and was read as UTF-8"
        self._declared = [] if encoding in _UTF8 else [Fault(message, path.name, 1)]
        self.faults, self.unended = self._declared, list[Fault]()
        self.encoding = encoding
        self.root = ""

    def __iter__(self) -> Iterator[Record]:
        """Yield each activity; raise InputError if the text is no UTF-8."""
        window, begun, number = _Window(), -1, 0
        self.faults, self.unended, self.root = [*self._declared], [], ""
        for _ in self._fill(window):
            for match in window.matches():
                if begun < 0 and number == 0:
                    self._open(window.text[: match.start()])
                if not match["end"]:
                    self._lose(window, begun, match.start())
                    begun = match.start()
                if begun >= 0 and (match["end"] or match["empty"]):
                    number += 1
                    yield window.record(number, begun, match.end())
                    begun = -1
            begun = window.forget(begun) if self.root else begun  # the text before the first activity is kept
            self._refuse_long(window)
        self._close(window, begun, number)

    def _refuse_long(self, window: "_Window") -> None:
        if len(window.text) > _LONGEST + _PIECE:
            message = f"goes on for more than {_LONGEST:,} characters without the end of an activity or a comment"
            raise _refused(self.path, message, window.line(0))

    def _close(self, window: "_Window", begun: int, number: int) -> None:
        """Add a fault for an activity without an end, or for a file without activities."""
        self._lose(window, begun, len(window.text))
        if begun < 0 and number == 0:
            self._open(window.text)
            message = "has neither an iati-activity nor an iati-organisation; name a file of IATI"
            self.faults.append(Fault(message, self.path.name, 1))

    def _lose(self, window: "_Window", begun: int, end: int) -> None:
        """Add a fault for an activity that has begun and has no end before another one, or before that of the file."""
        if begun >= 0:
            text = window.text[begun:end]
            is_cut = end == len(window.text) and not _ROOT_END.search(text)
            one = "organization" if text.startswith("<iati-organisation") else "activity"
            why = "the file is cut short" if is_cut else "add its end tag"
            message = f"this {one} has no end, and was left out: {why}"
            self.unended.append(Fault(message, self.path.name, window.line(begun), identifier_in(text)))

    def _fill(self, window: "_Window") -> Iterator[None]:
        """Read the file into a window, piece by piece."""
        decoder, read = codecs.getincrementaldecoder("utf-8")(), 0
        with open_file(self.path) as file:
            while not window.last:
                raw = file.read(_PIECE)
                window.last = not raw
                try:
                    window.text += decoder.decode(raw, final=window.last)
                except UnicodeDecodeError as error:
                    message = _not_utf8(read + error.start, self.encoding)
                    raise _refused(self.path, message, window.line(len(window.text))) from error
                read += len(raw)
                yield

    def _open(self, head: str) -> None:
        """Keep the start tag before the first activity; raise InputError for a DOCTYPE, which may hold entities."""
        plain = _ASIDE.sub("", head)
        if "<!DOCTYPE" in plain.upper():
            message = "has a DOCTYPE, whose entities could fill the memory or read other files; remove it"
            raise _refused(self.path, message, head[: head.upper().index("<!DOCTYPE")].count("\n") + 1)
        tag = _ROOT.search(plain)
        self.root = " ".join(tag[0].split()) if tag else "<iati-activities>"


class _Window:
    """A part of a file in memory: its text, its offset, and the searched length."""

    def __init__(self) -> None:
        self.text = ""
        self.offset = 0
        self.last = False
        self._searched = 0
        self._pending = -1
        self._line, self._counted = 1, 0

    def matches(self) -> Iterator[re.Match[str]]:
        """Yield the complete tags of activities."""
        self._pending = -1
        for match in ACTIVITY.finditer(self.text, self._searched):
            if match.end() == len(self.text) and not self.last:
                self._pending = match.start()
                return
            self._searched = match.end()
            if match["name"] is not None:
                yield match

    def record(self, number: int, start: int, end: int) -> Record:
        """Return a part of the window as a record of the file."""
        return Record(number, self.offset + start, self.offset + end, self.line(start), self.text[start:end])

    def forget(self, begun: int) -> int:
        """Drop the text before the open activity, and return its new position (-1 for none)."""
        open_tag = self.text.rfind("<", self._searched)
        after = [at for at in (begun, self._pending, open_tag) if at >= 0] or [len(self.text)]
        drop = min(*after, len(self.text))
        self.line(drop)
        self.text, self.offset = self.text[drop:], self.offset + drop
        self._searched, self._counted = max(self._searched - drop, 0), self._counted - drop
        return begun - drop if begun >= 0 else -1

    def line(self, position: int) -> int:
        """Return the line number of a position in the window."""
        if position < self._counted:
            return self._line - self.text.count("\n", position, self._counted)
        self._line += self.text.count("\n", self._counted, position)
        self._counted = position
        return self._line


def _bytes(path: Path, most: int = 0) -> bytes:
    """Return the beginning of a file, or all of it."""
    try:
        if most:
            with open_file(path) as file:
                raw = file.read(most)
        else:
            raw = read_bytes(path, _MOST_AT_ONCE)
    except OSError as error:
        raise _refused(path, f"cannot be read: {error.strerror}") from error
    zipped = next((kind for mark, kind in _ZIPPED.items() if raw.startswith(mark)), "")
    if zipped:
        raise _refused(path, f"is {zipped}; unpack it and name the file in it")
    if not raw.strip():
        raise _refused(path, "is empty")
    return raw


def _not_utf8(byte: int, encoding: str = "") -> str:
    declared = encoding if encoding not in _UTF8 else ""
    how = f"iconv -f {declared or 'LATIN1'} -t UTF-8 FILE > NEW"
    reason = f"declares {declared}, and" if declared else "is not UTF-8 and"
    return f"{reason} cannot be read at byte {byte:,}; turn it into UTF-8, as by {how}"


def _refused(path: Path, message: str, line: int | None = None) -> InputError:
    return InputError([Fault(message, str(path), line)])
