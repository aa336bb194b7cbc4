"""One language of a site: its pages from templates, their paths, and its texts.

Decision: docs/decisions/0057-a-site-is-a-folder-of-files.md.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from tipgraph.display import LANGUAGES, phrases, templates, translate
from tipgraph.model import data_name
from tipgraph.outputs.site.assets import packed_text
from tipgraph.runtime import visible

_PLAIN = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # names that Windows keeps for itself
_LONGEST = 80
_ADDRESS = re.compile(r"https?://[a-zA-Z0-9.:-]+(?:[/?#]|$)")  # no host that could look like another, no name before it


@dataclass(frozen=True)
class PageEntry:
    """An entry in a list of pages: the path from the root of a tree, the title and a summary in its language."""

    path: str
    title: str
    summary: str = ""


class Site:
    """The pages of one language below a folder; Spanish pages are in `es/` and use the same assets.

    `kinds` are the classes of entries by their IRIs: of `routes`, which the map shows, and of `things`, which have a
    page, as `sources` have. `networks` are the entries of the network pages, `undrawn` those of networks without a
    page, `drawn_in` those that an entry is in by its IRI. `in_house` is the mode of the site. With `on_demand`,
    `offered` has what writes each page that is made when somebody asks for it.
    """

    def __init__(
        self,
        folder: Path,
        language: str,
        kinds: Mapping[str, tuple[str, str]] | None = None,
        sources: Iterable[str] = (),
        *,
        in_house: bool = False,
        on_demand: bool = False,
    ) -> None:
        """Prepare the templates."""
        self.language = language
        self.in_house, self.on_demand = in_house, on_demand
        self.offered: dict[Path, Callable[[], None]] = {}
        self.folder = folder if self.is_first else folder / language
        self.networks: list[PageEntry] = []
        self.undrawn: list[PageEntry] = []
        self.drawn_in: dict[str, list[PageEntry]] = {}
        self.kinds = kinds or {}
        self.things = [iri for iri, (_, top) in self.kinds.items() if top != "Route"]
        self.routes = [iri for iri, (_, top) in self.kinds.items() if top == "Route"]
        self._pages = {iri: route_address(iri) for iri in self.routes} | {iri: thing_path(iri) for iri in self.things}
        self._pages |= {iri: source_path(data_name(iri)) for iri in sources}
        self._templates = templates(language)
        self._templates.filters["packed"] = packed_text

    @property
    def home(self) -> Path:
        """The folder of the site, which has the files of all languages."""
        return self.folder if self.is_first else self.folder.parent

    @property
    def is_first(self) -> bool:
        """Tell whether this is the language of the root, where files of all languages are."""
        return self.language == LANGUAGES[0]

    def words(self, text: str, **values: object) -> str:
        """Return a text in the language of this tree, with its `{places}` filled; raise KeyError for an unknown text.

        >>> Site(Path(), "es").words("Sources")
        'Fuentes'
        """
        return translate(self.language, text, **values)

    def words_or(self, text: str) -> str:
        """Return a text in the language of this tree; an unknown text, such as a name of a project, as it is."""
        try:
            return self.words(text)
        except KeyError:
            return text

    def phrases(self, *contexts: str) -> dict[str, str]:
        """Return the texts of contexts, such as a folder of scripts, by their English; none in English itself."""
        return phrases(self.language, *contexts)

    def page_of(self, iri: str) -> str:
        """Return the address of an entry or a source from the root of this tree; empty if it has none.

        That of a route is its line on the map.
        """
        return self._pages.get(iri, "")

    def add(self, **functions: Callable[..., Any]) -> None:
        """Give functions to all templates."""
        self._templates.globals |= functions

    def compile(self) -> None:
        """Compile all templates, for this process and its copies: they are the same in all languages."""
        for name in self._templates.list_templates(["html"]):
            self._templates.get_template(name)

    def write(self, path: str, template: str, **context: Any) -> None:
        """Write a page, or any text from a template, to a path below the root of this tree."""
        self.write_text(path, self.text(template, **self._frame(path), **context))

    def write_frame(self) -> None:
        """Write the script with what stands around the content of every page, and the words of other scripts."""
        other = ("es/", "es", "Español") if self.is_first else ("../", "en", "English")
        words = self.phrases("shared", "own-texts", "page", "question", "source", "start")
        text = self.text("frame.html", other=other, words=words)
        (self.home / "assets" / f"{self.language}.js").write_text(text, "utf-8", newline="\n")

    def offer(self, path: str, template: str, make: Callable[[], Mapping[str, Any]]) -> None:
        """Write a page whose content a function makes; on demand, when somebody asks for it."""

        def write() -> None:
            self.write(path, template, **make())

        if self.on_demand:
            self.offered[self.folder / path] = write
        else:
            write()

    def _frame(self, path: str) -> dict[str, Any]:
        """Return what every page at a path gets."""
        root, folder = "../" * (len(PurePosixPath(path).parts) - 1), f"{PurePosixPath(path).parent}/"

        def url(iri: object) -> str:
            """Return the address of an entry or a source from this page: the name alone in the same folder."""
            page = self.page_of(str(iri))
            return page.removeprefix(folder) if page.startswith(folder) else page and root + page

        up = "" if self.is_first else "../"
        return {
            "root": root,
            "home": f"{root}{up}",
            "assets": f"{root}{up}assets/",
            "path": path,
            "networks": self.networks,
            "undrawn": self.undrawn,
            "in_house": self.in_house,
            "url": url,
        }

    def text(self, template: str, **context: Any) -> str:
        """Return a template filled with a context, in the language of this tree."""
        return self._templates.get_template(template).render(**context)

    def write_text(self, path: str, text: str) -> None:
        """Write a text as it is to a path below the root of this tree."""
        if not all(map(_PLAIN.fullmatch, PurePosixPath(path).parts)):
            raise ValueError(f"{path!r} is not a path for a page")
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode("utf-8"))


def thing_path(iri: str) -> str:
    """Return the path of the page of an entry: that of its IRI, in names that every file system takes.

    >>> thing_path("https://w3id.org/tipgraph/id/reference/places/japan")
    'thing/reference/places/japan.html'
    """
    return f"thing/{entry_name(iri)}.html"


def route_address(iri: str) -> str:
    """Return the address of a route: its line on the map, and the row of the table there with this anchor.

    >>> route_address("https://w3id.org/tipgraph/id/oas-cim-2005/routes/lac-japan")
    'map.html#at=oas-cim-2005/routes/lac-japan'
    """
    return f"map.html#at={entry_name(iri)}"


def entry_name(iri: str) -> str:
    """Return the name of an entry in the address of its page: its IRI below our namespace, in plain parts."""
    return "/".join(file_name(part) for part in data_name(iri).split("/"))


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
    """Return a name that every file system takes: the name itself, else one from its digest."""
    if _PLAIN.fullmatch(part) and not _RESERVED.fullmatch(part) and len(part) <= _LONGEST:
        return part
    return f"x-{sha256(part.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def linked(address: str) -> str:
    """Return an address if it is safe to link to, else nothing.

    >>> linked("javascript:alert(1)"), linked("https://www.wikidata.org/entity/Q17")
    ('', 'https://www.wikidata.org/entity/Q17')
    """
    return address if _ADDRESS.match(address) and visible(address) == address else ""
