"""Drafts by patterns: what frames cannot say."""

from collections.abc import Iterator

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.mentions.read_sentence import ReadSentence
from tipgraph.curation.drafts.rules.mentions.referents import Referents
from tipgraph.curation.drafts.rules.patterns.affiliation_patterns import Affiliations
from tipgraph.curation.drafts.rules.patterns.document_patterns import document_reports
from tipgraph.curation.drafts.rules.patterns.name_patterns import namings
from tipgraph.curation.drafts.rules.patterns.route_patterns import routes
from tipgraph.curation.drafts.rules.patterns.undertaking_patterns import undertaking_reports
from tipgraph.curation.drafts.rules.patterns.work_patterns import work
from tipgraph.curation.drafts.words.known_names import KnownNames


class Patterns:
    """The patterns at work on the sentences of one text, in its order."""

    def __init__(self, referents: Referents, names: KnownNames) -> None:
        self._referents, self._names = referents, names
        self._affiliations = Affiliations(referents)

    def drafts(self, reading: ReadSentence) -> Iterator[Draft]:
        """Yield the drafts of all patterns of a sentence."""
        yield from namings(reading, self._referents)
        yield from self._affiliations.drafts(reading)
        yield from undertaking_reports(reading, self._referents)
        yield from work(reading, self._referents)
        yield from document_reports(reading, self._referents, self._names)
        yield from routes(reading)
