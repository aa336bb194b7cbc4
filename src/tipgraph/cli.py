"""The command line: one command per public verb."""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tipgraph import __version__, hostile, kit
from tipgraph.errors import CallError, Fault, InputError, TipgraphError

if TYPE_CHECKING:
    from tipgraph.graph import Graph
    from tipgraph.identity.desk import Desk
    from tipgraph.identity.proposing import Proposal
    from tipgraph.shapes import Report
    from tipgraph.sources import Texts

FORMATS = click.Choice(["table", "csv", "json"])
_KINDS = ["actor", "place", "undertaking", "document", "route"]


class _Group(click.Group):
    """Turns errors raised on purpose into a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TipgraphError as error:
            click.echo(f"tipgraph: {hostile.visible(str(error))}", err=True)
            sys.exit(error.exit_code)
        except RuntimeError as error:  # Oxigraph, when rows are read from a damaged file
            if "orruption" not in str(error):
                raise
            from tipgraph.engines import damaged

            click.echo(f"tipgraph: {damaged(error)}", err=True)
            sys.exit(1)
        except BrokenPipeError:  # click ends quietly for a reader that has gone
            raise
        except OSError as error:  # a folder that may not be read, a disk that is full
            click.echo(f"tipgraph: {error}", err=True)
            sys.exit(1)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            if os.environ.get("TIPGRAPH_TRACEBACK"):
                raise
            words = hostile.visible(" ".join(f"{type(error).__name__}: {error}".split())[:300])
            click.echo(
                f"tipgraph: the graph says what no claim can say ({words}); `tipgraph check` of the same graph lists "
                "every fault. Where it finds none the fault is ours: set TIPGRAPH_TRACEBACK=1, run it again, tell us",
                err=True,
            )
            sys.exit(1)


class _Local(click.Path):
    """A path on this machine, and no address."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if "://" in str(value):
            self.fail(f"{value} is an address; this command takes a file or a folder", param, ctx)
        return super().convert(value, param, ctx)


_graph = click.option(
    "-g",
    "--graph",
    metavar="PLACE",
    help="The graph: a file, a store or the address of an endpoint (else TIPGRAPH_GRAPH, build/graph.trig).",
)
_texts = click.option("--texts", metavar="FOLDER", help="Where the texts of the sources lie (else TIPGRAPH_TEXTS).")
_format = click.option("--format", "form", type=FORMATS, default="table", show_default=True)
_lang = click.option("--lang", "language", type=click.Choice(["en", "es"]), default="en", show_default=True)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="tipgraph")
@_graph
@click.pass_context
def main(ctx: click.Context, graph: str | None) -> None:
    """Who acts against trafficking in persons, by which source, at which sentence.

    Start with `tipgraph build`, then `tipgraph query` for the questions it answers.
    """
    if graph is not None:
        ctx.default_map = {name: {"graph": graph} for name in main.commands}  # -g of a command itself goes first
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a query inside the engine must end on Ctrl-C too


