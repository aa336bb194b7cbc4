"""The connections of clients: how many there may be, and how much may come before the body of a request.

uvicorn leaves both open, or counts all clients as one.
"""

import asyncio
from typing import cast

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from tipgraph.server.clients import Networks, is_among, peer_of, share
from tipgraph.server.middleware import problem

BACKLOG = 256  # connections that wait to be taken; they too need a descriptor, of which a process has 1,024 mostly
_ALL = 640  # connections that are open at a time
_EACH = 64  # of one client; browsers open six
_PATIENCE = 15  # seconds until the headers of a request have come
_LARGEST = 65_000  # bytes; httptools takes no longer address apart


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 by httptools; a client with too many connections, or too much before a body, is told so and cut off."""

    proxies: Networks = ()  # who may have more connections, being many clients
    share = ""  # whose connection it is
    _late: asyncio.TimerHandle | None = None
    _head: int | None = 0  # bytes of the address and the headers that came so far; None once they are there

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, unless there are too many connections."""
        super().connection_made(transport)
        peer = peer_of(self.client)
        self.share = share(peer)
        if refusal := self._refusal(is_proxy=is_among(peer, self.proxies)):
            self.connections.discard(self)  # it ends in a moment, and takes no place of others until then
            self._refuse(refusal)
        else:
            self._late = self.loop.call_later(_PATIENCE, transport.close)

    def _refusal(self, *, is_proxy: bool) -> Response | None:
        wait = {"retry-after": "5"}
        if len(self.connections) > _ALL:
            return problem(503, "too many clients are connected; ask again in a moment", wait)
        opened = cast("set[BoundedProtocol]", self.connections)
        if not is_proxy and sum(one.share == self.share for one in opened) > _EACH:
            return problem(429, f"more than {_EACH} connections from your address; close some", wait)
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._arrived()
        super().connection_lost(exc)

    def _arrived(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None

    def on_message_begin(self) -> None:
        """Begin to count."""
        self._head = 0
        if self._late is None:
            self._late = self.loop.call_later(_PATIENCE, self.transport.close)
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take a part of the address; a longer one ends the parser, which might cut it short (httptools 0.6)."""
        super().on_url(url)
        if len(self.url) > _LARGEST:
            raise ValueError("the address is too long")

    def on_headers_complete(self) -> None:
        """Stop counting: what comes now is a body, which whoever reads it bounds."""
        self._head = None
        self._arrived()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Take what comes; cut it off where the headers do not end."""
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > _LARGEST and not self.transport.is_closing():
                self.send_400_response("The address and the headers are too long.")

    def send_400_response(self, msg: str) -> None:
        """Say what may be wrong with a request that is not understood."""
        self._refuse(problem(400, f"{msg} An address has 65,000 bytes at most: ask a longer query by POST."))

    def _refuse(self, refusal: Response) -> None:
        """Answer without a request that anybody else could answer, with the headers that all answers have."""
        headers = [*self.server_state.default_headers, *refusal.raw_headers, (b"connection", b"close")]
        lines = b"".join(b"%s: %s\r\n" % line for line in headers)
        self.transport.write(STATUS_LINE[refusal.status_code] + lines + b"\r\n" + bytes(refusal.body))
        self.transport.close()


def protocol(proxies: Networks) -> type[BoundedProtocol]:
    """Return the protocol of a server behind proxies."""
    return type("Protocol", (BoundedProtocol,), {"proxies": proxies})
