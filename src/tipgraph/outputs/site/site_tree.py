"""One language of a site while it is written: pages from templates, the ways between them, and words for people.

Decision: docs/decisions/0057-each-page-has-one-language.md.
Decision: docs/decisions/0063-files-of-things-are-named-as-their-iris.md.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from tipgraph.display import LANGUAGES, phrases, templates, translate
from tipgraph.model import data_name
from tipgraph.runtime import visible

_PLAIN = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # names that Windows keeps for itself
_LONGEST = 80
_ADDRESS = re.compile(r"https?://[a-zA-Z0-9.:-]+(?:[/?#]|$)")  # no host that could look like another, no name before it


@dataclass(frozen=True)
class PageEntry:
    """A page as others link to it: its path from the root of a tree, its title and a line on it in that language."""

    path: str
    title: str
    summary: str = ""


class Site:
    """The pages of one language, written below a folder; Spanish ones lie in `es/` and use the same assets.

    `things` and `sources` are the IRIs that get a page of their own. `networks` are the entries of the network pages.
    """

    def __init__(self, folder: Path, language: str, things: Iterable[str] = (), sources: Iterable[str] = ()) -> None:
        """Prepare the templates."""
        self.language = language
        self.folder = folder if language == LANGUAGES[0] else folder / language
        self.networks: list[PageEntry] = []
        self.things = list(things)
        self._pages = {iri: thing_path(iri) for iri in self.things}
        self._pages |= {iri: source_path(data_name(iri)) for iri in sources}
        self._templates = templates(language)

    def words(self, text: str, **values: object) -> str:
        """Return a text of the pages in the language of this tree, its `{places}` filled; raise KeyError for no such.

        >>> Site(Path(), "es").words("Sources")
        'Fuentes'
        """
        return translate(self.language, text, **values)

    def words_or(self, text: str) -> str:
        """Return a text in the language of this tree, or as it is where it is none of ours, such as a new name."""
        try:
            return self.words(text)
        except KeyError:
            return text

    def phrases(self, *contexts: str) -> dict[str, str]:
        """Return the texts of contexts, such as the scripts of a page, by their English; none in English itself."""
        return phrases(self.language, *contexts)

    def page_of(self, iri: str) -> str:
        """Return where the page of a thing or a source lies, from the root of this tree; empty where it has none."""
        return self._pages.get(iri, "")

    def add(self, **functions: Callable[..., Any]) -> None:
        """Give functions to all templates."""
        self._templates.globals |= functions

    def write(self, path: str, template: str, **context: Any) -> None:
        """Write a page, or any text from a template, to a path below the root of this tree."""
        root = "../" * (len(PurePosixPath(path).parts) - 1)
        up = "" if self.language == LANGUAGES[0] else "../"
        other = LANGUAGES[1 - LANGUAGES.index(self.language)]
        text = self.text(
            template,
            root=root,
            home=f"{root}{up}",
            assets=f"{root}{up}assets/",
            path=path,
            other=other,
            other_path=f"{root}../{path}" if up else f"{root}{other}/{path}",
            networks=self.networks,
            url=lambda iri: root + found if (found := self.page_of(str(iri))) else "",
            **context,
        )
        self.write_text(path, text)

    def text(self, template: str, **context: Any) -> str:
        """Return what a template says of a context, in the language of this tree."""
        return self._templates.get_template(template).render(**context)

    def write_text(self, path: str, text: str) -> None:
        """Write a text as it is to a path below the root of this tree."""
        if not all(map(_PLAIN.fullmatch, PurePosixPath(path).parts)):
            raise ValueError(f"{path!r} is no path for a page")
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="\n")


def thing_path(iri: str) -> str:
    """Return the path of the page of a thing: that of its IRI, in names that any disk takes.

    >>> thing_path("https://w3id.org/tipgraph/id/reference/places/japan")
    'thing/reference/places/japan.html'
    """
    parts = [file_name(part) for part in data_name(iri).split("/")]
    return f"thing/{'/'.join(parts)}.html"


def source_path(name: str) -> str:
    """Return the path of the page of a source.

    >>> source_path("oas-cim-2005"), source_path("../../etc")
    ('source/oas-cim-2005.html', 'source/x-74ccf3c5b4c19a81.html')
    """
    return f"source/{file_name(name)}.html"


def network_path(name: str) -> str:
    """Return the path of the page of a network."""
    return f"network/{file_name(name)}.html"


def file_name(part: str) -> str:
    """Return a name as it is where every file system takes it as it is, else one made of its digest."""
    if _PLAIN.fullmatch(part) and not _RESERVED.fullmatch(part) and len(part) <= _LONGEST:
        return part
    return f"x-{sha256(part.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def linked(address: str) -> str:
    """Return an address that a page may link to: of the web, or nothing.

    >>> linked("javascript:alert(1)"), linked("https://www.wikidata.org/entity/Q17")
    ('', 'https://www.wikidata.org/entity/Q17')
    """
    return address if _ADDRESS.match(address) and visible(address) == address else ""
