"""The drafts of a language model: some questions about each unit of a text, within a budget, kept as they come.

unit, entries  →  a question, and what was missed  →  checks by the program  →  a check by the model  →  drafts
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any, Final

from tipgraph.curation.drafts.draft import TOO_LONG, Draft, DraftText, merged
from tipgraph.curation.drafts.language_model.chat_server import ChatServer, Message
from tipgraph.curation.drafts.language_model.claim_checks import ClaimChecks
from tipgraph.curation.drafts.language_model.offered_entries import OfferedEntries
from tipgraph.curation.drafts.language_model.questions import (
    INSTRUCTIONS,
    check_of,
    content_of,
    instructions,
    is_denied,
    objects,
    questions,
)
from tipgraph.curation.drafts.rows.row_words import RowSentences
from tipgraph.errors import RemoteError
from tipgraph.model import Ontology, ontology
from tipgraph.runtime import atomic_file

NO_ANSWER: Final = "a question got no answer"
CUT: Final = "an answer was cut at its longest"
NO_JSON: Final = "an answer was not in the form that was asked for, twice"
NOT_SAID: Final = "the model says that the words do not say the claim"
_FAILURES = 3  # in a row, after which the server is not asked any more
_CHECKED = 8  # claims in one check


class _Stopped(Exception):
    """No other request may be sent; its text is the reason."""


@dataclass
class LanguageModel:
    """A model behind a chat server. `dropped` counts what was dropped, by reason; `stopped` says why it stopped early.

    Answers are kept beside the text at `place`, if there is one. `budget` is the number of requests that it may send;
    kept answers cost none. A model on this machine is taken for a small one, which gets five short questions; another
    one gets a long one. Raises CallError without consent.
    """

    server: ChatServer
    place: Path | None = None
    budget: int | None = None
    send_to: str = ""
    terms: Ontology = field(default_factory=ontology)
    is_small: bool | None = None
    dropped: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    tokens: int = 0
    stopped: str = ""
    _failures: int = 0
    _path: Path | None = None

    def __post_init__(self) -> None:
        """Raise CallError if the text would leave the machine without consent."""
        self.server.need_consent(self.send_to)
        self.questions = questions(is_small=self.server.is_here if self.is_small is None else self.is_small)
        self._answers: dict[str, tuple[Any, str]] = {}

    @property
    def name(self) -> str:
        """The name of the producer."""
        return f"model:{self.server.model}"

    @property
    def about(self) -> Mapping[str, str]:
        """The model, its host, and the instructions with their digest."""
        text, asked = INSTRUCTIONS.read_text("utf-8"), ", ".join(question.name for question in self.questions)
        digest = sha256(text.encode()).hexdigest()
        return {"name": self.name, "host": self.server.host, "questions": asked, "instructions": text, "digest": digest}

    def leaving(self, text: DraftText) -> str:
        """Return a sentence on what is sent, and to whom."""
        letters = sum(len(sentence.text) for sentence in text.whole)
        most = f" in at most {self.budget} requests" if self.budget else ""
        where = "on this machine" if self.server.is_here else "elsewhere"
        return (
            f"the {len(text.whole)} sentences of {text.source.name} ({letters:,} characters), its title and "
            f"headings, and names in them go to {self.server.model} at {self.server.host}, {where}{most}"
        )

    def drafts(self, text: DraftText) -> Iterator[Draft]:
        """Yield the drafts of a text, until the budget is spent or the server has failed three times in a row.

        A question is asked about all units before the next one, since servers keep how a conversation begins. Then the
        model is asked what it missed, and at last whether the words say each claim.
        """
        self._path = self.place.with_name(f"{text.source.name}.answers.json") if self.place else None
        self._answers = _kept(self._path) if self._path else {}
        self.dropped += Counter({TOO_LONG: len(text.too_long)})
        entries = OfferedEntries(text, self.terms)
        checks = ClaimChecks(text, self.terms, entries, self.name, self.dropped)
        asked = [*product(self.questions, text.units)]
        found: list[Draft] = []
        for at, (question, unit) in enumerate(asked):
            offered = entries.of(unit)
            schema = question.schema(self.terms, unit, offered)
            messages = [*question.opening, {"role": "user", "content": content_of(text, unit, offered)}]
            try:
                if claims := self._answer(messages, schema):
                    found += checks.drafts(unit, question.tables, claims)
                    told = {"role": "assistant", "content": json.dumps({"claims": claims}, ensure_ascii=False)}
                    missed = {"role": "user", "content": instructions()["missed"]}
                    found += checks.drafts(unit, question.tables, self._answer([*messages, told, missed], schema) or [])
            except _Stopped as reason:
                self.stopped = f"{reason}; {len(asked) - at} of {len(asked)} questions are left"
                yield from found
                return
        yield from self._checked(text, merged(found))

    def _checked(self, text: DraftText, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """Yield the drafts that the model does not deny; all that are left if it is asked no more."""
        reader = RowSentences(text.source, text.others, self.terms)
        for at in range(0, len(drafts), _CHECKED):
            some = drafts[at : at + _CHECKED]
            try:
                answer = self._answer(*check_of([(reader.reads(one.table, one.cells), one.quote) for one in some]))
            except _Stopped as reason:
                self.stopped, answer = f"{reason}; some claims were not checked", None
            said = [draft for place, draft in enumerate(some, 1) if not is_denied(answer, place)]
            self.dropped += Counter({NOT_SAID: len(some) - len(said)})
            yield from said

    def _answer(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> Any:
        """Return the claims of a kept answer, or else of a new one; None without one. Raises _Stopped."""
        key = sha256(json.dumps([dict(self.about), messages]).encode()).hexdigest()[:16]
        if key not in self._answers:
            if self.budget is not None and self.requests >= self.budget:
                raise _Stopped(f"the budget of {self.budget} requests is spent")
            if self._failures >= _FAILURES:
                raise _Stopped(f"{self.stopped}; the next run goes on there")
            try:
                self._answers[key] = self._asked(messages, schema)
            except RemoteError as error:
                self._failures += 1
                self.dropped[NO_ANSWER] += 1
                self.stopped = str(error)
                return None
            if self._path:
                with atomic_file(self._path, like=self.place) as (beside,):
                    beside.write_text(json.dumps(self._answers), "utf-8")
        claims, reason = self._answers[key]
        self.dropped += Counter({reason: 1} if reason else {})
        return claims

    def _asked(self, messages: Sequence[Message], schema: Mapping[str, Any]) -> tuple[Any, str]:
        """Return the claims of the model, after one repair, and why there are none; raise RemoteError if it fails."""
        asked = [*messages]
        for _ in range(2):
            self.requests += 1
            completion = self.server.ask(asked, schema)
            self._failures, self.stopped = 0, ""
            self.tokens += completion.tokens
            if completion.is_cut:
                return None, CUT
            claims = objects(completion.words, "claims")
            if isinstance(claims, list | dict):
                return claims, ""
            asked.append({"role": "assistant", "content": completion.words[:2000]})
            asked.append({"role": "user", "content": instructions()["repair"]})
        return None, NO_JSON


def _kept(path: Path) -> dict[str, tuple[Any, str]]:
    """Return the answers that an earlier run got: the claims, or why there are none; none from a damaged file."""
    try:
        return {str(key): (claims, str(reason)) for key, (claims, reason) in json.loads(path.read_bytes()).items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
