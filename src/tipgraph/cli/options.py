"""The options and arguments that several commands take, and how their values are read."""

from collections.abc import Callable
from dataclasses import Field
from functools import wraps
from pathlib import Path
from typing import Any

import click

from tipgraph.analysis import FILTER_PARTS, Filter
from tipgraph.cli import suggestions
from tipgraph.errors import CallError


class LocalPath(click.Path):
    """A path on this machine, and no address."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; fail where it is an address."""
        if "://" in str(value):
            self.fail(f"{value} is an address; this command takes a file or a folder", param, ctx)
        return super().convert(value, param, ctx)


graph = click.option(
    "-g",
    "--graph",
    metavar="PLACE",
    shell_complete=suggestions.files,
    help="The graph: a file, a store or the address of an endpoint (else TIPGRAPH_GRAPH, build/graph.trig).",
)
texts = click.option(
    "--texts",
    metavar="FOLDER",
    shell_complete=suggestions.folders,
    help="The folder with the texts of the sources (else TIPGRAPH_TEXTS).",
)
form = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="The format of the output.",
)
language = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "es"]),
    default="en",
    show_default=True,
    help="The language of labels and sentences.",
)
added = click.option(
    "--add",
    "added",
    multiple=True,
    metavar="FILE",
    type=LocalPath(path_type=Path),
    help="Add a graph file of `tipgraph source import --into` (repeatable).",
)
data = click.option(
    "--data",
    metavar="FOLDER",
    type=LocalPath(path_type=Path),
    help="The folder of the sources (else the data of the project).",
)
reason = click.option("--reason", default="", metavar="WHY", help="The reason for the answer, with --answer.")
judge_kind = click.option(
    "--judge-kind",
    envvar="TIPGRAPH_JUDGE_KIND",
    default="",
    metavar="KIND",
    help="The kind of judge: person, ai-agent or rule (else TIPGRAPH_JUDGE_KIND).",
)
judge = click.option(
    "--judge",
    envvar="TIPGRAPH_JUDGE",
    default="",
    metavar="WHO",
    help="The judge, as a role or a name (else TIPGRAPH_JUDGE).",
)
recipe = click.option(
    "--recipe",
    metavar="RECIPE",
    shell_complete=suggestions.by(suggestions.recipes),
    help="Add a network page around each --focus, such as partner-funding.",
)
focus = click.option(
    "--focus", multiple=True, metavar="THING", help="The entry in the middle of --recipe (repeatable)."
)
values = click.argument(
    "values", nargs=-1, metavar="[PARAM=VALUE]...", shell_complete=suggestions.by(suggestions.parameters)
)
fold = click.option(
    "--fold",
    type=click.Choice(["starts", "ends"]),
    help="Link the starts (or ends) of edges that share the other end.",
)


def example(command: str) -> str:
    """Return the end of a help text: a command that runs."""
    return f"\b\nExample:\n  {command}"


def together(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what gives a command several options, in this order."""

    def give(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return give


def gathered(name: str, make: Callable[..., Any], *options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return what gives a command several options, whose values reach it as one argument that `make` makes of them."""

    def give(command: Any) -> Any:
        @wraps(command)
        def run(**values: Any) -> Any:
            own = {param.name: values.pop(param.name) for param in params}
            return command(**values, **{name: make(**own)})

        others = len(getattr(run, "__click_params__", ()))
        together(*options)(run)
        params = run.__click_params__[others:]  # type: ignore[attr-defined]  # set by click
        return run

    return give


def _filter_option(name: str, part: Field[Any]) -> Callable[[Any], Any]:
    """Return the option of a part of a filter."""
    words, value = part.metadata["help"], part.metadata["value"]
    kinds: dict[Any, dict[str, Any]] = {
        (): {"multiple": True, "help": words.removesuffix(".") + " (repeatable)."},
        "": {"default": ""},
        False: {"is_flag": True},
        None: {"type": click.IntRange(1)},
    }
    completes = suggestions.by(suggestions.sources) if value == "SOURCE" else None
    settings = {"help": words, "metavar": value or None, "shell_complete": completes, **kinds[part.default]}
    return click.option(f"--{name}", part.name, **settings)


filters = gathered("asked", Filter, *(_filter_option(*part) for part in FILTER_PARTS.items()))


def chosen(name: str | None, recipe: str | None) -> str | None:
    """Return the network or the recipe that is asked for; raise CallError for both, and for one in place of the other.

    >>> chosen("funding", None), chosen(None, "partner-funding")
    ('funding', 'partner-funding')
    """
    from tipgraph.analysis import RECIPES, know_recipe

    if recipe:
        know_recipe(recipe)
    if name and recipe:
        raise CallError(f"say either {name!r} or --recipe {recipe}, not both")
    if name in RECIPES:
        raise CallError(f"{name} is a recipe; write --recipe {name}")
    return recipe or name


def recipes(recipe: str | None, focus: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the recipe with each focus; raise CallError for one without the other, and for a recipe nobody knows."""
    if bool(recipe) != bool(focus):
        raise CallError("--recipe and --focus belong together: --recipe partner-funding --focus usaid")
    chosen(None, recipe)
    return [(recipe or "", one) for one in focus]


def pairs(values: tuple[str, ...]) -> dict[str, str]:
    """Return the parameters that PARAM=VALUE says; raise CallError for what says none and for one that is said twice.

    >>> pairs(("in=JP", "from=2005"))
    {'in': 'JP', 'from': '2005'}
    """
    parted = [value.partition("=") for value in values]
    wrong = [name for name, equals, _ in parted if not equals]
    if wrong:
        raise CallError(
            f"{wrong[0]!r} says no parameter; write PARAM={wrong[0]}: `tipgraph query` lists the parameters"
        )
    twice = [name for name, _, _ in parted if sum(name == other for other, _, _ in parted) > 1]
    if twice:
        raise CallError(f"{twice[0]!r} is given twice; ask once for each value")
    return {name: value for name, _, value in parted}
