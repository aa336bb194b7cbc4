"""Drafts of namings: what the text calls an entry."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, PLACES
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence
from tipgraph.curation.drafts.rules.mentions.referents import Referents

_ASIDE: Final = frozenset({"modality", "moneyKind", "note"})
_KIND_ONLY: Final = frozenset({"undertaking", "undertakingKind", "document", "documentKind", "status", "topic"})
_THIS: Final = re.compile(r"\b[Tt]h(?:is|ese)\s$")  # a part of a description, which an article is not


def namings(reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
    """Yield a naming for each name that the text has not used before for its entry."""
    for mention in reading.mentions:
        referent = reading.referents[mention]
        kind = "description" if mention.name_kind == "pointer" else mention.name_kind
        this = _THIS.search(reading.text[: mention.start]) if kind == "description" else None
        start = this.start() if this else mention.start
        names = [(reading.text[start : mention.end], kind, start, f"named-{mention.table}")]
        if mention.acronym:
            names.append((mention.acronym, "acronym", mention.acronym_at, "named-by-acronym"))
        for name, kind, start, rule in names:
            if referents.is_first(referent, name):
                cells = {"named": referent.cell, "name": name, "nameKind": kind}
                yield reading.draft("namings", cells, (start, start + len(name)), rule, [referent])


def without_idle(found: Iterable[Draft]) -> Iterator[Draft]:
    """Yield drafts without the namings of new entries that no other draft says more of than their kind.

    A phrase of a text often means nothing that a claim is about: "the laws", "training". An actor or a name with
    several words is kept.
    """
    drafts = list(found)
    claims = [draft.cells for draft in drafts if draft.table not in ("namings", "affiliations")]
    telling = (cells for cells in claims if not set(cells) <= _KIND_ONLY)
    used = {part for cells in telling for cell in cells.values() for part in cell.split(" | ")}
    for draft in drafts:
        if draft.table != "namings" or draft.cells["named"] in used or not _is_idle(draft):
            yield draft


def without_parts(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Yield the drafts of a sentence without those that say what another one of their table says, or a part of it.

    Of two that say the same, that stays which is less of a reading.
    """
    every = [(draft.table, _said(draft), (_reading(draft), at)) for at, draft in enumerate(drafts)]
    for draft, (table, own, rank) in zip(drafts, every, strict=True):
        others = ((said, other) for of, said, other in every if of == table)
        if not any(own < said or (own == said and other < rank) for said, other in others):
            yield draft


def _said(draft: Draft) -> frozenset[tuple[str, str]]:
    return frozenset((name, cell) for name, cell in draft.cells.items() if name not in _ASIDE)


def _reading(draft: Draft) -> tuple[bool, ...]:
    """Return what makes a draft weaker than another one that says the same."""
    cells = draft.cells
    return "modality" in cells, "note" in cells, cells.get("moneyKind") == "unknown"


def _is_idle(naming: Draft) -> bool:
    """Tell whether the entry of a naming is new, and nothing but a place, or a phrase that may mean nothing."""
    tables = {entry.table for entry in naming.entries}
    if PLACES in tables:
        return True
    is_phrase = naming.cells["nameKind"] == "description"
    if naming.producers == ("rule:named-together",):
        return False
    return bool(tables) and ((is_phrase and ACTORS not in tables) or " " not in naming.cells["name"])
