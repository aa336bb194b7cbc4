"""What an author of data needs so that nobody counts characters: rows of `evidence.csv` and `paragraphs.csv`."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from tipgraph.errors import Fault, InputError, UnknownName, shown
from tipgraph.model import kit
from tipgraph.runtime import content
from tipgraph.sources import segment, spans
from tipgraph.sources.folder import Source, Texts, read_source
from tipgraph.sources.spans import Locator


def evidence_table(name: str, texts: Texts, phrases: Iterable[tuple[str, str]], data: Path | None = None) -> str:
    """Return the rows of `evidence.csv` for (id, phrase) pairs, as CSV with a header.

    A phrase that has no id gets `pNsM` from its place. Every phrase must stand in the text exactly once, save those
    given as `phrase#2`, the second of several. Raises InputError that lists each phrase that does not.
    """
    source, text = _source_text(name, texts, data)
    rule = source.about.get("paragraphRule", "lines")
    rows: list[Sequence[object]] = []
    faults = []
    for identifier, phrase in phrases:
        wanted, hash_, which = phrase.rpartition("#")
        numbered = bool(hash_) and which.isdecimal()
        found = spans.locate(text, wanted if numbered else phrase, rule)
        if numbered:
            found = found[int(which) - 1 : int(which)]
        if len(found) == 1:
            rows.append((identifier or f"p{found[0].paragraph}s{found[0].sentence}", *found[0]))
        else:
            faults.append(Fault(_not_once(phrase, found), source.about.get("textFile", ""), None, identifier))
    if faults:
        raise InputError(faults)
    return _csv(("id", *Locator._fields), rows)


def paragraph_table(name: str, texts: Texts, data: Path | None = None) -> str:
    """Return the table `paragraphs.csv` of a source, with the reasons for no claims that its present one gives."""
    source, text = _source_text(name, texts, data)
    table = source.tables.get("paragraphs")
    scopes = {row.cells["number"]: row.cells.get("scope", "") for row in table.rows} if table else {}
    rows = [
        (
            f"p{p.number}",
            p.number,
            p.start,
            p.end,
            spans.digest(text[p.start : p.end]),
            scopes.get(str(p.number), ""),
        )
        for p in segment.paragraphs(text, source.about.get("paragraphRule", "lines"))
    ]
    return _csv(("id", "number", "start", "end", "digest", "scope"), rows)


def read_phrases(path: Path) -> list[tuple[str, str]]:
    """Read a CSV file with the columns `id` and `phrase`."""
    try:
        reader = csv.DictReader(io.StringIO(content(path).decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError([Fault(f"cannot be read: {error}", shown(path))]) from error
    if not rows or not {"id", "phrase"} <= rows[0][1].keys():
        raise InputError([Fault("needs the columns id and phrase, and rows below them", shown(path))])
    faults = [
        Fault("has not as many cells as the header; quote a phrase that holds a comma", shown(path), line)
        for line, row in rows
        if None in row or None in row.values()
    ]
    seen: set[str] = set()
    for line, row in rows:
        if row["id"] in seen:
            faults.append(Fault(f"{row['id']!r} is the id of an earlier row too; change one", shown(path), line, "id"))
        seen.add(row["id"])
    if faults:
        raise InputError(faults)
    return [(row["id"], row["phrase"]) for _, row in rows]


def _source_text(name: str, texts: Texts, data: Path | None) -> tuple[Source, str]:
    folder = (data or kit.data()) / name
    if not (folder / "source.toml").is_file():
        known = ", ".join(sorted(path.parent.name for path in folder.parent.glob("*/source.toml")))
        raise UnknownName(f"{name!r} is no source; the sources are {known}")
    source = read_source(folder)
    text = texts.text(source.about.get("textFile", ""))
    if text is None:
        message = "the text is not at hand; name its folder with --texts FOLDER or TIPGRAPH_TEXTS"
        raise InputError([Fault(message, source.about.get("textFile", name))])
    return source, text


def _not_once(phrase: str, found: Sequence[Locator]) -> str:
    if not found:
        return f"{phrase!r} does not stand in the text within one paragraph; copy it from there"
    places = ", ".join(f"¶{one.paragraph} s{one.sentence} at {one.start}" for one in found)
    return f"{phrase!r} stands in several places ({places}); quote more, or end it with #1, #2 …"


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().removesuffix("\n")
