"""Processes: a module in an isolated process, and limits of this process."""

import gc
import os
import sys
import threading
import warnings
from collections.abc import Callable
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

    >>> command("tipgraph.graph.worker", ".nq")[-1]
    '.nq'
    """
    spec = find_spec("pyoxigraph")
    if spec is None or spec.origin is None:
        raise ImportError("pyoxigraph is not installed")
    homes = (Path(__file__).parents[2], Path(spec.origin).parents[1])
    return [sys.executable, "-I", "-c", _START, module, *map(str, homes), *arguments]


def both(own: Callable[[], object], other: Callable[[], object], *, apart: bool = True) -> None:
    """Run two functions at once, the other one in a copy of this process if `apart` and there is a processor for it.

    What the copy changes ends with it, but for files. Where it fails, the function runs again here, and raises its
    error; without a copy it runs after the first one.

    >>> both(list, dict)
    """
    copy = None
    if apart and sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1:
        import multiprocessing  # few commands copy a process, and all would wait 5 ms for the import

        gc.freeze()  # the collectors of both leave shared memory alone: what they write to is copied
        copy = multiprocessing.get_context("fork").Process(target=_quietly, args=(other,), daemon=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # it counts threads of libraries, which wait for work
            copy.start()
    try:
        own()
    except BaseException:
        if copy:
            copy.kill()
        raise
    finally:
        if copy:
            copy.join()
            gc.unfreeze()
    if copy is None or copy.exitcode:
        other()


def _quietly(function: Callable[[], object]) -> None:
    """Run a function; end with a code and without a word where it fails."""
    try:
        function()
    except Exception:  # noqa: BLE001  # the first process runs it again, and tells the error
        sys.exit(1)


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
