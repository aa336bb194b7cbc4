"""`tipgraph review identity` as a person runs it: the list, the review on the terminal, answers, and their undoing."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tipgraph.cli import main
from tipgraph.graph.storage import write
from tipgraph.model import kit
from tipgraph.pipeline.builder import build

HEADER = "id,left,right,verdict,judge,judgeKind,judged,reason\n"
HOSTILE = "Casa Clara \x1b\u202e A.C."


pytestmark = pytest.mark.usefixtures("parted")


@pytest.fixture
def parted(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small kit, of which nothing is judged, with an actor whose name obeys nobody."""
    (copy / "reference" / "identity.csv").write_text(HEADER, "utf-8")
    actors = copy / "harbour-2020" / "actors.csv"
    actors.write_text(actors.read_text("utf-8") + f"clara,Organization,{HOSTILE},ngo\n", "utf-8")
    write(build(copy), tmp_path / "graph.trig")
    monkeypatch.setenv("TIPGRAPH_GRAPH", str(tmp_path / "graph.trig"))
    monkeypatch.delenv("TIPGRAPH_JUDGE", raising=False)
    monkeypatch.delenv("TIPGRAPH_TEXTS", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return copy


def run(*words: str, typed: str = "") -> Result:
    result = CliRunner().invoke(main, ["review", "identity", *words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows(data: Path) -> list[str]:
    return (data / "reference" / "identity.csv").read_text("utf-8").splitlines()[1:]


def test_the_list_names_both_sides_and_the_reasons(parted: Path) -> None:
    listed = run("--data", str(parted))
    assert listed.exit_code == 0
    assert "Lima (harbour-2020/lima)" in listed.stdout
    assert "Lima (reference/lima)" in listed.stdout
    assert "the same name: Lima" in listed.stdout
    assert "but one source holds both apart" in listed.stdout
    assert "\x1b" not in listed.stdout
    assert "\u202e" not in listed.stdout


def test_csv_and_json_have_all_and_the_best_first(parted: Path) -> None:
    table = list(csv.DictReader(io.StringIO(run("--data", str(parted), "--format", "csv").stdout)))
    assert [row["left"] for row in table] == ["harbour-2020/lima", "harbour-2020/casa-clara"]
    found = json.loads(run("--data", str(parted), "--format", "json", "--limit", "1", "--kind", "actor").stdout)
    assert [(one["score"], one["right"], one["right label"]) for one in found] == [
        (0.94, "harbour-2020/clara", HOSTILE)
    ]
    assert "0 proposals" in run("--data", str(parted), "--kind", "undertaking").stdout


def test_a_review_shows_both_sides_and_saves_each_answer_at_once(parted: Path) -> None:
    done = run("--review", "--judge", "an editor", "--data", str(parted), typed="s\none city\nu\nnobody can tell\n")
    assert done.exit_code == 0, done.output
    assert "1 of 2" in done.stdout
    assert "“Lima” (name in harbour-2020)" in done.stdout
    assert "part of: Peru" in done.stdout
    assert "harbour-2020 ¶2 s1" in done.stdout
    assert "\x1b" not in done.stdout
    assert "2 answers saved" in done.stdout
    assert "tipgraph build" in done.stderr
    first, second = rows(parted)
    assert re.match("j[0-9a-f]{8},harbour-2020/lima,reference/lima,same,an editor,", first)
    assert second.endswith(",nobody can tell")
    assert len(build(parted)) > 0
    assert "0 proposals" in run("--data", str(parted)).stdout
    assert f"judged before: {second.partition(',')[0]}" in run("--data", str(parted), "--reopen").stdout


def test_a_review_can_skip_and_end(parted: Path) -> None:
    typed = "x\nd\ntwo cities\n\n"
    done = run("--review", "--judge", "an editor", "--data", str(parted), typed=typed)
    assert "'x' is not one of" in done.stdout
    assert [row.split(",")[3] for row in rows(parted)] == ["different"]
    assert run("--review", "--judge", "x", "--data", str(parted), typed="q\n").exit_code == 0
    assert run("--review", "--judge", "x", "--data", str(parted), typed="").exit_code == 0


def test_who_judges_is_said_by_an_option_or_the_environment(parted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = run("--review", "--data", str(parted))
    assert refused.exit_code == 2
    assert "say a judge" in refused.stderr
    monkeypatch.setenv("TIPGRAPH_JUDGE", "the desk")
    run("--review", "--data", str(parted), typed="d\ntwo houses\n")
    assert ",the desk," in rows(parted)[0]


def test_a_reopened_judgement_is_replaced(parted: Path) -> None:
    run("--review", "--judge", "first", "--data", str(parted), typed="d\ntwo cities\nq\n")
    before = rows(parted)
    words = ("--review", "--reopen", "--judge", "second", "--data", str(parted))
    done = run(*words, typed="s\none city\n")
    judged = before[0].partition(",")[0]
    assert f"judged before: {judged}: harbour-2020/places/lima and reference/places/lima are different" in done.stdout
    assert [row.split(",")[3:5] for row in rows(parted)] == [["same", "second"]]


def test_what_answers_settle_is_not_asked_again(parted: Path) -> None:
    actors = parted / "harbour-2020" / "actors.csv"
    actors.write_text(actors.read_text("utf-8") + "clara-2,Organization,Casa Clara,ngo\n", "utf-8")
    write(build(parted), Path(str(parted.parent / "graph.trig")))
    done = run("--review", "--judge", "x", "--data", str(parted), "--kind", "actor", typed="s\na\ns\nb\n")
    assert "3 of 3" not in done.stdout
    assert len(rows(parted)) == 2


def test_an_answer_without_a_terminal_and_its_undoing(parted: Path) -> None:
    words = ("harbour-2020/lima", "reference/lima", "--data", str(parted))
    told = run("--answer", "same", *words, "--reason", "one city", "--judge", "the desk")
    assert told.exit_code == 0
    assert f"saved {(made := rows(parted)[0].partition(',')[0])}: harbour-2020/places/lima and " in told.stdout
    assert "reference/places/lima are the same (the desk, " in told.stdout
    assert "tipgraph build" in told.stderr
    again = run("--answer", "different", *words, "--reason", "two", "--judge", "another")
    assert again.exit_code == 2
    assert f"judged before: {made}: " in again.stderr
    assert run("--undo", *words).stdout.startswith(f"undone {made}: ")
    assert rows(parted) == []
    run("--answer", "unsure", *words, "--reason", "one city", "--judge", "the desk")
    assert run("--undo", rows(parted)[0].partition(",")[0], "--data", str(parted)).exit_code == 0
    assert rows(parted) == []


def test_all_entries_of_an_identifier_are_joined_by_one_answer_and_parted_by_one(parted: Path) -> None:
    source = parted / "harbour-2020"
    header, *kept = (source / "actors.csv").read_text("utf-8").splitlines()
    written = {"lamp": "XM-DAC-47066", "light": "XI-IATI-47066", "lantern": "", "other": "XM-DAC-47067"}
    added = [f"{node},Organization,{node} office,,{ref}" for node, ref in written.items()]
    lines = [f"{header},iatiIdentifier", *(f"{row}," for row in kept), *added, "many,Group,various offices,,", ""]
    (source / "actors.csv").write_text("\n".join(lines), "utf-8")
    with (source / "namings.csv").open("a", encoding="utf-8") as namings:
        namings.writelines(f"{node},{node},47066,number,p1s1\n" for node in ("lantern", "many"))
    graph = parted.parent / "graph.trig"
    write(build(parted), graph)
    data = ("--data", str(parted))
    cluster, pair = json.loads(run(*data, "--kind", "actor", "--format", "json").stdout)
    assert pair["others"] == ""
    assert [cluster["left"], cluster["right"], *cluster["others"].split()] == [
        f"harbour-2020/{node}" for node in ("lantern", "lamp", "light")
    ]
    asked = run("--review", "--judge", "x", *data, "--kind", "actor", typed="d\ntwo\ns\none office\n")
    assert "different is an answer about two entries" in asked.stdout
    assert run("--undo", "XM-DAC-47066", *data).exit_code == 0
    assert rows(parted) == [], "all of the cluster is undone"
    answer = ("--reason", "one office", "--judge", "the desk", "--judge-kind", "person")
    assert run("--answer", "same", "47066", *answer, *data).exit_code == 0
    joined = rows(parted)
    assert [row.split(",")[1:4] for row in joined] == [
        [f"harbour-2020/{node}", "harbour-2020/lamp", "same"] for node in ("lantern", "light")
    ]
    assert all(row.endswith("XM-DAC-47066: one office") for row in joined)
    refused = run("--answer", "same", "XM-DAC-47066", *answer, *data)
    assert "name two entries (LEFT RIGHT), or an identifier" in refused.stderr
    write(build(parted), graph)
    assert "office" not in run(*data).stdout
    assert run("--undo", "xm-dac-47066", *data).exit_code == 0
    assert rows(parted) == []


def test_a_folder_without_reference_and_an_installed_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    refused = run("--data", str(tmp_path / "empty"))
    assert refused.exit_code == 1
    assert "holds no folder `reference`" in refused.stderr
    monkeypatch.setattr(kit, "is_checkout", lambda: False)
    assert run().exit_code == 0
    refused = run("--undo", "j1")
    assert refused.exit_code == 2
    assert "name that of your sources with --data FOLDER" in refused.stderr
