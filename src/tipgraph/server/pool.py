"""Workers that answer requests, each in a process that can be ended: a query that runs too long ends with it.

A request waits for a worker, is answered by it, and has until its deadline for both. A worker that is ended, or ends
itself, is replaced. One that takes longer gives way to all others, and is replaced when it has answered.
"""

import asyncio
import json
import os
from asyncio.subprocess import PIPE
from collections import Counter, deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, cast

from tipgraph.errors import GraphError, TipgraphError
from tipgraph.processes import command
from tipgraph.server.answering import Answer
from tipgraph.server.fence import Fence
from tipgraph.server.limits import Limits
from tipgraph.server.worker import LENGTH

_PATIENCE = 30  # seconds that a worker may take to start
_SOON = 0.5  # seconds in which most queries are answered
_LAST = 19  # how little of a processor a longer one gets, where others want it
_NOBODY = "nobody"  # whose worker is one that ended by itself
_PAUSE = 1  # seconds before a worker is started again that did not


class WorkerBusy(TipgraphError):
    """All workers are busy, until the deadline of the request.

    Ask again after the seconds that `Retry-After` gives.
    """

    http_status = 503


class QueryTimeout(TipgraphError):
    """A query that took longer than it may.

    Ask for less; whoever runs the server may give more by `--deadline`.
    """

    http_status = 504


class WorkerDied(TipgraphError):
    """A query that ended the process that ran it.

    Nest it less deeply, or ask for less: it took more memory or depth than a query may.
    """

    http_status = 500


