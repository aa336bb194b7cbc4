"""`tipgraph review drafts` without its page: lists, and who proposes."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from tests.drafts.conftest import GRANT, NAME, TWICE, Place, form, shown
from tests.drafts.test_language_model import PAID, kinds_of, say, text_of
from tests.remote.hostile import Asked, Handler, serving
from tipgraph.cli import main


def run(place: Place, *words: str, name: str = NAME) -> tuple[int, str, str]:
    where = ["--data", str(place.data), *(["--texts", str(place.texts)])]
    result = CliRunner().invoke(main, ["review", "drafts", name, *words, *where])
    return result.exit_code, result.stdout, result.stderr


def test_a_person_without_a_browser_sees_drafts(place: Place) -> None:
    session = place.session(part="reader 1")
    state = session.state()
    cells = {**GRANT.cells, "receiver": "Harbour Watch"}
    after = session.accept(state["version"], shown(state, GRANT)["id"], 4, form(cells, [], []))
    after = session.reject(after["version"], shown(state, TWICE)["id"], "not-said", 8)
    code, out, _ = run(place, "--list", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["producers"].split(":")[0] for row in rows} == {"rule"}
    listed = json.loads(run(place, "--list", "--format", "json")[1])
    assert len(listed) == len(rows)
    assert {"quote", "cells", "entries", "same", "against"} <= listed[0].keys()
    assert run(place, "--drafter", "none", "--list", "--format", "csv")[1].count("\n") == 1
    code, _, told = run(place, "--list", "--part", "Ana Pérez")
    assert (code, "the name of a person" in told, "`reader 1`" in told) == (2, True, True)
    assert run(place, "--list", name="nobody")[0] == 2
    assert place.drafts.exists()
    settings = place.folder / "source.toml"
    settings.write_text(settings.read_text("utf-8").replace("textFile", "noFile"), "utf-8")
    assert "name the file of the text" in run(place, "--list")[2]


def test_a_model_proposes_beside_the_rules_where_the_reader_says_so(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def behave(handler: Handler, asked: Asked) -> None:
        grant = {"receiver": [{"new": "Night Bus"}], "amountAsPrinted": "$9,000", "date": ""}
        number = next((line.split()[0] for line in text_of(asked).splitlines() if GRANT.quote in line), "")
        is_asked = number and "funding" in kinds_of(asked)
        say(handler, json.dumps({"claims": [PAID | grant | {"sentence": number}] if is_asked else []}))

    code, _, told = run(place, "--list", "--drafter", "model")
    assert (code, "set TIPGRAPH_LLM" in told) == (2, True)
    monkeypatch.setenv("TIPGRAPH_LLM", "https://models.example/v1 large")
    code, _, told = run(place, "--list", "--drafter", "model")
    assert (code, "would leave this machine, to models.example" in told) == (2, True)
    assert not list(place.texts.glob("*.answers.json"))
    with serving(behave) as server:
        monkeypatch.setenv("TIPGRAPH_LLM", f"{server.address}/v1 small")
        code, out, told = run(place, "--list", "--drafter", "both", "--format", "json", "--budget", "2")
        assert "the budget of 2 requests is spent" in told
        code, out, told = run(place, "--list", "--drafter", "both", "--format", "json")
    assert code == 0
    assert "go to small at 127.0.0.1, on this machine" in told
    producers = {producer for draft in json.loads(out) for producer in draft["producers"]}
    assert "model:small" in producers, told
    assert any(producer.startswith("rule:") for producer in producers)
    kept = json.loads(place.drafts.read_text("utf-8"))
    assert [about["name"] for about in kept["about"]] == ["rules", "model:small"]
    assert not kept["stopped"]
