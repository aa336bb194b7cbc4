"""A newcomer's walk: what the documents tell to type, typed in a fresh clone with an empty home.

`make walk` runs it: both commands of the README and its examples in both languages, the tutorials, and the how-to on
adding a source from start to a page. Nothing that this checkout has built or installed is at hand in it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.documents.console import Fault, Step, blocks, run
from tipgraph.model import kit

pytestmark = pytest.mark.walk

ROOT = kit.home()
CLONE = "git clone …"
PAGES = ("docs/tutorial.md", "docs/es/tutorial.md", "docs/how-to/from-a-pdf-to-a-page.md")
TESTS = "make test"  # not typed: CI runs the tests, and they take as long as all the rest
ACTIVATE = Step(". .venv/bin/activate", None, 0)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a newcomer's shell has: the machine's programs and certificates, and an empty home."""
    ours = ("TIPGRAPH_", "PYTEST", "PYTHON", "VIRTUAL_ENV", "XDG_", "MAKE", "MFLAGS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    here = (str(ROOT / ".venv"), os.environ.get("VIRTUAL_ENV", "no environment"))
    path = [folder for folder in os.environ["PATH"].split(os.pathsep) if not folder.startswith(here)]
    return {**kept, "HOME": str(tmp_path_factory.mktemp("home")), "PATH": os.pathsep.join(path), "COLUMNS": "120"}


def typed(steps: list[Step], folder: Path, environment: dict[str, str]) -> str:
    """Type steps into one shell that has nothing but the environment; return what was not as the document says."""
    nothing = {name: "" for name in os.environ if name not in environment}
    cleared = Step(f"unset {' '.join(nothing)} 2>/dev/null || true", None, 0)
    return told(run([cleared, *steps], folder, environment, patience=1800))


def told(faults: list[Fault]) -> str:
    return "\n\n".join(map(str, faults))


def _steps(readme: str) -> list[Step]:
    """Return the commands of a README without `make test`."""
    steps = [step for block in blocks(ROOT / readme) for step in block.steps]
    kept = [step for step in steps if not step.command.startswith(TESTS)]
    assert len(kept) == len(steps) - 1
    return kept


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> tuple[Path, str]:
    """The folder that the README led to, and what it led to that it does not say."""
    folder = tmp_path_factory.mktemp("newcomer")
    steps = _steps("README.md")
    address = f"git clone --quiet '{ROOT}'"
    walked = [Step(step.command.replace(CLONE, address), step.expected, step.line, step.path) for step in steps]
    assert [step.command for step in steps if CLONE in step.command] == [steps[0].command]
    return folder / "tipgraph", typed(walked, folder, environment)


def test_what_the_readme_says_is_what_happens(clone: tuple[Path, str]) -> None:
    checkout, otherwise = clone
    assert otherwise == ""
    assert (checkout / "build" / "site" / "index.html").is_file()
    assert (checkout / "build" / "usaid.xlsx").is_file()


def test_the_spanish_readme_leads_to_the_same(clone: tuple[Path, str], environment: dict[str, str]) -> None:
    steps = _steps("README.es.md")
    begun = [step for step in steps if CLONE not in step.command and not step.command.startswith("make demo")]
    assert len(begun) == len(steps) - 2
    assert typed(begun, clone[0], environment) == ""


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_is_what_happens(page: str, clone: tuple[Path, str], environment: dict[str, str]) -> None:
    steps = [step for block in blocks(clone[0] / page) for step in block.steps]
    assert len(steps) >= 5
    assert typed([ACTIVATE, *steps], clone[0], environment) == ""


def test_the_clone_is_as_it_was(clone: tuple[Path, str]) -> None:
    """Runs last: a newcomer who has typed it all has nothing to commit."""
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=clone[0], capture_output=True, text=True, check=True)
    assert changed.stdout == ""


def test_the_walk_finds_what_is_not_so(clone: tuple[Path, str], environment: dict[str, str]) -> None:
    """The positive control: a command that does not work, and one that prints something else."""
    wrong = [
        Step("tipgraph query no-such-question", None, 1),
        Step("tipgraph query numbers", "no estimate at all", 2),
    ]
    found = typed([ACTIVATE, *wrong], clone[0], environment)
    assert "is no question" in found
    assert "-no estimate at all" in found


def test_nothing_of_this_checkout_is_at_hand(clone: tuple[Path, str], environment: dict[str, str]) -> None:
    asked = [ACTIVATE, Step('python -c "import tipgraph; print(tipgraph.__file__)"', f"{clone[0]}/src/…", 1)]
    assert typed(asked, clone[0], environment) == ""
    assert shutil.which("tipgraph", path=environment["PATH"]) is None
