"""`tipgraph review conflicts` as a person runs it: the list, the review on the terminal, answers, and their undoing."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conflicts.conftest import Write, write
from tests.conflicts.test_book import FIRST, SECOND, rows
from tipgraph.cli import main
from tipgraph.graph.storage import write as write_graph
from tipgraph.pipeline.builder import build

__all__ = ["write"]  # a fixture


pytestmark = pytest.mark.usefixtures("data")


@pytest.fixture
def data(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = write(FIRST, SECOND)
    write_graph(build(data), tmp_path / "graph.trig")
    monkeypatch.setenv("TIPGRAPH_GRAPH", str(tmp_path / "graph.trig"))
    monkeypatch.delenv("TIPGRAPH_JUDGE", raising=False)
    monkeypatch.delenv("TIPGRAPH_TEXTS", raising=False)
    return data


def run(*words: str, typed: str = "") -> Result:
    result = CliRunner().invoke(main, ["review", "conflicts", *words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_list_has_both_sides_with_their_evidence_who_found_it_and_the_answer(data: Path) -> None:
    listed = run("--data", str(data)).stdout
    assert "a-2020/r1  (found by a person)\n  so, it seems\n  1 Funding from The giver" in listed
    assert "(found by the rule money)" in listed
    assert "        a-2020 (cited)" in listed
    assert "        b-2021 (cited)" in listed
    assert listed.endswith("1 contradiction, 1 open; rules propose 2 more\n")
    assert "La reunión" not in listed
    assert "Financiación de The giver" in run("--data", str(data), "--lang", "es").stdout


def test_one_is_shown_by_its_id_and_others_by_thing_rule_and_source(data: Path) -> None:
    def counted(*words: str) -> str:
        return run("--data", str(data), *words).stdout.splitlines()[-1]

    assert counted("a-2020/r1") == "1 contradiction, 1 open; rules propose 0 more"
    assert counted("The", "giver") == "1 contradiction, 1 open; rules propose 1 more"
    assert counted("--rule", "money") == "0 contradictions, 0 open; rules propose 1 more"
    assert counted("--source", "b-2021") == "0 contradictions, 0 open; rules propose 1 more"
    assert counted("The", "taker", "--rule", "counts").startswith("0 contradictions")
    run("--data", str(data), "--answer", "both-stand", "a-2020/r1", "--reason", "x", "--judge", "y")
    assert counted("--open") == "0 contradictions, 0 open; rules propose 2 more"
    assert counted() == "1 contradiction, 0 open; rules propose 2 more"


def test_csv_and_json_have_all(data: Path) -> None:
    run("--data", str(data), "--answer", "first-right", "a-2020/r1", "--reason", "older", "--judge", "the desk")
    table = list(csv.DictReader(io.StringIO(run("--data", str(data), "--format", "csv").stdout)))
    assert [row["answer"] for row in table] == ["the first is right", "open", "open"]
    assert [row["found by"] for row in table] == ["person", "event-dates", "money"]
    assert table[2]["first said at"] == "a-2020 (cited)"
    assert json.loads(run("--data", str(data), "--format", "json").stdout) == table


def test_the_rules_are_listed_in_two_languages() -> None:
    assert "Dates of one event that exclude each other" in run("--rules").stdout
    assert "Fechas de un mismo evento que se excluyen" in run("--rules", "--lang", "es").stdout


def test_a_review_saves_each_answer_at_once(data: Path) -> None:
    typed = "1\nolder\n2\nlater\n\nq\n"
    done = run("--review", "--judge", "the desk", "--data", str(data), typed=typed)
    assert done.exit_code == 0, done.output
    assert "1 of 3" in done.stdout
    assert "1 first right, 2 second right, b both stand, c cannot tell, n no conflict, enter skips" in done.stdout
    assert "2 answers saved" in done.stdout
    assert "tipgraph build" in done.stderr
    assert [(row["judgement"], row["grounds"]) for row in rows(data, "a-2020")] == [
        ("one-right", "older"),
        ("one-right", "later"),
    ]
    again = run("--review", "--judge", "the desk", "--data", str(data), typed="b\n\nb\nboth lists\n")
    assert "say a reason" in again.stdout
    assert [row["judgement"] for row in rows(data, "reference")] == ["both-stand"]
    assert build(data)
    assert "0 answers saved" in run("--review", "--judge", "x", "--data", str(data)).stdout
    reopened = run("--review", "--reopen", "--judge", "x", "--data", str(data), typed="c\nwho knows\nq\n")
    assert "answer: the first is right (the desk, " in reopened.stdout
    assert rows(data, "a-2020")[0]["judgement"] == "cannot-tell"


def test_an_answer_without_a_terminal_and_its_undoing(data: Path) -> None:
    words = ("a-2020/r1", "--data", str(data))
    told = run("--answer", "second-right", *words, "--reason", "newer", "--judge", "the desk")
    assert told.stdout.startswith("saved a-2020/r1: the second is right (the desk, ")
    again = run("--answer", "both-stand", *words, "--reason", "x", "--judge", "y")
    assert again.exit_code == 2
    assert "answered before: a-2020/r1: the second is right" in again.stderr
    assert run("--reopen", "--answer", "both-stand", *words, "--reason", "x", "--judge", "y").exit_code == 0
    assert run("--undo", *words).stdout.startswith("undone a-2020/r1: both may stand (y, ")
    assert rows(data, "a-2020")[0]["judgement"] == "open"
