"""Workers: each query is answered in a process that is ended at its deadline.

A query that takes half a second is long. Its process gives way to all others, another one is started in its place, and
it ends after its answer. There is room for one long query less than there are workers. Clients that lately asked a long
query never get the last free worker, and none while there is no room for another long query. So somebody who asks short
queries finds a worker, whatever others ask.

Decision: docs/decisions/0075-the-server-front-knows-no-graph.md.
"""

import asyncio
import json
import logging
import os
import struct
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, cast

from tipgraph.errors import GraphError
from tipgraph.server.options import Refusal

log = logging.getLogger("tipgraph.server")
LENGTH, LENGTHS = struct.Struct(">I"), struct.Struct(">II")  # of a job; of the two parts of an answer
_SOON = 0.5  # seconds of the processor; a query that takes more is long
_LOOK = 0.1  # seconds until the next look at a query
_REMEMBERED = 60  # seconds in which a client counts as one with long queries
_PATIENCE = 30  # seconds for the start of a worker
_PAUSE = 1  # seconds between attempts to start one
_BUSY = "the server is busy; ask again in a moment"
_FULL = "long queries take all the room there is; ask again in a moment"
_STOPPED = "the query took longer than {:g} seconds and was stopped; ask for less"
_DIED = "the query ended the process that ran it: nested too deep, or larger than the memory allowed; ask for less"


class WorkerReply(NamedTuple):
    """An answer of a worker: its status, media type and headers, and its body."""

    about: Mapping[str, Any]
    body: bytes


class Worker:
    """A process that answers one job at a time."""

    def __init__(self, process: Process) -> None:
        """Wrap a process that was started."""
        self.process, self.is_long, self.is_refused = process, False, False
        self._in, self._out = cast(asyncio.StreamWriter, process.stdin), cast(asyncio.StreamReader, process.stdout)

    @classmethod
    async def start(cls, command: Sequence[str]) -> "Worker":
        """Start a worker; raise EOFError, OSError or TimeoutError if it does not start."""
        started = partial(asyncio.create_subprocess_exec, start_new_session=True)  # Ctrl-C is not for it
        worker = cls(await started(*command, stdin=PIPE, stdout=PIPE, limit=1 << 20))
        try:
            async with asyncio.timeout(_PATIENCE):
                await worker._read()
        except BaseException:
            worker.end()
            raise
        return worker

    async def answer(self, job: Mapping[str, Any]) -> WorkerReply:
        """Return the answer to a job; raise EOFError if the process ends before."""
        text = json.dumps(job).encode("utf-8")
        self._in.write(LENGTH.pack(len(text)) + text)
        return await self._read()

    async def _read(self) -> WorkerReply:
        header, body = LENGTHS.unpack(await self._out.readexactly(LENGTHS.size))
        return WorkerReply(json.loads(await self._out.readexactly(header)), await self._out.readexactly(body))

    def used(self) -> float:
        """Return the seconds of the processor that the process took, or those of the clock if the system has no such.

        On a busy machine each query takes a while, and is not long for that.
        """
        try:
            return time.clock_gettime(~self.process.pid << 3 | 2)  # as of clock_getcpuclockid, on Linux
        except (AttributeError, OSError):
            return time.monotonic()

    def give_way(self) -> None:
        """Let the process yield to all others, if the system can; without rights this cannot be undone."""
        self.is_long = True
        with suppress(AttributeError, OSError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 19)

    def end(self) -> None:
        """End the process at once."""
        with suppress(ProcessLookupError):
            self.process.kill()


