"""Credentials come from where a person keeps them, are for one host, and are shown to nobody."""

from pathlib import Path

import pytest

from tipgraph.errors import CallError
from tipgraph.graph.remote.http import credentials_for

HERE = "https://example.org:8890/sparql"


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("TIPGRAPH_HOST", "TIPGRAPH_TOKEN", "TIPGRAPH_USER", "TIPGRAPH_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


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


def test_netrc(tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine example.org login ada password lace\ndefault login any password body\n")
    file.chmod(0o600)
    assert header() == "Basic YWRhOmxhY2U="
    assert header("https://evil.net/") == ""  # its default is for nobody
    file.write_text("machine example.org very-secret")
    with pytest.raises(CallError, match="cannot be read as a netrc file") as caught:
        credentials_for(HERE)
    assert "very-secret" not in str(caught.value)