class Refused(TipgraphError):
    """What a worker says of a request that it does not answer.

    The status and the message are those of the error that the worker met: do what that one says.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.http_status = status


class Duty(NamedTuple):
    """What workers are for: which jobs they know, of which generation, and which other folders they may reach."""

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
    """The pipes of a worker: one answer at a time, put together as it comes."""

    def __init__(self) -> None:
        self.ended = asyncio.get_running_loop().create_future()
        self._waiting: asyncio.Future[tuple[dict[str, Any], bytes]] | None = None
        self._came = bytearray()

    def answer(self) -> "asyncio.Future[tuple[dict[str, Any], bytes]]":
        """Return what comes next; EOFError where the process ends instead."""
        self._waiting = asyncio.get_running_loop().create_future()
        if self.ended.done():
            self._waiting.set_exception(EOFError())
        return self._waiting

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002  # there is one
        """Take a part; hand over the answer where it is whole."""
        self._came += data
        end = self._end()
        if end and self._waiting and not self._waiting.done():
            start = LENGTH.size + LENGTH.unpack_from(self._came)[0]
            header: dict[str, Any] = json.loads(self._came[LENGTH.size : start])
            body = bytes(memoryview(self._came)[start + LENGTH.size : end])
            self._came = bytearray()
            self._waiting.set_result((header, body))

    def _end(self) -> int:
        """Return where an answer ends that has come whole, else 0."""
        end = 0
        for _ in range(2):
            if len(self._came) < end + LENGTH.size:
                return 0
            end += LENGTH.size + LENGTH.unpack_from(self._came, end)[0]
        return end if len(self._came) >= end else 0

    def process_exited(self) -> None:
        """Tell who waits."""
        if not self.ended.done():
            self.ended.set_result(None)
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(EOFError())


class _Worker:
    """A process that answers."""

    def __init__(self, transport: asyncio.SubprocessTransport, pipes: _Pipes) -> None:
        self._transport, self._pipes = transport, pipes
        self._in = cast(asyncio.WriteTransport, transport.get_pipe_transport(0))
        self.yields = False

    @classmethod
    async def start(cls, duty: Duty) -> tuple["_Worker", Fence]:
        """Start a worker; raise GraphError where it does not come up."""
        loop = asyncio.get_running_loop()
        transport, pipes = await loop.subprocess_exec(_Pipes, *duty.command(), stdin=PIPE, stdout=PIPE, stderr=None)
        worker = cls(transport, pipes)
        try:
            async with asyncio.timeout(_PATIENCE):
                header, _ = await pipes.answer()
        except (TimeoutError, EOFError) as error:
            worker.end()
            raise GraphError(f"{duty.generation}: no worker could be started over it; is the store sound?") from error
        return worker, Fence(*header["fence"])

    async def ask(self, job: bytes) -> tuple[dict[str, Any], bytes]:
        """Send a job, and return the header and the body of the answer; raise EOFError where the process ends."""
        answer = self._pipes.answer()
        self._in.write(LENGTH.pack(len(job)) + job)
        return await answer

    def give_way(self) -> None:
        """Let processes with less to do go first, from now on: there is no way back without rights."""
        self.yields = True
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._transport.get_pid(), _LAST)

    @property
    def ended(self) -> bool:
        """Tell whether the process has ended, by itself or by somebody else."""
        return self._pipes.ended.done()

    def end(self) -> None:
        """End the process at once."""
        with suppress(ProcessLookupError):
            self._transport.kill()

    async def gone(self) -> None:
        """Wait until the process has ended."""
        await self._pipes.ended


class Pool:
    """Workers of one duty, and the requests that wait for them.

    A client holds all of them but one at most, so that one is left for others. `deaths` counts those that were ended
    or ended themselves, by reason.
    """

    def __init__(self, duty: Duty, size: int) -> None:
        """Prepare; `start` starts the workers."""
        self._duty, self._size = duty, size
        self._most = max(1, size - 1)
        self._free: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._waiting: deque[tuple[str, asyncio.Future[_Worker]]] = deque()
        self._held: Counter[str] = Counter()
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False
        self.deaths: Counter[str] = Counter()
        self.fence = Fence(files=False, network=False, memory=False)

    @property
    def busy(self) -> int:
        """How many workers answer right now."""
        return len(self._all) - len(self._free)

    @property
    def ready(self) -> int:
        """How many workers there are."""
        return len(self._all)

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._waiting)

    async def start(self) -> None:
        """Start all workers; raise GraphError where one does not come up."""
        for worker, closed in await asyncio.gather(*(_Worker.start(self._duty) for _ in range(self._size))):
            self.fence = closed
            self._add(worker)

    async def ask(self, job: Mapping[str, Any], client: str, seconds: float) -> Answer:
        """Let a worker answer a job within so many seconds.

        Raises WorkerBusy, QueryTimeout, WorkerDied, or Refused with what the worker says.
        """
        until = asyncio.get_running_loop().time() + seconds
        worker = await self._taken(client, until)
        slow = asyncio.get_running_loop().call_later(_SOON, worker.give_way)
        sound = False
        try:
            async with asyncio.timeout_at(until):
                header, body = await worker.ask(json.dumps(job).encode("utf-8"))
            sound = not worker.yields
        except TimeoutError as error:
            self.deaths["late"] += 1
            raise QueryTimeout(f"it took longer than {seconds:g} seconds and was ended; ask for less") from error
        except EOFError as error:
            self.deaths["died"] += 1
            raise WorkerDied(
                "it ended the process that ran it: nested too deep, or larger than the memory that it may take; "
                "ask for less"
            ) from error
        finally:
            slow.cancel()
            self._back(client, worker, sound=sound)
        if "error" in header:
            raise Refused(header["status"], header["error"])
        return Answer(header["status"], header["media"], body, header["headers"])

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        for worker in self._all:
            worker.end()
        await asyncio.gather(*(worker.gone() for worker in self._all))

    async def _taken(self, client: str, until: float) -> _Worker:
        future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append((client, future))
        self._hand_out()
        if future.done():
            return future.result()
        try:
            async with asyncio.timeout_at(until):
                return await future
        except BaseException as error:
            if future.done() and not future.cancelled():  # handed over in the moment in which it was given up
                self._back(client, future.result(), sound=True)
            else:
                self._waiting.remove((client, future))
            if isinstance(error, TimeoutError):
                raise WorkerBusy("the server is busy; ask again in a moment") from error
            raise

    def _back(self, client: str, worker: _Worker, *, sound: bool) -> None:
        if sound:
            self._let_go(client)
            self._free.append(worker)
        else:
            worker.end()
            self._all.discard(worker)
            self._replace(client)
        self._hand_out()

    def _let_go(self, client: str) -> None:
        self._held[client] -= 1
        if self._held[client] <= 0:
            del self._held[client]

    def _hand_out(self) -> None:
        """Give free workers to who waits longest, and holds not too many."""
        for ended in [worker for worker in self._free if worker.ended]:
            self._free.remove(ended)
            self._all.discard(ended)
            self.deaths["died"] += 1
            self._held[_NOBODY] += 1
            self._replace(_NOBODY)
        for entry in list(self._waiting) if self._free else ():
            client, future = entry
            if self._free and not future.done() and self._held[client] < self._most:
                self._waiting.remove(entry)
                self._held[client] += 1
                future.set_result(self._free.pop())

    def _add(self, worker: _Worker) -> None:
        self._all.add(worker)
        self._free.append(worker)
        self._hand_out()

    def _replace(self, client: str) -> None:
        """Start a worker in place of one that has ended, which its client holds for so long."""
        if not self._closed:
            task = asyncio.create_task(self._started(client))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _started(self, client: str) -> None:
        while True:
            try:
                worker, _ = await _Worker.start(self._duty)
            except (GraphError, OSError):  # such as too many files that are open
                await asyncio.sleep(_PAUSE)
            else:
                self._let_go(client)
                self._add(worker)
                return
