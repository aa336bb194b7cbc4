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


def test_no_library_of_the_extras_is_there(plain: Installed) -> None:
    """The control: an extra whose libraries came with others would prove nothing."""
    names = sorted({name for names in extras.EXTRAS.values() for name in names})
    program = f"from importlib.util import find_spec; print([one for one in {names} if find_spec(one)])"
    assert plain.run("python", "-c", program).strip() == "[]"
    assert plain.unfit() == ""


def test_it_builds_checks_answers_and_measures(plain: Installed, graph: str) -> None:
    expected = {
        ("check",): "no findings",
        ("query", "funding", "in=caribbean"): "oas-cim-2005 ¶13 s2",
        ("show", "IOM"): "91 claims: ",
        ("show", "--numbers", "route:lac-japan"): "6 mentions",
        ("review", "conflicts"): "contradictions",
        ("review", "identity"): "proposals",
        ("review", "personal"): "without an answer",
        ("network", "partnership", "--measure", "articulation-points"): "oas-cim-2005 ¶",
        ("network", "partnership", "--measure", "betweenness"): "oas-cim-2005 ¶",
        ("network", "partnership", "--measure", "louvain"): "oas-cim-2005 ¶",
    }
    for output, text in zip(plain.commands(*expected, TIPGRAPH_GRAPH=graph), expected.values(), strict=True):
        assert text in output


def test_it_writes_pages(plain: Installed) -> None:
    plain.tipgraph(
        "pages",
        str(plain.out / "site"),
        "--recipe",
        "partner-funding",
        "--focus",
        "lantern-fund",
        "-g",
        plain.small_graph(),
    )
    assert (plain.out / "site" / "es" / "network" / "funding.html").exists()


def test_it_exports(plain: Installed) -> None:
    files = [plain.out / f"all{suffix}" for suffix in PLAIN]
    plain.commands(*(("export", str(path)) for path in files), TIPGRAPH_GRAPH=plain.small_graph())
    assert all(path.stat().st_size for path in files)


LACKED = (
    ("tables", "export OUT/usaid.parquet"),
    ("tables", f"export OUT/tables{FOLDER}"),
    ("release", "release OUT/release --policy OUT/policy.toml"),
    ("server", "serve"),
)


def test_what_it_lacks_it_names_in_one_line(plain: Installed, graph: str) -> None:
    (plain.out / "policy.toml").write_text(POLICY, "utf-8")
    before = sorted(plain.out.iterdir())
    commands = [words.replace("OUT", str(plain.out)).split() for _, words in LACKED]
    for (extra, _), output in zip(LACKED, plain.commands(*commands, code=2, TIPGRAPH_GRAPH=graph), strict=True):
        assert f"pip install 'tipgraph[{extra}]'" in output
        assert len(output.splitlines()) == 1
    assert sorted(plain.out.iterdir()) == before
