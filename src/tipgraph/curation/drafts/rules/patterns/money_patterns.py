"""Drafts of funding where no verb says it: "a USAID-funded project", lists of donors, and lines of amounts."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, PLACES, UNDERTAKINGS, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence, joined
from tipgraph.curation.drafts.rules.mentions.referents import Referent
from tipgraph.curation.drafts.words.figures import Money, cells_of, money

_COMPOUND: Final = re.compile(r"\s*[-‑–]\s*(?:co-?)?(?:fund|financ|sponsor|support)ed\b", re.IGNORECASE)
_OWNER: Final = re.compile(r"[’']s?\s+(?:[\w-]+\s+){0,2}")
_LINK: Final = re.compile(r"\b(?:on|of|for|against|about|to)\b")
_TIME: Final = re.compile(r"[\s,-]*(?:[\w-]+[- ](?:year|month|day)[\s,]*)?(?:[\w-]+\s)?")
_DONORS: Final = re.compile(
    r"""\b(?:donors?|funders?|sponsors?|(?:financial\ )?(?:supporters|contributors)|contributions?\ (?:received|pledged)
    |pledges)\b[^.:;]{0,60}?(?:\b(?:include[sd]?|are|were|is|was|comprise[sd]?)\b|:)\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_ABOUT_GIFTS: Final = re.compile(
    r"\b(?:donors?|donations?|contribut\w+|pledge[sd]?|grants?|funders?|funding|sponsors?)\b", re.IGNORECASE
)
_LINE: Final = re.compile(r"\s*(?:[-–•*·]|\d{1,2}[.)])?\s*(?:the\s+)?", re.IGNORECASE)
_BEFORE_SUM: Final = re.compile(r"\s*(?:\([^)]*\)\s*)?[:–—,.|\s-]*")
_AFTER_SUM: Final = re.compile(r"\s*(?:\([^)]*\)\s*)?[,;.|]?\s*(?:(?:in\s+)?\(?(?:19|20)\d\d\)?)?\s*[;.|]?\s*")
_LINES_APART: Final = 3  # paragraphs without an amount after which a list of gifts has ended
_BY_LIST: Final = "read from a list of gifts"
_BY_WORD: Final = "read from the words before it"


class Gifts:
    """The list of gifts that is being read: to whom or what they are, and where its last line was."""

    def __init__(self) -> None:
        self._to: Referent | None = None
        self._paragraph = 0

    def drafts(self, reading: ReadSentence) -> Iterator[Draft]:
        """Yield the gifts that a sentence or a line lists."""
        yield from _compounds(reading)
        yield from _sums(reading)
        yield from self._donors(reading)
        paragraph = reading.sentence.sentence.paragraph
        line = _line(reading)
        if line is not None and self._to and paragraph - self._paragraph <= _LINES_APART:
            self._paragraph = paragraph
            yield _gift(reading, *line, self._to)
        elif line is None and _ABOUT_GIFTS.search(reading.text):
            self._to, self._paragraph = _receiver(reading) or self._to, paragraph

    def _donors(self, reading: ReadSentence) -> Iterator[Draft]:
        """Yield the donors of "Donors were A, B and C" for what the sentence, or else the list, is about."""
        match = _DONORS.search(reading.text)
        givers = _named_after(reading, match.end()) if match else []
        inside = [one for one in reading.outer if match and one.start < match.end()]
        to = _first(reading, inside) or _before(reading) or self._to
        if givers and to and all(reading.referents[one] != to for one in givers):
            cells = {"modality": "implied", "note": _BY_LIST}
            yield from (_funding(reading, [giver], to, cells, "donor-list") for giver in givers)


def _compounds(reading: ReadSentence) -> Iterator[Draft]:
    """Yield the giver that is a part of the name of an undertaking: "USAID-funded project"."""
    for giver in (one for one in reading.mentions if one.table in (ACTORS, PLACES)):
        match = _COMPOUND.match(reading.text, giver.end)
        work = next(
            (one for one in reading.outer if one.table == UNDERTAKINGS and match and match.end() < one.end), None
        )
        if match and work and work.start <= match.end() + 1:
            to = reading.referents[work]
            yield _funding(reading, [giver], to, {"modality": "implied", "note": _BY_WORD}, "funded-compound", work.end)


