"""The answers of models, kept beside the text, so that a batch that broke off goes on where it was.

`NAME.answers.jsonl` only grows. A line names a maker (the model, the host and the instructions), or has the answer of a
maker to what it was asked. The answers hold words of the text, so they are kept with the texts and never in `data/`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from tipgraph.curation.drafts.language_model.chat_server import Message
from tipgraph.errors import InputError
from tipgraph.runtime import atomic_file, read_text, unreadable


class KeptAnswer(NamedTuple):
    """The content of an answer, and why it has none, if it was cut or in another form."""

    content: Any
    dropped: str = ""


@dataclass
class AnswerLog:
    """The answers of one maker in a file; `path` is None if nothing is kept. Raises InputError if it cannot be read.

    A new file gets the rights of the text.
    """

    path: Path | None
    about: Mapping[str, str]
    text: Path | None = None
    _answers: dict[str, KeptAnswer] = field(default_factory=dict)
    _is_named: bool = False

    def __post_init__(self) -> None:
        """Read the answers of the maker."""
        self._maker = _digest(json.dumps(dict(self.about), sort_keys=True))
        for line in self._lines():
            if line.get("maker") == self._maker:
                self._is_named = True
                if isinstance(line.get("asked"), str):
                    self._answers[line["asked"]] = KeptAnswer(line.get("content"), str(line.get("dropped", "")))

    def get(self, messages: Sequence[Message]) -> KeptAnswer | None:
        """Return the answer to messages; None if the model was not asked."""
        return self._answers.get(_digest(json.dumps(messages)))

    def keep(self, messages: Sequence[Message], answer: KeptAnswer) -> None:
        """Keep an answer at once."""
        asked = _digest(json.dumps(messages))
        self._answers[asked] = answer
        if not self._is_named:
            self._write({"about": dict(self.about)})
            self._is_named = True
        self._write({"asked": asked, **answer._asdict()})

    def _write(self, content: Mapping[str, Any]) -> None:
        if self.path:
            if not self.path.exists():
                with atomic_file(self.path, like=self.text):
                    pass  # an empty file
            with self.path.open("a", encoding="utf-8") as file:  # in ASCII; a killed process may have left half a line
                file.write("\n" + json.dumps({"maker": self._maker, **content}) + "\n")

    def _lines(self) -> Iterator[Mapping[str, Any]]:
        """Yield the lines of the file; one that is damaged is asked for again."""
        try:
            text = read_text(self.path) if self.path and self.path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise InputError([unreadable(self.path or Path(), error)]) from error
        for line in text.splitlines():
            try:
                content = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(content, dict):
                yield content


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:16]
