"""`tipgraph source add`: documents become sources."""

import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options
from tipgraph.cli.options import example, flag, option
from tipgraph.cli.paths import keep_uncommitted, new_texts_folder, own_sources
from tipgraph.cli.terminal import note, progress
from tipgraph.errors import CallError, Fault, InputError, shown
from tipgraph.runtime import sanitize

if TYPE_CHECKING:
    from tipgraph.sources import Document

_SHOWN = 200  # characters of hidden text, of one page
_ADD = 'tipgraph source add report.pdf --publisher "Harbour House" --licence "CC BY 4.0"'


@click.command(epilog=example(_ADD))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=options.LocalPath())
@option("--name", click.STRING, "The name of the source (else that of the file).", default="")
@option("--title", click.STRING, "The title (else that in the file).")
@option("--publisher", "WHO", "The publisher, in words.")
@option("--issued", "DATE", "The date of publication: 2005, 2005-06-30, 2005/ (or later), ../2005 (or before).")
@option("--licence", click.STRING, "The licence (else not stated).")
@option("--url", click.STRING, "The address where the file was published.")
@option("--retrieved", "DATE", "The day of your download, such as 2026-11-25 (else today).")
@flag("--excerpt", "Record that the file is a part of the published document.")
@option("--hidden", click.Choice(["keep", "drop"]), "Keep or drop text that nobody sees, such as an OCR layer.")
@options.data
@options.texts
def add(
    files: tuple[Path, ...],
    name: str,
    hidden: str | None,
    data: Path | None,
    texts: str | None,
    *,
    excerpt: bool,
    **settings: str | None,
) -> None:
    """Add documents: each FILE (.pdf, .docx, .html or .txt) becomes a source.

    The folder of texts gets the text, the places of its words, and a copy of the document. data/ gets the
    settings and the table of paragraphs. Headings, rows of tables and page matter get a scope; in a .txt a person
    chooses them. On a terminal the command asks for settings; the answer in brackets is from the file. The date that
    a web page states is taken. The last lines name the settings that are still empty. All files are added, or none.
    """
    from tipgraph.sources import add as adding

    if len(files) > 1 and (name or settings["title"]):
        raise CallError("--name and --title are those of one file; add the files one by one")
    folder = own_sources(data)
    given = given_settings({**settings, "textKind": "excerpt" if excerpt else None})
    place = new_texts_folder(texts, folder)
    keep_uncommitted(place / "text.txt", folder, is_new=not place.exists())
    planned = []
    for path, document in _documents(files, hidden).items():
        if sys.stdin.isatty():
            click.echo(f"{shown(path)}: about this document")
        defaults = {"licence": adding.NOT_STATED, **document.about}
        about = ask_settings(path, given, defaults, adding.made_on(document))
        planned.append(adding.plan(path, document, folder, place, about, name))
    adding.add(planned)
    for new in planned:
        click.echo(sanitize.visible(new.summary))
        note(*(f"{shown(new.path)}: {words}" for words in new.document.notices))
    for new in planned:
        click.echo(f"next: `tipgraph review drafts {new.name}` proposes its claims on a page")
        click.echo(f"   or: `tipgraph source sheet {new.name}` writes a workbook for them")


def _documents(files: tuple[Path, ...], hidden: str | None) -> "dict[Path, Document]":
    """Read all files; raise InputError with the faults of all that cannot be read."""
    found: dict[Path, Document] = {}
    faults: list[Fault] = []
    for path in files:
        try:
            with progress(f"reading {path}"):
                found[path] = _document(path, hidden)
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults).adding("nothing was written")
    return found


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


def given_settings(options: Mapping[str, str | None]) -> dict[str, str]:
    """Return the settings of `source.toml` that options give."""
    return {"issuedBy" if name == "publisher" else name: value for name, value in options.items() if value}


def ask_settings(
    path: Path, given: Mapping[str, str], defaults: Mapping[str, str], hint: str = "", optional: Collection[str] = ()
) -> dict[str, str]:
    """Return the given settings and, on a terminal, answers for those that are missing; `optional` may stay empty.

    A default is the answer to an empty line, and `hint` is for the date. A question is asked until its answer has no
    fault. Raises InputError for a wrong given setting, and click.Abort at the end of the input.
    """
    from tipgraph.sources import NEEDED
    from tipgraph.sources import add as adding

    settings = dict(given)
    if sys.stdin.isatty() and (faults := list(adding.check_settings(path, given, ()))):
        raise InputError(faults).adding("nothing was written")
    for key in [key for key in NEEDED if sys.stdin.isatty() and not given.get(key)]:

        def checked(answer: str, key: str = key) -> str:
            answer = answer.strip()
            for fault in adding.check_settings(path, {key: answer} if answer else {}, {key}.difference(optional)):
                raise click.UsageError(fault.message.removeprefix("is missing; "))
            return answer

        default = defaults.get(key, "")
        question = f"  {NEEDED[key]}{hint if key == 'issued' and not default else ''}"
        settings[key] = click.prompt(question, default=default, show_default=bool(default), value_proc=checked)
    return settings
