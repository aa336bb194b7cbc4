"""Words of the pages are there in Spanish, none is left over, and what templates and scripts use is there."""

import re
import tomllib
from pathlib import Path

import tipgraph
from tipgraph.display.environment import LANGUAGES

HOME = Path(tipgraph.__file__).parent
TEMPLATES, WEB, CODE, INLINE = (
    HOME / "display" / "templates",
    HOME / "outputs" / "site" / "web",
    HOME / "outputs" / "site",
    HOME / "display",
)
SPANISH: dict[str, str] = {}
for table in sorted((TEMPLATES / "es").glob("*.toml")):
    SPANISH |= tomllib.loads(table.read_text("utf-8"))
FOLDERS = (TEMPLATES, TEMPLATES / "notebook", WEB, CODE, INLINE)
USES = "\n".join(path.read_text("utf-8") for folder in FOLDERS for path in sorted(folder.glob("*.*")))
SAID = re.compile(r"""\b(?:_|words|marked)\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def test_the_pages_have_two_languages() -> None:
    assert LANGUAGES == ("en", "es")


def test_every_text_that_is_used_has_a_spanish_one() -> None:
    used = {text[1:-1].replace('\\"', '"') for text in SAID.findall(USES)}
    assert len(used) > 150
    assert sorted(used - SPANISH.keys()) == []


def test_a_translation_fills_the_same_places() -> None:
    for english, spanish in SPANISH.items():
        assert sorted(re.findall(r"\{\w*\}", english)) == sorted(re.findall(r"\{\w*\}", spanish)), english
        assert spanish.strip() == spanish != ""


def test_no_table_says_a_text_of_another_one_differently() -> None:
    seen: dict[str, str] = {}
    for table in sorted((TEMPLATES / "es").glob("*.toml")):
        for english, spanish in tomllib.loads(table.read_text("utf-8")).items():
            assert seen.setdefault(english, spanish) == spanish, (table.name, english)


def test_every_script_and_style_that_a_template_names_is_there() -> None:
    for template in TEMPLATES.glob("*.html"):
        for name in re.findall(r"\{\{ assets \}\}([\w.-]+\.(?:js|css))", template.read_text("utf-8")):
            assert (WEB / name).is_file() or name == "vis-network.min.js", (template.name, name)


def test_every_script_and_style_is_used() -> None:
    used = "\n".join(path.read_text("utf-8") for folder in (TEMPLATES, CODE, INLINE) for path in folder.glob("*.*"))
    for path in [*WEB.glob("*.js"), *WEB.glob("*.css")]:
        assert path.name in used or f'"{path.stem}"' in used, path.name


def test_every_script_is_strict_and_none_imports() -> None:
    for path in WEB.glob("*.js"):
        text = path.read_text("utf-8")
        assert text.startswith('"use strict";'), path.name
        assert not re.search(r"^\s*(?:import|export)\b", text, re.MULTILINE), path.name
