"""Create a project, build its graph, and check it."""

import shlex
import sys
from pathlib import Path

import click

from tipgraph.cli.options import Call, argument, command, common, option
from tipgraph.cli.paths import default_graph
from tipgraph.cli.terminal import note, progress, say
from tipgraph.errors import CallError, InputError

_EXAMPLE = '--title "Our graph" --namespace https://example.org/ngo#'


@command(f"tipgraph init ngo {_EXAMPLE}")
def init(
    folder: Path = argument(),
    title: str = option("The title of the graph (needed)."),
    namespace: str = option("The address of your own terms; it ends in # (needed).", "IRI"),
    prefix: str = option("The short name of the namespace (else the name of the folder)."),
) -> None:
    """Create a project in FOLDER: your own data, ontology and queries on top of the kit.

    The project starts with an example that you can build and query. Each command in the folder or below it uses the
    project. FOLDER is new, or holds only .git, a README and a licence; the command changes no other folder.
    """
    from tipgraph.model import project
    from tipgraph.pipeline import init as begin

    if not title or not namespace:
        example = f"tipgraph init {shlex.quote(str(folder))} {_EXAMPLE}"
        raise CallError(f"a project needs --title and --namespace; for example:\n  {example}")
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    written = begin(folder, title=title, namespace=namespace, prefix=prefix)
    made = project.read(folder)
    say(f"{folder}: a project of its own, “{made.title}”, of {len(written)} files; README.md explains them")
    if kept := sorted(there & {"README.md", ".gitignore", ".gitattributes"}):
        say(f"  {', '.join(kept)}: as before; git should ignore build/ and the texts of others")
    first = "git init && tipgraph build && tipgraph check && tipgraph query trainings"
    say(f"next: cd {shlex.quote(str(folder))} && {first}")


@command("tipgraph build")
def build(
    data: Path | None = argument(),
    output: str = option(
        "A file (.trig or .nq, also with .gz), or a FOLDER/ for a store (else build/graph.trig).",
        click.Path(),
        "-o --output",
        metavar="PLACE",
    ),
    without: tuple[str, ...] = option("Leave out a source (repeatable).", "SOURCE"),
) -> None:
    """Build the graph from the sources.

    DATA is a folder of sources or a graph file (else the data of the project). With -o FOLDER/ the command writes a
    store, in place of an older one.
    """
    from tipgraph.graph import storage
    from tipgraph.pipeline import builder

    target = output or str(default_graph())
    storage.prepare(target)
    with progress("reading the sources and building the graph"):
        if data is not None and data.exists() and not data.is_dir():
            built = storage.convert(data, target)
        else:
            try:
                built = builder.build(data, without, lambda notices: note(*notices))
            except InputError as error:
                raise error.adding("nothing was written") from None
            storage.write(built, target)
    digest = f", digest {built.digest[:12]}…" if built.in_memory else ""  # to find that of a large store takes long
    click.echo(f"{target}: {len(built):,} statements from {len(built.sources)} graphs{digest}")


@command("tipgraph check")
def check(call: Call = common("graph texts form")) -> None:
    """Check the graph: its shapes, its rules and its evidence.

    If you have the texts, the command compares each piece of evidence with them.
    With a finding, the exit code is 1.
    """
    from tipgraph.pipeline import shacl

    with progress("checking shapes, rules and evidence"):
        report = shacl.check(call.open(), call.local_texts)
    if call.form == "table":
        say(*report.lines)
    else:
        rows = [list(finding) for finding in [*report.findings, *report.notices]]
        call.print_rows(["rule", "node", "where", "message", "level"], rows)
    click.echo(report.summary, err=call.form != "table")
    sys.exit(0 if report.ok else 1)
