"""Processes: a module in an isolated process, and limits of this process."""

import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

# The libraries come after Python's own modules, so that none of them replaces one.
_START = (
    "import sys; from importlib import import_module; module, home, libraries, *arguments = sys.argv[1:]; "
    "libraries in sys.path or sys.path.append(libraries); home in sys.path or sys.path.insert(0, home); "
    "sys.exit(import_module(module).main(arguments))"
)


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs `main(arguments)` of a module in an isolated process (`python -I`).

    The process finds modules in the folder of this program and libraries in that of pyoxigraph. Raises ImportError
    if pyoxigraph is not installed.

    >>> command("tipgraph.graph.sandbox.worker", ".nq")[-1]
    '.nq'
    """
    spec = find_spec("pyoxigraph")
    if spec is None or spec.origin is None:
        raise ImportError("pyoxigraph is not installed")
    homes = (Path(__file__).parents[2], Path(spec.origin).parents[1])
    return [sys.executable, "-I", "-c", _START, module, *map(str, homes), *arguments]


def limit(memory: int, seconds: int) -> None:
    """Limit the memory and the written files (bytes) and the processor time of this process, if the system can."""
    if sys.platform != "win32":
        import resource

        limits = (
            (resource.RLIMIT_AS, memory),
            (resource.RLIMIT_FSIZE, memory),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
        )
        for resource_id, most in limits:
            with suppress(ValueError, OSError):  # the limit is lower already, or unknown (macOS)
                resource.setrlimit(resource_id, (most, most))
