"""Drafts of namings: what the text calls an entry."""

from collections.abc import Iterator

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.read_sentence import ReadSentence
from tipgraph.curation.drafts.rules.referents import Referents


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
