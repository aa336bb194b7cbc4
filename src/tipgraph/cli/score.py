"""`tipgraph review score`: drafts beside the claims that a person made of the same text."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.options import example
from tipgraph.cli.paths import texts_at
from tipgraph.cli.terminal import note, progress

if TYPE_CHECKING:
    from tipgraph.curation import Draft, DraftText
    from tipgraph.sources import Texts


@click.command(epilog=example("tipgraph review score oas-cim-2005"))
@click.argument("name", metavar="SOURCE", shell_complete=suggestions.by(suggestions.sources))
@options.option("--gold", "FOLDER", "The sources with the claims to compare with, not the data.")
@options.data
@options.texts
@options.form
def score(name: str, gold: Path | None, data: Path | None, texts: str | None, form: str) -> None:
    """Compare drafts with the claims of a SOURCE.

    The rules draft the text as if nobody had read it. Drafts that a model made of it, and that are kept beside the
    text, count too. A draft is right if it has the table, the sentence and the main parts of a claim. It is right after
    an edit if it has the table and half of the words of a claim.
    """
    from tipgraph.curation import draft_text, figures
    from tipgraph.curation import scored as scored_text
    from tipgraph.display import text as shown

    local_texts = texts_at(texts)
    with progress("drafting the text"):
        text = draft_text(name, local_texts, data, gold)
        scored = scored_text(text, [*_by_rules(text), *_by_model(text, local_texts)])
        found = [figure.record() for figure in figures([scored], unseen=not scored.is_tuned)]
    if form == "json":
        click.echo(shown.json_text([{"texts": "tuned on" if scored.is_tuned else "unseen", **each} for each in found]))
    else:
        rows = [["" if cell is None else str(cell) for cell in each.values()] for each in found]
        click.echo(shown.rows_text(list(found[0]), rows, form))
    if scored.is_tuned:
        note("the rules were tuned on this text: its figures say nothing about other texts")


def _by_rules(text: "DraftText") -> "Iterator[Draft]":
    from tipgraph.curation import Rules

    rules = Rules()
    if rules.notice:
        note(rules.notice)
    yield from rules.drafts(text.without_claims())


def _by_model(text: "DraftText", texts: "Texts") -> "Iterator[Draft]":
    """Yield the drafts of a model that are kept beside the text, if it is still the same text."""
    from tipgraph.curation import read_drafts
    from tipgraph.sources import digest

    path = texts.path(f"{text.source.name}.drafts.json")
    kept = read_drafts(path) if path else None
    if kept and kept.text == digest(text.words):
        yield from (draft for draft in kept.drafts if any(name.startswith("model:") for name in draft.producers))
