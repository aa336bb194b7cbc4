"""A worker for the server: a process with two pipes that answers one job at a time."""

import asyncio
import json
import os
import time
from asyncio.subprocess import PIPE
from collections.abc import Mapping
from contextlib import suppress
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
    """The pipes of a worker, which collect one answer at a time."""

    def __init__(self) -> None:
        self.ended = asyncio.get_running_loop().create_future()
        self._waiting: asyncio.Future[tuple[dict[str, Any], bytes]] | None = None
        self._came = bytearray()

    def answer(self) -> "asyncio.Future[tuple[dict[str, Any], bytes]]":
        """Return a future of the next answer; it raises EOFError if the process ends instead."""
        self._waiting = asyncio.get_running_loop().create_future()
        if self.ended.done():
            self._waiting.set_exception(EOFError())
        return self._waiting

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002  # there is one
        """Collect a part; set the answer once it is complete."""
        self._came += data
        end = self._end()
        if end and self._waiting and not self._waiting.done():
            start = LENGTH.size + LENGTH.unpack_from(self._came)[0]
            header: dict[str, Any] = json.loads(self._came[LENGTH.size : start])
            body = bytes(memoryview(self._came)[start + LENGTH.size : end])
            self._came = bytearray()
            self._waiting.set_result((header, body))

    def _end(self) -> int:
        """Return the end of a complete answer, and otherwise 0."""
        end = 0
        for _ in range(2):
            if len(self._came) < end + LENGTH.size:
                return 0
            end += LENGTH.size + LENGTH.unpack_from(self._came, end)[0]
        return end if len(self._came) >= end else 0

    def process_exited(self) -> None:
        """End the future of the answer."""
        if not self.ended.done():
            self.ended.set_result(None)
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(EOFError())


class Worker:
    """A process that answers a `client`; it `is_displaced` if it was ended in favour of another client."""

    def __init__(self, transport: asyncio.SubprocessTransport, pipes: _Pipes) -> None:
        """Wrap a process that was started."""
        self._transport, self._pipes = transport, pipes
        self._in = cast(asyncio.WriteTransport, transport.get_pipe_transport(0))
        self.client, self.yields, self.is_displaced = "", False, False

    @classmethod
    async def start(cls, duty: Duty) -> tuple["Worker", Fence]:
        """Start a worker; raise GraphError if it does not start."""
        loop = asyncio.get_running_loop()
        transport, pipes = await loop.subprocess_exec(_Pipes, *duty.command(), stdin=PIPE, stdout=PIPE, stderr=None)
        worker = cls(transport, pipes)
        try:
            async with asyncio.timeout(_PATIENCE):
                header, _ = await pipes.answer()
        except (TimeoutError, EOFError) as error:
            worker.end()
            message = f"{duty.generation}: no worker could be started; check the store with `tipgraph store verify`"
            raise GraphError(message) from error
        return worker, Fence(*header["fence"])

    async def ask(self, job: bytes) -> tuple[dict[str, Any], bytes]:
        """Send a job, and return the header and the body of the answer; raise EOFError if the process ends."""
        answer = self._pipes.answer()
        self._in.write(LENGTH.pack(len(job)) + job)
        return await answer

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

    @property
    def ended(self) -> bool:
        """Tell whether the process has ended."""
        return self._pipes.ended.done()

    def end(self) -> None:
        """End the process at once."""
        with suppress(ProcessLookupError):
            self._transport.kill()

    async def gone(self) -> None:
        """Wait until the process has ended."""
        await self._pipes.ended
