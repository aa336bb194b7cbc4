"""The leak test finds what is planted, in every format, and takes nothing for a leak that is none."""

import bz2
import gzip
import io
import json
import shutil
import zipfile
import zlib
from base64 import b64decode, b64encode, encodebytes, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from pyarrow import parquet

from tests.conftest import column
from tests.release.making import write_reference, write_source
from tipgraph.graph import Graph
from tipgraph.pipeline import build
from tipgraph.release import NOTE, release, verify
from tipgraph.release.fields import records
from tipgraph.release.names import Names, figures
from tipgraph.release.policy import Entry, Policy
from tipgraph.statements import DATA

REVIEW = date(2027, 6, 1)
NAME, ALIAS, ACRONYM = "Zorblat Foundation", "Fundación Zorblát", "ZFQ"
ID = "tidings-2020/actors/zorblat-foundation"
LONG = f"{NAME} {list(range(99))}"
ODD = f"?>??>?{ALIAS}"  # in base64 it has more than letters and figures
FIGURE = "482913"  # what it gave to Erewhon Relief
POLICY = Policy(default="locators", entries=(Entry("withhold", ID, "safety", REVIEW, "withhold 1"),), key=b"k", k=11)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    data = tmp_path_factory.mktemp("data")
    write_reference(data)
    actors = [
        {"id": "zorblat-foundation", "type": "Organization", "label": NAME},
        {"id": "relief", "type": "Organization", "label": "Erewhon Relief"},
        {"id": "ministry", "type": "GovernmentBody", "label": "Ministry of Justice of Erewhon"},
    ]
    money = {"moneyKind": "disbursed", "currency": "USD", "date": "2019-03-04"}
    write_source(
        data, "tidings-2020", actors=actors,
        namings=[
            {"id": "n1", "named": "zorblat-foundation", "name": NAME, "nameKind": "name"},
            {"id": "n2", "named": "zorblat-foundation", "name": ALIAS, "nameKind": "name"},
            {"id": "n3", "named": "zorblat-foundation", "name": ACRONYM, "nameKind": "acronym"},
            {"id": "n4", "named": "relief", "name": "Erewhon Relief", "nameKind": "name"},
        ],
        funding=[
            {"id": "f1", "giver": "zorblat-foundation", "receiver": "relief", "amount": FIGURE, **money},
            {"id": "f2", "giver": "ministry", "receiver": "relief", "amount": 79, **money},
        ],
        partnerships=[{"id": "p1", "partner": "relief | ministry", "partnershipKind": "joint-undertaking"}],
        estimates=[
            {"id": "e1", "subject": "reference/erewhon", "value": 6, "hedge": "exact", "unit": "persons", "per": "year",
             "population": "victims", "basis": "detected", "measure": "flow", "form": "unspecified",
             "issuer": "ministry"},
        ],
    )  # fmt: skip
    return build(data)


