"""Templates and translated words for pages and notebooks: what they print is escaped, unseen characters are shown.

Decision: docs/decisions/0059-templates-escape-and-show-hidden-characters.md.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tipgraph.model import kit
from tipgraph.runtime import visible

LANGUAGES = ("en", "es")
_TEMPLATES = Path(__file__).parent / "templates"
_CONTROL = re.compile(r"(?<!\\)((?:\\\\)*)\\u00[01][0-9a-f]")


def templates(language: str) -> Environment:
    """Return the templates in a language; whatever they print is escaped."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_seen,
    )
    made.filters["json"] = json_block
    own = kit.project()
    titled = {"graph_title": own.title if own else "tipgraph", "is_project": own is not None}

    def words(text: str, **values: object) -> str:
        return translate(language, text, **values)

    made.globals.update({"_": words, "language": language, **titled})
    return made


def render(template: str, language: str = "en", **context: Any) -> str:
    """Return what a template of `templates/` says of a context."""
    return templates(language).get_template(template).render(**context)


def translate(language: str, text: str, **values: object) -> str:
    """Return a text of the pages in a language, its `{places}` filled; raise KeyError where no translation is known.

    >>> translate("es", "Sources")
    'Fuentes'
    """
    said = text if language == LANGUAGES[0] else translations(language)[text]
    return said.format(**values) if values else said


@cache
def translations(language: str, part: str = "*") -> Mapping[str, str]:
    """Return the translated texts of a part of the pages, by their English; of all parts without one; none in English.

    A part is a file, `templates/LANGUAGE/PART.toml`.
    """
    words: dict[str, str] = {}
    if language != LANGUAGES[0]:
        for path in sorted((_TEMPLATES / language).glob(f"{part}.toml")):
            words |= tomllib.loads(path.read_text("utf-8"))
    return words


def json_block(value: object) -> Markup:
    r"""Return JSON that may stand inside a `<script>` of the type application/json, unseen characters made visible.

    >>> print(json_block("</script>"))
    "\u003c/script\u003e"
    """
    text = visible(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    if "\\u00" in text:
        text = _CONTROL.sub("\\1\ufffd", text)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # the characters that could end the block are escaped


def _seen(value: object) -> object:
    """Show what of a text of sources would be obeyed and not seen; whatever a template prints goes through here."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