@main.command()
@click.argument("data", required=False, type=_Local(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=_Local(),
    help="A file (.trig or .nq, gzipped with .gz), or a folder/ for a store (else build/graph.trig).",
)
@click.option(
    "--add", "added", multiple=True, type=_Local(path_type=Path), help="A file of import --into (repeatable)."
)
def build(data: Path | None, output: str | None, added: tuple[Path, ...]) -> None:
    """Build the graph of DATA, a folder of sources or a graph file (else the data of the project).

    With -o FOLDER/ it is written as a store that lasts: a new generation beside the older ones, with claim tables.
    """
    from tipgraph import pipeline, storage

    target = output or str(_default_graph())
    storage.prepare(target)
    with _patience("reading the sources and building the graph"):
        if data is not None and data.is_file():
            built = storage.convert(data, target)
        else:
            try:
                built = pipeline.build(data, added)
            except InputError as error:
                raise error.adding("nothing was written") from None
            storage.write(built, target)
    click.echo(f"{target}: {len(built):,} statements from {len(built.sources)} graphs, digest {built.digest[:12]}…")


@main.command("import")
@click.argument("kind", required=False)
@click.argument("paths", metavar="[FILE]...", nargs=-1, type=_Local(path_type=Path))
@click.option("-o", "--output", type=_Local(path_type=Path), help="The folder to write, as data/NAME.")
@click.option("--into", type=_Local(path_type=Path), help="A graph file (.nq) to write instead, without tables.")
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
@click.option("--replace", is_flag=True, help="Write over a folder that an import wrote.")
def import_(
    kind: str | None,
    paths: tuple[Path, ...],
    output: Path | None,
    into: Path | None,
    when: str,
    mapping: str,
    *,
    about: bool,
    excerpt: bool,
    replace: bool,
    **said: str | None,
) -> None:
    """Take open data in: FILEs of a KIND become sources in data/, with what was taken and what was not.

    With no KIND, the kinds are listed. Of several files each becomes a source of its own, NAME-FILE.
    """
    from tipgraph import printing, readers

    if kind is None:
        listed = [[name, readers.reader(name).summary] for name in readers.KINDS]
        click.echo(printing.rows_text(["kind", "what it reads"], listed, "table"))
        return
    reader = readers.reader(kind)
    if not paths or (output is None) == (into is None):
        raise CallError("name a FILE, and either -o FOLDER or --into GRAPH.nq")
    asked = {"issuedBy" if name == "publisher" else name: value for name, value in said.items()}
    settings = _settings(reader.about, asked)
    options = readers.Options(when, about, mapping, excerpt)
    targets = {path: _own_target(into or output or Path(), path, among=len(paths)) for path in paths}
    if len(set(targets.values())) < len(paths) or {target.resolve() for target in targets.values()} & {
        path.resolve() for path in paths
    }:
        raise CallError("two of the files would be written to one place, or one to itself; take them in one by one")
    faults = 0
    for path, target in targets.items():
        with _patience(f"reading {path}"):
            taken = readers.take(reader, path, target, settings, options, replace=replace)
        for fault in taken.report.faults:
            click.echo(hostile.visible(str(fault)), err=True)
        click.echo(hostile.visible(taken.summary))
        faults += len(taken.report.faults)
    sys.exit(1 if faults else 0)


@main.command()
@_graph
@_texts
@_format
def check(graph: str | None, texts: str | None, form: str) -> None:
    """Check the graph: shapes, rules, and with --texts every piece of evidence against its text."""
    from tipgraph import shapes

    with _patience("checking shapes, rules and evidence"):
        report = shapes.check(_open(graph), _texts_at(texts))
    _say_report(report, form)
    sys.exit(0 if report.ok else 1)


@main.command()
@click.argument("store", type=_Local(path_type=Path))
def verify(store: Path) -> None:
    """Compare every file of a STORE, of all its generations, with what was written: any byte that changed is found."""
    from tipgraph.storage import generations

    with _patience(f"reading every file of {store}"):
        found, faults = generations.verify(store)
    for fault in faults:
        click.echo(fault)
    for one in found:
        state = f"{one.manifest['statements']:,} statements, as they were written" if one.manifest else "is damaged"
        click.echo(f"{one.folder}: {state}", err=bool(faults))
    sys.exit(1 if faults else 0)


@main.command()
@click.argument("before")
@click.argument("after")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "patch"]), default="table", show_default=True
)
def diff(before: str, after: str, form: str) -> None:
    """Say which claims were added, removed and changed from one build to another, and which ids are lost.

    BEFORE and AFTER are files or stores. With --format patch, all that differs is printed as an RDF patch. An id that
    is gone and not retired by a row of retirements.csv is lost: then the exit code is 1.
    """
    from tipgraph import differences, printing
    from tipgraph.storage import load

    with _patience("comparing the two builds"):
        old, new = load(before), load(after)
        found = differences.diff(old, new)
    if form == "patch":
        for line in differences.patch(old, new):
            click.echo(line, nl=False)
    else:
        click.echo(printing.difference_text(found, form))
    for one in found.lost:
        click.echo(f"lost: {one}: {differences.remedy(one)}", err=True)
    sys.exit(1 if found.lost else 0)


@main.command()
@click.argument("name", required=False)
@_graph
@_format
@_lang
def view(name: str | None, graph: str | None, form: str, language: str) -> None:
    """Answer a standard view, such as the sums of each funder, in SQL from the claim tables.

    With no NAME, the views are listed.
    """
    from tipgraph import printing, tables

    if name is None:
        listed = [[one, tables.summary(one, language)] for one in tables.views()]
        click.echo(printing.rows_text(["view", "it asks"], listed, form))
        return
    click.echo(printing.columns_text(tables.Tables.of(_open(graph)).view(name, language), form))