class _Call:
    """A job of a client, from its arrival until its answer: it waits for a worker, and then has one."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self.worker: Worker | None = None


class Pool:
    """The workers of a server, and the calls that wait for one."""

    def __init__(self, command: Sequence[str], size: int, seconds: float) -> None:
        """Prepare a pool; `start` starts its workers."""
        self._command, self._size, self._seconds = command, size, seconds
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._calls: list[_Call] = []
        self._slow: dict[str, float] = {}  # clients that asked long queries, and until when they count as such
        self._tasks: set[asyncio.Task[Any]] = set()
        self.is_able = True

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of workers, of those that answer now, and of requests that wait."""
        waiting = sum(not call.turn.done() for call in self._calls)
        return {"workers": len(self._all), "busy": len(self._all) - len(self._free), "waiting": waiting}

    async def start(self) -> None:
        """Start all workers; raise GraphError if one does not start."""
        try:
            for worker in await asyncio.gather(*(Worker.start(self._command) for _ in range(self._size))):
                self._add(worker)
        except (EOFError, OSError, TimeoutError) as error:
            raise GraphError("no worker could be started; build the store again") from error

    async def close(self) -> None:
        """End all workers."""
        for task in [*self._tasks]:
            task.cancel()
        for worker in self._all:
            worker.end()
        await asyncio.gather(*(worker.process.wait() for worker in self._all))

    async def ask(self, job: Mapping[str, Any], client: str) -> WorkerReply:
        """Return the answer of a worker to a job before the deadline.

        Raises Refusal: 503 if no worker was free, 504 at the deadline, 500 if the process ended, else as the job says.
        """
        call, answer = _Call(client), None
        self._calls.append(call)
        self._hand_out()
        try:
            async with asyncio.timeout(self._seconds):
                worker = await call.turn
                watch = asyncio.create_task(self._watch(call, worker))
                try:
                    answer = await worker.answer(job)
                finally:
                    watch.cancel()
        except TimeoutError as error:
            late = Refusal(504, _STOPPED.format(self._seconds)) if call.worker else Refusal(503, _BUSY)
            raise late from error
        except (EOFError, OSError) as error:
            why = Refusal(503, _FULL) if worker.is_refused else Refusal(500, _DIED)
            raise why from error
        finally:
            self._take_back(call, is_sound=answer is not None)
        if "error" in answer.about:
            raise Refusal(answer.about["status"], answer.about["error"])
        return answer

    def _take_back(self, call: _Call, *, is_sound: bool) -> None:
        """Take back the worker of a call, or end it."""
        self._calls.remove(call)
        if call.worker and is_sound and not call.worker.is_long:
            self._free.append(call.worker)
        elif call.worker:
            self._remember(call.client)
            call.worker.end()
        self._hand_out()

    async def _watch(self, call: _Call, worker: Worker) -> None:
        """Let a query that is long give way, and start another worker in its place; without room for it, end it."""
        before = worker.used()
        await asyncio.sleep(_SOON)
        while worker.used() - before < 0.8 * _SOON:
            await asyncio.sleep(_LOOK)
        self._remember(call.client)
        if self._has_room():
            worker.give_way()
            self._later(self._start_one())
        else:
            worker.is_refused = True
            worker.end()

    def _has_room(self) -> bool:
        """Tell whether there is room for another long query."""
        return sum(worker.is_long for worker in self._all) < max(1, self._size - 1)

    def _remember(self, client: str) -> None:
        now = time.monotonic()
        self._slow = {name: until for name, until in self._slow.items() if until > now} | {client: now + _REMEMBERED}

    def _is_slow(self, call: _Call) -> bool:
        return self._slow.get(call.client, 0) > time.monotonic()

    def _hand_out(self) -> None:
        """Give free workers to those that wait, in their order; from clients with long queries some are kept."""
        kept = min(1, self._size - 1) if self._has_room() else self._size
        for call in self._calls:
            if not call.turn.done() and len(self._free) > (kept if self._is_slow(call) else 0):
                call.worker = self._free.pop()
                call.turn.set_result(call.worker)

    def _add(self, worker: Worker) -> None:
        self._all.add(worker)
        self._free.append(worker)
        self._later(self._see_off(worker))
        self._hand_out()

    async def _see_off(self, worker: Worker) -> None:
        """Wait until a worker has ended, and start another one, unless that was done when its query became long."""
        await worker.process.wait()
        self._all.discard(worker)
        if worker in self._free:
            self._free.remove(worker)
        if not worker.is_long:
            await self._start_one()

    async def _start_one(self) -> None:
        while True:
            try:
                worker = await Worker.start(self._command)
            except (EOFError, OSError, TimeoutError):  # such as too many open files
                self.is_able = bool(self._all)
                log.exception("a worker could not be started; the server tries again")
                await asyncio.sleep(_PAUSE)
            else:
                self.is_able = True
                self._add(worker)
                return

    def _later(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
