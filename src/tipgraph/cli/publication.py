"""Giving the graph to others: as pages, onto a server, and as a server."""

import sys
from pathlib import Path

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.paths import default_site, graph_place, open_graph, texts_at, texts_folder
from tipgraph.cli.terminal import patience, say_told
from tipgraph.errors import CallError


@click.command()
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--single", metavar="FILE", type=options.LocalPath(path_type=Path), help="Write one HTML file instead.")
@options.recipe
@options.focus
@options.graph
@options.texts
def pages(
    out: Path | None,
    single: Path | None,
    recipe: str | None,
    focus: tuple[str, ...],
    graph: str | None,
    texts: str | None,
) -> None:
    """Write the graph as pages to open in a browser, into the folder OUT (else build/site).

    Networks, a map, a timeline, a page for each thing, source and question, in English and Spanish. They open from a
    USB stick and ask nobody for anything. Quotes are shown where the texts of the sources are at hand. The folder also
    holds all of it in one file, tipgraph.html; --single FILE.html writes that file alone.
    """
    from tipgraph.outputs import is_gathered, render, render_book

    if out and single:
        raise CallError(f"say either {out} or --single {single}: the folder holds all in one file, too: tipgraph.html")
    around = options.recipes(recipe, focus)
    target, at_hand = single or out or default_site(), texts_at(texts)
    with patience(f"writing the pages into {target}"):
        write = render_book if single else render
        first = write(open_graph(graph), target, texts=at_hand, recipes=around)
    click.echo(f"{first}: open it in a browser")
    if not is_gathered():
        click.echo("The pages cannot be asked in SPARQL without a server: `make web` gathers the engine.", err=True)
    if at_hand:
        click.echo("It quotes the texts that are at hand: mind their licences before you give it to others.", err=True)


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--policy", required=True, type=options.LocalPath(path_type=Path), help="What may be shown: a TOML file.")
@options.recipe
@options.focus
@click.option(
    "--export",
    "formats",
    multiple=True,
    metavar="SUFFIX",
    shell_complete=suggestions.by(suggestions.suffixes),
    help="Only these formats (repeatable), as .xlsx.",
)
@click.option("--test", "only_test", is_flag=True, help="Write nothing: read the release in OUT again.")
@options.graph
@options.texts
@options.form
def release(
    out: Path,
    policy: Path,
    recipe: str | None,
    focus: tuple[str, ...],
    formats: tuple[str, ...],
    graph: str | None,
    texts: str | None,
    form: str,
    *,
    only_test: bool,
) -> None:
    """Write what a policy lets be shown into the folder OUT: pages, exports and the graph, and read it back.

    The policy names the sources that may be shown, what is withheld, renamed or made coarser, and the smallest count.
    Where anything withheld stands in what was written, nothing is released and the places are listed. What could be
    recognized all the same is listed on standard error, for a person to decide. Where it tells what is withheld, the
    exit code is 1.
    """
    from tipgraph.runtime import need

    need("release", "tipgraph release")
    from tipgraph.display import text
    from tipgraph.outputs import release as releasing

    around = options.recipes(recipe, focus)
    opened, rules = open_graph(graph), releasing.read_policy(policy)
    if only_test:
        with patience(f"reading {out} back"):
            found = releasing.verify(opened, out, rules, texts_at(texts))
        click.echo(text.rows_text(["file", "place", "it tells"], [list(one) for one in found], form))
        sys.exit(1 if found else 0)
    with patience(f"writing the release into {out}, and reading it back"):
        made = releasing.release(
            opened,
            out,
            rules,
            texts=texts_at(texts),
            recipes=around,
            formats=formats or releasing.FORMATS,
        )
    counts = [[what, why, str(count)] for (what, why), count in sorted(made.compiled.counts.items())]
    click.echo(text.rows_text(["withheld", "why", "how many"], counts, form))
    say_told(f"look at it again since {one.review}: {one.where} of the policy" for one in made.compiled.due)
    say_told(f"decide: {doubt.what}: {doubt.why}" for doubt in made.compiled.doubts)
    click.echo(f"{out}: {made.summary}", err=True)


@click.command()
@click.argument("url")
@options.graph
@click.option("--query-url", "queries", default="", metavar="URL", help="Where the server answers queries.")
@click.option("--prune", is_flag=True, help="Delete graphs of ours that are there but no longer in the graph.")
@click.option("--fewer", is_flag=True, help="Replace graphs, too, of which the server holds more than twice as much.")
@options.form
def push(url: str, graph: str | None, queries: str, *, prune: bool, fewer: bool, form: str) -> None:
    """Lay the graph onto a server: URL is that of its graph store (SPARQL 1.1 Graph Store Protocol).

    Each named graph that is not the same there is replaced, then counted; what is the same is not sent again, so that a
    push that was broken off is simply run again. Graphs of others are not touched. A graph of which the server holds
    more than twice as much is not replaced without --fewer: what you push may be a part. Where a graph could not be
    replaced, the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.graph import remote

    with patience("comparing with what is there, and sending what is not the same"):
        pushed = remote.push(open_graph(graph), url, queries=queries, prune=prune, fewer=fewer)
    rows = [["" if cell is None else str(cell) for cell in one] for one in pushed]
    click.echo(text.rows_text(["graph", "statements", "before", "state", "why"], rows, form))
    sys.exit(1 if any(one.state == "failed" for one in pushed) else 0)


@click.command()
@options.graph
@options.texts
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 for any.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free one.")
@click.option("--allow-host", "allowed", multiple=True, metavar="NAME", help="Another name of this host (repeatable).")
@click.option("--token", envvar="TIPGRAPH_TOKEN", default="", help="What clients must show (else TIPGRAPH_TOKEN).")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN", help="Whose pages may ask: https://example.org.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="A proxy whose X-Forwarded-For is believed.")
@click.option("--deadline", type=click.FloatRange(0.1, 3600), default=10, show_default=True, help="Seconds of a query.")
@click.option("--memory", type=click.IntRange(16), default=256, show_default=True, help="MB of a query.")
@click.option("--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Rows of an answer, at most.")
@click.option("--size", type=click.IntRange(1), default=32, show_default=True, help="MB of an answer, at most.")
@click.option("--workers", type=click.IntRange(1), default=4, show_default=True, help="Queries that run at a time.")
@click.option("--rate", type=click.IntRange(0), default=100, show_default=True, help="Requests a second of a client.")
@click.option(
    "--site", type=options.LocalPath(path_type=Path), help="The folder of the pages (else build/site, where it fits)."
)
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
    proxies: tuple[str, ...],
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

    from tipgraph.runtime import need

    need("server", "tipgraph serve")
    from tipgraph.server import Limits, Options
    from tipgraph.server import serve as serve_graph

    if host not in ("127.0.0.1", "localhost", "::1") and not token:
        click.echo(f"tipgraph: whoever reaches {host} may read this graph; --token keeps it private", err=True)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("tipgraph.server").setLevel(logging.WARNING if quiet else logging.INFO)
    wanted = Options(
        host=host,
        port=port,
        limits=Limits(deadline, memory << 20, rows, size << 20, workers, rate),
        token=token,
        allowed=allowed,
        origins=origins,
        proxies=proxies,
        site=site or default_site(),
        pages=not no_pages,
        texts=texts_folder(texts),
    )
    serve_graph(graph_place(graph), wanted, lambda line: click.echo(f"tipgraph: {line}", err=True))