@main.command()
@click.argument("source")
@click.argument("phrase", nargs=-1)
@click.option("--from", "listed", type=click.Path(path_type=Path), help="A CSV file with the columns id and phrase.")
@click.option("--paragraphs", is_flag=True, help="Print the table of paragraphs instead.")
@_texts
def locate(source: str, phrase: tuple[str, ...], listed: Path | None, paragraphs: bool, texts: str | None) -> None:
    """Print the rows of evidence.csv for a PHRASE of a SOURCE, a folder of data/.

    The texts must be at hand. Put the phrase in quotation marks. With --from, every phrase of a file is located.
    """
    from tipgraph import authoring

    asked = [name for name, given in (("a PHRASE", phrase), ("--from", listed), ("--paragraphs", paragraphs)) if given]
    if len(asked) > 1:
        raise CallError(f"say one of {' and '.join(asked)}")
    at_hand = _texts_at(texts)
    if paragraphs:
        click.echo(authoring.paragraph_table(source, at_hand))
    elif listed:
        click.echo(authoring.evidence_table(source, at_hand, authoring.read_phrases(listed)))
    elif phrase:
        click.echo(authoring.evidence_table(source, at_hand, [("", " ".join(phrase))]))
    else:
        raise CallError("say what to locate: a PHRASE, --from FILE or --paragraphs")


@main.command()
@click.argument("name", required=False)
@click.argument("values", nargs=-1, metavar="[PARAM=VALUE]...")
@click.option("--file", "file", type=click.Path(path_type=Path), help="Run SPARQL from a file.")
@_graph
@_texts
@_format
@_lang
def query(
    name: str | None,
    values: tuple[str, ...],
    file: Path | None,
    graph: str | None,
    texts: str | None,
    form: str,
    language: str,
) -> None:
    """Ask a named question, or your own SPARQL with --file FILE or `-` for standard input.

    With no NAME, the questions are listed. A PARAM takes a short name: `place:japan`, an ISO code, an alias, or an IRI.
    """
    from tipgraph import printing
    from tipgraph.queries import Query

    if name is not None and file is not None and "=" in name:
        values, name = (name, *values), None
    if name is not None and file is not None:
        raise CallError(f"say either the question {name!r} or --file, not both")
    if name is None and file is None:
        rows = [[q.name, q.said_in(language).summary, " ".join(q.parameters)] for q in Query.all()]
        click.echo(printing.rows_text(["question", "it asks", "parameters"], rows, form))
        return
    question = Query.read(file) if file else Query("-", _stdin()) if name == "-" else Query.find(name or "")
    answer = question.run(_open(graph), _pairs(values), language)
    click.echo(printing.answer_text(answer, form, _texts_at(texts)))


@main.command()
@click.argument("thing", nargs=-1, required=True)
@_graph
@_texts
@_format
@_lang
def show(thing: tuple[str, ...], graph: str | None, texts: str | None, form: str, language: str) -> None:
    """Say all that the sources say of a THING, each claim with its sentence, and contradictions beside each other."""
    from tipgraph import names, printing, things

    opened = _open(graph)
    node = names.resolve(opened, " ".join(thing))
    label = opened.labels([node], language).get(node, node.value)
    lines = [label, node.value, *(f"{name}: {value}" for name, value, _ in things.identity_of(opened, node, language))]
    click.echo(printing.said_text(lines, things.said_of(opened, node, language), form, _texts_at(texts)))


_FILTERS = (
    click.option("--source", "sources", multiple=True, metavar="S", help="Only what this source says (repeatable)."),
    click.option("--status", "statuses", multiple=True, metavar="CODE", help="Only held, planned … (repeatable)."),
    click.option("--kind", "kinds", multiple=True, metavar="CODE", help="Only this kind of edge: awarded, organizer …"),
    click.option("--from", "start", default="", metavar="DATE", help="Only what may lie at or after this date."),
    click.option("--to", "end", default="", metavar="DATE", help="Only what may lie at or before this date."),
    click.option("--certainly", is_flag=True, help="With --from and --to: only what certainly lies in between."),
    click.option("--in", "place", default="", metavar="PLACE", help="Only what concerns this place or a part of it."),
    click.option("--stated", is_flag=True, help="Only what is stated, not what is implied."),
    click.option("--without", multiple=True, metavar="S", help="Leave out a source, a publisher, or self-reported."),
    click.option("--focus", multiple=True, metavar="THING", help="Only what is near this thing (repeatable)."),
    click.option("--steps", type=click.IntRange(1), help="How near: edges from the focus, 1 when not given."),
)


