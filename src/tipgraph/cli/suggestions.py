"""What a shell completes besides verbs, options and choices: names of questions, parameters, networks, sources.

Nothing here opens a graph, since a shell waits for every answer: names are read from the files of the kit.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import click
from click.shell_completion import CompletionItem

from tipgraph.model import ALL, kit

Completes: TypeAlias = "Callable[[click.Context, click.Parameter, str], list[CompletionItem[str]]]"
Named: TypeAlias = Iterable[tuple[str, str]]
"""What there is to name, and a few words about it."""

_NETWORKS = re.compile(r'tip:network\s+("[\w-]+"(?:\s*,\s*"[\w-]+")*)')


def by(named: Callable[[click.Context], Named]) -> Completes:
    """Return what completes an option or argument by names, each with what is said of it."""

    def complete(ctx: click.Context, _: click.Parameter, begun: str) -> "list[CompletionItem[str]]":
        return [CompletionItem(name, help=said or None) for name, said in named(ctx) if name.startswith(begun)]

    return complete


def questions(_: click.Context) -> Named:
    """Name every question, with its sentence."""
    from tipgraph.graph import Query

    return [(one.name, one.summary) for one in Query.all()]


def parameters(ctx: click.Context) -> Iterator[tuple[str, str]]:
    """Name the parameters that the question of a call takes and that it does not give yet, each with its `=`."""
    from tipgraph.graph import Query

    asked = ctx.params.get("name") or ctx.params.get("question")
    words: tuple[str, ...] = ctx.params.get("values") or ()
    given = {word.partition("=")[0] for word in words}
    found = next((one for one in Query.all() if one.name == asked), None)
    inside = bool(words) and (words[-1] == "=" or (found is not None and words[-1] in found.parameters))
    if found is not None and not inside:  # bash divides words at `=`: behind one stands a value, and no parameter
        yield from ((f"{name}=", one.summary) for name, one in found.parameters.items() if name not in given)


def networks(_: click.Context) -> Named:
    """Name every network that the ontology declares, and that of all edges."""
    from tipgraph.analysis import EVERY

    texts = [path.read_text("utf-8") for path in kit.files("ontology", "*.ttl")]
    listed = {name for text in texts for names in _NETWORKS.findall(text) for name in re.findall(r"[\w-]+", names)}
    return [(name, "") for name in sorted({*listed, EVERY})]


def recipes(_: click.Context) -> Named:
    """Name every recipe."""
    from tipgraph.analysis import RECIPES

    return [(name, "") for name in RECIPES]


def measures(_: click.Context) -> Named:
    """Name every measure, with what it says."""
    from tipgraph.analysis import MEASURES

    return [(name, one.summary) for name, one in MEASURES.items()]


def views(_: click.Context) -> Named:
    """Name every standard view, with its question."""
    from tipgraph.graph import tables

    return [(name, tables.summary(name)) for name in tables.views()]


def kinds(_: click.Context) -> Named:
    """Name every kind of open data, with what it is."""
    from tipgraph.sources import KINDS, reader

    return [(name, reader(name).summary) for name in KINDS]


def sources(_: click.Context) -> Named:
    """Name every source of the data."""
    own = kit.project()
    asked = own.kit_sources if own else (ALL,)
    lent = [path.parent.name for path in kit.folder("data").glob("*/source.toml")]
    there = {path.parent.name for path in kit.data().glob("*/source.toml")}
    return [(name, "") for name in sorted(there | {name for name in lent if ALL in asked or name in asked})]


def suffixes(_: click.Context) -> Named:
    """Name every format of exports by its suffix."""
    from tipgraph.outputs import FORMATS

    return [(suffix, one.summary) for suffix, one in FORMATS.items()]


def files(_: click.Context, __: click.Parameter, begun: str) -> "list[CompletionItem[str]]":
    """Let the shell complete the name of a file or a folder."""
    return [CompletionItem(begun, type="file")]


def folders(_: click.Context, __: click.Parameter, begun: str) -> "list[CompletionItem[str]]":
    """Let the shell complete the name of a folder."""
    return [CompletionItem(begun, type="dir")]