@pytest.fixture(scope="module")
def clean(told: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("clean") / "out"
    return release(told, out, POLICY, recipes=[("partner-funding", "relief")]).folder


@pytest.fixture
def folder(clean: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(clean, tmp_path / "out"))


def append(path: str, text: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        target = folder / path
        target.write_text(target.read_text("utf-8") + text, "utf-8")

    return plant


def new(path: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        (folder / path).write_text("", "utf-8")

    return plant


def insert(path: str, before: str, text: str) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        target = folder / path
        whole = target.read_text("utf-8")
        assert before in whole
        target.write_text(whole.replace(before, text + before, 1), "utf-8")

    return plant


def in_zip(path: str, part: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace a piece of one part of an archive, of whose other parts nothing changes."""

    def plant(folder: Path) -> None:
        with zipfile.ZipFile(folder / path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
        with zipfile.ZipFile(folder / path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, raw in parts.items():
                archive.writestr(name, raw)

    return plant


def in_sheet(folder: Path) -> None:
    path = folder / "exports" / "tipgraph.xlsx"
    book = openpyxl.load_workbook(path)
    book["Funding"].cell(2, 40).value = "through the zorblat foundation"
    book.save(path)


def figure_in_sheet(folder: Path) -> None:
    path = folder / "exports" / "tipgraph.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Totals")
    sheet.append(["Erewhon Relief", int(FIGURE)])
    sheet.sheet_state = "hidden"
    book.save(path)


def in_column(folder: Path) -> None:
    path = folder / "exports" / "tipgraph.parquet"
    table = parquet.read_table(path)
    parquet.write_table(table.append_column("note", pa.array([ACRONYM] * len(table))), path)


def in_metadata(folder: Path) -> None:
    path = folder / "exports" / "tipgraph.nodes.parquet"
    table = parquet.read_table(path)
    parquet.write_table(table.replace_schema_metadata({"giver": NAME}), path)


def packed(folder: Path) -> None:
    (folder / "more.nq.gz").write_bytes(gzip.compress(f'<a:b> <a:c> "{ALIAS}" .\n'.encode()))


def picture(folder: Path) -> None:
    (folder / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00tEXtTitle\x00Zorblat Foundation\x00\xff\xfe")


def bytes_into(folder: Path, name: str, raw: bytes) -> None:
    (folder / name).write_bytes(raw)


def comment(folder: Path, text: str) -> None:
    with zipfile.ZipFile(folder / "exports" / "tipgraph.csv.zip", "a") as archive:
        archive.comment = text.encode()


def in_base64(raw: bytes) -> str:
    return b64encode(gzip.compress(raw)).decode()


def in_book(files: Mapping[str, str]) -> Callable[[Path], None]:
    """Write one page that holds files of the site, packed, and some more."""

    def plant(folder: Path) -> None:
        site = folder / "site"
        own = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in sorted(site.glob("*.html"))}
        blocks = "".join(
            f'<script type="application/gzip;base64" id="pack-{number}">{in_base64(json.dumps(pack).encode())}</script>'
            for number, pack in enumerate((own, files))
        )
        (folder / "book.html").write_text(f"<!doctype html><title>Book</title><body>{blocks}<p>All of it.", "utf-8")

    return plant


def carried(text: str) -> Callable[[Path], None]:
    """Write a script that carries a graph."""
    return lambda folder: bytes_into(folder, "graph.js", f'carry("graph", "{in_base64(text.encode())}");\n'.encode())


def zipped(name: str, text: str) -> bytes:
    with zipfile.ZipFile(made := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return made.getvalue()


def digest_of(told: Graph) -> str:
    digests = column(told, "SELECT ?digest WHERE { ?claim tip:amount 482913.0 ; tip:evidence/tip:digest ?digest }")
    assert len(digests) == 1
    return digests[0]


PLANTED: Mapping[str, Callable[[Path], object]] = {
    "the text of a page": insert("site/index.html", "</main>", f"<p>Thanks to {NAME}.</p>"),
    "an attribute of a page": insert("site/index.html", "</main>", f'<a title="{ALIAS.upper()}" href="#x">more</a>'),
    "a comment of a page": insert("site/index.html", "</main>", f"<!-- {ACRONYM} -->"),
    "another spelling": insert("site/es/index.html", "</main>", "<b>fundacion  zorblat</b>"),
    "data within a page": insert("site/index.html", "</main>", '<script type="application/json">["ZFQ"]</script>'),
    "a picture within a page": insert("site/map.html", "</main>", f"<svg><text>{NAME}</text></svg>"),
    "a script": append("site/assets/site.js", f"\n// {NAME}\n"),
    "JSON": insert("exports/tipgraph.json", '"elements"', f'"made": "{NAME}", '),
    "JSON-LD": insert("exports/tipgraph.jsonld", '"@graph"', f'"@id": "id:{ID}", '),
    "entities": append("exports/tipgraph.ftm.json", json.dumps({"name": [ALIAS]}) + "\n"),
    "GeoJSON": insert("exports/tipgraph.geojson", '"features"', f'"donor": "{ACRONYM}", '),
    "GraphML": insert("exports/tipgraph.graphml", "</graph>", f'<node id="x"><data key="label">{NAME}</data></node>'),
    "GEXF": insert("exports/tipgraph.gexf", "</nodes>", f'<node id="x" label="{NAME}"/>'),
    "CSV": append("exports/tipgraph.iati.csv", f'"{NAME}"\n'),
    "CSV in an archive": in_zip("exports/tipgraph.csv.zip", "claims.csv", "Erewhon Relief", NAME),
    "a sheet": in_sheet,
    "a figure in a hidden sheet": figure_in_sheet,
    "who wrote a workbook": in_zip("exports/tipgraph.xlsx", "docProps/core.xml", "</dc:title>", f" {NAME}</dc:title>"),
    "a column": in_column,
    "metadata of columns": in_metadata,
    "N-Quads, packed": packed,
    "a literal in TriG": append("graph.trig", f'\n<https://example.org/x> {{ <a:b> <a:c> "{NAME}"@en }}\n'),
    "an IRI in Turtle": append("exports/tipgraph.ttl", f"\n<a:b> <a:c> <{DATA}{ID}> .\n"),
    "the id of its claim": append("exports/tipgraph.nq", f"<a:b> <a:c> <{DATA}tidings-2020/funding/f1> .\n"),
    "a picture": picture,
    "the name of a file": new("zorblat-foundation.txt"),
    "the name of a page": new("site/thing/tidings-2020/actors/zorblat-foundation.html"),
    "its figure beside the other end": insert("site/index.html", "</main>", "<p>Erewhon Relief got 482,913</p>"),
    "its figure with points": append("README.md", "\nErewhon Relief: 482.913\n"),
    "two cells without white space between": insert(
        "site/index.html", "</main>", f"<table><tr><td>1</td><td>{NAME}</td></tr></table>"
    ),
    "text beside a block": insert("site/index.html", "</main>", "<div><b>Zorblat</b> Foundation<p>x</p></div>"),
    "a name over two lines of a picture": insert(
        "site/map.svg", "</svg>", "<text><tspan>Zorblat</tspan><tspan>Foundation</tspan></text>"
    ),
    "a comment behind a page": append("site/index.html", f"<!-- {NAME} -->"),
    "a comment in Turtle": append("exports/tipgraph.ttl", f"\n# {NAME}\n"),
    "a prefix": append("graph.trig", f"\n@prefix z: <https://example.org/{ID}/> .\n"),
    "an address, escaped": insert("site/index.html", "</main>", '<a href="?q=Zorblat%20Foundation">more</a>'),
    "a script, escaped": append("site/assets/site.js", '\nconst x = "Fundaci\\u00f3n Zorbl\\u00e1t";\n'),
    "JSON in an attribute": insert("site/index.html", "</main>", '<p data-x="[&quot;ZFQ&quot;]">x</p>'),
    "two lines": append("README.md", "\nThanks to Zorblat\nFoundation.\n"),
    "another encoding": lambda folder: bytes_into(folder, "more.csv", NAME.encode("utf-16")),
    "an old encoding": lambda folder: bytes_into(folder, "more.txt", f"{ALIAS}".encode("cp1252")),
    "unseen letters": append("README.md", "\nZor\u00adblat Foun\u200bdation\n"),
    "an acronym with an s": append("README.md", "\nall ZFQs\n"),
    "the comment of an archive": lambda folder: comment(folder, NAME),
    "its figure in another cell": append("exports/tipgraph.iati.csv", '"Erewhon Relief","482913"\n'),
    "its figure with a currency": append("README.md", "\nErewhon Relief: USD482,913\n"),
    "its figure beside an id": append("exports/tipgraph.iati.csv", '"tidings-2020/actors/relief","482 913"\n'),
    "the sentence in words": append("README.md", "\nsee tidings-2020 ¶5 s1\n"),
    "where it was said": append("README.md", "\ntidings-2020,5,1,507,561\n"),
    "a page in a page": in_book({"thing/x.html": f"<p>Thanks to {ALIAS}.</p>"}),
    "a table in a page": in_book({"tables/x.csv": "whom,how much\nErewhon Relief,482913\n"}),
    "a network in a page": in_book({"a.json": '{"node": "Erewhon \\u0052elief", "usd": 482913}'}),
    "the name of a page in a page": in_book({"thing/tidings-2020/actors/zorblat-foundation.html": "<p>x"}),
    "a file of a page that is there twice": lambda folder: bytes_into(
        folder, "x.js", in_base64(f'{{"a.html": "{NAME}", "a.html": "fine"}}'.encode()).encode()
    ),
    "a literal of a graph in a script": carried(f'<https://example.org/x> {{ <a:b> <a:c> "{NAME}"@en }}\n'),
    "an IRI of a graph in a script": carried(f"PREFIX id: <{DATA}>\n<a:b> <a:c> <{DATA}{ID}> .\n"),
    "a figure of a graph in a script": carried('<a:b> <a:name> "Erewhon Relief"@en .\n<a:b> <a:gives> 482913 .\n'),
    "a graph in a script in a page": in_book({"assets/graph.js": f'carry("graph", "{in_base64(NAME.encode())}");'}),
    "an archive in a page": insert(
        "site/index.html", "</main>", f'<a href="data:;base64,{b64encode(zipped("a.csv", NAME)).decode()}">x</a>'
    ),
    "zlib in JSON": lambda folder: bytes_into(
        folder, "x.json", json.dumps({"x": b64encode(zlib.compress(NAME.encode())).decode()}).encode()
    ),
    "an archive cut short": append("README.md", f"\n{b64encode(gzip.compress(NAME.encode())[:-6]).decode()}\n"),
    "base64 in lines": append("README.md", "\n" + encodebytes(gzip.compress(LONG.encode())).decode()),
    "a text in base64": append("README.md", f"\nsee {b64encode(NAME.encode()).decode()}\n"),
    "a text in base64 of addresses": append("README.md", f"\n?q={urlsafe_b64encode(ODD.encode()).decode()}\n"),
    "a text in base64, escaped": insert(
        "site/index.html", "</main>", f'<p data-x="{b64encode(ODD.encode()).decode().replace("/", "&#x2F;")}">x</p>'
    ),
    "by another packer": lambda folder: bytes_into(folder, "x.bz2", bz2.compress(NAME.encode())),
}  # fmt: skip


@pytest.mark.parametrize("place", PLANTED)
def test_a_planted_leak_is_found(place: str, clean: Path, folder: Path, told: Graph) -> None:
    PLANTED[place](folder)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        before = clean / path.relative_to(folder)
        if path.name != NOTE and before.is_file() and before.read_bytes() == path.read_bytes():
            path.unlink()  # it was read already, once for all, and told nothing
    found = verify(told, folder, POLICY)
    assert found, place


def test_the_digest_of_a_withheld_sentence_is_found(folder: Path, told: Graph) -> None:
    (folder / "spans.csv").write_text(f"id,digest\ns5,{digest_of(told)}\n")
    assert {leak.file for leak in verify(told, folder, POLICY)} == {"spans.csv"}


def test_a_small_count_is_found_beside_its_place(folder: Path, told: Graph) -> None:
    (folder / "more.csv").write_text("place,whom,count\nErewhon,victims,6\n")
    assert [leak.what for leak in verify(told, folder, POLICY)] == ["the figure 6 of a claim that is withheld"]


def test_what_is_no_leak_is_none(clean: Path, folder: Path, told: Graph) -> None:
    assert verify(told, clean, POLICY) == []
    (folder / "style.css").write_text("p { width: 482913px; margin: 6px; color: #482913 }\n")
    (folder / "notes.md").write_text(
        "Zorblats are found in fiction. Six ministries, ¶6, 2006-06-06, 482913 stars; zfq.\n"
    )
    (folder / "more.csv").write_text("place,count\nErewhon,6\nUtopia,482913\nUtopia victims,6\n")
    assert verify(told, folder, POLICY) == []


@pytest.mark.parametrize(("name", "raw"), [
    ("a.json", b"[" * 100_000), ("a.nq.gz", b"\x1f\x8b\x08\x00broken"), ("a.html", b"<!-- x -->"), ("a.svg", b"<svg"),
    ("a.xlsx", b"PK\x03\x04broken"), ("a.parquet", b"PAR1broken"), ("a.ttl", b"<a"), ("a.json", b"\xff\xfe[\x00"),
])  # fmt: skip
def test_what_is_broken_is_read_as_it_stands(name: str, raw: bytes, folder: Path, told: Graph) -> None:
    (folder / name).write_bytes(raw)
    assert verify(told, folder, POLICY) == []
    (folder / name).write_bytes(raw + b" Zorblat Foundation")
    assert {leak.file for leak in verify(told, folder, POLICY)} == {name}


def test_a_leak_in_a_page_in_a_page_is_told_with_its_place(folder: Path, told: Graph) -> None:
    in_book({"thing/x.html": f"<p>\n{NAME}</p>"})(folder)
    (folder / "graph.js").write_text(f'carry("graph", "{in_base64(f"<a:b> <a:c> <{DATA}{ID}> .".encode())}");')
    assert {(leak.file, leak.place) for leak in verify(told, folder, POLICY)} == {
        ("book.html, pack-1, thing/x.html", "as it stands"), ("book.html, pack-1, thing/x.html", "<p> line 1"),
        ("graph.js, graph", "as it stands"), ("graph.js, graph", "a:b"),
    }  # fmt: skip


def test_what_is_packed_in_base64_is_no_leak_by_chance(folder: Path, told: Graph) -> None:
    """Of millions of letters some spell an acronym; they are not read as such, since what they pack is read."""
    letters = "AA/ZFQ/A" * 4
    packed = b64encode(gzip.compress(b64decode(letters), compresslevel=0)).decode()
    assert letters in packed
    (folder / "x.js").write_text(f'carry("x", "{packed}");')
    assert verify(told, folder, POLICY) == []
    (folder / "x.js").write_text(f'carry("x", "{letters}");')
    assert {leak.what for leak in verify(told, folder, POLICY)} == {"the name 'ZFQ'"}


@pytest.mark.parametrize("raw", [
    gzip.compress(bytes(80_000_000)), b64encode(gzip.compress(bytes(80_000_000))), zipped("a.txt", "0" * 80_000_000),
    b64encode(zlib.compress(bytes(80_000_000))),
], ids=["gzip", "base64", "zip", "zlib"])  # fmt: skip
def test_what_is_too_large_to_be_read_is_told(raw: bytes, folder: Path, told: Graph) -> None:
    (folder / "x.bin").write_bytes(raw)
    assert [leak.what for leak in verify(told, folder, POLICY)] == ["more than can be read is packed here"]


def test_what_is_packed_too_often_is_told(folder: Path, told: Graph) -> None:
    raw = b"nothing"
    for _ in range(20):
        raw = gzip.compress(raw)
    (folder / "x.gz").write_bytes(raw)
    assert [leak.what for leak in verify(told, folder, POLICY)] == ["more than can be read is packed here"]


def test_what_is_locked_is_told(folder: Path, told: Graph) -> None:
    raw = bytearray(zipped("a.txt", "nothing"))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (folder / "x.zip").write_bytes(raw)
    assert [(leak.file, leak.what) for leak in verify(told, folder, POLICY)] == [
        ("x.zip/a.txt", "it is locked by a password")
    ]


def test_the_same_content_is_read_once(tmp_path: Path) -> None:
    """Its names are read each time, and another format reads it in another way."""
    (tmp_path / "a.html").write_text("<p>Erewhon</p>")
    (tmp_path / "b.html").write_text("<p>Erewhon</p>")
    (tmp_path / "c.csv").write_text("<p>Erewhon</p>")
    in_c = [record.file for record in records(tmp_path) if "<p>Erewhon</p>" in record.texts]
    assert (in_c.count("a.html"), in_c.count("b.html"), in_c.count("c.csv")) == (1, 0, 2)
    assert {record.file for record in records(tmp_path)} == {"a.html", "b.html", "c.csv"}


def test_a_licence_is_no_count(tmp_path: Path) -> None:
    """The 4 of "CC BY 4.0" stood beside place and victims in every row of an export."""
    write_reference(tmp_path / "data")
    counts = {"hedge": "exact", "unit": "persons", "per": "year", "population": "victims", "basis": "detected",
              "measure": "flow", "form": "unspecified", "subject": "reference/erewhon"}  # fmt: skip
    write_source(tmp_path / "data", "tidings-2020", estimates=[{"id": f"e{n}", "value": n, **counts} for n in (1, 4)])
    out = release(build(tmp_path / "data"), tmp_path / "out", Policy(key=b"k"))
    assert out.compiled.counts["count of persons", "small count"] == 2


def test_a_span_of_another_source_is_no_leak(tmp_path: Path) -> None:
    """Two sources have a span of the same numbers: what one says of a thing of the other is no place in the other."""
    write_reference(tmp_path / "data", identity=[
        {"id": "j1", "left": "gazette-2021/relief", "right": "tidings-2020/relief", "verdict": "same", "judge": "t",
         "judged": "2021-01-01", "reason": "said"},
    ])  # fmt: skip
    for name in ("gazette-2021", "tidings-2020"):
        write_source(
            tmp_path / "data", name,
            actors=[{"id": "relief", "type": "Organization", "label": "Erewhon Relief"}],
            namings=[{"id": "n1", "named": "relief", "name": f"Relief of {name[:4]}", "nameKind": "name"}],
        )  # fmt: skip
    policy = Policy(entries=(Entry("withhold", "gazette-2021/namings/n1", "doubt", REVIEW, "withhold 1"),), key=b"k")
    other = Policy(entries=(Entry("withhold", "tidings-2020/namings/n1", "doubt", REVIEW, "withhold 1"),), key=b"k")
    for number, one in enumerate((policy, other)):
        release(build(tmp_path / "data"), tmp_path / f"out{number}", one, formats=["/"])


def test_every_file_is_read(clean: Path) -> None:
    files = {path.relative_to(clean).as_posix() for path in clean.rglob("*") if path.is_file()}
    read = {record.file.partition(".zip/")[0].partition(".xlsx/")[0] for record in records(clean)}
    assert {name.removesuffix(".zip").removesuffix(".xlsx") for name in files} <= {
        name.removesuffix(".zip").removesuffix(".xlsx") for name in read
    }


def test_names_and_figures_are_read_as_people_write_them() -> None:
    assert Names(["Casa Clara"]).within("at CASA–CLARA’S door") == "Casa Clara"
    assert Names(["Casa Clara"]).within("Casa Claras") == ""
    assert Names(["IOM"]).within("axiom, iom") == ""
    assert Names(["UN"]).within("the UN") == "UN"
    assert (Names(["ab"]).sought, Names(["ab"]).common) == (frozenset(), ["ab"])
    assert Names(["the project"], {"project", "the project"}).sought == frozenset()
    assert {str(one) for one in figures("1.700 or 1 700, 12.5 % of ¶7")} == {"1700", "12.5"}
