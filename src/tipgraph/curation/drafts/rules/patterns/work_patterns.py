"""Drafts of work that no verb names: "the IOM project", "the Network's campaign"."""

import re
from collections.abc import Iterator
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.frames.clauses import is_denied
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    EVENT_CLASSES,
    GROUP_CLASSES,
    UNDERTAKINGS,
    EntryMention,
)
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence, joined
from tipgraph.curation.drafts.rules.mentions.referents import Referents
from tipgraph.curation.drafts.words.figures import money

_OWNED: Final = re.compile(r"[’']s?\s+(?:own\s+)?(?:(?:first|second|new|annual|regional|national)\s+)*")
_OF_OWNER: Final = re.compile(r"\s*(?:[“\"][^”\"]+[”\"]\s*)?(?:of|by|run by)\s+(?:the\s+)?")
_LISTED: Final = re.compile(r",?\s+(?:and|&)\s+(?:the\s+)?|,\s+(?:the\s+)?")
_PAID: Final = re.compile(r"[’']?\s*-\s*(?:fund|support|financ|sponsor|led|backed)")
_OF_LAST: Final = re.compile(r"(?:[\w-]+ ){1,3}of (?:the )?")
_A_READING: Final = "that it carries it out is a reading"


def work(reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
    """Yield the owners of undertakings, each once in a text."""
    for mention in (one for one in reading.outer if one.table == UNDERTAKINGS and one.name_kind != "title"):
        if is_denied(reading.text, mention.start, mention.end):
            continue
        undertaking = reading.referents[mention]
        owners = [one for one in _owners(reading, mention)
                  if referents.is_first(undertaking, f"owner {reading.referents[one].cell}")]  # fmt: skip
        yield from (_owned(reading, mention, owner) for owner in owners)
        if len({reading.referents[one].cell for one in owners}) > 1:
            yield _shared(reading, mention, owners)


def _owners(reading: ReadSentence, mention: EntryMention) -> Iterator[EntryMention]:
    """Yield the actors of an undertaking: at the beginning of its words, before an "'s", or after "of".

    A group is none, since it may be meant by the work: "a project of experts".
    """
    actors = [
        one for one in reading.mentions if one.table == ACTORS and reading.referents[one].cls not in GROUP_CLASSES
    ]
    end = 0
    for actor in actors:
        is_inside = mention.start <= actor.start and actor.end <= mention.end
        is_listed = end and actor.start >= mention.end and _LISTED.fullmatch(reading.text[end : actor.start])
        is_owner = _is_owner_inside if is_inside else _is_owner_beside
        if is_listed or is_owner(reading, mention, actor):
            yield actor
            end = actor.end


def _is_owner_inside(reading: ReadSentence, mention: EntryMention, actor: EntryMention) -> bool:
    """Tell whether the words of an undertaking begin with an actor, or end with "of" it."""
    before, after = reading.text[mention.start : actor.start], reading.text[actor.end :]
    if actor.end == mention.end:
        return bool(_OF_LAST.fullmatch(before))
    if actor.name_kind == "acronym" and not actor.known and reading.referents[actor].label == actor.words:
        return False  # "the STOP programme" is named so
    is_paid = _PAID.match(after) or money(reading.text[actor.end : mention.end])
    return not re.search(r"[a-z]", before) and not is_paid


def _is_owner_beside(reading: ReadSentence, mention: EntryMention, actor: EntryMention) -> bool:
    text = reading.text
    before = actor.end <= mention.start and _OWNED.fullmatch(text[actor.end : mention.start])
    return bool(before or (actor.start >= mention.end and _OF_OWNER.fullmatch(text[mention.end : actor.start])))


def _owned(reading: ReadSentence, mention: EntryMention, owner: EntryMention) -> Draft:
    undertaking, actor = reading.referents[mention], reading.referents[owner]
    role = "organizer" if mention.cls in EVENT_CLASSES else "implementer"
    cells = {"participant": actor.cell, "undertaking": undertaking.cell, "role": role, "modality": "implied",
             "note": _A_READING}  # fmt: skip
    span = min(mention.start, owner.start), max(mention.end, owner.end)
    return reading.draft("participations", cells, span, "owner", [actor, undertaking])


def _shared(reading: ReadSentence, mention: EntryMention, owners: list[EntryMention]) -> Draft:
    undertaking, partners = reading.referents[mention], [reading.referents[one] for one in owners]
    cells = {"partner": joined(partners), "undertaking": undertaking.cell, "partnershipKind": "joint-undertaking",
             "modality": "implied", "note": _A_READING}  # fmt: skip
    span = min(mention.start, owners[0].start), max(mention.end, owners[-1].end)
    return reading.draft("partnerships", cells, span, "owners", [*partners, undertaking])
