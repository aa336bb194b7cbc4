"""The connection of a client: what comes before the body of a request is bounded, which uvicorn leaves open."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_PATIENCE = 15  # seconds until the headers of a request have come
_LARGEST = 65_000  # bytes; httptools takes no longer address apart


class BoundedProtocol(HttpToolsProtocol):
    """HTTP/1.1 by httptools; a client that sends more than 65,000 bytes before a body is told so and cut off."""

    _late: asyncio.TimerHandle | None = None
    _head: int | None = 0  # bytes of the address and the headers that came so far; None once they are there

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._late = self.loop.call_later(_PATIENCE, transport.close)

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
        super().send_400_response(f"{msg} An address has 65,000 bytes at most: ask a longer query by POST.")