def _filtered(command: Any) -> Any:
    """Give a command the filters that all networks share."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


_folded = click.option(
    "--fold", type=click.Choice(["starts", "ends"]), help="Tie the starts (or ends) of edges that share the other end."
)


@main.command()
@click.argument("name", required=False)
@click.option("--recipe", metavar="R", help="A network made around --focus, such as partner-funding.")
@click.option("--measure", metavar="M", help="Measure it: degree, betweenness, bridges, reach …")
@_folded
@_filtered
@_graph
@_format
@_lang
def network(
    name: str | None,
    recipe: str | None,
    measure: str | None,
    fold: str | None,
    graph: str | None,
    form: str,
    language: str,
    **filters: Any,
) -> None:
    """Project a network, and measure it: nodes, ties, and the claims behind each.

    With no NAME, the networks, recipes and measures are listed. With --measure and --without, the answer is what
    changes without that source, publisher or all self-reported claims.
    """
    from tipgraph import network as networks
    from tipgraph import printing

    opened, asked = _open(graph), networks.Filter(**filters)
    chosen = _chosen(name, recipe)
    if chosen is None and (measure or fold or asked != networks.Filter()):
        raise CallError("say of which network: `tipgraph network` lists them")
    if chosen is None:
        click.echo(printing.rows_text(["what", "name", "it is"], networks.catalogue(opened, language), form))
    elif measure and asked.without:
        table = networks.compare(opened, chosen, measure, asked, fold)
        click.echo(printing.measured_text(opened, table, form, language))
    else:
        found = networks.view(opened, chosen, asked, fold)
        if measure:
            table = networks.measure(opened, found, measure, asked)
            click.echo(printing.measured_text(opened, table, form, language))
        else:
            click.echo(printing.network_text(found, form, language))


@main.command()
@click.argument("file", type=click.Path())
@click.argument("values", nargs=-1, metavar="[PARAM=VALUE]...")
@click.option("--network", default="", metavar="NAME", help="A network: `tipgraph network` lists them.")
@click.option("--recipe", default="", metavar="R", help="A network made around --focus, such as partner-funding.")
@click.option("--question", default="", metavar="NAME", help="What answers a question, with its PARAM=VALUE.")
@_folded
@_filtered
@_graph
def export(
    file: str,
    values: tuple[str, ...],
    network: str,
    recipe: str,
    question: str,
    fold: str | None,
    graph: str | None,
    **filters: Any,
) -> None:
    """Write a part of the graph to FILE, or to a folder where it ends in a slash; the suffix says the format.

    Networks: .graphml, .gexf (Gephi), .json (Cytoscape). Tables: .xlsx, .csv.zip, .parquet, .iati.csv (funding). RDF
    with its evidence: .trig, .nq, .ttl, .jsonld. FollowTheMoney: .ftm.json. Maps: .geojson. A folder (FOLDER/): the
    claim tables of all as Parquet; with a network or a filter, its nodes and edges in parts, for Spark.

    With --focus alone, what surrounds the thing is taken; with nothing, all. Each row, edge or entity names its claim.
    """
    from tipgraph import exports
    from tipgraph.network import Filter

    exports.format_of(file)
    _chosen(network, recipe)
    with _patience(f"gathering and writing {file}"):
        taken = exports.export(
            _open(graph),
            file,
            network=network,
            recipe=recipe,
            question=question,
            values=_pairs(values),
            fold=fold,
            asked=Filter(**filters),
        )
    click.echo(f"{', '.join(map(str, taken.files))}: {taken.summary}")
    for (what, why), count in sorted(taken.withheld.items()):
        click.echo(f"withheld: {what} ({count}): {why}", err=True)


@main.command()
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--recipe", metavar="R", help="A network page made around each --focus, such as partner-funding.")
@click.option("--focus", multiple=True, metavar="THING", help="With --recipe: around whom (repeatable).")
@_graph
@_texts
def pages(out: Path | None, recipe: str | None, focus: tuple[str, ...], graph: str | None, texts: str | None) -> None:
    """Write the graph as pages to open in a browser, into the folder OUT (else build/site).

    Networks, a map, a timeline, a page for each thing, source and question, in English and Spanish. They open from a
    USB stick and ask nobody for anything. Quotes are shown where the texts of the sources are at hand.
    """
    from tipgraph.pages import render

    if bool(recipe) != bool(focus):
        raise CallError("--recipe and --focus belong together: --recipe partner-funding --focus usaid")
    _chosen(None, recipe)
    target, at_hand = out or _default_site(), _texts_at(texts)
    with _patience(f"writing the pages into {target}"):
        first = render(_open(graph), target, texts=at_hand, recipes=[(recipe or "", one) for one in focus])
    click.echo(f"{first}: open it in a browser")
    if at_hand:
        click.echo("It quotes the texts that are at hand: mind their licences before you give it to others.", err=True)


@main.command()
@click.argument("url")
@_graph
@click.option("--query-url", "queries", default="", metavar="URL", help="Where the server answers queries.")
@click.option("--prune", is_flag=True, help="Delete graphs of ours that are there but no longer in the graph.")
@click.option("--fewer", is_flag=True, help="Replace graphs, too, of which the server holds more than twice as much.")
@_format
def push(url: str, graph: str | None, queries: str, *, prune: bool, fewer: bool, form: str) -> None:
    """Lay the graph onto a server: URL is that of its graph store (SPARQL 1.1 Graph Store Protocol).

    Each named graph that is not the same there is replaced, then counted; what is the same is not sent again, so that a
    push that was broken off is simply run again. Graphs of others are not touched. A graph of which the server holds
    more than twice as much is not replaced without --fewer: what you push may be a part.
    """
    from tipgraph import printing, remote

    with _patience("comparing with what is there, and sending what is not the same"):
        pushed = remote.push(_open(graph), url, queries=queries, prune=prune, fewer=fewer)
    rows = [["" if cell is None else str(cell) for cell in one] for one in pushed]
    click.echo(printing.rows_text(["graph", "statements", "before", "state", "why"], rows, form))
    sys.exit(1 if any(one.state == "failed" for one in pushed) else 0)


@main.command()
@_graph
@_texts
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 for any.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one.")
@click.option("--allow-host", "allowed", multiple=True, metavar="NAME", help="Another name of this host (repeatable).")
@click.option("--token", envvar="TIPGRAPH_TOKEN", default="", help="What clients must show (else TIPGRAPH_TOKEN).")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="Whose pages may ask: https://example.org.")
@click.option("--deadline", type=click.FloatRange(0.1, 3600), default=10, show_default=True, help="Seconds of a query.")
@click.option("--memory", type=click.IntRange(16), default=256, show_default=True, help="MB of a query.")
@click.option("--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows of an answer, at most.")
@click.option("--size", type=click.IntRange(1), default=32, show_default=True, help="MB of an answer, at most.")
@click.option("--workers", type=click.IntRange(1), default=4, show_default=True, help="Queries that run at a time.")
@click.option("--rate", type=click.IntRange(0), default=100, show_default=True, help="Requests a second of a client.")
@click.option("--site", type=_Local(path_type=Path), help="The folder of the pages (else build/site, where it fits).")
@click.option("--no-pages", is_flag=True, help="Serve no pages.")
@click.option("--quiet", is_flag=True, help="Log no line for each request.")
def serve(
    graph: str | None,
    texts: str | None,
    host: str,
    port: int,
    allowed: tuple[str, ...],
    token: str,
    origins: tuple[str, ...],
    deadline: float,
    memory: int,
    rows: int,
    size: int,
    workers: int,
    rate: int,
    site: Path | None,
    *,
    no_pages: bool,
    quiet: bool,
) -> None:
    """Serve the graph on this machine: SPARQL, questions, exports, things and pages, all of it read only.

    Each query runs in a process of its own that is ended at the deadline; an answer that is too large is an error,
    never a part. Without --token whoever reaches the address may read. Ctrl-C stops it.
    """
    import logging

    from tipgraph import server

    if host not in ("127.0.0.1", "localhost", "::1") and not token:
        click.echo(f"tipgraph: whoever reaches {host} may read this graph; --token keeps it private", err=True)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("tipgraph.server").setLevel(logging.WARNING if quiet else logging.INFO)
    options = server.Options(
        host=host,
        port=port,
        limits=server.Limits(deadline, memory << 20, rows, size << 20, workers, rate),
        token=token,
        allowed=allowed,
        origins=origins,
        site=site or _default_site(),
        pages=not no_pages,
        texts=_texts_folder(texts),
    )
    server.serve(_place(graph), options, lambda line: click.echo(f"tipgraph: {line}", err=True))


@main.command()
@click.argument("names", nargs=-1, metavar="[LEFT RIGHT]")
@_graph
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Of this kind (else actors and places)."
)
@click.option("--source", default="", metavar="S", help="Only proposals of which this source names one.")
@click.option("--least", type=click.FloatRange(0, 1), default=0.85, show_default=True, help="How likely, at least.")
@click.option("--limit", type=click.IntRange(1), help="The best so many.")
@click.option("--reopen", is_flag=True, help="Also what was judged different or unsure; an answer replaces that.")
@click.option("--review", is_flag=True, help="Ask about one after the other, and save each answer at once.")
@click.option("--answer", type=click.Choice(["same", "different", "unsure"]), help="Judge LEFT and RIGHT.")
@click.option("--undo", is_flag=True, help="Remove the judgement on LEFT and RIGHT, or that of an id such as j137.")
@click.option("--reason", default="", help="Why, with --answer.")
@click.option("--judge", envvar="TIPGRAPH_JUDGE", default="", help="Who judges (else TIPGRAPH_JUDGE).")
@click.option("--data", type=_Local(path_type=Path), help="The folder of the sources (else the data of the project).")
@_texts
@_format
@_lang
def match(
    names: tuple[str, ...],
    graph: str | None,
    kinds: tuple[str, ...],
    source: str,
    least: float,
    limit: int | None,
    answer: str | None,
    reason: str,
    judge: str,
    data: Path | None,
    texts: str | None,
    form: str,
    language: str,
    *,
    reopen: bool,
    review: bool,
    undo: bool,
) -> None:
    """Propose which things are one, each proposal with its reasons; nothing is joined until a person judges.

    --review asks: same, different or unsure. `--answer same LEFT RIGHT --reason WHY --judge WHO` answers at once, and
    `--undo LEFT RIGHT` takes it back. Judgements are rows of reference/identity.csv; `tipgraph build` applies them.
    """
    from tipgraph import printing
    from tipgraph.identity.desk import Desk

    if sum([bool(answer), undo, review]) > 1 or bool(names) != bool(answer or undo):
        raise CallError("say one of --review, --answer VERDICT LEFT RIGHT and --undo LEFT RIGHT; or none, for a list")
    desk = Desk(_open(graph), data or (kit.folder("data") if kit.is_checkout() else None))
    if answer:
        click.echo(f"saved {desk.answer(names, answer, judge=judge, reason=reason, replace=reopen)}")
    elif undo:
        click.echo(f"undone {desk.undo(names)}")
    else:
        with _patience("comparing names, identifiers and ties"):
            found = desk.propose([kind.capitalize() for kind in kinds], least, source, reopen=reopen)
        for line in found.told:
            click.echo(f"tipgraph: {line}", err=True)
        if not review:
            click.echo(printing.proposals_text(desk.graph, found.found[:limit], desk.nodes, form, language))
            return
        given = _reviewed(desk, found.found[:limit], judge, _texts_at(texts), language, reopen=reopen)
        click.echo(f"{given} judgement{'' if given == 1 else 's'} saved in {desk.book.path}")
    click.echo("`tipgraph build` applies what was judged", err=True)


def _reviewed(desk: "Desk", found: "list[Proposal]", judge: str, texts: "Texts", language: str, *, reopen: bool) -> int:
    """Ask about proposals on the terminal; return how many judgements were saved."""
    from tipgraph import printing
    from tipgraph.identity.judging import plain
    from tipgraph.reviewing import Review

    def ask(question: str) -> str | None:
        try:
            return str(click.prompt(question, default="", show_default=False))
        except click.Abort:  # the end of what is typed
            return None

    book = desk.book
    who = judge or ask("who judges (a role, or a name that may stand in the file)?") or ""
    review = Review(book, plain(who, "judge"), ask, click.echo, reopen)
    return len(review.run(found, lambda one: printing.proposal_lines(desk.graph, one, desk.nodes, texts, language)))


def _chosen(name: str | None, recipe: str | None) -> str | None:
    """Return the network or the recipe that is asked for, and not both."""
    from tipgraph.network import RECIPES, know_recipe

    if recipe:
        know_recipe(recipe)
    if name and recipe:
        raise CallError(f"say either {name!r} or --recipe {recipe}, not both")
    if name in RECIPES:
        raise CallError(f"{name} is a recipe; write --recipe {name}")
    return recipe or name


def _open(named: str | None) -> "Graph":
    from tipgraph.storage import load

    place = _place(named)
    return load(place) if isinstance(place, str) else place


def _place(named: str | None) -> "Graph | str":
    """Return where the graph lies that is meant, or where none has been built, a graph of the data in memory."""
    place = named or os.environ.get("TIPGRAPH_GRAPH", "")
    if place or _default_graph().exists():
        return place or str(_default_graph())
    from tipgraph.pipeline import build as build_graph

    with _patience("no graph has been built yet: building it in memory"):
        return build_graph()


def _default_graph() -> Path:
    return _build_folder() / "graph.trig"


def _default_site() -> Path:
    return _build_folder() / "site"


def _build_folder() -> Path:
    return (kit.home() if kit.is_checkout() else Path()) / "build"


def _texts_at(named: str | None) -> "Texts":
    from tipgraph.sources import Texts

    return Texts(_texts_folder(named))


def _texts_folder(named: str | None) -> Path | None:
    folder = named or os.environ.get("TIPGRAPH_TEXTS", "")
    if folder and not Path(folder).is_dir():
        raise InputError([Fault("is no folder; name the one that holds the texts of the sources", folder)])
    return Path(folder) if folder else None


def _settings(known: Mapping[str, str], said: Mapping[str, str | None]) -> dict[str, str]:
    """Return what `source.toml` says of a source; a terminal is asked for what neither the caller nor the kind says."""
    from datetime import UTC, datetime

    from tipgraph.readers.taking import NEEDED

    settings = {"retrieved": datetime.now(UTC).date().isoformat()} | {
        name: value for name, value in said.items() if value
    }
    for name, what in NEEDED.items() if sys.stdin.isatty() else ():
        if not (settings.get(name) or known.get(name)):
            settings[name] = click.prompt(f"{name}: {what}", default="", show_default=False)
    return settings


def _own_target(target: Path, path: Path, among: int) -> Path:
    """Return where a file of several goes: the name with that of the file behind it."""
    from tipgraph.readers.intake import slug

    return target if among == 1 else target.with_name(f"{target.stem}-{slug(path.stem)}{target.suffix}")


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CallError(f"standard input is not UTF-8 (byte {error.start})") from error


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    wrong = [name for name, equals, _ in pairs if not equals]
    if wrong:
        raise CallError(
            f"{wrong[0]!r} says no parameter; write PARAM={wrong[0]}: `tipgraph query` lists the parameters"
        )
    twice = [name for name, _, _ in pairs if sum(name == other for other, _, _ in pairs) > 1]
    if twice:
        raise CallError(f"{twice[0]!r} is given twice; ask once for each value")
    return {name: value for name, _, value in pairs}


def _say_report(report: "Report", form: str) -> None:
    from tipgraph import printing

    if form != "table":
        rows = [list(finding) for finding in report.findings]
        click.echo(printing.rows_text(["rule", "node", "where", "message"], rows, form))
        click.echo(report.summary, err=True)
        return
    for finding in report.findings:
        click.echo(hostile.visible(str(finding)))
    click.echo(report.summary)


@contextmanager
def _patience(doing: str) -> Iterator[None]:
    """Say on a terminal what takes long, once it has taken a second."""
    timer = threading.Timer(1.0, lambda: click.echo(f"tipgraph: {doing} …", err=True))
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


if __name__ == "__main__":
    main()
