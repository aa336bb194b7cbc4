"""Drafts of whom or where actors belong to, by their names and by the words beside them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    GROUP_CLASSES,
    PLACES,
    EntryMention,
)
from tipgraph.curation.drafts.rules.mentions.read_sentence import WITHOUT_PLACE, ReadSentence, joined
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents, referent_of

_BRACKET: Final = r"\s*(?:\([^)]*\))?"
_OF: Final = re.compile(rf"{_BRACKET}\s*,?\s*(?:of|at|within|from|in|under)\s+(?:the\s+|its\s+)?|,\s+(?:the\s+)?")
_OWNS: Final = re.compile(r"[’']s?\s+(?:own\s+)?")
_OF_STATE: Final = re.compile(rf"{_BRACKET}\s*,?\s*of\s+(?:the\s+)?")
_ENDS_PLACE: Final = re.compile(r"\s*(?:[);:.]|$|,?\s+(?!and\b|or\b)[a-z])")
_BASED: Final = re.compile(r"(?:[- ]based|[’']s?)\s+(?:[a-z-]+\s+){0,2}")
_ORGANS: Final = re.compile(r"\b(?:Commission|Council|Committee|Assembly|Board|Secretariat|Congress)\b")
_OFFICES: Final = re.compile(
    r"\b(?:Office|[Oo]ffices|[Uu]nits?|[Dd]epartments|Section|Department|Division|Bureau|Branch|Desk|Mission)\b"
)
_GOVERNMENT: Final = re.compile(r"\b[Gg]overnments?\b")
_SENT: Final = re.compile(r"\b(?:[Rr]epresentatives?|[Dd]elegates?|[Dd]elegations?|[Ee]nvoys?)\b")
_UNNAMED: Final = "read from its name"
_CLASSES_OF_STATE: Final = frozenset({"GovernmentBody", "OrganizationalUnit"})


@dataclass(frozen=True)
class Affiliations:
    """The patterns of affiliations at work on the sentences of one text; each affiliation is drafted once."""

    referents: Referents

    def drafts(self, reading: ReadSentence) -> Iterator[Draft]:
        """Yield to whom or where the actors of a sentence belong."""
        for actor in (mention for mention in reading.mentions if mention.table == ACTORS):
            for draft in (*_in_name(reading, actor), *_beside(reading, actor)):
                if draft.table == "namings" or self._is_new(draft):
                    yield draft

    def _is_new(self, draft: Draft) -> bool:
        affiliate = draft.cells["affiliate"]
        owner = draft.cells.get("organization", "") or draft.cells.get("place", "")
        return owner != affiliate and self.referents.is_first(Referent(affiliate, ACTORS, ""), f"affiliation {owner}")


def _in_name(reading: ReadSentence, actor: EntryMention) -> Iterator[Draft]:
    """Yield of which country an actor is by its words, unless these name another body."""
    inside = list(reading.inside(actor))
    if _is_mission(actor):
        yield from _of_mission(reading, actor, inside)
    elif places := [part for part in inside if part.table == PLACES]:
        yield from _of_places(reading, actor, [*places, *reading.listed_after(places[-1], actor.end)])
    elif country := _country_in(reading, actor):
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


def _country_in(reading: ReadSentence, actor: EntryMention) -> Referent | None:
    """Return the country in the words of an actor: "Peruvian Police", "US Embassy", "Government of Peru"."""
    own = reading.text[actor.start : actor.end]
    words = re.sub(r"^[Tt]he\s+", "", own).split()
    if len(words) == 1:
        return None
    of = re.search(r"\sof\s(?:the\s)?([A-Z][\w ’'-]+)$", own)
    names = reading.names
    by_name = [" ".join(words[:2]), words[0].removesuffix("’s"), of[1] if of else ""]
    capitals = [word for word in words if word[:1].isupper()] if actor.cls == "Group" else words[:1]
    found = [*map(names.of, filter(None, by_name)), *map(names.country, capitals)]
    return next((referent_of(one) for one in found if one and one.cls == "Country"), None)


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
    affiliate = group or reading.referents[actor]
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


def _of_next(reading: ReadSentence, actor: EntryMention, other: EntryMention, gap: str) -> Iterator[Draft]:
    """Yield that an actor owns the next one, "the Fund’s office", or belongs to it: "the office of the Fund"."""
    if _OWNS.fullmatch(gap) or (gap == " " and other.cls == "Post"):
        yield _of_body(reading, other, actor)
    elif _belongs(reading, actor, other, gap):
        yield _of_body(reading, actor, other)


def _belongs(reading: ReadSentence, actor: EntryMention, body: EntryMention, gap: str) -> bool:
    """Tell whether the words between a body and the next one say that it is a part of that, and no list."""
    if not gap.startswith(","):
        return bool(_OF.fullmatch(gap))
    is_unit = actor.cls == "OrganizationalUnit"
    return is_unit and bool(_OF.fullmatch(gap)) and bool(_ENDS_PLACE.match(reading.text, body.end))


def _of_body(reading: ReadSentence, actor: EntryMention, body: EntryMention) -> Draft:
    one, other = reading.referents[actor], reading.referents[body]
    cells = {"affiliate": one.cell, "organization": other.cell, "affiliationKind": _kind(actor, body)}
    return reading.draft(
        "affiliations",
        cells,
        (min(actor.start, body.start), max(actor.end, body.end)),
        "affiliated-by-of",
        [one, other],
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
