"""Traces of withheld claims: digests that confirm a guess, places in texts, old ids, gaps in numbers."""

import base64
import json
import re
from collections.abc import Iterator
from hashlib import algorithms_guaranteed, new, sha1
from uuid import NAMESPACE_DNS, NAMESPACE_OID, NAMESPACE_URL, NAMESPACE_X500, uuid3, uuid5

from tipgraph.model import DATA, ontology
from tipgraph.model import folded as spelling
from tipgraph.outputs.release.attack.contents import Fields
from tipgraph.outputs.release.attack.letters import folded, squashed
from tipgraph.outputs.release.attack.secrets import Secrets

_ALGORITHMS = sorted(name for name in algorithms_guaranteed if not name.startswith("shake"))
_COMMON = frozenset(["sha256", "sha1", "md5", "sha512", "blake2b"])
_LIKELY = 3  # forms of a text that are hashed by every algorithm
_HEX, _BASE64 = re.compile("[0-9a-fA-F]{8,128}"), re.compile("[A-Za-z0-9+/_-]{11,88}")
_MANY = 1000  # smaller numbers are words of their own: their digest confirms nothing
_SURE = 12  # digits of a cut digest that cannot meet one of a hundred thousand digests by chance
_PLACES = frozenset(["paragraph", "sentence", "page", "start", "end", "digest", "sha256", "documentsha256"])
_POSITION = re.compile(r"[1-9]\d*(?:\.0)?|[0-9a-f]{64}")
OWNER_COLUMNS = frozenset(["", "id", "@id", "iri", "source", "claim", "evidence", "graph"])  # name the source of a row
_MADE = re.compile(r"withheld|[0-9a-f]{10,}|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{12,}")  # ids made by a key, not counted
_UUID = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
DIGEST = re.compile(r"\b[0-9a-f]{32,128}\b")
_SLASH = r"(?:\\?/|%2F)"
_PLACE = (
    r"[^\w\n¶]{0,12}(?:\(cited\)\s*)?(?:#?char=\d+|"
    r"(?:¶|&para;|#p|#?page=|p(?:age|[.])\s|pág(?:ina|[.])\s|par(?:agraph|a?[.])\s|párrafo\s|sent(?:ence|[.])\s|frase\s)\s*[1-9]\d*)"
)


class Hashes:
    """The digests of secrets, by their first characters in hex and in Base64."""

    def __init__(self, secrets: Secrets) -> None:
        self._hex: dict[str, list[tuple[str, str, bool]]] = {}
        self._base64: dict[str, tuple[str, str]] = {}
        for digest in sorted(secrets.digests):
            self._add(bytes.fromhex(digest), "a digest of the graph", likely=True)
        for secret, forms in _hashed(secrets):
            for n, form in enumerate(dict.fromkeys(forms)):
                for algorithm, value in _digests(form.encode("utf-8", "replace"), every=n < _LIKELY):
                    self._add(value, f"{algorithm} of {secret}", likely=n < _LIKELY)

    def _add(self, digest: bytes, leak: str, *, likely: bool) -> None:
        self._hex.setdefault(digest.hex()[:8], []).append((digest.hex(), leak, likely))
        encoded = base64.b64encode(digest).decode().rstrip("=")
        self._base64.setdefault(encoded[:11], (encoded, leak))

    def found(self, run: str) -> Iterator[str]:
        """Yield the digests that a run of letters and digits holds, complete or cut."""
        run = _UUID.sub(lambda uuid: uuid[0].replace("-", ""), run)
        for token in map(str.lower, _HEX.findall(run)):
            if len(token) >= 16 or not (token.isdigit() or token.isalpha()):
                for digest, leak, likely in self._hex.get(token[:8], ()):
                    if digest.startswith(token) and (likely or len(token) >= _SURE):
                        yield leak
        for token in _BASE64.findall(run):
            standard = re.sub(r"^sha\d+-", "", token).translate({45: 43, 95: 47})
            digest, leak = self._base64.get(standard[:11], ("", ""))
            if digest and digest.startswith(standard):
                yield leak


