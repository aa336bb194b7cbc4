import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tipgraph.cli import main
from tipgraph.errors import InputError, UnknownName
from tipgraph.model import ontology
from tipgraph.sources import documents
from tipgraph.sources.documents.layout import Block, BlockWord, Box, document
from tipgraph.sources.evidence import quotes
from tipgraph.sources.evidence.spans import digest, disagreements
from tipgraph.sources.folder import Row, Source, Table, Texts, read_source
from tipgraph.sources.intake.relocation import Relocated, locate_again
from tipgraph.sources.intake.source_text import citations, locator_of
from tipgraph.sources.reference import with_reference
from tipgraph.sources.source_tables import read

from .conftest import SMALL, SMALL_TEXTS

NAME = "harbour-2020"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(SMALL_TEXTS, tmp_path / "texts")
    shutil.copytree(SMALL, tmp_path / "data")
    return tmp_path


@pytest.fixture
def change(project: Path) -> Callable[[str, str], str]:
    """Correct the text in one place, and return it."""

    def replace(old: str, new: str) -> str:
        path = project / "texts" / "harbour.txt"
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")
        return text.replace(old, new)

    return replace


@pytest.fixture
def paged(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the text a document: each word has a box of its own, and the third paragraph is on page 2."""
    texts, path = project / "texts", project / "data" / NAME / "source.toml"
    parts = (texts / "harbour.txt").read_text("utf-8").split("\n\n")
    blocks = [
        Block(tuple(BlockWord(word, (Box(1 + at // 2, at, number, 9, 9),)) for number, word in enumerate(part.split())))
        for at, part in enumerate(parts)
    ]
    read = document(blocks, ((9, 9), (9, 9)))
    monkeypatch.setattr(documents, "read", lambda _: read)
    (texts / "harbour.layout.json").write_text(read.layout.to_json(), "utf-8")
    (texts / "harbour.pdf").write_bytes(b"a document")
    settings = f'documentFile = "harbour.pdf"\ndocumentSha256 = "{digest("a document")}"\npageCount = 2\n'
    path.write_text(settings + path.read_text("utf-8"), "utf-8")
    return project


def pages(project: Path) -> dict[str, str]:
    rows = read_source(project / "data" / NAME).tables["evidence"].rows
    return {row.cells["id"]: row.cells["page"] for row in rows}


def placed(project: Path) -> list[tuple[str, Box]]:
    """Return the words of the text that have a box, in its order."""
    texts = Texts(project / "texts")
    text, layout = texts.text("harbour.txt"), texts.layout("harbour.txt")
    assert text is not None
    assert layout is not None
    return [(text[word.start : word.end], word.box) for word in layout.words]


def again(project: Path) -> Relocated:
    return locate_again(NAME, Texts(project / "texts"), project / "data")


def evidence(project: Path) -> dict[str, tuple[int, int, str]]:
    rows = read_source(project / "data" / NAME).tables["evidence"].rows
    places = {row.cells["id"]: locator_of(row.cells) for row in rows}
    return {name: (place.start, place.end, place.digest) for name, place in places.items() if place}


def checked(project: Path, text: str) -> None:
    """Hold that all spans and paragraphs are those of the text, and that the tables build."""
    source = read_source(project / "data" / NAME)
    for row in source.tables["evidence"].rows:
        place = locator_of(row.cells)
        assert place is not None
        assert disagreements(text, place, "blocks") == []
    for row in source.tables["paragraphs"].rows:
        place = locator_of({**row.cells, "paragraph": row.cells["number"], "sentence": "1"})
        assert place is not None
        assert disagreements(text, place, "blocks", whole_paragraph=True) == []
    assert read(with_reference(project / "data"), ontology()).faults == []


def test_unchanged_paragraphs_move_with_their_evidence_and_scope(
    project: Path, change: Callable[[str, str], str]
) -> None:
    paragraphs = project / "data" / NAME / "paragraphs.csv"
    paragraphs.write_text(paragraphs.read_text("utf-8").rstrip("\n") + "heading\n", "utf-8")
    settings = project / "data" / NAME / "source.toml"
    settings.write_text(re.sub('sha256 = "(.*)"', r"sha256 = '\1'", settings.read_text("utf-8")), "utf-8")
    before = evidence(project)
    text = change("In June 2020 the", "A new paragraph.\n\nIn June 2020 the")
    relocated = again(project)
    checked(project, text)
    assert relocated.notices == ("¶2 is new: read it",)
    assert {start - before[name][0] for name, (start, _, _) in evidence(project).items()} == {0, 18}
    rows = read_source(project / "data" / NAME).tables["paragraphs"].rows
    assert [row.cells["scope"] for row in rows] == ["", "", "", "heading"]
    text = change("the summer of 2020.\n\nAbout", "the summer of 2020. About")
    assert again(project).notices == ("¶3 has changed: read it again",)
    checked(project, text)
    rows = read_source(project / "data" / NAME).tables["paragraphs"].rows
    assert [row.cells["scope"] for row in rows] == ["", "", ""]  # the merged paragraph may have claims


def test_evidence_in_a_changed_paragraph_is_found_by_its_quote_which_must_be_kept(
    project: Path, change: Callable[[str, str], str]
) -> None:
    text = change("In June 2020 the", "In the month of June 2020, the")
    with pytest.raises(InputError, match="no quote of it is kept; correct the quote in"):
        again(project)
    change("In the month of June 2020, the", "In June 2020 the")
    again(project)
    text = change("In June 2020 the", "In the month of June 2020, the")
    assert again(project).moved > 10
    checked(project, text)
    kept = quotes.read(project / "texts" / f"{NAME}.quotes.csv")
    assert kept.keys() == evidence(project).keys()
    assert all(quotes.place(text, quote, "blocks") for quote in kept.values())
    text = change("Dr. Vega’s house", "DR. VEGA'S HOUSE")
    again(project)
    checked(project, text)
    assert "DR. VEGA'S HOUSE" in " ".join(quotes.read(project / "texts" / f"{NAME}.quotes.csv").values())


def test_evidence_without_a_place_is_listed_with_its_claims_and_a_quote_by_hand_helps(
    project: Path, change: Callable[[str, str], str]
) -> None:
    again(project)
    conflicts = project / "data" / "reference" / "conflicts.csv"
    conflicts.write_text(f"id,evidence\nc1,{NAME}/p2s1.1 | {NAME}/evidence/p3s1.1\n", "utf-8")
    with pytest.raises(UnknownName, match="'reference' is no source; the sources are harbour-2020"):
        locate_again("reference", Texts(project / "texts"), project / "data")
    text = change("the Lantern Fund paid", "the fund of Lantern paid")
    before = {path: path.read_bytes() for path in (project / "data" / NAME).iterdir()}
    with pytest.raises(InputError, match="nothing was written") as caught:
        again(project)
    assert {path: path.read_bytes() for path in (project / "data" / NAME).iterdir()} == before
    assert [(fault.column, fault.row) for fault in caught.value.faults] == [("p2s1.1", 3), ("p2s1.2", 4)]
    assert (
        "'the Lantern Fund paid $12,500 …' is not in the text, but ¶2 s1 is similar" in caught.value.faults[1].message
    )
    assert "or remove it from namings/p2-1, reference/conflicts/c1" in caught.value.faults[0].message
    conflicts.unlink()
    path = project / "texts" / f"{NAME}.quotes.csv"
    path.write_text(path.read_text("utf-8").replace("the Lantern Fund", "the fund of Lantern"), "utf-8")
    again(project)
    checked(project, text)


def test_evidence_of_a_paragraph_that_is_gone_is_named_with_its_claims(
    paged: Path, change: Callable[[str, str], str]
) -> None:
    again(paged)
    change("Harbour Watch: a note on the year 2020\n\n", "")
    for name in ("harbour.layout.json", "harbour.pdf"):
        (paged / "texts" / name).unlink()
    moved = "p1s1 is in another paragraph now, ¶1: read namings/p1-1 again"
    assert again(paged).notices == (moved, "¶1 of the old text is gone")
    assert (pages(paged)["p1s1"], pages(paged)["p2s1.1"]) == ("", "1")


def test_the_command_takes_quotes_of_tables_and_moves_them(project: Path, change: Callable[[str, str], str]) -> None:
    def run(*words: str) -> str:
        result = CliRunner().invoke(main, [*words, "--data", str(project / "data")])
        assert result.exit_code == 0, result.output
        return result.output

    namings = project / "data" / NAME / "namings.csv"
    before = namings.read_text("utf-8")
    rows = [f"{line}," for line in before.splitlines()]
    rows[0] += "quote"
    namings.write_text("\n".join([*rows, ",Casa Clara,the house,description,,house for newcomers\n"]), "utf-8")
    with pytest.raises(InputError, match=f"run `tipgraph source locate {NAME}`"):
        raise InputError(read(with_reference(project / "data"), ontology()).faults)
    undertakings = project / "data" / NAME / "undertakings.csv"
    undertakings.write_text(undertakings.read_text("utf-8") + ",Event,A fourth seminar\n", "utf-8")
    out = run("source", "locate", NAME, "--texts", str(project / "texts"))
    assert f"{NAME}: 1 new span of text; rows: 8 in namings, 3 in undertakings" in out
    assert namings.read_text("utf-8").startswith(before)
    text = change("house for newcomers", "house  for newcomers")
    assert " moved" in run("source", "locate", NAME, "--again", "--texts", str(project / "texts"))
    checked(project, text)


def test_the_layout_of_a_corrected_text_is_made_from_the_document(
    paged: Path, change: Callable[[str, str], str]
) -> None:
    again(paged)
    assert (pages(paged)["p2s1.1"], pages(paged)["p3s1.1"]) == ("1", "2")
    before = placed(paged)
    change("In June 2020 the", "A new beginning.\n\nIn July 2020 the")
    again(paged)
    assert placed(paged) == [(word, box) for word, box in before if word not in ("In", "June")]  # July is as long
    change("A new beginning.\n\nIn July 2020 the", "In June 2020 the")
    (paged / "texts" / "harbour.layout.json").unlink()
    again(paged)
    assert placed(paged) == before


@pytest.mark.parametrize("written", [1, 3])
def test_a_run_that_is_killed_midway_is_done_again(
    paged: Path, change: Callable[[str, str], str], monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    again(paged)
    text = change("In June 2020 the", "A new beginning.\n\nIn July 2020 the")
    replace, targets = Path.replace, list[Path]()

    def killed(path: Path, target: Path) -> Path:
        targets.append(target)
        if len(targets) > written:
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        again(paged)
    monkeypatch.setattr(Path, "replace", replace)
    again(paged)
    checked(paged, text)
    assert len(placed(paged)) == len(text.split()) - len(["A", "new", "beginning.", "In", "July"])


def test_a_layout_is_not_replaced_without_its_document(paged: Path, change: Callable[[str, str], str]) -> None:
    change("In June 2020 the", "In July 2020 the")
    (paged / "texts" / "harbour.pdf").write_bytes(b"another document")
    before = placed(paged)
    with pytest.raises(InputError, match=r"put harbour\.pdf with the digest of source\.toml beside it"):
        again(paged)
    assert placed(paged) == before


def test_evidence_of_another_source_is_not_evidence_of_this_one() -> None:
    cells = {"id": "f1", "evidence": "p1 | evidence/p2 | other/p1 | other/evidence/p3"}
    source = Source(Path("own"), tables={"funding": Table("funding", Path(), (), (Row(2, cells),))})
    assert list(citations([source], "own")) == [("funding/f1", "p1"), ("funding/f1", "p2")]
    assert list(citations([source], "other")) == [("own/funding/f1", "p1"), ("own/funding/f1", "p3")]
