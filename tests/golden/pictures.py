"""Take the golden pictures: `python -m tests.golden.pictures SITE FOLDER` writes each kind of page at two widths.

Those of `tests/golden/pictures` were taken before the program was halved.

They are for people who compare two sites side by side. The site is one without words of sources.
"""

import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from docs.pictures.pages import _READY, address, browser_program, small

PAGES: Final = {
    "start": "index.html",
    "network-funding": "network/funding.html",
    "network-partnership": "network/partnership.html",
    "network-entry": "network/funding.html#at=state-gtip-2009%2Factors%2Fgtip",
    "map": "map.html",
    "timeline": "timeline.html",
    "money": "money.html",
    "promises": "promises.html",
    "contradictions": "contradictions.html",
    "things": "things.html",
    "undertaking": "thing/oas-cim-2005/undertakings/caribbean-seminars.html",
    "actor": "thing/reference/actors/iom.html",
    "route": "map.html#at=oas-cim-2005/routes/lac-japan",
    "dossier": "dossier/reference/places/japan.html",
    "sources": "sources.html",
    "source": "source/oas-cim-2005.html",
    "questions": "questions.html",
    "question": "question/funding.html",
    "ask": "ask.html",
    "about": "about.html",
}
WIDTHS: Final = {"desk": (1440, 1800), "phone": (390, 1688)}  # two screens high
LARGEST: Final = 40_000  # bytes of a picture


def main(site: Path, folder: Path) -> None:
    """Write FOLDER/KIND-WIDTH.webp for each kind of page."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=browser_program(), args=["--no-sandbox"])
        for width, (across, down) in WIDTHS.items():
            for name, path in PAGES.items():
                context = browser.new_context(viewport={"width": across, "height": down}, reduced_motion="reduce")
                page = context.new_page()
                page.goto(address(site, path))
                page.wait_for_function(_READY, arg=name.startswith("network") or name == "ask")
                page.wait_for_timeout(500)
                (folder / f"{name}-{width}.webp").write_bytes(small(browser, page.screenshot(), LARGEST))
                context.close()
        browser.close()


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:]))
