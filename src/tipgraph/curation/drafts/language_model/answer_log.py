"""The answers of a model, kept beside the text, so that a batch that broke off goes on where it was.

Each line of `NAME.answers.jsonl` is one sentence. The first line names the model, the host and the instructions. The
answers hold words of the text, so they lie with the texts and never in `data/`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from tipgraph.curation.drafts.draft_text import Sentence
from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import read_text, unreadable


@dataclass
class AnswerLog:
    """The claims that a model gave for sentences; `path` is None if nothing is kept.

    `about` says what made them: the model, the host and the instructions. Other answers are replaced.
    """

    path: Path | None
    about: Mapping[str, str]
    _claims: dict[str, list[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the answers that were made the same way; raise InputError for a file that cannot be read."""
        written = self._written()
        whole = written[: written.rfind("\n") + 1]  # the last line may be half, if the process was killed
        first, *lines = self._parsed(whole) or [{}]
        if first == dict(self.about):
            self._claims = {line["sentence"]: line["claims"] for line in lines}
        else:
            whole = _line(self.about)
        if self.path and whole != written:
            self.path.write_text(whole, "utf-8")

    def get(self, sentence: Sentence) -> list[Any] | None:
        """Return the claims of a sentence; None if the model was not asked."""
        return self._claims.get(_key(sentence))

    def keep(self, sentence: Sentence, claims: list[Any]) -> None:
        """Keep the claims of a sentence at once."""
        self._claims[_key(sentence)] = claims
        if self.path:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(_line({"sentence": _key(sentence), "claims": claims}))

    def _written(self) -> str:
        try:
            return read_text(self.path) if self.path and self.path.exists() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise InputError([unreadable(self.path or Path(), error)]) from error

    def _parsed(self, lines: str) -> list[dict[str, Any]]:
        try:
            return [json.loads(line) for line in lines.splitlines()]
        except ValueError as error:
            message = f"is no list of answers ({error}); remove it, and ask the model again"
            raise InputError([Fault(message, shown(self.path or Path()))]) from error


def _key(sentence: Sentence) -> str:
    """Return what a sentence is known by: its words, so that corrected ones are asked again."""
    return sha256(sentence.text.encode()).hexdigest()[:16]


def _line(content: Mapping[str, Any]) -> str:
    return json.dumps(content) + "\n"  # in ASCII, so that half a line can be read
