"""Drafts of reported routes."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.rules.mentions.entry_mention import PLACES, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence, joined
from tipgraph.curation.drafts.rules.mentions.referents import Referent

_TRAFFICKING: Final = re.compile(r"\b(?:traffick\w*|exploit\w*|smuggl\w*|victims?|enslave\w*|forced)\b", re.IGNORECASE)
_TRAFFICKED: Final = re.compile(r"\btraffick(?:ed|ing)\b", re.IGNORECASE)
_FORMS: Final = {
    "sexual": r"sexual\w*|sex traffick\w*|prostitution", "labour": r"forced labou?r|labou?r exploitation",
    "domestic-servitude": r"domestic servitude|domestic work\w*", "begging": r"begging",
    "forced-marriage": r"forced marriage",
    "debt-bondage": r"debt bondage|bonded labou?r", "organ-removal": r"organs?\b", "sex-tourism": r"sex tourism",
}  # fmt: skip
_POPULATIONS: Final = {
    "women-and-children": r"women and children", "women-and-girls": r"women and girls|girls and women",
    "victims": r"victims", "children": r"children|minors", "women": r"women", "persons": r"persons|people",
}  # fmt: skip
_TO: Final = re.compile(r"\b(?:to|into|in|towards)\s+(?:the\s+)?$")
_FROM: Final = re.compile(r"\bfrom\s+(?:the\s+)?$")
_BETWEEN: Final = re.compile(r"\b(?:between|link(?:ing)?|connect(?:ing)?)\s+(?:the\s+)?$")
_INSIDE: Final = re.compile(r"\bin\s+(?:the\s+)?$")
_A_READING: Final = "that it is a route is a reading"


def routes(reading: ReadSentence) -> Iterator[Draft]:
    """Yield the routes "from A to B", and those "between A and B" without a direction."""
    if not _TRAFFICKING.search(reading.text):
        return
    lists = _place_lists(reading)
    origins = [found for found in lists if _FROM.search(reading.text[: found[0].start])]
    for origin in origins:
        ends = [
            found
            for found in lists
            if found[0].start > origin[-1].end and _is_end(reading.text, origin[-1].end, found[0].start)
        ]
        if ends:
            yield _route(reading, origin, ends[0])
    for both in lists:
        if len(both) > 1 and not origins and _BETWEEN.search(reading.text[: both[0].start]):
            yield _link(reading, both)


def _is_end(text: str, start: int, end: int) -> bool:
    """Tell whether a place is the end of a route: after "to", or after "in" in the same part of the sentence."""
    return bool(_TO.search(text[:end])) and not (_INSIDE.search(text[:end]) and "," in text[start:end])


def _place_lists(reading: ReadSentence) -> list[list[EntryMention]]:
    places = [one for one in reading.mentions if one.table == PLACES]
    lists: list[list[EntryMention]] = []
    for place in places:
        gap = reading.text[lists[-1][-1].end : place.start] if lists else "-"
        if lists and re.fullmatch(r",?\s*(?:and|or|,)?\s*(?:the\s+)?", gap) and gap.strip():
            lists[-1].append(place)
        else:
            lists.append([place])
    return lists


def _route(reading: ReadSentence, origin: Sequence[EntryMention], end: Sequence[EntryMention]) -> Draft:
    ends = [[reading.referents[one] for one in places] for places in (origin, end)]
    label = " to ".join(", ".join(_name(one) for one in found) for found in ends)
    before = reading.text[: end[0].start]
    is_said = _TRAFFICKED.search(before) and not _INSIDE.search(before)
    reading_of_ours = {} if is_said else {"modality": "implied", "note": _A_READING}
    cells = {"route": label, "directed": "true", "origin": joined(ends[0]), "destination": joined(ends[1]),
             "form": _form(reading.text), "population": _population(reading.text), **reading_of_ours}  # fmt: skip
    return _with_route(reading, cells, label, (origin[0].start, end[-1].end), [*ends[0], *ends[1]])


def _link(reading: ReadSentence, both: Sequence[EntryMention]) -> Draft:
    ends = [reading.referents[one] for one in both]
    label = f"{' and '.join(_name(one) for one in ends)} (direction not stated)"
    cells = {"route": label, "directed": "false", "endpoint": joined(ends), "form": _form(reading.text),
             "modality": "implied", "note": _A_READING}  # fmt: skip
    return _with_route(reading, cells, label, (both[0].start, both[-1].end), ends)


def _with_route(
    reading: ReadSentence, cells: dict[str, str], label: str, span: tuple[int, int], ends: Sequence[Referent]
) -> Draft:
    route = Referent(label, "routes", "Route", entry=Entry("routes", {"type": "Route", "label": label}))
    return reading.draft("route-reports", cells, span, "route", [route, *ends])


def _name(referent: Referent) -> str:
    return referent.label or referent.cell


def _form(text: str) -> str:
    found = [code for code, words in _FORMS.items() if re.search(rf"\b(?:{words})", text, re.IGNORECASE)]
    return " | ".join(found) or "unspecified"


def _population(text: str) -> str:
    return next(
        (code for code, words in _POPULATIONS.items() if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)), ""
    )
