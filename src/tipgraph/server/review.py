"""The server of the review page: its files, the state of one session, and the actions of a person as JSON.

    browser  →  Guard (host)  →  Review, below a path that nobody can guess  →  the session of this process

Who knows the path is the person: the address that a terminal shows has it. A browser that is started gets an address
that leads there once, because other users of this machine can read the arguments of a browser.

Decision: docs/decisions/0154-the-review-page-is-served-by-this-machine.md.
"""

import asyncio
import json
import secrets
import webbrowser
from collections.abc import Callable
from functools import lru_cache, partial
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from tipgraph.errors import InputError, StaleVersion, TipgraphError, UnknownName
from tipgraph.outputs import REVIEW_FILES
from tipgraph.runtime import visible
from tipgraph.server.guard import HEADERS, Guard, hosts, problem, problem_of
from tipgraph.server.service import bound, run
from tipgraph.sources import documents

if TYPE_CHECKING:
    from tipgraph.curation import DraftSession
    from tipgraph.outputs import ShownDocument

_HOST = "127.0.0.1"
_PATIENCE = 5  # seconds for a decision that is being saved when the server stops
ACTIONS = ("accept", "edit", "reject", "miss", "correct", "remove", "later", "done", "reveal", "scope", "undo")
Record: TypeAlias = dict[str, Any]
_KEPT = 32  # pictures of pages


def review_drafts(
    session: "DraftSession",
    document: "ShownDocument | None",
    page: str,
    *,
    port: int = 0,
    browser: bool = True,
    told: Callable[[str], None] = print,
) -> None:
    """Serve the review page of a session to this machine until SIGINT or SIGTERM; `told` gets its address.

    `document` has the pages of the source, if it has some; `page` is the text of `review_page`. Port 0 is a free one.
    Raises CallError for a port in use.
    """
    place, once = (f"/{secrets.token_urlsafe(32)}/" for _ in range(2))
    with bound(_HOST, port) as listening:
        address = f"http://{_HOST}:{listening.getsockname()[1]}"
        told(f"the review page, for this machine only: {address}{place}")
        told("Ctrl-C stops it; each decision is saved already")
        if browser:  # a text browser does not return
            Thread(target=webbrowser.open, args=[address + once], daemon=True).start()
        unused = [once]

        async def elsewhere(request: Request) -> Response:
            """Lead the browser that was started to the page, once."""
            if request.url.path in unused:
                unused.clear()
                return RedirectResponse(place, 303)
            return problem(401, "open the address that `tipgraph review drafts` printed: nobody else knows it")

        methods = ["GET", "POST"]
        app = Starlette(
            routes=[
                Mount(place.rstrip("/"), routes=Review(session, document, page).routes()),
                Route("/{path:path}", elsewhere, methods=methods),
            ],
            middleware=[Middleware(Guard, hosts(_HOST), in_house=True)],
            exception_handlers={HTTPException: problem_of, TipgraphError: problem_of},
        )
        headers = [*HEADERS, ("cache-control", "no-store")]
        run(app, listening, headers, lifespan="off", proxy_headers=False, timeout_graceful_shutdown=_PATIENCE)


class Review:
    """A session and its document, one request at a time.

    With the pages of the document, each draft and claim has the boxes of its words.
    """

    def __init__(self, session: "DraftSession", document: "ShownDocument | None", page: str) -> None:
        self._session, self._document, self._page = session, document, page
        self._lock = asyncio.Lock()
        self._drawn = lru_cache(_KEPT)(self._draw)

    def routes(self) -> list[Route]:
        """Return the routes of the page."""
        return [
            Route("/", self.show),
            Route("/state", self.state),
            Route("/page/{number:int}.png", self.picture),
            Route("/assets/{name}", self.asset),
            *(Route(f"/{name}", self.act, methods=["POST"]) for name in ("value", *ACTIONS)),
        ]

    async def show(self, _: Request) -> Response:
        """Return the page."""
        return Response(self._page, media_type="text/html")

    async def asset(self, request: Request) -> Response:
        """Return a script or a style of the page."""
        if path := REVIEW_FILES.get(request.path_params["name"]):
            return FileResponse(path)
        raise HTTPException(404)

    async def picture(self, request: Request) -> Response:
        """Return the picture of a page of the document; raise UnknownName for a page that cannot be drawn."""
        picture = await run_in_threadpool(self._drawn, request.path_params["number"])
        return Response(picture, media_type="image/png")

    async def state(self, request: Request) -> Response:
        """Return the state; nothing if it still has the version that the page names."""
        record = await self._whole()
        is_known = record["version"] == request.query_params.get("version")
        return Response(status_code=204) if is_known else _told(record)

    async def act(self, request: Request) -> Response:
        """Return what an action of the session changed, or its faults; the whole state to a page that has an older one.

        `value` changes nothing: it returns the cells that words of the text fill. Raises the errors of the action.
        """
        action = getattr(self._session, request.url.path.rpartition("/")[2])
        try:
            return _told(await self._called(partial(action, **await request.json())))
        except StaleVersion as error:
            return _told(await self._whole(), error.http_status)

    async def _whole(self) -> Record:
        state = await self._called(self._session.state)
        return {**state, "pages": self._document.layout.pages if self._document else []}

    async def _called(self, call: Callable[[], Record]) -> Record:
        """Return what the session says, with the boxes of words: page, left, top, right and bottom."""
        async with self._lock:
            record = await run_in_threadpool(call)
        boxes = self._document.layout.boxes if self._document else lambda *_: ()
        for paragraph in record.get("paragraphs", ()):
            for draft in paragraph["drafts"]:
                draft["boxes"] = boxes(draft["start"], draft["end"])
            for claim in paragraph["rows"]:
                claim["boxes"] = [box for span in claim["quotes"] for box in boxes(*span)]
        return record

    def _draw(self, page: int) -> bytes:
        if self._document is None or not 1 <= page <= len(self._document.layout.pages):
            raise UnknownName(f"there is no page {page}")
        try:
            return documents.picture(self._document.path, page)
        except InputError as error:
            raise UnknownName(f"page {page} cannot be drawn") from error


def _told(record: Record, status: int = 200) -> Response:
    """Return a record as JSON with its hidden characters made visible, one for one, so that offsets stay."""
    return Response(visible(json.dumps(record, ensure_ascii=False)), status, media_type="application/json")
