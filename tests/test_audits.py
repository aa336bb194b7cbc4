"""Audits: what readers found of claims is shown wherever these are, counted, and set aside where they have changed."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SMALL, SMALL_TEXTS, column, faults_of
from tests.pages.conftest import carried, packed_in
from tests.release.making import everything
from tipgraph.analysis.network import project
from tipgraph.cli import main
from tipgraph.display.claims import claim_views, fingerprints
from tipgraph.display.text import answer_text
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.graph.storage import write
from tipgraph.model import data_iri
from tipgraph.outputs.files import export
from tipgraph.outputs.release import compile_, read_policy
from tipgraph.outputs.site import render
from tipgraph.pipeline import audits, shacl
from tipgraph.pipeline.builder import build, gather
from tipgraph.sources.folder import Texts

PAID, TOGETHER, COUNTED = (f"harbour-2020/{row}" for row in ("funding/p2-1", "partnerships/p2-1", "estimates/p3-1"))
FOUND = "an audit found this doubtful (AI agent): the sum is a pledge"
WRONG = "an audit found this wrong (person): it counts cases"
READ = {row[1]: row[-1] for row in audits.form(gather(SMALL).statements, "harbour-2020", "reader-one")}


def row(claim: str, assessment: str, reason: str = "", reader: str = "reader-one", kind: str = "ai-agent") -> str:
    cells = (f"{reader}-{claim.replace('/', '-')}", claim, assessment, reason, reader, kind, "2026-11-27")
    return ",".join((*cells, READ.get(claim, "")))


ROWS = (
    row(PAID, "doubtful", "the sum is a pledge"), row(PAID, "right", reader="reader-two"),
    row(TOGETHER, "right"), row(TOGETHER, "right", reader="reader-two"),
    row(COUNTED, "wrong", "it counts cases", kind="person"),
)  # fmt: skip


def audit(data: Path, rows: Sequence[str] = ROWS, name: str = "2026-11-27") -> Path:
    (data / "audits").mkdir(exist_ok=True)
    (data / "audits" / f"{name}.csv").write_text("\n".join((",".join(audits.COLUMNS), *rows, "")), "utf-8")
    return data


@pytest.fixture
def audited(copy: Path) -> Graph:
    return build(audit(copy))


def test_what_a_reader_doubts_is_shown_with_the_reason_and_the_kind_of_judge_at_every_door(
    audited: Graph, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    claims = {name: data_iri(*name.split("/")) for name in (PAID, COUNTED, TOGETHER)}
    said = claim_views(audited, claims.values())
    assert said[claims[PAID]].sentence.endswith("(doubtful)")
    assert said[claims[PAID]].remark.notes == (FOUND,)
    assert said[claims[COUNTED]].remark.notes == (WRONG,)
    assert not {"doubtful", "wrong"} & set(said[claims[TOGETHER]].remark.caveats)
    answer = Query.find("funding").run(audited)
    for form in ("table", "csv"):
        assert "(doubtful)" in answer_text(answer, form, Texts())
        assert FOUND in answer_text(answer, form, Texts())
    (record,) = json.loads(answer_text(answer, "json", Texts()))
    assert (record["caveats"], record["notes"]) == (["doubtful"], [FOUND])
    edges = [data for *_, data in project(audited, "funding").edges(data=True) if data["claim"] == claims[PAID].value]
    assert {(data["caveats"], data["doubts"]) for data in edges} == {("doubtful", FOUND)}
    site = render(audited, tmp_path / "site").parent
    assert FOUND in (site / "question" / "funding.html").read_text("utf-8")
    assert FOUND in str(packed_in(site / "network" / "funding.html", "network"))
    assert FOUND in str(carried(site / "lens" / "en.js", "claims"))  # which pages of entries and sources show
    out = tmp_path / "out"
    out.mkdir()
    for suffix in (".csv.zip", ".nq"):
        export(audited, out / f"all{suffix}")
        assert FOUND in everything(out), suffix
    assert shacl.check(audited, Texts(SMALL_TEXTS), copy).ok


def test_the_question_counts_a_claim_as_right_only_where_all_readers_find_it_right(audited: Graph) -> None:
    answer = Query.find("audit").run(audited)
    classes = [str(answer.labels[row[0]]) for row in answer.rows]  # type: ignore[index]
    assert {row[answer.columns.index("by_rules")] for row in answer.rows} == {None}
    figures = [[term.value for term in row[2:]] for row in answer.rows]  # type: ignore[union-attr]
    assert dict(zip(zip(classes, (row[0] for row in figures), strict=True), figures, strict=True)) == {
        ("claim", "0"): ["0", "2", "0", "2", "14", "1", "1", "0", "50"],
        ("claim", "1"): ["1", "0", "0", "1", "14", "0", "0", "1", "0"],
        ("estimate", "1"): ["1", "0", "0", "1", "1", "0", "0", "1", "0"],
        ("funding", "0"): ["0", "2", "0", "1", "1", "0", "1", "0", "0"],
        ("partnership", "0"): ["0", "2", "0", "1", "1", "1", "0", "0", "100"],
    }
    assert not Query.find("audit").run(audited, {"source": "reference"}).rows


def test_what_a_rule_wrote_has_figures_of_its_own(copy: Path) -> None:
    path = copy / "harbour-2020" / "source.toml"
    path.write_text('reader = "programmes"\n' + path.read_text("utf-8"), "utf-8")
    answer = Query.find("audit").run(build(audit(copy)))
    assert {row[answer.columns.index("by_rules")].value for row in answer.rows} == {"yes"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("funding", "12500", "13000"),  # a cell
        ("actors", "Lantern Fund", "Lantern Trust"),  # how the sentence calls the giver
        ("evidence", "p2s1.2,2,1,53,124,7416e6be", "p2s1.2,2,1,53,124,0416e6be"),  # the words
    ],
)
def test_an_assessment_of_what_has_changed_counts_nowhere_and_is_found(
    copy: Path, file: str, old: str, new: str
) -> None:
    audit(copy)
    path = copy / "harbour-2020" / f"{file}.csv"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    graph = build(copy)
    stale = [finding for finding in shacl.check(graph, data=copy).findings if finding.rule == "stale"]
    assert [finding.where.rpartition("/")[2] for finding in stale][:2] == ["2026-11-27.csv:2", "2026-11-27.csv:3"]
    assert "read the claim again" in str(stale[0])
    assert PAID in str(stale[0])
    claim = data_iri(*PAID.split("/"))
    assert claim_views(graph, [claim])[claim].remark.notes == ()
    assert "funding" not in answer_text(Query.find("audit").run(graph), "csv", Texts())


def test_who_has_reviewed_a_claim_is_no_part_of_what_was_read(spoil, copy: Path) -> None:  # type: ignore[no-untyped-def]
    audit(copy)
    graph = build(spoil("harbour-2020/source.toml", 'review = "ai-agent"', 'review = "person"'))
    assert not column(graph, "SELECT ?stale { ?stale tip:stale ?any }")


def test_every_fault_of_an_audit_is_named_at_once_with_file_and_row(copy: Path) -> None:
    audit(copy, [
        row("harbour-2020/funding/p2-9", "right"), row(TOGETHER, "perhaps"), row(PAID, "doubtful"),
        row(COUNTED, "right", reader="Ana"), row(TOGETHER, "right").replace("2026-11-27", "27 Nov"),
        row(TOGETHER, "right", kind="agent", reader="reader-two"), row(TOGETHER, "right", reader="reader-3")[:-1],
    ])  # fmt: skip
    audit(copy, [row(COUNTED, "right"), row(PAID, "right").replace("reader-one-", "again-")], name="second")
    first, second = "audits/2026-11-27.csv", "audits/second.csv"
    found = faults_of(copy)
    for begins in (
        f"{first}:2: claim: 'harbour-2020/funding/p2-9' is the id of no row",
        f"{first}:3: assessment: 'perhaps' is no code of assessment; the codes are doubtful, right, wrong",
        f"{first}:4: reason: is empty, and this row needs it",
        f"{first}:5: judge: 'Ana' is no id of a reader; write one as reader-one, never a name",
        f"{first}:6: judged: '27 Nov' is no day",
        f"{first}:6: claim: reader-one has assessed {TOGETHER} in {copy}/{first}:3 too".replace(f"{copy}/", ""),
        f"{first}:7: judgeKind: 'agent' is no code of judge-kind",
        f"{first}:8: fingerprint: ",
        f"{second}:3: claim: reader-one has assessed {PAID} in",
    ):
        assert any(fault.startswith(begins) for fault in found), (begins, found)


def test_audits_stand_beside_a_reference(copy: Path) -> None:
    audit(copy)
    (copy / "reference").rename(copy / "places-2020")
    assert any("audits: needs a reference; add a folder reference" in fault for fault in faults_of(copy))


def test_a_form_has_a_row_for_each_claim_of_a_source_to_be_filled(copy: Path) -> None:
    words = ["source", "locate", "harbour-2020", "--audit", "reader-two", "--data", str(copy)]
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, words).output)))
    assert len(rows) == 14
    for one in rows:
        one.update(assessment="right", judgeKind="ai-agent", judged="2026-11-27")
    graph = build(audit(copy, [",".join(one.values()) for one in rows]))
    assert shacl.check(graph, Texts(SMALL_TEXTS), copy).ok
    assert Query.find("audit").run(graph).rows[0][5].value == "14"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "reader", "said"),
    [
        ("nowhere", "reader-two", "'nowhere' is no source here"),
        ("harbour-2020", "Ana", "'Ana' is no id of a reader"),
    ],
)
def test_a_form_of_no_source_or_for_no_reader_is_refused(source: str, reader: str, said: str) -> None:
    result = CliRunner().invoke(main, ["source", "locate", source, "--audit", reader, "--data", str(SMALL)])
    assert result.exit_code == 2
    assert said in result.output


def test_an_audit_goes_with_its_source_and_takes_no_id_with_it(copy: Path) -> None:
    graph = build(audit(copy), without=["harbour-2020"])
    assert not column(graph, "SELECT ?assessed { ?assessed a tip:Assessment }")


def test_a_release_tells_nothing_of_what_was_read_in_a_source_of_which_something_is_withheld(
    audited: Graph, tmp_path: Path
) -> None:
    (tmp_path / "policy.toml").write_text(
        '[sources]\ndefault = "words"\n[[withhold]]\nwhat = "harbour-2020/estimates/p3-1"\nreason = "safety"\n'
        'because = "a count"\nreview = 2027-06-01\n', "utf-8",
    )  # fmt: skip
    released = compile_(audited, read_policy(tmp_path / "policy.toml")).graph
    said = "\n".join(map(str, released.quads()))
    for gone in ("it counts cases", "the sum is a pledge", "reader-one", *READ.values()):
        assert gone not in said
    assert column(released, "SELECT ?words { ?claim tip:doubt ?words }") == ["an audit found this doubtful (AI agent)"]
    (tmp_path / "policy.toml").write_text('[sources]\ndefault = "words"\n', "utf-8")
    whole = compile_(audited, read_policy(tmp_path / "policy.toml")).graph
    assert column(whole, "SELECT ?words { ?claim tip:doubt ?words } ORDER BY ?words") == [FOUND, WRONG]
    assert not column(whole, "SELECT ?read { ?assessed tip:fingerprint ?read }")


def saved_answers(place: Path, graph: Graph, rows: Sequence[tuple[str, str, str]], fingerprint: str = "") -> Path:
    """Write answers as a page saves them."""
    seen = fingerprints(graph, [data_iri(*claim.split("/")) for claim, *_ in rows if claim != "a/b/c"])
    lines = []
    for claim, found, reason in rows:
        digest = fingerprint or seen.get(data_iri(*claim.split("/")), "")
        lines.append(f"x1-{claim.replace('/', '-')},{claim},{found},{reason},reader-x1,2026-12-03,{digest}")
    place.write_text("\n".join(["id,claim,assessment,reason,judge,judged,fingerprint", *lines, ""]), "utf-8")
    return place


def answers(*words: object) -> Result:
    return CliRunner().invoke(main, ["review", "answers", *map(str, words)])


def test_answers_of_readers_become_reviews_by_a_person_and_doubts(copy: Path, tmp_path: Path) -> None:
    before, file = build(copy), tmp_path / "reader-x1.csv"
    given = [(TOGETHER, "right", ""), (PAID, "doubtful", "it was promised"), (COUNTED, "wrong", "")]
    for _ in range(2):  # the second time they replace themselves
        result = answers(saved_answers(file, before, given), "--data", copy)
        assert result.exit_code == 0, result.output
        assert "audits/answers.csv: 1 wrong, 1 right, 1 doubtful" in result.output
    graph = build(copy)
    said = {
        view.key: view for view in claim_views(graph, [data_iri(*claim.split("/")) for claim, *_ in given]).values()
    }
    assert [said[claim].remark.review for claim, *_ in given] == ["person", "ai-agent", "ai-agent"]
    assert said[PAID].remark.notes == ("an audit found this doubtful (person): compared on a page: it was promised",)
    graph_file = tmp_path / "graph.trig"
    write(graph, graph_file)
    listed = answers("-g", graph_file, "--format", "csv").output
    assert [row["found"] for row in csv.DictReader(io.StringIO(listed))] == ["wrong", "doubtful"]
    assert fingerprints(graph, [data_iri(*PAID.split("/"))]) == fingerprints(before, [data_iri(*PAID.split("/"))])


def test_answers_are_checked_before_anything_is_written_and_those_on_changed_claims_are_refused(
    copy: Path, tmp_path: Path
) -> None:
    graph, file = build(copy), tmp_path / "given.csv"
    result = answers(saved_answers(file, graph, [("a/b/c", "right", ""), (PAID, "perhaps", "")]), "--data", copy)
    assert result.exit_code == 1
    for said in ("given.csv:2: claim: 'a/b/c' is the id of no row", "given.csv:3: assessment: 'perhaps' is no code"):
        assert said in result.output
    assert not (copy / "audits" / "answers.csv").exists()
    result = answers(saved_answers(file, graph, [(PAID, "right", "")], "0" * 16), "--data", copy)
    assert result.exit_code == 1
    assert "given.csv:2: fingerprint: harbour-2020/funding/p2-1 has changed since it was read" in result.output
    assert column(build(copy), "SELECT ?read { ?assessed a tip:Assessment }") == []
