"""Run the server of the review page: a session, a token, an address of this machine, and the browser."""

import secrets
import webbrowser
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

from tipgraph.errors import GraphError
from tipgraph.server.sockets import bound, stoppable

if TYPE_CHECKING:
    from tipgraph.curation import DraftSession
    from tipgraph.outputs import ShownDocument

_HOST = "127.0.0.1"
_PATIENCE = 5  # seconds for a decision that is being saved when the server stops


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
    import uvicorn

    from tipgraph.server.connections import BACKLOG, protocol
    from tipgraph.server.middleware import IN_HOUSE_HEADERS
    from tipgraph.server.review_app import review_application
    from tipgraph.server.review_state import ReviewState

    with bound(_HOST, port) as listening:
        own_port, token, ticket = listening.getsockname()[1], secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        entrance = f"http://{_HOST}:{own_port}/?token="
        config = uvicorn.Config(
            review_application(ReviewState(session, document), page, token, own_port, ticket),
            http=protocol(()),
            ws="none",
            backlog=BACKLOG,
            headers=[*IN_HOUSE_HEADERS, ("cache-control", "no-store")],
            access_log=False,
            log_config=None,
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
        server = uvicorn.Server(config)
        told(f"the review page, for this machine only: {entrance}{token}")
        told("Ctrl-C stops it; each decision is saved already")
        if browser:
            # Other users can read the arguments of a browser; a text browser does not return.
            Thread(target=webbrowser.open, args=[entrance + ticket], daemon=True).start()
        with stoppable():
            server.run(sockets=[listening])
        if not server.started:
            raise GraphError("the server did not start; see its log")
