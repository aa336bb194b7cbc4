"""The state of a review as its page gets it: a session, called one request at a time, and the pages of the document."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, TypeAlias

from starlette.concurrency import run_in_threadpool

from tipgraph.errors import InputError, UnknownName
from tipgraph.runtime import visible
from tipgraph.server.requests import BadRequest
from tipgraph.sources import documents

if TYPE_CHECKING:
    from tipgraph.curation import DraftSession
    from tipgraph.outputs import ShownDocument

ACTIONS = ("accept", "edit", "reject", "miss", "correct", "remove", "later", "done", "reveal", "scope", "undo")
Record: TypeAlias = dict[str, Any]
_KEPT = 32  # pictures of pages
_ANSWERED = 64  # the last actions; a page repeats only its last one
_LONGEST_KEY = 64


class ReviewState:
    """A session and its document; with the pages of the document, each draft and claim has the boxes of its words."""

    def __init__(self, session: "DraftSession", document: "ShownDocument | None") -> None:
        self._session, self._document = session, document
        self._lock = asyncio.Lock()
        self._picture = lru_cache(_KEPT)(self._draw)
        self._answers: OrderedDict[str, Record] = OrderedDict()

    async def all(self) -> Record:
        """Return the whole state, as it is now."""
        async with self._lock:
            state = await self._called(self._session.state)
        return {**state, "pages": self._document.layout.pages if self._document else []}

    async def act(self, name: str, values: object) -> Record:
        """Call an action, and return what it changed; raise BadRequest for other arguments than its own and a `key`.

        An action with the key of an earlier one is that one, sent again, and gets its answer. Raises StaleVersion if
        the source has another version, and the errors of the action.
        """
        action = getattr(self._session, name)
        key, own = _keyed(values)
        call = partial(action, **_arguments(action, own))
        async with self._lock:
            answer = self._answers.get(key) or await self._called(call)
            if "faults" not in answer:  # with faults, nothing was written
                self._keep(key, answer)
            return answer

    async def value(self, values: object) -> Record:
        """Return the cells that words of the text fill; raise BadRequest for other arguments than those of `value`."""
        return await self._called(partial(self._session.value, **_arguments(self._session.value, values)))

    async def picture(self, page: int) -> bytes:
        """Return the picture of a page as PNG; raise UnknownName for a page that cannot be drawn."""
        return await run_in_threadpool(self._picture, page)

    def _keep(self, key: str, answer: Record) -> None:
        self._answers[key] = answer
        if len(self._answers) > _ANSWERED:
            self._answers.popitem(last=False)

    async def _called(self, call: Callable[[], Record]) -> Record:
        shown: Record = _shown(self._with_boxes(await run_in_threadpool(call)))
        return shown

    def _with_boxes(self, record: Record) -> Record:
        """Return a state whose drafts and claims have the boxes of their words: page, left, top, right and bottom."""
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


def _shown(value: Any) -> Any:
    """Return a part of a state with its hidden characters made visible, one for one, so that offsets stay."""
    if isinstance(value, dict):
        return {name: _shown(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(part) for part in value]
    return visible(value) if isinstance(value, str) else value


def _keyed(values: object) -> tuple[str, object]:
    """Return the key of an action, and the rest of its body."""
    key = values.get("key") if isinstance(values, dict) else None
    if not isinstance(values, dict) or not isinstance(key, str) or not 0 < len(key) <= _LONGEST_KEY:
        raise BadRequest(f"the body must be a JSON object with a key of at most {_LONGEST_KEY} letters")
    return key, {name: value for name, value in values.items() if name != "key"}


def _arguments(action: Callable[..., object], values: object) -> Mapping[str, Any]:
    """Return the arguments of an action by name; raise BadRequest unless they are all there, each of its type."""
    named = signature(action).parameters
    if not isinstance(values, dict) or values.keys() != named.keys():
        raise BadRequest(f"the body must be a JSON object of {', '.join(named)}")
    for name, parameter in named.items():
        if type(values[name]) not in _types(parameter):  # true is no number
            raise BadRequest(f"{name} has the wrong type")
    return values


def _types(parameter: Parameter) -> tuple[type, ...]:
    """Return the types of JSON that a parameter takes."""
    known: dict[object, tuple[type, ...]] = {str: (str,), int: (int,), float: (int, float)}
    return known.get(parameter.annotation, (list, dict))
