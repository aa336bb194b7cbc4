"""Words of the pages are there in Spanish, none is left over, and what templates and scripts use is there."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import tipgraph
from tipgraph.display.locale.make import page_texts
from tipgraph.display.translations import LANGUAGES, phrases, translate

HOME = Path(tipgraph.__file__).parent
TEMPLATES, WEB = HOME / "display" / "templates", HOME / "outputs" / "site" / "web"
MODULES = WEB / "modules"
CATALOGUE = HOME / "display" / "locale" / "es" / "LC_MESSAGES" / "tipgraph.po"
FOLDERS = (TEMPLATES, TEMPLATES / "notebook", HOME / "outputs" / "site", HOME / "display", *MODULES.iterdir())
SAID = re.compile(r"""\b(?:_|words|marked)\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
PLURAL = re.compile(r'\bplural\(\s*"([^"]*)",\s*"([^"]*)"')


def read() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="es")


def said(messages: Catalog) -> dict[tuple[str, str], str]:
    def text(forms: object) -> str:  # a text about a number has several
        return str(tuple(forms) if isinstance(forms, list) else forms)

    return {(one.context or "", text(one.id)): text(one.string) for one in messages if one.id}


SPANISH = said(read())


def test_the_pages_have_two_languages() -> None:
    assert LANGUAGES == ("en", "es")


def test_every_text_that_is_used_has_a_spanish_one() -> None:
    """What is used is found by a rule of its own, not by that which fills the catalogue."""
    used = {
        (folder.name if path.suffix == ".js" else "", text[1:-1].replace('\\"', '"'))
        for folder in FOLDERS
        for path in folder.glob("*.*")
        for text in SAID.findall(path.read_text("utf-8"))
    }
    used |= {
        ("", str(forms))
        for path in (*TEMPLATES.glob("*.html"), *(HOME / "outputs" / "site").glob("*.py"))
        for forms in PLURAL.findall(path.read_text("utf-8"))
    }
    assert len(used) > 400
    assert sorted(used - SPANISH.keys()) == []
    assert {context for context, _ in SPANISH.keys() - used} == {"column"}


def test_the_catalogue_lacks_nothing() -> None:
    messages = read()
    assert page_texts.faults(messages) == []
    assert all(one.string == one.string.strip() for one in messages if isinstance(one.string, str) and one.id)
    assert said(page_texts.brought_up_to_date(messages)) == SPANISH, "run: make translations"


def test_what_a_catalogue_lacks_is_a_fault() -> None:
    spoilt = Catalog(locale="es")
    spoilt.add("Map", "Mapa")
    spoilt.add("Sources")
    spoilt.add("{n} sources", "{m} fuentes", context="map")
    spoilt.add("Things", "Cosas", flags=["fuzzy"])
    assert [fault.partition(":")[0] for fault in page_texts.faults(spoilt)] == [
        "not translated",
        "not the places of its original",
        "guessed from another text; judge it, and remove the mark `fuzzy`",
    ]


def test_what_runs_is_compiled_from_the_catalogue() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert said(read_mo(file)) == SPANISH, "run: make translations"


def test_a_text_without_a_translation_is_an_error() -> None:
    with pytest.raises(KeyError, match="no such text"):
        translate("es", "no such text")
    with pytest.raises(KeyError, match="Copy citation"):
        translate("es", "Copy citation")  # only a script says it
    assert phrases("es", "no-such-folder") == {}


def test_a_text_says_the_same_in_each_context() -> None:
    seen: dict[str, str] = {}
    for (context, english), spanish in SPANISH.items():
        assert seen.setdefault(english, spanish) == spanish, (context, english)


def test_every_script_and_style_that_a_template_names_is_there() -> None:
    for template in TEMPLATES.glob("*.html"):
        for name in re.findall(r"\{\{ assets \}\}([\w.-]+\.(?:js|css))", template.read_text("utf-8")):
            assert (WEB / "assets" / name).is_file() or name == "vis-network.min.js", (template.name, name)


def test_every_script_and_style_of_a_site_is_used() -> None:
    templates = "\n".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
    page = (WEB / "assets" / "page.js").read_text("utf-8")
    for path in {*(WEB / "assets").iterdir()} - {WEB / "assets" / "preview.png"}:  # who publishes a site names it
        assert f"{{{{ assets }}}}{path.name}" in templates or f'dress("{path.name}")' in page, path.name


def test_each_kind_of_page_has_one_classic_script() -> None:
    bundles = [*WEB.glob("assets/*.js"), *WEB.glob("embedded/*.js")]
    pages = {folder.name for folder in MODULES.iterdir() if folder.is_dir()} - {"shared"}
    assert {path.stem for path in bundles} == pages | {"page", "worker"}
    for path in bundles:
        name, text = path.name, path.read_text("utf-8")
        lines = text.splitlines()
        assert lines[1:3] == ['"use strict";', "(() => {"], name
        assert lines[-1] == "})();", name
        assert not re.search(r"^(?:import|export)\b", text, re.MULTILINE), name


def test_a_page_imports_its_own_modules_and_those_that_its_texts_come_from() -> None:
    """A page gets the texts of these folders, by `Site.phrases`."""
    may = {"query": {"network"}, "notebook": {"network"}, "money": {"network"}, "question": {"network"}}
    for folder in filter(Path.is_dir, MODULES.iterdir()):
        for path in folder.glob("*.js"):
            imported = set(re.findall(r'^import .*"\.\./(\w[\w-]*)/', path.read_text("utf-8"), re.MULTILINE))
            assert imported <= {"shared"} | may.get(folder.name, set()), path
