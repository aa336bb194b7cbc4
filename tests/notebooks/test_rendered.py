"""The pages that `make notebooks` wrote: every cell ran, the figures of the prose stand there, nothing is loaded."""

import re
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.notebooks.conftest import NOTEBOOKS
from tipgraph.model import kit

pytestmark = pytest.mark.notebooks
FOLDER = kit.home() / "build" / "notebooks"
SAID = {
    "1-who-pays": ["56 claims of funding; 12 name an amount, 44 do not", "122 ties", "oas-cim-2005 ¶13 s2", "<NA>"],
    "2-routes": ["24 reports of 21 routes;", "412 times as much", "not comparable"],
    "3-brokers-and-gaps": ["Inter-American Commission of Women: ", "communities, modularity", "Japan"],
    "4-your-own-source": ["2 faults", "'granted' is no code of money-kind", "7 actors before, 5 after", "no findings"],
    "5-remote-endpoint": ["SERVICE asks another server", "reference/actors/iom", "[True, True]"],
}
named = pytest.mark.parametrize("path", [FOLDER / f"{one.stem}.html" for one in NOTEBOOKS], ids=lambda one: one.stem)


def test_each_notebook_has_its_page() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(SAID) == {path.stem for path in NOTEBOOKS}


@named
def test_every_cell_ran_the_figures_stand_there_and_nothing_of_the_machine(path: Path) -> None:
    page = path.read_text("utf-8")
    for unwanted in ('data-mime-type="application/vnd.jupyter.stderr"', "Traceback", "In&nbsp;[&nbsp;]"):
        assert unwanted not in page, "a warning, or worse"
    assert [words for words in SAID[path.stem] if words not in unescape(page)] == []
    assert not re.search(r"/(?:home|root|Users|tmp)/\w", page)
    if path.stem == "5-remote-endpoint":  # a graph behind an endpoint shows no digest
        assert re.search(r"A graph of [\d,]+ statements", page)
        assert "digest (SHA-256" not in page


@named
def test_a_page_opens_offline_and_loads_nothing(page: Page, path: Path) -> None:
    """The fixture notes every request and every error of the console."""
    page.context.set_offline(True)
    page.goto(path.as_uri())
    drawings = [frame for frame in page.frames[1:] if frame.locator("#network").count()]
    for frame in drawings:
        frame.frame_element().scroll_into_view_if_needed()  # what is out of sight is not drawn
        frame.wait_for_function("() => document.documentElement.dataset.ready === 'yes'")
    assert (len(page.frames) > 1) == (path.stem[0] != "5")
    assert page.locator("h1").count() == 1
