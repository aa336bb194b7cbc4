"""A group of commands: an error becomes a message and an exit code."""

import os
import sys
from collections.abc import Iterator
from typing import Any, NoReturn

import click

from tipgraph.errors import TipgraphError
from tipgraph.runtime import sanitize


class Group(click.Group):
    """A group that turns errors into a message and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Return the commands in the order in which a person needs them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with a message if it fails."""
        try:
            return super().invoke(ctx)
        except TipgraphError as error:
            _fail(sanitize.visible(str(error)), error.exit_code)
        except RuntimeError as error:  # Oxigraph, when rows are read from a damaged file
            if "orruption" not in str(error):
                raise
            from tipgraph.graph import damaged

            _fail(str(damaged(error)))
        except BrokenPipeError:  # click ends quietly for a reader that has gone
            raise
        except OSError as error:  # a folder that may not be read, a disk that is full
            _fail(str(error))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            if os.environ.get("TIPGRAPH_TRACEBACK"):
                raise
            words = sanitize.visible(" ".join(f"{type(error).__name__}: {error}".split())[:300])
            _fail(
                f"the graph holds a value that no claim can have ({words}); `tipgraph check` of the same graph lists "
                "every fault. If it finds none, the fault is ours: set TIPGRAPH_TRACEBACK=1, run it again, tell us"
            )


def places(command: click.Command, place: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield a command and each command below it, with its place such as `store push`."""
    yield place, command
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from places(below, f"{place} {name}".strip())


def _fail(message: str, code: int = 1) -> NoReturn:
    click.echo(f"tipgraph: {message}", err=True)
    sys.exit(code)
