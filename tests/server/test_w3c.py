"""The W3C's own tests of the SPARQL 1.1 Protocol and the service description, run by rdf-test-suite.

It knows no server that only reads, so that the seven updates have to fail, each by being refused, and change nothing.
"""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import parse

from tests.server.serving import Server, serving
from tests.shared import FOLDER, at_hand
from tipgraph.graph import stores
from tipgraph.graph.storage import load, write

pytestmark = pytest.mark.engines

SUITES = Path(__file__).parent / "suites"
RUNNER = SUITES / "node_modules" / ".bin" / "rdf-test-suite"
W3C = FOLDER / "data" / "w3c" / "sparql" / "sparql11"
HOME = "https://w3c.github.io/rdf-tests/sparql/sparql11/"
UPDATES = {
    "update_dataset_default_graph", "update_dataset_default_graphs", "update_dataset_named_graphs",
    "update_dataset_full", "update_post_form", "update_post_direct", "update_base_uri",
}  # fmt: skip

BY_RUNNER = pytest.mark.skipif(not RUNNER.exists(), reason="rdf-test-suite is not here; run make suites")


@pytest.fixture(scope="module", autouse=True)
def w3c(shared: Path) -> Path:
    """The W3C's tests; without them there is nothing to run here."""
    return at_hand(shared / W3C.relative_to(FOLDER))


def ran(manifest: str, option: str, endpoint: str) -> tuple[set[str], dict[str, str]]:
    """Run a manifest; return the names of the tests that passed, and why the others did not."""
    command = [
        str(RUNNER), "engine.js", f"{HOME}{manifest}/manifest.ttl", "-m", f"{HOME}~{W3C}/", "-d", "20000",
        "-i", f'{{"{option}": "{endpoint}"}}',
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=SUITES, timeout=300)
    text = re.sub(r"\x1b\[\d+m", "", done.stdout)
    passed = set(re.findall(r"^✔ .*manifest#([\w-]+)\)", text, re.MULTILINE))
    failed = set(re.findall(r"^✖ .*manifest#([\w-]+)\)", text, re.MULTILINE))
    why = re.findall(r"^✖ (?:(?!manifest#).)*\n((?:(?!^✖).|\n)*?)More info: \S+manifest#([\w-]+)", text, re.MULTILINE)
    return passed, dict.fromkeys(failed, "") | {name: words for words, name in why}


@contextmanager
def door(server: Server) -> Iterator[str]:
    command = ["node", "door.js", f"{server.address}/sparql"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=SUITES) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture(scope="module")
def kasei(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the graphs that the tests of the protocol ask."""
    folder = tmp_path_factory.mktemp("kasei")
    lines = []
    for number in (1, 2, 3):
        name = f"<http://kasei.us/2009/09/sparql/data/data{number}.rdf>"
        triples = parse(path=str(W3C / "protocol" / f"data{number}.nt"))
        lines += [f"{one.triple} {name} .\n" for one in triples]
    (folder / "data.nq").write_text("".join(lines), "utf-8")
    write(load(folder / "data.nq"), folder / "store")
    return folder / "store"


@BY_RUNNER
def test_the_protocol(kasei: Path) -> None:
    before = stores.held(kasei)[0].manifest["digest"]
    with serving(kasei) as server, door(server) as address:
        passed, failed = ran("protocol", "protocolEndpoint", address)
    assert failed.keys() == UPDATES
    assert len(passed) == 27
    for name in UPDATES:
        assert "Got: 403" in failed[name], (name, failed[name])
    assert stores.held(kasei)[0].manifest["digest"] == before


@BY_RUNNER
def test_a_server_that_answers_nothing_fails_the_protocol() -> None:
    """The positive control: where every request is broken, only tests that expect an error can pass."""
    passed, failed = ran("protocol", "protocolEndpoint", "http://127.0.0.1:9/sparql")
    assert len(passed) + len(failed) == 34
    assert passed == set()


@BY_RUNNER
def test_the_service_description(kasei: Path) -> None:
    with serving(kasei) as server:
        passed, failed = ran("service-description", "serviceDescriptionEndpoint", f"{server.address}/sparql")
        wrong, _ = ran("service-description", "serviceDescriptionEndpoint", f"{server.address}/health")
    assert (len(passed), failed) == (3, {})
    assert wrong == set()
