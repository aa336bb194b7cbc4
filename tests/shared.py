"""Third-party files, which are no part of the project: a folder that a test asks for by the fixture `shared`.

A test that asks for it carries the mark `shared` (`tests/conftest.py` puts it) and skips where the folder is absent.
Only `make test-shared` runs these tests. It lies where TIPGRAPH_SHARED says, else in `shared` beside the checkout.
"""

import os
from pathlib import Path

import pytest

from tipgraph.model import kit

FOLDER = Path(os.environ.get("TIPGRAPH_SHARED") or kit.home().parent / "shared")


def at_hand(path: Path) -> Path:
    """Return a path in the folder; skip the test where it is absent."""
    if not path.exists():
        pytest.skip(f"third-party files are missing: no {path} (TIPGRAPH_SHARED names their folder)")
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party files; skips where it is absent."""
    return at_hand(FOLDER)


@pytest.fixture(scope="session")
def shared_texts(shared: Path) -> Path:
    """The folder of the texts of the sources; skips where it is absent."""
    return at_hand(shared / "sources")
