"""The texts of IATI elements as cells: without HTML, by their languages, with personal data masked."""

import re
from html import unescape

from lxml import etree

from tipgraph.sources.importers.iati.activity import narratives
from tipgraph.sources.importers.row_builder import RowBuilder
from tipgraph.sources.personal_data import masked

_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BLOCK = "p|br|div|li|ul|ol|dl|dt|dd|h[1-6]|hr|table|thead|tbody|tr|td|th|blockquote|pre|section|article"
_INLINE = "a|abbr|b|big|code|del|em|font|i|img|ins|s|small|span|strike|strong|style|script|sub|sup|u|o:p|iframe"
_BREAK = re.compile(rf"</?(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARK = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TIMES = 2  # how often a text may have been escaped
_DESCRIPTIONS = frozenset({"description", "objective", "targetGroup"})  # columns of whole sentences


def plain(text: str) -> str:
    """Return a text without HTML: tags removed, entities decoded, also where both were escaped once more.

    >>> plain("<p>Safe&nbsp;work</p>for <b>all</b> &amp;lt;br/&amp;gt;under 5 < 18")
    'Safe work for all under 5 < 18'
    """
    for _ in range(_TIMES if "<" in text or "&" in text else 0):
        text = unescape(_MARK.sub("", _BREAK.sub(" ", _HIDDEN.sub(" ", text))))
    return " ".join(_MARK.sub("", _BREAK.sub(" ", text)).split())


def worded(builder: RowBuilder, node: etree._Element | None, column: str, default: str = "") -> dict[str, str]:
    """Return the text of an element as the cell of a column with its language; no cell without a text.

    Of texts in several languages it is the English one, else the first.
    """
    cells = [] if node is None else all_worded(builder, node, column, default)
    return min(cells, key=lambda cell: column not in cell, default={})


def all_worded(builder: RowBuilder, node: etree._Element, column: str, default: str = "") -> list[dict[str, str]]:
    """Return the texts of an element, each as the cell of a column with its language.

    There are none of a description if the import leaves these out.
    """
    if column in _DESCRIPTIONS and not builder.options.descriptions:
        builder.report.left["descriptions of claims (--no-descriptions)"] += 1
        return []
    texts = ((shown(builder, text), tongue) for text, tongue in narratives(node, default))
    return [{in_language(column, tongue): text} for text, tongue in texts if text]


def shown(builder: RowBuilder, text: str) -> str:
    """Return a text without HTML, with personal data in it masked and counted."""
    text = plain(text)
    safe = masked(text)
    if safe != text:
        builder.report.left["personal data in descriptions, which are masked there"] += 1
    return safe


def in_language(column: str, tongue: str) -> str:
    """Return the name of a column for texts in a language.

    >>> in_language("title", "en-gb"), in_language("title", "fr"), in_language("title", "")
    ('title', 'title@fr', 'title')
    """
    return column if tongue.partition("-")[0] in ("en", "") else f"{column}@{tongue}"
