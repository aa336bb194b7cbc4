"""The drafts of a language model: one request for each sentence, within a budget, kept as they come."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.draft_text import TOO_LONG, DraftText, Sentence
from tipgraph.curation.drafts.language_model.answer_log import AnswerLog, KeptAnswer
from tipgraph.curation.drafts.language_model.chat_server import ChatServer, Completion, Message
from tipgraph.curation.drafts.language_model.claim_checks import ClaimChecks
from tipgraph.curation.drafts.language_model.claim_schema import answer_schema
from tipgraph.curation.drafts.language_model.named_entries import NamedEntries
from tipgraph.curation.drafts.words.said_amounts import dollars
from tipgraph.errors import RemoteError
from tipgraph.model import Ontology, kit, ontology

INSTRUCTIONS: Final = kit.code("curation/drafts/language_model") / "instructions.txt"
NO_ANSWER: Final = "a sentence got no answer"
CUT: Final = "an answer was cut at its longest"
NO_JSON: Final = "an answer was not in the form that was asked for, twice"
_REPAIR: Final = 'This is not the JSON that was asked for: {"claims": [...]}. Answer with it, and nothing else.'
_FAILURES = 3  # in a row, after which the server is not asked any more
_NAMES = 20  # known names in a request
_TITLE = 300  # characters


@dataclass
class LanguageModel:
    """A model behind a chat server. `dropped` counts what was dropped, by reason; `stopped` says why it stopped early.

    Answers are kept beside the text at `place`, if there is one. `budget` is the number of requests that it may send;
    kept answers cost none. Raises CallError without consent.
    """

    server: ChatServer
    place: Path | None = None
    budget: int | None = None
    send_to: str = ""
    terms: Ontology = field(default_factory=ontology)
    dropped: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    tokens: int = 0
    stopped: str = ""
    _failures: int = 0

    def __post_init__(self) -> None:
        """Raise CallError if the text would leave the machine without consent."""
        self.server.need_consent(self.send_to)

    @property
    def name(self) -> str:
        """The name of the producer."""
        return f"model:{self.server.model}"

    @property
    def about(self) -> Mapping[str, str]:
        """The model, its host, the instructions with their digest, and why it stopped early, if it did."""
        return {**self._maker, **({"stopped": self.stopped} if self.stopped else {})}

    @cached_property
    def _maker(self) -> Mapping[str, str]:
        text = INSTRUCTIONS.read_text("utf-8")
        schema = json.dumps(self._schema, sort_keys=True)
        digest = sha256((text + schema).encode()).hexdigest()
        return {"name": self.name, "host": self.server.host, "instructions": text, "digest": digest}

    @cached_property
    def _schema(self) -> dict[str, Any]:
        return answer_schema(self.terms)

    def leaving(self, text: DraftText) -> str:
        """Return a sentence on what is sent, and to whom; kept answers are not asked for again."""
        log = self._log(text)
        sentences = [sentence for sentence in text.sentences if log.get(sentence) is None][: self.budget]
        letters = sum(len(sentence.text) for sentence in sentences)
        where = "on this machine" if self.server.is_here else "elsewhere"
        return (
            f"up to {len(sentences)} sentences of {text.source.name} ({letters:,} characters), its title, and known "
            f"names in them go to {self.server.model} at {self.server.host}, {where}"
        )

    def drafts(self, text: DraftText) -> Iterator[Draft]:
        """Yield the drafts of a text, until the budget is spent or the server has failed three times in a row."""
        log, names = self._log(text), NamedEntries(text, self.terms)
        period, named = text.source.about.get("period", ""), dollars(text.words)
        checks = ClaimChecks(self.terms, names, self.name, period, named, self.dropped)
        self._drop(TOO_LONG, len(text.too_long))
        for at, sentence in enumerate(text.sentences):
            answer = log.get(sentence)
            if answer is None and not self._may_ask(len(text.sentences) - at):
                return
            if answer is None and (answer := self._asked(text, sentence, names)):
                log.keep(sentence, answer)
            if answer:
                self._drop(answer.dropped, bool(answer.dropped))
                yield from checks.drafts(sentence, answer.claims)

    def _log(self, text: DraftText) -> AnswerLog:
        """Return the answers of the model that are kept beside a text."""
        path = self.place.with_name(f"{text.source.name}.answers.jsonl") if self.place else None
        return AnswerLog(path, self._maker, self.place)

    def _drop(self, reason: str, count: int) -> None:
        if count:
            self.dropped[reason] += count

    def _may_ask(self, left: int) -> bool:
        """Tell whether another request may be sent; say why not."""
        if self.budget is not None and self.requests >= self.budget:
            self.stopped = f"the budget of {self.budget} requests is spent; {left} sentences are left"
        elif self._failures >= _FAILURES:
            self.stopped = f"{self.stopped}; {left} sentences are left, and the next run goes on there"
        else:
            return True
        return False

    def _asked(self, text: DraftText, sentence: Sentence, names: NamedEntries) -> KeptAnswer | None:
        """Return the answer of the model for a sentence, after one repair; None without one."""
        messages = [*_messages(text, sentence, names)]
        for _ in range(2):
            completion = self._completion(messages)
            if completion is None:
                return None
            if completion.is_cut:
                return KeptAnswer([], CUT)
            if (claims := _claims(completion.words)) is not None:
                return KeptAnswer(claims)
            messages.append({"role": "assistant", "content": completion.words[:2000]})
            messages.append({"role": "user", "content": _REPAIR})
        return KeptAnswer([], NO_JSON)

    def _completion(self, messages: Sequence[Message]) -> Completion | None:
        self.requests += 1
        try:
            completion = self.server.ask(messages, self._schema)
        except RemoteError as error:
            self._failures += 1
            self.dropped[NO_ANSWER] += 1
            self.stopped = str(error)
            return None
        self._failures, self.stopped = 0, ""
        self.tokens += completion.tokens
        return completion


def _messages(text: DraftText, sentence: Sentence, names: NamedEntries) -> Iterator[Message]:
    yield {"role": "system", "content": INSTRUCTIONS.read_text("utf-8")}
    about = {key: _inert(words) for key, words in text.source.about.items() if key in ("title", "period", "issued")}
    known = names.known_in(sentence.text)[:_NAMES]
    lines = [
        f"Document: {about.get('title', '')[:_TITLE]}",
        f"Period: {about.get('period') or about.get('issued', '')}",
        f"Known names in the sentence: {_inert('; '.join(known)) or 'none'}",
        f"<sentence>{_inert(sentence.text)}</sentence>",
    ]
    yield {"role": "user", "content": "\n".join(lines)}


def _inert(words: str) -> str:
    """Return words on one line, without the marks that delimit the sentence."""
    return " ".join(re.sub(r"</?\s*sentence\s*>", " ", words, flags=re.IGNORECASE).split())


def _claims(words: str) -> list[Any] | None:
    """Return the claims of an answer; None for another form. A model may put its answer into a fence."""
    bare = words.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        answer = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    claims = answer.get("claims") if isinstance(answer, dict) else None
    return claims if isinstance(claims, list) else None
