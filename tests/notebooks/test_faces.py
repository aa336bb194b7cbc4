"""Things print themselves in a notebook: with places and limits, as on the command line, and nothing that runs."""

import subprocess
import sys
from pathlib import Path

import pytest

import tipgraph
from tests.conftest import SMALL, SMALL_TEXTS
from tests.pages.conftest import ACTOR, HOSTILE
from tipgraph.display import notebook
from tipgraph.display.notebook import MOST, printed
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Answer, Query
from tipgraph.pipeline.shacl import check
from tipgraph.runtime import visible


def test_each_thing_prints_what_it_is(graph: Graph, small: Graph, tmp_path: Path) -> None:
    taken = tipgraph.export(small, tmp_path / "money.gexf", network="funding")
    left = Graph([tipgraph.Statement(*quad) for quad in small.quads() if "evidence/p2s1.2" not in str(quad)])
    (claim, *_) = [one for one in tipgraph.show(graph, "caribbean-seminars") if one.contradictions]
    for thing, words in (
        (Query.find("routes").run(graph, {"destination": "JP"}),
         ["Latin", "700,000", "said at", "Notes:", "[1] oas-cim-2005 ¶23 s1"]),
        (Query.find("routes"), [Query.find("routes").summary, "the place where the route ends"]),
        (Query("mine", "SELECT * { ?s ?p ?o }"), ["mine"]),
        (graph, [f"{len(graph):,} statements", graph.digest, "oas-cim-2005"]),
        (check(small), ["no findings"]),
        (check(left), ["[shapes]"]),
        (taken, [taken.summary, "money.gexf", "network funding"]),
        (claim, [f"why: {claim.contradictions[0].reason}", str(claim.citations[0])]),
    ):  # fmt: skip
        text = printed(thing)
        assert [word for word in words if word not in text] == []
        assert not isinstance(thing, Answer) or "https://w3id.org" not in text


def test_of_a_long_answer_the_first_rows_are_shown_and_the_rest_is_told(graph: Graph) -> None:
    answer = Query.find("participants").run(graph)
    text = printed(answer)
    assert len(answer.rows) > MOST
    assert f"{MOST} rows; " in text
    assert text.endswith(f".rows and .to_pandas() have the last {len(answer.rows) - MOST}")
    assert f"\nof {len(answer.rows)} rows; " in text


def test_a_graph_that_lies_elsewhere_is_not_fetched_for_its_digest(graph: Graph) -> None:
    class Far(Graph):
        is_near = False

        @property
        def digest(self) -> str:
            raise AssertionError("all of it would be fetched")

    far = Far()
    far._engine = graph._engine
    assert "digest" not in notebook.graph(far)


def test_all_that_is_said_of_a_thing_stands_there_with_places_and_quotes(small: Graph) -> None:
    found = tipgraph.show(small, "lantern-fund", texts=SMALL_TEXTS)
    assert repr(found) == "<Account of 'Lantern Fund': 2 claims>"
    assert len(found) == len(list(found)) == 2
    text = printed(found)
    assert all(one.sentence in text for one in found)
    assert "harbour-2020 ¶2 s1  “the Lantern Fund”" in text
    said = printed(tipgraph.show(small, "lantern-fund"))
    assert said.startswith(f"Lantern Fund\n{ACTOR}\nclass: organization\n")
    assert said.endswith("1 claim: 1 reviewed by an AI agent; 1 name")


def test_a_name_or_a_folder_that_is_not_there_is_an_error(small: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="perhaps"):
        tipgraph.show(small, "lantern-fnd")
    with pytest.raises(CallError, match="there is no such folder"):
        tipgraph.show(small, "lantern-fund", texts=tmp_path / "nowhere")


def test_names_that_mean_harm_stay_text(harmful: Graph) -> None:
    shown = [
        harmful,
        Query.find("funding").run(harmful),
        tipgraph.show(harmful, ACTOR),
        next(iter(tipgraph.show(harmful, ACTOR))),
        Query(HOSTILE, f"#+ summary: {HOSTILE}\nSELECT * {{ ?s ?p ?o }}"),
    ]
    for thing in shown:
        assert visible(printed(thing)) == printed(thing)


def test_an_ipython_that_runs_asks_for_it() -> None:
    program = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "import tipgraph\n"
        f"import pathlib\ngraph = tipgraph.build(pathlib.Path({str(SMALL)!r}))\n"
        "for shown in (graph, tipgraph.Query.find('funding'), tipgraph.Query.find('funding').run(graph),\n"
        "              tipgraph.check(graph)):\n"
        "    print(shell.display_formatter.format(shown)[0]['text/plain'][:20])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "A graph of" in done.stdout
    assert "object at" not in done.stdout
