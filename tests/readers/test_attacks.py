"""What people who attacked the import found, each mended: one test for each way."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tipgraph import cli
from tipgraph.errors import BadValue
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import check
from tipgraph.sources import Texts
from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.factbook.place_phrases import PlaceWords
from tipgraph.sources.importers.import_run import take as take_in
from tipgraph.sources.importers.registry import reader
from tipgraph.sources.importers.row_builder import ImportOptions
from tipgraph.sources.reference import reference_of

from .conftest import SETTINGS, Taking, take
from .test_ftm import entity
from .test_iati import activity, file

OPTIONS = ImportOptions()


def test_no_two_files_are_written_to_one_place_and_none_to_itself(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.nq").write_text("Peru,Japan\n")
    for words_ in ([tmp_path / "a" / "x.nq", tmp_path / "b" / "x.nq", "-o", tmp_path / "out"],
                   [tmp_path / "a" / "x.nq", "-o", tmp_path / "a" / "x.nq", "--replace"]):  # fmt: skip
        result = CliRunner().invoke(cli.main, ["source", "import", "routes", *map(str, words_)])
        assert result.exit_code == 2
    assert (tmp_path / "a" / "x.nq").read_text() == "Peru,Japan\n"


def test_the_reference_is_no_name_for_an_import(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("Peru,Japan\n")
    with pytest.raises(BadValue, match="not 'reference'"):
        take("routes", tmp_path / "r.csv", tmp_path / "reference")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("from the Democratic Republic of Congo", ["democratic-republic-of-the-congo"]),
        ("from DR Congo", ["democratic-republic-of-the-congo"]),
        ("in Northern Ireland", ["united-kingdom"]),
        ("from Benin City, Nigeria", ["nigeria"]),
        ("in Guinea Bissau and New Mexico", []),
        ("In Mali, women", ["mali"]),
        ("the Cuban Government and Saudi Arabia", ["saudi-arabia"]),
    ],
)
def test_a_part_of_another_name_is_no_country(text: str, places: list[str]) -> None:
    phrases = PlaceWords(Countries.of(reference_of())).marked(text, "").phrases
    assert [place for phrase in phrases for place in phrase.places] == places


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ("tr&#225;fico de pessoas", "tráfico de pessoas"),
        ("tr&amp;aacute;fico de personas", "tráfico de personas"),
        ("escravid&amp;amp;atilde;o", "escravidão"),
        ("victims&amp;nbsp;of&amp;nbsp;trafficking", "victims of trafficking"),
        ("&lt;b&gt;victims&lt;/b&gt; of &lt;i&gt;trafficking&lt;/i&gt;", "victims of trafficking"),
        ("<![CDATA[<p>modern</p> slavery]]>", "modern slavery"),
    ],
)
def test_what_is_written_with_entities_or_html_is_found(taking: Taking, said: str, phrase: str) -> None:
    found = taking("iati", file(activity(description=said)), about=True)
    (mention,) = found.only("undertaking-reports", mentionsTopic="trafficking in persons")
    assert f"“{phrase}”" in mention["note"]


@pytest.mark.parametrize(("tongue", "column"), [("fr", "label@fr"), ("fil", "label@fil")])
def test_a_title_in_another_language_is_a_label_too(taking: Taking, tmp_path: Path, tongue: str, column: str) -> None:
    one = activity().replace("<narrative>Light &amp; Hope</narrative>", "").replace('"ES"', f'"{tongue}"')
    found = taking("iati", file(one))
    assert (found.rows["undertakings"][0]["label"], found.rows["undertakings"][0][column]) == ("Proyecto Luz",) * 2
    assert check(build(tmp_path / "data"), data=tmp_path / "data").findings == []


def test_a_cell_that_a_build_would_refuse_is_left_out_and_listed(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(entity("a", "Event", name="A", startDate="2020-05-02", endDate="2020-05-01"))
    taken = take_in(reader("ftm"), path, tmp_path / "data" / "made", SETTINGS, OPTIONS)
    faults = [str(fault) for fault in taken.report.faults]
    assert any("r.json:1: date: '2020-05-02/2020-05-01' is an interval that ends" in fault for fault in faults), faults
    assert len(build(tmp_path / "data")) > 0


def test_a_hidden_folder_beside_the_sources_is_no_source(tmp_path: Path, taking: Taking) -> None:
    taking("routes", "Peru,Japan\n")
    (tmp_path / "data" / ".left-behind").mkdir()
    assert build(tmp_path / "data")


def test_one_entity_ties_no_thousands_to_thousands(taking: Taking) -> None:
    many = [f"a{number}" for number in range(101)]
    lines = [entity(name, "Company", name=name) for name in many]
    found = taking("ftm", "\n".join([*lines, entity("all", "Membership", member=many, organization=many)]))
    assert "affiliations" not in found.rows
    assert found.faults == ["made.data:102: makes more than 10,000 claims; it was left out"]


def test_keys_that_look_alike_have_ids_of_their_own(taking: Taking) -> None:
    found = taking("ftm", "\n".join(entity("a" + "!" * number, "Company", name="x") for number in range(50)))
    assert [row["id"] for row in found.rows["actors"]] == ["a", *(f"a-{number}" for number in range(2, 51))]


def test_marks_inside_a_name_are_none_of_it(taking: Taking) -> None:
    one = activity().replace("Light &amp; Hope", "Light <b>&amp;</b> <i>Hope</i>")
    assert taking("iati", file(one)).rows["undertakings"][0]["label"] == "Light & Hope"


def test_html_is_in_no_title_and_no_name_of_an_organization(taking: Taking, tmp_path: Path) -> None:
    title, name = (
        "&lt;i&gt;Caf&amp;eacute;&lt;/i&gt; &amp;amp; boats at A&amp;B",
        "&lt;b&gt;Open&lt;/b&gt;&amp;nbsp;Hand",
    )
    one = activity().replace("Light &amp; Hope", title).replace("Open Hand", name)
    found = taking("iati", file(one))
    assert found.rows["undertakings"][0]["label"] == "Café & boats at A&B"
    assert found.only("namings", named="undertakings/xx-1-a", name="Café & boats at A&B", nameKind="title")
    assert [row["label"] for row in found.only("actors", id="open-hand")] == ["Open Hand"]
    assert "&" not in "".join(row["name"].replace(" & ", "").replace("A&B", "") for row in found.rows["namings"])
    (tmp_path / "texts").mkdir()
    (tmp_path / "made.data").rename(tmp_path / "texts" / "made.data")
    report = check(build(tmp_path / "data"), texts=Texts(tmp_path / "texts"), data=tmp_path / "data")
    assert report.evidence["wrong"] == 0 < report.evidence["verified"]
    assert [finding for finding in report.findings if finding.rule in ("printed", "ungrounded")] == []


def test_two_names_with_one_hash_are_two_entries(tmp_path: Path) -> None:
    """Python hashes the bytes of a text: those of a few Chinese letters are those of twice as many Latin ones."""
    latin = "harbour fund"
    chinese = latin.encode().decode("utf-16-le" if sys.byteorder == "little" else "utf-16-be")
    assert hash(latin) == hash(chinese)
    (tmp_path / "map.toml").write_text('class = "Organization"\n[columns]\nname = "label"\n')
    (tmp_path / "names.csv").write_text(f"name\n{latin}\n{chinese}\n", "utf-8")
    found = take("mapped", tmp_path / "names.csv", tmp_path / "data" / "made", mapping=str(tmp_path / "map.toml"))
    assert {row["label"] for row in found.rows["actors"]} == {latin, chinese}
    assert {row["name"] for row in found.rows["namings"]} == {latin, chinese}
