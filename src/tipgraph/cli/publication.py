"""Publish the graph: as pages, as a release, over HTTP."""

import sys
from pathlib import Path

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.options import example
from tipgraph.cli.paths import default_site, graph_place, open_graph, texts_at, texts_folder
from tipgraph.cli.terminal import patience, say_told
from tipgraph.errors import CallError


@click.command(epilog=example("tipgraph pages"))
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option(
    "--single",
    metavar="FILE",
    type=options.LocalPath(path_type=Path),
    help="Write only the site in one file, FILE.html.",
)
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
    """Write the graph as a site to open in a browser.

    OUT is the folder of the site (else build/site). The site has networks, a map, a timeline, and a page for each
    entry, source and question. It is in English and Spanish. It opens from a USB stick and sends no request. With
    --texts it shows quotes. The folder also holds the site in one file, tipgraph.html; --single FILE.html writes only
    that file.
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


@click.command(epilog=example("tipgraph release OUT --policy policy.toml"))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    required=True,
    metavar="FILE",
    type=options.LocalPath(path_type=Path),
    help="A TOML file that says which data may be shown.",
)
@options.recipe
@options.focus
@click.option(
    "--export",
    "formats",
    multiple=True,
    metavar="SUFFIX",
    shell_complete=suggestions.by(suggestions.suffixes),
    help="Write only this format, such as .xlsx (repeatable; else all).",
)
@click.option("--test", "only_test", is_flag=True, help="Write nothing, and test the release in OUT again.")
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
    """Write the data that a policy allows, and test the result.

    OUT is the folder for pages, exports and the graph. The policy names the sources to show, the data to withhold,
    rename or generalize, and the smallest count. The command reads all files back. If they contain withheld data, it
    releases nothing, lists the places, and the exit code is 1. Standard error lists data that may identify somebody
    all the same; a person decides about them.
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


@click.command(epilog=example("tipgraph serve --port 8000"))
@options.graph
@options.texts
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 is every address."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The port; 0 takes a free one."
)
@click.option(
    "--allow-host", "allowed", multiple=True, metavar="NAME", help="Accept another name of this host (repeatable)."
)
@click.option(
    "--token", envvar="TIPGRAPH_TOKEN", default="", help="The token that clients must send (else TIPGRAPH_TOKEN)."
)
@click.option(
    "--cors", "origins", multiple=True, metavar="ORIGIN", help="Allow requests from pages of this origin (repeatable)."
)
@click.option(
    "--proxy", "proxies", multiple=True, metavar="ADDRESS", help="Trust X-Forwarded-For of this proxy (repeatable)."
)
@click.option(
    "--deadline", type=click.FloatRange(0.1, 3600), default=10, show_default=True, help="Seconds that a query may take."
)
@click.option("--memory", type=click.IntRange(16), default=256, show_default=True, help="MB that a query may use.")
@click.option("--rows", type=click.IntRange(1), default=100_000, show_default=True, help="Most rows of an answer.")
@click.option("--size", type=click.IntRange(1), default=32, show_default=True, help="Most MB of an answer.")
@click.option(
    "--workers", type=click.IntRange(1), default=4, show_default=True, help="Queries that run at the same time."
)
@click.option(
    "--rate",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="Requests of a client in a second; 0 is no limit.",
)
@click.option(
    "--site",
    type=options.LocalPath(path_type=Path),
    metavar="FOLDER",
    help="The folder of the site (else build/site, if it fits the graph).",
)
@click.option("--no-pages", is_flag=True, help="Serve no pages.")
@click.option("--quiet", is_flag=True, help="Do not log each request.")
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
    """Serve the graph from this machine, read only: pages, SPARQL, questions and exports.

    Each query runs in a process of its own that ends at the deadline. An answer that is too large is an error; the
    server never sends a part. Without --token everybody who reaches the address can read the graph. Ctrl-C stops it.
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
