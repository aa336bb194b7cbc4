"""A listener on loopback that counts who connects to it, and answers nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Canary:
    """How many connections were opened to an address."""

    def __init__(self, listening: socket.socket) -> None:
        self._listening, self.count = listening, 0
        self.host = "127.0.0.1:%d" % listening.getsockname()[1]  # noqa: UP031

    @property
    def address(self) -> str:
        return f"http://{self.host}/"

    def at(self, text: str) -> str:
        """Put the address into a text."""
        return text.replace("URLHOST", self.host).replace("URL", self.address)

    def listen(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                self.count += 1
                connection.close()


@contextmanager
def canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Canary(listening)
        threading.Thread(target=found.listen, daemon=True).start()
        yield found
        listening.shutdown(socket.SHUT_RDWR)
