"""The leak test: all that was written is read back, and nothing of what is withheld may stand in it."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache, lru_cache
from hashlib import sha256
from itertools import pairwise, permutations
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph import kit
from tipgraph.pages import assets
from tipgraph.release.fields import Record, records
from tipgraph.release.names import figures
from tipgraph.release.secrets import Secrets, Value
from tipgraph.release.settling import FIGURES
from tipgraph.settings import Project
from tipgraph.spellings import folded

_TELLING: Final = 1000  # a figure from here on tells beside a thing; a smaller one needs what it counts beside it too
_PATH: Final = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*(?:/[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*)*")
_HEX: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_NUMBER: Final = re.compile(r"(?<![\w.])\d+(?![\w.])")
_NUMBERS: Final = 12  # of a record that could tell a place in a text: in a longer one two of them stand by chance
_LONG: Final = 3  # digits of the end of a span that tells one
_SAID_AT: Final = re.compile(r"(?<![a-z0-9])[a-z0-9]+(?:-[a-z0-9]+)* ¶\d+ s\d+")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_NUMERAL: Final = re.compile(r"[\d,.]+")
_CELL: Final = 500  # letters of a text that a release is likely to have many times
_CELLS: Final = 1 << 18  # texts of which it is remembered what they tell
_SHORT: Final = 16  # texts of a row in which a small figure tells: name and cell of eight columns
_VALUES: Final = frozenset(name.rpartition("#")[2] for name in FIGURES)
_AROUND: Final = 2  # words on either side by which a name is known to stand in a text of the program's own


class Leak(NamedTuple):
    """Something withheld that stands in a release: the file, the place in it, and what it is."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        """Say it on a line."""
        return f"{self.file}: {self.place}: {self.what}"


def leaks_in(folder: Path, secrets: Secrets) -> Iterator[Leak]:
    """Yield what a folder tells of what is withheld."""
    search = _Search(secrets)
    for record in records(folder, _brought(kit.project())):
        yield from (Leak(record.file, record.place, what) for what in dict.fromkeys(search.told(record)))


class _Search:
    def __init__(self, secrets: Secrets) -> None:
        self.secrets = secrets
        self._cell = lru_cache(_CELLS)(lambda text: tuple(self._text(text)))

    def told(self, record: Record) -> Iterator[str]:
        """Yield what a record tells; what it may tell where it could not be read."""
        if record.unread:
            yield record.unread
        for text in record.texts:
            yield from self._cell(text) if len(text) <= _CELL else self._text(text)
        if not record.raw:
            yield from self._span(record)
            yield from self._figures(record)

    def _text(self, text: str) -> Iterator[str]:
        """Yield what a text tells, whatever stands beside it."""
        secrets, text = self.secrets, _seen(text)
        yield from (f"the name {name!r}" for name in secrets.names.all_within(text) if not _is_own(text, name))
        yield from (f"the words {words[:40]!r}" for words in secrets.texts.all_within(text))
        yield from (f"the id {found}" for found in self._ids(text))
        yield from (f"the place {found[0]}" for found in _SAID_AT.finditer(text) if found[0] in secrets.places)
        digests = (found[0] for found in _HEX.finditer(text.lower()))
        yield from (f"the digest {digest}" for digest in digests if digest in secrets.digests)

    def _ids(self, text: str) -> Iterator[str]:
        for found in set(_PATH.findall(text)):
            parts = found.removesuffix(".html").split("/")
            for size in (1, 3):
                for start in range(len(parts) - size + 1):
                    if (name := "/".join(parts[start : start + size])) in self.secrets.ids:
                        yield name

    def _span(self, record: Record) -> Iterator[str]:
        numbers = {number for text in record.texts for number in _NUMBER.findall(text)}
        if len(numbers) > _NUMBERS:
            return
        for start, end in permutations(sorted(numbers), 2):
            sources = self.secrets.spans.get((start, end), frozenset())
            if len(end) >= _LONG and any(_names_source(text, source) for source in sources for text in record.texts):
                yield f"the place {start}–{end}"

    def _figures(self, record: Record) -> Iterator[str]:
        if not self.secrets.values:
            return
        by_text = [(text, figures(_seen(text)) & self.secrets.values.keys()) for text in record.texts]
        said = {figure for _, found in by_text for figure in found}
        whole = _Words(record.texts) if said else _Words(())
        for figure in sorted(said):
            alone = [_Words((text,)) for text, found in by_text if figure in found]
            for value in self.secrets.values[figure]:
                if self._tells(record, value, whole, alone):
                    yield f"the figure {figure} of a claim that is withheld"

    @staticmethod
    def _tells(record: Record, value: Value, whole: "_Words", alone: "list[_Words]") -> bool:
        """Tell whether a figure stands beside its claim.

        A large one beside a thing or the id of the claim. A small one beside a thing and what it counts, in one text or
        in a short row; or in a record of the claim as one of the values that it has.
        """
        if value.figure >= _TELLING:
            return whole.have(value.things) or value.claim in whole.text
        if any(words.have(value.things) and words.have(value.kinds) for words in alone):
            return True
        cells = [
            name
            for name, text in pairwise(record.texts)
            if figures(text) == {value.figure} and text.strip()[-1].isdigit()
        ]
        short = len(record.texts) <= _SHORT and whole.have(value.things) and whole.have(value.kinds)
        by_id = value.claim in whole.text and any(name.rpartition("#")[2] in _VALUES for name in cells)
        return by_id or (
            short and any(_NUMERAL.fullmatch(text) and figures(text) == {value.figure} for text in record.texts)
        )


class _Words:
    """The words of some texts, folded, and the texts as they are."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.text = "\n".join(texts)
        self._folded = f" {' | '.join(map(folded, self.text.splitlines()))} "

    def have(self, names: Iterable[str]) -> bool:
        """Tell whether a name, or an id, is among them."""
        return any(f" {name} " in self._folded or ("/" in name and name in self.text) for name in names)


