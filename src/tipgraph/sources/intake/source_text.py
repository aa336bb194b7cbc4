"""The text of a source: where it is, how it is divided, and the rows and quotes of its spans."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from tipgraph.errors import Fault, shown
from tipgraph.sources.evidence import quotes, segment, spans
from tipgraph.sources.evidence.spans import Locator, digest
from tipgraph.sources.folder import SOURCE_FILE, Source, Texts

PARAGRAPH_COLUMNS = ("id", "number", "start", "end", "digest", "scope")


class SourceText:
    """The text of a source in a folder of texts, and its layout; `path` is None if it is missing."""

    def __init__(self, source: Source, texts: Texts) -> None:
        self.name = source.name
        self.file = source.about.get("textFile", "")
        self.rule = source.about.get("paragraphRule", "lines")
        self.path = texts.path(self.file)
        self.words = texts.text(self.file) or ""
        self._settings = shown(source.path / SOURCE_FILE)
        self.is_current = texts.digest(self.file) == source.about.get("sha256", "")  # the text of source.toml
        self.layout = texts.layout(self.file)
        layout_file = f"{Path(self.file).stem}.layout.json"
        self.layout_path = texts.path(layout_file) or (self.path or Path(layout_file)).with_name(layout_file)

    @property
    def missing(self) -> list[Fault]:
        """The fault of a text that is missing."""
        if not self.file:
            return [Fault("is missing; name the file of the text", self._settings, None, "textFile")]
        message = "the text is missing; name its folder with --texts FOLDER or TIPGRAPH_TEXTS"
        return [Fault(message, self.file)] if self.path is None else []

    @property
    def faults(self) -> list[Fault]:
        """The fault of a text that is missing, or has changed since it was described."""
        if self.path is None or self.is_current:
            return self.missing
        message = f"is not the text of source.toml (sha256); run `tipgraph source locate {self.name} --again`"
        return [Fault(message, shown(self.path))]

    @cached_property
    def quotes_path(self) -> Path:
        """The path of the kept quotes, beside the text."""
        return (self.path or Path(self.file)).with_name(f"{self.name}.quotes.csv")

    def cells(self, place: Locator) -> dict[str, str]:
        """Return the cells of a row of evidence, with the page if the text has pages."""
        cells = {name: str(value) for name, value in place._asdict().items()}
        page = self.layout.page_of(place.start, place.end) if self.layout else 0
        return {**cells, "page": str(page)} if page else cells

    def quotes_text(self, evidence: Iterable[Mapping[str, str]]) -> str:
        """Return the file of quotes for rows of evidence; spans that are not verified keep theirs."""
        kept = quotes.read(self.quotes_path)
        found: dict[str, str] = {}
        for cells in evidence:
            place = locator_of(cells)
            if place and not spans.disagreements(self.words, place, self.rule):
                found[cells["id"]] = quotes.kept(self.words, place, self.rule)
            elif cells["id"] in kept:
                found[cells["id"]] = kept[cells["id"]]
        return quotes.table_text(found)


def paragraph_rows(text: str, rule: str) -> list[dict[str, str]]:
    """Return the rows of `paragraphs.csv` for a text, without scopes."""
    cells = ((f"p{span.number}", *map(str, span), digest(text[span.start : span.end]))
             for span in segment.paragraphs(text, rule))  # fmt: skip
    return [dict(zip(PARAGRAPH_COLUMNS, row, strict=False)) for row in cells]


def citations(sources: Iterable[Source], cited: str) -> Iterator[tuple[str, str]]:
    """Yield the rows of sources that name evidence of the source `cited`, each with the id of that evidence."""
    for source in sources:
        prefix = "" if source.name == cited else f"{source.name}/"
        for table in source.tables.values():
            for row in table.rows:
                for name in map(str.strip, row.cells.get("evidence", "").split("|")):
                    *parts, evidence = name.split("/")
                    if next((part for part in parts if part != "evidence"), source.name) == cited:
                        yield f"{prefix}{table.name}/{row.cells.get('id', '')}", evidence


def locator_of(cells: Mapping[str, str]) -> Locator | None:
    """Return the place in a row of evidence or of a paragraph; None for a document that is only cited."""
    numbers = [cells.get(name) or "0" for name in ("paragraph", "sentence", "start", "end")]
    if not cells.get("digest") or not all(number.isdecimal() for number in numbers):
        return None
    paragraph, sentence, start, end = map(int, numbers)
    return Locator(paragraph, sentence, start, end, cells["digest"])
