"""The pages of the graph: from a folder, or written while the server answers queries."""

import asyncio
import logging
import os
import stat
from asyncio.subprocess import DEVNULL, PIPE
from pathlib import Path

from starlette.staticfiles import StaticFiles
from starlette.types import Message, Receive, Scope, Send

from tipgraph.model import kit
from tipgraph.outputs import NAME as BOOK
from tipgraph.outputs import mode_of, site_at, site_files
from tipgraph.runtime import command
from tipgraph.server.middleware import problem

log = logging.getLogger("tipgraph.server")


class StaticPages:
    """An application that serves the pages of a folder, once there is one."""

    def __init__(self) -> None:
        """Begin without pages."""
        self._files: StaticFiles | None = None
        self._without = problem(503, "the pages are being written; ask again in a moment", {"retry-after": "5"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a page, or a problem."""
        if scope["method"] not in ("GET", "HEAD"):
            await problem(405, "this site is read only", {"allow": "GET, HEAD"})(scope, receive, send)
        elif "\0" in scope["path"]:
            await problem(404, "there is no such page")(scope, receive, send)
        elif self._files is None:
            await self._without(scope, receive, send)
        else:
            await self._files(scope, receive, _as_download(send) if scope["path"].endswith(f"/{BOOK}") else send)

    def take(self, folder: Path) -> None:
        """Serve a folder from now on."""
        self._files = _ListedFiles(folder)

    async def write(self, folder: Path, generation: Path, texts: Path | None, *, in_house: bool) -> None:
        """Write the pages of a generation into a folder in a process of its own, and serve them."""
        log.info("the pages are being written, which may take a while; queries are answered meanwhile")
        words = [str(generation), str(folder), str(texts or ""), mode_of(in_house=in_house)]
        words = command("tipgraph.server.site_worker", *words)
        process = await asyncio.create_subprocess_exec(*words, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
        try:
            _, errors = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        if process.returncode:
            why = errors.decode("utf-8", "replace").strip()[-300:]
            self._without = problem(500, "the pages could not be written; see the log of the server")
            log.error("the pages could not be written: %s", why)
        else:
            self.take(folder)
            log.info("the pages are written")

    def leave_out(self) -> None:
        """Serve no pages."""
        self._without = problem(404, "this server was started without pages")


class _ListedFiles(StaticFiles):
    """The files that the site of a folder lists, and no other file in it.

    Decision: docs/decisions/0061-a-site-names-its-files.md.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, html=True)
        self._listed = site_files(folder)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Return the place of a file or folder and its state; none for a file that is not listed."""
        place, state = super().lookup_path(path)
        if state and not stat.S_ISDIR(state.st_mode) and Path(path).as_posix() not in self._listed:
            return "", None
        return place, state


def _as_download(send: Send) -> Send:
    """Send an answer as a download: the policy of the server would break the site in one file."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"content-disposition", b"attachment")]
        await send(message)

    return sent


def fits(folder: Path, digest: str, *, in_house: bool) -> bool:
    """Tell whether a folder has the pages of the graph with a digest in a mode, written and listed by this version."""
    wanted = {"graph": digest, "edition": kit.edition(), "mode": mode_of(in_house=in_house)}
    return bool(site_files(folder)) and wanted.items() <= site_at(folder).items()
