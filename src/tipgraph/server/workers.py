"""Workers: each query is answered in a process that is ended at its deadline.

A query that takes half a second is long. Its process gives way to all others, another one is started in its place, and
it ends after its answer. There is room for one long query less than there are workers. Clients that lately asked a long
query never get the last free worker, and none while there is no room for another long query. So somebody who asks short
queries finds a worker, whatever others ask.

Decision: docs/decisions/0075-workers-answer-and-are-ended.md.
"""

import asyncio
import json
import logging
import os
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, cast

from tipgraph.errors import GraphError
from tipgraph.server.options import Refusal

log = logging.getLogger("tipgraph.server")
_LONG = 0.4  # seconds of the processor; a query that takes more is long
_LOOK = 0.1  # seconds until the next look at a worker
_REMEMBERED = 60  # seconds in which a client counts as one with long queries
_PATIENCE = 30  # seconds for the start of a worker
_PAUSE = 1  # seconds between attempts to start one
_BUSY = "the server is busy; ask again in a moment"
_FULL = "long queries take all the room there is; ask again in a moment"
_STOPPED = "the query took longer than {:g} seconds and was stopped; ask for less"
_DIED = "the query ended the process that ran it: nested too deep, or larger than the memory allowed; ask for less"

WorkerAnswer = tuple[Mapping[str, Any], bytes]  # what an answer is, such as its status and media type, and its body


class Worker:
    """A process that answers one job at a time."""

    def __init__(self, process: Process) -> None:
        """Wrap a process that was started."""
        self.process, self.is_long, self.is_refused = process, False, False
        self._client, self._before = "", 0.0

    @classmethod
    async def start(cls, command: Sequence[str]) -> "Worker":
        """Start a worker; raise EOFError or OSError if it does not start."""
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, limit=1 << 20)
        worker = cls(process)
        try:
            async with asyncio.timeout(_PATIENCE):
                await worker._read()
        except BaseException:
            worker.end()
            raise
        return worker

    async def answer(self, job: Mapping[str, Any]) -> WorkerAnswer:
        """Return the answer to a job; raise EOFError if the process ends before."""
        cast(asyncio.StreamWriter, self.process.stdin).write(json.dumps(job).encode("utf-8") + b"\n")
        return await self._read()

    async def _read(self) -> WorkerAnswer:
        out = cast(asyncio.StreamReader, self.process.stdout)
        about = json.loads(await out.readuntil(b"\n"))
        return about, await out.readexactly(about["size"])

    def take(self, client: str) -> "Worker":
        """Note which client is answered from now on."""
        self._client, self._before = client, self._used()
        return self

    def long_client(self) -> str:
        """Return the client whose query has become long; empty if it is not."""
        return self._client if self._used() - self._before > _LONG else ""

    def _used(self) -> float:
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
        self._keepers: list[asyncio.Task[None]] = []
        self.is_able = True

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of workers, of those that answer now, and of requests that wait."""
        return {"workers": len(self._all), "busy": len(self._all) - len(self._free), "waiting": len(self._turns)}

    async def start(self) -> None:
        """Start all workers; raise GraphError if one does not start."""
        try:
            workers = await asyncio.gather(*(Worker.start(self._command) for _ in range(self._size)))
        except (EOFError, OSError) as error:
            raise GraphError("no worker could be started; build the store again") from error
        self._keepers = [asyncio.create_task(self._keep(worker)) for worker in workers]

    async def close(self) -> None:
        """End all workers."""
        for keeper in self._keepers:
            keeper.cancel()
        for worker in self._all:
            worker.end()
        ended = (worker.process.wait() for worker in self._all)
        await asyncio.gather(*ended, *self._keepers, return_exceptions=True)

    async def ask(self, job: Mapping[str, Any], client: str) -> WorkerAnswer:
        """Return the answer of a worker to a job before the deadline.

        Raises Refusal: 503 if no worker was free, 504 at the deadline, 500 if the process ended, else as the job says.
        """
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._turns[turn] = client
        self._hand_out()
        answer = None
        try:
            async with asyncio.timeout(self._seconds):
                answer = await (await turn).answer(job)
        except TimeoutError as error:
            why = Refusal(503, _BUSY) if turn.cancelled() else Refusal(504, _STOPPED.format(self._seconds))
            raise why from error
        except (EOFError, OSError, RuntimeError) as error:  # to write to a process that has ended is a RuntimeError
            why = Refusal(503, _FULL) if turn.result().is_refused else Refusal(500, _DIED)
            raise why from error
        finally:
            self._turns.pop(turn, None)
            if not turn.cancelled():
                self._take_back(turn.result(), client, is_sound=answer is not None)
        if "error" in answer[0]:
            raise Refusal(answer[0]["status"], answer[0]["error"])
        return answer

    def _take_back(self, worker: Worker, client: str, *, is_sound: bool) -> None:
        """Take back a worker that has answered, or end it."""
        if is_sound and not worker.is_long:
            self._free.append(worker)
        else:
            self._remember(client)
            worker.end()
            self._all.discard(worker)
        self._hand_out()

    def _hand_out(self) -> None:
        """Give free workers to those that wait, in their order; from clients with long queries some are kept."""
        now, kept = time.monotonic(), min(1, self._size - 1) if self._has_room() else self._size
        for turn, client in [*self._turns.items()] if self._free else ():
            if not turn.done() and len(self._free) > (kept if self._slow.get(client, 0) > now else 0):
                turn.set_result(self._free.pop().take(client))
                del self._turns[turn]

    def _has_room(self) -> bool:
        """Tell whether there is room for another long query."""
        return sum(worker.is_long for worker in self._all) < max(1, self._size - 1)

    def _remember(self, client: str) -> None:
        now = time.monotonic()
        self._slow = {name: until for name, until in self._slow.items() if until > now} | {client: now + _REMEMBERED}

    async def _keep(self, worker: Worker) -> None:
        """Keep one worker for short queries: start another one when its query has become long, or it has ended."""
        while True:
            self.is_able = True
            self._all.add(worker)
            self._free.append(worker)
            self._hand_out()
            while worker in self._all and not worker.is_long:
                await asyncio.sleep(_LOOK)
                self._look(worker)
            worker = await self._another()

    def _look(self, worker: Worker) -> None:
        """Let a query that is long give way, or end it if there is no room for it; forget a process that has ended."""
        if worker.process.returncode is not None:
            self._all.discard(worker)
            self._free = [one for one in self._free if one is not worker]
        elif worker not in self._free and (client := worker.long_client()):
            self._remember(client)
            worker.is_refused = not self._has_room()
            if worker.is_refused:
                worker.end()
            else:
                worker.give_way()

    async def _another(self) -> Worker:
        """Start a worker, again and again until it starts."""
        while True:
            try:
                return await Worker.start(self._command)
            except (EOFError, OSError):  # such as too many open files
                self.is_able = bool(self._all)
                log.exception("a worker could not be started; the server tries again")
                await asyncio.sleep(_PAUSE)
