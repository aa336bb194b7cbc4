"""axe-core finds no serious fault on any kind of page: both languages, light and dark at a desk, and on a phone."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Browser, Page

from tests.browsers import WIDTHS
from tests.pages.conftest import address
from tests.pages.opened import READY
from tests.pages.test_networks import KINDS

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
ASKED = {  # the page that asks, by the engine that it carries
    "answer": "ask.html#question=routes&destination=JP",
    "answer-map": "ask.html#question=routes&view=map",
    "answer-network": "ask.html#question=funding&view=network",
    "answer-none": "ask.html#question=events&in=Atlantis",
}
Scheme: TypeAlias = Literal["light", "dark"]
LOOKS: tuple[tuple[str, Scheme, str], ...] = (("", "light", "too"), ("", "dark", "only"), ("es/", "light", "without"))
# What axe finds, of some weight, with where; the rule of contrast takes longest, and says the same in both languages.
FAULTS = """async (contrast) => {
  const only = { type: "rule", values: ["color-contrast"] }, rules = { "color-contrast": { enabled: false } };
  const options = { only: { runOnly: only }, without: { rules }, too: {} }[contrast];
  const { violations } = await axe.run(document, { resultTypes: ["violations"], preload: false, ...options });
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}, such as ${nodes[0].html.slice(0, 160)})`);
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, which npm brings; without it the tests are skipped, but never in CI."""
    if not AXE.is_file():
        reason = "axe-core is missing: `make web` takes it from npm"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return AXE.read_text("utf-8")


@pytest.fixture(scope="module", params=["desk", "phone"])
def opened(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """One page for all of a device; the policy of the pages would not let axe in, so it is left aside here."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    yield context.new_page()
    context.close()


# A network with a choice is looked at below, with all that can be open beside it.
@pytest.mark.parametrize("kind", [kind for kind in (*KINDS, *ASKED) if kind != "network-chosen"])
def test_no_page_has_a_serious_fault(opened: Page, site: Path, axe: str, kind: str) -> None:
    found: dict[str, list[str]] = {}
    path = (KINDS | ASKED)[kind]
    is_state = "#" in path and kind not in ASKED
    on_phone = opened.viewport_size == {"width": WIDTHS["phone"][0], "height": WIDTHS["phone"][1]}
    looks = LOOKS if path == "index.html" or path.startswith("network/") else LOOKS[:2]  # markup is that of English
    for tree, scheme, contrast in LOOKS[:1] if on_phone or is_state else looks:  # colours: of a page at a desk
        opened.emulate_media(color_scheme=scheme)
        if found == {} or tree:
            opened.goto("about:blank")
            opened.goto(address(site, tree + path))
            if path.startswith(("network/", "ask")):
                opened.wait_for_function(READY)
            opened.evaluate(axe)
        found[tree + scheme] = opened.evaluate(FAULTS, contrast)
    assert not any(found.values()), found


def test_folds_lists_and_menus_have_no_serious_fault_when_open(opened: Page, site: Path, axe: str) -> None:
    opened.goto("about:blank")
    opened.goto(address(site, "network/funding.html#at=oas-cim-2005%2Fundertakings%2Fcaribbean-seminars"))
    opened.wait_for_function(READY)
    opened.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    opened.locator("#search").fill("o")
    opened.locator("#search").press("ArrowDown")
    opened.locator("#panel .said a").first.dispatch_event("click")
    opened.wait_for_selector("#lens .ways")
    opened.wait_for_function("() => document.getAnimations().length === 0")  # it slides in, pale at first
    opened.evaluate(axe)
    assert opened.evaluate(FAULTS, "too") == []


def test_a_spoilt_page_is_found_faulty(opened: Page, small_site: Path, axe: str) -> None:
    opened.goto(address(small_site, "index.html"))
    opened.evaluate("""() => {
      const pale = document.createElement("p");
      pale.textContent = "hardly to be seen";
      Object.assign(pale.style, { color: "#bbb", background: "#fff" });
      document.querySelector("main").append(pale, document.createElement("button"));
    }""")
    opened.evaluate(axe)
    assert {fault.partition(":")[0] for fault in opened.evaluate(FAULTS, "too")} == {"color-contrast", "button-name"}
