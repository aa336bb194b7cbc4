"""Screenshots of each kind of page for a human eye, at a desk in the light and on a phone in the dark."""

import struct
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browsers import WIDTHS
from tests.pages.conftest import SCREENS, address
from tests.pages.opened import READY
from tests.pages.test_networks import KINDS


@pytest.mark.long  # only for eyes; the other tests of pages are for CI
@pytest.mark.parametrize(("device", "scheme"), [("desk", "light"), ("phone", "dark")])
def test_each_kind_of_page_is_written_for_a_human_eye(browser: Browser, site: Path, device: str, scheme: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    width, height = WIDTHS[device]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    for kind, path in KINDS.items():
        page.goto("about:blank")
        page.goto(address(site, path))
        if path.startswith("network/"):
            page.wait_for_function(READY)
        target = SCREENS / f"{kind}-{width}-{scheme}.png"
        page.screenshot(path=target, full_page=device == "phone" and kind.startswith("network"))
        content = target.read_bytes()
        assert struct.unpack(">II", content[16:24]) >= (width, height)
        assert len(content) > 15_000, f"{target} is nearly empty"
    context.close()
