"""Drafts by patterns: names, routes, numbers of victims, tiers, mandates, and facts of an undertaking."""

from collections.abc import Iterator

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.referents import Referents
from tipgraph.curation.drafts.rules.statements import ReadSentence


def patterns(reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
    """Yield the drafts of all patterns of a sentence."""
    yield from _namings(reading, referents)


def _namings(reading: ReadSentence, referents: Referents) -> Iterator[Draft]:
    """Yield a naming for each name that the text has not used before for its entry."""
    for mention in reading.mentions:
        referent = reading.referents[mention]
        entries = [referent.entry] if referent.entry else []
        if referents.is_first(referent, mention.words):
            cells = {"named": referent.cell, "name": mention.words, "nameKind": mention.name_kind}
            yield reading.draft("namings", cells, (mention.start, mention.end), f"named-{mention.table}", entries)
        if mention.acronym and referents.is_first(referent, mention.acronym):
            cells = {"named": referent.cell, "name": mention.acronym, "nameKind": "acronym"}
            span = mention.acronym_at, mention.acronym_at + len(mention.acronym)
            yield reading.draft("namings", cells, span, "acronym", entries)
