"""Drafts of facts of an undertaking: its kind, place, date, length, topic, and how far it has come."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.frames.clauses import is_denied
from tipgraph.curation.drafts.rules.mentions.entry_mention import EVENT_CLASSES, PLACES, UNDERTAKINGS, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence, joined, short
from tipgraph.curation.drafts.rules.mentions.referents import Referents
from tipgraph.curation.drafts.words.day_words import Day
from tipgraph.curation.drafts.words.lexicon import UNDERTAKING_HEADS

_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_NUMBER: Final = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_LASTING: Final = re.compile(rf"\b{_NUMBER}[- ](day|week|month|year)s?(?:[- ]long)?\b", re.IGNORECASE)
_COUNTED: Final = re.compile(rf"(?:series of )?{_NUMBER} (?!day|week|month|year)", re.IGNORECASE)
_UNITS: Final = {"day": ("D", 1), "week": ("D", 7), "month": ("M", 1), "year": ("Y", 1)}
_HELD: Final = re.compile(
    r"\b(?:held|took place|taken place|conducted|organi[sz]ed|hosted|convened|attended|brought together|gathered"
    r"|completed|concluded|participated|carried out|implemented)\b"
)
_NOW: Final = re.compile(
    r"""\b(?:is|are|has\ been|have\ been|continues?|continued)\ (?:currently\ |now\ |presently\ |jointly\ |being\ )?
    (?:to\ )?\w+(?:ing|ed)?\b|\b(?:ongoing|currently|under\ ?way)\b""",
    re.VERBOSE,
)
_PLANNED: Final = re.compile(
    r"\b(?:will|shall|planned|plans? to|is to|are to|scheduled|upcoming|forthcoming|intends? to)\b"
)
_STOPPED: Final = {
    "cancelled": re.compile(r"^\W(?:\w+\W+){0,9}(?:cancell?ed|called off|abandoned)\b"),
    "suspended": re.compile(r"^\W(?:\w+\W+){0,9}(?:suspended|postponed|interrupted|put on hold)\b"),
}
_WHERE: Final = re.compile(r"\b(?:in|at|throughout|across|for|within)\s+(?:the\s+|both\s+)?$")
_ABOUT: Final = re.compile(r"\s(?:on|about|against)\s(.+)")
_NEW: Final = re.compile(r"\b(?:an?|another|one|this|series\ of)\s+$", re.IGNORECASE)
_BEFORE: Final = 12  # characters before an undertaking in which its length may be
_TELLING: Final = ("place", "date", "duration", "partCount", "topic")  # columns that need no new kind beside them


def undertaking_reports(reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
    """Yield what a sentence reports about each of its undertakings; its kind once in a text."""
    found = [mention for mention in reading.outer if mention.table == UNDERTAKINGS and mention.name_kind != "title"]
    for at, mention in enumerate(found):
        if is_denied(reading.text, mention.start, mention.end) and not _stop(reading.text[mention.end :]):
            continue
        following = found[at + 1].start if at + 1 < len(found) else len(reading.text)
        codes = [
            code for code in kinds(mention.words) if referents.is_first(reading.referents[mention], f"kind {code}")
        ]
        yield from _facts(reading, mention, codes, (0 if at == 0 else mention.start, following))


def _facts(
    reading: ReadSentence, mention: EntryMention, codes: Sequence[str], reach: tuple[int, int]
) -> Iterator[Draft]:
    places = _places(reading, reach)
    day = _day(reading, reach)
    cells = {
        "undertaking": reading.referents[mention].cell,
        "undertakingKind": " | ".join(codes),
        "place": joined(reading.referents[place] for place in places),
        "date": day.edtf if day else "",
        "dateBasis": "inferred" if day and day.is_inferred else "",
        "duration": duration_of(reading.text[max(0, mention.start - _BEFORE) : mention.end]),
        "partCount": _count(mention),
        "status": _status(reading.text, mention),
        "topic": _topic(mention.words),
    }
    is_new = codes and (cells["status"] or _is_introduced(reading.text, mention))
    if not (is_new or any(cells[name] for name in _TELLING)):
        return
    spans = [(mention.start, mention.end), *((place.start, place.end) for place in places)]
    spans += [(day.start, day.end)] if day else []
    span = min(start for start, _ in spans), max(end for _, end in spans)
    named = [reading.referents[one] for one in (mention, *places)]
    yield reading.draft("undertaking-reports", cells, span, "undertaking-facts", named)


def kinds(words: str) -> list[str]:
    """Return the codes of the kinds of an undertaking by the words of its name.

    >>> kinds("two training workshops on trafficking"), kinds("research project")
    (['training', 'workshop'], ['research', 'counter-trafficking'])
    """
    head = re.split(r"\s(?:on|about|against|for|in)\s", words.lower())[0]
    codes = [UNDERTAKING_HEADS[word].code for word in re.findall(r"[a-z]+", head) if word in UNDERTAKING_HEADS]
    return list(dict.fromkeys(filter(None, codes)))


def _places(reading: ReadSentence, reach: tuple[int, int]) -> list[EntryMention]:
    """Return where it is: places after "in" or "at", and those listed with them; of a city and its country the city."""
    found: list[EntryMention] = []
    for place in (one for one in reading.outer if one.table == PLACES and reach[0] <= one.start < reach[1]):
        gap = reading.text[found[-1].end : place.start] if found else ""
        if found and re.fullmatch(r",?\s*(?:\([^)]*\)\s*)?(?:and\s+)?(?:the\s+)?|,\s+and\s+(?:the\s+)?", gap):
            if not (found[-1].cls in ("City", "Venue") and place.cls == "Country" and "and" not in gap):
                found.append(place)
        elif _WHERE.search(reading.text[: place.start]):
            found.append(place)
    return found


def _day(reading: ReadSentence, reach: tuple[int, int]) -> Day | None:
    inside = [day for day in reading.days if reach[0] <= day.start < reach[1]]
    return inside[0] if len(inside) == 1 else None


def duration_of(words: str) -> str:
    """Return the length of time in words, as an xsd:duration; an empty string if there is none.

    >>> duration_of("a three-day workshop"), duration_of("24 months")
    ('P3D', 'P24M')
    """
    match = _LASTING.search(words)
    if match is None:
        return ""
    letter, times = _UNITS[match[2].lower()]
    return f"P{_value(match[1]) * times}{letter}"


def _count(mention: EntryMention) -> str:
    match = _COUNTED.match(mention.words)
    is_many = mention.head.endswith("s")
    return str(_value(match[1])) if match and is_many and _value(match[1]) > 1 else ""


def _value(word: str) -> int:
    return _NUMBERS.get(word.lower()) or int(word)


def _status(text: str, mention: EntryMention) -> str:
    """Return how far it has come, as the words around say; nothing if they do not."""
    after = re.split(r"[;.]\s", text[mention.end :])[0][:60]
    before = re.split(r"[;.]\s", text[: mention.start])[-1][-60:]
    around = f"{after} {before}"
    if stopped := _stop(after):
        return stopped
    if _PLANNED.search(around):
        return "planned"
    if re.search(r"\bpropos", around):
        return "proposed"
    if mention.cls in EVENT_CLASSES and (_HELD.search(around) or re.search(r"\b(?:was|were)\b", after)):
        return "held"
    if re.search(r"\b(?:completed|concluded|was conducted|was carried out|were conducted)\b", around):
        return "completed"
    return "ongoing" if mention.cls not in EVENT_CLASSES and _NOW.search(around) else ""


def _topic(words: str) -> str:
    about = _ABOUT.search(words)
    return short(about[1]) if about else ""


def _is_introduced(text: str, mention: EntryMention) -> bool:
    """Tell whether words name one undertaking for the first time: by a name, or by "a" or a number before them."""
    is_named = mention.name_kind != "description"
    return is_named or bool(_NEW.search(text[: mention.start]) or _COUNTED.match(mention.words))


def _stop(after: str) -> str:
    """Return the code of how it was stopped, by the words after it; an empty string if they do not say so."""
    return next((code for code, words in _STOPPED.items() if words.search(after)), "")
