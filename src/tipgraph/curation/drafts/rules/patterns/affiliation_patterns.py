"""Drafts of whom or where actors belong to, by their names and by the words beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    BODY_CLASSES,
    GROUP_CLASSES,
    PLACES,
    EntryMention,
    is_acronym,
)
from tipgraph.curation.drafts.rules.mentions.read_sentence import WITHOUT_PLACE, ReadSentence, joined
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents, referent_of

_BRACKET: Final = r"\s*(?:\([^)]*\))?"
_OF: Final = re.compile(rf"{_BRACKET}\s*,?\s*(?:of|at|within|from|in|under)\s+(?:the\s+|its\s+)?|,\s+(?:the\s+)?")
_OWNS: Final = re.compile(r"[’']s?\s+(?:own\s+)?")
_NO_MEMBERS: Final = frozenset({"counterparts", "donors", "partners", "participants", "stakeholders"})
_OF_STATE: Final = re.compile(rf"{_BRACKET}\s*,?\s*of\s+(?:the\s+)?")
_ENDS_PLACE: Final = re.compile(r"\s*(?:[);:.]|$|,?\s+(?!and\b|or\b)[a-z])")
_HAS: Final = re.compile(r"\b(?:has|have|had|with|opened|opens|maintains|its|their)\s+(?:\w+\s+)?$")
_PREDICATE: Final = re.compile(r"(?:It|They|it|they)\s+(?:is|was|are|were)\s+(?:an?|the)\s+$")
_BASED: Final = re.compile(r"(?:[- ]based|[’']s?)\s+(?:[a-z-]+\s+){0,2}")
_FROM: Final = re.compile(r"[\w’'/ -]*?(\w+)\s+(?:of|from|at|in|within)\s+(?:the\s+|its\s+)?")
_ORGANS: Final = re.compile(r"\b(?:Commission|Council|Committee|Assembly|Board|Secretariat|Congress)\b")
_OFFICES: Final = re.compile(
    r"\b(?:Office|[Oo]ffices|[Uu]nits?|[Dd]epartments|Section|Department|Division|Bureau|Branch|Desk|Mission)\b"
)
_GOVERNMENT: Final = re.compile(r"\b[Gg]overnments?\b")
_SENT: Final = re.compile(r"\b(?:[Rr]epresentatives?|[Dd]elegates?|[Dd]elegations?|[Ee]nvoys?)\b")
_UNNAMED: Final = "read from its name"
_UNNAMED_OWNER: Final = "of whom they are members is read from the words before"
_MEMBERS: Final = re.compile(r"\b(?:[Mm]ember|[Mm]embers(?!\s(?:of|from)\b)|organi[sz]ational members)\b")
_CLASSES_OF_STATE: Final = frozenset({"GovernmentBody", "OrganizationalUnit"})


@dataclass(frozen=True)
class Affiliations:
    """The patterns of affiliations at work on the sentences of one text; each affiliation is drafted once."""

    referents: Referents

    def drafts(self, reading: ReadSentence) -> Iterator[Draft]:
        """Yield to whom or where the actors of a sentence belong."""
        for actor in (mention for mention in reading.mentions if mention.table == ACTORS):
            if _is_seat(reading, actor):
                continue
            for draft in (*_in_name(reading, actor), *_beside(reading, actor), *_of_members(reading, actor)):
                if draft.table == "namings" or self._is_new(draft):
                    yield draft

    def _is_new(self, draft: Draft) -> bool:
        affiliate = draft.cells["affiliate"]
        owner = draft.cells.get("organization", "") or draft.cells.get("place", "")
        return owner != affiliate and self.referents.is_first(Referent(affiliate, ACTORS, ""), f"affiliation {owner}")


def _is_seat(reading: ReadSentence, actor: EntryMention) -> bool:
    """Tell whether words mean where another one is: "has offices in Lima"."""
    is_office = actor.name_kind == "description" and actor.head in ("office", "offices")
    return is_office and bool(_HAS.search(reading.text[: actor.start]))


def _in_name(reading: ReadSentence, actor: EntryMention) -> Iterator[Draft]:
    """Yield what the words of an actor say: of which country it is, or of which other body."""
    inside = list(reading.inside(actor))
    owner = next((part for part in inside if part.table == ACTORS and _is_owner(reading, actor, part)), None)
    if owner:
        yield from _of_owner(reading, actor, owner, inside)
    elif _is_mission(actor):
        yield from _of_mission(reading, actor, inside)
    elif places := [part for part in inside if part.table == PLACES]:
        yield from _of_places(reading, actor, [*places, *reading.listed_after(places[-1], actor.end)])
    elif country := _country_in(reading, actor):
        yield _of_place(reading, actor, country)


def _of_owner(
    reading: ReadSentence, actor: EntryMention, owner: EntryMention, inside: list[EntryMention]
) -> Iterator[Draft]:
    """Yield the body that the words of an actor name, and the country before it: "Peruvian staff of IOM"."""
    yield _of_body(reading, actor, owner, "affiliated-in-name")
    is_placed = any(part.table == PLACES for part in inside)
    if owner.start > actor.start and not is_placed and (country := _country_in(reading, actor, owner)):
        yield _of_place(reading, actor, country)


def _of_mission(reading: ReadSentence, actor: EntryMention, inside: list[EntryMention]) -> Iterator[Draft]:
    """Yield that an embassy or a mission represents its government, and where."""
    seats = [one for one in inside if re.search(r"\s(?:in|to)\s(?:the\s)?$", reading.text[actor.start : one.start])]
    senders = [reading.referents[one] for one in inside if one not in seats and reading.referents[one].cls == "Country"]
    sender = next(iter(senders), _country_in(reading, actor))
    if sender:
        places = [reading.referents[one] for one in seats if one.table == PLACES]
        named = [reading.referents[actor], reading.government_of(sender), *places]
        cells = {
            "affiliate": named[0].cell,
            "organization": named[1].cell,
            "place": joined(places),
            "affiliationKind": "represents",
            "modality": "implied",
            "note": _UNNAMED,
        }
        yield reading.draft("affiliations", cells, (actor.start, actor.end), "represents-its-state", named)


def _country_in(reading: ReadSentence, actor: EntryMention, owner: EntryMention | None = None) -> Referent | None:
    """Return the country in the words of an actor: "Peruvian Police", "US Embassy", "Government of Peru"."""
    own = reading.text[actor.start : owner.start if owner else actor.end]
    words = re.sub(r"^[Tt]he\s+", "", own).split()
    if len(words) == 1:
        return None
    of = re.search(r"\sof\s(?:the\s)?([A-Z][\w ’'-]+)$", own)
    names = reading.names
    by_name = [" ".join(words[:2]), words[0].removesuffix("’s"), of[1] if of else ""]
    capitals = [word for word in words if word[:1].isupper()] if actor.cls == "Group" else words[:1]
    found = [*map(names.of, filter(None, by_name)), *map(names.country, capitals)]
    return next((referent_of(one) for one in found if one and one.cls == "Country"), None)


def _is_owner(reading: ReadSentence, actor: EntryMention, part: EntryMention) -> bool:
    """Tell whether a body inside the words of an actor is its owner: "OAS Office", "staff of the OAS"."""
    if part.start == actor.start:
        return part.known is not None or is_acronym(part.words)
    is_named = part.name_kind in ("name", "acronym") and part.cls != "Post" and actor.head not in _NO_MEMBERS
    return is_named and bool(_FROM.fullmatch(reading.text[actor.start : part.start]))


def _of_places(reading: ReadSentence, actor: EntryMention, places: list[EntryMention]) -> Iterator[Draft]:
    """Yield where an actor is; a group in several countries is another one in each."""
    if actor.code == "states":
        return
    countries = [reading.referents[place] for place in places]
    is_divided = actor.cls == "Group" and len(countries) > 1 and reading.is_divided(actor)
    for at, place in enumerate(countries):
        group = reading.group_of(actor, place) if is_divided else None
        is_own = at == 0 and actor.head != "governments" and places[-1].start >= actor.end
        if group and is_own:
            group = reading.referents[actor]
        elif group:
            yield _naming(reading, actor, group)
        yield _of_place(reading, actor, place, group, is_alone=len(countries) == 1)


def _naming(reading: ReadSentence, actor: EntryMention, group: Referent) -> Draft:
    """Return that a phrase names the group of one country among others."""
    kind = WITHOUT_PLACE.split(actor.words)[0]
    cells = {"named": group.cell, "name": kind, "nameKind": "description"}
    return reading.draft("namings", cells, (actor.start, actor.start + len(kind)), "named-together", [group])


def _of_place(
    reading: ReadSentence, actor: EntryMention, place: Referent, group: Referent | None = None, *, is_alone: bool = True
) -> Draft:
    """Return that an actor with a country in its name governs it, is a body of its state, represents it or is there."""
    affiliate = group or _meant(reading, actor)
    named = [affiliate, place]
    cells = {"affiliate": affiliate.cell, "modality": "implied", "note": _UNNAMED}
    government = reading.government_of(place) if place.cls == "Country" else place
    is_body = affiliate.cls in _CLASSES_OF_STATE and government.cell not in (affiliate.cell, place.cell)
    if affiliate.cls == "GovernmentBody" and (group or _GOVERNMENT.search(actor.words)):
        cells |= {"affiliationKind": "government-of", "place": place.cell, "modality": "", "note": ""}
    elif place.cls == "Country" and (kind := _kind_in_state(affiliate, actor)):
        cells |= {"affiliationKind": kind, "organization": government.cell}
        named = [affiliate, government]
    elif is_body and not is_alone:
        cells |= {"affiliationKind": "body-of", "place": place.cell}
    elif is_body and actor.code != "law-enforcement":
        cells |= {"affiliationKind": "body-of", "organization": government.cell}
        named = [affiliate, government]
    else:
        is_sent = affiliate.cls == "Group" and _SENT.search(actor.words)
        cells |= {"affiliationKind": "represents" if is_sent else "based-in", "place": place.cell}
    return reading.draft("affiliations", cells, (actor.start, actor.end), "country-in-name", named)


def _kind_in_state(affiliate: Referent, actor: EntryMention) -> str:
    """Return the code of how posts and embassies belong to the government of a country; empty for others."""
    if actor.code == "embassy":
        return "represents"
    return "post-in" if affiliate.cls == "Post" else ""


def _is_mission(actor: EntryMention) -> bool:
    is_body = actor.cls not in GROUP_CLASSES
    return is_body and bool(re.search(r"\b(?:[Ee]mbassy|[Cc]onsulate|Mission)\b", actor.words))


def _beside(reading: ReadSentence, actor: EntryMention) -> Iterator[Draft]:
    """Yield what the words right beside an actor say: "of the Ministry", "of Peru", "Lima-based"."""
    for other in reading.outer:
        if other.start >= actor.end:
            gap = reading.text[actor.end : other.start]
            if other.table == ACTORS:
                yield from _of_next(reading, actor, other, gap)
            elif _is_of_state(actor, reading.referents[other]) and _OF_STATE.fullmatch(gap):
                yield _of_place(reading, actor, reading.referents[other])
        elif other.table == PLACES and not actor.is_inner and _BASED.fullmatch(reading.text[other.end : actor.start]):
            yield _of_place(reading, actor, reading.referents[other])


def _is_of_state(actor: EntryMention, place: Referent) -> bool:
    return actor.cls in _CLASSES_OF_STATE and place.cls == "Country"


def _has_members(mention: EntryMention) -> bool:
    return mention.table == ACTORS and mention.cls in BODY_CLASSES


def _of_next(reading: ReadSentence, actor: EntryMention, other: EntryMention, gap: str) -> Iterator[Draft]:
    """Yield that an actor owns the next one, "the Fund’s office", or belongs to it: "the office of the Fund"."""
    if _OWNS.fullmatch(gap) or (gap == " " and other.cls == "Post"):
        yield _of_body(reading, other, actor, "affiliated-by-of")
    elif _belongs(reading, actor, other, gap):
        yield _of_body(reading, actor, other, "affiliated-by-of")


def _of_members(reading: ReadSentence, actor: EntryMention) -> Iterator[Draft]:
    """Yield to which body, named before, members belong that a phrase names without it: "its 12 member NGOs"."""
    is_said = any(one.table == ACTORS for one in reading.inside(actor))
    if actor.cls != "Group" or actor.code == "states" or is_said or not _MEMBERS.search(actor.words):
        return
    named = [one for one in reading.outer if one.end <= actor.start and _has_members(one)]
    owner = reading.referents[named[-1]] if named else reading.before.get(ACTORS)
    if owner and owner.cls in BODY_CLASSES:
        span = named[-1].start if named else actor.start, actor.end
        for group in reading.each(actor):
            cells = {"affiliate": group.cell, "organization": owner.cell, "affiliationKind": "member-of",
                     "modality": "implied", "note": _UNNAMED_OWNER}  # fmt: skip
            yield reading.draft("affiliations", cells, span, "members-of-named", [group, owner])


def _belongs(reading: ReadSentence, actor: EntryMention, body: EntryMention, gap: str) -> bool:
    """Tell whether the words between a body and the next one say that it is a part of that, and no list."""
    if not gap.startswith(","):
        return bool(_OF.fullmatch(gap))
    is_unit = actor.cls == "OrganizationalUnit"
    return is_unit and bool(_OF.fullmatch(gap)) and bool(_ENDS_PLACE.match(reading.text, body.end))


def _meant(reading: ReadSentence, actor: EntryMention) -> Referent:
    """Return the entry of an actor; in "It is the first NGO in Peru" that of the pronoun."""
    before = reading.before.get(ACTORS)
    is_of_pronoun = actor.name_kind == "description" and _PREDICATE.search(reading.text[: actor.start])
    return before if before and is_of_pronoun else reading.referents[actor]


def _of_body(reading: ReadSentence, actor: EntryMention, body: EntryMention, rule: str) -> Draft:
    one, other = _meant(reading, actor), reading.referents[body]
    cells = {"affiliate": one.cell, "organization": other.cell, "affiliationKind": _kind(actor, body)}
    if rule == "affiliated-in-name":
        cells |= {"modality": "implied", "note": _UNNAMED}
    return reading.draft(
        "affiliations", cells, (min(actor.start, body.start), max(actor.end, body.end)), rule, [one, other]
    )


def _kind(actor: EntryMention, body: EntryMention) -> str:
    """Return the code of how an actor belongs to a body."""
    if actor.cls in GROUP_CLASSES and _SENT.search(actor.words):
        return "represents"
    if actor.cls == "Post":
        return "post-in"
    if actor.head in ("organs", "organ"):
        return "organ-of"
    is_of_bodies = bool(_OFFICES.search(actor.words)) or actor.head in ("agencies", "ministries", "institutions")
    if actor.cls == "Group" and not is_of_bodies:
        return "member-of"
    if _GOVERNMENT.search(body.words):
        return "body-of"
    return "organ-of" if _ORGANS.search(actor.words) and not _OFFICES.search(actor.words) else "unit-of"
