"""A server of a language model with the interface of OpenAI: its address, the consent to it, and one question to it.

Our own client speaks HTTP: it limits time and size, and follows no redirect. No proxy gets the sentences of a text: the
user named the server alone.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import urlsplit

from tipgraph.errors import BadValue, CallError
from tipgraph.graph import remote

_SIZE = 4 << 20  # bytes of an answer

Message: TypeAlias = Mapping[str, str]


class Completion(NamedTuple):
    """The words of an answer, the tokens that were read and written, and whether it was cut at its longest."""

    words: str
    tokens: int
    is_cut: bool


@dataclass(frozen=True)
class ChatServer:
    """A chat server: the address up to `/chat/completions`, and the name of the model.

    An answer may take some seconds and some tokens.
    """

    address: str
    model: str
    seconds: float = 120.0
    tokens: int = 2000
    _caller: remote.Caller = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Take the credentials of the host, if there are any."""
        caller = remote.Caller(remote.credentials_for(self.address), self.seconds, _SIZE, proxy=False)
        object.__setattr__(self, "_caller", caller)

    @classmethod
    def named(cls, text: str, seconds: float = 120.0) -> "ChatServer":
        """Return the server of a text such as `http://127.0.0.1:8080/v1 qwen2.5`; raise BadValue for another one.

        >>> ChatServer.named("http://127.0.0.1:8080/v1/ qwen2.5").address
        'http://127.0.0.1:8080/v1'
        """
        address, _, model = text.strip().partition(" ")
        if not model.strip():
            raise BadValue(f"{text!r} names no model; write the address and the model: http://127.0.0.1:8080/v1 MODEL")
        return cls(remote.address_of(address).rstrip("/"), model.strip(), seconds)

    @property
    def host(self) -> str:
        """The host of the address."""
        return urlsplit(self.address).hostname or ""

    @property
    def is_here(self) -> bool:
        """Tell whether the server is on this machine."""
        return remote.is_loopback(self.address)

    def need_consent(self, send_to: str) -> None:
        """Raise CallError for a server elsewhere whose host the user has not named for this run."""
        if not self.is_here and send_to.casefold() != self.host:
            named = f", not {send_to}" if send_to else ""
            raise CallError(
                f"the sentences of the text would leave this machine, to {self.host}{named}; "
                f"say --send-to {self.host} if they may"
            )

    def ask(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Completion:
        """Return the answer to messages; raise RemoteError or RemoteTimeout if there is none that can be used."""
        form = {"type": "json_schema", "json_schema": {"name": "claims", "strict": False, "schema": schema}}
        asked = {"model": self.model, "messages": messages, "temperature": 0, "max_tokens": self.tokens,
                 "stream": False, "response_format": form}  # fmt: skip
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        address, content = f"{self.address}/chat/completions", json.dumps(asked).encode("utf-8")
        reply = self._caller.call(address, content, "POST", headers)
        if reply.status == 404:
            raise reply.error("answers 404; name the address up to /v1, and a model that it has")
        if reply.status != 200:
            raise reply.status_error()
        try:
            answer = json.loads(reply.body)
            choice = answer["choices"][0]
            words = choice["message"]["content"]
            tokens = (answer.get("usage") or {}).get("total_tokens") or 0
        except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
            what = "a page for people" if reply.media == "text/html" else "no chat completion"
            raise reply.error(f"answers with {what}; name the address of its interface, often up to /v1") from None
        if not isinstance(words, str) or not isinstance(tokens, int):
            raise reply.error("answers without words; see whether the model is one for chats")
        return Completion(words, tokens, choice.get("finish_reason") == "length")
