"""Add a document as a source: its text in the folder of texts, its settings and paragraphs in `data/`.

The text is made once, and every quote and offset of the source refers to it. It is in the folder of texts, with a copy
of the document and the layout. `data/` gets digests and numbers, and no sentence.

Decision: docs/decisions/0119-a-document-has-one-canonical-text.md.
"""

import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import REFERENCE_NAME, today
from tipgraph.runtime import atomic_file, atomic_folder, read_toml
from tipgraph.sources.csv_dialect import csv_text
from tipgraph.sources.documents.layout import HEADING, PAGE_MATTER, TABLE, Document
from tipgraph.sources.evidence.spans import digest
from tipgraph.sources.folder import SOURCE_FILE, is_name
from tipgraph.sources.importers.import_run import NEEDED, setting_faults, toml
from tipgraph.sources.importers.row_builder import slug
from tipgraph.sources.intake.source_text import PARAGRAPH_COLUMNS, paragraph_rows
from tipgraph.sources.personal_data import KIND_NAMES, find_personal

_SCOPES: Final = {HEADING: "heading", TABLE: "table", PAGE_MATTER: "page-matter"}
_COUNTED: Final = {HEADING: "headings", TABLE: "rows of tables", PAGE_MATTER: "page matter"}
_LISTING: Final = ".tipgraph-add"
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_OPEN: Final = {  # settings that no document states: why they are empty, or how to write them
    "url": "url (or noAddress, why none is known)",
    "publisher": "publisher (an id of actors.csv)",
    "documentNumber": "documentNumber",
    "period": "period (that it reports on)",
}
_WORDS: Final = ("title", "issuedBy", "licence")
NOT_STATED: Final = "not stated"


@dataclass(frozen=True)
class NewSource:
    """A document that is to be a source: its folders of data and of texts, its name and the settings that are known."""

    path: Path
    document: Document
    data: Path
    texts: Path
    name: str
    about: Mapping[str, str]

    @property
    def folder(self) -> Path:
        """The folder of the source."""
        return self.data / self.name

    @property
    def text(self) -> Path:
        """The file of its text."""
        return self.texts / f"{self.name}.txt"

    @property
    def copy(self) -> Path:
        """The copy of the document beside the text; of a text, the text itself."""
        return self.texts / f"{self.name}{self.path.suffix.lower()}"

    @property
    def files(self) -> dict[Path, str | None]:
        """The files to write into the folder of texts with what they hold; None is for a copy of the document."""
        files: dict[Path, str | None] = {self.copy: None, self.text: self.document.text}
        if self.document.pages:
            files[self.texts / f"{self.name}.layout.json"] = self.document.layout.to_json()
        return {file: content for file, content in files.items() if file.resolve() != self.path.resolve()}

    @property
    def summary(self) -> str:
        """What was added, in lines for a person."""
        counts, pages = Counter(self.document.kinds), len(self.document.pages)
        parts = [f"{pages:,} page{'s' * (pages != 1)}"] * bool(pages) + [f"{counts.total():,} paragraphs"]
        parts += [f"{counts[kind]:,} {words}" for kind, words in _COUNTED.items() if counts[kind]]
        title, publisher, issued, licence = (self.about[key] for key in NEEDED)
        about = f"{title!r}, {publisher}, {issued}; licence: {licence}"
        return f"{shown(self.folder)}: {', '.join(parts)}; text: {shown(self.text)}\n{about}\n{self._open}"

    @property
    def _open(self) -> str:
        """The settings that only a person can write, in a line."""
        listed = ", ".join(words for key, words in _OPEN.items() if not self.about.get(key))
        return f"still empty in {shown(self.folder / SOURCE_FILE)}: {listed}"


def plan(
    path: Path, document: Document, data: Path, texts: Path, settings: Mapping[str, str], name: str = ""
) -> NewSource:
    """Return a document as the source that it would be. Nothing is written.

    `settings` are those of `source.toml`. Where they lack the title or the date of issue, those that the document
    states are taken, the licence is "not stated", and the text is the whole text. The day on which a file was made is
    no date of issue. The name of the source is that of the file unless one is given.
    """
    stated = {key: value for key, value in document.about.items() if key in NEEDED}
    known = {"retrieved": today(), "licence": NOT_STATED, "textKind": "held", **stated}
    about = known | {key: value for key, value in settings.items() if value}
    return NewSource(path, document, data, texts, name or slug(path.stem), about)


