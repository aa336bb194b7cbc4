"""Text of sources is hostile: what is done to it before a terminal, a spreadsheet or an XML reader gets it."""

import re

# As text, compiled by `re` when they are first needed: most commands need none of them.
_UNSEEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_RUNS = r"\s*[=+\-@＝＋－＠]|[\t\n]"
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def visible(text: str) -> str:
    """Replace characters that a terminal would obey instead of show.

    >>> visible("a" + chr(27) + "[2J")
    'a�[2J'
    """
    return text if text.isprintable() else re.sub(_UNSEEN, "\ufffd", text)  # most is, and told so thirty times sooner


def neutral(cell: str) -> str:
    """Keep a spreadsheet from running a cell: put an apostrophe before what begins like a formula, and is no number.

    >>> neutral("=1+1"), neutral("-70.66")
    ("'=1+1", '-70.66')
    """
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")  # a bare carriage return breaks a row in many readers
    return f"'{cell}" if re.match(_RUNS, cell) and not re.fullmatch(_NUMBER, cell) else cell


def plain(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a cell.

    >>> plain("'=1+1"), plain("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and neutral(cell[1:]) == cell else cell


def xml(text: str) -> str:
    """Replace characters that no XML document may hold, such as control characters.

    >>> xml("a" + chr(7))
    'a�'
    """
    return re.sub(_NOT_XML, "\ufffd", text)
