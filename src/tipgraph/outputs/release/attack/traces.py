"""What confirms a guess or tells a gap: digests, places in texts, old ids, numbers left out, ids of another release."""

import base64
import json
import re
from collections.abc import Iterator
from hashlib import algorithms_guaranteed, new, sha1
from pathlib import Path
from uuid import NAMESPACE_DNS, NAMESPACE_OID, NAMESPACE_URL, NAMESPACE_X500, uuid3, uuid5

from tipgraph.model import DATA, ontology
from tipgraph.model import folded as spelling
from tipgraph.outputs.release.attack.contents import ContentReader, Fields, SheetRow, Text, Unread
from tipgraph.outputs.release.attack.letters import folded, squashed
from tipgraph.outputs.release.attack.secrets import Secrets

_KINDS = sorted(kind for kind in algorithms_guaranteed if not kind.startswith("shake"))
_COMMON = frozenset(["sha256", "sha1", "md5", "sha512", "blake2b"])
_LIKELY = 3  # of its forms, how many are hashed in every way
_HEX, _BASED = re.compile("[0-9a-fA-F]{8,128}"), re.compile("[A-Za-z0-9+/_-]{11,88}")
_MANY = 1000  # smaller numbers are words of their own: their digest confirms nothing
_SURE = 12  # digits from which on no chance meets one of a hundred thousand digests
_PLACES = frozenset(["paragraph", "sentence", "start", "end", "digest", "sha256"])
_POSITION = re.compile(r"[1-9]\d*(?:\.0)?|[0-9a-f]{64}")
_OF = frozenset(["", "id", "@id", "iri", "source", "claim", "evidence", "graph"])  # columns that say whose a row is
_MADE = re.compile(r"withheld|[0-9a-f]{10,}|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{12,}")  # by a key, not by counting
_UUID = re.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DIGEST = re.compile(r"\b[0-9a-f]{32,128}\b")
_SLASH = r"(?:\\?/|%2F)"
_AT = (
    r"[^\w\n¶]{0,12}(?:\(cited\)\s*)?(?:#?char=\d+|"
    r"(?:¶|&para;|#p|par(?:agraph|a?[.])\s|párrafo\s|sent(?:ence|[.])\s|frase\s)\s*[1-9]\d*)"
)


class Hashes:
    """What digests of withheld things begin with, in hex and in Base64."""

    def __init__(self, secrets: Secrets) -> None:
        self._hexed: dict[str, list[tuple[str, str, bool]]] = {}
        self._based: dict[str, tuple[str, str]] = {}
        for known in sorted(secrets.digests):
            self._add(bytes.fromhex(known), "a digest of the graph", likely=True)
        for what, forms in _hashed(secrets):
            for n, form in enumerate(dict.fromkeys(forms)):
                for kind, digest in _digests(form.encode("utf-8", "replace"), every=n < _LIKELY):
                    self._add(digest, f"{kind} of {what}", likely=n < _LIKELY)

    def _add(self, digest: bytes, what: str, *, likely: bool) -> None:
        self._hexed.setdefault(digest.hex()[:8], []).append((digest.hex(), what, likely))
        based = base64.b64encode(digest).decode().rstrip("=")
        self._based.setdefault(based[:11], (based, what))

    def found(self, run: str) -> Iterator[str]:
        """Yield the digests that a run of letters and digits holds, whole or cut."""
        run = _UUID.sub(lambda uuid: uuid[0].replace("-", ""), run)
        for token in map(str.lower, _HEX.findall(run)):
            if len(token) >= 16 or not (token.isdigit() or token.isalpha()):
                for hexed, what, likely in self._hexed.get(token[:8], ()):
                    if hexed.startswith(token) and (likely or len(token) >= _SURE):
                        yield what
        for token in _BASED.findall(run):
            standard = re.sub(r"^sha\d+-", "", token).translate({45: 43, 95: 47})
            based, what = self._based.get(standard[:11], ("", ""))
            if based and based.startswith(standard):
                yield what


