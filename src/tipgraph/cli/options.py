"""The options and arguments of several commands, and how to make one option of several."""

from collections.abc import Callable
from dataclasses import Field
from functools import wraps
from pathlib import Path
from typing import Any, TypeAlias

import click

from tipgraph.analysis import FILTER_PARTS, Filter
from tipgraph.errors import CallError
from tipgraph.model import kit

Decorator: TypeAlias = Callable[[Any], Any]


class LocalPath(click.Path):
    """A path on this machine, and no address."""

    def __init__(self, path_type: type = Path) -> None:
        super().__init__(path_type=path_type)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; fail if it is an address."""
        if "://" in str(value):
            self.fail(f"{value} is an address; this command takes a file or a folder", param, ctx)
        return super().convert(value, param, ctx)


def complete_question(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the questions whose names begin so."""
    return [path.stem for path in kit.files("queries", "*.rq") if path.stem.startswith(begun)]


def complete_source(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the sources of the data whose names begin so; no graph is opened, since a shell waits."""
    return sorted(path.parent.name for path in kit.data().glob(f"{begun}*/source.toml"))


_VALUES: dict[str, dict[str, Any]] = {  # of an option, by its metavar: the type, or the names that a shell completes
    "FILE": {"type": LocalPath()},
    "FOLDER": {"type": LocalPath()},
    "PLACE": {"type": click.Path()},
    "QUESTION": {"shell_complete": complete_question},
    "SOURCE": {"shell_complete": complete_source},
}


def option(flags: str, value: "str | click.ParamType[Any]", words: str, **settings: Any) -> Decorator:
    """Return an option with a value, which is a metavar or a type; `flags` may end in the name of the parameter."""
    known = {"metavar": value, **_VALUES.get(value, {})} if isinstance(value, str) else {"type": value}
    shows_default = bool(settings.get("default"))
    return click.option(*flags.split(), help=words, show_default=shows_default, **known | settings)


def flag(flags: str, words: str) -> Decorator:
    """Return an option without a value."""
    return click.option(*flags.split(), is_flag=True, help=words)


def example(command: str) -> str:
    """Return the end of a help text: a command that runs."""
    return f"\b\nExample:\n  {command}"


def gathered(name: str, make: Callable[..., Any], *options: Decorator) -> Decorator:
    """Return a decorator that gives a command several options, and `make` of their values as one argument."""

    def give(command: Any) -> Any:
        @wraps(command)
        def run(**values: Any) -> Any:
            own = {param.name: values.pop(param.name) for param in params}
            return command(**values, **{name: make(**own)})

        others = len(getattr(run, "__click_params__", ()))
        for option in reversed(options):
            option(run)
        params = run.__click_params__[others:]  # type: ignore[attr-defined]  # set by click
        return run

    return give


def _filter_option(name: str, part: Field[Any]) -> Decorator:
    """Return the option of a part of a filter."""
    words, metavar, kind = (part.metadata[key] for key in ("help", "value", "kind"))
    flags = f"--{name} {part.name}"
    if kind == "flag":
        return flag(flags, words)
    if kind == "number":
        return option(flags, click.IntRange(1), words, metavar=metavar)
    if kind == "text":
        return option(flags, metavar, words, default="")
    return option(flags, metavar, f"{words.removesuffix('.')} (repeatable).", multiple=True)


filters = gathered("asked", Filter, *(_filter_option(*part) for part in FILTER_PARTS.items()))
graph = option(
    "-g --graph",
    "PLACE",
    "The graph: a file, a store or the address of an endpoint (else TIPGRAPH_GRAPH, build/graph.trig).",
)
texts = option(
    "--texts",
    "FOLDER",
    "The folder with the texts of the sources (else TIPGRAPH_TEXTS, or the setting texts of the project).",
    type=click.Path(),
)
quoted_texts = option(
    "--texts",
    "FOLDER",
    "Quote the texts of this folder. Without it, nothing is quoted.",
    type=click.Path(),
)
in_house = flag("--in-house", "Show all texts that you have, whatever their licence; never publish the result.")
form = option("--format form", click.Choice(["table", "csv", "json"]), "The format of the output.", default="table")
language = option("--lang language", click.Choice(["en", "es"]), "The language of labels and sentences.", default="en")
data = option("--data", "FOLDER", "The folder of the sources (else the data of the project).")
values = click.argument("values", nargs=-1, metavar="[PARAM=VALUE]...")
fold = option(
    "--fold", click.Choice(["starts", "ends"]), "Link the starts (or ends) of edges that share the other end."
)


def chosen(name: str | None, recipe: str | None) -> str | None:
    """Return the network or the recipe that is named; raise CallError for both, and for one in place of the other.

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
    """Return the recipe with each focus; raise CallError for one without the other, and for an unknown recipe."""
    if bool(recipe) != bool(focus):
        raise CallError("--recipe and --focus belong together: --recipe partner-funding --focus usaid")
    chosen(None, recipe)
    return [(recipe or "", entry) for entry in focus]


def pairs(values: tuple[str, ...]) -> dict[str, str]:
    """Return parameters written as PARAM=VALUE; raise CallError for one without `=`, and for one that comes twice.

    >>> pairs(("in=JP", "from=2005"))
    {'in': 'JP', 'from': '2005'}
    """
    found: dict[str, str] = {}
    for value in values:
        name, equals, rest = value.partition("=")
        if not equals:
            raise CallError(f"{value!r} names no parameter; write PARAM={value}: `tipgraph query` lists the parameters")
        if name in found:
            raise CallError(f"{name!r} is given twice; ask once for each value")
        found[name] = rest
    return found


recipe_pages = gathered(
    "recipes",
    recipes,
    option("--recipe", "RECIPE", "Add a network page around each --focus, such as partner-funding."),
    option("--focus", "THING", "The entry in the middle of --recipe (repeatable).", multiple=True),
)
