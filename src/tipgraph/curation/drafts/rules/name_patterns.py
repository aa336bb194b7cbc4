"""Drafts from names: what the text calls an entry, and to whom a body, a post or a group belongs by its name."""

import re
from collections.abc import Iterator
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.known_names import Known, KnownNames
from tipgraph.curation.drafts.rules.mention import ACTORS, PLACES, EntryMention, is_acronym
from tipgraph.curation.drafts.rules.read_sentence import ReadSentence
from tipgraph.curation.drafts.rules.referents import Referent, Referents

_OF: Final = re.compile(
    r"\s*(?:\([^)]*\))?\s*,?\s*(?:of|at|within|from)\s+(?:the\s+)?|[’']s?\s+|,\s+(?:the\s+)?(?=[A-Z])"
)
_IN: Final = re.compile(
    r"\s*(?:\([^)]*\))?\s*,?\s*(?:(?:based|located|headquartered|established)\s+)?(?:in|from|of)\s+(?:the\s+)?"
)
_LISTED: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|as well as\s+)(?:the\s+)?")
_ORGANS: Final = re.compile(r"\b(?:Commission|Council|Committee|Assembly|Board|Secretariat|Congress)\b")
_UNNAMED: Final = "read from its name"


def namings(reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
    """Yield a naming for each name that the text has not used before for its entry."""
    for mention in reading.mentions:
        referent = reading.referents[mention]
        kind = "description" if mention.name_kind == "pointer" else mention.name_kind
        names = [(mention.words, kind, mention.start, f"named-{mention.table}")]
        if mention.acronym:
            names.append((mention.acronym, "acronym", mention.acronym_at, "named-by-acronym"))
        for name, kind, start, rule in names:
            if referents.is_first(referent, name):
                cells = {"named": referent.cell, "name": name, "nameKind": kind}
                yield reading.draft("namings", cells, (start, start + len(name)), rule, [referent])


def affiliations(reading: ReadSentence, referents: Referents, names: KnownNames) -> Iterator[Draft]:
    """Yield to whom or where actors belong, as their names or the words right after them say, each once in a text."""
    for actor in (mention for mention in reading.mentions if mention.table == ACTORS):
        inside = list(reading.inside(actor))
        for draft in (*_in_name(reading, actor, inside, names), *_after_name(reading, actor)):
            owner = draft.cells.get("organization", "") or draft.cells.get("place", "")
            if owner != draft.cells["affiliate"] and referents.is_first(
                reading.referents[actor], f"affiliation {owner}"
            ):
                yield draft


def _in_name(
    reading: ReadSentence, actor: EntryMention, inside: list[EntryMention], names: KnownNames
) -> Iterator[Draft]:
    """Yield what the name of an actor says: of which country, or of which other body."""
    for part in inside:
        if part.table == PLACES:
            for place in (part, *_listed_after(reading, part, actor)):
                yield _of_place(reading, actor, reading.referents[place], names)
        elif part.table == ACTORS and part.start == actor.start and (part.known or is_acronym(part.words)):
            yield _of_body(reading, actor, part, "affiliated-in-name")
    adjective = re.match(r"[A-Z][a-z]+\b", actor.words)
    country = names.country(adjective[0]) if adjective and not inside and " " in actor.words else None
    if country:
        yield _of_place(reading, actor, _referent(country), names)


def _listed_after(reading: ReadSentence, place: EntryMention, actor: EntryMention) -> Iterator[EntryMention]:
    """Yield the places listed after the last one in the name of an actor: "governments of A, B and C"."""
    end = place.end
    for other in reading.outer:
        if place.end == actor.end and other.table == PLACES and other.start >= end:
            if not _LISTED.fullmatch(reading.text[end : other.start]):
                return
            end = other.end
            yield other


def _of_place(reading: ReadSentence, actor: EntryMention, place: Referent, names: KnownNames) -> Draft:
    referent = reading.referents[actor]
    cells = {"affiliate": referent.cell, "modality": "implied", "note": _UNNAMED}
    government = names.of(f"Government of {_label(place)}")
    if re.search(r"\b[Gg]overnments?\b", actor.words) and actor.cls == "GovernmentBody":
        cells |= {"affiliationKind": "government-of", "place": place.cell}
    elif actor.cls == "GovernmentBody" and government and government.reference != referent.cell:
        kind = "represents" if actor.code == "embassy" else "body-of"
        cells |= {"affiliationKind": kind, "organization": government.reference}
    elif actor.cls in ("GovernmentBody", "OrganizationalUnit"):
        cells |= {"affiliationKind": "body-of", "place": place.cell}
    else:
        is_sent = actor.cls == "Group" and "representative" in actor.words
        cells |= {"affiliationKind": "represents" if is_sent else "based-in", "place": place.cell}
    return reading.draft("affiliations", cells, (actor.start, actor.end), "country-in-name", [referent, place])


def _label(place: Referent) -> str:
    return place.label


def _after_name(reading: ReadSentence, actor: EntryMention) -> Iterator[Draft]:
    """Yield what the words right after an actor say: "of the Ministry", "in Chicago"."""
    for other in reading.mentions:
        gap = reading.text[actor.end : other.start] if other.start >= actor.end else ""
        if not gap or other.is_inner:
            continue
        if (
            other.table == ACTORS
            and _OF.fullmatch(gap)
            and not (gap.startswith(",") and actor.cls != "OrganizationalUnit")
        ):
            yield _of_body(reading, actor, other, "affiliated-by-of")
        elif other.table == PLACES and _IN.fullmatch(gap):
            yield _located(reading, actor, other)


def _of_body(reading: ReadSentence, actor: EntryMention, body: EntryMention, rule: str) -> Draft:
    one, other = reading.referents[actor], reading.referents[body]
    cells = {"affiliate": one.cell, "organization": other.cell, "affiliationKind": _kind(actor, body)}
    if rule == "affiliated-in-name":
        cells |= {"modality": "implied", "note": _UNNAMED}
    return reading.draft("affiliations", cells, (actor.start, max(actor.end, body.end)), rule, [one, other])


def _kind(actor: EntryMention, body: EntryMention) -> str:
    """Return the code of how an actor belongs to a body."""
    if actor.cls == "Post":
        return "represents" if "Representative" in actor.words else "post-in"
    if actor.cls == "Group":
        return "represents" if "representative" in actor.words else "member-of"
    if body.words.startswith("Government") or body.words.endswith("Government"):
        return "body-of"
    return "organ-of" if _ORGANS.search(actor.words) else "unit-of"


def _located(reading: ReadSentence, actor: EntryMention, place: EntryMention) -> Draft:
    one, other = reading.referents[actor], reading.referents[place]
    cells = {"affiliate": one.cell, "place": other.cell, "affiliationKind": "based-in"}
    return reading.draft("affiliations", cells, (actor.start, place.end), "based-in", [one, other])


def _referent(known: Known) -> Referent:
    return Referent(known.reference, known.table, known.cls, label=known.label)
