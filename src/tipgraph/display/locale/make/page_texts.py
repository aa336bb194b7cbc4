"""Gathers the texts of the pages into the catalogues of translations, and compiles these: `make translations`.

    python src/tipgraph/display/locale/make/page_texts.py

A text is what a template, Python or a script says by one of `_KEYWORDS`. The context of a text of a script is the
name of the script. Each `tipgraph.po` gets what is new and loses what is not said any more; it is compiled to the
`tipgraph.mo` beside it where it lacks nothing.

Decision: docs/decisions/0113-translations-are-a-gettext-catalogue.md.
"""

import re
import sys
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tipgraph.display import answers

HOME = Path(__file__).parents[5]
LOCALE = Path(__file__).parents[1]
_CODE = HOME / "src" / "tipgraph"
_PLACES = (  # folders, the names of files in them, and what reads these
    ("display/templates", "**/*.html", "jinja2.ext:babel_extract"),
    ("display/templates", "**/*.svg", "jinja2.ext:babel_extract"),
    ("display", "**/*.py", "python"),
    ("outputs/site", "*.py", "python"),
    ("outputs/site/web/static", "*.js", "javascript"),
)
_TOLD = "Translators:"  # begins a comment for them
_KEYWORDS = {"_": None, "words": None, "marked": None, "plural": (1, 2)}
_OPTIONS: dict[str, Any] = {
    "silent": "false",  # a template that does not parse is an error
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "parse_template_string": True,
}


def page_texts() -> Catalog:
    """Return the texts of the pages, in the order of the files that say them."""
    template = Catalog()
    for folder, names, method in _PLACES:
        for path in sorted((_CODE / folder).glob(names)):
            place = [(path.relative_to(HOME).as_posix(), 0)]
            context = path.stem if path.suffix == ".js" else None
            with path.open("rb") as file:
                for _, text, notes, _ in extract(method, file, _KEYWORDS, [_TOLD], _OPTIONS, strip_comment_tags=True):
                    template.add(text, locations=place, auto_comments=notes, context=context)
            if path == Path(answers.__file__):
                for column in answers.columns():
                    template.add(column, locations=place, auto_comments=[answers.TOLD], context="column")
    return template


def brought_up_to_date(catalogue: Catalog) -> Catalog:
    """Return a catalogue with the texts that are said now, each with the translation that it has."""
    catalogue.update(page_texts(), update_creation_date=False)
    return catalogue


def faults(catalogue: Catalog) -> list[str]:
    """Return what a catalogue lacks: translations, the judgement of guessed ones, and places to fill."""
    found = []
    for message in filter(lambda one: one.id, catalogue):
        named = f"{message.context}: {message.id}" if message.context else str(message.id)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not all(strings):
            found.append(f"not translated: {named}")
        elif message.fuzzy:
            found.append(f"guessed from another text; judge it, and remove the mark `fuzzy`: {named}")
        elif any(_places(message.id) != _places(string) for string in strings):
            found.append(f"not the places of its original: {named}")
    return found


def _places(text: Any) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", text if isinstance(text, str) else text[-1]))


def main() -> int:
    """Bring all catalogues up to date; return 1 if one lacks something."""
    wrong = []
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/tipgraph.po")):
        with path.open("rb") as file:
            catalogue = brought_up_to_date(read_po(file, locale=path.parts[-3]))
        with path.open("wb") as file:
            write_po(file, catalogue, width=0, include_lineno=False, ignore_obsolete=True)  # each text on one line
        missing = faults(catalogue)
        wrong += [f"{path.relative_to(HOME)}: {fault}" for fault in missing]
        if not missing:
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalogue)
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
