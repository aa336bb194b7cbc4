"""A plain installation, without extras, says in a line what to install for the rest; `test_whole` tries what it has."""

import pytest

from tests.wheel.conftest import Installed
from tipgraph.outputs.files import FOLDER
from tipgraph.runtime import extras

pytestmark = pytest.mark.wheel
POLICY = '[sources]\ndefault = "locators"\n'


def test_no_library_of_the_extras_is_there(plain: Installed) -> None:
    """The control: an extra whose libraries came with others would prove nothing."""
    names = sorted({name for names in extras.EXTRAS.values() for name in names})
    program = f"from importlib.util import find_spec; print([one for one in {names} if find_spec(one)])"
    assert plain.run("python", "-c", program).strip() == "[]"
    assert plain.unfit() == ""


LACKED = (
    ("tables", "export OUT/usaid.parquet"),
    ("tables", f"export OUT/tables{FOLDER}"),
    ("release", "release OUT/release --policy OUT/policy.toml"),
    ("server", "serve"),
)


def test_what_it_lacks_it_names_in_one_line(plain: Installed) -> None:
    (plain.out / "policy.toml").write_text(POLICY, "utf-8")
    graph, before = plain.small_graph(), sorted(plain.out.iterdir())
    commands = [words.replace("OUT", str(plain.out)).split() for _, words in LACKED]
    for (extra, _), output in zip(LACKED, plain.commands(*commands, code=2, TIPGRAPH_GRAPH=graph), strict=True):
        assert f"pip install 'tipgraph[{extra}]'" in output
        assert len(output.splitlines()) == 1
    assert sorted(plain.out.iterdir()) == before
