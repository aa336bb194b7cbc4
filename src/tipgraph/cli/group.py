"""The group of all commands: what they raise becomes a message on standard error and an exit code."""

import os
import sys
from typing import Any, NoReturn

import click

from tipgraph.errors import TipgraphError
from tipgraph.runtime import sanitize


class Group(click.Group):
    """Turns errors raised on purpose into a message and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is asked for; exit with a message where it fails."""
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
                f"the graph says what no claim can say ({words}); `tipgraph check` of the same graph lists every "
                "fault. Where it finds none the fault is ours: set TIPGRAPH_TRACEBACK=1, run it again, tell us"
            )


def _fail(told: str, code: int = 1) -> NoReturn:
    click.echo(f"tipgraph: {told}", err=True)
    sys.exit(code)
