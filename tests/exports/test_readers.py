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
from lxml import etree
from rdflib.compare import isomorphic
from shapely.geometry import shape

from tests.browsers import missing
from tests.conftest import SMALL_TEXTS
from tests.exports.conftest import HOSTILE
from tipgraph.analysis.network import Filter, edges_of
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA
from tipgraph.outputs.files import Extract, export
from tipgraph.outputs.files.rdf import statements
from tipgraph.outputs.files.spreadsheets import MAX_CELL, write_csv_zip, write_xlsx
from tipgraph.pipeline.builder import build
from tipgraph.runtime.extras import is_here
from tipgraph.sources import Texts

Written = Callable[[str], Path]


FORMATS_READ = [
    ".graphml",
    ".gexf",
    ".json",
    ".csv.zip",
    ".xlsx",
    ".parquet",
    ".ttl",
    ".trig",
    ".nq",
    ".jsonld",
    ".ftm.json",
]
Edges = list[tuple[str, str, str]]  # start, end, claim


def edges_in(network: Any) -> Edges:
    return sorted((start, end, data["claim"]) for start, end, data in network.edges(data=True))


def read_back(path: Path, suffix: str) -> tuple[dict[str, str], Edges | None]:
    """Return the labels of the nodes of a file by their IRIs, and its edges, read by a reader that is not ours."""
    table: list[dict[str, Any]]
    if suffix in (".graphml", ".gexf", ".json"):
        if suffix == ".json":
            found = json.loads(path.read_text("utf-8"))
            ids = [one["data"]["id"] for kind in ("nodes", "edges") for one in found["elements"][kind]]
            assert len(ids) == len(set(ids))
            read = nx.cytoscape_graph({**found, "directed": True, "multigraph": True, "data": []}, "name", "id")
        elif suffix == ".graphml":
            read = nx.read_graphml(path, force_multigraph=True)
        else:
            read = nx.read_gexf(path)
        labels = {node: data.get("label", "") for node, data in read.nodes(data=True)}
        return labels, edges_in(read) if read.is_directed() else None
    if suffix == ".csv.zip":
        with zipfile.ZipFile(path) as archive:
            nodes, table = (
                list(csv.DictReader(io.TextIOWrapper(archive.open(f"{name}.csv"), "utf-8-sig", newline="")))
                for name in ("nodes", "edges")
            )
    elif suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        kinds = [name for name in ("Actors", "Places", "Undertakings", "Documents") if name in book.sheetnames]
        nodes = [row for name in kinds for row in sheet_rows(book, name)]
        table = sheet_rows(book, "Links") if "Links" in book.sheetnames else []
    elif suffix == ".parquet":
        nodes, table = (pq.read_table(one).to_pylist() for one in (path.with_suffix(".nodes.parquet"), path))
    elif suffix == ".ftm.json":
        return {name: name for entity in entities_in(path) for name in entity.names}, None
    else:
        forms = {".ttl": "turtle", ".trig": "trig", ".nq": "nquads", ".jsonld": "json-ld"}
        rdf = rdflib.Dataset(default_union=True)
        rdf.parse(path, format=forms[suffix])
        named = rdf.subject_objects(rdflib.SKOS.prefLabel)
        return {str(one): str(label) for one, label in named if getattr(label, "language", "") != "es"}, None
    edges = sorted((row["from"], row["to"], row["claim"]) for row in table)
    return {row["iri"]: row["label"] for row in nodes}, edges


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMATS_READ if suffix != ".ftm.json"])
def test_a_format_says_the_same_subgraph_to_its_own_reader(written: Written, usaid: Extract, suffix: str) -> None:
    labels, edges = read_back(written(suffix), suffix)
    wanted = {node: data["label"] for node, data in usaid.network.nodes(data=True)}
    assert {node: labels[node] for node in wanted} == wanted if edges is None else labels.keys() == wanted.keys()
    assert edges in (None, edges_in(usaid.network))


