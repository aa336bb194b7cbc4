"""Find withheld words in texts: as words, joined with others, in ids and addresses. All are found in one pass.

Decision: docs/decisions/0096-the-leak-test-skips-common-names.md.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tipgraph.model import is_acronym
from tipgraph.outputs.release.attack.letters import TAG, folded, squashed
from tipgraph.outputs.release.attack.numerals import day_in_digits, day_in_numbers, day_in_words
from tipgraph.outputs.release.attack.secrets import Secrets

_SHORTEST = 4  # letters of a name that is found by its bytes; a shorter name is found as a word
_LONG = 8  # letters of a name that may be parted anywhere
_SAFE = 10  # letters of a word that is not in another word by chance
_ENDING = 4  # letters that may end a word: `partnership` is another word than `partner`
_TEXT = 12  # letters of a text that is searched for
_SMALL_WORDS = """
a act age aid aids all am an and any are art as at be bid by can car care cat chat cia city core com de del do
east edu el en end era es est exp fact fin for get go gov has he help him hope how i ice id if ii iii im in info
inc int io is it its iv know la las led let los lo ma map may me men mr ms must my net no not now of off ohm old
on one op or org os our out own pact para paz per plan por que race red res safe san save sea see set she side
so son spa stop such sum te ten the then they tip to top two uk un una und union up us use van vi via war was we
web who wish with y yes you
"""
_ORDINARY = frozenset(_SMALL_WORDS.split())  # words that may also be a short name in small letters
_LETTERS = np.zeros(128, dtype=np.uint8)  # the letter or digit for each character; 0 for one that is dropped
_LETTERS[ord("0") : ord("9") + 1] = range(ord("0"), ord("9") + 1)
_LETTERS[ord("a") : ord("z") + 1] = range(ord("a"), ord("z") + 1)
_LETTERS[ord("A") : ord("Z") + 1] = _LETTERS[ord("a") : ord("z") + 1]
_BITS = 22
_ID_LIKE = re.compile(r"[A-Za-z0-9][./_@:#-]+[A-Za-z0-9]")
_BETWEEN = re.compile(r"""[\s"'<>(){}\[\],;|\0]""")


class Needle(NamedTuple):
    """A form of a secret: its leak, its kind (name, slug, id, digits, day, code), and where it is parted."""

    leak: str
    kind: str
    cuts: frozenset[int] = frozenset()
    acronym: str = ""  # as it is written, if it is one