def _digests(data: bytes, *, every: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the digests of some bytes: by common algorithms, or by every one, by git's and as UUIDs."""
    for name in _ALGORITHMS if every else _COMMON:
        yield name, new(name, data, usedforsecurity=False).digest()
    if every:
        yield "git's digest", sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()
        for space in (NAMESPACE_DNS, NAMESPACE_URL, NAMESPACE_OID, NAMESPACE_X500):
            yield from (("a UUID", uuid(space, data.decode()).bytes) for uuid in (uuid5, uuid3))


def _hashed(secrets: Secrets) -> Iterator[tuple[str, list[str]]]:
    """Yield each secret with the texts that a program may have hashed for it."""
    for name in secrets.looked_for([*secrets.names, *secrets.texts]):
        yield f"the words {name[:60]!r}", _forms(name)
    for row in secrets.looked_for(secrets.ids):
        end = row.rsplit("/", 1)[-1]
        ends = _forms(end)[:2] if len(end) > 5 else []
        yield f"the id {row!r}", [*_forms(row)[:3], DATA + row, f"<{DATA}{row}>", f"id:{row}", *ends]
    for day in sorted(secrets.days):
        yield f"the day {day}", [day, day.replace("-", ""), f"{day}\n", json.dumps(day)]
    for figure in secrets.figures:
        value = f"{figure.value:f}"
        beside = [f"{thing}{mark}{value}" for thing in sorted(figure.things) for mark in (" ", "|", ":", ",", "\t")]
        beside += [f"{value} {kind}" for kind in sorted(figure.kinds)]
        alone = [value, f"{value}.0", f"{int(figure.value):,}", f"{value}\n", f'"{value}"']
        yield f"the figure {value}", [*(alone if figure.value >= _MANY else ()), *beside]


def _forms(text: str) -> list[str]:
    """Return a text as a program may have cleaned it before it hashed it, the likeliest first."""
    stripped, small, joined = text.strip(), text.strip().lower(), " ".join(text.split())
    return [
        text, stripped, small, stripped.casefold(), spelling(text), f"{text}\n", f"{small}\n", json.dumps(text),
        f'"{text}"', stripped.upper(), joined, joined.lower(), folded(text), squashed(text), f"{text}\r\n",
        spelling(text).replace(" ", "-"), f'"{text}"@en', f'"{text}"@es', json.dumps(text, ensure_ascii=False),
    ]  # fmt: skip


class Traces:
    """Finds places, digests and ids of closed sources."""

    def __init__(self, secrets: Secrets) -> None:
        names = "|".join(re.escape(name) for name in sorted(secrets.closed, key=len, reverse=True)) or "(?!)"
        claims = {*ontology().below("Claim"), "Evidence", "Paragraph"}
        tables = "|".join(sorted(table for table, cls in ontology().tables.items() if cls in claims))
        self._closed = secrets.closed
        self._cited = re.compile(rf"(?<![\w-])(?:{names})(?:\.[a-z]{{3,4}})?{_PLACE}")
        judgements = f"|reference{_SLASH}identity" if self._closed else ""  # numbered across sources, closed ones too
        self.row = re.compile(rf"(?<![\w-])((?:{names}){_SLASH}(?:{tables}){judgements}){_SLASH}([\w.-]*\w)")
        self.owner, self._name = re.compile(rf"(?:^|[/: ])({names})(?:/|$)"), re.compile(rf"(?<![\w-])(?:{names})")
        self._page = re.compile(rf"source/({names})\.html$")
        self._numbers: dict[tuple[str, str], set[int]] = {}

    def in_text(self, text: str) -> Iterator[str]:
        """Yield the places and old ids in a text."""
        if self._closed and any(name in text for name in (*self._closed, "reference")):
            yield from (f"a place in a text: {' '.join(place[0].split())}" for place in self._cited.finditer(text))
            for table, row in {(re.sub(_SLASH, "/", table), row) for table, row in self.row.findall(text)}:
                if not _MADE.search(row):
                    yield f"an old id: {table}/{row}"
                    stem = row.rstrip("0123456789")
                    if len(row) - len(stem) in range(1, 5):
                        self._numbers.setdefault((table, stem), set()).add(int(row[len(stem) :]))

    def on_page(self, text: str, file: str, place: str) -> Iterator[str]:
        """Yield the places and digests on the page of a closed source, where its name is left out."""
        if page := self._page.search(file) or self._page.search(place):
            yield from (f"a digest on the page of {page[1]}: {digest}" for digest in DIGEST.findall(text))
            # The page in a citation follows its paragraph, which names the source.
            for number in re.finditer(r"(?:¶|(?<!, )\bpp?[.])\s*[1-9]\d*", text):
                start = number.start()
                before = re.sub("<[^>]*>", "", text[max(0, start - 400) : start]).split()[-1:]
                if not before or not re.search(r"\w-\w", before[0]) or self._name.search(before[0]):
                    yield f"a place in a text: {number[0]} on the page of {page[1]}"

    def in_row(self, fields: Fields) -> Iterator[str]:
        """Yield the places and digests in a row of a closed source."""
        cells = [(re.split("[ :]", key)[-1].lower(), value) for key, value in fields] if self._closed else []
        evidence = [part for name, value in cells if name == "evidence" for part in value.split("; ")]
        ids = " ".join(cell for key, cell in cells if key in OWNER_COLUMNS)
        for name, value in cells:
            parts = value.split("; ") if name in _PLACES else []
            owners = evidence if len(parts) == len(evidence) else [ids] * len(parts)
            for part, owner in zip(parts, owners, strict=True):
                source = self.owner.search(owner) if _POSITION.fullmatch(part) else None
                if source:
                    yield f"{name} of {source[1]}: {part}"

    def gaps(self) -> Iterator[str]:
        """Yield the gaps in the numbers of rows, after all files were read."""
        for (table, stem), numbers in sorted(self._numbers.items()):
            missing = set(range(min(numbers), max(numbers))) - numbers
            if missing:
                yield f"a gap in numbers: {table}/{stem}{min(missing)}"
