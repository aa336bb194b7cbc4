"""Taking open data in: files of a known kind become sources, or a graph."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from tipgraph.cli import suggestions
from tipgraph.cli.options import LocalPath
from tipgraph.cli.terminal import patience, say_told
from tipgraph.errors import CallError
from tipgraph.runtime import sanitize


@click.command("import")
@click.argument("kind", required=False, shell_complete=suggestions.by(suggestions.kinds))
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=LocalPath(path_type=Path))
@click.option("-o", "--output", type=LocalPath(path_type=Path), help="The folder to write, as data/NAME.")
@click.option("--into", type=LocalPath(path_type=Path), help="A graph file (.nq) to write instead, without tables.")
@click.option("--title", help="What the file is called.")
@click.option("--publisher", help="Who published it.")
@click.option("--issued", help="When it was published, as 2005 or 2005-06-30.")
@click.option("--licence", help='Under which licence, or "not stated".')
@click.option("--url", help="Where it was published.")
@click.option("--retrieved", help="When you got it, as 2026-11-25 (else today).")
@click.option("--date", "when", default="", help="The year of rows that have none themselves.")
@click.option("--about", is_flag=True, help="Keep only what names trafficking in persons (iati).")
@click.option("--excerpt", is_flag=True, help="The file is a part of what was published.")
@click.option("--mapping", default="", help="The mapping of the columns (mapped), a TOML file.")
@click.option("--data", type=LocalPath(path_type=Path), help="The folder whose reference is asked (else that of -o).")
@click.option("--replace", is_flag=True, help="Write over a folder that an import wrote.")
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
    """Take open data in: FILEs of a KIND become sources in data/, with what was taken and what was not.

    With no KIND, the kinds are listed. Of several files each becomes a source of its own, NAME-FILE. E-mail addresses,
    telephone and passport numbers stop it, unless they were answered (`tipgraph personal`). Where something is wrong in
    a record, the rest is written, each fault is listed, and the exit code is 1. What the kind does not read is counted,
    and is no fault.
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
    settings, options = _settings(importer.about, said), ImportOptions(when, about, mapping, excerpt)
    faults = 0
    for path, target in _targets(paths, into or output or Path()).items():
        with patience(f"reading {path}"):
            taken = take(importer, path, target, settings, options, replace=replace, data=data)
        for fault in taken.report.faults:
            click.echo(sanitize.visible(str(fault)), err=True)
        click.echo(sanitize.visible(taken.summary))
        if taken.flagged:
            count, where = len(taken.flagged), f"--add {taken.target}" if into else f"--data {taken.target.parent}"
            told = f"{count:,} name{'s' * (count != 1)} in it may be a person's: `tipgraph personal {where}` lists them"
            say_told([told])
        faults += len(taken.report.faults)
    sys.exit(1 if faults else 0)


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
