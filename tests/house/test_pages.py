"""Words of the pages are there in Spanish, none is left over, and what templates and scripts use is there."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import tipgraph
from tipgraph.display.locale.make import catalogue
from tipgraph.display.translations import LANGUAGES, phrases, translate

HOME = Path(tipgraph.__file__).parent
TEMPLATES, WEB, CODE, INLINE = (
    HOME / "display" / "templates",
    HOME / "outputs" / "site" / "web",
    HOME / "outputs" / "site",
    HOME / "display",
)
CATALOGUE = HOME / "display" / "locale" / "es" / "LC_MESSAGES" / "tipgraph.po"
FOLDERS = (TEMPLATES, TEMPLATES / "notebook", WEB, CODE, INLINE)
SAID = re.compile(r"""\b(?:_|words|marked)\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")


def read() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="es")


def said(messages: Catalog) -> dict[tuple[str, str], str]:
    return {(one.context or "", str(one.id)): str(one.string) for one in messages if one.id}


SPANISH = said(read())


def test_the_pages_have_two_languages() -> None:
    assert LANGUAGES == ("en", "es")


def test_every_text_that_is_used_has_a_spanish_one() -> None:
    """What is used is found by a rule of its own, not by that which fills the catalogue."""
    used = {
        (path.name if path.suffix == ".js" else "", text[1:-1].replace('\\"', '"'))
        for folder in FOLDERS
        for path in folder.glob("*.*")
        for text in SAID.findall(path.read_text("utf-8"))
    }
    assert len(used) > 400
    assert sorted(used - SPANISH.keys()) == []
    assert {context for context, _ in SPANISH.keys() - used} == {"column"}


def test_the_catalogue_lacks_nothing() -> None:
    messages = read()
    assert catalogue.faults(messages) == []
    assert all(one.string == one.string.strip() for one in messages if isinstance(one.string, str) and one.id)
    assert said(catalogue.brought_up_to_date(messages)) == SPANISH, "run: make translations"


def test_what_a_catalogue_lacks_is_a_fault() -> None:
    spoilt = Catalog(locale="es")
    spoilt.add("Map", "Mapa")
    spoilt.add("Sources")
    spoilt.add("{n} sources", "{m} fuentes", context="map.js")
    spoilt.add("Things", "Cosas", flags=["fuzzy"])
    assert [fault.partition(":")[0] for fault in catalogue.faults(spoilt)] == [
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
    with pytest.raises(KeyError, match="Close"):
        translate("es", "Close")  # only a script says it
    assert phrases("es", "no-such.js") == {}


def test_a_text_says_the_same_in_each_context() -> None:
    seen: dict[str, str] = {}
    for (context, english), spanish in SPANISH.items():
        assert seen.setdefault(english, spanish) == spanish, (context, english)


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
