"""What a release does with the texts that a reader took over from open data."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.readers.conftest import take
from tests.readers.test_iati import activity, file, transaction
from tests.release.making import everything
from tipgraph.graph.graph import Graph
from tipgraph.outputs.release import release
from tipgraph.outputs.release.policy import Policy, PolicyEntry
from tipgraph.pipeline.builder import build

MORE = """<description type="2"><narrative>To keep the yellow gate of Elm Street locked</narrative></description>
<description type="3"><narrative>Girls who fled from the quarry at Low Hill</narrative></description>"""
PAID = transaction("3", ends="<description><narrative>Bricks for the shelter behind the mill</narrative></description>")
SHELTER = "A shelter stands behind the old mill of Low Hill."
OF_OPEN_HAND = "Open Hand sleeps at the old mill."
VERBATIM = "shelter stands|old mill|yellow gate|fled from|bricks for"
OPEN_HAND = PolicyEntry("withhold", "open-hand", "safety", date(2030, 1, 1), "withhold 1")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("open")
    path = folder / "made.xml"
    other = activity(description=OF_OPEN_HAND).replace("XX-1-A", "XX-1-B")
    path.write_text(file(activity(MORE + PAID, SHELTER), other), "utf-8")
    take("iati", path, folder / "data" / "made")
    return build(folder / "data")


@pytest.mark.parametrize("entries", [(), (OPEN_HAND,)], ids=["open", "closed"])
def test_with_locators_no_text_of_an_import_is_told(
    imported: Graph, tmp_path: Path, entries: tuple[PolicyEntry, ...]
) -> None:
    release(imported, tmp_path / "out", Policy(entries=entries), formats=[".nq", ".xlsx"])
    said = everything(tmp_path / "out")
    assert "Light &amp; Hope" in said
    assert not re.search(VERBATIM, said, re.IGNORECASE)
    assert ("/made/actors/r-" in said) is bool(entries)


def test_with_words_the_texts_stay_that_name_nothing_withheld(imported: Graph, tmp_path: Path) -> None:
    policy = Policy(default="words", entries=(OPEN_HAND,))
    release(imported, tmp_path / "out", policy, formats=[".nq", ".xlsx"])
    said = everything(tmp_path / "out")
    assert SHELTER in said
    assert not re.search("open.?hand|sleeps", said, re.IGNORECASE)
