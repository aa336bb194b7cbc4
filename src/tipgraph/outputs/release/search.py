"""What is looked for in the words and files of a release: withheld names and ids, days and numbers.

`search` reads archives, workbooks, gzip, Parquet, and Base64 of any of these; texts also without tags, and with
entities, escapes of JSON and of addresses decoded. It looks for names and ids only.
"""

import gzip
import io
import json
import re
import zipfile
from base64 import b64decode
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Final, NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from tipgraph.model import bounds, folded, is_acronym
from tipgraph.runtime import read_toml

_LEAST: Final = 3  # letters of a name that is no acronym; shorter ones are in every text
_WITHIN: Final = 8  # letters of a name that is found within longer words
# Letters of Hebrew, Arabic, Thai, Lao, Burmese, Korean, Khmer, Japanese and Chinese: other words join a name there.
_RUNNING: Final = re.compile("[\u0590-\u06ff\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_MARKS: Final = re.compile("[\u0300-\u036f]")
_GROUP: Final = "[,.'’\u00a0\u2009\u202f ]"
_NUMBER: Final = re.compile(rf"\d{{1,3}}(?:{_GROUP}\d{{3}})+(?!\d)|\d+")
_SAID: Final = read_toml(Path(__file__).with_name("words.toml"))
_WORDS: Final = {word: number for words in _SAID["numbers"] for number, word in enumerate(words.split(), 1)}
_DAY: Final = re.compile(r"""
    \b(?:(?:{counted})(?!\w){between}){{0,6}}+(?<!\w)(?:{named})\b\.?
    (?:{between}(?<!\w)(?:{counted}|{named})(?!\w)){{0,6}}+ | {figures}""".format_map(_SAID),
    re.IGNORECASE | re.VERBOSE)  # fmt: skip
_TAG: Final = re.compile(r"<[^<>]*>")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # letters without width, as at the end of a line
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]{200,}={0,2}")


class Names:
    """Names to search for: acronyms as they are written, others in any case and accents, also joined in a word.

    `common` are those for which no search is made: they are too short, or in `kept`, the names that stay.

    >>> names = Names(["Casa Clara", "LIMA"])
    >>> names.within("the CASA-CLARA shelter"), names.within("in Lima"), names.within("of L. I.M.A.")
    ('Casa Clara', '', 'L. I.M.A')
    >>> names.within("write to casaclara.example"), names.within("Casa <b>Cl&aacute;ra</b>")
    ('Casa Clara', 'Casa Clara')
    >>> names = Names(["希望之家", "R.A.P.", "Harborlight"])
    >>> names.within("在希望之家舉行"), names.within("the R A P"), names.within("both Harborlights")
    ('希望之家', 'R A P', 'Harborlight')
    """

    def __init__(self, names: Iterable[str], kept: Collection[str] = ()) -> None:
        """Divide names into those to search for, and common ones; `kept` are folded."""
        every = {name.strip() for name in names} - {""}
        is_short = {name for name in every if not is_acronym(name) and not any(map(_is_long, forms(name)))}
        self.common = sorted(is_short.union(name for name in every if folded(name) in kept))
        self.sought = sorted(every.difference(self.common))
        letters = [_bare(name).replace(".", "") for name in self.sought if is_acronym(name)]
        either = "|".join((r"[.-]? ?" if name[2:] else r"(?:\. ?)?").join(map(re.escape, name)) for name in letters)
        self._acronyms = re.compile(rf"(?<![^\W_])(?:{either or '(?!)'})(?=\.?s?(?![^\W_]))")
        self._phrases = [(name, forms(name)) for name in self.sought if not is_acronym(name)]

    def within(self, text: str) -> str:
        """Return a name that a text has, also behind tags, entities and escapes; an empty text if it has none."""
        return next(self.every(text), "")

    def every(self, text: str) -> Iterator[str]:
        """Yield the names that a text has, as `within` finds them.

        >>> list(Names(["Casa Clara", "LIMA"]).every("Casa Clara and the LIMA"))
        ['LIMA', 'Casa Clara']
        """
        if not self.sought:
            return
        plain = _ESCAPE.sub(lambda match: chr(int(match[1] or "20", 16)), unquote(unescape(text)))
        plain = _HIDDEN.sub("", plain)
        plain = f"{plain} | {_TAG.sub('', plain)}" if "<" in plain else plain
        yield from (match[0] for match in self._acronyms.finditer(_bare(plain)))
        folded_text = f" {folded.__wrapped__(plain)} "
        yield from (name for name, every in self._phrases if any(form in folded_text for form in every))


