"""Processes: a module in a process of its own, within limits of memory and time, and two functions at once.

limited  →  a process: main  →  main(words) of a module  →  its output, or as JSON why there is none
"""

import json
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from subprocess import DEVNULL, TimeoutExpired, run
from tempfile import TemporaryFile
from typing import IO, Final

from tipgraph.errors import InputError, TipgraphError

_OWN: Final = "tipgraph.runtime.processes"
_FAILED: Final = 3  # the code of a process that says why; Python itself gives 1 and 2
_LATE: Final = -getattr(signal, "SIGXCPU", 24)
_PATIENCE: Final = 10  # seconds for each of the processor, if others use it too
_START: Final = (
    "import sys; from importlib import import_module; sys.exit(import_module(sys.argv[1]).main(sys.argv[2:]))"
)


def command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs `main(arguments)` of a module, and finds no module in the folder where it runs.

    >>> command("tipgraph.graph.sandbox", ".nq")[-1]
    '.nq'
    """
    return [sys.executable, "-P", "-c", _START, module, *arguments]


@contextmanager
def limited(
    module: str, words: Sequence[str], memory: int, seconds: int, remedy: str = "", source: IO[bytes] | None = None
) -> Iterator[tuple[IO[bytes], Sequence[str], int]]:
    """Run `main(words)` of a module in a process of its own, with so many bytes of memory and seconds of the processor.

    `source` is its standard input. Provides its output, the faults for which it did not end well, and the line of the
    first one or 0. It may crash or never end: that is a fault, with the remedy, and ends nothing else.
    """
    with TemporaryFile() as output, TemporaryFile() as errors:
        call = command(_OWN, module, str(memory), str(seconds), *words)
        try:
            code = run(  # noqa: S603
                call, stdin=source or DEVNULL, stdout=output, stderr=errors, timeout=_PATIENCE * seconds, check=False
            ).returncode
        except TimeoutExpired:
            code = _LATE
        output.seek(0)
        errors.seek(0)
        faults, line, why = list[str](), 0, ""
        if code == _FAILED:
            faults, line, why = json.loads(errors.read().splitlines()[-1])
        elif code == _LATE:
            why = f"took longer than {seconds} seconds and was stopped"
        elif code:
            why = f"ended the process that ran it ({code}): it takes more memory than it may, or is nested too deep"
        yield output, [*faults, why + remedy] if why else faults, line


def main(words: Sequence[str]) -> int:
    """Run a module within limits; return 3 if it fails, and write the faults, a line and a limit to standard error."""
    module, memory, seconds, *given = words
    _limit(int(memory), int(seconds))
    faults, line, why = list[str](), 0, ""
    try:
        import_module(module).main(given)
        sys.stdout.flush()
    except MemoryError:
        why = f"needs more than {int(memory) >> 20:,} MB of memory"
    except RecursionError:
        why = "is nested too deeply"
    except InputError as error:
        faults = [fault.message for fault in error.faults]
    except (SyntaxError, json.JSONDecodeError) as error:
        faults, line = [error.msg], error.lineno or 0
    except (TipgraphError, ValueError, OSError) as error:
        faults = [str(getattr(error, "strerror", None) or error)]
    else:
        return 0
    sys.stderr.write(f"\n{json.dumps([faults, line, why])}\n")
    return _FAILED


def _limit(memory: int, seconds: int) -> None:
    """Limit the memory and the written files (bytes) and the processor time of this process, if the system can."""
    if sys.platform != "win32":
        import resource

        limits = (
            (resource.RLIMIT_AS, memory, memory),
            (resource.RLIMIT_FSIZE, memory, memory),
            (resource.RLIMIT_CPU, seconds, seconds + 1),  # the first shows what happened, the second ends it
            (resource.RLIMIT_CORE, 0, 0),
        )
        for resource_id, *most in limits:
            with suppress(ValueError, OSError):  # the limit is lower already, or unknown (macOS)
                resource.setrlimit(resource_id, (most[0], most[1]))


def both(own: Callable[[], object], other: Callable[[], object], *, apart: bool = True) -> None:
    """Run two functions at once, the other one in a copy of this process if `apart` and there is a processor for it.

    What the copy changes ends with it, but for files. Where it fails, the function runs again here, and raises its
    error; without a copy it runs after the first one.

    >>> both(list, dict)
    """
    if not (apart and sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1):
        own()
        other()
        return
    import multiprocessing  # few commands copy a process, and all would wait 5 ms for the import

    copy = multiprocessing.get_context("fork").Process(target=_quietly, args=(other,), daemon=True)
    with warnings.catch_warnings(action="ignore"):  # it counts threads of libraries, which wait for work
        copy.start()
    try:
        own()
    except BaseException:
        copy.kill()
        raise
    copy.join()
    if copy.exitcode:
        other()


def _quietly(function: Callable[[], object]) -> None:
    """Run a function; end with a code and without a word where it fails."""
    try:
        function()
    except Exception:  # noqa: BLE001  # the first process runs it again, and tells the error
        sys.exit(1)