def add(new: NewSource) -> None:
    """Write a document as a source, whole or not at all.

    Raises InputError with all faults: a missing or wrong setting, a name that no source can have or that
    is in use, a document that is a source already. Nothing is written then.
    """
    if faults := list(_faults(new)):
        raise InputError(faults).adding("nothing was written")
    with ExitStack() as undo:
        _write(new, undo)
        undo.pop_all()


def _faults(new: NewSource) -> Iterator[Fault]:
    file = shown(new.path)
    ours = {"documentSha256": _file_digest(new.path), "sha256": digest(new.document.text)}
    present = ((path.parent.name, read_toml(path)) for path in sorted(new.data.glob(f"*/{SOURCE_FILE}")))
    same = [name for name, about in present if any(about.get(key) == value for key, value in ours.items())]
    yield from (Fault(f"is the document of the source {name} already", file) for name in same)
    if not is_name(new.name) or new.name == REFERENCE_NAME:
        message = f"{new.name!r} is no name for a source; use lower-case letters, digits and hyphens"
        yield Fault(message, file, None, "--name")
    elif new.text.resolve() == new.path.resolve() and new.path.read_bytes() != new.document.text.encode("utf-8"):
        yield Fault("would be another text; move it out of the folder of texts first", file)
    elif not same and (taken := next((at for at in (new.folder, *new.files) if at.exists()), None)):
        yield Fault(f"{shown(taken)} is there already; give another name with --name", file)
    for fault in setting_faults(file, new.about, NEEDED):
        made = new.document.about.get("made") if fault.column == "issued" and not new.about.get("issued") else ""
        hint = f" (the file was made on {made})" if made else ""
        yield fault._replace(message=fault.message + hint, column=_option(fault.column))
    if (url := new.about.get("url")) and not _ADDRESS.fullmatch(url):
        yield Fault(f"{url!r} is no address; write it with https://", file, None, _option("url"))
    for key in _WORDS:
        for found in find_personal(new.about.get(key, "")):
            yield Fault(f"holds {KIND_NAMES[found.kind]}; leave it out", file, None, _option(key))


def _option(setting: str) -> str:
    """Return the option that gives a setting."""
    return "--publisher" if setting == "issuedBy" else f"--{setting}"


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(new: NewSource, undo: ExitStack) -> None:
    """Write a document as a source; `undo` removes it again."""
    is_new = not new.texts.exists()
    for folder in (new.texts, new.data):
        folder.mkdir(parents=True, exist_ok=True)
    if is_new:
        (new.texts / ".gitignore").write_text("# texts of others do not belong in a repository\n*\n", "utf-8")
    files = new.files
    with atomic_folder(new.folder, _LISTING) as folder:
        (folder / "paragraphs.csv").write_text(_paragraphs(new.document), "utf-8", newline="")
        (folder / SOURCE_FILE).write_text(toml({**new.about, **_made(new)}, {}), "utf-8", newline="")
        with atomic_file(*files) as besides:
            for content, beside in zip(files.values(), besides, strict=True):
                if content is None:
                    shutil.copyfile(new.path, beside)
                else:
                    beside.write_text(content, "utf-8", newline="")
        for file in files:
            undo.callback(file.unlink)
    undo.callback(shutil.rmtree, new.folder)
    (new.folder / _LISTING).unlink(missing_ok=True)  # from now on the folder is that of its author


def _made(new: NewSource) -> dict[str, str]:
    """Return the settings that follow from the document."""
    made = {"textFile": new.text.name, "paragraphRule": new.document.rule, "sha256": digest(new.document.text)}
    if new.copy != new.text:
        made |= {"documentFile": new.copy.name, "documentSha256": _file_digest(new.path)}
    if new.document.pages:
        made["pageCount"] = str(len(new.document.pages))
    return made


def _paragraphs(document: Document) -> str:
    rows = zip(paragraph_rows(document.text, document.rule), document.kinds, strict=True)
    return csv_text("", PARAGRAPH_COLUMNS, (row | {"scope": _SCOPES.get(kind, "")} for row, kind in rows))