def _sums(reading: ReadSentence) -> Iterator[Draft]:
    """Yield the amount in the words of an undertaking, with the giver before it: "the Fund's $5,000 project"."""
    for work in (one for one in reading.outer if one.table == UNDERTAKINGS):
        own = [one for one in money(reading.text) if one.end <= work.end and _is_sum_of(reading.text, one, work)]
        yield from (_sum(reading, amount, work) for amount in own[:1])


def _sum(reading: ReadSentence, amount: Money, work: EntryMention) -> Draft:
    owners = [one for one in reading.mentions if one.table == ACTORS and one.end <= amount.start]
    givers = [one for one in owners if _OWNER.fullmatch(reading.text[one.end : amount.start])][-1:]
    to, cells = reading.referents[work], cells_of(amount)
    if givers:
        notes = " | ".join(filter(None, (cells.get("note"), _BY_WORD)))
        return _funding(reading, givers, to, {**cells, "modality": "implied", "note": notes}, "sum-of-work", work.end)
    filled = {"purpose": to.cell, "moneyKind": "unknown", **cells}
    return reading.draft("funding", filled, (amount.start, work.end), "sum-of-work", [to])


def _is_sum_of(text: str, amount: Money, work: EntryMention) -> bool:
    """Tell whether an amount is in the words of an undertaking or right before them."""
    is_inside = work.start <= amount.start and not _LINK.search(text[work.start : amount.start])
    return is_inside or (amount.end <= work.start and bool(_TIME.fullmatch(text[amount.end : work.start])))


def _line(reading: ReadSentence) -> tuple[EntryMention, dict[str, str]] | None:
    """Return the giver and the amount of a line such as "Norway: $250,000"; None for other sentences."""
    sums = money(reading.text)
    first = next((one for one in reading.outer if one.table in (ACTORS, PLACES)), None)
    if first is None or len(sums) != 1 or sums[0].start < first.end or not _LINE.fullmatch(reading.text[: first.start]):
        return None
    between, after = reading.text[first.end : sums[0].start], reading.text[sums[0].end :]
    is_line = _BEFORE_SUM.fullmatch(between) and _AFTER_SUM.fullmatch(after)
    return (first, cells_of(sums[0])) if is_line else None


def _gift(reading: ReadSentence, giver: EntryMention, cells: dict[str, str], to: Referent) -> Draft:
    notes = " | ".join(filter(None, (cells.get("note"), _BY_LIST)))
    day = {"date": reading.days[0].edtf} if len(reading.days) == 1 else {}
    filled = {**cells, **day, "modality": "implied", "note": notes}
    return _funding(reading, [giver], to, filled, "gift-line", len(reading.text.rstrip()))


def _funding(
    reading: ReadSentence, givers: Sequence[EntryMention], to: Referent, cells: dict[str, str], rule: str, end: int = 0
) -> Draft:
    found = [referent for one in givers for referent in _giver(reading, one)]
    column = "receiver" if to.table == ACTORS else "purpose"
    filled = {"giver": joined(found), column: to.cell, "moneyKind": "unknown", **cells}
    return reading.draft("funding", filled, (givers[0].start, max(end, givers[-1].end)), rule, [*found, to])


def _giver(reading: ReadSentence, mention: EntryMention) -> list[Referent]:
    referent = reading.referents[mention]
    return [reading.government_of(referent)] if referent.cls == "Country" else reading.each(mention)


def _named_after(reading: ReadSentence, at: int) -> list[EntryMention]:
    """Return the actors and countries that are listed after a place in the sentence."""
    found = [one for one in reading.outer if one.start >= at and one.table in (ACTORS, PLACES)]
    return [one for one in found if one.table == ACTORS or reading.referents[one].cls == "Country"]


def _receiver(reading: ReadSentence) -> Referent | None:
    return _first(reading, reading.outer) or _before(reading)


def _first(reading: ReadSentence, found: Sequence[EntryMention]) -> Referent | None:
    """Return the first undertaking of some mentions, else the first body that is no group and no donor."""
    works = [one for one in found if one.table == UNDERTAKINGS]
    bodies = [one for one in found if one.table == ACTORS and reading.referents[one].cls == "Organization"]
    return next((reading.referents[one] for one in (*works, *bodies)), None)


def _before(reading: ReadSentence) -> Referent | None:
    return reading.before.get(UNDERTAKINGS) or reading.before.get(ACTORS)
