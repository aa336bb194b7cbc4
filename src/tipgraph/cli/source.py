"""`tipgraph source`: one source. Import open data, locate a phrase in a text."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.group import Group
from tipgraph.cli.options import LocalPath, example
from tipgraph.cli.paths import texts_at
from tipgraph.cli.terminal import patience, say_told
from tipgraph.errors import CallError
from tipgraph.runtime import sanitize

_IMPORT = 'tipgraph source import iati activities.xml -o data/fund-2020 --issued 2020-11 --licence "CC BY 4.0"'


@click.group(cls=Group)
def source() -> None:
    """Work on one source: import open data, locate evidence in a text."""


@source.command("import", epilog=example(_IMPORT))
@click.argument("kind", required=False, shell_complete=suggestions.by(suggestions.kinds))
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=LocalPath(path_type=Path))
@click.option(
    "-o", "--output", type=LocalPath(path_type=Path), metavar="FOLDER", help="The folder to write, such as data/NAME."
)
@click.option(
    "--into", type=LocalPath(path_type=Path), metavar="FILE", help="Write this graph file (.nq) instead of a folder."
)
@click.option("--title", help="The title of the file.")
@click.option("--publisher", metavar="WHO", help="The publisher of the file.")
@click.option("--issued", metavar="DATE", help="The date of publication, such as 2005 or 2005-06-30.")
@click.option("--licence", help='The licence of the file, or "not stated".')
@click.option("--url", help="The address where the file was published.")
@click.option("--retrieved", metavar="DATE", help="The day of your download, such as 2026-11-25 (else today).")
@click.option("--date", "when", default="", metavar="DATE", help="The date of rows without a date of their own.")
@click.option("--about", is_flag=True, help="Keep only activities that name trafficking in persons (kind iati).")
@click.option("--excerpt", is_flag=True, help="Record that the file is a part of the published file.")
@click.option("--mapping", default="", metavar="FILE", help="A TOML file that maps the columns (kind mapped).")
@click.option(
    "--data",
    metavar="FOLDER",
    type=LocalPath(path_type=Path),
    help="The folder of sources with the reference to use (else that of -o).",
)
@click.option("--replace", is_flag=True, help="Replace a folder that an earlier import wrote.")
def import_(
    kind: str | None,
    paths: tuple[Path, ...],
    output: Path | None,
    into: Path | None,
    when: str,
    mapping: str,
    data: Path | None,
    *,
    about: bool,
    excerpt: bool,
    replace: bool,
    **said: str | None,
) -> None:
    """Import open data: each FILE of a KIND becomes a source in data/.

    KIND is a kind of file, such as iati. Without a KIND, the command lists the kinds. With several FILEs, each becomes
    a source of its own, NAME-FILE. The report counts imported records and records that the kind does not read. E-mail
    addresses, telephone and passport numbers stop the import, unless `tipgraph review personal` has an answer for
    them. A fault in a record does not stop it: all faults are listed, and the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.sources import KINDS, ImportOptions, reader, take

    if kind is None:
        listed = [[name, reader(name).summary] for name in KINDS]
        click.echo(text.rows_text(["kind", "what it reads"], listed, "table"))
        return
    importer = reader(kind)
    if not paths or (output is None) == (into is None):
        raise CallError("name a FILE, and either -o FOLDER or --into GRAPH.nq")
    settings, given = _settings(importer.about, said), ImportOptions(when, about, mapping, excerpt)
    faults = 0
    for path, target in _targets(paths, into or output or Path()).items():
        with patience(f"reading {path}"):
            taken = take(importer, path, target, settings, given, replace=replace, data=data)
        for fault in taken.report.faults:
            click.echo(sanitize.visible(str(fault)), err=True)
        click.echo(sanitize.visible(taken.summary))
        if taken.flagged:
            count, where = len(taken.flagged), f"--add {taken.target}" if into else f"--data {taken.target.parent}"
            names = f"{count:,} name{'s' * (count != 1)}"
            say_told([f"{names} in it may be a person's: `tipgraph review personal {where}` lists them"])
        faults += len(taken.report.faults)
    sys.exit(1 if faults else 0)


@source.command(epilog=example('tipgraph source locate example-2026 "trained border officers" --texts texts'))
@click.argument("name", metavar="SOURCE", shell_complete=suggestions.by(suggestions.sources))
@click.argument("phrase", nargs=-1)
@click.option(
    "--from",
    "listed",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Locate all phrases of a CSV file with the columns id and phrase.",
)
@click.option("--paragraphs", is_flag=True, help="Print the table of paragraphs instead.")
@click.option("--audit", metavar="READER", help="Print the empty audit rows for a reader, such as reader-one.")
@options.data
@options.texts
def locate(
    name: str,
    phrase: tuple[str, ...],
    listed: Path | None,
    paragraphs: bool,
    audit: str | None,
    data: Path | None,
    texts: str | None,
) -> None:
    """Find a PHRASE in the text of a SOURCE, and print its row for evidence.csv.

    SOURCE is the name of a folder in data/. Write the PHRASE in quotation marks. The command needs the texts, except
    with --audit: then it prints one row of data/audits/ for each claim of the SOURCE.
    """
    from tipgraph.display import csv_text
    from tipgraph.pipeline import audits, gather
    from tipgraph.sources import evidence_tables

    given = (("a PHRASE", phrase), ("--from", listed), ("--paragraphs", paragraphs), ("--audit", audit))
    asked = [name for name, value in given if value]
    if len(asked) > 1:
        raise CallError(f"say one of {' and '.join(asked)}")
    at_hand = texts_at(texts)
    if paragraphs:
        click.echo(evidence_tables.paragraph_table(name, at_hand, data))
    elif listed:
        click.echo(evidence_tables.evidence_table(name, at_hand, evidence_tables.read_phrases(listed), data))
    elif phrase:
        click.echo(evidence_tables.evidence_table(name, at_hand, [("", " ".join(phrase))], data))
    elif audit:
        click.echo(csv_text(audits.COLUMNS, audits.form(gather(data).statements, name, audit)))
    else:
        raise CallError("say what to locate: a PHRASE, --from FILE, --paragraphs or --audit READER")


def _settings(known: Mapping[str, str], said: Mapping[str, str | None]) -> dict[str, str]:
    """Return what `source.toml` says of a source; a terminal is asked for what neither the caller nor the kind says."""
    from datetime import UTC, datetime

    from tipgraph.sources import NEEDED

    settings = {"retrieved": datetime.now(UTC).date().isoformat()} | {
        "issuedBy" if name == "publisher" else name: value for name, value in said.items() if value
    }
    for name, what in NEEDED.items() if sys.stdin.isatty() else ():
        if not (settings.get(name) or known.get(name)):
            settings[name] = click.prompt(f"{name}: {what}", default="", show_default=False)
    return settings


def _targets(paths: tuple[Path, ...], target: Path) -> dict[Path, Path]:
    """Return where each file goes; raise CallError where one would be written over another, or over itself."""
    targets = {path: _own_target(target, path, among=len(paths)) for path in paths}
    if len(set(targets.values())) < len(paths) or {target.resolve() for target in targets.values()} & {
        path.resolve() for path in paths
    }:
        raise CallError("two of the files would be written to one place, or one to itself; take them in one by one")
    return targets


def _own_target(target: Path, path: Path, among: int) -> Path:
    """Return where a file of several goes: the name with that of the file behind it."""
    from tipgraph.sources import slug

    return target if among == 1 else target.with_name(f"{target.stem}-{slug(path.stem)}{target.suffix}")
