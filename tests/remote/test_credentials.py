"""Credentials come from where a person keeps them, are for one host, and are shown to nobody."""

import pytest

from tipgraph.errors import CallError
from tipgraph.graph.remote.http import credentials_for

HERE = "https://example.org:8890/sparql"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TIPGRAPH_HOST", "TIPGRAPH_TOKEN", "TIPGRAPH_USER", "TIPGRAPH_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


def header(address: str = HERE) -> str:
    found = credentials_for(address)
    return found.header if found else ""


def test_there_are_none() -> None:
    assert credentials_for(HERE) is None


def test_the_environment_says_for_which_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPGRAPH_USER", "ada")
    monkeypatch.setenv("TIPGRAPH_PASSWORD", "very-secret")
    with pytest.raises(CallError, match=r"set TIPGRAPH_HOST=example\.org:8890") as caught:
        credentials_for(HERE)
    assert "very-secret" not in str(caught.value)
    for host in ("example.org", "Example.org:8890"):
        monkeypatch.setenv("TIPGRAPH_HOST", host)
        assert header() == "Basic YWRhOnZlcnktc2VjcmV0"
    for other in ("https://example.org.evil.net/", "https://evil.net/example.org", "https://evil.net/"):
        assert header(other) == ""
    monkeypatch.setenv("TIPGRAPH_HOST", "example.org:443")
    assert header("https://example.org/") == "Basic YWRhOnZlcnktc2VjcmV0"
    assert header("http://example.org/") == ""
    monkeypatch.setenv("TIPGRAPH_HOST", "example.org:8890")
    assert header("https://example.org:1/") == ""
    monkeypatch.setenv("TIPGRAPH_TOKEN", "abc\n")  # as a file of one holds it
    assert header() == "Bearer abc"
