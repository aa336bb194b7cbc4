"""A module run in a process of its own, which finds this program and its guests and nothing else."""

import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

# Guests come after Python's own modules, so that none takes the place of one.
_START = (
    "import sys; from importlib import import_module; module, home, guests, *words = sys.argv[1:]; "
    "guests in sys.path or sys.path.append(guests); home in sys.path or sys.path.insert(0, home); "
    "sys.exit(import_module(module).main(words))"
)


def command(module: str, *words: str) -> list[str]:
    """Return the command that runs `main` of a module with words, in a process whose exit code is what it returns.

    Neither the current folder nor PYTHONPATH is looked into (`-I`): the module is found by the folder of this program,
    guests by that of pyoxigraph. Raises ImportError where there is no pyoxigraph.

    >>> command("tipgraph.graph.sandbox.worker", ".nq")[-1]
    '.nq'
    """
    spec = find_spec("pyoxigraph")
    if spec is None or spec.origin is None:
        raise ImportError("pyoxigraph is not installed")
    homes = (Path(__file__).parents[2], Path(spec.origin).parents[1])
    return [sys.executable, "-I", "-c", _START, module, *map(str, homes), *words]


def limit(memory: int, seconds: int) -> None:
    """Take a limit of memory, of a file and of processor time upon this process, where the system has them.

    `memory` is in bytes, and the largest file that the process may write is as large.
    """
    if sys.platform != "win32":
        import resource

        limits = (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
        )
        for what, most in limits:
            with suppress(ValueError, OSError):  # where it is less already, or not known (macOS)
                resource.setrlimit(what, (most, most))