def test_a_network_carries_its_manifest_and_has_directions_only_where_they_mean_something(
    graph: Graph, written: Written, tmp_path: Path
) -> None:
    read = nx.read_graphml(written(".graphml"), force_multigraph=True)
    assert read.is_directed()
    assert all(data["said_at"].startswith("oas-cim-200") and data["licence"] for *_, data in read.edges(data=True))
    table = pq.read_table(written(".parquet"))
    for text in (read.graph["manifest"], table.schema.metadata[b"tipgraph"]):
        manifest = json.loads(text)
        assert manifest["asked"] == {"recipe": "partner-funding", "focus": "usaid"}
        assert manifest["counts"]["edges"] == read.number_of_edges() == table.num_rows
    assert str(table.schema.field("amount").type) == "double"
    for suffix, reader in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        export(graph, tmp_path / f"partners{suffix}", network="partnership")
        assert not reader(tmp_path / f"partners{suffix}").is_directed()
    export(graph, tmp_path / "fold.graphml", network="participation", fold="starts")
    folded = nx.read_graphml(tmp_path / "fold.graphml").edges(data=True)
    assert max(data["shared"] for *_, data in folded) > 3
    assert all(data["via_label"] for *_, data in folded)


def test_gexf_has_time_colours_and_places(written: Written, usaid: Extract) -> None:
    read = nx.read_gexf(written(".gexf"))
    assert read.graph["mode"] == "dynamic"
    dated = [data for _, _, data in read.edges(data=True) if "start" in data]
    assert all(data["start"] == data["earliest"] for data in dated)
    assert any(data["start"] == "2004-11-11" and data["end"] == "2004-11-12" for data in dated)
    places = {(data["viz"]["position"]["x"], data["viz"]["position"]["y"]) for _, data in read.nodes(data=True)}
    assert len(places) > len(read) / 2
    colours = {data["type"]: str(data["viz"]["color"]) for _, data in read.nodes(data=True)}
    assert len(set(colours.values())) == len(colours) > 1
    text = written(".gexf").read_text("utf-8")
    assert 'timeformat="date"' in text
    lines = re.findall(r"<edge .*?viz:color (.*?)/>", text, re.DOTALL)  # which networkx does not read
    assert len(lines) == usaid.network.number_of_edges()
    assert len(set(lines)) > 2


def test_csv_in_pandas_and_every_row_names_a_source_and_its_licence(written: Written, usaid: Extract) -> None:
    with zipfile.ZipFile(written(".csv.zip")) as archive:
        assert archive.testzip() is None
        names = ["README.txt", "claims.csv", "edges.csv", "manifest.json", "nodes.csv", "sources.csv"]
        assert sorted(archive.namelist()) == names
        tables = {name: archive.read(name) for name in names if name.endswith(".csv")}
        explained = archive.read("README.txt").decode()
    assert all(table.startswith(b"\xef\xbb\xbf") for name, table in tables.items() if name != "claims.csv")
    read = {name: pd.read_csv(io.BytesIO(table), encoding="utf-8-sig") for name, table in tables.items()}
    edges, nodes = read["edges.csv"], read["nodes.csv"]
    assert list(edges.columns[:3]) == ["from_label", "label", "to_label"]
    assert set(read["sources.csv"]["document"]) == set(usaid.sources)
    assert all(f"  {column}: " in explained for column in edges.columns)
    for name, more in (("nodes.csv", ()), ("edges.csv", ("claim", "said_at")), ("claims.csv", ("claim", "said_at"))):
        assert all(read[name][column].notna().all() for column in ("document", "licence", *more)), name
    cim = nodes[nodes["iri"].str.endswith("/actors/cim")].iloc[0]
    assert "CIM" in cim["names"].split("; ")
    assert "oas-cim-2005 ¶" in cim["said_at"]
    assert "/namings/" in cim["claim"]


def test_xlsx_in_openpyxl(written: Written, usaid: Extract) -> None:
    book = openpyxl.load_workbook(written(".xlsx"))
    classes = {view.heading.capitalize() for view in usaid.views.values()}
    assert book.sheetnames[:2] == ["Links", "Read me"]
    named = {"Actors", "Places", "Undertakings", "Sources", "Report on a project or event"}
    assert named | classes <= set(book.sheetnames)
    sheets = {name: sheet_rows(book, name) for name in book.sheetnames if name != "Read me"}
    said = [row for name in classes for row in sheets[name]]
    assert {row["claim"] for row in said} == {claim.value for claim in usaid.claims}
    assert all(row["said_at"] and row["licence"] and row["sentence"] for row in said)
    assert {"sentence", "giver", "purpose", "money_kind", "document"} <= set(sheets["Funding"][0])
    for rows in sheets.values():
        assert all(re.fullmatch("(its )?[a-z0-9_]+", column) for column in rows[0]), "one way to write columns"
        assert all(any(row[column] not in ("", None) for row in rows) for column in rows[0]), "no column is empty"
    read_me = {str(row[0].value).strip(): str(row[1].value) for row in book["Read me"].iter_rows()}
    assert {column for rows in sheets.values() for column in rows[0]} <= read_me.keys()
    assert usaid.voices == sum(row["claims"] > 0 for row in sheets["Sources"]) == 2
    assert sum(row["claims"] for row in sheets["Sources"]) == len(usaid.claims)
    assert (read_me["asked: focus"], read_me["graph digest"]) == ("usaid", usaid.graph.digest)


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


