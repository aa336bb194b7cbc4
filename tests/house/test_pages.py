"""Words of the pages are there in Spanish, none is left over, and what templates and scripts use is there."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import tipgraph
from tests.pages.conftest import small_site
from tipgraph.display.locale.make import page_texts
from tipgraph.display.translations import phrases, translate

__all__ = ["small_site"]  # a fixture
HOME = Path(tipgraph.__file__).parent
TEMPLATES, WEB = HOME / "display" / "templates", HOME / "outputs" / "site" / "web"
STATIC = WEB / "static"
CATALOGUE = HOME / "display" / "locale" / "es" / "LC_MESSAGES" / "tipgraph.po"


def read() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="es")


def said(messages: Catalog) -> dict[tuple[str, str], str]:
    def text(forms: object) -> str:  # a text about a number has several
        return str(tuple(forms) if isinstance(forms, list) else forms)

    return {(one.context or "", text(one.id)): text(one.string) for one in messages if one.id}


SPANISH = said(read())


def test_the_catalogue_lacks_nothing_and_what_runs_is_compiled_from_it() -> None:
    messages = read()
    assert page_texts.faults(messages) == []
    assert said(page_texts.brought_up_to_date(messages)) == SPANISH, "run: make translations"
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        assert said(read_mo(file)) == SPANISH, "run: make translations"
    seen: dict[str, str] = {}
    for (context, english), spanish in SPANISH.items():
        assert seen.setdefault(english, spanish) == spanish, (context, english)


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


def test_a_text_without_a_translation_is_an_error() -> None:
    with pytest.raises(KeyError, match="no such text"):
        translate("es", "no such text")
    with pytest.raises(KeyError, match="Copy citation"):
        translate("es", "Copy citation")  # only a script says it
    assert phrases("es", "no-such-folder") == {}


def test_every_script_and_style_is_named_by_a_template_and_is_there(small_site: Path) -> None:
    templates = "\n".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
    for name in re.findall(r"\{\{ assets \}\}([\w.-]+\.(?:js|css))", templates):
        assert (STATIC / name).is_file() or name.endswith(".min.js"), name
    page = (STATIC / "page.js").read_text("utf-8")
    own = {path.name for path in STATIC.iterdir()} & {path.name for path in (small_site / "assets").iterdir()}
    for name in own - {"preview.png"}:  # who publishes a site names it
        assert f"{{{{ assets }}}}{name}" in templates or f'dress("{name}")' in page, name
