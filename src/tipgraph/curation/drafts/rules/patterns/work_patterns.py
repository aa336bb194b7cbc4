"""Drafts of work that no verb names: "the IOM project", "the Network's campaign", "trained judges"."""

import re
from collections.abc import Iterator
from typing import Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rules.frames.clauses import Clause, is_denied
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    EVENT_CLASSES,
    GROUP_CLASSES,
    PLACES,
    UNDERTAKINGS,
    EntryMention,
)
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence, joined
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents
from tipgraph.curation.drafts.words.figures import money

_OWNED: Final = re.compile(r"[’']s?\s+(?:own\s+)?(?:(?:first|second|new|annual|regional|national)\s+)*")
_OF_OWNER: Final = re.compile(r"\s*(?:[“\"][^”\"]+[”\"]\s*)?(?:of|by|run by)\s+(?:the\s+)?")
_LISTED: Final = re.compile(r",?\s+(?:and|&)\s+(?:the\s+)?|,\s+(?:the\s+)?")
_PAID: Final = re.compile(r"[’']?\s*-\s*(?:fund|support|financ|sponsor|led|backed)")
_OF_LAST: Final = re.compile(r"(?:[\w-]+ ){1,3}of (?:the )?")
_TRAINED: Final = frozenset({"trained", "train", "trains", "sensitized", "sensitised", "briefed"})
_A_READING: Final = "that it carries it out is a reading"
_TRAINING: Final = "that it was one training is a reading"


def work(reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
    """Yield the owners of undertakings, each once in a text, and the trainings that a verb means."""
    for mention in (one for one in reading.outer if one.table == UNDERTAKINGS and one.name_kind != "title"):
        if is_denied(reading.text, mention.start, mention.end):
            continue
        undertaking = reading.referents[mention]
        owners = [one for one in _owners(reading, mention)
                  if referents.is_first(undertaking, f"owner {reading.referents[one].cell}")]  # fmt: skip
        yield from (_owned(reading, mention, owner) for owner in owners)
        if len({reading.referents[one].cell for one in owners}) > 1:
            yield _shared(reading, mention, owners)
    if not any(one.table == UNDERTAKINGS for one in reading.mentions):
        yield from _trainings(reading)


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


def _trainings(reading: ReadSentence) -> Iterator[Draft]:
    """Yield the training that "trained 40 officers in Lima" means, with its trainers and those trained."""
    for at, token in enumerate(reading.sentence.tokens):
        clause = Clause(reading.sentence, reading.mentions, at, at, is_verb=True)
        if token.lower not in _TRAINED or not token.is_verb or clause.plan or clause.is_denied:
            continue
        trained = next((group for group in clause.part("object") if _are_groups(reading, group)), [])
        trainers = next(
            (group for group in clause.part("subject") if group != trained and group[0].table == ACTORS), []
        )
        if trained:
            yield from _training(reading, clause, trained, trainers)
            return


def _are_groups(reading: ReadSentence, group: list[EntryMention]) -> bool:
    return group[0].table == ACTORS and reading.referents[group[0]].cls == "Group"


def _training(
    reading: ReadSentence, clause: Clause, trained: list[EntryMention], trainers: list[EntryMention]
) -> Iterator[Draft]:
    place = _place(reading, clause, trained)
    is_outside = bool(place) and place[0].start >= trained[-1].end
    label = f"Training of {' and '.join(one.words for one in trained).replace('|', '/')}"
    label += f", {place[0].words}" if is_outside else ""
    training = Referent(
        label, UNDERTAKINGS, "Event", "training", Entry(UNDERTAKINGS, {"type": "Event", "label": label})
    )
    fixed = {"undertaking": training.cell, "modality": "implied", "note": _TRAINING}
    for one, role in (*((one, "trainer") for one in trainers), *((one, "target-group") for one in trained)):
        actor = reading.referents[one]
        cells = {**fixed, "participant": actor.cell, "role": role}
        yield reading.draft("participations", cells, _around(clause, [one]), "trained-group", [actor, training])
    day = reading.days[0].edtf if len(reading.days) == 1 else ""
    places = [reading.referents[one] for one in place]
    facts = {**fixed, "undertakingKind": "training", "status": "held", "date": day, "place": joined(places)}
    span = _around(clause, [*trained, *place])
    yield reading.draft("undertaking-reports", facts, span, "trained-group", [training, *places])


def _place(reading: ReadSentence, clause: Clause, trained: list[EntryMention]) -> list[EntryMention]:
    """Return where a training was: the place after "in" or "at", or that in the words for those trained."""
    lists = (*clause.part("in"), *clause.part("at"), list(reading.inside(trained[-1])))
    return next((group[:1] for group in lists if group and group[0].table == PLACES), [])


def _around(clause: Clause, found: list[EntryMention]) -> tuple[int, int]:
    return min(clause.start, *(one.start for one in found)), max(clause.end, *(one.end for one in found))
