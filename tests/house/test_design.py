"""The tokens of the pages have enough contrast, and no other style sheet names a colour or a size: docs/design.md."""

import re
from urllib.parse import quote

import pytest

from tests.house.test_docs import ROOT
from tests.house.test_pages import TEMPLATES, WEB

SITE = (WEB / "static" / "site.css").read_text("utf-8")
ROOTS = [dict(re.findall(r"--([\w-]+): ([^;]+);", block)) for block in re.findall(r":root \{(.*?)\}", SITE, re.DOTALL)]
TEXT = ("ink", "quiet", "accent", "warn")  # at least 4.5 on each background
SHAPES = (
    "actor",
    "undertaking",
    "place",
    "document",
    "route",
    *(f"link-{family}" for family in ("money", "work", "part", "place")),
)  # at least 3


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    "scheme", [ROOTS[0], {**ROOTS[0], **ROOTS[1]}, {**ROOTS[0], **ROOTS[2]}], ids=["light", "dark", "print"]
)
def test_words_and_shapes_have_enough_contrast(scheme: dict[str, str]) -> None:
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.005)  # a known pair
    code = [name for name in scheme if name.startswith("code-") and name != "code-chosen"]
    pairs = [(name, ground, 4.5) for name in TEXT for ground in ("ground", "paper", "mark")]
    pairs += [(name, ground, 4.5) for name in code for ground in ("paper",)]
    pairs += [(name, ground, 3.0) for name in SHAPES for ground in ("ground", "paper")]
    pairs += [("sheet-ink", "sheet", 4.5), ("ink", "sea", 4.5), ("ink", "land", 4.5), ("route", "sea", 3.0)]
    low = {(name, on): round(contrast(scheme[name], scheme[on]), 2) for name, on, least in pairs
           if contrast(scheme[name], scheme[on]) < least}  # fmt: skip
    assert low == {}


def test_the_design_gives_the_contrast_of_each_colour() -> None:
    light, dark = ROOTS[0], {**ROOTS[0], **ROOTS[1]}
    rows = re.findall(
        r"^\| `([\w-]+)` \|[^|]*\| (.*?) \|$", (ROOT / "docs" / "design.md").read_text("utf-8"), re.MULTILINE
    )
    given = {name: figures for name, figures in rows if figures.count(" | ") == 3}
    assert given == {
        name: " | ".join(
            f"{contrast(scheme[name], scheme[on]):.1f}" for scheme in (light, dark) for on in ("paper", "ground")
        )
        for name in (*TEXT, *SHAPES)
    }


def test_the_mark_of_the_header_is_that_of_the_icon() -> None:
    assert quote((TEMPLATES / "mark.svg").read_text("utf-8").strip()) in SITE
