"""Parts of the Markdown of the reference: plain text, tables, targets, code."""

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"([\\*_<>\[\]{}$|#~])")
_CODE = re.compile(r"(`+[^`]+`+)")
_OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*)")


def plain(text: str) -> str:
    r"""Escape a text on one line, except for parts in backticks.

    >>> plain("a_b <c>\n`d_e`")
    'a\\_b \\<c\\> `d_e`'
    """
    parts = _CODE.split(" ".join(text.split()))
    return "".join(part if at % 2 else _escaped(part) for at, part in enumerate(parts))


def _escaped(text: str) -> str:
    """Escape the marks of Markdown; an option, which begins with two hyphens, becomes code."""
    parts = _OPTION.split(text)
    return "".join(code(part) if at % 2 else _MARKS.sub(r"\\\1", part) for at, part in enumerate(parts))


def paragraphs(text: str) -> str:
    """Return the paragraphs of a text; one that begins with a backspace keeps its lines, as in click."""
    parts = (part.partition("\b") for part in text.strip().split("\n\n"))
    return "\n\n".join(fence(kept.strip("\n"), "text") if mark else plain(part) for part, mark, kept in parts)


def code(text: str) -> str:
    """Return a text as code within a line; none for no text."""
    return f"`{text}`" if text else ""


def codes(texts: Iterable[str]) -> str:
    """Return several texts as code, with commas between."""
    return ", ".join(map(code, texts))


def fence(text: str, language: str = "") -> str:
    """Return a block of code."""
    return f"````{language}\n{text.rstrip()}\n````"


def folded(summary: str, text: str) -> str:
    """Return a collapsed text with its summary."""
    return f"<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>"


def target(*parts: str) -> str:
    """Return the name of a heading for links; Sphinx allows lower-case letters only.

    >>> target("class", "RouteReport")
    'class-routereport'
    """
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")


def heading(level: int, text: str, *name: str) -> str:
    """Return a heading, with its name for links."""
    named = f"({target(*name)})=\n" if name else ""
    return f"{named}{'#' * level} {text}"


def link(text: str, *name: str, page: str = "") -> str:
    """Return a link to a heading by its name, on this page or another of the reference."""
    return f"[{text}]({page}#{target(*name)})"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown cells, without empty columns; return no text for no rows."""
    found = [[cell.replace("\n", " ") for cell in row] for row in rows]
    if not found:
        return ""
    kept = [at for at, head in enumerate(heads) if at == 0 or any(row[at] for row in found)]
    lines = [[heads[at] for at in kept], ["---"] * len(kept), *([_cell(row[at]) for at in kept] for row in found)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\|", text)


def page(*parts: str) -> str:
    """Join the parts that are not empty to a page."""
    return "\n\n".join(part for part in parts if part) + "\n"
