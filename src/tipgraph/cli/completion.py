"""The option `--completion`: a script that completes words on the command line; `suggestions` lists them.

Decision: docs/decisions/0021-click-makes-the-shell-completion.md.
"""

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete


class _Bash(BashComplete):
    """Leaves the cursor behind the `=` of a parameter, where click sets a space."""

    source_template = BashComplete.source_template.replace(
        "COMPREPLY+=($value)", "COMPREPLY+=($value)\n            [[ $value == *= ]] && compopt -o nospace"
    )


class _Zsh(ZshComplete):
    """The same in zsh."""

    source_template = ZshComplete.source_template.replace(
        '    if [ -n "$completions_with_descriptions" ]',
        '    local -a behind\n    [[ "$key" == *= ]] && behind=(-S "")\n\n'
        '    if [ -n "$completions_with_descriptions" ]',
    ).replace(" -U", ' -U "${behind[@]}"')


_SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "fish": FishComplete, "zsh": _Zsh}


def _print_script(ctx: click.Context, _: click.Parameter, shell: str | None) -> None:  # as click calls it
    if shell and not ctx.resilient_parsing:
        script = _SHELLS[shell](ctx.command, {}, "tipgraph", "_TIPGRAPH_COMPLETE")
        click.echo(script.source(), nl=False)
        ctx.exit()


completion = click.option(
    "--completion",
    type=click.Choice(sorted(_SHELLS)),
    is_eager=True,
    expose_value=False,
    callback=_print_script,
    help="Print the script for shell completion, and exit.",
)