@pytest.mark.parametrize(
    ("suffix", "form"),
    [(".trig", "trig"), (".nq", "nquads"), (".jsonld", "json-ld"), (".ttl", "turtle"), (".nt", "nt")],
)
def test_rdf_in_rdflib(written: Written, usaid: Extract, suffix: str, form: str) -> None:
    assert set(usaid.claims) <= {one.subject for one in statements(usaid)}
    if suffix in (".ttl", ".nt"):
        triples = "".join(f"{pyoxigraph.Triple(*one[:3])} .\n" for one in statements(usaid))
        assert isomorphic(
            rdflib.Graph().parse(written(suffix), format=form), rdflib.Graph().parse(data=triples, format="nt")
        )
        return
    quads = "".join(f"{pyoxigraph.Quad(*one)} .\n" for one in statements(usaid))
    read, whole = rdflib.Dataset(), rdflib.Dataset()
    read.parse(written(suffix), format=form)
    whole.parse(data=quads, format="nquads")
    names = [{graph.identifier for graph in one.graphs() if len(graph)} for one in (read, whole)]
    assert names[0] == names[1]
    for name in names[0]:
        assert isomorphic(read.graph(name), whole.graph(name)), name


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
    tip, oa = (rdflib.Namespace(one) for one in ("https://w3id.org/tipgraph/ns#", "http://www.w3.org/ns/oa#"))
    for claim in usaid.claims:
        evidence = list(read.objects(rdflib.URIRef(claim.value), tip.evidence))
        assert evidence
        said = read.objects(rdflib.URIRef(claim.value), rdflib.RDFS.label)
        assert [*said] == [rdflib.Literal(usaid.views[claim].sentence, lang="en")]
        for span in evidence:
            assert read.value(span, tip.digest) is not None
            assert read.value(read.value(span, oa.hasSelector), oa.start) is not None
            assert read.value(read.value(span, tip.source), tip.title) is not None


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
        if entity.schema.edge:
            ends = [*entity.get(entity.schema.source_prop), *entity.get(entity.schema.target_prop)]
            assert len(ends) == 2
            assert set(ends) <= ids
    assert not any(entity.schema.is_a("Person") for entity in entities)
    assert {url for entity in entities for url in entity.get("sourceUrl", quiet=True)} == set(usaid.network)
    records = {claim for entity in entities for claim in entity.get("recordId", quiet=True)}
    assert records == {claim.value for claim in usaid.claims if "/namings/" not in claim.value}
    notes = " ".join(note for entity in entities for note in entity.get("notes", quiet=True))
    assert all(claim.value in notes for claim in usaid.claims if claim.value not in records)


def test_ftm_has_payments_memberships_and_participants(graph: Graph, tmp_path: Path) -> None:
    export(graph, tmp_path / "all.ftm.json")
    entities = entities_in(tmp_path / "all.ftm.json")
    assert len({entity.id for entity in entities}) == len(entities)
    assert {entity.schema.name for entity in entities} == {
        "Payment", "Membership", "ProjectParticipant", "UnknownLink", "PublicBody", "Organization", "Project", "Event",
        "Address", "Document", "LegalEntity",
    }  # fmt: skip
    paying = [entity for entity in entities if entity.schema.name == "Payment"]
    assert not any("proposed" in entity.get("summary")[0] for entity in paying)
    paid = next(entity for entity in paying if entity.get("amount") == ["500000"])
    assert paid.get("currency") == ["USD"]
    assert paid.get("beneficiary") == ["tip.state-gtip-2009.actors.catw-ap"]


