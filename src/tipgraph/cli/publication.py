"""Publish the graph: as pages, as a release, over HTTP."""

from datetime import UTC, datetime
from pathlib import Path

import click

from tipgraph.cli import options
from tipgraph.cli.options import Call, argument, command, common, option
from tipgraph.cli.paths import default_site, graph_place, keep_uncommitted, named_texts
from tipgraph.cli.terminal import note, progress
from tipgraph.server import Options

_USUAL = Options()


@command("tipgraph pages")
def pages(
    out: Path | None = argument(),
    recipes: list[tuple[str, str]] = options.recipe_pages,
    call: Call = common("graph"),
    texts: str | None = options.quoted_texts,
    in_house: bool = options.in_house,
) -> None:
    """Write the graph as a site to open in a browser.

    OUT is the folder of the site (else build/site). The site has networks, a map, a timeline, and a page for each
    entry, source and question. It is in English and Spanish. It opens from a USB stick and sends no request. With
    --texts it shows quotes; if the licence of a source allows it, also the whole text and pictures of its pages. The
    folder also holds the site in one file, tipgraph.html. With --in-house it
    shows all texts and pictures, and each page says not to publish it. OUT is then build/in-house by default.
    """
    from tipgraph.outputs import is_gathered, render
    from tipgraph.sources import Texts

    target = out or default_site(in_house=in_house)
    local_texts = Texts(named_texts(texts, in_house=in_house))
    if in_house or local_texts:
        keep_uncommitted(target / "index.html")
    with progress(f"writing the pages into {target}"):
        first = render(call.open(), target, texts=local_texts, recipes=recipes, in_house=in_house)
    click.echo(f"{first}: open it in a browser")
    if not is_gathered():
        click.echo("The pages need a server to answer SPARQL: `make web` gathers the engine.", err=True)
    if in_house:
        click.echo("In-house copy: do not publish it.", err=True)
    elif local_texts:
        click.echo("It quotes your texts: check their licences before you publish it.", err=True)


@command("tipgraph release OUT --policy policy.toml")
def release(
    out: Path = argument(),
    policy: Path = option("A TOML file that lists the data that may be shown.", "FILE", required=True),
    recipes: list[tuple[str, str]] = options.recipe_pages,
    formats: tuple[str, ...] = option(
        "Write only this format, such as .xlsx (repeatable; else all).", "SUFFIX", "--export"
    ),
    texts: str | None = options.quoted_texts,
    call: Call = common("graph form"),
) -> None:
    """Write the data that a policy allows, and test the result.

    OUT is the folder for pages, exports and the graph. The policy names the sources to show, the data to withhold,
    rename or generalize, and the smallest count. The command reads all files back. If they have a withheld name, it
    releases nothing, lists the places, and the exit code is 1. Standard error lists the names that it cannot look for.
    """
    from tipgraph.runtime import need

    need("release", "tipgraph release")
    from tipgraph.outputs import release as releasing
    from tipgraph.sources import Texts

    if texts:
        keep_uncommitted(out / "index.html")
    opened, rules, local_texts = call.open(), releasing.read_policy(policy), Texts(named_texts(texts))
    with progress(f"writing the release into {out}, and reading it back"):
        made = releasing.release(
            opened, out, rules, texts=local_texts, recipes=recipes, formats=formats or releasing.FORMATS
        )
    call.print_rows(["why withheld", "how many"], [[why, str(count)] for why, count in sorted(made.counts.items())])
    note(*(f"since {rule.review}, review {rule.where} of the policy" for rule in rules.due(datetime.now(UTC).date())))
    why = "not looked for, since it is short, or others have this name too, or every release"
    note(*(f"{why}: {name!r}" for name in made.names.common))
    searched = f"none has any of {len(made.names.sought):,} withheld names"
    click.echo(f"{out}: {len(made.graph):,} statements; {searched}", err=True)


@command("tipgraph serve --port 8000")
def serve(
    call: Call = common("graph"),
    texts: str | None = options.quoted_texts,
    host: str = option("The address to listen at; 0.0.0.0 is every address.", default="127.0.0.1"),
    port: int = option("The port; 0 takes a free one.", click.IntRange(0, 65535), default=8080),
    allowed: tuple[str, ...] = option("Accept another name of this host (repeatable).", "NAME", "--allow-host"),
    token: str = option("The token that clients must send (else TIPGRAPH_TOKEN).", envvar="TIPGRAPH_TOKEN"),
    origins: tuple[str, ...] = option("Allow requests from pages of this origin (repeatable).", "ORIGIN", "--cors"),
    proxies: tuple[str, ...] = option("Trust X-Forwarded-For of this proxy (repeatable).", "ADDRESS", "--proxy"),
    deadline: float = option("Seconds that a query may take.", click.FloatRange(0.1, 3600), default=_USUAL.seconds),
    memory: int = option("MB that a query may use.", click.IntRange(16), default=_USUAL.memory >> 20),
    size: int = option("The largest answer, in MB.", click.IntRange(1), default=_USUAL.size >> 20),
    workers: int = option("Queries that run at the same time.", click.IntRange(1), default=_USUAL.workers),
    rate: int = option(
        "Requests per second from one client; 0 means no limit.", click.IntRange(0), default=_USUAL.rate
    ),
    site: Path | None = option(
        "Show the site of this folder as it is (else build/site, if it quotes as --texts asks).", "FOLDER"
    ),
    exports: Path | None = option("Offer the files of this folder at /export/NAME.", "FOLDER"),
    in_house: bool = options.in_house,
    no_pages: bool = option("Serve no pages."),
    quiet: bool = option("Do not log each request."),
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
    from tipgraph.outputs import quotes_texts
    from tipgraph.server import serve as serve_graph

    if host not in ("127.0.0.1", "localhost", "::1") and not token:
        note(f"everybody who reaches {host} can read this graph; --token keeps it private")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("tipgraph.server").setLevel(logging.WARNING if quiet else logging.INFO)
    shown_texts, prebuilt = named_texts(texts, in_house=in_house), default_site(in_house=in_house)
    if site is None and quotes_texts(prebuilt) == bool(shown_texts):
        site = prebuilt
    wanted = Options(
        host=host, port=port, seconds=deadline, memory=memory << 20, size=size << 20, workers=workers, rate=rate,
        token=token, allowed=allowed, origins=origins, proxies=proxies, site=site,
        pages=not no_pages, exports=exports, texts=shown_texts, in_house=in_house,
    )  # fmt: skip
    serve_graph(graph_place(call.graph), wanted, note)
