"""The text of HTML, SVG and XML as a person reads it, in blocks that belong together."""

import re
from collections.abc import Iterator
from html import unescape

from tipgraph.outputs.release.attack.letters import TAG

_TAG = re.compile(r"<[^<>]*>")
_ENDS = re.compile(r"</(?:tr|li|p|dd|h\d|g|svg|div|option|caption|figcaption|title|section|node|edge|details)>", re.I)
_SMALLER = re.compile(r"</(?:a|text|td|span|data)>|\n", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z¿¡])")
_LONGEST, _LONG = 2500, 300  # characters of a block, and of a text that is cut into sentences
_SAID = re.compile(
    r"""\b(?:title|aria-label|alt|content|label|placeholder|value|data-[\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_CELL_END = re.compile(r"</t[dh]>", re.I)
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL | re.I)
_CELL = re.compile(r"<t([dh])\b[^>]*>(.*?)(?=<t[dhr]\b|</t[dhr]|</table)", re.DOTALL | re.I)


def tagless(text: str) -> str:
    """Return a text with `TAG` in place of each tag."""
    return _TAG.sub(TAG, text)


def blocks(text: str) -> Iterator[str]:
    """Yield the blocks of a text (a row, an item, a paragraph), with the texts of their attributes."""
    for part in _ENDS.split(text) if "<" in text else re.split(r"\n\s*\n", text):
        for piece in _SMALLER.split(part) if len(part) > _LONGEST else (part,):
            attributes = [double or single for double, single in _SAID.findall(piece)] if "=" in piece else []
            shown = unescape(_TAG.sub("", _CELL_END.sub(" | ", piece))) if "<" in piece else piece
            texts = [unescape(text) for text in attributes]
            yield from [*_SENTENCE.split(shown), *texts] if len(shown) > _LONG else [" | ".join([shown, *texts])]


def rows(text: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the rows of tables as pairs of column and cell."""
    for table in _TABLE.findall(text):
        heads: list[str] = []
        for row in re.split("<tr", table, flags=re.I)[1:]:
            cells = [(kind, unescape(_TAG.sub("", cell)).strip()) for kind, cell in _CELL.findall(f"<tr{row}</tr")]
            if all(kind in "hH" for kind, _ in cells):
                heads = [cell for _, cell in cells]
            names = heads if len(heads) == len(cells) else [""] * len(cells)
            yield tuple((name, cell) for name, (_, cell) in zip(names, cells, strict=True) if cell)
