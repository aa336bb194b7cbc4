"""Processes: a module in an isolated process, and a function in a copy of this process."""

import gc
import os
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

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


def both(own: Callable[[], object], other: Callable[[], object]) -> None:
    """Run two functions at once, the other one in a copy of this process; raise the error of either.

    The copy shares the memory that neither changes; what it changes ends with it, but for files. Call it only if
    `can_copy()`. Raises ChildProcessError if the copy was ended.

    >>> both(list, dict) if can_copy() else None
    """
    import multiprocessing  # few commands copy a process, and all would wait 5 ms for the import

    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    copy = context.Process(target=_run, args=(other, sender), daemon=True)
    gc.collect()
    gc.freeze()  # the collectors of both leave shared memory alone: what they write to is copied
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # it counts threads of libraries, which wait for work
            copy.start()
        sender.close()
        own()
        error = receiver.recv()
    except EOFError:
        raise ChildProcessError(10, "a process was ended; perhaps the memory is full") from None
    finally:
        if copy.pid is not None:  # else the system could not copy the process
            copy.kill()
            copy.join()
        gc.unfreeze()
    if error is not None:
        raise error


def can_copy() -> bool:
    """Tell whether a copy of this process is safe and has a processor to run on: on Linux, without other threads."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


def _run(function: Callable[[], object], sender: "Connection") -> None:
    """Run a function, and send its error, or None."""
    try:
        function()
    except Exception as error:  # noqa: BLE001  # the other process raises it
        sender.send(error)
    else:
        sender.send(None)


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
