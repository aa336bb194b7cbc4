"""The OpenAPI document: it is one, it names every route, and whatever is made of it gets no 5xx."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.serving import Server, serving
from tipgraph.analysis import question_parameters
from tipgraph.graph.query import Query

pytestmark = pytest.mark.engines


def test_it_names_every_question_with_its_parameters(server: Server) -> None:
    document = server.get("/openapi.json").json
    assert document["openapi"].startswith("3.1")
    for one in Query.all():
        for form in ("csv", "json"):
            operation = document["paths"][f"/query/{one.name}.{form}"]["get"]
            assert operation["summary"] == one.summary
            assert {parameter["name"] for parameter in operation["parameters"]} == {*question_parameters(one), "lang"}


def test_every_path_of_it_answers(server: Server) -> None:
    document = server.get("/openapi.json").json
    for path, methods in document["paths"].items():
        filled = path.replace("{path}", "reference/places/japan").replace("{file}", "all.nq")
        for method in methods:
            reply = server.call(method.upper(), filled)
            assert reply.status not in (404, 405, 500), (method, path, reply.text)


def test_schemathesis_finds_no_fault(store: Path, tmp_path: Path) -> None:
    run_schemathesis(store, tmp_path, "--phases", "examples,fuzzing", "--max-examples", "3")


@pytest.mark.long
def test_schemathesis_finds_no_fault_in_all_that_it_can_think_of(store: Path, tmp_path: Path) -> None:
    run_schemathesis(store, tmp_path, "--max-examples", "15")


def run_schemathesis(store: Path, tmp_path: Path, *options: str) -> None:
    with serving(store, "--deadline", "60") as server:  # other tests run beside; being late is no fault here
        document = tmp_path / "openapi.json"
        document.write_bytes(server.get("/openapi.json").body)
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "run", str(document), "--url", server.address,
            "--checks", "not_a_server_error,content_type_conformance,response_schema_conformance",
            "--seed", "1", "--no-color", "--suppress-health-check", "all", "--request-timeout", "70", *options,
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=1500)
        assert done.returncode == 0, done.stdout[-6000:]
        assert "Traceback" not in server.log
        assert json.loads(document.read_text("utf-8"))["paths"]


def test_schemathesis_would_find_a_fault(tmp_path: Path) -> None:
    """The positive control: a server that fails is found by the same run."""
    import http.server
    import threading

    class Failing(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(500)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    document = {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "fine"}}}}},
    }
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(document), "utf-8")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Failing) as failing:
        threading.Thread(target=failing.serve_forever, daemon=True).start()
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "run", str(path), "--no-color", "--max-examples", "2",
            "--url", f"http://127.0.0.1:{failing.server_port}", "--checks", "not_a_server_error",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=300)
        failing.shutdown()
    assert done.returncode == 1
