"""The templates of pages and notebooks: they escape all that they print, and show hidden characters.

Decision: docs/decisions/0058-scripts-are-classic-scripts.md.
"""

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.ext import Extension
from markupsafe import Markup

from tipgraph.display.translations import plural, translate
from tipgraph.model import kit
from tipgraph.runtime import visible

_TEMPLATES = Path(__file__).parent / "templates"
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_CONTROL = re.compile(r"(?<!\\)((?:\\\\)*)\\u00[01][0-9a-f]")


class _Compiled(BytecodeCache):
    """The compiled templates of this process: two languages, and several sites, compile each once."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class _Flat(Extension):
    """Templates with a space in place of indentation: a site repeats each line in a thousand pages."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return _INDENTATION.sub(" ", source)


def templates(language: str) -> Environment:
    """Return the templates in a language."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_visible,
        bytecode_cache=_COMPILED,
        extensions=[_Flat],
    )
    environment.filters["json"] = json_block
    project = kit.project()
    environment.globals |= {
        "_": partial(translate, language),
        "plural": partial(plural, language),
        "language": language,
        "graph_title": project.title if project else "tipgraph",
        "is_project": project is not None,
        "maker": project.maker if project else "",
        "contact": [project.contact, f"mailto:{project.contact}" if "@" in project.contact else project.contact]
        if project and project.contact
        else [],
    }
    return environment


def render(template: str, language: str = "en", **context: Any) -> str:
    """Return a template of `templates/` filled with a context."""
    return templates(language).get_template(template).render(**context)


def json_block(value: object) -> Markup:
    r"""Return JSON that is safe inside a `<script>` of the type application/json, with hidden characters made visible.

    >>> print(json_block("</script>"))
    "\u003c/script\u003e"
    """
    text = visible(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
    if "\\u00" in text:
        text = _CONTROL.sub("\\1\ufffd", text)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  # the characters that could end the block are escaped


def _visible(value: object) -> object:
    """Return a printed value with its hidden characters made visible, such as those that turn the direction of text."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
