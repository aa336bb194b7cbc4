"""Texts of data files that hold HTML, often escaped once more: their words without it."""

import re
from html import unescape

_HIDDEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BLOCK = "p|br|div|li|ul|ol|dl|dt|dd|h[1-6]|hr|table|thead|tbody|tr|td|th|blockquote|pre|section|article"
_INLINE = "a|abbr|b|big|code|del|em|font|i|img|ins|s|small|span|strike|strong|style|script|sub|sup|u|o:p|iframe"
_BREAK = re.compile(rf"</?(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MARK = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
# "AT&T" and "?a=1&copy=2" have none, which lack a semicolon.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TIMES = 2  # how often a text may have been escaped


def without_html(text: str) -> str:
    """Return a text without HTML: tags removed, entities decoded, also where both were escaped once more.

    >>> without_html("<p>Safe&nbsp;work</p>for <b>all</b> &amp;lt;br/&amp;gt;under 5 < 18 at AT&T")
    'Safe work for all under 5 < 18 at AT&T'
    """
    for _ in range(_TIMES if "<" in text or "&" in text else 0):
        text = _ENTITY.sub(lambda entity: unescape(entity[0]), _untagged(_HIDDEN.sub(" ", text)))
    return " ".join(_untagged(text).split())


def _untagged(text: str) -> str:
    return _MARK.sub("", _BREAK.sub(" ", text))
