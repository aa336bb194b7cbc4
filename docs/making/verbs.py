"""The verbs of the command line: their usage, arguments, options and exit codes, read from click's own objects."""

import inspect
from collections.abc import Iterator

import click

from docs.making.markdown import code, codes, fence, heading, link, page, paragraphs, plain, table
from tipgraph.cli import main
from tipgraph.cli.group import places

_ENDS = table(
    ["exit code", "means"],
    [
        ["`0`", "it is done, and where it looks for faults it found none"],
        ["`1`", "it found something (faults, changes, what nobody has answered), or it failed"],
        ["`2`", "a wrong call: an option, a name or a value that there is not"],
    ],
)


def text() -> str:
    """Return the page of all verbs."""
    verbs = [(place, command) for place, command in places(main) if place]
    listed = table(
        ["verb", "what it does"],
        [[link(name, "verb", name), plain(_sentence(command))] for name, command in verbs],
    )
    return page(
        heading(1, "Verbs"),
        "`tipgraph VERB --help` says the same. Answers go to standard output. Messages go to standard error.",
        _ENDS,
        listed,
        heading(2, "tipgraph", "verb", "tipgraph"),
        *_parts(main, click.Context(main, info_name="tipgraph")),
        *(part for name, command in verbs for part in _verb(name, command)),
    )


def _sentence(command: click.Command) -> str:
    return (command.help or "").partition("\n\n")[0]


def _verb(name: str, command: click.Command) -> Iterator[str]:
    below: click.Command = main
    context = click.Context(main, info_name="tipgraph")
    for word in name.split():
        below = below.commands[word] if isinstance(below, click.Group) else below
        context = click.Context(below, info_name=word, parent=context)
    yield heading(2, name, "verb", name)
    yield from _parts(command, context)


def _parts(command: click.Command, context: click.Context) -> Iterator[str]:
    yield fence(" ".join([context.command_path, *command.collect_usage_pieces(context)]), "text")
    yield paragraphs(inspect.cleandoc(command.help or ""))
    options = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    yield table(["option", "what it says", "else"], [_option(one, context) for one in options])
    yield paragraphs(inspect.cleandoc(command.epilog or ""))


def _option(option: click.Option, context: click.Context) -> list[str]:
    """Return the row of an option: its names and value, its words, and what holds where it is not given."""
    names = [*option.opts, *option.secondary_opts]
    value = "" if option.is_flag or option.count else option.make_metavar(context)
    words = [plain(option.help or "")]
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    words += [f"One of {codes(map(str, choices))}."] if choices else []
    words += ["Has to be given."] if option.required else []
    return [f"{codes(names)} {plain('' if choices else value)}".strip(), " ".join(filter(None, words)), _else(option)]


def _else(option: click.Option) -> str:
    """Return what holds where an option is not given: a value of the environment, or its default."""
    names = [option.envvar] if isinstance(option.envvar, str) else list(option.envvar or ())
    shown = option.default if option.show_default and not option.is_flag else None
    default = "" if shown is None else code(f"{shown:g}" if isinstance(shown, float) else str(shown))
    return ", ".join(filter(None, [codes(names), default]))
