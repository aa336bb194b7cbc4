"""A worker for the server: a process with two pipes that answers jobs one after the other."""

import asyncio
import json
import os
import time
from asyncio.subprocess import PIPE
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast

from tipgraph.errors import GraphError
from tipgraph.runtime import command
from tipgraph.server.landlock import Fence
from tipgraph.server.limits import Limits
from tipgraph.server.worker import LENGTH

_PATIENCE = 30  # seconds for the start of a worker
_LAST = 19  # the niceness of a long query


class Duty(NamedTuple):
    """The duty of workers: their jobs, the generation, and other folders that they may read or write."""

    name: str
    generation: Path
    limits: Limits
    readable: tuple[Path, ...] = ()
    writable: tuple[Path, ...] = ()
    more: Mapping[str, Any] = {}

    def command(self) -> list[str]:
        """Return the command that starts a worker."""
        setup = {
            "duty": self.name,
            "generation": str(self.generation),
            "limits": list(self.limits),
            "readable": list(map(str, self.readable)),
            "writable": list(map(str, self.writable)),
            **self.more,
        }
        return command("tipgraph.server.worker", json.dumps(setup))


class _Pipes(asyncio.SubprocessProtocol):
    """The pipes of a worker: they call `answered` with each answer, and `lost` once the process has ended.

    The first answer is for `ready`, which raises EOFError if the process ends before.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[None] = loop.create_future()
        self.ready: asyncio.Future[dict[str, Any]] = loop.create_future()
        self.answered: Callable[[dict[str, Any], bytes], None] = lambda header, _: self.ready.set_result(header)
        self.lost: Callable[[], None] = lambda: None if self.ready.done() else self.ready.set_exception(EOFError())
        self._came = bytearray()

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002  # there is one
        """Collect a part, and hand over the answers that are complete."""
        self._came += data
        while end := self._end():
            start = LENGTH.size + LENGTH.unpack_from(self._came)[0]
            header: dict[str, Any] = json.loads(self._came[LENGTH.size : start])
            body = bytes(memoryview(self._came)[start + LENGTH.size : end])
            del self._came[:end]
            self.answered(header, body)

    def _end(self) -> int:
        """Return the end of a complete answer, and otherwise 0."""
        end = 0
        for _ in range(2):
            if len(self._came) < end + LENGTH.size:
                return 0
            end += LENGTH.size + LENGTH.unpack_from(self._came, end)[0]
        return end if len(self._came) >= end else 0

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """Tell that the process has ended, after its last answer."""
        self.ended.set_result(None)
        self.lost()


@dataclass(eq=False, slots=True)
class Job:
    """A job of a client as JSON, its deadline, and the future of its answer.

    `worker` is the one that is to answer it; None while it waits.
    """

    client: str
    text: bytes
    seconds: float
    until: float
    answer: "asyncio.Future[tuple[dict[str, Any], bytes]]"
    worker: "Worker | None" = None

    def fail(self, error: Exception) -> None:
        """Answer by an error, unless there is an answer."""
        if not self.answer.done():
            self.answer.set_exception(error)


class Worker:
    """A process that answers a `client`: the first of its `jobs`, then the others in their order.

    The first one began at `since`; `pace` is how long those before it took, the last ones above all. `look` is the time
    of the next look at it, and `before` the processor seconds at the first look.
    """

    def __init__(self, transport: asyncio.SubprocessTransport, pipes: _Pipes) -> None:
        """Wrap a process that was started."""
        self._transport, self._pipes = transport, pipes
        self._in = cast(asyncio.WriteTransport, transport.get_pipe_transport(0))
        self.client, self.yields = "", False
        self.jobs: deque[Job] = deque()
        self.since = self.pace = self.look = self.before = 0.0

    @classmethod
    async def start(cls, duty: Duty) -> tuple["Worker", Fence]:
        """Start a worker; raise GraphError if it does not start."""
        loop = asyncio.get_running_loop()
        transport, pipes = await loop.subprocess_exec(_Pipes, *duty.command(), stdin=PIPE, stdout=PIPE, stderr=None)
        worker = cls(transport, pipes)
        try:
            async with asyncio.timeout(_PATIENCE):
                header = await pipes.ready
        except (TimeoutError, EOFError) as error:
            worker.end()
            message = f"{duty.generation}: no worker could be started; check the store with `tipgraph store verify`"
            raise GraphError(message) from error
        return worker, Fence(*header["fence"])

    def call(
        self, answered: Callable[["Worker", dict[str, Any], bytes], None], lost: Callable[["Worker"], None]
    ) -> None:
        """Call a function with each answer from now on, and one if the process ends, or has ended."""
        self._pipes.answered = partial(answered, self)
        self._pipes.lost = partial(lost, self)
        if self._pipes.ended.done():
            lost(self)

    def give(self, job: Job, now: float) -> None:
        """Send a job, which begins now or after those before it."""
        if not self.jobs:
            self.begin(now)
        job.worker = self
        self.jobs.append(job)
        self._in.write(LENGTH.pack(len(job.text)) + job.text)

    def begin(self, now: float) -> None:
        """Note that its first job begins."""
        self.since, self.look = now, 0.0

    def take(self, now: float) -> Job:
        """Take the first job from the list, which is answered, and begin the next."""
        self.pace += (now - self.since - self.pace) / 4
        self.begin(now)
        return self.jobs.popleft()

    def give_way(self) -> None:
        """Give way to other processes from now on; this cannot be undone without rights."""
        self.yields = True
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._transport.get_pid(), _LAST)

    def used(self) -> float:
        """Return the processor seconds of the process, or the clock if the system does not say."""
        try:
            fields = Path(f"/proc/{self._transport.get_pid()}/stat").read_text("ascii").rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """End the process at once."""
        with suppress(ProcessLookupError):
            self._transport.kill()

    async def gone(self) -> None:
        """Wait until the process has ended."""
        await self._pipes.ended
