"""Publish the graph: as pages, as a release, over HTTP."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tipgraph.cli import options
from tipgraph.cli.options import example
from tipgraph.cli.paths import (
    built_place,
    default_site,
    graph_place,
    in_house_texts,
    keep_uncommitted,
    named_texts,
    older_text,
    open_graph,
)
from tipgraph.cli.terminal import note, progress
from tipgraph.errors import CallError
from tipgraph.server import Limits

_LIMITS = Limits()


@click.command(epilog=example("tipgraph pages"))
@click.argument("out", required=False, type=click.Path(path_type=Path))
@options.option("--single", "FILE", "Write only the site in one file, FILE.html.")
@options.recipe_pages
@options.graph
@options.quoted_texts
@options.in_house
def pages(
    out: Path | None,
    single: Path | None,
    recipes: list[tuple[str, str]],
    graph: str | None,
    texts: str | None,
    *,
    in_house: bool,
) -> None:
    """Write the graph as a site to open in a browser.

    OUT is the folder of the site (else build/site). The site has networks, a map, a timeline, and a page for each
    entry, source and question. It is in English and Spanish. It opens from a USB stick and sends no request. With
    --texts it shows quotes; if the licence of a source allows it, also the whole text and pictures of its pages. The
    folder also holds the site in one file, tipgraph.html; --single FILE.html writes only that file. With --in-house it
    shows all texts and pictures, and each page says not to publish it. OUT is then build/in-house by default.
    """
    from tipgraph.outputs import is_gathered, render, render_book
    from tipgraph.sources import Texts

    if out and single:
        raise CallError(f"say either {out} or --single {single}: the folder holds all in one file, too: tipgraph.html")
    target = single or out or default_site(in_house=in_house)
    local_texts = Texts(in_house_texts(texts) if in_house else named_texts(texts))
    place = built_place(graph)
    warning = older_text(place) if place else ""
    if in_house or local_texts:
        keep_uncommitted(single or target / "index.html")
    with progress(f"writing the pages into {target}"):
        write = render_book if single else render
        first = write(open_graph(graph, warns=False), target, texts=local_texts, recipes=recipes, in_house=in_house)
    click.echo(f"{first}: open it in a browser")
    if not is_gathered():
        click.echo("The pages need a server to answer SPARQL: `make web` gathers the engine.", err=True)
    if in_house:
        click.echo("In-house copy: do not publish it.", err=True)
    elif local_texts:
        click.echo("It quotes your texts: check their licences before you publish it.", err=True)
    if warning:  # at the end, where it is read
        note(f"{warning}, then write the pages again")


@click.command(epilog=example("tipgraph release OUT --policy policy.toml"))
@click.argument("out", type=click.Path(path_type=Path))
@options.option("--policy", "FILE", "A TOML file that lists the data that may be shown.", required=True)
@options.recipe_pages
@options.option(
    "--export formats", "SUFFIX", "Write only this format, such as .xlsx (repeatable; else all).", multiple=True
)
@options.graph
@options.quoted_texts
@options.form
def release(
    out: Path,
    policy: Path,
    recipes: list[tuple[str, str]],
    formats: tuple[str, ...],
    graph: str | None,
    texts: str | None,
    form: str,
) -> None:
    """Write the data that a policy allows, and test the result.

    OUT is the folder for pages, exports and the graph. The policy names the sources to show, the data to withhold,
    rename or generalize, and the smallest count. The command reads all files back. If they have a withheld name, it
    releases nothing, lists the places, and the exit code is 1. Standard error lists the names that it cannot look for.
    """
    from tipgraph.runtime import need

    need("release", "tipgraph release")
    from tipgraph.display import text
    from tipgraph.outputs import release as releasing
    from tipgraph.sources import Texts

    if texts:
        keep_uncommitted(out / "index.html")
    opened, rules, local_texts = open_graph(graph), releasing.read_policy(policy), Texts(named_texts(texts))
    with progress(f"writing the release into {out}, and reading it back"):
        made = releasing.release(
            opened, out, rules, texts=local_texts, recipes=recipes, formats=formats or releasing.FORMATS
        )
    counts = [[why, str(count)] for why, count in sorted(made.counts.items())]
    click.echo(text.rows_text(["why withheld", "how many"], counts, form))
    note(*(f"since {rule.review}, review {rule.where} of the policy" for rule in rules.due(datetime.now(UTC).date())))
    why = "not looked for, since it is short, or others have this name too, or every release"
    note(*(f"{why}: {name!r}" for name in made.names.common))
    searched = f"none has any of {len(made.names.sought):,} withheld names"
    click.echo(f"{out}: {len(made.graph):,} statements; {searched}", err=True)


@click.command(epilog=example("tipgraph serve --port 8000"))
@options.graph
@options.quoted_texts
@options.option("--host", click.STRING, "The address to listen at; 0.0.0.0 is every address.", default="127.0.0.1")
@options.option("--port", click.IntRange(0, 65535), "The port; 0 takes a free one.", default=8080)
@options.option("--allow-host allowed", "NAME", "Accept another name of this host (repeatable).", multiple=True)
@options.option(
    "--token",
    click.STRING,
    "The token that clients must send (else TIPGRAPH_TOKEN).",
    default="",
    envvar="TIPGRAPH_TOKEN",
)
@options.option("--cors origins", "ORIGIN", "Allow requests from pages of this origin (repeatable).", multiple=True)
@options.option("--proxy proxies", "ADDRESS", "Trust X-Forwarded-For of this proxy (repeatable).", multiple=True)
@options.option("--deadline", click.FloatRange(0.1, 3600), "Seconds that a query may take.", default=_LIMITS.seconds)
@options.option("--memory", click.IntRange(16), "MB that a query may use.", default=_LIMITS.memory >> 20)
@options.option("--size", click.IntRange(1), "The largest answer, in MB.", default=_LIMITS.size >> 20)
@options.option("--workers", click.IntRange(1), "Queries that run at the same time.", default=_LIMITS.workers)
@options.option(
    "--rate", click.IntRange(0), "Requests per second from one client; 0 means no limit.", default=_LIMITS.rate
)
@options.option(
    "--site", "FOLDER", "Show the site of this folder as it is (else build/site, if it quotes as --texts asks)."
)
@options.option("--exports", "FOLDER", "Offer the files of this folder at /export/NAME.")
@options.in_house
@options.flag("--no-pages", "Serve no pages.")
@options.flag("--quiet", "Do not log each request.")
def serve(
    graph: str | None,
    texts: str | None,
    deadline: float,
    memory: int,
    size: int,
    workers: int,
    rate: int,
    site: Path | None,
    *,
    in_house: bool,
    no_pages: bool,
    quiet: bool,
    **settings: Any,
) -> None:
    """Serve the graph from this machine, read only: pages, SPARQL, questions and exports.

    Each query runs in a process of its own that ends at the deadline. An answer that is too large is an error; the
    server never sends a part. Without --token everybody who reaches the address can read the graph. --in-house shows
    all texts, and pictures of documents, to this machine only. --site shows what its site has, with its quotes, if it
    is of this graph and mode; else the server writes a site of its own. Ctrl-C stops it.
    """
    import logging

    from tipgraph.runtime import need

    need("server", "tipgraph serve")
    from tipgraph.server import Options
    from tipgraph.server import serve as serve_graph

    if settings["host"] not in ("127.0.0.1", "localhost", "::1") and not settings["token"]:
        note(f"everybody who reaches {settings['host']} can read this graph; --token keeps it private")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("tipgraph.server").setLevel(logging.WARNING if quiet else logging.INFO)
    shown_texts = in_house_texts(texts) if in_house else named_texts(texts)
    wanted = Options(
        limits=Limits(deadline, memory << 20, size << 20, workers, rate),
        site=site or _prebuilt_site(shown_texts, in_house=in_house),
        in_house=in_house,
        pages=not no_pages,
        texts=shown_texts,
        **settings,
    )
    serve_graph(graph_place(graph), wanted, note)


def _prebuilt_site(texts: Path | None, *, in_house: bool) -> Path | None:
    """Return the default folder of the site if its site quotes texts just as the server is to; else None."""
    from tipgraph.outputs import quotes_texts

    folder = default_site(in_house=in_house)
    return folder if quotes_texts(folder) == bool(texts) else None