class Needles:
    """The words of all secrets, by the bytes of each form."""

    def __init__(self, secrets: Secrets) -> None:
        self._needles: dict[bytes, list[Needle]] = {}
        for name in secrets.looked_for(secrets.names):
            acronym = folded(name).replace(".", "") if is_acronym(name) else ""
            self._add(name, "name", f"the name {name!r}", acronym)
        for text in secrets.looked_for(text for text in secrets.texts if len(squashed(text)) >= _TEXT):
            self._add(text, "name", f"the words {text[:60]!r}")
        for row in secrets.looked_for(secrets.ids):
            self._add(row, "id", f"the id {row!r}")
            end = row.rsplit("/", 1)[-1] if "/" in row else ""
            if re.search("[a-z]{4}", end) and secrets.looked_for([end]):
                self._add(end, "slug" if end.isalpha() and len(end) < _LONG else "name", f"the id {row!r} by its end")
        for day in sorted(secrets.days):
            self._add_codes(day, f"the day {day}")
            for form, cuts in day_in_digits(day):
                self._put(form, Needle(f"the day {day}", "digits", cuts))
            for form in {*day_in_words(day), *day_in_numbers(day)}:
                self._put(form, Needle(f"the day {day}", "day"))
        # Two letters are codes of countries, and much else by chance.
        self._short = {form.decode(): needles for form, needles in self._needles.items() if 2 < len(form) < _SHORTEST}
        self._table = _Table(form for form in self._needles if len(form) >= _SHORTEST)

    def _put(self, form: str, needle: Needle) -> None:
        self._needles.setdefault(form.encode(), []).append(needle)

    def _add(self, words: str, kind: str, leak: str, acronym: str = "") -> None:
        lengths = [len(word) for word in re.findall("[A-Za-z0-9]+", folded(words))]
        cuts = frozenset(sum(lengths[:n]) for n in range(1, len(lengths)))
        self._put(squashed(words), Needle(leak, kind, cuts, acronym))
        self._add_codes(words[:120], leak)

    def _add_codes(self, text: str, leak: str) -> None:
        """Add a text in hex and Base64, at any offset: other letters or line ends may come before it."""
        for form in {text, text.lower(), text.upper()}:
            data = form.encode()
            hexed = (data.hex(), data.hex("x").replace("x", "0x"), data.hex("x").replace("x", "00"))
            for code in hexed if len(data) > 6 else ():
                self._put(code, Needle(f"{leak}, in hex", "code"))
            for bytes_ in (data, form.encode("utf-16-le")):
                for shift, first in enumerate((0, 2, 3)):
                    letters = base64.b64encode(b"\0" * shift + bytes_).decode()
                    inner = squashed(letters[first : len(letters) - (0, 3, 2)[(shift + len(bytes_)) % 3]])
                    if len(inner) > 10:
                        self._put(inner, Needle(f"{leak}, in Base64", "code"))

    def found(self, text: str, noise: bool = False) -> Iterator[str]:
        """Yield the leaks in a folded text; letters that meet by chance within other words are none."""
        letters = _LETTERS[np.frombuffer(text.encode("ascii", "replace"), dtype=np.uint8)]
        kept = letters != 0
        hits = list(self._table.found(letters[kept]))
        places = np.flatnonzero(kept) if hits else None
        for at, form in hits:
            positions = [] if places is None else places[at : at + len(form)].tolist()
            for needle in self._needles[form]:
                if (not noise or len(form) >= _LONG) and _is_meant(needle, text, positions):
                    yield needle.leak

    def found_short(self, run: str) -> Iterator[str]:
        """Yield the short names in a run of letters without a space: as written, or in small letters in an id."""
        for word in set(_WORD.findall(run)) if self._short else ():
            for token in {word, *_TOKEN.findall(word), *_NUMBERED.findall(word)}:
                for needle in self._short.get(token.lower(), ()):
                    small = token.islower() and token not in _ORDINARY
                    if token == (needle.acronym or token.title()) or (
                        small and (not needle.acronym or _is_id_like(run))
                    ):
                        yield needle.leak


_WORD, _TOKEN = re.compile("[A-Za-z0-9]+"), re.compile("(?<![A-Z0-9])[A-Z](?:[A-Z]+(?![a-z0-9])|[a-z]+(?![a-z0-9]))")
_NUMBERED = re.compile(r"^\d{0,8}([A-Za-z]+)\d{0,8}$")  # not the letters of a digest


def _is_meant(needle: Needle, text: str, places: list[int]) -> bool:
    """Tell whether the letters at some places of a text are a needle, by the characters between and around them."""
    first, last = places[0], places[-1]
    pairs = enumerate(pairwise(places), 1)
    gaps = {n: text[start + 1 : end] for n, (start, end) in pairs if end - start > 1}
    seen = {n for n, gap in gaps.items() if gap.strip(TAG)}
    begins = _parted(text[first - 1 : first] if first else "", text[first], needle.kind)
    ends = _parted(text[last], text[last + 1 : last + 2], needle.kind)
    if needle.kind in ("name", "slug"):
        return _is_name(needle, text, places, begins, ends, seen)
    if needle.kind == "digits":
        return begins and ends and _is_day(needle.cuts, text, first, last, seen, set(gaps.values()))
    if needle.kind == "day":
        return begins and ends and all(len(gap) < 12 for gap in gaps.values())
    if needle.kind == "id":
        return begins and ends and seen in (needle.cuts, set()) and not re.search(r"\s", "".join(gaps.values()))
    return True


def _is_name(needle: Needle, text: str, places: list[int], begins: bool, ends: bool, seen: set[int]) -> bool:
    length, written, run = len(places), text[places[0] : places[-1] + 1], _run(text, places[0], places[-1])
    before, after = text[max(0, places[0] - 64) : places[0]], text[places[-1] + 1 : places[-1] + 65]
    word = re.findall("[0-9A-Za-z]*$", before)[0] + written + re.findall("^[0-9A-Za-z]*", after)[0]
    rest = len(word) - length  # letters of the word around it; few are an ending, as in partnership or commission
    if length < _LONG and re.fullmatch("[0-9a-f]{10,}", word):  # part of a digest
        return False
    if needle.kind == "slug" or (needle.acronym and re.sub("[.\0]", "", written) != needle.acronym):
        cell = (
            text[places[0] - 1 : places[0]] in ('"', TAG, ",", ">") and text[places[-1] + 1 : places[-1] + 2] in '",<\0'
        )
        if written in _ORDINARY or not written.islower() or not (_is_id_like(run) or cell):
            return False
        return (begins and ends) or (length > _SHORTEST and not seen and rest > _ENDING and "." in run)
    if begins and ends:
        return length >= _LONG or not seen or seen == needle.cuts or len(seen) == length - 1
    if seen:
        return length >= 14 and (begins or ends)
    if needle.cuts:
        return length >= _LONG
    return rest > _ENDING and (length >= _SAFE or (length >= 6 and bool(_ID_LIKE.search(run))))


