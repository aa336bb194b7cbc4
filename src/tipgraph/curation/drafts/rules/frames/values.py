"""The cells of a frame that are no entries: dates, amounts, codes, lengths of time, and words of the sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tipgraph.curation.drafts.rules.frames.clauses import Clause
from tipgraph.curation.drafts.rules.mentions.entry_mention import DOCUMENTS, EVENT_CLASSES, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import short
from tipgraph.curation.drafts.rules.mentions.referents import Referents
from tipgraph.curation.drafts.rules.parser.tokens import WordToken
from tipgraph.curation.drafts.words.figures import Money, cells_of, money
from tipgraph.curation.drafts.words.lexicon import UNDERTAKING_HEADS
from tipgraph.model import Ontology
from tipgraph.sources import SPELLED

_UNITS: Final = {"day": ("D", 1), "week": ("D", 7), "month": ("M", 1), "year": ("Y", 1)}
_ABOUT: Final = (" on ", " about ", " against ", " concerning ")
_NEW: Final = frozenset({"a", "an", "another", "one", "this"})
_IS: Final = frozenset({"is", "are", "was", "were", "to", "include", "includes", "included"})
_OFTEN_MEANT: Final = frozenset({"plan", "proposal"})  # which a phrase such as "national action plans" only wishes
_LONG: Final = 4  # digits of a year
_BEFORE: Final = 3  # words before an undertaking in which its length may be


@dataclass
class Values:
    """Cells, and the offsets of the words that say them."""

    cells: dict[str, str] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)


def values(clause: Clause, referents: Referents, terms: Ontology) -> Values:
    """Return the cells of the parts of a frame that are no entries."""
    parts, found = clause.frame.parts, Values()
    if "when" in parts:
        _add_day(clause, found)
    if "money" in parts:
        _add_amount(clause, found)
    for part, at in (("rest", _rest(clause)), ("phrase", clause.span[0])):
        if part in parts:
            found.cells[parts[part]] = short(clause.reading.text[at:])
    if clause.anchor:
        cells, said = _of_mention(clause, clause.anchor, referents)
        found.cells |= cells
        found.spans.append(said)
    else:
        found.cells |= _said(clause, parts["kind"], terms) if "kind" in parts else {}
    found.cells = {name: cell for name, cell in found.cells.items() if cell}
    return found


def _add_day(clause: Clause, found: Values) -> None:
    """Add the only day in the reach of a frame."""
    start, end = clause.reach
    days = [day for day in clause.reading.days if start <= day.start < end]
    if len(days) == 1:
        found.spans.append((days[0].start, days[0].end))
        found.cells |= {"date": days[0].edtf, "dateBasis": "inferred" if days[0].is_inferred else ""}


def _add_amount(clause: Clause, found: Values) -> None:
    """Add the only amount that belongs to the words of a frame."""
    amounts = [one for one in money(clause.reading.text) if _is_own(clause, one)]
    if len(amounts) == 1:
        found.spans.append((amounts[0].start, amounts[0].end))
        found.cells |= cells_of(amounts[0])


def _of_mention(clause: Clause, mention: EntryMention, referents: Referents) -> tuple[dict[str, str], tuple[int, int]]:
    """Return what the words of an undertaking or document, and those around, say: kind, length, number, status."""
    parts, tokens = clause.frame.parts, clause.relations.tokens
    inside = [at for at, one in enumerate(tokens) if mention.start <= one.start < mention.end]
    words = [one.lower for one in tokens[max(0, inside[0] - _BEFORE) : inside[-1] + 1]]
    status, said = _status(clause, mention, inside) if "status" in parts else ("", clause.span)
    number = _number([tokens[at].lower for at in inside])
    is_new = number > 1 or bool(status) or not _NEW.isdisjoint(words[:_BEFORE])
    codes = _new_kinds(clause, mention, referents, is_new=is_new) if "kind" in parts else []
    about = min((at for word in _ABOUT if (at := mention.words.find(word)) > 0), default=len(mention.words))
    every = {
        "kind": " | ".join(codes), "status": status, "length": duration_of(words),
        "number": str(number) if number > 1 else "", "topic": short(mention.words[about:].strip().partition(" ")[2]),
    }  # fmt: skip
    return {parts[part]: cell for part, cell in every.items() if part in parts}, said


def _new_kinds(clause: Clause, mention: EntryMention, referents: Referents, *, is_new: bool) -> list[str]:
    """Return the kinds that a text says for the first time, of what has a name, is new, or is a document."""
    is_told = is_new or mention.name_kind != "description" or mention.table == DOCUMENTS
    own = clause.reading.referents[mention]
    return [code for code in (kinds(mention) if is_told else ()) if referents.is_first(own, f"kind {code}")]


def kinds(mention: EntryMention) -> Iterator[str]:
    """Yield the codes of the kinds of an undertaking by the words of its name, or its own one."""
    if mention.table == DOCUMENTS:
        is_meant = mention.name_kind == "description" and mention.code in _OFTEN_MEANT
        yield from () if is_meant or not mention.code else (mention.code,)
        return
    words = mention.words.lower().split()
    ends = (at for at, word in enumerate(words) if word in ("on", "about", "against", "for", "in"))
    heads = [UNDERTAKING_HEADS[word].code for word in words[: next(ends, None)] if word in UNDERTAKING_HEADS]
    yield from dict.fromkeys(filter(None, heads or [mention.code]))


def _number(words: list[str]) -> int:
    """Return the number of undertakings that words count: "two seminars", "a series of 15 workshops"."""
    for word, following in pairwise(words):
        if (word in SPELLED or word.isdigit()) and following != "-" and following.removesuffix("s") not in _UNITS:
            return int(SPELLED.get(word) or (word if len(word) < _LONG else 0))
    return 0


def duration_of(words: list[str]) -> str:
    """Return the length of time in words, as an xsd:duration; an empty string if there is none.

    >>> duration_of("a three - day workshop".split()), duration_of(["24", "months"])
    ('P3D', 'P24M')
    """
    for at, word in enumerate(words):
        before = [one for one in words[:at] if one != "-"]
        number = before[-1] if before else ""
        if (unit := _UNITS.get(word.removesuffix("s"))) and (number.isdigit() or number in SPELLED):
            count = SPELLED.get(number) or int(number)
            return f"P{count * unit[1]}{unit[0]}" if count < 1000 else ""
    return ""


def _status(clause: Clause, mention: EntryMention, inside: list[int]) -> tuple[str, tuple[int, int]]:
    """Return how far an undertaking has come, as the words around say, and these words; nothing if they do not."""
    tokens, (first, last) = clause.relations.tokens, (inside[0], inside[-1])
    stopped = clause.moods.after(("cancelled", "suspended"), last)
    modes = ("held",) if mention.cls in EVENT_CLASSES else ("ended", "ongoing")
    status, start, end = clause.moods.around(("planned", *modes), first, last)
    code = stopped or status.replace("ended", "completed")
    return code, (tokens[start].start, tokens[end - 1].end)


def _said(clause: Clause, columns: str, terms: Ontology) -> dict[str, str]:
    """Return the codes whose first word the sentence says: `sexual` for "sexual exploitation"; the longest of one."""
    text, every = f" {clause.reading.text.lower()}", terms.columns(terms.tables[clause.frame.table])
    found = {}
    for name in columns.split(" | "):
        codes = [code for code in terms.codes[every[name].scheme] if f" {_spoken(code)}" in text]
        longest = sorted(codes, key=len, reverse=True)
        found[name] = " | ".join(longest if every[name].many else longest[:1])
    return found


def _spoken(code: str) -> str:
    return code.replace("-", " ")


def _is_own(clause: Clause, amount: Money) -> bool:
    """Tell whether an amount belongs to the words: no other verb is between, if the frame needs the amount."""
    tokens = clause.relations.tokens
    at = next((at for at, token in enumerate(tokens) if token.end > amount.start), -1)
    is_free = "amount" not in clause.frame.needs or not clause.is_verb or at < 0
    return is_free or clause.relations.verb(at) in (-1, clause.first)


def _rest(clause: Clause) -> int:
    """Return the offset of the rest, after the words, their entry and "is": "the aim of the seminar was …"."""
    end = clause.span[1]
    behind = next(clause.part("after"), []) if "after" in clause.frame.parts else []
    end = behind[-1].end if behind else end
    following: list[WordToken] = [token for token in clause.relations.tokens if token.start >= end]
    for token in following if behind else ():
        if token.lower not in _IS:
            return token.start
    return end
