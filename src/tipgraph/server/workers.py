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
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
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

    look: asyncio.TimerHandle  # the next look at its query

    def __init__(self, process: Process) -> None:
        """Wrap a process that was started."""
        self.process, self.is_long, self.is_refused = process, False, False
        self._in, self._out = cast(asyncio.StreamWriter, process.stdin), cast(asyncio.StreamReader, process.stdout)

    @classmethod
    async def start(cls, command: Sequence[str]) -> "Worker":
        """Start a worker; raise EOFError or OSError if it does not start."""
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, limit=1 << 20, start_new_session=True  # Ctrl-C is not for it
        )  # fmt: skip
        worker = cls(process)
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


class Pool:
    """The workers of a server, and the requests that wait for one."""

    def __init__(self, command: Sequence[str], size: int, seconds: float) -> None:
        """Prepare a pool; `start` starts its workers."""
        self._command, self._size, self._seconds = command, size, seconds
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._turns: dict[asyncio.Future[Worker], str] = {}  # of the requests that wait, each with its client
        self._slow: dict[str, float] = {}  # clients that asked long queries, and until when they count as such
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_able = True

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of workers, of those that answer now, and of requests that wait."""
        return {"workers": len(self._all), "busy": len(self._all) - len(self._free), "waiting": len(self._turns)}

    async def start(self) -> None:
        """Start all workers; raise GraphError if one does not start."""
        try:
            await asyncio.gather(*(self._start_one() for _ in range(self._size)))
        except (EOFError, OSError) as error:
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
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._turns[turn] = client
        self._hand_out()
        answer = None
        try:
            async with asyncio.timeout(self._seconds):
                answer = await self._answer(await turn, job, client)
        except TimeoutError as error:
            why = Refusal(503, _BUSY) if turn.cancelled() else Refusal(504, _STOPPED.format(self._seconds))
            raise why from error
        except (EOFError, OSError) as error:
            why = Refusal(503, _FULL) if turn.result().is_refused else Refusal(500, _DIED)
            raise why from error
        finally:
            self._turns.pop(turn, None)
            if not turn.cancelled():
                self._take_back(turn.result(), client, is_sound=answer is not None)
        if "error" in answer.about:
            raise Refusal(answer.about["status"], answer.about["error"])
        return answer

    async def _answer(self, worker: Worker, job: Mapping[str, Any], client: str) -> WorkerReply:
        self._look_later(_SOON, worker, client, worker.used())
        try:
            return await worker.answer(job)
        finally:
            worker.look.cancel()

    def _look_later(self, seconds: float, worker: Worker, client: str, before: float) -> None:
        """Look at a query later, by a timer: a task for each query would cost a tenth of the front."""
        worker.look = asyncio.get_running_loop().call_later(seconds, self._look, worker, client, before)

    def _look(self, worker: Worker, client: str, before: float) -> None:
        """Let a query that is long give way, and start another worker in its place; without room for it, end it."""
        if worker.used() - before < 0.8 * _SOON:
            self._look_later(_LOOK, worker, client, before)
            return
        self._remember(client)
        if self._has_room():
            worker.give_way()
            self._later(self._replace())
        else:
            worker.is_refused = True
            worker.end()

    def _take_back(self, worker: Worker, client: str, *, is_sound: bool) -> None:
        """Take back a worker that has answered, or end it."""
        if is_sound and not worker.is_long:
            self._free.append(worker)
        else:
            self._remember(client)
            worker.end()
        self._hand_out()

    def _has_room(self) -> bool:
        """Tell whether there is room for another long query."""
        return sum(worker.is_long for worker in self._all) < max(1, self._size - 1)

    def _remember(self, client: str) -> None:
        now = time.monotonic()
        self._slow = {name: until for name, until in self._slow.items() if until > now} | {client: now + _REMEMBERED}

    def _hand_out(self) -> None:
        """Give free workers to those that wait, in their order; from clients with long queries some are kept."""
        now, kept = time.monotonic(), min(1, self._size - 1) if self._has_room() else self._size
        for turn, client in [*self._turns.items()] if self._free else ():
            if not turn.done() and len(self._free) > (kept if self._slow.get(client, 0) > now else 0):
                turn.set_result(self._free.pop())
                del self._turns[turn]

    async def _start_one(self) -> None:
        worker = await Worker.start(self._command)
        self.is_able = True
        self._all.add(worker)
        self._free.append(worker)
        self._later(self._see_off(worker))
        self._hand_out()

    async def _see_off(self, worker: Worker) -> None:
        """Wait until a worker has ended, and replace it, unless that was done when its query became long."""
        await worker.process.wait()
        self._all.discard(worker)
        if worker in self._free:
            self._free.remove(worker)
        self._hand_out()  # there may be room again
        if not worker.is_long:
            await self._replace()

    async def _replace(self) -> None:
        """Start a worker, again and again until it starts."""
        while True:
            try:
                return await self._start_one()
            except (EOFError, OSError):  # such as too many open files
                self.is_able = bool(self._all)
                log.exception("a worker could not be started; the server tries again")
                await asyncio.sleep(_PAUSE)

    def _later(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