def forms(name: str) -> set[str]:
    """Return a name as it is looked for in folded words: as it is and as one word, if it is long also within words.

    >>> sorted(forms("Casa Sol")), sorted(forms("Casa Clara"))
    ([' casa sol ', ' casasol '], ['casa clara', 'casaclara'])
    """
    words = folded(name).split()
    every = {" ".join(words), "".join(words)}
    is_within = len("".join(words)) >= _WITHIN or _RUNNING.search(name)
    return every if is_within else {f" {form} " for form in every}


def _is_long(form: str) -> bool:
    """Tell whether a name has enough letters to be looked for: a sign of some scripts is a word."""
    return len(form.replace(" ", "")) >= (_LEAST - 1 if _RUNNING.search(form) else _LEAST)


def _bare(text: str) -> str:
    return text if text.isascii() else _MARKS.sub("", normalize("NFD", text))


def numbers(text: str) -> set[Decimal]:
    """Return the numbers in a text, in digits and (to twelve) in English and Spanish words.

    >>> sorted(map(int, numbers("Rescue of one boy, and of 1,022 niñas y tres niños")))
    [1, 3, 1022]
    """
    digits = {Decimal(re.sub(_GROUP, "", number)) for number in _NUMBER.findall(text)}
    return digits.union(Decimal(_WORDS[word]) for word in folded(text).split() if word in _WORDS)


def tells_day(text: str) -> bool:
    """Tell whether a text may have a day, a week, a month or a season.

    >>> tells_day("On the eleventh of June"), tells_day("Meeting of 20250611"), tells_day("Meeting, 2025")
    (True, True, False)
    """
    return _DAY.search(text) is not None


def without_days(text: str) -> str:
    """Return a text in which "…" replaces each day, week, month and season, whichever it is.

    >>> without_days("Meeting on the 11th of June, 2009"), without_days("11/06/2009: a talk")
    ('Meeting on the …, 2009', '…: a talk')
    """
    return _DAY.sub("…", text)


def years(date: str) -> str:
    """Return a date in EDTF as a year, or an interval of years.

    >>> years("2004-11-11"), years("2004-11-11/2005-02"), years("2004-22"), years("2004/..")
    ('2004', '2004/2005', '2003/2005', '2004/..')
    """
    first, last = (str(day.year) if day else ".." for day in bounds(date))
    return first if first == last else f"{first}/{last}"


class Leak(NamedTuple):
    """A withheld name or id in a release: the file, with the file packed in it, and the place there."""

    file: str
    place: str
    what: str


def search(folder: Path, names: Names, ids: Collection[str]) -> Iterator[Leak]:
    """Yield the first place of each withheld name and id, `source/table/row`, in the files of a folder and their paths.

    What is no text in UTF-8, such as a picture, is not read.
    """
    rows = re.compile(rf"(?:{'|'.join(sorted({re.escape(row.partition('/')[0]) for row in ids}))})/[\w./-]*\w")

    def found(text: str) -> dict[str, None]:
        known = (row.removesuffix(".html") for row in rows.findall(text)) if ids else ()
        return dict.fromkeys([*names.every(text), *(row for row in known if row in ids)])

    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        file = path.relative_to(folder).as_posix()
        yield from (Leak(file, "its name", what) for what in found(file))
        for name, raw in _parts(file, path.read_bytes()):
            with suppress(UnicodeDecodeError):
                text = _BASE64.sub(b" ", raw).decode("utf-8")
                for what in found(text):
                    lines = (number for number, line in enumerate(text.splitlines(), 1) if what in found(line))
                    yield Leak(name, f"line {next(lines, 1)}", what)


def _parts(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file as it is, or the files that are packed in it."""
    if raw.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            yield f"{name}/(names)", "\n".join(archive.namelist()).encode()
            for member in archive.namelist():
                if member != "xl/theme/theme1.xml":  # names of scripts and colours, the same in each workbook
                    yield from _parts(f"{name}/{member}", archive.read(member))
    elif raw.startswith(b"\x1f\x8b"):
        yield from _parts(f"{name} (unpacked)", gzip.decompress(raw))
    elif raw.startswith(b"PAR1"):
        from pyarrow import parquet

        table = parquet.read_table(io.BytesIO(raw))
        yield name, json.dumps([str(table.schema), table.to_pylist()], ensure_ascii=False, default=str).encode()
    else:
        yield name, raw
        for number, run in enumerate(_BASE64.findall(raw), 1):
            packed = b64decode(run[: len(run) - len(run) % 4])
            if packed.startswith((b"PK\x03\x04", b"\x1f\x8b", b"PAR1")):
                yield from _parts(f"{name} (packed {number})", packed)
