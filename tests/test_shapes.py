"""The checks find what they are for, and name the row; with texts, every digest is compared."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from tipgraph.graph.graph import Graph
from tipgraph.model import Statement, data_iri, tip
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import Report, check
from tipgraph.sources.folder import Texts

from .conftest import SMALL, SMALL_TEXTS, column, statements_of

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


def test_every_digest_of_the_project_holds(graph: Graph, shared_texts: Path) -> None:
    report = check(graph, Texts(shared_texts))
    assert report.findings == []
    assert report.evidence.keys() == {"verified", "cited"}
    assert report.evidence["verified"] == len(column(graph, "SELECT ?s { ?s tip:digest ?d }"))


def test_without_texts_nothing_is_called_verified(small: Graph) -> None:
    report = check(small, None, SMALL)
    assert dict(report.evidence) == {"not verified": 17}
    assert report.absent == ["harbour.txt"]
    assert "no texts given: quotes were not compared (--texts FOLDER" in report.summary
    assert report.summary.endswith("; 17 quotes not compared")
    assert "verified" not in report.summary


def test_a_text_that_is_missing_beside_others_is_named() -> None:
    evidence = Counter({"verified": 3, "not verified": 2})
    summary = Report(evidence=evidence, absent=["lost.txt"]).summary
    assert "spans of text: 3 verified; not compared: 2, of texts that are missing: lost.txt (--texts FOLDER)" in summary


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


SPOILED = [
    ("harbour-2020/funding", ",12500,USD,", ",125000,,", "funding.csv:2: a payment needs a receiver or a purpose, and"),
    ("harbour-2020/route-reports", "true", "false", "[direction]"),
    ("harbour-2020/partnerships", "harbour-watch | casa-clara", "casa-clara", "partnerships.csv:2: partner: "),
    ("harbour-2020/actors", "Organization,Harbour Watch", "Organization,", "[no-label]"),
    ("reference/places", "Americas,Américas,,", "Americas,Américas,,lima", "[circular-place]"),
    ("harbour-2020/evidence", "", f"p9s9,3,1,200,210,{'0' * 64}\n", "[evidence-unused]"),
    ("harbour-2020/evidence", "", "p9s8,,,,,\n", "evidence.csv:16"),
    ("harbour-2020/evidence", "", "", "or, if its text is only cited, knownThrough"),
    ("harbour-2020/actors", "", "nobody,Organization,Nobody,ngo\n", "[uncited-name]"),
    ("reference/identity", "", "j2,harbour-2020/lantern-fund,harbour-2020/casa-clara,same,tests,person,2026-11-24,a\n",
     "[actor-kinds]"),
    ("harbour-2020/funding", "", "", "125000, printed $12,500"),
    ("harbour-2020/paragraphs", "", f"p4,4,300,301,{'0' * 64},\n", "[coverage]"),
    ("harbour-2020/undertaking-reports", "", "p3-9,third-seminar,,,,held,,p3s1.1\n", "[planned-and-held]"),
    ("harbour-2020/source", 'textFile = "harbour.txt"', "", "[text-unnamed]"),
]  # fmt: skip


def test_what_a_check_finds(copy: Path) -> None:
    for table, old, new, _ in SPOILED:
        path = copy / (f"{table}.toml" if table.endswith("source") else f"{table}.csv")
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new) if old else text + new, "utf-8")
    found = findings(copy)
    for *_, told in SPOILED:
        assert any(told in line for line in found), (told, found)


def test_a_paragraph_with_claims_and_a_reason_for_none(copy: Path) -> None:
    paragraphs = copy / "harbour-2020" / "paragraphs.csv"
    paragraphs.write_text(paragraphs.read_text("utf-8").rstrip("\n") + "heading\n", "utf-8")
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


def test_what_is_no_plain_number_is_not_compared(copy: Path) -> None:
    funding = copy / "harbour-2020" / "funding.csv"
    header, row = funding.read_text("utf-8").splitlines()
    printed = ("US$1.5 million", "12.500 dólares", "40 to 60", "$12,500.00")
    rows = [row.replace("p2-1,", f"p2-1{at},").replace('"$12,500"', f'"{one}"') for at, one in enumerate(printed)]
    funding.write_text("\n".join([header, *rows, ""]), "utf-8")
    told = findings(copy)
    assert not any("printed-figure" in line for line in told), told


def test_a_claim_with_the_evidence_of_another_source(copy: Path) -> None:
    other = Path(shutil.copytree(copy / "harbour-2020", copy / "echo-2021"))
    namings = other / "namings.csv"
    text = namings.read_text("utf-8")
    evidence = text.splitlines()[1].split(",")[-1]
    namings.write_text(text.replace(f",{evidence}\n", f",harbour-2020/{evidence}\n", 1), "utf-8")
    assert any("[evidence-elsewhere]" in line for line in findings(copy))
