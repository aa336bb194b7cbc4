"""Nothing personal comes in by either door, nothing is told of it again, and what people answered passes."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SMALL, faults_of
from tipgraph.cli import main
from tipgraph.curation import Judge, allow
from tipgraph.errors import CallError, InputError
from tipgraph.model.vocabulary import ontology
from tipgraph.pipeline.builder import build
from tipgraph.sources.folder import cell_rules, read_source
from tipgraph.sources.privacy.screen import screen
from tipgraph.sources.reference import with_reference

from .conftest import SETTINGS, Taking


class Who(TypedDict):
    judge: Judge
    reason: str


Spoil = Callable[[str, str, str], Path]
HEADER = ",".join(cell_rules()["allowed"]) + "\n"
BOOK = "reference/allowed.csv"
MAPPING = """class = "Funding"
[columns]
"Donor" = "giver"
"Grantee" = "receiver"
"Amount" = "amount"
"Note" = "note"
[fixed]
currency = "USD"
moneyKind = "awarded"
"""


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])


def stops(data: Path) -> list[str]:
    """The places of the cells that stop a build, which says no more of them."""
    return [fault.partition(": holds ")[0] for fault in faults_of(data) if ": holds " in fault]


def write_allowed(data: Path, *rows: str) -> None:
    (data / BOOK).write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")


# ——— build


def test_every_cell_is_named_with_all_other_faults_and_none_of_it_is_said_again(copy: Path) -> None:
    folder = copy / "harbour-2020"
    for file, old, new in [
        ("actors.csv", "Casa Clara", "Casa Clara tel. +51 1 234-5678"),
        ("funding.csv", "lantern-fund", "ana.perez@example.org"),
        ("undertakings.csv", "Third seminar", "A1234567 third seminar"),
        ("namings.csv", "harbour-watch,", "nobody,"),
        ("source.toml", "tipgraph tests", "tests of Ana (at) example . org"),
    ]:
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    faults = faults_of(copy)
    assert stops(copy) == [
        "harbour-2020/actors.csv:4: label", "harbour-2020/funding.csv:2: giver",
        "harbour-2020/source.toml: issuedBy", "harbour-2020/undertakings.csv:3: label",
    ]  # fmt: skip
    assert any("'nobody' is the id of no row" in fault for fault in faults)
    assert any("'a…@…' is the id of no row" in fault for fault in faults)
    assert not any(secret in fault for fault in faults for secret in ("ana.perez", "234-5678", "A1234567", "(at)"))


def test_nothing_is_written_and_the_exit_code_is_one(spoil: Spoil, tmp_path: Path) -> None:
    data = spoil("harbour-2020/actors.csv", "Casa Clara", "Casa Clara (ana@example.org)")
    done = run("build", str(data), "-o", str(tmp_path / "out.trig"))
    assert (done.exit_code, (tmp_path / "out.trig").exists()) == (1, False)
    assert "actors.csv:4: label: holds an e-mail address (a…@…)" in done.stderr
    assert "nothing was written" in done.stderr
    assert "ana@" not in done.output


@pytest.mark.parametrize("address", ["ana@example.org", "ana＠example．org", "ana [at] example.org"])
@pytest.mark.parametrize(("file", "old"), [
    ("funding", "moneyKind,"), ("evidence", "p1s1,"), ("funding", "disbursed"), ("funding", "12500,"),
    ("funding", "2020-06,"), ("funding", '"$12,500"'),
    ("places", "lima,"), ("reference/places", "PE,"), ("reference/identity", "same,"),
])  # fmt: skip
def test_an_address_is_looked_for_in_every_cell(spoil: Spoil, file: str, old: str, address: str) -> None:
    path = f"{file}.csv" if "/" in file else f"harbour-2020/{file}.csv"
    end = "," if old.endswith(",") else ""
    assert any(fault.startswith(f"{path}:") for fault in stops(spoil(path, old, address + end)))


def test_a_cell_is_not_told_in_part_either(spoil: Spoil) -> None:
    data = spoil("harbour-2020/actors.csv", "Casa Clara", "=jane.doe@example.org")
    assert [fault for fault in faults_of(data) if "'=j…@…' begins like a formula" in fault]
    assert not [fault for fault in faults_of(data) if "jane" in fault]


def test_figures_and_identifiers_are_no_telephone_numbers(copy: Path) -> None:
    funding = copy / "harbour-2020" / "funding.csv"
    text = funding.read_text("utf-8").replace("12500,", "202555014312345,").replace('"$12,500"', "0171 1234567")
    funding.write_text(
        text.replace("id,giver", "id,providerActivity,giver").replace("p2-1,", "p2-1,A1234567,"), "utf-8"
    )
    build(copy)


def test_the_number_of_a_register_is_no_telephone_number_and_no_passport(copy: Path) -> None:
    namings = copy / "harbour-2020" / "namings.csv"
    text = namings.read_text("utf-8")
    namings.write_text(text + "x1,casa-clara,0474675568,number,p1s1\nx2,lantern-fund,A1234567,number,p1s1\n", "utf-8")
    build(copy)
    namings.write_text(text + "x1,casa-clara,0474675568,name,p1s1\nx2,lantern-fund,A1234567,name,p1s1\n", "utf-8")
    assert [place.partition(":")[2] for place in stops(copy)] == ["9: name", "10: name"]


def test_what_may_be_a_name_is_flagged_and_does_not_stop(copy: Path, tmp_path: Path) -> None:
    folder = copy / "harbour-2020"
    for file, old, new in [
        ("actors.csv", "Casa Clara", "Ana Pérez"),
        ("undertakings.csv", "Third seminar", "Seminar of M\u200bs. Rosa\u00a0Soto"),
        ("namings.csv", "harbour-watch,Harbour Watch", "harbour-watch,Soto Luis"),
    ]:  # fmt: skip
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    done = run("build", str(copy), "-o", str(tmp_path / "out.nq"))
    assert done.exit_code == 0
    assert "3 cells may hold a person's name (3 in all): " in done.stderr
    assert "undertakings.csv:3, label. `tipgraph review personal` lists them" in done.stderr
    assert "Pérez" not in done.output
    listed = run("review", "personal", "--data", str(copy), "--format", "json")
    assert listed.exit_code == 1
    assert [(row["where"].rpartition("/")[2], row["column"], row["kind"], row["found"])
            for row in json.loads(listed.stdout)] == [
        ("actors.csv:4", "label", "name", "Ana Pérez"), ("namings.csv:2", "name", "name", "Soto Luis"),
        ("undertakings.csv:3", "label", "name", "Rosa Soto"),
    ]  # fmt: skip


def test_labels_of_places_may_have_a_given_name_among_their_words(copy: Path) -> None:
    namings = copy / "harbour-2020" / "namings.csv"
    text = namings.read_text("utf-8")
    namings.write_text(text + "x1,lima,Villa Blanca,name,p1s1\nx2,lima,Phnom Penh,name,p1s1\n", "utf-8")
    assert screen(with_reference(copy), ontology()).concerns == []
    namings.write_text(text + "x1,lima,Rosa Soto,name,p1s1\n", "utf-8")
    assert [concern.found.text for concern in screen(with_reference(copy), ontology()).concerns] == ["Rosa Soto"]


# ——— import


def routes(folder: Path) -> Path:
    path = folder / "routes.csv"
    path.write_text("origin,destination\nBolivia,Peru\n", "utf-8")
    return path


def settings() -> list[str]:
    return [word for name, value in SETTINGS.items()
            for word in (f"--{'publisher' if name == 'issuedBy' else name}", value)]  # fmt: skip


def sheet(folder: Path, *rows: str) -> list[str]:
    """Write a sheet and its mapping; return the words of an import of it."""
    (folder / "mapping.toml").write_text(MAPPING, "utf-8")
    (folder / "sheet.csv").write_text("\n".join(["Donor,Grantee,Amount,Note", *rows, ""]), "utf-8")
    mapping = ["--mapping", str(folder / "mapping.toml")]
    return ["source", "import", "mapped", str(folder / "sheet.csv"), *mapping, *settings()]


def test_an_import_stops_with_every_cell_named_and_all_else_that_is_wrong(tmp_path: Path) -> None:
    words = sheet(
        tmp_path, "Lantern Fund,Harbour Watch,12x,", "Lantern Fund,jane@example.org,10,", "Lantern Fund,Casa Clara,5,"
        "call 0171 1234567", "Lantern Fund,Casa Clara,mail jane@example.org,",
    )  # fmt: skip
    out = tmp_path / "data" / "made"
    done = run(*words, "-o", str(out))
    assert done.exit_code == 1
    for told in ("sheet.csv:2: Amount: '12x' is no amount", "sheet.csv:3: label: holds an e-mail address (j…@…)",
                 "sheet.csv:4: note: holds a telephone number (…67)", "sheet.csv:5: Amount: 'mail j…@…' is no amount",
                 "nothing was written"):  # fmt: skip
        assert told in done.stderr
    assert "jane" not in done.output
    assert not out.exists()
    assert [path.name for path in out.parent.glob("*")] == []


def test_settings_of_an_import_are_cells_too(tmp_path: Path) -> None:
    words = sheet(tmp_path, "Lantern Fund,Casa Clara,5,")
    done = run(*words, "--url", "https://example.org/?mail=jane%40example.org", "-o", str(tmp_path / "data" / "made"))
    assert "sheet.csv: url: holds an e-mail address (j…@…)" in done.stderr
    assert not (tmp_path / "data" / "made").exists()


def test_contact_persons_of_an_activity_are_not_taken_and_stop_nothing(taking: Taking) -> None:
    found = taking("iati", """<iati-activities version="2.03"><iati-activity><iati-identifier>XM-DAC-47066-DG.1234
        </iati-identifier><reporting-org ref="XM-DAC-47066" type="40"><narrative>IOM</narrative></reporting-org>
        <title><narrative>Seminars</narrative></title><contact-info><telephone>+41 22 717 9111</telephone>
        <email>jane@example.org</email></contact-info></iati-activity></iati-activities>""")  # fmt: skip
    assert (found.faults, found.taken.flagged) == ([], {})


def test_names_in_an_import_are_counted_on_standard_error(tmp_path: Path) -> None:
    words = sheet(tmp_path, "Lantern Fund,Ana Pérez,5,", "Lantern Fund,Ana Pérez,5,said Ms. Rosa Soto")
    out = tmp_path / "data" / "made"
    done = run(*words, "-o", str(out))
    assert done.exit_code == 0
    assert f"2 names in it may be a person's: `tipgraph review personal --data {out.parent}` lists them" in done.stderr
    assert {row.cells["label"] for row in read_source(out).tables["actors"].rows} == {"Lantern Fund", "Ana Pérez"}


# ——— answers


def test_an_answer_lets_all_spellings_pass_by_both_doors(copy: Path, tmp_path: Path) -> None:
    write_allowed(copy, "a001,info@iom.int,institution,,tests,person,2026-11-26,its public address")
    words = sheet(tmp_path, "Lantern Fund,Casa Clara,5,write to INFO (at) iom . int")
    assert run(*words, "-o", str(copy / "made")).exit_code == 0
    assert run(*words, "-o", str(tmp_path / "made"), "--data", str(copy)).exit_code == 0
    build(copy)
    assert run(*words, "-o", str(tmp_path / "other")).exit_code == 1, "the kit's answers are others"


def test_a_public_function_is_allowed_in_one_source_only(copy: Path) -> None:
    for source in ("first", "second"):
        shutil.copytree(copy / "harbour-2020", copy / source)
        actors = copy / source / "actors.csv"
        actors.write_text(actors.read_text("utf-8").replace("Casa Clara", "Ana Pérez"), "utf-8")
    write_allowed(
        copy,
        "a001,PEREZ ANA,institution,,tests,person,2026-11-26,x",
        "a002,ana  perez,public-function,first,tests,person,2026-11-26,x",
    )
    screened = screen(with_reference(copy), ontology())
    assert [(one.source, one.found.text) for one in screened.concerns] == [("second", "Ana Pérez")]
    assert (
        screened.remarks[-1] == "nothing asks for a001 of reference/allowed.csv any more; remove it if that is for good"
    )


@pytest.mark.parametrize(("row", "told"), [
    ("a1,,institution,,me,rule,2026-11-26,x", "2: text: is empty"),
    ("a1,Ana,,,me,rule,2026-11-26,x", "2: decision: is empty"),
    ("a1,Ana,person,,me,rule,2026-11-26,x", "2: decision: 'person' is no decision; say one of institution"),
    ("a1,Ana,public-function,,me,rule,2026-11-26,x", "2: source: is empty, and this row needs it"),
    ("a1,A1234567,institution,,me,rule,2026-11-26,x", "2: decision: a number of a passport"),
    ("a1,Ana,institution,,,rule,2026-11-26,x", "2: judge: is empty"),
    ("a1,Ana,institution,,me,rule,Nov-26,x", "2: judged: 'Nov-26' is no day; write it as 2026-11-26"),
    ("a1,Ana,institution,,me,rule,2026-11-26,", "2: reason: is empty"),
    ("a1,A,institution,,me,rule,2026-11-26,x\na1,B,institution,,me,rule,2026-11-26,x", "3: id: 'a1' is the id of"),
    ("a1,Ana,institution,,jane@example.org,rule,2026-11-26,x", "2: judge: holds an e-mail address (j…@…)"),
])  # fmt: skip
def test_answers_that_cannot_stand(copy: Path, row: str, told: str) -> None:
    write_allowed(copy, row)
    assert any(fault.startswith(f"{BOOK}:{told}") for fault in faults_of(copy)), faults_of(copy)


def test_a_book_that_lacks_a_column_or_has_another(copy: Path) -> None:
    (copy / BOOK).write_text(
        "id,text,decision,source,judge,judgeKind,judged,why\na1,x,institution,,y,person,2026-11-26,z\n", "utf-8"
    )
    faults = faults_of(copy)
    assert any(fault.startswith(f"{BOOK}:2: reason: is empty, and this row needs it") for fault in faults)
    assert any(fault.startswith(f"{BOOK}:1: why: is no column of this book; they are id, text,") for fault in faults)


def test_a_broken_book_lets_no_import_in(copy: Path, tmp_path: Path) -> None:
    write_allowed(copy, "a1,Ana,person,,tests,person,2026-11-26,x")
    done = run(*sheet(tmp_path, "Lantern Fund,Casa Clara,5,"), "-o", str(copy / "made"))
    assert (done.exit_code, (copy / "made").exists()) == (1, False)
    assert "'person' is no decision" in done.stderr


def test_an_answer_is_given_by_a_command_and_kept_as_a_row(spoil: Spoil) -> None:
    data = spoil("harbour-2020/actors.csv", "Casa Clara", "Casa Clara +51 1 234 5678")
    words = ["review", "personal", "--data", str(data), "--judge", "tests", "--reason", "printed on its door"]
    done = run(*words, "--answer", "institution", "+51 1 234 5678")
    assert done.exit_code == 0
    made = done.stdout.split()[1]
    assert done.stdout.startswith(f"saved {made} +51 1 234 5678 may stay: institution (tests, ")
    assert run(*words, "--answer", "not-personal", "Rosa Blanca", "--source", "harbour-2020").exit_code == 0
    rows = [line.split(",") for line in (data / BOOK).read_text("utf-8").splitlines()[1:]]
    assert rows[0][0] == made.removesuffix(":")
    assert [row[1:5] for row in rows] == [
        ["'+51 1 234 5678", "institution", "", "tests"],
        ["Rosa Blanca", "not-personal", "harbour-2020", "tests"],
    ]
    listed = run("review", "personal", "--data", str(data))
    assert (listed.exit_code, listed.stdout) == (0, "no cell without an answer\n")
    assert f"nothing asks for {rows[1][0]}" in listed.stderr
    assert run(*words, "--answer", "institution", "+51-1-234-5678").exit_code == 2, "it was answered before"


@pytest.mark.parametrize(("text", "decision", "told"), [
    ("A1234567", "institution", "never public"), ("Ana Pérez", "public-function", "needs it"),
    ("Ana\nPérez", "not-personal", "line break"), ("", "not-personal", "TEXT"),
])  # fmt: skip
def test_an_answer_that_cannot_stand_is_not_written(copy: Path, text: str, decision: str, told: str) -> None:
    words = ["--judge", "tests", "--reason", "x", "--data", str(copy)]
    done = run("review", "personal", text, "--answer", decision, *words)
    assert (done.exit_code, (copy / BOOK).exists()) == (2, False)
    assert told in done.stderr


def test_answers_need_a_home(tmp_path: Path) -> None:
    def said(data: Path, judge: str, reason: str) -> str:
        return allow("Ana Pérez", "not-personal", judge=Judge(judge, "person"), reason=reason, data=data)

    with pytest.raises(InputError, match="the home of answers"):
        said(tmp_path, "x", "y")
    shutil.copytree(SMALL, tmp_path / "data")
    with pytest.raises(CallError, match="say a reason"):
        said(tmp_path / "data", "x", "")
    with pytest.raises(CallError, match="judge: points to a person; say a role"):
        said(tmp_path / "data", "ana@example.org", "y")


def test_an_answer_settles_all_spellings(copy: Path) -> None:
    who: Who = {"judge": Judge("tests", "person"), "reason": "the name of a ship"}
    allow("Ana Pérez", "not-personal", **who, data=copy)
    with pytest.raises(CallError, match="was answered before"):
        allow("ana  perez", "institution", **who, data=copy)


def test_the_kits_answers_are_lent_and_never_unused_there(tmp_path: Path) -> None:
    shutil.copytree(SMALL / "harbour-2020", tmp_path / "harbour-2020")
    actors = tmp_path / "harbour-2020" / "actors.csv"
    actors.write_text(actors.read_text("utf-8").replace("Casa Clara", "Associated Press"), "utf-8")
    screened = screen(with_reference(tmp_path), ontology())
    assert (screened.concerns, screened.remarks) == ([], [])
