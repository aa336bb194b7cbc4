"""A row is read as its claim will be, before there is a graph."""

from tests.conftest import SMALL
from tests.drafts.conftest import GRANT, Place, shown
from tipgraph.curation.drafts.rows.row_words import RowSentences
from tipgraph.display.claims import StoredClaims
from tipgraph.model import ontology
from tipgraph.pipeline.builder import build
from tipgraph.sources import with_reference


def test_each_claim_of_the_small_kit_reads_as_in_its_graph() -> None:
    sources = with_reference(SMALL)
    [own] = [source for source in sources if source.name == "harbour-2020"]
    others = [source for source in sources if source is not own]
    for language in ("en", "es"):
        sentences = RowSentences(own, others, ontology(), language)
        views = StoredClaims.of_graph(build(SMALL)).views(language).values()
        assert len(views) > 10
        for view in views:
            source, table, name = view.key.split("/")
            [cells] = [row.cells for row in own.tables[table].rows if row.cells["id"] == name]
            read = sentences.reads(table, cells, source)
            assert view.sentence.removeprefix(read)[:2] in ("", " (")
            assert read


def test_a_draft_is_read_with_names_of_entries_that_nobody_has_added(place: Place) -> None:
    for language, read in (
        ("en", "Funding from the Lantern Fund to Night Bus: 9,000 USD, disbursed, 2021"),
        ("es", "Financiación de Lantern Fund a Night Bus: 9,000 USD, desembolsada, 2021"),
    ):
        assert shown(place.session(language=language).state(), GRANT)["reads"] == read
