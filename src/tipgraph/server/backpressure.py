"""Answers on their way: all of them together are bounded, and so is the time that a client takes to read one."""

import asyncio
from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tipgraph.server.pool import WorkerBusy
from tipgraph.server.query_jobs import JobAnswer

_PART = 1 << 16  # bytes; less is handed to the system as it is
_PATIENCE = 60  # seconds that a client may take to read a large answer


class Outgoing:
    """How many bytes of large answers are on their way."""

    def __init__(self, most: int) -> None:
        """Let so many bytes be on their way at a time."""
        self._most, self._bytes = most, 0

    def response(self, answer: JobAnswer) -> Response:
        """Return an answer to be sent; raise WorkerBusy where too much is on its way."""
        if len(answer.body) <= _PART:
            return Response(answer.body, answer.status, _headers(answer))
        if self._bytes + len(answer.body) > self._most:
            raise WorkerBusy("too many large answers are on their way; ask again in a moment")
        return _Large(answer, self)

    def take(self, size: int) -> None:
        """Count bytes that set out, or, below zero, that have arrived or never will."""
        self._bytes += size


class _Large(Response):
    """An answer that is sent in parts, as the client reads them."""

    def __init__(self, answer: JobAnswer, outgoing: Outgoing) -> None:
        super().__init__(answer.body, answer.status, _headers(answer))
        self._outgoing = outgoing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it; a client that does not read is given up, and the connection closed before its end."""
        body = memoryview(self.body)
        self._outgoing.take(len(body))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async with asyncio.timeout(_PATIENCE):
                for at in range(0, len(body), _PART):
                    part = bytes(body[at : at + _PART])
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            return  # the server closes a connection whose answer has no end
        finally:
            self._outgoing.take(-len(body))


def _headers(answer: JobAnswer) -> Mapping[str, str]:
    return {"content-type": answer.media, "vary": "Accept", **answer.headers}
