"""Text of sources is hostile: what is done to it before a terminal, a spreadsheet or an XML reader gets it."""

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\n]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def visible(text: str) -> str:
    """Replace characters that a terminal would obey instead of show.

    >>> visible("a" + chr(27) + "[2J")
    'a�[2J'
    """
    return text if text.isprintable() else _UNSEEN.sub("\ufffd", text)  # most is, and told so thirty times sooner


def neutral(cell: str) -> str:
    """Keep a spreadsheet from running a cell: put an apostrophe before what begins like a formula, and is no number.

    >>> neutral("=1+1"), neutral("-70.66")
    ("'=1+1", '-70.66')
    """
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")  # a bare carriage return breaks a row in many readers
    return f"'{cell}" if _RUNS.match(cell) and not _NUMBER.fullmatch(cell) else cell


def xml(text: str) -> str:
    """Replace characters that no XML document may hold, such as control characters.

    >>> xml("a" + chr(7))
    'a�'
    """
    return _NOT_XML.sub("\ufffd", text)
