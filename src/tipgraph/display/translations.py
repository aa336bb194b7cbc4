"""The texts of pages and scripts in each language, from the gettext catalogues in `locale/`.

Decision: docs/decisions/0113-translations-are-a-gettext-catalogue.md.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from gettext import GNUTranslations, translation
from pathlib import Path

LANGUAGES = ("en", "es")
_LOCALE = Path(__file__).parent / "locale"


def translate(language: str, text: str, **values: object) -> str:
    """Return a text of the pages in a language, with its `{places}` filled; raise KeyError without a translation.

    >>> translate("es", "Sources")
    'Fuentes'
    """
    translated = text if language == LANGUAGES[0] else _catalogue(language).gettext(text)
    return translated.format(**values) if values else translated


def plural(language: str, one: str, many: str, n: int, **values: object) -> str:
    """Return a text about a number in the form that a language has for it, with `{n}` and other `{places}` filled.

    >>> plural("en", "{n} claim", "{n} claims", 1), plural("es", "{n} claim", "{n} claims", 2)
    ('1 claim', '2 afirmaciones')
    """
    english = one if n == 1 else many
    return (english if language == LANGUAGES[0] else _catalogue(language).form(one, n)).format(n=n, **values)


def phrases(language: str, *contexts: str) -> dict[str, str]:
    """Return the texts of contexts in a language by their English, sorted; none in English itself.

    The texts of a script have the folder of its module as their context, the columns of answers `column`.

    >>> phrases("es", "map")["Close"], phrases("en", "map")
    ('Cerrar', {})
    """
    if language == LANGUAGES[0]:
        return {}
    return dict(sorted(text for context in contexts for text in _catalogue(language).texts(context)))


def marked(text: str) -> str:
    """Return a text as it is; it is marked for translators, and translated later.

    >>> marked("Sources")
    'Sources'
    """
    return text


class _Catalogue(GNUTranslations):
    """A catalogue of gettext that lists the texts of a context, and raises KeyError for an absent text."""

    # of the standard library: texts by their English, after a context and `\x04`, and if it has forms, with its number
    _catalog: Mapping[object, str]
    plural: Callable[[int], int]

    def gettext(self, message: str) -> str:
        return self._catalog[message]

    def form(self, message: str, n: int) -> str:
        """Return a text about a number in the form for the number."""
        return self._catalog[message, self.plural(n)]

    def texts(self, context: str) -> Iterator[tuple[str, str]]:
        """Yield the texts of a context, each with its translation."""
        for key, translated in self._catalog.items():
            own_context, mark, text = str(key).partition("\x04")
            if mark and own_context == context:
                yield text, translated


@cache
def _catalogue(language: str) -> _Catalogue:
    return translation("tipgraph", _LOCALE, [language], _Catalogue)
