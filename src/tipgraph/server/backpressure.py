"""Backpressure: limits on the bytes that are being sent, and on the time in which a client reads an answer."""

import asyncio
from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tipgraph.server.pool import WorkerBusy
from tipgraph.server.query_jobs import JobAnswer

_PART = 1 << 16  # bytes; a smaller answer is sent at once
_PATIENCE = 60  # seconds that a client may take to read a large answer


class Outgoing:
    """The large answers that are being sent."""

    def __init__(self, most: int) -> None:
        """Allow `most` bytes at a time."""
        self._most, self.bytes = most, 0

    def response(self, answer: JobAnswer) -> Response:
        """Return the response of an answer; raise WorkerBusy if too many bytes are being sent."""
        if len(answer.body) <= _PART:
            return Response(answer.body, answer.status, _headers(answer))
        if self.bytes + len(answer.body) > self._most:
            raise WorkerBusy("too many large answers are being sent; ask again in a moment")
        return _Large(answer, self)


class _Large(Response):
    """An answer that is sent in parts, as the client reads them."""

    def __init__(self, answer: JobAnswer, outgoing: Outgoing) -> None:
        super().__init__(answer.body, answer.status, _headers(answer))
        self._outgoing = outgoing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send the answer; if the client does not read it, stop and close the connection."""
        body = memoryview(self.body)
        self._outgoing.bytes += len(body)
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async with asyncio.timeout(_PATIENCE):
                for at in range(0, len(body), _PART):
                    part = bytes(body[at : at + _PART])
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            return  # the server closes a connection with an incomplete answer
        finally:
            self._outgoing.bytes -= len(body)


def _headers(answer: JobAnswer) -> Mapping[str, str]:
    return {"content-type": answer.media, "vary": "Accept", **answer.headers}
