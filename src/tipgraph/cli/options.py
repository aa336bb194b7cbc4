"""How a command declares its parameters: each once, as the default of a parameter of its function.

    @command("tipgraph source retract example-2026 --reason superseded", source)
    def retract(name: str = argument("SOURCE"), reason: str = option("The reason.", "WHY"), yes: bool = yes):

The annotation says the rest: a `bool` is a flag, a `tuple` is repeatable, a `Path` is on this machine.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

import click

from tipgraph.analysis import FILTER_PARTS, Filter
from tipgraph.cli.paths import open_graph, texts_folder
from tipgraph.errors import CallError
from tipgraph.model import kit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipgraph.graph import Graph
    from tipgraph.sources import Texts


def complete_question(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the questions whose names begin so."""
    return [path.stem for path in kit.files("queries", "*.rq") if path.stem.startswith(begun)]


def complete_source(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the sources of the data whose names begin so; no graph is opened, since a shell waits."""
    return sorted(path.parent.name for path in kit.data().glob(f"{begun}*/source.toml"))


_COMPLETED = {"QUESTION": complete_question, "SOURCE": complete_source}  # by their metavars
_PLACES = ("FILE", "FOLDER", "PLACE")


def _typed(kind: Any, value: "str | click.ParamType[Any]") -> dict[str, Any]:
    """Return the metavar, the type and the completion of a parameter."""
    if not isinstance(value, str):
        return {"type": value}
    found: dict[str, Any] = {"metavar": value or None}
    if Path in (kind, *get_args(kind)):
        found["type"] = click.Path(path_type=Path)
    elif value in _PLACES:
        found["type"] = click.Path()
    return found | ({"shell_complete": _COMPLETED[value]} if value in _COMPLETED else {})


def option(words: str, value: "str | click.ParamType[Any]" = "", flags: str = "", **settings: Any) -> Any:
    """Declare an option by its help text and its value, a metavar or a type; its flag is its name, unless given."""

    def made(name: str, kind: Any) -> click.Parameter:
        names = [*(flags or f"--{name.replace('_', '-')}").split(), name]
        if kind is bool:
            return click.Option(names, is_flag=True, help=words)
        if get_origin(kind) is tuple:
            settings["multiple"] = True
        elif kind is str:
            settings.setdefault("default", "")
        return click.Option(
            names, help=words, show_default=bool(settings.get("default")), **_typed(kind, value) | settings
        )

    return made


def argument(metavar: str = "", **settings: Any) -> Any:
    """Declare an argument: of a `tuple` all words that are left, of `| None` one that may be absent."""

    def made(name: str, kind: Any) -> click.Parameter:
        several = get_origin(kind) is tuple
        given = {"nargs": -1} if several else {}
        needed = not several and type(None) not in get_args(kind)
        return click.Argument([name], **{"required": needed} | _typed(kind, metavar) | given | settings)

    return made


class Gathered(NamedTuple):
    """Several options whose values become one argument."""

    make: Callable[..., Any]
    options: list[click.Parameter]


def params_of(make: Callable[..., Any]) -> list[click.Parameter]:
    """Return the parameters that a function declares, those of its gathered ones too."""
    found: list[click.Parameter] = []
    for name, one in inspect.signature(make).parameters.items():
        found += one.default.options if isinstance(one.default, Gathered) else [one.default(name, one.annotation)]
    return found


def gathered(make: Callable[..., Any]) -> Any:
    """Declare the parameters of a function, of whose value another one makes an argument."""
    return Gathered(make, params_of(make))


def command(
    words: str, group: click.Group | None = None, cls: type[click.Command] = click.Command
) -> Callable[[Callable[..., None]], click.Command]:
    """Return a decorator that makes a function a command, of a group if one is given.

    Its help text is the docstring of the function. `words` is a command that runs, at the end of the help text.
    """

    def give(run: Callable[..., None]) -> click.Command:
        declared = inspect.signature(run).parameters.items()
        groups = {name: one.default for name, one in declared if isinstance(one.default, Gathered)}

        def called(**values: Any) -> None:
            for name, group in groups.items():
                values[name] = group.make(**{one.name: values.pop(one.name) for one in group.options})
            run(**values)

        made = cls(
            run.__name__.rstrip("_"),
            callback=called,
            params=params_of(run),
            help=inspect.getdoc(run),
            epilog=example(words),
        )
        if group:
            group.add_command(made)
        return made

    return give


def example(command: str) -> str:
    """Return the end of a help text: a command that runs."""
    return f"\b\nExample:\n  {command}"


@dataclass(frozen=True)
class Call:
    """The options that several commands share, and where they lead."""

    graph: str | None = None
    data: Path | None = None
    texts: str | None = None
    form: str = "table"
    language: str = "en"

    def open(self) -> "Graph":
        """Return the graph."""
        return open_graph(self.graph)

    @property
    def local_texts(self) -> "Texts":
        """The texts, for output that stays with the user."""
        from tipgraph.sources import Texts

        return Texts(texts_folder(self.texts))

    def print_rows(self, header: "Sequence[str]", rows: "Sequence[Sequence[object]]") -> None:
        """Print rows in the format of the call."""
        from tipgraph.display import rows_text

        click.echo(rows_text(header, rows, self.form))


graph = option(
    "The graph: a file, a store or the address of an endpoint (else TIPGRAPH_GRAPH, build/graph.trig).",
    "PLACE",
    "-g --graph",
)
quoted_texts = option("Quote the texts of this folder. Without it, nothing is quoted.", "FOLDER")
in_house = option("Show all texts that you have, whatever their licence; never publish the result.")
values = argument("[PARAM=VALUE]...")
yes = option("Do it without a question.")
judge_kind = option(
    "The kind of judge: person, ai-agent or rule (else TIPGRAPH_JUDGE_KIND).", "KIND", envvar="TIPGRAPH_JUDGE_KIND"
)
fold = option("Link the starts (or ends) of edges that share the other end.", click.Choice(["starts", "ends"]))
_COMMON = {
    "graph": graph,
    "data": option("The folder of the sources (else the data of the project).", "FOLDER"),
    "texts": option(
        "The folder with the texts of the sources (else TIPGRAPH_TEXTS, or the setting texts of the project).", "FOLDER"
    ),
    "form": option("The format of the output.", click.Choice(["table", "csv", "json"]), "--format", default="table"),
    "language": option("The language of labels and sentences.", click.Choice(["en", "es"]), "--lang", default="en"),
}


def common(names: str) -> Any:
    """Declare some of the options of a `Call`."""
    kinds = {one.name: one.type for one in fields(Call)}
    return Gathered(Call, [_COMMON[name](name, kinds[name]) for name in names.split()])


def _filters() -> Any:
    """Declare the options of a filter, which its parts describe."""
    kinds = {"flag": bool, "list": tuple[str, ...], "text": str, "number": int}
    declared = []
    for name, part in FILTER_PARTS.items():
        words, value, kind = (part.metadata[key] for key in ("help", "value", "kind"))
        words = f"{words.removesuffix('.')} (repeatable)." if kind == "list" else words
        settings = {"type": click.IntRange(1)} if kind == "number" else {}
        declared.append(option(words, value, f"--{name}", **settings)(part.name, kinds[kind]))
    return Gathered(Filter, declared)


filters = _filters()


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


def recipes(
    recipe: str = option("Add a network page around each --focus, such as partner-funding.", "RECIPE"),
    focus: tuple[str, ...] = option("The entry in the middle of --recipe (repeatable).", "THING"),
) -> list[tuple[str, str]]:
    """Return the recipe with each focus; raise CallError for one without the other, and for an unknown recipe."""
    if bool(recipe) != bool(focus):
        raise CallError("--recipe and --focus belong together: --recipe partner-funding --focus usaid")
    chosen(None, recipe)
    return [(recipe, entry) for entry in focus]


recipe_pages = gathered(recipes)


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