def _is_day(cuts: frozenset[int], text: str, first: int, last: int, seen: set[int], gaps: set[str]) -> bool:
    """Tell a day from a decimal, a version, an amount or a digest."""
    before, after = text[max(0, first - 9) : first], text[last + 1 : last + 10]
    if re.search(r"\d[.,]$", before) or re.match(r"[.,]\d", after):
        return False
    if not seen:
        in_digest = re.search("[a-f][0-9]*$", before) or re.match("[0-9]*[a-f]", after)
        is_whole = cuts == {4, 6} or (cuts == {4} and re.search("[a-z]", _run(text, first, last).lower()))
        return bool(is_whole and last - first + 1 == 4 + 2 * len(cuts) and not in_digest)
    if cuts != {4} and len(cuts) == 1 and gaps != {"/"}:  # 3.2024 may be a number
        return False
    return seen == cuts and len(gaps) == 1 and all(re.fullmatch(r"\s?[-/._:]\s?|\\/", gap) for gap in gaps)


def _is_id_like(run: str) -> bool:
    return bool(_ID_LIKE.search(run)) or any(map(str.isdigit, run))


def _run(text: str, first: int, last: int) -> str:
    """Return the run of characters around a match, without a space or bracket: an id or an address."""
    before, after = text[max(0, first - 120) : first], text[last + 1 : last + 121]
    return _BETWEEN.split(before)[-1] + text[first : last + 1] + _BETWEEN.split(after)[0]


def _parted(before: str, after: str, kind: str) -> bool:
    """Tell whether a word ends between two characters: no letter, a capital letter, or a digit beside a letter."""
    if not (before.isalnum() and after.isalnum()):
        return True
    if kind in ("id", "digits"):
        return kind == "digits" and before.isdigit() is not after.isdigit()
    return (before.islower() and after.isupper()) or before.isdigit() is not after.isdigit()


class _Table:
    """Finds many words in one pass, by a hash of their first four or eight bytes."""

    def __init__(self, forms: Iterable[bytes]) -> None:
        self._starts: dict[bytes, dict[int, set[bytes]]] = {}
        for form in forms:
            self._starts.setdefault(form[: 8 if len(form) >= 8 else 4], {}).setdefault(len(form), set()).add(form)
        self._tables = {size: np.zeros(1 << _BITS, dtype=np.bool_) for size in (4, 8)}
        for size, table in self._tables.items():
            starts = b"".join(start for start in self._starts if len(start) == size)
            table[_hashes(np.frombuffer(starts, dtype=np.uint8), size)[::size]] = True

    def found(self, stream: NDArray[np.uint8]) -> Iterator[tuple[int, bytes]]:
        """Yield the words in a stream of letters, each with its position."""
        letters = stream.tobytes()
        for size, table in self._tables.items():
            for at in np.flatnonzero(table[_hashes(stream, size)]).tolist():
                for length, known in self._starts.get(letters[at : at + size], {}).items():
                    if (form := letters[at : at + length]) in known:
                        yield at, form


def _hashes(stream: NDArray[np.uint8], size: int) -> NDArray[np.uint32]:
    """Return a hash of the next four or eight bytes at each position of a stream."""
    if len(stream) < size:
        return np.zeros(0, dtype=np.uint32)
    wide = stream.astype(np.uint32)
    fours = (wide[:-3] | wide[1:-2] << 8 | wide[2:-1] << 16 | wide[3:] << 24) * np.uint32(2_654_435_761)
    if size == 8:
        fours = fours[:-4] ^ (fours[4:] * np.uint32(2_246_822_519))
    hashes: NDArray[np.uint32] = np.right_shift(fours, np.uint32(32 - _BITS), dtype=np.uint32)
    return hashes
