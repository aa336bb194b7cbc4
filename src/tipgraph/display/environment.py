"""Templates and translated words for pages and notebooks: what they print is escaped, unseen characters are shown.

Decision: docs/decisions/0059-templates-escape-and-show-hidden-characters.md.
Decision: docs/decisions/0113-translations-are-a-gettext-catalogue.md.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from gettext import GNUTranslations, translation
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tipgraph.model import kit
from tipgraph.runtime import visible

LANGUAGES = ("en", "es")
_TEMPLATES = Path(__file__).parent / "templates"
_LOCALE = Path(__file__).parent / "locale"
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
    said = text if language == LANGUAGES[0] else _catalogue(language).gettext(text)
    return said.format(**values) if values else said


def phrases(language: str, *contexts: str) -> dict[str, str]:
    """Return the texts of contexts in a language, by their English, in its order; none in English itself.

    The context of what a script says is its name; the columns of answers have the context `column`.

    >>> phrases("es", "map.js")["Close"], phrases("en", "map.js")
    ('Cerrar', {})
    """
    if language == LANGUAGES[0]:
        return {}
    return dict(sorted(text for context in contexts for text in _catalogue(language).texts(context)))


def marked(text: str) -> str:
    """Return a text as it is: one of the pages that is translated elsewhere, marked for those who translate.

    >>> marked("Sources")
    'Sources'
    """
    return text


def marked_columns(*names: str) -> frozenset[str]:
    """Return names of columns of answers, marked for those who translate.

    >>> marked_columns("actor")
    frozenset({'actor'})
    """
    return frozenset(names)


class _Catalogue(GNUTranslations):
    """A catalogue of gettext that lists the texts of a context, and in which a text that is absent is an error."""

    _catalog: Mapping[object, str]  # the standard library keeps the texts here, a context and its text apart by `\x04`

    def gettext(self, message: str) -> str:
        return self._catalog[message]

    def texts(self, context: str) -> Iterator[tuple[str, str]]:
        """Yield the texts of a context, each with its translation."""
        for key, said in self._catalog.items():
            of, mark, text = str(key).partition("\x04")
            if mark and of == context:
                yield text, said


@cache
def _catalogue(language: str) -> _Catalogue:
    return translation("tipgraph", _LOCALE, [language], _Catalogue)


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
