"""Things show themselves in a notebook: with places and limits, escaped, without a script or an address to load."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import tipgraph
from tests.conftest import SMALL, SMALL_TEXTS
from tests.pages.conftest import ACTOR, HOSTILE
from tipgraph.display import notebook
from tipgraph.display.notebook import MOST
from tipgraph.display.notebook import html as html_of
from tipgraph.errors import CallError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.pipeline.shacl import check

LOADS = re.compile(r"<(?:script|link|img|object|iframe)\b|\bon\w+\s*=|url\(|@import|javascript:", re.IGNORECASE)


def seen(thing: object) -> str:
    """Return the HTML of a thing as a notebook asks for it."""
    html = thing._repr_html_() if hasattr(thing, "_repr_html_") else html_of(thing)
    assert isinstance(html, str)
    return html


def harmless(html: str) -> None:
    """Hold HTML to what may stand in a notebook: source text as text, nothing that runs or is fetched."""
    text = re.sub(r"&lt;img src=x onerror=alert\(1\)&gt;", "", html)
    assert not LOADS.search(text), LOADS.search(text)
    assert "\u202e" not in html
    assert "\u200b" not in html


def test_an_answer_is_the_table_of_the_terminal(graph: Graph) -> None:
    html = seen(Query.find("routes").run(graph, {"destination": "JP"}))
    for word in ("Latin America and the Caribbean", "700,000", "oas-cim-2005 ¶23 s1", "said at", "Notes"):
        assert word in html
    assert "https://w3id.org" not in html
    harmless(html)


def test_notes_and_contradictions_stand_below_an_answer_each_under_its_heading(graph: Graph) -> None:
    html = seen(Query.find("funding").run(graph, {"for": "research-project-1999"}))
    notes, reasons = re.findall(r'<p class="quiet">([^<]+:)</p>\s*<ul class="quiet">(.*?)</ul>', html)
    assert notes[0] == "Notes:"
    assert "] oas-cim-2005 ¶9 s3: who received the money is not stated</li>" in notes[1]
    assert reasons[0].startswith("Possible contradictions;")
    assert "] oas-cim-2005 ¶9 s3: USAID and the US Mission to the OAS are named as funders in the report" in reasons[1]
    assert reasons[1].count("<li>") == 2


def test_of_a_long_answer_the_first_rows_are_shown_and_the_rest_is_told(graph: Graph) -> None:
    answer = Query.find("participants").run(graph)
    html = seen(answer)
    assert len(answer.rows) > MOST
    assert html.count("<tr>") == MOST + 1
    assert f"{len(answer.rows)} rows; " in html
    assert f"; the last {len(answer.rows) - MOST} are not shown" in html


def test_a_question_says_its_sentence_and_its_parameters() -> None:
    html = seen(Query.find("routes"))
    assert Query.find("routes").summary in html
    assert "the place where the route ends, or a place that contains it" in html
    assert "mine" in seen(Query("mine", "SELECT * { ?s ?p ?o }"))


def test_a_graph_says_what_it_holds_and_its_digest(graph: Graph) -> None:
    html = seen(graph)
    assert f"{len(graph):,} statements" in html
    assert graph.digest in html
    assert "oas-cim-2005" in html
    harmless(html)


def test_a_graph_that_lies_elsewhere_is_not_fetched_for_its_digest(graph: Graph) -> None:
    class Far(Graph):
        is_near = False

        @property
        def digest(self) -> str:
            raise AssertionError("all of it would be fetched")

    far = Far()
    far._engine = graph._engine
    assert "digest" not in notebook.graph(far)


def test_a_report_shows_its_findings(small: Graph) -> None:
    assert "no findings" in seen(check(small))
    html = seen(check(Graph([one for one in small_statements(small) if "evidence/p2s1.2" not in str(one)])))
    assert "finding" in html
    assert "<td>shapes</td>" in html
    harmless(html)


def small_statements(small: Graph) -> list[tipgraph.Statement]:
    """Return what the small graph says."""
    return [tipgraph.Statement(*quad) for quad in small.quads()]


def test_what_was_taken_along_says_what_and_where(small: Graph, tmp_path: Path) -> None:
    taken = tipgraph.export(small, tmp_path / "money.gexf", network="funding")
    html = seen(taken)
    assert taken.summary in html
    assert "money.gexf" in html
    assert "network funding" in html
    harmless(html)


def test_all_that_is_said_of_a_thing_stands_there_with_places_and_quotes(small: Graph) -> None:
    found = tipgraph.show(small, "lantern-fund", texts=SMALL_TEXTS)
    assert repr(found) == "<Account of 'Lantern Fund': 2 claims>"
    assert len(found) == len(list(found)) == 2
    html = seen(found)
    for one in found:
        assert one.sentence in html.replace("&#39;", "'").replace("&#34;", '"')
    assert "<q>the Lantern Fund</q>" in html
    assert "harbour-2020 ¶2 s1" in html
    assert "<q>" not in seen(tipgraph.show(small, "lantern-fund"))
    harmless(html)


def test_it_prints_as_the_command_does(small: Graph) -> None:
    said = str(tipgraph.show(small, "lantern-fund"))
    assert said.startswith(f"Lantern Fund\n{ACTOR}\nclass: organization\n")
    assert said.endswith("1 claim: 1 reviewed by an AI agent; 1 name")


def test_contradictions_stand_beside_each_other(graph: Graph) -> None:
    html = seen(tipgraph.show(graph, "caribbean-seminars"))
    assert html.count('class="against"') >= 2
    assert "why: " in html
    assert "oas-cim-2005 ¶16 s1 also says: " in html


def test_one_claim_shows_itself(graph: Graph) -> None:
    (claim, *_) = [one for one in tipgraph.show(graph, "caribbean-seminars") if one.contradictions]
    html = seen(claim)
    assert claim.contradictions[0].reason in html
    assert str(claim.citations[0]) in html


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
        html = seen(thing)
        assert "&lt;img src=x onerror=alert(1)&gt;" in html
        harmless(html)


def test_zero_rows_say_what_stands_one_step_away(graph: Graph) -> None:
    html = seen(Query.find("funding").run(graph, {"for": "depaul"}))
    assert "0 rows" in html
    assert "<li>one step away: for=research-project-1999 (3 rows)</li>" in html
    harmless(html)


def test_an_ipython_that_runs_asks_for_it() -> None:
    program = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "import tipgraph\n"
        f"import pathlib\ngraph = tipgraph.build(pathlib.Path({str(SMALL)!r}))\n"
        "for shown in (graph, tipgraph.Query.find('funding'), tipgraph.Query.find('funding').run(graph),\n"
        "              tipgraph.check(graph)):\n"
        "    print(shell.display_formatter.format(shown)[0]['text/html'][:20])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("<") >= 4, done.stdout
