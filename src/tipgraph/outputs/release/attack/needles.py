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
            self._add(name, "name", f"the name {name!r}", folded(name).replace(".", "") if is_acronym(name) else "")
        for text in secrets.looked_for(secrets.texts):
            if len(squashed(text)) >= _TEXT:
                self._add(text, "name", f"the words {text[:60]!r}")
        for row in secrets.looked_for(secrets.ids):
            self._add_id(row, secrets)
        for day in sorted(secrets.days):
            self._add_day(day)
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

    def _add_id(self, row: str, secrets: Secrets) -> None:
        self._add(row, "id", f"the id {row!r}")
        end = row.rpartition("/")[2] if "/" in row else ""
        if re.search("[a-z]{4}", end) and secrets.looked_for([end]):
            self._add(end, "slug" if end.isalpha() and len(end) < _LONG else "name", f"the id {row!r} by its end")

    def _add_day(self, day: str) -> None:
        self._add_codes(day, f"the day {day}")
        for form, cuts in day_in_digits(day):
            self._put(form, Needle(f"the day {day}", "digits", cuts))
        for form in {*day_in_words(day), *day_in_numbers(day)}:
            self._put(form, Needle(f"the day {day}", "day"))

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


class _Hit(NamedTuple):
    """The letters of a needle in a text, from the place `first` to the place `last`."""

    text: str
    first: int
    last: int
    length: int
    seen: set[int]  # the number of letters before each gap that is more than a tag
    begins_word: bool
    ends_word: bool

    @property
    def is_whole(self) -> bool:
        return self.begins_word and self.ends_word

    @property
    def written(self) -> str:
        return self.text[self.first : self.last + 1]

    @property
    def run(self) -> str:
        """The characters around, without a space or bracket: an id or an address."""
        return _BETWEEN.split(self.before(120))[-1] + self.written + _BETWEEN.split(self.after(120))[0]

    def before(self, number: int) -> str:
        return self.text[max(0, self.first - number) : self.first]

    def after(self, number: int) -> str:
        return self.text[self.last + 1 : self.last + 1 + number]


def _is_meant(needle: Needle, text: str, places: list[int]) -> bool:
    """Tell whether the letters at some places of a text are a needle, by the characters between and around them."""
    if needle.kind == "code":
        return True
    first, last = places[0], places[-1]
    pairs = enumerate(pairwise(places), 1)
    gaps = {n: text[start + 1 : end] for n, (start, end) in pairs if end - start > 1}
    seen = {n for n, gap in gaps.items() if gap.strip(TAG)}
    begins = _parted(text[max(0, first - 1) : first], text[first], needle.kind)
    ends = _parted(text[last], text[last + 1 : last + 2], needle.kind)
    hit = _Hit(text, first, last, len(places), seen, begins, ends)
    if needle.kind in ("name", "slug"):
        return _is_name(needle, hit)
    if not hit.is_whole:
        return False
    if needle.kind == "digits":
        return _is_day(needle.cuts, hit, set(gaps.values()))
    if needle.kind == "day":
        return all(len(gap) < 12 for gap in gaps.values())
    return seen in (needle.cuts, set()) and not re.search(r"\s", "".join(gaps.values()))


def _is_name(needle: Needle, hit: _Hit) -> bool:
    """Tell whether letters are a name: as words, within a word if they are long, or as a part of an address."""
    word = re.findall("[0-9A-Za-z]*$", hit.before(64))[0] + hit.written + re.findall("^[0-9A-Za-z]*", hit.after(64))[0]
    rest = len(word) - hit.length  # letters of the word around it; few are an ending, as in partnership or commission
    if hit.length < _LONG and re.fullmatch("[0-9a-f]{10,}", word):  # part of a digest
        return False
    if needle.kind == "slug" or (needle.acronym and re.sub("[.\0]", "", hit.written) != needle.acronym):
        return _is_slug(hit, rest)
    if hit.is_whole:
        return hit.length >= _LONG or hit.seen in (set(), needle.cuts) or len(hit.seen) == hit.length - 1
    return _is_in_word(hit, rest, is_one_word=not needle.cuts)


def _is_slug(hit: _Hit, rest: int) -> bool:
    """Tell whether small letters are a short name in an id, an address or a cell."""
    is_cell = hit.before(1) in ('"', TAG, ",", ">") and hit.after(1) in '",<\0'
    if hit.written in _ORDINARY or not hit.written.islower() or not (_is_id_like(hit.run) or is_cell):
        return False
    return hit.is_whole or (hit.length > _SHORTEST and not hit.seen and rest > _ENDING and "." in hit.run)


def _is_in_word(hit: _Hit, rest: int, *, is_one_word: bool) -> bool:
    """Tell whether letters that are only a part of a word are a name, and no other word by chance."""
    if hit.seen:
        return hit.length >= 14 and (hit.begins_word or hit.ends_word)
    if not is_one_word:
        return hit.length >= _LONG
    return rest > _ENDING and (hit.length >= _SAFE or (hit.length >= 6 and bool(_ID_LIKE.search(hit.run))))


def _is_day(cuts: frozenset[int], hit: _Hit, gaps: set[str]) -> bool:
    """Tell a day from a decimal, a version, an amount or a digest."""
    if re.search(r"\d[.,]$", hit.before(9)) or re.match(r"[.,]\d", hit.after(9)):
        return False
    if not hit.seen:
        return _is_day_in_digits(cuts, hit)
    if cuts != {4} and len(cuts) == 1 and gaps != {"/"}:  # 3.2024 may be a number
        return False
    return hit.seen == cuts and len(gaps) == 1 and all(re.fullmatch(r"\s?[-/._:]\s?|\\/", gap) for gap in gaps)


def _is_day_in_digits(cuts: frozenset[int], hit: _Hit) -> bool:
    """Tell whether digits in a row are a day, or a month beside a letter, and no part of a digest."""
    if re.search("[a-f][0-9]*$", hit.before(9)) or re.match("[0-9]*[a-f]", hit.after(9)):
        return False
    is_full = cuts == {4, 6} or (cuts == {4} and bool(re.search("[a-z]", hit.run.lower())))
    return is_full and len(hit.written) == 4 + 2 * len(cuts)


def _is_id_like(run: str) -> bool:
    return bool(_ID_LIKE.search(run)) or any(map(str.isdigit, run))


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
