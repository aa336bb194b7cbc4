"""`tipgraph source add`: documents become sources. The settings of a source are those of `source import` too."""

import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli.options import Call, argument, command, common, gathered, option
from tipgraph.cli.paths import keep_uncommitted, new_texts_folder, own_sources
from tipgraph.cli.terminal import note, progress, say
from tipgraph.errors import CallError, Fault, InputError, shown

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
    files: tuple[Path, ...] = argument("FILE...", required=True),
    name: str = option("The name of the source (else that of the file)."),
    given: dict[str, str] = given_settings,
    excerpt: bool = excerpt,
    hidden: str | None = option(
        "Keep or drop text that nobody sees, such as an OCR layer.", click.Choice(["keep", "drop"])
    ),
    call: Call = common("data texts"),
) -> None:
    """Add documents: each FILE (.pdf, .docx, .html or .txt) becomes a source.

    The folder of texts gets the text, the places of its words, and a copy of the document. data/ gets the
    settings and the table of paragraphs. Headings, rows of tables and page matter get a scope; in a .txt a person
    chooses them. On a terminal the command asks for settings; the answer in brackets is from the file. The date that
    a web page states is taken. The last lines name the settings that are still empty. All files are added, or none.
    """
    from tipgraph.sources import add as adding

    if len(files) > 1 and (name or "title" in given):
        raise CallError("--name and --title are those of one file; add the files one by one")
    folder = own_sources(call.data)
    given |= {"textKind": "excerpt"} if excerpt else {}
    place = new_texts_folder(call.texts, folder)
    keep_uncommitted(place / "text.txt", folder, is_new=not place.exists())
    planned = []
    for path, document in _documents(files, hidden).items():
        if sys.stdin.isatty():
            say(f"{shown(path)}: about this document")
        defaults = {"licence": adding.NOT_STATED, **document.about}
        about = ask_settings(path, given, defaults, adding.made_on(document))
        planned.append(adding.plan(path, document, folder, place, about, name))
    adding.add(planned)
    for new in planned:
        say(new.summary)
        note(*(f"{shown(new.path)}: {words}" for words in new.document.notices))
    for new in planned:
        say(f"next: `tipgraph review drafts {new.name}` proposes its claims on a page")
        say(f"   or: `tipgraph source sheet {new.name}` writes a workbook for them")


def _documents(files: Iterable[Path], hidden: str | None) -> "dict[Path, Document]":
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
    if not sys.stdin.isatty():
        return settings
    if faults := list(adding.check_settings(path, given, ())):
        raise InputError(faults).adding("nothing was written")
    for key in [key for key in NEEDED if not given.get(key)]:

        def checked(answer: str, key: str = key) -> str:
            answer = answer.strip()
            for fault in adding.check_settings(path, {key: answer} if answer else {}, {key}.difference(optional)):
                raise click.UsageError(fault.message.removeprefix("is missing; "))
            return answer

        default = defaults.get(key, "")
        question = f"  {NEEDED[key]}{hint if key == 'issued' and not default else ''}"
        settings[key] = click.prompt(question, default=default, show_default=bool(default), value_proc=checked)
    return settings
