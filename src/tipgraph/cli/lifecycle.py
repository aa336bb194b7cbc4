"""Create a project, build its graph, check it, and say what it has; upload the graph, compare two builds."""

import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli.group import Group
from tipgraph.cli.options import Call, argument, command, common, option
from tipgraph.cli.paths import built_at, built_place, default_graph, newer_files, say_if_older
from tipgraph.cli.terminal import note, progress, say
from tipgraph.errors import CallError, InputError, shown
from tipgraph.model import kit

if TYPE_CHECKING:
    from tipgraph.graph import Graph
    from tipgraph.sources import Source, Texts

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
    if (project := kit.project()) and (
        missing := [name for name in ("maker", "contact") if not getattr(project, name)]
    ):
        names = " and no ".join(missing)
        note(f"{shown(project.file)} names no {names}, so pages do not say whom to ask for a correction")
    sys.exit(0 if report.ok else 1)


_SMALL = 200_000  # statements: in a larger graph the search for findings takes more than a second
_HEADER = ("source", "paragraphs", "unread", "drafts", "text", "next step")


@command("tipgraph status")
def status(call: Call = common("graph texts form")) -> None:
    """Show the project, its graph, the findings that wait for a person, and the next step for each source.

    The command builds nothing. It counts findings only in a graph of at most 200,000 statements. A paragraph is unread
    if it has neither claims nor a scope; a row of a table is unread until somebody sets it aside. Drafts are those of
    `tipgraph review drafts` without a decision. CSV and JSON have the sources only.
    """
    project, place, texts = kit.project(), built_place(call.graph), call.local_texts
    sources = _sources(place, texts)
    if call.form == "table":
        title = project.title if project else f"the kit of tipgraph {kit.VERSION}"
        graph = _graph(place, texts) if place else {"graph": "none has been built: run `tipgraph build`"}
        lines = {"project": f"{title}, {project.folder if project else kit.home()}", **graph}
        say(*(f"{name:<10} {words}" for name, words in lines.items()), *[""] * bool(sources))
    if sources or call.form != "table":
        call.print_rows(_HEADER, sources)


def _sources(place: str, texts: "Texts") -> list[list[object]]:
    """Return the progress of each source, with its drafts without a decision and its next step."""
    from tipgraph.curation import drafts_left
    from tipgraph.sources import progress_of

    drafts: dict[str, int | None] = {}

    def waiting(source: "Source") -> str:
        try:
            left = drafts[source.name] = drafts_left(source, texts)
        except InputError as error:
            return str(error.faults[0])
        return f"decide {left:,} draft{'s' * (left != 1)}: `tipgraph review drafts {source.name}`" if left else ""

    data, rows = kit.own_data(), list[list[object]]()
    newer = _newer_sources(place)
    for part in progress_of(data, texts, waiting) if data else []:
        build = "build the graph: `tipgraph build`" if part.name in newer else "nothing to do"
        unread = None if part.unread is None else len(part.unread)
        counts = ("" if count is None else count for count in (part.paragraphs, unread, drafts.get(part.name)))
        rows.append([part.name, *counts, part.text, part.next_step or build])
    return rows


def _newer_sources(place: str) -> set[str]:
    """Return the sources that changed after the graph was built; all of them without a graph."""
    data = kit.data()
    newer = newer_files(place) if place else [path.parent for path in data.glob("*/source.toml")]
    return {path.relative_to(data).parts[0] for path in newer or () if path.is_relative_to(data) and path != data}


def _graph(place: str, texts: "Texts") -> dict[str, str]:
    """Return the state of the graph at a place in words, by subject."""
    from tipgraph.graph import load

    say_if_older(place)
    graph, built = load(place), "on a server"
    if Path(place).exists():
        built = f"built {datetime.fromtimestamp(built_at(Path(place)) / 1e9, UTC):%Y-%m-%d %H:%M} UTC"
    files = {row["file"].value for row in graph.named("texts") if row["file"] is not None}
    found = sum(texts.text(file) is not None for file in files)
    hint = "; name their folder with --texts, TIPGRAPH_TEXTS or the setting texts" * (found < len(files))
    return {
        "graph": f"{place}, {built}",
        "sources": f"{len({row['source'] for row in graph.named('sources')}):,}",
        "claims": f"{sum(int(row['number'].value) for row in graph.named('claim-counts')):,}",
        "to review": _findings(graph),
        "texts": f"{found} of {len(files)} found{hint}",
    }


def _findings(graph: "Graph") -> str:
    """Return how many contradictions are open, and how many pairs of entries may be the same, in words."""
    from tipgraph.curation import ConflictDesk, IdentityDesk

    conflicts, pairs = "`tipgraph review conflicts --open`", "`tipgraph review identity`"
    if len(graph) > _SMALL:
        return f"not counted; {conflicts} and {pairs} list findings"
    data = kit.own_data()
    opened = sum(case.answer is None for case in ConflictDesk(graph, data).cases())
    likely = len(IdentityDesk(graph, data).propose())
    doubted = len({claim for claim, *_ in graph.named("doubted")})
    return (
        f"open contradictions: {opened} ({conflicts}); entries that may be the same: {likely} ({pairs}); "
        f"claims that a reader doubts: {doubted} (`tipgraph review answers`)"
    )


@click.group(cls=Group)
def store() -> None:
    """Upload the graph to a server, compare two builds."""


@command("tipgraph store push http://127.0.0.1:3030/tipgraph/data", store)
def push(
    url: str = argument(),
    call: Call = common("graph form"),
    query_url: str = option("The address of the server for queries.", "URL"),
    prune: bool = option("Delete named graphs of ours that are no longer in the graph."),
) -> None:
    """Upload the graph to a SPARQL 1.1 Graph Store at URL.

    The command replaces each named graph on the server. With --query-url it counts the statements there, and names
    graphs of ours that are left over. It does not touch the graphs of others. After an interruption, run it again.
    If a graph could not be replaced, the exit code is 1.
    """
    from tipgraph.graph import remote

    with progress("sending the graphs to the server"):
        pushed = remote.push(call.open(), url, queries=query_url, prune=prune)
    call.print_rows(["graph", "statements", "state", "why"], [[str(cell) for cell in row] for row in pushed])
    sys.exit(1 if any(row.state == "failed" for row in pushed) else 0)


@command("tipgraph store diff build/before.trig build/graph.trig", store)
def diff(
    before: str = argument(),
    after: str = argument(),
    call: Call = common("form"),
) -> None:
    """List the claims that were added, removed or changed between two builds, and the ids that are gone.

    BEFORE and AFTER are files or stores. An id is lost if it is gone and no row of retirements.csv retires it. It has
    moved if the same claim is there under another id. If an id is lost or has moved, the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.graph import load
    from tipgraph.pipeline import changes

    say_if_older(after)  # the data changed since the build before: that is what is compared
    with progress("comparing the two builds"):
        found = changes.diff(load(before), load(after))
    click.echo(text.difference_text(found, call.form))
    for lost in found.lost:
        click.echo(f"lost: {lost}: {changes.remedy(lost)}", err=True)
    for moved, now in found.moved.items():
        click.echo(f"moved: {moved}: {changes.remedy(moved, now)}", err=True)
    sys.exit(1 if found.lost or found.moved else 0)
