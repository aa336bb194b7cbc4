"""A push lays each graph down, says what became of it, and may be broken off and run again."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, Store

from tests.remote.conftest import oxigraph
from tests.remote.hostile import Asked, Handler, rows, serving
from tipgraph.cli import main
from tipgraph.errors import BadValue, CallError, GraphError, RemoteError
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph
from tipgraph.graph.remote import Caller, push
from tipgraph.graph.storage import load, write
from tipgraph.model import DATA, Statement

PATIENT = Caller(seconds=300)


def some(source: str, number: int, word: str = "x") -> list[Statement]:
    return [
        Statement(NamedNode(f"a:{index}"), NamedNode("a:b"), Literal(word), NamedNode(f"{DATA}{source}"))
        for index in range(number)
    ]


def states(graph: Graph, store: str, *, prune: bool = False, queries: str = "") -> dict[str, str]:
    done = push(graph, store, caller=PATIENT, prune=prune, queries=queries)
    return {one.graph.removeprefix(DATA): one.state for one in done}


def test_each_graph_is_replaced(server: str) -> None:
    store = f"{server}/store"
    for graph in (Graph([*some("one", 3), *some("two", 4)]), Graph([*some("one", 3, "y"), *some("two", 2)])):
        assert states(graph, store) == {"one": "sent", "two": "sent"}
        assert load(f"{server}/query").digest == graph.digest


def test_graphs_that_are_left_over_are_named_and_deleted_only_when_asked(server: str) -> None:
    store = f"{server}/store"
    theirs = Request(f"{store}?graph=x:theirs", b"<a:a> <a:a> <a:a> .", {"Content-Type": "text/turtle"}, method="PUT")  # noqa: S310
    urlopen(theirs, timeout=60).close()  # noqa: S310
    push(Graph([*some("one", 3), *some("two", 4)]), store, caller=PATIENT)
    less = Graph(some("one", 3))
    queries = f"{server}/query"
    assert states(less, store, queries=queries) == {"one": "sent", "two": "left over"}
    assert states(less, store, queries=queries, prune=True) == {"one": "sent", "two": "deleted"}
    assert load(f"{server}/query").sources == {f"{DATA}one", "x:theirs"}


def test_without_the_address_of_queries_nothing_is_counted_or_pruned(server: str) -> None:
    graph = Graph(some("one", 3))
    assert states(graph, f"{server}/store?x=y") == {"one": "sent"}
    with pytest.raises(RemoteError, match="404"):
        push(graph, f"{server}/store", queries=f"{server}/nowhere", caller=PATIENT)
    with pytest.raises(CallError, match="--query-url"):
        push(graph, f"{server}/store", prune=True, caller=PATIENT)


def test_the_command_says_what_became_of_each_graph(server: str, small_file: str) -> None:
    words = ["store", "push", f"{server}/store", "-g", small_file, "--format", "json"]
    first = CliRunner().invoke(main, words)
    assert first.exit_code == 0, first.output
    assert {row["state"] for row in json.loads(first.stdout)} == {"sent"}
    failing = CliRunner().invoke(main, ["store", "push", f"{server}/nowhere", "-g", small_file, "--format", "json"])
    assert failing.exit_code == 1
    assert {row["state"] for row in json.loads(failing.stdout)} == {"failed"}
    assert [row["why"] != "not tried" for row in json.loads(failing.stdout)].count(True) == 1
    refused = CliRunner().invoke(main, ["store", "push", "http://ada:very-secret@127.0.0.1/store", "-g", small_file])
    assert refused.exit_code == 2
    assert "very-secret" not in refused.output


@pytest.mark.parametrize("enough", [1, 8, 30])
def test_a_push_that_is_killed_is_completed_by_another(tmp_path: Path, enough: int) -> None:
    """Killed between its first graph and its last, and the server with it: what the second push leaves is the graph."""
    graph = Graph([statement for index in range(60) for statement in some(f"s{index}", 200, str(index))])
    file = tmp_path / "graph.nq"
    write(graph, file)
    words = [sys.executable, "-m", "tipgraph.cli", "store", "push", "-g", str(file)]
    with oxigraph(tmp_path / "store") as address:
        pushing = subprocess.Popen([*words, f"{address}/store"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(load(f"{address}/query").sources) < enough:
            assert pushing.poll() is None, "it had ended before"
        os.kill(pushing.pid, signal.SIGKILL)
        pushing.wait()
    with oxigraph(tmp_path / "store") as address:
        assert set(states(graph, f"{address}/store").values()) == {"sent"}
        assert load(f"{address}/query").digest == graph.digest


def test_where_one_graph_fails_nothing_is_pruned() -> None:
    """A server that takes nothing more: what is left over there stays."""

    def full(handler: Handler, asked: Asked) -> None:
        if asked.method == "PUT":
            handler.answer(b"full", "text/plain", 507)
        else:
            handler.answer(rows(["graph", "number"], [[f"{DATA}old", "3"]]))

    with serving(full) as bad:
        store = bad.address.removesuffix("/query") + "/store"
        done = push(Graph(some("one", 3)), store, queries=bad.address, prune=True)
    assert {(one.graph.removeprefix(DATA), one.state) for one in done} == {("one", "failed"), ("old", "left over")}
    assert "DELETE" not in {asked.method for asked in bad.asked}


def test_what_the_server_lost_is_said() -> None:
    """It takes everything and keeps nothing."""

    def forgetful(handler: Handler, asked: Asked) -> None:
        if asked.method == "PUT":
            handler.answer(b"", "text/plain", 204)
        else:
            handler.answer(rows(["graph", "number"], []))

    with serving(forgetful) as bad:
        done = push(Graph(some("one", 3)), bad.address, queries=bad.address, caller=PATIENT)
    assert [(one.state, one.why) for one in done] == [("failed", "sent, but 0 statements are there; push again")]
    assert [asked.method for asked in bad.asked] == ["PUT", "POST"]


def hang(handler: Handler, _: Asked) -> None:
    handler.bad.stopped.wait(30)


def test_a_server_that_hangs_is_asked_once() -> None:
    with serving(hang) as bad:
        done = push(Graph([*some("one", 3), *some("two", 3)]), bad.address, caller=Caller(seconds=1))
    assert [one.state for one in done] == ["failed", "failed"]
    assert "not tried" in done[1].why
    assert len(bad.asked) == 1


def test_statements_in_no_named_graph_and_addresses_that_are_not_asked() -> None:
    store = Store()
    store.add(Quad(NamedNode("a:a"), NamedNode("a:a"), NamedNode("a:a")))
    with pytest.raises(GraphError, match="is in no named graph"):
        push(Graph.over(Embedded(store)), "http://127.0.0.1:1/store")
    with pytest.raises(BadValue, match="write https://HOST/PATH"):
        push(Graph(), "file:///tmp/x")
