"""The page of a claim through every door, for a source of which each span has one."""

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import SMALL, SMALL_TEXTS, column
from tests.pages.conftest import carried
from tests.release.making import everything
from tests.server.serving import serving
from tipgraph.analysis.network.ties import independent, sayings
from tipgraph.cli import main
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import load, write
from tipgraph.model import data_iri
from tipgraph.outputs.files import FOLDER, FORMATS, export
from tipgraph.outputs.files.claim_tables import claim_tables
from tipgraph.outputs.release import compile_, read_policy, release
from tipgraph.outputs.site import render
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import check
from tipgraph.sources.documents.layout import Box, Layout, PlacedWord
from tipgraph.sources.evidence.segment import paragraphs
from tipgraph.sources.folder import Texts

PAYMENT = data_iri("harbour-2020", "funding", "p2-1")
POLICY = '[sources]\ndefault = "{}"\n'
SAID = "harbour-2020 ¶2 s1, p. 2"


def with_pages(data: Path) -> None:
    """Give each span of the small source a page: 1 for the first paragraph, 2 for the second, 4 for the third."""
    folder = data / "harbour-2020"
    with (folder / "evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "evidence.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "page"])
        writer.writeheader()
        writer.writerows(row | {"page": {"1": 1, "2": 2, "3": 4}[row["paragraph"]]} for row in rows)
    about = (folder / "source.toml").read_text("utf-8")
    pages = f'documentFile = "harbour.pdf"\ndocumentSha256 = "{"d" * 64}"\npageCount = 4\n'
    (folder / "source.toml").write_text(pages + about, "utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("paged") / "data"))
    with_pages(data)
    return data


@pytest.fixture(scope="module")
def paged(data: Path) -> Graph:
    return build(data)


@pytest.fixture(scope="module")
def file(paged: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paged") / "graph.trig"
    write(paged, path)
    return path


def typed(*words: str) -> str:
    result = CliRunner().invoke(main, [*words])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_source_with_pages_is_sound(paged: Graph, data: Path) -> None:
    report = check(paged, Texts(SMALL_TEXTS), data)
    assert report.findings == []
    assert dict(report.evidence) == {"verified": 17}


def test_a_page_agrees_with_the_layout_of_the_document(paged: Graph, data: Path, tmp_path: Path) -> None:
    text = (SMALL_TEXTS / "harbour.txt").read_text("utf-8")
    (tmp_path / "harbour.txt").write_text(text, "utf-8")
    starts = {span.start: page for span, page in zip(paragraphs(text, "blocks"), (1, 2, 3), strict=True)}
    words = tuple(
        PlacedWord(*word.span(), Box(max(page for at, page in starts.items() if at <= word.start()), 9, 9, 9, 9))
        for word in re.finditer(r"\S+", text)
    )
    (tmp_path / "harbour.layout.json").write_text(Layout(((595, 842),) * 4, words).to_json(), "utf-8")
    report = check(paged, Texts(tmp_path), data)
    assert report.evidence["wrong"] == len(report.findings) == 5  # those of the third paragraph
    assert all("harbour.txt: page expected 4, found 3" in str(finding) for finding in report.findings)


def test_a_citation_has_its_page(paged: Graph, small: Graph) -> None:
    assert list(map(str, paged.cite([PAYMENT])[PAYMENT])) == [SAID]
    assert column(paged, f"SELECT ?s {{ <{PAYMENT.value}> tip:saidAt ?s }}") == [SAID]
    assert list(map(str, small.cite([PAYMENT])[PAYMENT])) == ["harbour-2020 ¶2 s1"]


def test_answers_have_pages_and_json_only_where_there_are_some(file: Path, small: Graph, tmp_path: Path) -> None:
    assert "s1, p. 2" in typed("query", "funding", "-g", str(file))  # the cell is on two lines
    rows = list(csv.DictReader(typed("query", "funding", "-g", str(file), "--format", "csv").splitlines()))
    assert rows[0]["said at"].startswith(SAID)
    (row,) = json.loads(typed("query", "funding", "-g", str(file), "--format", "json"))
    assert list(row["said_at"][0])[:5] == ["source", "paragraph", "sentence", "page", "start"]
    assert row["said_at"][0]["page"] == 2
    write(small, tmp_path / "small.trig")
    (row,) = json.loads(typed("query", "funding", "-g", str(tmp_path / "small.trig"), "--format", "json"))
    assert "page" not in row["said_at"][0]
    assert SAID in typed("show", "lantern-fund", "-g", str(file), "--texts", str(SMALL_TEXTS))
    measured = ("network", "funding", "--measure", "degree", "--focus", "lantern-fund", "--format", "csv")
    assert SAID in typed(*measured, "-g", str(file))


def test_a_page_is_a_fragment_beside_the_position(paged: Graph, tmp_path: Path) -> None:
    """An export says as Web Annotation where evidence is; a graph does not hold it twice."""
    selectors = """SELECT ?selector ?kind ?value ?standard {
      ?evidence oa:hasSelector ?selector . ?selector a ?kind
      OPTIONAL { ?selector rdf:value ?value ; dcterms:conformsTo ?standard }
    } ORDER BY ?selector"""
    span = data_iri("harbour-2020", "evidence", "p2s1.2").value
    export(paged, tmp_path / "all.trig")
    found = load(tmp_path / "all.trig").query(selectors)
    rows = [tuple(term and term.value for term in row) for row in found]  # type: ignore[union-attr]
    assert [row for row in rows if row[0].startswith(f"{span}/")] == [
        (f"{span}/page", "http://www.w3.org/ns/oa#FragmentSelector", "page=2", "http://tools.ietf.org/rfc/rfc3778"),
        (f"{span}/position", "http://www.w3.org/ns/oa#TextPositionSelector", None, None),
    ]
    assert not list(paged.query(selectors))  # type: ignore[arg-type]


def test_claim_tables_have_a_column_of_pages(paged: Graph, small: Graph) -> None:
    tables = dict(claim_tables(paged))
    assert tables["Funding"].to_pylist()[0]["page"] == [2]
    assert tables["Evidence"].column("page").to_pylist().count(4) == 5
    assert dict(claim_tables(small))["Funding"].to_pylist()[0]["page"] == [None]


@pytest.mark.parametrize("ending", sorted(FORMATS.keys() - {FOLDER}))
def test_every_export_has_pages(paged: Graph, small: Graph, ending: str, tmp_path: Path) -> None:
    words = {}
    for name, graph in (("paged", paged), ("plain", small)):
        (tmp_path / name).mkdir()
        export(graph, tmp_path / name / f"all{ending}")
        words[name] = everything(tmp_path / name).replace("\\u00b6", "¶")  # as pyvis writes it
    assert "harbour-2020 ¶2 s1" in words["plain"]
    assert SAID in words["paged"]


@pytest.fixture(scope="module")
def site(paged: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return render(paged, tmp_path_factory.mktemp("paged") / "site", texts=Texts(SMALL_TEXTS)).parent


def test_pages_of_the_site_have_page_numbers_in_both_languages(site: Path) -> None:
    for language, root in (("en", site), ("es", site / "es")):
        claims = carried(site / "lens" / f"{language}.js", "claims")  # which the pages of sources show
        assert SAID in {place["label"] for claim in claims.values() for place in claim["said"]}
        assert "harbour.pdf" in (root / "source" / "harbour-2020.html").read_text("utf-8")
        assert ">harbour-2020 ¶3 s1, p. 4</a>" in (root / "timeline.html").read_text("utf-8")


def test_the_server_and_a_graph_over_it_give_the_page(file: Path) -> None:
    with serving(file) as server:
        (row,) = server.get("/query/funding.json").json
        (far,) = json.loads(typed("query", "funding", "-g", f"{server.address}/sparql", "--format", "json"))
    assert [place["page"] for place in row["said_at"]] == [2]
    assert far["said_at"] == row["said_at"]


def test_two_pages_of_one_sentence_are_one_saying() -> None:
    places = "a ¶1 s2, p. 3; a ¶1 s2, p. 4; b ¶1 s1"
    assert sayings({"said_at": places}) == ["a ¶1 s2", "a ¶1 s2", "b ¶1 s1"]
    first, second = ({"claim": claim, "said_at": f"a ¶1 s2, p. {page}"} for claim, page in (("x", 3), ("y", 4)))
    assert independent([first, second]) == 1


def test_a_release_names_no_document(paged: Graph, tmp_path: Path) -> None:
    entry = '[[withhold]]\nwhat = "casa-clara"\nreason = "safety"\nbecause = "a threat"\nreview = 2027-06-01\n'
    (tmp_path / "policy.toml").write_text(POLICY.format("words") + entry, "utf-8")
    release(paged, tmp_path / "out", read_policy(tmp_path / "policy.toml"), texts=Texts(SMALL_TEXTS))
    said = everything(tmp_path / "out")
    assert "harbour-2020 (withheld)" in said
    assert not re.search(r"d{64}|harbour\.pdf", said)


@pytest.mark.parametrize(("shown", "pages"), [("locators", False), ("words", True)])
def test_a_release_that_withholds_the_place_withholds_the_page(
    paged: Graph, shown: str, pages: bool, tmp_path: Path
) -> None:
    (tmp_path / "policy.toml").write_text(POLICY.format(shown), "utf-8")
    graph = compile_(paged, read_policy(tmp_path / "policy.toml"), Texts(SMALL_TEXTS)).graph
    for name in ("page", "start", "textFile"):
        assert bool(column(graph, f"SELECT ?s {{ ?s tip:{name} ?any }}")) is pages, name
    assert not column(graph, "SELECT ?s { ?s tip:digest|tip:documentSha256|tip:documentFile ?any }")
    assert column(graph, "SELECT ?n { ?s tip:pageCount ?n }") == ["4"]
    assert check(graph).findings == []
