"""`tipgraph source add`: documents become sources. The settings of a source are those of `source import` too."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli.options import Call, argument, command, common, gathered, option
from tipgraph.cli.paths import keep_uncommitted, new_texts_folder, own_sources
from tipgraph.cli.terminal import note, progress, say
from tipgraph.errors import Fault, InputError, shown

if TYPE_CHECKING:
    from tipgraph.sources import Document

_SHOWN = 200  # characters of hidden text, of one page
_ADD = 'tipgraph source add report.pdf --publisher "Harbour House" --licence "CC BY 4.0"'


def _given(
    title: str = option("The title (else that in the file)."),
    publisher: str = option("The publisher, in words.", "WHO"),
    issued: str = option("The date of publication: 2005, 2005-06-30, 2005/ (or later), ../2005 (or before).", "DATE"),
    licence: str = option('The licence, or "not stated".'),
    url: str = option("The address where the file was published."),
    retrieved: str = option("The day of your download, such as 2026-11-25 (else today).", "DATE"),
) -> dict[str, str]:
    """Return the settings of `source.toml` that are given."""
    settings = {
        "title": title, "issuedBy": publisher, "issued": issued, "licence": licence, "url": url, "retrieved": retrieved,
    }  # fmt: skip
    return {name: value for name, value in settings.items() if value}


given_settings = gathered(_given)
excerpt = option("Record that the file is a part of the published document.")


@command(_ADD)
def add(
    file: Path = argument("FILE"),
    name: str = option("The name of the source (else that of the file)."),
    given: dict[str, str] = given_settings,
    excerpt: bool = excerpt,
    hidden: str | None = option(
        "Keep or drop text that nobody sees, such as an OCR layer.", click.Choice(["keep", "drop"])
    ),
    call: Call = common("data texts"),
) -> None:
    """Add a document: FILE (.pdf, .docx, .html or .txt) becomes a source.

    The folder of texts gets the text, the places of its words, and a copy of the document. data/ gets the
    settings and the table of paragraphs. Headings, rows of tables and page matter get a scope; in a .txt a person
    chooses them. The title in the file, and the date that a web page states, are taken if no option gives them. The
    last lines name the settings that are still empty.
    """
    from tipgraph.sources import add as adding

    folder = own_sources(call.data)
    given |= {"textKind": "excerpt"} if excerpt else {}
    place = new_texts_folder(call.texts, folder)
    keep_uncommitted(place / "text.txt", folder)
    with progress(f"reading {file}"):
        new = adding.plan(file, _document(file, hidden), folder, place, given, name)
    adding.add(new)
    say(new.summary)
    note(*(f"{shown(file)}: {words}" for words in new.document.notices))
    say(f"next: `tipgraph review drafts {new.name}` proposes its claims on a page")
    say(f"   or: `tipgraph source sheet {new.name}` writes a workbook for them")


def _document(path: Path, hidden: str | None) -> "Document":
    """Read a file, with or without its hidden text; raise InputError with a sample if no option says which."""
    from tipgraph.sources import documents

    document = documents.read(path, hidden=hidden == "keep")
    if document.hidden and hidden is None:
        sample = next(iter(document.hidden.values()))
        sample = sample[:_SHOWN] + "…" * (len(sample) > _SHOWN)
        where = f" on {len(document.hidden)} page{'s' * (len(document.hidden) > 1)}" if document.pages else ""
        what = "has text that nobody sees" if document.text else "is a scan with a layer of text (OCR) that nobody sees"
        message = f"{what}{where}, such as {sample!r}; add --hidden keep or --hidden drop"
        raise InputError([Fault(message, shown(path))])
    if document.hidden and not document.text:
        raise InputError([Fault("has only text that nobody sees; keep it with --hidden keep", shown(path))])
    return document
