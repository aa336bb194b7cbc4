"""Pools of workers: each request is answered in a process that can be ended at its deadline.

A request waits for a worker and its answer until its deadline. A worker that ends is replaced. A worker with a long
query gives way to all others, and is replaced after its answer. Long queries may hold all workers but one, which is
left for short queries.

Decision: docs/decisions/0075-the-server-front-knows-no-graph.md.
"""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Mapping
from typing import Any

from tipgraph.errors import GraphError, TipgraphError
from tipgraph.server.landlock import Fence
from tipgraph.server.pipes import Duty, Worker
from tipgraph.server.query_jobs import JobAnswer

_SOON = 0.5  # processor seconds; a query that takes more is long
_LATE = 4  # times as many seconds of the clock; a query that takes more is long too
_REMEMBERED = 60  # seconds for which a client counts as slow
_PAUSE = 1  # seconds between attempts to start a worker


class WorkerBusy(TipgraphError):
    """All workers were busy until the deadline of the request.

    Ask again after the seconds in `Retry-After`.
    """

    http_status = 503


class QueryTimeout(TipgraphError):
    """A query took longer than its deadline.

    Ask for less; the operator of the server can set a longer `--deadline`.
    """

    http_status = 504


class WorkerDied(TipgraphError):
    """A query ended its process: it needed more memory or depth than is allowed.

    Nest it less deeply, or ask for less.
    """

    http_status = 500


