"""The checks find what they are for, and name the row; with texts, every digest is compared."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from tipgraph.errors import InputError
from tipgraph.graph.graph import Graph
from tipgraph.model import Statement, data_iri, tip
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import Report, check
from tipgraph.sources.folder import Texts

from .conftest import SMALL, SMALL_TEXTS, column, faults_of, statements_of

Spoil = Callable[[str, str, str], Path]
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def findings(data: Path, texts: Texts | None = None) -> list[str]:
    report = check(build(data), texts, data)
    return [str(finding).replace(f"{data}/", "") for finding in report.findings]


def test_the_small_kit_is_sound(small: Graph) -> None:
    report = check(small, Texts(SMALL_TEXTS), SMALL)
    assert report.findings == []
    assert dict(report.evidence) == {"verified": 17}
    assert report.claims["Naming"] == 7


def test_the_project_is_sound(graph: Graph) -> None:
    report = check(graph)
    assert report.findings == []
    assert report.evidence.keys() == {"not verified", "cited"}


def test_every_digest_of_the_project_holds(graph: Graph, shared_texts: Path) -> None:
    report = check(graph, Texts(shared_texts))
    assert report.findings == []
    assert report.evidence.keys() == {"verified", "cited"}
    assert report.evidence["verified"] == len(column(graph, "SELECT ?s { ?s tip:digest ?d }"))


def test_without_texts_nothing_is_called_verified(small: Graph) -> None:
    report = check(small, None, SMALL)
    assert dict(report.evidence) == {"not verified": 17}
    assert report.absent == ["harbour.txt"]
    assert "no texts given: no quote was looked up (--texts FOLDER" in report.summary
    assert report.summary.endswith("; 17 quotes whose text is not given")
    assert "verified" not in report.summary


def test_a_text_that_is_missing_beside_others_is_named() -> None:
    evidence = Counter({"verified": 3, "not verified": 2})
    summary = Report(evidence=evidence, absent=["lost.txt"]).summary
    assert "spans of text: 3 verified; text not given: 2, of lost.txt (--texts FOLDER)" in summary


def test_a_figure_or_name_that_its_words_do_not_hold(spoil: Spoil) -> None:
    told = findings(spoil("harbour-2020/estimates.csv", ",40,40,", ",400,400,"), Texts(SMALL_TEXTS))
    assert any("estimates.csv:2: '400' is not in the words" in line for line in told), told
    told = findings(spoil("harbour-2020/namings.csv", "the Lantern Fund", "the Lantern Trust"), Texts(SMALL_TEXTS))
    assert any("namings.csv:" in line and "'the Lantern Trust' is not in" in line for line in told), told


def test_a_changed_text_fails_with_file_row_expected_and_found(tmp_path: Path) -> None:
    texts = Path(shutil.copytree(SMALL_TEXTS, tmp_path / "texts"))
    text = (texts / "harbour.txt").read_text("utf-8")
    (texts / "harbour.txt").write_text(text.replace("Casa Clara", "Casa Klara"), "utf-8")
    report = check(build(SMALL), Texts(texts), SMALL)
    lines = [str(finding) for finding in report.findings]
    assert report.evidence["wrong"] == 4
    assert sum("evidence.csv:" in line and "digest expected" in line and "found" in line for line in lines) == 3
    assert sum("paragraphs.csv:3: harbour.txt: digest expected" in line for line in lines) == 1
    assert sum("sha256 expected" in line for line in lines) == 1


def test_a_text_in_another_encoding_or_with_other_line_ends_is_no_absence(tmp_path: Path) -> None:
    text = (SMALL_TEXTS / "harbour.txt").read_bytes()
    (tmp_path / "harbour.txt").write_bytes(text.replace(b"\n", b"\r\n"))
    report = check(build(SMALL), Texts(tmp_path), SMALL)
    assert report.absent == []
    assert report.evidence["wrong"] > 0


SPOILED = {  # by table: the old and the new cells, and what a build, or else a check, says of them
    "harbour-2020/funding": [
        ("moneyKind", "moneyKin", "1: moneyKin: Funding has no such column (perhaps 'moneyKind')"),
        ("disbursed", "disbursd", "2: moneyKind: 'disbursd' is no code of money-kind (perhaps 'disbursed')"),
        ("lantern-fund", "lantern-funds", "2: giver: 'lantern-funds' is the id of no row (perhaps 'lantern-fund')"),
        ("lantern-fund", "lima", "2: giver: 'lima' is a City, and this column takes a Actor"),
        ("lantern-fund", "lantern-fund | ", "2: giver: has an empty part between two |"),
        ("disbursed", "", "2: moneyKind: is empty, and every row needs it; fill it in"),
        ("2020-06", "Jun-20", "2: date: 'Jun-20' is no EDTF date; a spreadsheet has changed it"),
        ("2020-06", "2020-13", "2: date: '2020-13' is no EDTF date; write 2004, 2004-11 or"),
        (",12500,", ',"12,500",', "2: amount: '12,500' is no decimal; write a number with a point"),
        ("USD", "usd", "2: currency: 'usd' is no currency; a currency is a code of ISO 4217"),
        ("p2-1,", "P2 1,", "2: id: 'P2 1' is no id; use lower-case letters"),
        (",12500,USD,", ",12500,,", "2: a payment needs a receiver or a purpose, and"),
        (",12500,", ",125000,", "printed $12,500"),
    ],
    "harbour-2020/actors": [
        ("casa-clara,", "lantern-fund,", "4: id: 'lantern-fund' is the id of row 3 too; if two people"),
        ("Organization,Casa", "Organisation,Casa", "4: type: 'Organisation' is no class of this table"),
        ("Organization,Casa Clara", "Organization,", "[no-label]"),
        ("", "nobody,Organization,Nobody,ngo\n", "[uncited-name]"),
    ],
    "harbour-2020/route-reports": [
        ("true", "yes", "2: directed: 'yes' is no boolean; write true or false"),
        ("true", "false", "[direction]"),
    ],
    "harbour-2020/evidence": [
        (",1,1,", ",1,one,", "sentence: 'one' is no integer; write a whole number"),
        ("", f"p9s9,3,1,200,210,{'0' * 64}\n", "[evidence-unused]"),
    ],
    "harbour-2020/partnerships": [
        ("harbour-watch | casa-clara", "casa-clara", "2: partner: "),
    ],
    "reference/places": [
        ("Americas,Américas,,", "Americas,Américas,,lima", "[circular-place]"),
    ],
    "reference/identity": [
        ("", "j2,harbour-2020/lantern-fund,harbour-2020/casa-clara,same,tests,person,2026-11-24,a\n", "[actor-kinds]"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "old", "new", "told"), [(table, *row) for table, rows in SPOILED.items() for row in rows]
)
def test_what_is_wrong_with_a_row(copy: Path, table: str, old: str, new: str, told: str) -> None:
    path = copy / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new) if old else text + new, "utf-8")
    try:
        found = findings(copy)
    except InputError:
        found = faults_of(copy)
    said = f"{table}.csv:{told}" if told[0].isdigit() else told
    assert any(said in line for line in found), found


def test_a_source_with_evidence_and_no_text(spoil: Spoil) -> None:
    data = spoil("harbour-2020/source.toml", 'textFile = "harbour.txt"', "")
    assert any("[text-unnamed]" in line for line in findings(data))


def test_a_paragraph_without_claims_or_reason(copy: Path) -> None:
    paragraphs = copy / "harbour-2020" / "paragraphs.csv"
    lines = paragraphs.read_text("utf-8").splitlines()
    paragraphs.write_text("\n".join([*lines, "p4,4,300,301," + "0" * 64 + ","]) + "\n", "utf-8")
    assert any("paragraphs.csv:5" in line and "[coverage]" in line for line in findings(copy))
    paragraphs.write_text("\n".join([*lines[:-1], lines[-1] + "heading"]) + "\n", "utf-8")
    told = "paragraphs.csv:4: a paragraph has claims, and also a reason for having none; remove its scope (¶"
    assert any(told in line and line.endswith("[scope-with-claims]") for line in findings(copy))


def test_paragraphs_of_a_table_are_one_line(copy: Path) -> None:
    paragraphs = copy / "harbour-2020" / "paragraphs.csv"
    rows = [f"p{number},{number},{number}00,{number}01,{'0' * 64},\n" for number in (4, 5, 6, 8, 10)]
    paragraphs.write_text("".join([paragraphs.read_text("utf-8"), *rows]), "utf-8")
    report = check(build(copy), None, copy)
    assert len(report.findings) == 5
    line, notice = report.lines
    assert notice.startswith(f"{copy / 'harbour-2020' / 'source.toml'}: a source has no address;")
    assert notice.endswith("[no-address, notice]")
    assert "\n5 findings; 1 notice" in report.summary
    assert line.startswith(f"{paragraphs}: a paragraph has neither a claim nor a reason for having none; read it")
    assert line.endswith(" (¶4–6, ¶8, ¶10) [coverage]")


def test_evidence_says_where_it_stands_unless_its_text_is_only_cited(copy: Path) -> None:
    evidence = copy / "harbour-2020" / "evidence.csv"
    header, first, *rows = evidence.read_text("utf-8").splitlines()
    name = first.partition(",")[0]
    evidence.write_text("\n".join([header, f"{name},,,,,", *rows]) + "\n", "utf-8")
    told = findings(copy)
    assert any("evidence.csv:2" in line and "[evidence-nowhere]" in line for line in told)
    assert any("evidence.csv:2" in line and "or, if its text is only cited, knownThrough" in line for line in told)


def test_a_page_lies_in_a_document_that_has_it(copy: Path) -> None:
    evidence, about = copy / "harbour-2020" / "evidence.csv", copy / "harbour-2020" / "source.toml"
    header, first, *rows = evidence.read_text("utf-8").splitlines()
    evidence.write_text("\n".join([f"{header},page", f"{first},2", *(f"{row}," for row in rows)]) + "\n", "utf-8")
    text = about.read_text("utf-8")
    for count, told in (
        ("", "(page without pageCount)"),
        ("pageCount = 1\n", "(page 2 of 1)"),
        ("pageCount = 2\n", ""),
    ):
        about.write_text(count + text, "utf-8")
        found = [line for line in findings(copy) if "evidence.csv:2" in line and "[page-outside]" in line]
        assert [told in line for line in found] == [True] * bool(told), found


def test_chains_that_jump_or_turn(copy: Path) -> None:
    funding = copy / "harbour-2020" / "funding.csv"
    header, row = funding.read_text("utf-8").splitlines()
    columns = header.split(",")
    cells = dict(zip(columns, row.replace('"$12,500"', "$12500").split(","), strict=True))
    other = cells | {"id": "p2-2", "giver": "casa-clara", "continues": "funding/p2-1"}
    header += ",continues"
    rows = [",".join(one.get(name, "") for name in header.split(",")) for one in (cells, other)]
    funding.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    assert any("funding.csv:3" in line and "[broken-chain]" in line for line in findings(copy))
    rows[0] = ",".join((cells | {"continues": "funding/p2-2"}).get(name, "") for name in header.split(","))
    funding.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    assert any("[circular-chain]" in line for line in findings(copy))


def test_a_node_that_is_an_actor_and_a_place(small: Graph) -> None:
    node, actor = data_iri("reference", "places", "lima"), NamedNode(tip.Actor)
    both = Graph([*statements_of(small), Statement(node, TYPE, actor, data_iri("reference"))])
    assert any("[disjoint]" in str(one) and "Actor and Place" in str(one) for one in check(both).findings)


def test_two_notes_in_one_language(small: Graph) -> None:
    statements = statements_of(small)
    naming = next(one for one in statements if (one.predicate, one.object) == (TYPE, NamedNode(tip.Naming)))
    notes = [
        Statement(naming.subject, NamedNode(tip.note), Literal(text, language="en"), naming.source)
        for text in ("the one", "the other")
    ]
    assert any(
        "a claim has one note in each language" in str(one) for one in check(Graph([*statements, *notes])).findings
    )


def test_an_empty_graph_is_a_finding() -> None:
    assert [finding.rule for finding in check(Graph()).findings] == ["empty"]


@pytest.mark.parametrize("printed", ["US$1.5 million", "12.500 dólares", "40 to 60", "$12,500.00"])
def test_what_is_no_plain_number_is_not_compared(spoil: Spoil, printed: str) -> None:
    told = findings(spoil("harbour-2020/funding.csv", '"$12,500"', f'"{printed}"'))
    assert not any("printed-figure" in line for line in told), told


def test_an_event_that_is_planned_and_held(copy: Path) -> None:
    reports = copy / "harbour-2020" / "undertaking-reports.csv"
    text = reports.read_text("utf-8")
    header = text.splitlines()[0].split(",")
    row = {"id": "p3-9", "undertaking": "third-seminar", "status": "held", "evidence": "p3s1"}
    first = [
        line for line in (copy / "harbour-2020" / "evidence.csv").read_text("utf-8").splitlines() if ",3,1," in line
    ]
    row["evidence"] = first[0].partition(",")[0]
    reports.write_text(text + ",".join(row.get(name, "") for name in header) + "\n", "utf-8")
    assert any("[planned-and-held]" in line for line in findings(copy))


def test_a_claim_with_the_evidence_of_another_source(copy: Path) -> None:
    other = Path(shutil.copytree(copy / "harbour-2020", copy / "echo-2021"))
    namings = other / "namings.csv"
    text = namings.read_text("utf-8")
    evidence = text.splitlines()[1].split(",")[-1]
    namings.write_text(text.replace(f",{evidence}\n", f",harbour-2020/{evidence}\n", 1), "utf-8")
    assert any("[evidence-elsewhere]" in line for line in findings(copy))
