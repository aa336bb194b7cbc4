"""Pools of workers: each request is answered in a process that can be ended at its deadline.

A request waits for a worker and its answer until its deadline. A worker that ends is replaced. A worker with a long
query gives way to all others, and is replaced after its answer. Long queries may hold all workers but one, which is
left for short queries. A fast worker gets jobs ahead, of the same client only; once one takes a while, those behind it
wait for other workers too, and the first answer counts.

Decision: docs/decisions/0075-the-server-front-knows-no-graph.md.
Decision: docs/decisions/0181-a-fast-worker-gets-its-next-jobs-ahead.md.
"""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Mapping
from time import monotonic
from typing import Any

from tipgraph.errors import GraphError, TipgraphError
from tipgraph.server.landlock import Fence
from tipgraph.server.pipes import Duty, Job, Worker
from tipgraph.server.query_jobs import JobAnswer

_SOON = 0.5  # processor seconds; a query that takes more is long
_LATE = 4  # times as many seconds of the clock; a query that takes more is long too
_BRIEF = 0.005  # seconds; a worker gets jobs ahead as long as all of its jobs take less
_AHEAD = 16  # jobs that a worker has at most
_TICK = 0.02  # seconds between two looks at the workers, while any has a job
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
        self._waiting: deque[Job] = deque()
        self._held: Counter[str] = Counter()  # workers by client; a worker counts until its replacement has started
        self._long: list[Worker] = []  # workers with a long query or a slow client, also while they are replaced
        self._slow: dict[str, float] = {}  # slow clients, and the time until which they count as such
        self._starting: set[asyncio.Task[None]] = set()
        self._looking: asyncio.TimerHandle | None = None
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
        loop = asyncio.get_running_loop()
        text = json.dumps(job).encode("utf-8")
        waiting = Job(client, text, seconds, monotonic() + seconds, loop.create_future())
        self._waiting.append(waiting)
        self._hand_out()
        if self._looking is None:
            self._looking = loop.call_later(_TICK, self._look)
        try:
            header, body = await waiting.answer
        except asyncio.CancelledError:
            self._withdraw(waiting)
            raise
        if "error" in header:
            raise Refused(header["status"], header["error"])
        return JobAnswer(header["status"], header["media"], body, header["headers"])

    async def close(self) -> None:
        """End all workers."""
        self._closed = True
        if self._looking:
            self._looking.cancel()
        for task in self._starting:
            task.cancel()
        for worker in self._all:
            worker.end()
        await asyncio.gather(*(worker.gone() for worker in self._all))

    def _answered(self, worker: Worker, header: dict[str, Any], body: bytes) -> None:
        """Hand over an answer; the first counts, if a job was given to two workers."""
        if not worker.jobs or worker not in self._all:  # it was ended
            return
        job = worker.take(monotonic())
        if not job.answer.done():
            self._forget(job)
            job.answer.set_result((header, body))
        if worker.yields or not worker.jobs:
            self._back(worker, sound=not worker.yields)
        elif self._waiting:
            self._hand_out()

    def _lost(self, worker: Worker) -> None:
        """Replace a worker whose process has ended by itself."""
        if worker not in self._all:
            return
        self.deaths["died"] += 1
        if worker.jobs:
            job, why = worker.jobs.popleft(), "nested too deep, or larger than the memory allowed; ask for less"
            self._forget(job)
            job.fail(WorkerDied(f"the query ended the process that ran it: {why}"))
        else:
            self._free.remove(worker)
            worker.client = ""  # of no client
            self._held[worker.client] += 1
        self._back(worker, sound=False)

    def _withdraw(self, job: Job) -> None:
        """Free the worker of a job that nobody waits for any more; one that is behind others is answered in vain."""
        self._forget(job)
        for worker in [worker for worker in self._all if worker.jobs and worker.jobs[0] is job]:
            worker.jobs.popleft()
            self._back(worker, sound=False)

    def _forget(self, job: Job) -> None:
        """Let a job wait no longer, if it does."""
        if job.worker is None and job in self._waiting:
            self._waiting.remove(job)

    def _look(self) -> None:
        """Look at all jobs: which are late, which are long, and which should not wait for those before them."""
        now = monotonic()
        for job in [job for job in self._waiting if job.until <= now]:
            self._waiting.remove(job)
            job.fail(WorkerBusy("the server is busy; ask again in a moment"))
        for worker in [*self._all]:
            if worker.jobs:
                self._look_at(worker, now)
        self._hand_out()
        has_work = self._waiting or any(worker.jobs for worker in self._all)
        self._looking = asyncio.get_running_loop().call_later(_TICK, self._look) if has_work else None

    def _look_at(self, worker: Worker, now: float) -> None:
        job = worker.jobs[0]
        if job.until <= now:
            self.deaths["late"] += 1
            message = f"the query took longer than {job.seconds:g} seconds and was stopped; ask for less"
            worker.jobs.popleft().fail(QueryTimeout(message))
            self._back(worker, sound=False)
        elif now - worker.since > _TICK:
            self._take_back(worker)
            if not worker.yields and self._is_long(worker, now):
                self._give_way(worker)

    def _is_long(self, worker: Worker, now: float) -> bool:
        """Tell whether a query is long, by processor time: on a busy machine every query takes a while."""
        if not worker.look:
            worker.before, worker.look = worker.used(), now + _SOON
        elif worker.look <= now:
            worker.look = now + _SOON
            return now - worker.since >= _LATE * _SOON or worker.used() - worker.before >= 0.9 * _SOON
        return False

    def _give_way(self, worker: Worker) -> None:
        """Let a long query give way to all others."""
        worker.give_way()
        if worker not in self._long:
            self._long.append(worker)
        self._remember(worker.client)

    def _take_back(self, worker: Worker, first: int = 1) -> None:
        """Let the jobs behind the first one wait for other workers too."""
        for job in reversed([*worker.jobs][first:]):
            if job.worker is worker and not job.answer.done():
                job.worker = None
                self._waiting.appendleft(job)

    def _remember(self, client: str) -> None:
        now = monotonic()
        self._slow = {name: until for name, until in self._slow.items() if until > now}
        self._slow[client] = now + _REMEMBERED

    def _is_slow(self, client: str) -> bool:
        return self._slow.get(client, 0) > monotonic()

    def _may_have(self, client: str) -> bool:
        """Tell whether a client may have one more worker."""
        has_room = not self._is_slow(client) or len(self._long) < self._most
        return has_room and self._held[client] < self._most

    def _back(self, worker: Worker, *, sound: bool) -> None:
        """Take a worker without a job, or end it and take its jobs back."""
        if sound:
            self._let_go(worker)
            self._free.append(worker)
        else:
            worker.end()
            self._all.discard(worker)
            self._take_back(worker, 0)
            worker.jobs.clear()
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
        """Give jobs to fast workers of their clients; then to free workers, first those of clients with the fewest."""
        now = monotonic()
        if self._waiting:
            self._give_ahead(now)
        while self._free and (job := self._next()):
            worker = self._free.pop()
            worker.client = job.client
            self._held[job.client] += 1
            if self._is_slow(job.client):
                self._long.append(worker)
            self._give(worker, job, now)
        if self._waiting:
            self._displace()

    def _give(self, worker: Worker, job: Job, now: float) -> None:
        self._waiting.remove(job)
        worker.give(job, now)

    def _give_ahead(self, now: float) -> None:
        """Give fast workers more jobs of the same client, unless the next free worker is for another one."""
        others = [self._held[job.client] for job in self._waiting if self._may_have(job.client)]
        fewest = min(others, default=self._size)
        for worker in self._all:
            if worker.jobs and not worker.yields and self._held[worker.client] <= fewest:
                pace = max(worker.pace, now - worker.since)
                for job in [job for job in self._waiting if job.client == worker.client]:
                    if len(worker.jobs) < _AHEAD and pace * (len(worker.jobs) + 1) < _BRIEF:
                        self._give(worker, job, now)

    def _next(self) -> Job | None:
        allowed = [job for job in self._waiting if self._may_have(job.client)]
        return min(allowed, key=lambda job: self._held[job.client], default=None)

    def _displace(self) -> None:
        """End a long query in favour of a short one if long ones hold all workers, or of a client without a worker.

        The youngest is ended; its request waits again until its deadline.
        """
        room = self._most - len(self._long)
        running = [worker for worker in self._long if worker in self._all]
        for client in [job.client for job in self._waiting] if room <= 0 else ():
            if self._is_slow(client):
                taken = [worker for worker in running if self._held[worker.client] > 1 and not self._held[client]]
            else:
                taken = running if room < 0 and self._held[client] < self._most else []
            if taken:
                self.deaths["displaced"] += 1
                self._long.remove(taken[-1])
                self._back(taken[-1], sound=False)
                return

    def _add(self, worker: Worker) -> None:
        self._all.add(worker)
        self._free.append(worker)
        worker.call(self._answered, self._lost)
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