def _digests(data: bytes, *, every: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the digests of some bytes: those that are common, or every one; as git and UUIDs make them too."""
    for kind in _KINDS if every else _COMMON:
        yield kind, new(kind, data, usedforsecurity=False).digest()
    if every:
        yield "git's digest", sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).digest()
        name = data.decode()
        for space in (NAMESPACE_DNS, NAMESPACE_URL, NAMESPACE_OID, NAMESPACE_X500):
            yield from (("a UUID", made.bytes) for made in (uuid5(space, name), uuid3(space, name)))


def _hashed(secrets: Secrets) -> Iterator[tuple[str, list[str]]]:
    for name in secrets.looked_for([*secrets.names, *secrets.texts]):
        yield f"the words {name[:60]!r}", _forms(name)
    for whole in secrets.looked_for(secrets.ids):
        end = whole.rsplit("/", 1)[-1]
        ends = _forms(end)[:2] if len(end) > 5 else []
        yield f"the id {whole!r}", [*_forms(whole)[:3], DATA + whole, f"<{DATA}{whole}>", f"id:{whole}", *ends]
    for day in sorted(secrets.days):
        yield f"the day {day}", [day, day.replace("-", ""), f"{day}\n", json.dumps(day)]
    for figure in secrets.figures:
        value = f"{figure.value:f}"
        beside = [f"{thing}{mark}{value}" for thing in sorted(figure.things) for mark in (" ", "|", ":", ",", "\t")]
        beside += [f"{value} {kind}" for kind in sorted(figure.kinds)]
        alone = [value, f"{value}.0", f"{int(figure.value):,}", f"{value}\n", f'"{value}"']
        yield (
            f"the figure {value}",
            [*(alone if figure.value >= _MANY else ()), *beside],
        )


def _forms(text: str) -> list[str]:
    """Return a text as a program may have cleaned it before it hashed it, the likeliest first."""
    stripped, small, parted = text.strip(), text.strip().lower(), " ".join(text.split())
    return [
        text, stripped, small, stripped.casefold(), spelling(text), f"{text}\n", f"{small}\n", json.dumps(text),
        f'"{text}"', stripped.upper(), parted, parted.lower(), folded(text), squashed(text), f"{text}\r\n",
        spelling(text).replace(" ", "-"), f'"{text}"@en', f'"{text}"@es', json.dumps(text, ensure_ascii=False),
    ]  # fmt: skip


class Traces:
    """Reads what is said of closed sources."""

    def __init__(self, secrets: Secrets) -> None:
        names = "|".join(re.escape(name) for name in sorted(secrets.closed, key=len, reverse=True)) or "(?!)"
        claims = {*ontology().below("Claim"), "Evidence", "Paragraph"}
        tables = "|".join(sorted(table for table, cls in ontology().tables.items() if cls in claims))
        self.closed = secrets.closed
        self._cited = re.compile(rf"(?<![\w-])(?:{names})(?:\.html)?{_AT}")
        judgements = f"|reference{_SLASH}identity" if self.closed else ""  # counted through; things join what is closed
        self._row = re.compile(rf"(?<![\w-])((?:{names}){_SLASH}(?:{tables}){judgements}){_SLASH}([\w.-]*\w)")
        self._whose, self._name = re.compile(rf"(?:^|[/: ])({names})(?:/|$)"), re.compile(rf"(?<![\w-])(?:{names})")
        self._page = re.compile(rf"source/({names})\.html$")
        self._numbers: dict[tuple[str, str], set[int]] = {}

    def in_text(self, text: str) -> Iterator[str]:
        """Yield places and old ids that a text tells."""
        if self.closed and any(name in text for name in (*self.closed, "reference")):
            yield from (f"a place in a text: {' '.join(found[0].split())}" for found in self._cited.finditer(text))
            for table, row in {(re.sub(_SLASH, "/", table), row) for table, row in self._row.findall(text)}:
                if not _MADE.search(row):
                    yield f"an old id: {table}/{row}"
                    stem = row.rstrip("0123456789")
                    if len(row) - len(stem) in range(1, 5):
                        self._numbers.setdefault((table, stem), set()).add(int(row[len(stem) :]))

    def on_page(self, text: str, file: str, place: str) -> Iterator[str]:
        """Yield places and digests that the page of a closed source tells without its name."""
        page = self._page.search(file) or self._page.search(place)
        if page:
            yield from (f"a digest on the page of {page[1]}: {found}" for found in _DIGEST.findall(text))
            for found in re.finditer(r"¶\s*[1-9]\d*", text):
                before = re.sub("<[^>]*>", "", text[max(0, found.start() - 400) : found.start()]).split()[-1:]
                if not before or not re.search(r"\w-\w", before[0]) or self._name.search(before[0]):
                    yield f"a place in a text: {found[0]} on the page of {page[1]}"

    def in_row(self, fields: Fields) -> Iterator[str]:
        """Yield places and digests in a row that is of a closed source."""
        cells = [(re.split("[ :]", key)[-1].lower(), value) for key, value in fields] if self.closed else []
        evidence = [part for name, value in cells if name == "evidence" for part in value.split("; ")]
        for name, value in cells:
            parts = value.split("; ") if name in _PLACES else []
            of = (
                evidence
                if len(parts) == len(evidence)
                else [" ".join(cell for key, cell in cells if key in _OF)] * len(parts)
            )
            for part, said in zip(parts, of, strict=True):
                whose = self._whose.search(said) if _POSITION.fullmatch(part) else None
                if whose:
                    yield f"{name} of {whose[1]}: {part}"

    def gaps(self) -> Iterator[str]:
        """Yield where numbers of rows are left out, in all that was read."""
        for (table, stem), numbers in sorted(self._numbers.items()):
            missing = set(range(min(numbers), max(numbers))) - numbers
            if missing:
                yield f"a gap in numbers: {table}/{stem}{min(missing)}"

    def marks(self, folder: Path) -> dict[str, str]:
        """Return ids of claims and evidence of closed sources, and digests in their rows, each with a file."""
        reader, marks = ContentReader(), dict[str, str]()
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            for part in reader.read(path.read_bytes(), path.name):
                if not isinstance(part, Unread):
                    words = part.words if isinstance(part, Text) else "\n".join(value for _, value in part.fields)
                    is_theirs = isinstance(part, SheetRow) and any(
                        self._whose.search(cell) for key, cell in part.fields if key.lower() in _OF
                    )
                    found = ["/".join(row) for row in self._row.findall(words) if row[1] != "withheld"]
                    for mark in [*found, *(_DIGEST.findall(words) if is_theirs else ())]:
                        marks.setdefault(mark, path.relative_to(folder).as_posix())
        return marks
