"""Each format is opened by a reader that is not ours, and says the same subgraph."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic
from shapely.geometry import shape

from tests.browsers import missing
from tests.conftest import SMALL_TEXTS
from tests.exports.conftest import HOSTILE, USAID
from tipgraph.analysis.network import Filter, edges_of
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA
from tipgraph.outputs.files import Extract, export
from tipgraph.outputs.files.rdf import statements
from tipgraph.pipeline.builder import build
from tipgraph.runtime.extras import is_here
from tipgraph.sources import Texts

Written = Callable[[str], Path]


def wanted(usaid: Extract) -> tuple[set[str], set[tuple[str, str, str]]]:
    """The nodes of the subgraph, and its edges as (start, end, claim)."""
    network = usaid.network
    return set(network), {(start, end, data["claim"]) for start, end, _, data in edges_of(network)}


def test_graphml_in_networkx(written: Written, usaid: Extract) -> None:
    read = nx.read_graphml(written(".graphml"), force_multigraph=True)
    nodes, edges = wanted(usaid)
    assert read.is_directed()
    assert set(read) == nodes
    assert {(a, b, data["claim"]) for a, b, data in read.edges(data=True)} == edges
    assert read.number_of_edges() == usaid.network.number_of_edges()
    for _, _, data in read.edges(data=True):
        assert data["said_at"].startswith("oas-cim-200")
        assert data["licence"]
    assert json.loads(read.graph["manifest"])["asked"] == {"recipe": "partner-funding", "focus": "usaid"}


@pytest.mark.parametrize(("ending", "read"), [(".graphml", nx.read_graphml), (".gexf", nx.read_gexf)])
def test_a_network_without_directions_is_undirected(
    graph: Graph, tmp_path: Path, ending: str, read: Callable[[Path], "nx.Graph[str]"]
) -> None:
    export(graph, tmp_path / f"partners{ending}", network="partnership")
    assert not read(tmp_path / f"partners{ending}").is_directed()


def test_gexf_in_networkx_with_time_colours_and_places(written: Written, usaid: Extract) -> None:
    read = nx.read_gexf(written(".gexf"))
    nodes, edges = wanted(usaid)
    assert set(read) == nodes
    assert {(a, b, data["claim"]) for a, b, data in read.edges(data=True)} == edges
    assert read.graph["mode"] == "dynamic"
    dated = [data for _, _, data in read.edges(data=True) if "start" in data]
    assert all(data["start"] == data["earliest"] for data in dated)
    assert any(data["start"] == "2004-11-11" and data["end"] == "2004-11-12" for data in dated)
    places = {(data["viz"]["position"]["x"], data["viz"]["position"]["y"]) for _, data in read.nodes(data=True)}
    assert len(places) > len(nodes) / 2
    colours = {data["type"]: str(data["viz"]["color"]) for _, data in read.nodes(data=True)}
    assert len(set(colours.values())) == len(colours) > 1
    text = written(".gexf").read_text("utf-8")
    assert 'timeformat="date"' in text
    lines = re.findall(r"<edge .*?viz:color (.*?)/>", text, re.DOTALL)  # which networkx does not read
    assert len(lines) == len(edges)
    assert len(set(lines)) > 2


def test_cytoscape_in_networkx(written: Written, usaid: Extract) -> None:
    found = json.loads(written(".json").read_text("utf-8"))
    read = nx.cytoscape_graph({**found, "directed": True, "multigraph": True, "data": []}, name="name", ident="id")
    nodes, edges = wanted(usaid)
    assert set(read) == nodes
    assert {(a, b, data["claim"]) for a, b, data in read.edges(data=True)} == edges
    ids = [one["data"]["id"] for kind in ("nodes", "edges") for one in found["elements"][kind]]
    assert len(ids) == len(set(ids))


def test_csv_in_pandas(written: Written, usaid: Extract) -> None:
    nodes, edges = wanted(usaid)
    with zipfile.ZipFile(written(".csv.zip")) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            "README.txt", "claims.csv", "edges.csv", "manifest.json", "nodes.csv", "sources.csv",
        }  # fmt: skip
        for name in ("edges.csv", "nodes.csv", "sources.csv"):
            assert archive.read(name).startswith(b"\xef\xbb\xbf")
        read = pd.read_csv(archive.open("edges.csv"), encoding="utf-8-sig")
        assert set(pd.read_csv(archive.open("nodes.csv"), encoding="utf-8-sig")["iri"]) == nodes
        sources = pd.read_csv(archive.open("sources.csv"), encoding="utf-8-sig")
        explained = archive.read("README.txt").decode()
    assert set(zip(read["from"], read["to"], read["claim"], strict=True)) == edges
    assert len(read) == usaid.network.number_of_edges()
    assert list(read.columns[:3]) == ["from_label", "label", "to_label"]
    assert set(sources["document"]) == set(usaid.sources)
    assert all(f"  {column}: " in explained for column in read.columns)


def test_xlsx_in_openpyxl(written: Written, usaid: Extract) -> None:
    book = openpyxl.load_workbook(written(".xlsx"))
    nodes, edges = wanted(usaid)
    classes = {view.heading.capitalize() for view in usaid.views.values()}
    assert book.sheetnames[:2] == ["Links", "Read me"]
    assert {"Actors", "Places", "Undertakings", "Sources", "Undertaking report", *classes} <= set(book.sheetnames)
    claims = set()
    for name in classes:
        rows = sheet_rows(book, name)
        claims |= {row["claim"] for row in rows}
        assert all(row["said_at"] and row["licence"] and row["sentence"] for row in rows)
    assert claims == {claim.value for claim in usaid.claims}
    assert {(row["from"], row["to"], row["claim"]) for row in sheet_rows(book, "Links")} == edges
    things = {row["iri"] for name in ("Actors", "Places", "Undertakings", "Documents") if name in book.sheetnames
              for row in sheet_rows(book, name)}  # fmt: skip
    assert things == nodes
    funding = sheet_rows(book, "Funding")
    assert {"sentence", "giver", "purpose", "money_kind", "document"} <= set(funding[0])
    for name in set(book.sheetnames) - {"Read me"}:
        rows = sheet_rows(book, name)
        assert all(re.fullmatch("(its )?[a-z0-9_]+", column) for column in rows[0]), "one way to write columns"
        assert all(any(row[column] not in ("", None) for row in rows) for column in rows[0]), "no column is empty"
    explained = [str(row[0].value).strip() for row in book["Read me"].iter_rows()]
    columns = [column for name in book.sheetnames if name != "Read me" for column in sheet_rows(book, name)[0]]
    assert set(columns) <= set(explained)
    sources = sheet_rows(book, "Sources")
    assert usaid.voices == sum(row["claims"] > 0 for row in sources) == 2
    assert sum(row["claims"] for row in sources) == len(usaid.claims)
    read_me = {str(row[0].value): str(row[1].value) for row in book["Read me"].iter_rows()}
    assert read_me["asked: focus"] == "usaid"
    assert read_me["graph digest"] == usaid.graph.digest


def test_a_sheet_of_conflicts_says_which_claims_conflict(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "all.xlsx")
    rows = sheet_rows(openpyxl.load_workbook(tmp_path / "all.xlsx"), "Conflict")
    assert len(rows) == 18
    for row in rows:
        assert "/conflicts/" in row["claim"]
        assert len(row["its claim"].split("; ")) >= 2
        assert "/conflicts/" not in row["its claim"]


def sheet_rows(book: Any, name: str) -> list[dict[str, Any]]:
    lines = list(book[name].iter_rows(values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_parquet_in_pyarrow(written: Written, usaid: Extract) -> None:
    path = written(".parquet")
    nodes, edges = wanted(usaid)
    table = pq.read_table(path)
    rows = table.to_pylist()
    assert {(row["from"], row["to"], row["claim"]) for row in rows} == edges
    assert len(rows) == usaid.network.number_of_edges()
    assert set(pq.read_table(path.with_suffix(".nodes.parquet"))["iri"].to_pylist()) == nodes
    assert json.loads(table.schema.metadata[b"tipgraph"])["counts"]["edges"] == len(rows)
    assert str(table.schema.field("amount").type) == "double"


def test_parquet_without_a_row_can_be_read(graph: Graph, tmp_path: Path) -> None:
    """A file without a row group is refused by pyarrow 18 and other readers."""
    path = tmp_path / "none.parquet"
    export(graph, path, network="funding", asked=Filter(end="1900", certainly=True))
    assert pq.ParquetFile(path).num_row_groups == 1
    assert pq.ParquetFile(path).read().to_pylist() == []


@pytest.mark.parametrize(("suffix", "form"), [(".trig", "trig"), (".nq", "nquads"), (".jsonld", "json-ld")])
def test_quads_in_rdflib(written: Written, usaid: Extract, suffix: str, form: str) -> None:
    assert set(usaid.claims) <= {one.subject for one in statements(usaid)}
    read, whole = rdflib.Dataset(), rdflib.Dataset()
    read.parse(written(suffix), format=form)
    whole.parse(data="".join(f"{pyoxigraph.Quad(*one)} .\n" for one in statements(usaid)), format="nquads")
    graphs = {graph.identifier for graph in whole.graphs() if len(graph)}
    assert {graph.identifier for graph in read.graphs() if len(graph)} == graphs
    for name in graphs:
        assert isomorphic(read.graph(name), whole.graph(name)), name


@pytest.mark.parametrize(("suffix", "form"), [(".ttl", "turtle"), (".nt", "nt")])
def test_triples_in_rdflib(written: Written, usaid: Extract, suffix: str, form: str) -> None:
    read = rdflib.Graph().parse(written(suffix), format=form)
    whole = rdflib.Graph()
    whole.parse(data="".join(f"{pyoxigraph.Triple(*one[:3])} .\n" for one in statements(usaid)), format="nt")
    assert isomorphic(read, whole)


def test_html_is_the_page_of_pyvis_and_loads_nothing(written: Written, usaid: Extract) -> None:
    page = written(".html").read_text("utf-8")
    assert "vis.DataSet" in page
    assert all(json.dumps(iri) in page for iri in usaid.network)
    assert not re.search(r"<(?:script|link)[^>]+(?:src|href)=", re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL))


@pytest.mark.parametrize(
    ("licence", "in_house", "shown"),
    [("CC BY 4.0", False, True), ("none stated", False, False), ("none stated", True, True)],
)
def test_words_are_written_where_the_licence_lets_others_read_them_or_in_house(
    copy: Path, tmp_path: Path, licence: str, *, in_house: bool, shown: bool
) -> None:
    settings = copy / "harbour-2020" / "source.toml"
    settings.write_text(re.sub('licence = ".*"', f'licence = "{licence}"', settings.read_text("utf-8")), "utf-8")
    path, texts = tmp_path / "money.xlsx", Texts(SMALL_TEXTS)
    taken = export(build(copy), path, network="funding", texts=texts, in_house=in_house)
    links = sheet_rows(openpyxl.load_workbook(path), "Links")
    assert links
    assert all(link["sentence"] and bool(link.get("words")) == shown for link in links)
    assert bool(taken.withheld) != shown


def test_rdf_has_the_evidence_and_the_sentence_of_every_claim(written: Written, usaid: Extract) -> None:
    read = rdflib.Graph().parse(written(".ttl"), format="turtle")
    tip = rdflib.Namespace("https://w3id.org/tipgraph/ns#")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    for claim in usaid.claims:
        evidence = list(read.objects(rdflib.URIRef(claim.value), tip.evidence))
        assert evidence
        said = read.objects(rdflib.URIRef(claim.value), rdflib.RDFS.label)
        assert [*said] == [rdflib.Literal(usaid.views[claim].sentence, lang="en")]
        for span in evidence:
            assert read.value(span, tip.digest) is not None
            selector = read.value(span, oa.hasSelector)
            assert read.value(selector, oa.start) is not None
            assert read.value(read.value(span, tip.source), tip.title) is not None
    labels = {str(label) for label in read.objects(None, rdflib.SKOS.prefLabel)}
    assert {data["label"] for _, data in usaid.network.nodes(data=True)} <= labels


def entities_in(path: Path) -> list[Any]:
    """Read a file by followthemoney; where that is not at hand the test is skipped, but never in CI."""
    if not is_here("followthemoney"):
        missing("no followthemoney, which needs ICU's headers: `make system`, then `make .venv/.ftm`")
    from followthemoney import model

    return [model.get_proxy(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def test_ftm_in_followthemoney(written: Written, usaid: Extract) -> None:
    entities = entities_in(written(".ftm.json"))
    lines = [json.loads(line) for line in written(".ftm.json").read_text("utf-8").splitlines()]
    ids = {entity.id for entity in entities}
    assert len(ids) == len(lines)
    for entity, line in zip(entities, lines, strict=True):
        entity.schema.validate(line)
        kept = {name: sorted(entity.get(name)) for name in line["properties"]}
        assert kept == {name: sorted(values) for name, values in line["properties"].items()}, line
    assert not any(entity.schema.is_a("Person") for entity in entities)
    records = {claim for entity in entities for claim in entity.get("recordId", quiet=True)}
    drawn = {claim.value for claim in usaid.claims if "/namings/" not in claim.value}
    assert records == drawn
    notes = " ".join(note for entity in entities for note in entity.get("notes", quiet=True))
    assert all(claim.value in notes for claim in usaid.claims if claim.value not in drawn)
    for entity in entities:
        if entity.schema.edge:
            assert entity.schema.source_prop
            assert entity.schema.target_prop
            ends = [*entity.get(entity.schema.source_prop), *entity.get(entity.schema.target_prop)]
            assert len(ends) == 2
            assert set(ends) <= ids
    nodes, _ = wanted(usaid)
    assert {url for entity in entities for url in entity.get("sourceUrl", quiet=True)} == nodes


def test_ftm_has_payments_memberships_and_participants(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "all.ftm.json")
    entities = entities_in(tmp_path / "all.ftm.json")
    schemas = {entity.schema.name for entity in entities}
    assert schemas == {
        "Payment", "Membership", "ProjectParticipant", "UnknownLink", "PublicBody", "Organization", "Project", "Event",
        "Address", "Document", "LegalEntity",
    }  # fmt: skip
    paying = [entity for entity in entities if entity.schema.name == "Payment"]
    assert not any("proposed" in entity.get("summary")[0] for entity in paying)
    paid = next(
        entity
        for entity in entities
        if entity.get("amount", quiet=True) == ["500000"] and entity.schema.name == "Payment"
    )
    assert paid.get("currency") == ["USD"]
    assert paid.get("beneficiary") == ["tip.state-gtip-2009.actors.catw-ap"]
    ids = {entity.id for entity in entities}
    assert len(ids) == len(entities)


def test_geojson_in_shapely(graph: Graph, written: Written, tmp_path: Path) -> None:
    export(graph, tmp_path / "all.geojson")
    for path in (written(".geojson"), tmp_path / "all.geojson"):
        found = json.loads(path.read_text("utf-8"))
        assert found["type"] == "FeatureCollection"
        assert found["features"]
        assert found["tipgraph"]["sources"]
        for feature in found["features"]:
            assert feature["type"] == "Feature"
            assert feature["properties"]["claim"].startswith(DATA)
            assert feature["properties"]["said_at"]
            if feature["geometry"] is None:
                assert feature["properties"]["located"] is False
            else:
                assert shape(feature["geometry"]).is_valid
    colombia = next(
        f for f in found["features"] if f["properties"]["from_label"] == "Colombia" and f["geometry"] is not None
    )
    (west, south), (east, north) = colombia["geometry"]["coordinates"]
    assert -80 < west < -66
    assert -5 < south < 13
    assert 125 < east < 146
    assert 30 < north < 46
    asia = next(f for f in found["features"] if f["properties"]["edge"] == "routeUndirected")
    assert asia["geometry"] is None  # a region has no point


def test_every_row_names_a_source_and_its_licence(written: Written) -> None:
    with zipfile.ZipFile(written(".csv.zip")) as archive:
        for name in ("nodes.csv", "edges.csv", "claims.csv"):
            read = pd.read_csv(archive.open(name), encoding="utf-8-sig")
            assert read["document"].notna().all(), name
            assert read["licence"].notna().all(), name
            if name != "nodes.csv":
                assert read["claim"].notna().all()
                assert read["said_at"].notna().all()
        nodes = pd.read_csv(archive.open("nodes.csv"), encoding="utf-8-sig")
    cim = nodes[nodes["iri"].str.endswith("/actors/cim")].iloc[0]
    assert "CIM" in cim["names"].split("; ")
    assert "oas-cim-2005 ¶" in cim["said_at"]
    assert "/namings/" in cim["claim"]


HOSTILE_FORMATS = [
    *[".graphml", ".gexf", ".json", ".csv.zip", ".xlsx", ".parquet", ".ttl", ".trig", ".nq", ".jsonld", ".ftm.json"]
]


@pytest.mark.parametrize("suffix", HOSTILE_FORMATS)
def test_hostile_labels_loops_and_parallel_edges_survive(hostile: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"hostile{suffix}"
    taken = export(hostile, path, network="funding")
    loops = [key for start, end, key, _ in edges_of(taken.network) if start == end]
    assert loops
    labels, edges = read_back(path, suffix)
    assert edges is None or edges == taken.network.number_of_edges()
    for name, label in HOSTILE.items():
        if suffix in (".graphml", ".gexf", ".xlsx") and name == "control":
            assert any(found.startswith("bell\ufffd escape\ufffd[2J") for found in labels), labels
        elif suffix != ".ftm.json" or name not in ("control", "rtl"):
            assert label in labels, name


def read_back(path: Path, suffix: str) -> tuple[set[str], int | None]:
    if suffix in (".graphml", ".gexf"):
        read = (nx.read_graphml if suffix == ".graphml" else nx.read_gexf)(path)
        return {data["label"] for _, data in read.nodes(data=True)}, read.number_of_edges()
    if suffix == ".json":
        found = json.loads(path.read_text("utf-8"))["elements"]
        return {one["data"]["label"] for one in found["nodes"]}, len(found["edges"])
    if suffix == ".csv.zip":
        with zipfile.ZipFile(path) as archive:
            nodes = list(csv.DictReader(io.TextIOWrapper(archive.open("nodes.csv"), "utf-8-sig", newline="")))
            edges = list(csv.DictReader(io.TextIOWrapper(archive.open("edges.csv"), "utf-8-sig", newline="")))
        return {row["label"] for row in nodes}, len(edges)
    if suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return {row["label"] for row in sheet_rows(book, "Actors")}, len(sheet_rows(book, "Links"))
    if suffix == ".parquet":
        labels = pq.read_table(path.with_suffix(".nodes.parquet"))["label"].to_pylist()
        return set(labels), pq.read_table(path).num_rows
    if suffix == ".ftm.json":
        entities = entities_in(path)
        return {name for entity in entities for name in entity.names}, sum(
            bool(entity.schema.edge) for entity in entities
        )
    read_rdf = rdflib.Dataset(default_union=True)
    forms = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "json-ld"}
    read_rdf.parse(path, format=forms[suffix])
    return {str(label) for label in read_rdf.objects(None, rdflib.SKOS.prefLabel)}, None


def test_no_cell_runs_as_a_formula(hostile: Graph, tmp_path: Path) -> None:
    taken = export(hostile, tmp_path / "h.xlsx", network="funding")
    for _, data in taken.network.nodes(data=True):
        data["label"] = "=1+1"
    from tipgraph.outputs.files.spreadsheets import write_csv_zip, write_xlsx

    write_xlsx(taken, tmp_path / "formula.xlsx")
    book = openpyxl.load_workbook(tmp_path / "formula.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=1+1" for cell in cells)
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    write_csv_zip(taken, tmp_path / "formula.csv.zip")
    with zipfile.ZipFile(tmp_path / "formula.csv.zip") as archive:
        text = archive.read("nodes.csv").decode("utf-8-sig")
    assert '"\'=1+1"' in text
    assert '"=1+1"' not in text


def test_a_text_too_long_for_a_cell_is_cut(hostile: Graph, tmp_path: Path) -> None:
    from tipgraph.outputs.files.spreadsheets import MAX_CELL, write_xlsx

    taken = export(hostile, tmp_path / "h.nq", network="funding")
    node = next(iter(taken.network))
    taken.network.nodes[node]["label"] = "x" * 2 * MAX_CELL
    write_xlsx(taken, tmp_path / "long.xlsx")
    labels = {str(row["label"]) for row in sheet_rows(openpyxl.load_workbook(tmp_path / "long.xlsx"), "Actors")}
    longest = max(labels, key=len)
    assert longest.endswith("…")
    assert len(longest) == MAX_CELL


@pytest.mark.parametrize("suffix", [*HOSTILE_FORMATS, ".geojson"])
def test_an_empty_result_is_a_file_that_opens(graph: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"
    taken = export(graph, path, network="routes", asked=Filter(statuses=("held",)))
    assert taken.claims == []
    assert "no claim answers this" in taken.summary
    if suffix in HOSTILE_FORMATS and suffix != ".xlsx":
        labels, edges = read_back(path, suffix)
        assert labels == set()
        assert not edges
    elif suffix == ".xlsx":
        assert set(openpyxl.load_workbook(path).sheetnames) == {"Read me"}
    else:
        assert path.read_text("utf-8")


def test_a_folded_network_can_be_taken_along(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "fold.graphml", network="participation", fold="starts")
    read = nx.read_graphml(tmp_path / "fold.graphml")
    assert max(data["shared"] for _, _, data in read.edges(data=True)) > 3
    assert all(data["via_label"] for _, _, data in read.edges(data=True))


def test_the_whole_graph_holds_every_claim(graph: Graph, tmp_path: Path) -> None:
    taken = export(graph, tmp_path / "all.nq")
    assert len(taken.claims) == sum(1 for _ in graph.named("claim-list"))
    read = set(pyoxigraph.parse(path=str(tmp_path / "all.nq"), format=pyoxigraph.RdfFormat.N_QUADS))
    assert set(taken.claims) <= {quad.subject for quad in read}
    assert USAID.focus
