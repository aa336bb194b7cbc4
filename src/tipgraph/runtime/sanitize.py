"""Escape the text of sources for terminals, spreadsheets and XML: a source may be hostile."""

import re

# Patterns stay text until `re` needs them: most commands need none.
_UNSEEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_RUNS = r"\s*[=+\-@＝＋－＠]|[\t\n]"
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def visible(text: str) -> str:
    """Replace control characters, which a terminal would obey.

    >>> visible("a" + chr(27) + "[2J")
    'a�[2J'
    """
    return text if text.isprintable() else re.sub(_UNSEEN, "\ufffd", text)  # isprintable is 30 times faster


def neutral(cell: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would run as a formula.

    >>> neutral("=1+1"), neutral("-70.66")
    ("'=1+1", '-70.66')
    """
    if cell[:1].isalnum() and "\r" not in cell:  # most are such
        return cell
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")  # a bare carriage return breaks a row in many readers
    return f"'{cell}" if re.match(_RUNS, cell) and not re.fullmatch(_NUMBER, cell) else cell


def plain(cell: str) -> str:
    """Remove the apostrophe that `neutral` has put before a cell.

    >>> plain("'=1+1"), plain("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and neutral(cell[1:]) == cell else cell


def xml(text: str) -> str:
    """Replace characters that XML forbids, such as control characters.

    >>> xml("a" + chr(7))
    'a�'
    """
    return re.sub(_NOT_XML, "\ufffd", text)
