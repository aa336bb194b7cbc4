"""The commands: usage, arguments, options and exit codes, read from click's objects."""

import inspect
from collections.abc import Iterator

import click

from docs.making.markdown import code, codes, fence, heading, link, page, paragraphs, plain, table
from tipgraph.cli import main
from tipgraph.cli.group import places

_ENDS = table(
    ["exit code", "meaning"],
    [
        ["`0`", "success; a check found no faults"],
        ["`1`", "it found something (faults, changes, open questions), or it failed"],
        ["`2`", "wrong usage: an unknown option, name or value"],
    ],
)


def text() -> str:
    """Return the page of all commands."""
    verbs = [(place, command) for place, command in places(main) if place]
    listed = table(
        ["command", "purpose"],
        [[link(name, "verb", name), plain(_sentence(command))] for name, command in verbs],
    )
    return page(
        heading(1, "Commands"),
        "`tipgraph COMMAND --help` prints the same. Answers go to standard output. Messages go to standard error.",
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
    yield table(["option", "meaning", "default"], [_option(one, context) for one in options])
    yield paragraphs(inspect.cleandoc(command.epilog or ""))


def _option(option: click.Option, context: click.Context) -> list[str]:
    """Return the row of an option: its names and value, its help, and its default."""
    names = [*option.opts, *option.secondary_opts]
    value = "" if option.is_flag or option.count else option.make_metavar(context)
    words = [plain(option.help or "")]
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    words += [f"One of {codes(map(str, choices))}."] if choices else []
    words += ["Required."] if option.required else []
    return [f"{codes(names)} {plain('' if choices else value)}".strip(), " ".join(filter(None, words)), _else(option)]


def _else(option: click.Option) -> str:
    """Return the default of an option: a variable of the environment, or a value."""
    names = [option.envvar] if isinstance(option.envvar, str) else list(option.envvar or ())
    shown = option.default if option.show_default and not option.is_flag else None
    default = "" if shown is None else code(f"{shown:g}" if isinstance(shown, float) else str(shown))
    return ", ".join(filter(None, [codes(names), default]))
