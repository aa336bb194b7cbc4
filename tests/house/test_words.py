"""No text has a phrase that `docs/explanations/words.md` lists under *do not write*."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tipgraph.model import kit

ROOT = kit.home()
PAGE = ROOT / "docs/explanations/words.md"
BETWEEN = r"""(?:[\s#*]|["']\s*f?["'])+"""  # words of a phrase may be on two lines, of a comment or of a string
SUFFIXES = {".html", ".js", ".py", ".pyi", ".rq"}
GENERATED = {"assets", "embedded", "vendor"}


def table() -> list[tuple[str, str, bool]]:
    """Return each phrase with its replacement, and whether it is banned everywhere."""
    rows = re.findall(r"^\| (.+) \| (.+) \| (documents|everywhere) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    return [(phrase, write, where == "everywhere") for cell, write, where in rows for phrase in cell.split(", ")]


PHRASES = table()


def pattern(*, everywhere: bool) -> re.Pattern[str]:
    """Return the pattern of the phrases for documents, or of those that are banned everywhere."""
    phrases = [phrase for phrase, _, in_code in PHRASES if in_code or not everywhere]
    joined = "|".join(BETWEEN.join(map(re.escape, phrase.split())) for phrase in phrases)
    return re.compile(rf"\b(?:{joined})\b", re.IGNORECASE)


def blank(text: str, part: str) -> str:
    """Return a text without the matches of a pattern, with its lines."""
    return re.sub(part, lambda match: "\n" * match[0].count("\n"), text)


def prose(markdown: str) -> str:
    """Return the prose of a document, without code and the targets of links."""
    return blank(markdown, r"(?ms)^ *```.*?^ *```|`[^`]*`|\]\([^)]*\)")


def texts(*, in_code: bool) -> Iterator[tuple[Path, str]]:
    """Yield the texts of the package, queries and makers of the book; or of documents and definitions."""
    if in_code:
        for folder in ("src", "queries", "docs/making"):
            for file in (ROOT / folder).rglob("*"):
                if file.suffix in SUFFIXES and not GENERATED.intersection(file.parts):
                    yield file, file.read_text("utf-8")
        return
    for file in (*ROOT.glob("*.md"), *ROOT.glob("*/README.md"), *(ROOT / "docs").rglob("*.md")):
        if file != PAGE and file.parent.name != "es" and file.name != "README.es.md":
            yield file, prose(file.read_text("utf-8"))
    for file in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(file.read_text("utf-8"))["cells"]
        yield file, prose("\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"))
    for file in (ROOT / "ontology").glob("*.ttl"):
        yield file, "\n".join(re.findall(r'(?:definition|message|laterUse) ("[^"]*")', file.read_text("utf-8")))
    makefile = ROOT / "Makefile"
    yield makefile, "\n".join(line.partition("#")[2] for line in makefile.read_text("utf-8").split("\n"))


def faults(file: str, text: str, banned: re.Pattern[str]) -> list[str]:
    """Return each banned phrase of a text with its line and its replacement."""
    write = {phrase.casefold(): instead for phrase, instead, _ in PHRASES}
    lines = []
    for match in banned.finditer(text):
        phrase = re.sub(BETWEEN, " ", match[0])
        line = text.count("\n", 0, match.start()) + 1
        lines.append(f"{file}:{line}: {phrase}: write {write[phrase.casefold()]}")
    return lines


@pytest.mark.parametrize("in_code", [False, True], ids=["documents", "code"])
def test_texts_have_no_banned_phrase(in_code: bool) -> None:
    banned, found = pattern(everywhere=in_code), list(texts(in_code=in_code))
    assert len(found) > 100
    assert [line for file, text in found for line in faults(str(file.relative_to(ROOT)), text, banned)] == []


def test_a_banned_phrase_is_found_and_code_in_a_document_is_no_prose() -> None:
    for phrase, write, everywhere in PHRASES:
        text = "# One line.\n# It " + phrase.replace(" ", "\n# ").capitalize() + " x."
        assert faults("x", text, pattern(everywhere=False)) == [f"x:2: {phrase.capitalize()}: write {write}"], phrase
        assert bool(faults("x", text, pattern(everywhere=True))) == everywhere, phrase
    assert prose("A `hop`\n```\nhop\n```\n[b](hop.md) c").split() == ["A", "[b", "c"]
