"""The server of the review page: its files, the state of one session, and the actions of a person as JSON.

    browser  →  Guard (host)  →  Review, below a path that nobody can guess  →  the session of this process

Who knows the path is the person: the address that a terminal shows has it. A browser that is started gets an address
that leads there once, because other users of this machine can read the arguments of a browser.

Decision: docs/decisions/0154-drafts-are-decided-on-a-page-of-this-machine.md.
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
from tipgraph.server.guard import Guard, hosts, problem, problem_of
from tipgraph.server.service import bound, run
from tipgraph.sources import documents

if TYPE_CHECKING:
    from tipgraph.curation import DraftSession
    from tipgraph.outputs import ShownDocument

_HOST = "127.0.0.1"
_PATIENCE = 5  # seconds for a decision that is being saved when the server stops
ACTIONS = ("accept", "reject", "miss", "correct", "remove", "done", "scope", "undo")
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
    unused = [once]

    async def elsewhere(request: Request) -> Response:
        """Lead the browser that was started to the page, once."""
        if request.url.path in unused:
            unused.clear()
            return RedirectResponse(place, 303)
        return problem(401, "open the address that `tipgraph review drafts` printed: nobody else knows it")

    inside = Mount(place.rstrip("/"), routes=Review(session, document).routes(page))
    app = Starlette(
        routes=[inside, Route("/{path:path}", elsewhere, methods=["GET", "POST"])],
        middleware=[Middleware(Guard, hosts(_HOST), in_house=True)],
        exception_handlers={HTTPException: problem_of, TipgraphError: problem_of},
    )
    with bound(_HOST, port) as listening:
        address = f"http://{_HOST}:{listening.getsockname()[1]}"
        told(f"the review page, for this machine only: {address}{place}")
        told("Ctrl-C stops it; each decision is saved already")
        if browser:  # a text browser does not return
            Thread(target=webbrowser.open, args=[address + once], daemon=True).start()
        run(app, listening, _PATIENCE, [("cache-control", "no-store")])


class Review:
    """A session and its document, one request at a time.

    With the pages of the document, each draft and claim has the boxes of its words.
    """

    def __init__(self, session: "DraftSession", document: "ShownDocument | None") -> None:
        self._session, self._document = session, document
        self._pages = document.layout.pages if document else ()
        self._lock = asyncio.Lock()
        self._drawn = lru_cache(_KEPT)(documents.picture)

    def routes(self, page: str) -> list[Route]:
        """Return the routes of the page, whose text is given."""
        return [
            Route("/", Response(page, media_type="text/html")),
            *(Route(f"/assets/{name}", FileResponse(path)) for name, path in REVIEW_FILES.items()),
            Route("/page/{number:int}.png", self.picture),
            Route("/state", self.state),
            *(Route(f"/{name}", self.act, methods=["POST"]) for name in ("value", *ACTIONS)),
        ]

    def picture(self, request: Request) -> Response:
        """Return the picture of a page of the document; raise UnknownName for a page that cannot be drawn."""
        number = request.path_params["number"]
        if self._document is None or not 1 <= number <= len(self._pages):
            raise UnknownName(f"there is no page {number}")
        try:
            return Response(self._drawn(self._document.path, number), media_type="image/png")
        except InputError as error:
            raise UnknownName(f"page {number} cannot be drawn") from error

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
        return {**await self._called(self._session.state), "pages": self._pages}

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


def _told(record: Record, status: int = 200) -> Response:
    """Return a record as JSON with its hidden characters made visible, one for one, so that offsets stay."""
    return Response(visible(json.dumps(record, ensure_ascii=False)), status, media_type="application/json")
