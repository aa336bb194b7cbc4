"""The pages of the graph: those that lie somewhere already, or written now, while the server answers queries."""

import asyncio
import json
import logging
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from tipgraph.model import kit
from tipgraph.outputs import NAME as BOOK
from tipgraph.runtime import command
from tipgraph.server.middleware import problem

log = logging.getLogger("tipgraph.server")


class StaticPages:
    """The pages as an application: a folder, once there is one."""

    def __init__(self) -> None:
        """Say that none is there yet."""
        self._files: StaticFiles | None = None
        self._without = problem(503, "the pages are being written; ask again in a moment", {"retry-after": "5"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a page."""
        if scope["method"] not in ("GET", "HEAD"):
            await problem(405, "nothing is written here", {"allow": "GET, HEAD"})(scope, receive, send)
        elif "\0" in scope["path"]:
            await problem(404, "there is nothing here")(scope, receive, send)
        elif self._files is None:
            await self._without(scope, receive, send)
        else:
            await self._files(scope, receive, _taken(send) if scope["path"].endswith(f"/{BOOK}") else send)

    def take(self, folder: Path) -> None:
        """Serve a folder from now on."""
        self._files = StaticFiles(directory=folder, html=True)

    async def write(self, folder: Path, generation: Path, texts: Path | None) -> None:
        """Write the pages of a generation into a folder, in a process of its own, and serve them from then on."""
        log.info("the pages are being written, which may take a while; queries are answered already")
        words = command("tipgraph.server.site_worker", str(generation), str(folder), str(texts or ""))
        process = await asyncio.create_subprocess_exec(*words, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
        try:
            _, said = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        if process.returncode:
            why = said.decode("utf-8", "replace").strip()[-300:]
            self._without = problem(500, "the pages could not be written; the log of the server says why")
            log.error("the pages could not be written: %s", why)
        else:
            self.take(folder)
            log.info("the pages are there")

    def leave_out(self) -> None:
        """Say that there are no pages here."""
        self._without = problem(404, "there is nothing here: this server was started without pages")


def _taken(send: Send) -> Send:
    """Let an answer be saved, not shown: the site in one file has a policy of its own, which ours would not let be."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"content-disposition", b"attachment")]
        await send(message)

    return sent


def fits(folder: Path, digest: str) -> bool:
    """Tell whether a folder holds the pages of a graph of that digest, as this program writes them."""
    try:
        made = json.loads((folder / "site.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return bool(made.get("graph") == digest and made.get("edition") == kit.edition())
