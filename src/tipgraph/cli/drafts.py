"""`tipgraph review drafts`: claims that rules propose from a text, decided by a person on a page."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli.options import Call, argument, command, common, option
from tipgraph.cli.paths import keep_uncommitted, own_sources, texts_folder
from tipgraph.cli.terminal import note, progress
from tipgraph.errors import CallError
from tipgraph.runtime import need

if TYPE_CHECKING:
    from tipgraph.curation import Drafter, DraftSession
    from tipgraph.sources import Texts

_SERVER = "TIPGRAPH_LLM"
_HEADER = ["place", "table", "reads", "state", "producers", "same", "against"]


@command("tipgraph review drafts harbour-2020 --list")
def drafts(
    name: str = argument("SOURCE"),
    drafter: str = option("Who proposes drafts.", click.Choice(["rules", "model", "both", "none"]), default="rules"),
    send_to: str = option("The host of a model elsewhere, which may get the sentences.", "HOST"),
    budget: int | None = option("The most requests to a model.", click.IntRange(1)),
    part: str = option("The part of the reader in the ledger: `reader 1`, no name of a person.", "PART"),
    listed: bool = option("Print the drafts and what was decided.", flags="--list"),
    port: int = option("The port of the page (else a free one).", click.IntRange(0, 65535), default=0),
    no_browser: bool = option("Print the address of the page, and open no browser."),
    call: Call = common("data texts form language"),
) -> None:
    """Decide which drafts of claims a text says.

    A draft is a row that a rule proposes, with its words. It becomes a claim only when a person accepts it. Each
    decision is saved at once: a claim becomes a row of the SOURCE, with its evidence, and draft-decisions.csv keeps
    the verdict. The command opens a page in the browser: the text, the pages of a PDF, and one draft, which one key
    decides. Only this machine reaches the page. Ctrl-C ends it, and the next call goes on. TIPGRAPH_LLM names a
    language model for `--drafter model`: `http://127.0.0.1:8080/v1 MODEL`. A model elsewhere needs `--send-to`.
    """
    from tipgraph.curation import DraftSession

    folder, home = own_sources(call.data), texts_folder(call.texts)
    if not listed:
        need("server", "the review page", "say --list")
    if home:
        keep_uncommitted(home / f"{name}.drafts.json", folder)
    texts = call.local_texts
    proposing = _proposing(drafter, name, texts, folder, send_to, budget)
    with progress("reading the text and making drafts"):
        session = DraftSession(name, texts, folder, drafters=proposing, part=part, language=call.language)
    note(*session.stopped)
    if listed:
        _print_list(session, call)
    else:
        from tipgraph.outputs import review_page, shown_document
        from tipgraph.server import review_drafts
        from tipgraph.sources import source_at

        document = shown_document(source_at(name, folder).about, texts)
        review_drafts(session, document, review_page(session.state()), port=port, browser=not no_browser, told=note)


def _proposing(
    drafter: str, name: str, texts: "Texts", data: Path, send_to: str, budget: int | None
) -> "list[Drafter]":
    """Return the drafters for a source; without one, a reader enters all claims by hand. Say what goes where.

    Raises CallError without the address of a model, or without consent to send the text there.
    """
    from tipgraph.curation import ChatServer, LanguageModel, Rules, draft_text

    found: list[Drafter] = []
    if drafter in ("rules", "both"):
        rules = Rules()
        note(*filter(None, [rules.notice]))
        found.append(rules)
    if drafter in ("model", "both"):
        if not (server := os.environ.get(_SERVER)):
            raise CallError(f"set {_SERVER} to the address and the name of a model: http://127.0.0.1:8080/v1 MODEL")
        text = draft_text(name, texts, data)
        place = texts.path(text.source.about.get("textFile", ""))
        model = LanguageModel(ChatServer.named(server), place, budget, send_to)
        note(model.leaving(text))
        found.append(model)
    return found


def _print_list(session: "DraftSession", call: Call) -> None:
    """Print the drafts as rows; JSON has all that the page has of each."""
    from tipgraph.display import text

    state = session.state()
    placed = [(draft, paragraph["number"]) for paragraph in state["paragraphs"] for draft in paragraph["drafts"]]
    if call.form == "json":
        click.echo(text.json_text([{"paragraph": number, **draft} for draft, number in placed]))
    else:
        rows = [[f"¶{number} s{draft['sentence']}", draft["table"], draft["reads"], draft["state"],
                 " | ".join(draft["producers"]),
                 *("; ".join(claim["locator"] for claim in draft[kind]) for kind in ("same", "against"))]
                for draft, number in placed]  # fmt: skip
        call.print_rows(_HEADER, rows)
    note(*(f"skipped, {count} time{'s' * (count != 1)}: {reason}" for reason, count in state["dropped"].items()))
