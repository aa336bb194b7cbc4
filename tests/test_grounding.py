"""A claim that gives what its words do not have is found, whatever it is; what is read from elsewhere is implied."""

import csv
import shutil
from pathlib import Path

import pytest

from tipgraph.graph.graph import Graph
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import Finding, check
from tipgraph.pipeline.words_check import Words, _numbers
from tipgraph.sources.folder import Texts

from .conftest import column

KIT = Path(__file__).parent / "kit"
PLANTS = {  # what a row says instead, and what its words then lack
    "a swapped giver": ("funding", "p2-1", {"giver": "casa-clara"}, "giver casa-clara"),
    "another receiver": ("funding", "p2-1", {"receiver": "casa-clara"}, "receiver casa-clara"),
    "another amount": ("funding", "p2-1", {"amount": "15200", "amountAsPrinted": ""}, "amount 15200"),
    "another currency": ("funding", "p2-1", {"currency": "EUR"}, "currency EUR"),
    "another year": ("funding", "p2-1", {"date": "2021-06"}, "year 2021"),
    "a place of another sentence": ("funding", "p2-1", {"place": "port-able"}, "place port-able"),
    "another place": ("undertaking-reports", "p2-1", {"place": "port-able"}, "place port-able"),
    "another issuer": ("estimates", "p3-1", {"issuer": "lantern-fund"}, "issuer lantern-fund"),
    "a year from nowhere": ("estimates", "p3-1", {"date": "2019"}, "year 2019"),
    "another origin": ("route-reports", "p3-1", {"origin": "reference/peru"}, "origin peru"),
    "a partner of the sentence before": (
        "partnerships",
        "p2-1",
        {"modality": "", "evidence": "p2s2.1"},
        "partner harbour-watch",
    ),
    "implied without a note": ("partnerships", "p2-1", {"evidence": "p2s2.1"}, "partner harbour-watch"),
}


def found(folder: Path) -> list[Finding]:
    findings = check(build(folder), Texts(KIT / "texts"), folder).findings
    return [finding for finding in findings if finding.rule == "ungrounded"]


def test_the_words_of_the_small_kit_have_all_that_its_claims_give() -> None:
    assert not found(KIT / "data")


@pytest.mark.parametrize("kind", PLANTS)
def test_what_the_words_do_not_have_is_found(kind: str, tmp_path: Path) -> None:
    name, row, instead, lacking = PLANTS[kind]
    shutil.copytree(KIT / "data", tmp_path / "data")
    path = tmp_path / "data" / "harbour-2020" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for one in rows:
        one |= instead if one["id"] == row else {}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, {key: None for one in rows for key in one}, restval="")
        writer.writeheader()
        writer.writerows(rows)
    (finding,) = found(tmp_path / "data")
    assert finding.where.endswith(f"{name}.csv:{[one['id'] for one in rows].index(row) + 2}")
    assert finding.message.startswith(f"gives {lacking}, which the sentences that it cites do not have; cite")
    remedy = "casa-clara is called 'Casa Clara' here: if the sentence calls it otherwise, quote those words in a row of"
    assert (remedy in finding.message) == ("casa-clara" in lacking)


def test_a_note_says_from_what_a_place_is_read_but_a_party_is_named(tmp_path: Path) -> None:
    shutil.copytree(KIT / "data", tmp_path / "data")
    path = tmp_path / "data" / "harbour-2020" / "partnerships.csv"
    rows = path.read_text("utf-8").replace("p2s1.3 | ", "").splitlines()
    path.write_text(f"{rows[0]},place,note\n{rows[1]},port-able,Harbour Watch was paid for them\n", "utf-8")
    (finding,) = found(tmp_path / "data")
    assert finding.message.startswith("gives partner harbour-watch, which the sentences that it cites do not have;")
    assert "port-able" not in finding.message


@pytest.mark.parametrize(("kind", "number"), [("description", 1), ("name", 0)])
def test_a_description_names_only_where_it_stands(kind: str, number: int, tmp_path: Path) -> None:
    shutil.copytree(KIT / "data", tmp_path / "data")
    folder = tmp_path / "data" / "harbour-2020"
    with (folder / "namings.csv").open("a", encoding="utf-8") as file:
        file.write(f"p3-3,casa-clara,Lima,{kind},p3s1.1\n")
    path = folder / "partnerships.csv"
    path.write_text(path.read_text("utf-8").replace(" | p2s2.1", ""), "utf-8")
    assert len(found(tmp_path / "data")) == number


def test_what_a_note_or_a_date_calls_concluded_is_implied(graph: Graph) -> None:
    stated = """SELECT DISTINCT ?claim { ?claim tip:evidence ?span FILTER NOT EXISTS { ?claim a tip:Conflict }
        FILTER NOT EXISTS { ?claim tip:modality code:modality-implied }
        OPTIONAL { ?claim tip:note ?note } OPTIONAL { ?claim tip:dateBasis ?basis }
        FILTER(COALESCE(?basis = code:date-basis-inferred, false)
               || COALESCE(REGEX(?note, "is (a|our) reading|is read (as|from)|^read from"), false)) }"""
    assert column(graph, stated) == []


def test_words_are_those_of_the_sentences_in_which_spans_lie() -> None:
    text = Words("One is. Two are. Three were.", "lines", "plain")
    assert text.said([text.around((9, 10))]) == "Two are."
    assert text.said([text.around((9, 20))]) == "Two are. Three were."


def test_numbers_of_words() -> None:
    assert {1_500_000, 250, 12_500} <= {int(number) for number in _numbers("US$1.5 million, 250 and 12,500")}
    assert 53_840 in {int(number) for number in _numbers("GBP 2009-03-31 53840 E")}
    spelled = {int(number) for number in _numbers("a two-million Euro fund, half a million, 3-million")}
    assert {2_000_000, 500_000, 3_000_000} <= spelled
    assert -40 in {int(number) for number in _numbers("-40.00")}
