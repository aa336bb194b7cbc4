"""The script that lets a shell complete what is typed behind `tipgraph`; `suggestions` lists the words.

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


@click.command()
@click.argument("shell", type=click.Choice(sorted(_SHELLS)))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script by which a SHELL completes verbs, options, questions, parameters, networks and measures.

    \b
    bash (4.4 or newer): source <(tipgraph completion bash)      in ~/.bashrc
    zsh:                 source <(tipgraph completion zsh)       in ~/.zshrc, after compinit
    fish:                tipgraph completion fish | source       in ~/.config/fish/config.fish
    """  # noqa: D301  # click leaves lines as they are behind this sign
    script = _SHELLS[shell](ctx.find_root().command, {}, "tipgraph", "_TIPGRAPH_COMPLETE")
    click.echo(script.source(), nl=False)