def test_geojson_in_shapely(graph: Graph, written: Written, tmp_path: Path) -> None:
    export(graph, tmp_path / "all.geojson")
    for path in (written(".geojson"), tmp_path / "all.geojson"):
        found = json.loads(path.read_text("utf-8"))
        assert found["type"] == "FeatureCollection"
        assert found["features"]
        assert found["tipgraph"]["sources"]
        for feature in found["features"]:
            properties = feature["properties"]
            assert (feature["type"], properties["claim"].startswith(DATA)) == ("Feature", True)
            assert properties["said_at"]
            if feature["geometry"]:
                assert shape(feature["geometry"]).is_valid
            else:
                assert properties["located"] is False
    (line, *_) = (
        shape(one["geometry"])
        for one in found["features"]
        if one["properties"]["from_label"] == "Colombia" and one["geometry"]
    )
    (west, south), (east, north) = line.coords
    assert (-80 < west < -66, -5 < south < 13, 125 < east < 146, 30 < north < 46) == (True, True, True, True)
    asia = next(one for one in found["features"] if one["properties"]["edge"] == "routeUndirected")
    assert asia["geometry"] is None  # a region has no point


@pytest.mark.parametrize("suffix", FORMATS_READ)
def test_hostile_labels_loops_and_parallel_edges_survive(hostile: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"hostile{suffix}"
    taken = export(hostile, path, network="funding")
    assert [key for start, end, key, _ in edges_of(taken.network) if start == end]
    found, edges = read_back(path, suffix)
    assert edges in (None, edges_in(taken.network))
    labels = set(found.values())
    for name, label in HOSTILE.items():
        if suffix in (".graphml", ".gexf", ".xlsx") and name == "control":
            assert any(found.startswith("bell\ufffd escape\ufffd[2J") for found in labels), labels
        elif suffix != ".ftm.json" or name not in ("control", "rtl"):
            assert label in labels, name


def test_no_cell_runs_as_a_formula_and_a_text_too_long_for_one_is_cut(hostile: Graph, tmp_path: Path) -> None:
    taken = export(hostile, tmp_path / "h.nq", network="funding")
    long, *others = taken.network
    for node in taken.network:
        taken.network.nodes[node]["label"] = "x" * 2 * MAX_CELL if node == long else "=1+1"
    assert others
    write_xlsx(taken, tmp_path / "formula.xlsx")
    book = openpyxl.load_workbook(tmp_path / "formula.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == "=1+1"} == {"s"}
    cut = {cell.value for cell in cells if str(cell.value).startswith("xx")}
    assert cut == {"x" * (MAX_CELL - 1) + "…"}
    write_csv_zip(taken, tmp_path / "formula.csv.zip")
    with zipfile.ZipFile(tmp_path / "formula.csv.zip") as archive:
        text = archive.read("nodes.csv").decode("utf-8-sig")
    assert '"\'=1+1"' in text
    assert '"=1+1"' not in text


@pytest.mark.parametrize("suffix", [*FORMATS_READ, ".geojson"])
def test_an_empty_result_is_a_file_that_opens(graph: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"
    taken = export(graph, path, network="routes", asked=Filter(statuses=("held",)))
    assert taken.claims == []
    assert "no claim answers this" in taken.summary
    if suffix == ".geojson":
        assert json.loads(path.read_text("utf-8"))["features"] == []
    else:
        labels, edges = read_back(path, suffix)
        assert (labels, edges or []) == ({}, [])
    if suffix == ".xlsx":
        assert openpyxl.load_workbook(path).sheetnames == ["Read me"]
    if suffix == ".parquet":  # a file without a row group is refused by pyarrow 18 and other readers
        assert pq.ParquetFile(path).num_row_groups == 1


def test_rdf_names_the_record_of_xml_by_an_xpath_that_selects_it(kit_graph: Graph, tmp_path: Path) -> None:
    export(kit_graph, tmp_path / "part.ttl", asked=Filter(sources=("iom-iati-2021",)))
    part = rdflib.Graph().parse(tmp_path / "part.ttl")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    found = {str(part.value(one, rdflib.RDF.value)) for one in part.subjects(rdflib.RDF.type, oa.XPathSelector)}
    assert "(//iati-activity | //iati-organisation)[113]" in found
    assert not set(part.subjects(rdflib.RDF.type, oa.TextPositionSelector))
    records = etree.fromstring("<x><iati-activity>1</iati-activity><y/><iati-activity>2</iati-activity></x>")
    assert records.xpath("string((//iati-activity | //iati-organisation)[2])") == "2"
