"""A plain installation, without extras: what the README begins with works, the rest says in a line what to install."""

import pytest

from tests.wheel.conftest import Installed
from tipgraph.outputs.files import FOLDER, FORMATS
from tipgraph.runtime import extras

pytestmark = pytest.mark.wheel
POLICY = '[sources]\ndefault = "locators"\n'
PLAIN = [suffix for suffix, form in FORMATS.items() if not form.extra]


@pytest.fixture(scope="module")
def graph(plain: Installed) -> str:
    path = plain.out / "graph.trig"
    plain.tipgraph("build", "-o", str(path))
    return str(path)


def test_none_of_the_guests_is_there(plain: Installed) -> None:
    """The control: an extra whose libraries came with others would prove nothing."""
    names = sorted({name for names in extras.EXTRAS.values() for name in names})
    program = f"from importlib.util import find_spec; print([one for one in {names} if find_spec(one)])"
    assert plain.run("python", "-c", program).strip() == "[]"
    assert "No broken requirements found" in plain.run("pip", "--disable-pip-version-check", "check")


def test_it_builds_checks_answers_and_measures(plain: Installed, graph: str) -> None:
    assert "no findings" in plain.tipgraph("check", "-g", graph)
    assert "oas-cim-2005 ¶13 s2" in plain.tipgraph("query", "funding", "in=caribbean", "-g", graph)
    assert "48 claims: " in plain.tipgraph("show", "IOM", "-g", graph)
    assert "6 mentions" in plain.tipgraph("show", "--numbers", "route:lac-japan", "-g", graph)
    assert "contradictions" in plain.tipgraph("review", "conflicts", "-g", graph)
    assert "proposals" in plain.tipgraph("review", "identity", "-g", graph)
    assert "nobody has answered" in plain.tipgraph("review", "personal")
    for measure in ("articulation-points", "betweenness", "louvain"):
        assert "oas-cim-2005 ¶" in plain.tipgraph("network", "partnership", "--measure", measure, "-g", graph)


def test_it_writes_pages(plain: Installed, graph: str) -> None:
    plain.tipgraph("pages", str(plain.out / "site"), "--recipe", "partner-funding", "--focus", "usaid", "-g", graph)
    assert (plain.out / "site" / "es" / "network" / "funding.html").exists()


@pytest.mark.parametrize("suffix", PLAIN)
def test_it_exports(plain: Installed, graph: str, suffix: str) -> None:
    path = plain.out / f"usaid{suffix}"
    plain.tipgraph("export", str(path), "--recipe", "partner-funding", "--focus", "usaid", "-g", graph)
    assert path.stat().st_size


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("tables", "query --view funders"),
        ("tables", "build -o OUT/store/"),
        ("tables", "export OUT/usaid.parquet"),
        ("tables", f"export OUT/tables{FOLDER}"),
        ("release", "release OUT/release --policy OUT/policy.toml"),
        ("server", "serve"),
        ("scale", "network partnership --measure leiden"),
        ("networks", "network partnership --measure pagerank"),
    ],
)
def test_what_it_lacks_it_names_in_one_line(plain: Installed, graph: str, extra: str, words: str) -> None:
    (plain.out / "policy.toml").write_text(POLICY, "utf-8")
    before = sorted(plain.out.iterdir())
    said = plain.tipgraph(*words.replace("OUT", str(plain.out)).split(), code=2, TIPGRAPH_GRAPH=graph)
    assert f"pip install 'tipgraph[{extra}]'" in said
    assert len(said.splitlines()) == 1
    assert sorted(plain.out.iterdir()) == before
