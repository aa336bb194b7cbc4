"""Drafts of facts of a document: its kind, date and topic, who adopted it, and the task that it asks for."""

import re
from collections.abc import Iterator
from typing import Final

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.entry_mention import ACTORS, DOCUMENTS, EntryMention
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence, short
from tipgraph.curation.drafts.rules.mentions.referents import Referent, Referents
from tipgraph.curation.drafts.words.known_names import KnownNames

_BODIES: Final = {
    "AG/RES": "OAS General Assembly", "CP/RES": "OAS Permanent Council", "A/RES": "United Nations General Assembly",
    "S/RES": "United Nations Security Council", "E/RES": "United Nations Economic and Social Council",
}  # fmt: skip
_SYMBOL: Final = re.compile(r"(?:AG|CP|A|S|E)/RES")
_YEAR_OF_SYMBOL: Final = re.compile(r"/(\d\d)\)$")
_ABOUT: Final = re.compile(r"\s(?:on|about)\s(.+)")
_DEMANDS: Final = re.compile(
    r"""\b(?:pursuant\ to|in\ accordance\ with|in\ compliance\ with|in\ fulfill?ment\ of|mandated\ by|in\ response\ to
    |as\ (?:requested|called\ for|required|mandated)\ (?:by|in)|under)\s+(?:the\s+)?(?:its\s+)?(?:resolution\s+)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_TITLE: Final = re.compile(r"(?:\s*[,;]|\s*\([^)]*\)|\s*[“\"][^”\"]*[”\"])*\s*")
_PROVISION: Final = re.compile(r"\b(?:operative )?(?:paragraph|article|section) \d+\b", re.IGNORECASE)
_OFTEN_MEANT: Final = frozenset({"plan", "proposal"})  # kinds that a phrase such as "national action plans" only wishes
_OWNS: Final = re.compile(r"[’']s?\s+")
_A_READING: Final = "that it wrote the document is a reading"
_NEAR: Final = 30  # characters from a document to its date
_FIRST_YEAR: Final = 50  # of the last century: "/99" is 1999


def document_reports(reading: ReadSentence, referents: Referents, names: KnownNames) -> Iterator[Draft]:
    """Yield what a sentence reports about each of its documents: its facts once in a text, and what it asks for."""
    for mention in reading.outer:
        if mention.table == DOCUMENTS and mention.name_kind != "title":
            referent = reading.referents[mention]
            author = _author(reading, mention)
            if (mention.code or author) and referents.is_first(referent, "document facts"):
                facts = _facts(reading, mention, author, names)
                is_said = not {"author", "date"}.isdisjoint(facts.cells)
                if mention.name_kind != "description" or is_said or mention.code not in _OFTEN_MEANT:
                    yield facts
            yield from _mandate(reading, mention, referent)


def _author(reading: ReadSentence, mention: EntryMention) -> Referent | None:
    """Return the actor whose document it is: "the Fund’s report"."""
    for actor in (one for one in reading.mentions if one.table == ACTORS and one.start <= mention.start):
        owned = _OWNS.match(reading.text, actor.end)
        if owned and (mention.start in (actor.start, owned.end())) and actor.end < mention.end:
            return reading.referents[actor]
    return None


def _facts(reading: ReadSentence, mention: EntryMention, author: Referent | None, names: KnownNames) -> Draft:
    referent, about = reading.referents[mention], _ABOUT.search(mention.words)
    cells = {"document": referent.cell, "documentKind": mention.code, "topic": short(about[1]) if about else ""}
    named = [referent]
    if author:
        cells |= {"author": author.cell, "modality": "implied", "note": _A_READING}
        named.append(author)
    span = [mention.start, mention.end]
    for day in reading.days:
        if mention.end <= day.start < mention.end + _NEAR:
            cells |= {"date": day.edtf, "dateBasis": "inferred" if day.is_inferred else ""}
            span[1] = day.end
    if symbol := _SYMBOL.match(mention.words):
        cells |= _of_symbol(mention.words, symbol[0], names)
    return reading.draft("publication-reports", cells, (span[0], span[1]), "document-facts", named)


def _of_symbol(words: str, symbol: str, names: KnownNames) -> dict[str, str]:
    """Return what the symbol of a resolution says: who adopted it, and in which year."""
    body, year = names.of(_BODIES[symbol]), _YEAR_OF_SYMBOL.search(words)
    cells = {"publicationState": "adopted", "modality": "implied", "note": "read from its symbol"}
    if body:
        cells["author"] = body.reference
    if year:
        century = 1900 if int(year[1]) > _FIRST_YEAR else 2000
        cells |= {"date": str(century + int(year[1])), "dateBasis": "inferred"}
    return cells


def _mandate(reading: ReadSentence, mention: EntryMention, referent: Referent) -> Iterator[Draft]:
    """Yield the task that is done "pursuant to" a document."""
    if not _DEMANDS.search(reading.text[: mention.start]):
        return
    rest = reading.text[mention.end :]
    title = _TITLE.match(rest)
    task = short(rest[title.end() :] if title else rest)
    provision = _PROVISION.search(rest)
    if task:
        cells = {"document": referent.cell, "task": task, "provision": provision[0] if provision else "",
                 "modality": "implied", "note": "that the document asks for it is a reading"}  # fmt: skip
        end = mention.end + rest.find(task) + len(task) if task in rest else mention.end
        yield reading.draft("mandates", cells, (mention.start, end), "pursuant-to", [referent])
