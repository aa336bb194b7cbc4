"""Normalize letters: undo accents, look-alikes, invisible characters, escapes and codes."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape
from unicodedata import category, normalize

TAG = "\0"  # represents a tag, which separates letters and is not seen
_ALIKE = {
    **dict(zip("аАвВеЕкКмМнНоОрРсСтТхХуУіІјЈѕЅԁһӏԛԝ", "aAbBeEkKmMhHoOpPcCtTxXyYiIjJsSdhlqw", strict=True)),
    **dict(zip("αΑβΒΕεΖΗηιΙκΚΜνΝοΟρΡΤτυΥΧχγ", "aAbBEeZHniIkKMvNoOpPTtuYXxy", strict=True)),
    **dict(zip("łŁđĐðÐøØıſɑɡⅼ", "lLdDdDoOisagl", strict=True)),
    "ß": "ss",
    "−": "-",
    "þ": "th",
    "Þ": "Th",
    "æ": "ae",
    "Æ": "Ae",
    "œ": "oe",
    "Œ": "Oe",
}
_UNSEEN = "\u115f\u1160\u3164\uffa0\u17b4\u17b5"  # letters that are not drawn
_FOREIGN = re.compile("[^\0-\x7f]+")
_SQUASH = {code: None for code in range(128) if not chr(code).isalnum()}
_MARKED = re.compile(
    r"%[0-9A-Fa-f]{2}|&#?\w+;|\\[uUxntr0-9a-fA-F]|=[0-9A-F]{2}|\+[A-Za-z0-9/]{3,}-?|xn--|(?:\d{2,3},\s?){5}"
)
_HEX = re.compile(r"(?:0x)?[0-9A-Fa-f]{2}(?:[\s,:;-]{0,2}(?:0x)?[0-9A-Fa-f]{2}){5,}")
_BASED = re.compile(r"(?<![A-Za-z0-9+/_-])(?=[a-z0-9+/_-]*[A-Z])(?=[A-Z0-9+/_-]*[a-z])[A-Za-z0-9+/_-]{7,400}")
_THIRTY_TWO = re.compile(r"(?=[A-Za-z]*[2-7])(?:[A-Z2-7]{12,400}|[a-z2-7]{12,400})|[A-Z]{12,400}")


def folded(text: str) -> str:
    """Return a text in ASCII that looks the same; a letter unlike any in ASCII becomes its number.

    >>> folded("Сasa\u200b Clárа"), folded("Ｃａｓａ")
    ('Casa Clara', 'Casa')
    """
    return text if text.isascii() else _FOREIGN.sub(lambda run: _plain(run[0]), text)


def squashed(text: str) -> str:
    """Return the letters and digits of a text, in small letters and as one word.

    >>> squashed("Casa Clára, 2020")
    'casaclara2020'
    """
    return folded(text).lower().translate(_SQUASH)


def words(text: str) -> str:
    """Return the words of a text in small letters, with one space before, between and after them, for searching."""
    return f" {' '.join(re.findall('[a-z0-9]+', folded(text).lower()))} "


@lru_cache(maxsize=200_000)
def _plain(run: str) -> str:
    return "".join(map(_letter, normalize("NFKD", run)))


def _letter(mark: str) -> str:
    if mark.isascii() or mark in _ALIKE:
        return _ALIKE.get(mark, mark)
    kind = category(mark)
    if kind in ("Mn", "Me", "Cf") or mark in _UNSEEN:
        return ""
    if kind == "Pd":
        return "-"
    return f"u{ord(mark.lower()[0]):x}" if kind[0] in "LN" else " "


def unescaped(text: str) -> str:
    """Return the lines of a text that hold escapes, with these undone, also nested ones.

    >>> unescaped("Casa%2520Clara"), unescaped("nothing")
    ('Casa Clara', '')
    """
    text = re.sub(r"=\r?\n", "", text) if re.search(r"=[0-9A-F]{2}", text) else text
    lines = "\n".join(line for line in text.split("\n") if _MARKED.search(line))
    for _ in range(4):
        before, lines = lines, _unescaped_once(lines)
        if lines == before:
            break
    return lines


def _unescaped_once(text: str) -> str:
    steps: tuple[tuple[str, str, Callable[[re.Match[str]], str]], ...] = (
        ("%", r"(?:%[0-9A-Fa-f]{2})+", lambda match: _text(bytes.fromhex(match[0].replace("%", "")))),
        ("\\\\", r"\\\\(?=[uUx0-9])", lambda _: "\\"),
        ("\\x", r"(?:\\x[0-9A-Fa-f]{2})+", lambda match: _text(bytes.fromhex(match[0].replace("\\x", "")))),
        ("\\u", r"(?:\\u[0-9A-Fa-f]{4})+", lambda match: str(json.loads(f'"{match[0]}"'))),
        ("\\", r"(?:\\[0-7]{3}){3,}", lambda match: _characters(match[0].split("\\")[1:], 8)),
        ("\\", r"\\(?:u\{|U)([0-9A-Fa-f]{1,8})\}?", lambda match: _character(match[1])),
        ("\\", r"\\0{0,4}([2-7][0-9A-Fa-f]|[0-9a-fA-F]{2,4})\s?", lambda match: _character(match[1])),  # of CSS
        ("\\", r"\\[nrt]", lambda _: "\n"),
        ("=", r"(?:=[0-9A-F]{2})+", lambda match: _text(bytes.fromhex(match[0].replace("=", "")))),
        (",", r"(?<!\d)(?:\d{2,3},\s?){5,}\d{2,3}(?!\d)", lambda match: _characters(match[0].split(","), 10)),
        ("xn--", r"xn--([a-z0-9-]+)", lambda match: _punycode(match[1]) or match[0]),
        ("+", r"\+([A-Za-z0-9+/]{3,})-?", lambda match: _utf7(match[1]) or match[0]),
    )
    for sign, pattern, undone in steps:
        text = re.sub(pattern, undone, text) if sign in text else text
    return (unescape(text) if "&" in text else text).encode("utf-8", "replace").decode("utf-8")


def coded(run: str) -> Iterator[bytes]:
    """Yield the texts and packed files that a run of letters may hold in hex, Base64 or Base32.

    >>> [data.decode() for data in coded("Q2FzYSBDbGFyYQ==")]
    ['Casa Clara']
    """
    for code in _HEX.findall(run):
        yield from _readable(bytes.fromhex(re.sub("0x|[^0-9A-Fa-f]", "", code)))
    for code in _BASED.findall(run):
        pieces = {code, *re.split("[-_/+]", code)}
        parts = {piece[begin:] for piece in pieces for begin in range(4 if len(piece) < 100 else 1)}
        for part in sorted(part for part in parts if len(part) > 6):
            yield from _readable(based(part[: len(part) - (len(part) % 4 == 1)]))
    for code in _THIRTY_TWO.findall(run):
        part = code.upper()[: len(code) - {1: 1, 3: 1, 6: 1}.get(len(code) % 8, 0)]
        try:
            yield from _readable(base64.b32decode(part + "=" * (-len(part) % 8)))
        except binascii.Error:
            continue


def based(text: str) -> bytes | None:
    """Decode Base64 of either alphabet, with or without its padding; None if it is not Base64."""
    compact = re.sub(r"[\s=]", "", text).translate({45: 43, 95: 47})
    try:
        return binascii.a2b_base64(compact + "=" * (-len(compact) % 4)) if len(compact) % 4 != 1 else None
    except binascii.Error:
        return None


def _readable(data: bytes | None) -> Iterator[bytes]:
    """Yield bytes that are a printable text in UTF-8 or UTF-16, or a packed file; others come by chance."""
    if not data or len(data) < 4:
        return
    if data.startswith((b"\x1f\x8b\x08", b"PK\x03\x04", b"PAR1")):
        yield data
        return
    form = "utf-8" if 0 not in data[:4] else "utf-16-be" if not data[0] else "utf-16-le"
    try:
        text = data.decode(form)
    except UnicodeDecodeError:
        return
    if re.sub(r"\s", " ", text).isprintable():
        yield text.encode()


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _character(digits: str) -> str:
    number = int(digits, 16)
    return chr(number) if 31 < number < 0x110000 and not 0xD800 <= number < 0xE000 else " "


def _characters(numbers: list[str], base: int) -> str:
    return "".join(_character(f"{int(number, base):x}") for number in numbers)


def _punycode(label: str) -> str:
    try:
        return label.encode().decode("punycode")
    except UnicodeError:
        return ""


def _utf7(letters: str) -> str:
    data = based(letters + "A" * (len(letters) % 4 == 1)) or b""
    text = data[: len(data) // 2 * 2].decode("utf-16-be", "ignore")
    return text if text.isprintable() and all(ord(mark) < 0x2100 for mark in text) else ""
