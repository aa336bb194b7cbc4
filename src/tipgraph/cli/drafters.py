"""The drafters of a command: the rules, a language model, both, or none."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options
from tipgraph.cli.terminal import note
from tipgraph.errors import CallError

if TYPE_CHECKING:
    from tipgraph.curation import Drafter
    from tipgraph.sources import Texts

_SERVER = "TIPGRAPH_LLM"


@dataclass(frozen=True)
class Drafters:
    """The options that choose drafters: who, the host that may get the text, and the most requests."""

    drafter: str
    send_to: str
    budget: int | None

    def of(self, name: str, texts: "Texts", data: Path) -> "list[Drafter]":
        """Return the drafters for a source. Without one, a reader enters all claims by hand.

        Raises CallError without the address of a model, or without consent to send the text there.
        """
        return list(self._each(name, texts, data))

    def _each(self, name: str, texts: "Texts", data: Path) -> "Iterator[Drafter]":
        from tipgraph.curation import Rules

        if self.drafter in ("rules", "both"):
            rules = Rules()
            note(*filter(None, [rules.notice]))
            yield rules
        if self.drafter in ("model", "both"):
            yield self._model(name, texts, data)

    def _model(self, name: str, texts: "Texts", data: Path) -> "Drafter":
        """Return the model that TIPGRAPH_LLM names, and say what goes where."""
        from tipgraph.curation import ChatServer, LanguageModel, draft_text

        if not (server := os.environ.get(_SERVER)):
            raise CallError(f"set {_SERVER} to the address and the name of a model: http://127.0.0.1:8080/v1 MODEL")
        text = draft_text(name, texts, data)
        place = texts.path(text.source.about.get("textFile", ""))
        model = LanguageModel(ChatServer.named(server), place, self.budget, self.send_to)
        note(model.leaving(text))
        return model


drafters = options.gathered(
    "asked",
    Drafters,
    options.option(
        "--drafter", click.Choice(["rules", "model", "both", "none"]), "Who proposes drafts.", default="rules"
    ),
    options.option("--send-to", "HOST", "The host of a model elsewhere, which may get the sentences.", default=""),
    options.option("--budget", click.IntRange(1), "The most requests to a model."),
)