class Refused(TipgraphError):
    """A worker refused a request.

    The status and the message are those of the error in the worker: do what it says.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.http_status = status


class Pool:
    """The workers of one duty, and the requests that wait for them.

    A client may hold all workers but one. So may all slow clients together: those that lately sent a long query or
    ended a worker; of these, a client without a worker takes one from a client with several. `deaths` counts ended
    workers by reason.
    """

    def __init__(self, duty: Duty, size: int) -> None:
        """Prepare a pool; `start` starts its workers."""
        self._duty, self._size = duty, size
        self._most = max(1, size - 1)
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._waiting: deque[tuple[str, asyncio.Future[Worker]]] = deque()
        self._held: Counter[str] = Counter()  # workers by client; a worker counts until its replacement has started
        self._long: list[Worker] = []  # workers with a long query or a slow client, also while they are replaced
        self._slow: dict[str, float] = {}  # slow clients, and the time until which they count as such
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = self._is_failing = False
        self.deaths: Counter[str] = Counter()
        self.fence = Fence(files=False, network=False, memory=False)

    @property
    def busy(self) -> int:
        """The number of workers that answer now."""
        return len(self._all) - len(self._free)

    @property
    def ready(self) -> int:
        """The number of workers."""
        return len(self._all)

    @property
    def waiting(self) -> int:
        """The number of requests that wait for a worker."""
        return len(self._waiting)

    @property
    def is_able(self) -> bool:
        """Tell whether the pool answers, now or once a worker was replaced."""
        return bool(self._all) or not self._is_failing

    async def start(self) -> None:
        """Start all workers; raise GraphError if one does not start."""
        for worker, closed in await asyncio.gather(*(Worker.start(self._duty) for _ in range(self._size))):
            self.fence = closed
            self._add(worker)

    async def ask(self, job: Mapping[str, Any], client: str, seconds: float) -> JobAnswer:
        """Return the answer of a worker to a job within some seconds.

        Raises WorkerBusy, QueryTimeout, WorkerDied, or Refused with the error of the worker.
        """
        until = asyncio.get_running_loop().time() + seconds
        answer = None
        while answer is None:  # again if its worker was displaced
            worker = await self._taken(client, until)
            answer = await self._answered(worker, json.dumps(job).encode("utf-8"), until, seconds)
        header, body = answer
        if "error" in header:
            raise Refused(header["status"], header["error"])
        return JobAnswer(header["status"], header["media"], body, header["headers"])

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        for worker in self._all:
            worker.end()
        await asyncio.gather(*(worker.gone() for worker in self._all))

    async def _taken(self, client: str, until: float) -> Worker:
        future: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append((client, future))
        self._hand_out()
        if future.done():
            return future.result()
        try:
            async with asyncio.timeout_at(until):
                return await future
        except BaseException as error:
            if future.done() and not future.cancelled():  # it got a worker while it gave up
                self._back(future.result(), sound=True)
            else:
                self._waiting.remove((client, future))
            if isinstance(error, TimeoutError):
                raise WorkerBusy("the server is busy; ask again in a moment") from error
            raise

    async def _answered(
        self, worker: Worker, job: bytes, until: float, seconds: float
    ) -> tuple[dict[str, Any], bytes] | None:
        """Return the answer of a worker, None if it was displaced; the worker goes back to the pool in any case."""
        watch = asyncio.create_task(self._until_long(worker))
        sound = False
        try:
            async with asyncio.timeout_at(until):
                answer = await worker.ask(job)
            sound = not worker.yields
        except TimeoutError as error:
            self.deaths["late"] += 1
            raise QueryTimeout(
                f"the query took longer than {seconds:g} seconds and was stopped; ask for less"
            ) from error
        except EOFError as error:
            if worker.is_displaced:
                return None
            self.deaths["died"] += 1
            raise WorkerDied(
                "the query ended the process that ran it: nested too deep, or larger than the memory allowed; "
                "ask for less"
            ) from error
        finally:
            watch.cancel()
            self._back(worker, sound=sound)
        return answer

    async def _until_long(self, worker: Worker) -> None:
        """Mark a worker once its query is long, by processor time: on a busy machine every query takes a while."""
        before = worker.used()
        for _ in range(_LATE):
            await asyncio.sleep(_SOON)
            if worker.used() - before >= 0.9 * _SOON:
                break
        worker.give_way()
        if worker not in self._long:
            self._long.append(worker)
        self._remember(worker.client)
        self._hand_out()

    def _remember(self, client: str) -> None:
        now = asyncio.get_running_loop().time()
        self._slow = {name: until for name, until in self._slow.items() if until > now}
        self._slow[client] = now + _REMEMBERED

    def _is_slow(self, client: str) -> bool:
        return self._slow.get(client, 0) > asyncio.get_running_loop().time()

    def _may_have(self, client: str) -> bool:
        """Tell whether a client may have one more worker."""
        has_room = not self._is_slow(client) or len(self._long) < self._most
        return has_room and self._held[client] < self._most

    def _back(self, worker: Worker, *, sound: bool) -> None:
        if sound:
            self._let_go(worker)
            self._free.append(worker)
        else:
            worker.end()
            self._all.discard(worker)
            self._remember(worker.client)
            self._replace(worker)
        self._hand_out()

    def _let_go(self, worker: Worker) -> None:
        if worker in self._long:
            self._long.remove(worker)
        self._held[worker.client] -= 1
        if self._held[worker.client] <= 0:
            del self._held[worker.client]

    def _hand_out(self) -> None:
        """Give free workers to the clients with the fewest, and of those to the longest waiting."""
        for ended in [worker for worker in self._free if worker.ended]:
            self._free.remove(ended)
            self._all.discard(ended)
            self.deaths["died"] += 1
            ended.client = ""  # of no client: it ended by itself
            self._held[ended.client] += 1
            self._replace(ended)
        while self._free and (entry := self._next()):
            client, future = entry
            self._waiting.remove(entry)
            worker = self._free.pop()
            worker.client = client
            self._held[client] += 1
            if self._is_slow(client):
                self._long.append(worker)
            future.set_result(worker)
        self._displace()

    def _next(self) -> tuple[str, asyncio.Future[Worker]] | None:
        allowed = [entry for entry in self._waiting if not entry[1].done() and self._may_have(entry[0])]
        return min(allowed, key=lambda entry: self._held[entry[0]], default=None)

    def _displace(self) -> None:
        """End a long query in favour of a short one if long ones hold all workers, or of a client without a worker.

        The youngest is ended; its request waits again until its deadline.
        """
        room = self._most - len(self._long)
        running = [worker for worker in self._long if worker in self._all]
        for client, _ in self._waiting if room <= 0 else ():
            if self._is_slow(client):
                taken = [worker for worker in running if self._held[worker.client] > 1 and not self._held[client]]
            else:
                taken = running if room < 0 and self._held[client] < self._most else []
            if taken:
                self.deaths["displaced"] += 1
                self._long.remove(taken[-1])
                taken[-1].is_displaced = True
                taken[-1].end()
                return

    def _add(self, worker: Worker) -> None:
        self._all.add(worker)
        self._free.append(worker)
        self._hand_out()

    def _replace(self, worker: Worker) -> None:
        """Start a worker in place of an ended one, which counts for its client until then."""
        if not self._closed:
            task = asyncio.create_task(self._started(worker))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _started(self, before: Worker) -> None:
        while True:
            try:
                worker, _ = await Worker.start(self._duty)
            except (GraphError, OSError):  # such as too many open files
                self._is_failing = True
                await asyncio.sleep(_PAUSE)
            else:
                self._is_failing = False
                self._let_go(before)
                self._add(worker)
                return