def _names_source(text: str, source: str) -> bool:
    """Tell whether a text names a source itself, and not merely a row of it, whose claim another source may make."""
    return re.search(rf"(?<![\w-]){re.escape(source)}(?![\w/-])", text) is not None


def _seen(text: str) -> str:
    """Return a text without the characters between letters that nobody sees."""
    return _UNSEEN.sub("", text)


def _is_own(text: str, name: str) -> bool:
    """Tell whether a name stands in a text of the program's own wherever a text has it: in the ontology, a template."""
    lines, whole = _own(kit.project())
    words, phrase = folded(text).split(), folded(name).split()
    if " ".join(words) in lines:
        return True
    starts = [at for at in range(len(words)) if words[at : at + len(phrase)] == phrase]
    for start in starts:
        around = words[max(0, start - _AROUND) : start + len(phrase) + _AROUND]
        if len(around) < len(phrase) + _AROUND or f" {' '.join(around)} " not in whole:
            return False
    return bool(starts)  # else it stands there in another spelling


@cache
def _own(project: Project | None) -> tuple[frozenset[str], str]:  # noqa: ARG001  its files are among them
    """Return the words of files of the program and the project, folded: lines and quoted parts, and all in a row."""
    places = [*kit.folders("ontology"), *kit.folders("queries"), *map(kit.code, ("templates", "web", "exports"))]
    texts = [path.read_text("utf-8") for place in places for path in sorted(place.rglob("*")) if path.suffix in _WORDS]
    lines = (line for text in texts for part in text.splitlines() for line in (part, *re.findall(r'"([^"]*)"', part)))
    return frozenset(map(folded, lines)), f" {' '.join(map(folded, texts))} "


_WORDS: Final = frozenset({".css", ".html", ".js", ".py", ".rq", ".sql", ".toml", ".ttl"})


@cache
def _brought(project: Project | None) -> Collection[str]:  # noqa: ARG001  its files are among them
    """Return the digests of the files that the program brings, whatever the graph."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        assets.write(Path(folder))
        files = [
            path for place in (Path(folder), *kit.folders("ontology")) for path in place.rglob("*") if path.is_file()
        ]
        return {sha256(path.read_bytes()).hexdigest() for path in files}
