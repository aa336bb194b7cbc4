"""Limits on connections: their number for each client, and the size of what comes before a body.

uvicorn has no such limits, or counts all clients as one.
"""

import asyncio
from typing import cast

from starlette.responses import Response
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from tipgraph.server.clients import Networks, is_among, peer_of, share
from tipgraph.server.middleware import problem

BACKLOG = 256  # connections that wait; each needs a descriptor, and a process mostly has 1,024
_ALL = 640  # open connections
_EACH = 64  # open connections of one client; browsers open six
_PATIENCE = 15  # seconds until the headers of a request have come
_LARGEST = 65_000  # bytes; httptools cannot parse a longer address


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 by httptools; refuses a client with too many connections, or too much before a body."""

    proxies: Networks = ()  # they have many clients, and may have more connections
    share = ""  # the key of the client
    _late: asyncio.TimerHandle | None = None
    _head: int | None = 0  # bytes of the address and headers so far; None once they are complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, or refuse the connection."""
        super().connection_made(transport)
        peer = peer_of(self.client)
        self.share = share(peer)
        if refusal := self._refusal(is_proxy=is_among(peer, self.proxies)):
            self.connections.discard(self)  # it ends in a moment, and must not count until then
            self._refuse(refusal)
        else:
            self._late = self.loop.call_later(_PATIENCE, transport.close)

    def _refusal(self, *, is_proxy: bool) -> Response | None:
        wait = {"retry-after": "5"}
        if len(self.connections) > _ALL:
            return problem(503, "too many clients are connected; ask again in a moment", wait)
        connections = cast("set[BoundedProtocol]", self.connections)
        if not is_proxy and sum(connection.share == self.share for connection in connections) > _EACH:
            return problem(429, f"more than {_EACH} connections from your address; close some", wait)
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        self._arrived()
        super().connection_lost(exc)

    def _arrived(self) -> None:
        if self._late:
            self._late.cancel()
            self._late = None

    def on_message_begin(self) -> None:
        """Start to count bytes."""
        self._head = 0
        if self._late is None:
            self._late = self.loop.call_later(_PATIENCE, self.transport.close)
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take a part of the address; raise ValueError if it is too long, as httptools 0.6 might cut it."""
        super().on_url(url)
        if len(self.url) > _LARGEST:
            raise ValueError("the address is too long")

    def on_headers_complete(self) -> None:
        """Stop counting: a body follows, which its reader limits."""
        self._head = None
        self._arrived()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Take data; refuse the request if its headers are too long."""
        super().data_received(data)
        if self._head is not None:
            self._head += len(data)
            if self._head > _LARGEST and not self.transport.is_closing():
                self.send_400_response("The address and the headers are too long.")

    def send_400_response(self, msg: str) -> None:
        """Refuse a request that cannot be parsed."""
        self._refuse(problem(400, f"{msg} An address may have 65,000 bytes: send a longer query by POST."))

    def _refuse(self, refusal: Response) -> None:
        """Send a refusal and close: there is no request for the application; the headers are those of all answers."""
        headers = [*self.server_state.default_headers, *refusal.raw_headers, (b"connection", b"close")]
        lines = b"".join(b"%s: %s\r\n" % line for line in headers)
        self.transport.write(STATUS_LINE[refusal.status_code] + lines + b"\r\n" + bytes(refusal.body))
        self.transport.close()


def protocol(proxies: Networks) -> type[BoundedProtocol]:
    """Return the protocol of a server behind proxies."""
    return type("Protocol", (BoundedProtocol,), {"proxies": proxies})
