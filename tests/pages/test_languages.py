"""Spanish pages hold no English but names and quotations, unless it is marked as English."""

import re
from html.parser import HTMLParser
from pathlib import Path

from pyoxigraph import Literal

from tests.conftest import statements_of
from tests.pages.conftest import pages_of
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA

NOTE = "Las notas de los editores, los temas, los motivos y otros textos libres están en inglés."
NAMES = ("label", "title", "issuedby", "#name")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


class Unmarked(HTMLParser):
    """What of a page is in its own language: text that no element marks as another one, outside scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        outer = bool(self._open) and self._open[-1][1]
        language = dict(attrs).get("lang")
        aside = tag in ("script", "style", "q", "blockquote", "code")
        self._open.append((tag, aside or (outer if language is None else language != "es")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out what holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self.texts.append(data)


def texts_of(graph: Graph) -> tuple[set[str], list[str]]:
    """Return what editors wrote in English, and nowhere in Spanish; and all names and titles, the longest first."""
    said = [
        (quad.subject, quad.predicate, quad.object)
        for quad in statements_of(graph)
        if quad.subject.value.startswith(DATA) and isinstance(quad.object, Literal)
    ]
    both = {(subject, predicate) for subject, predicate, text in said if text.language == "es"}
    names = {text.value for _, predicate, text in said if predicate.value.casefold().endswith(NAMES)}
    free = {text.value for *of, text in said if text.language == "en" and tuple(of) not in both}
    return {text for text in free - names if len(text.split()) > 3}, sorted(names, key=len, reverse=True)


def test_english_free_text_is_marked_as_english(graph: Graph, site: Path) -> None:
    texts, names = texts_of(graph)
    assert len(texts) > 150
    names = [name for name in names if any(text in name for text in texts)]
    bare = set()
    for path in pages_of(site / "es"):
        page = Unmarked(path.read_text("utf-8"))
        shown = "\n".join(page.texts)
        for name in names:
            shown = shown.replace(name, "")
        bare |= {(path.relative_to(site).as_posix(), text) for text in texts if text in shown}
    assert not bare
    assert NOTE in (site / "assets" / "es.js").read_text("utf-8")  # which puts it below each page


def test_the_walk_sees_what_is_not_marked() -> None:
    page = '<p>Tema: <span lang="en">fair work</span> y <br>ley <q>the law</q></p><script>no</script>'
    assert Unmarked(page).texts == ["Tema: ", " y ", "ley "]


def test_the_columns_of_answers_and_the_words_of_their_queries_are_spanish(site: Path) -> None:
    def heads(page: Path) -> list[str]:
        return re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page.read_text("utf-8"))

    for page in (site / "question").glob("*.html"):
        spanish = site / "es" / "question" / page.name
        same = {one for one, other in zip(heads(page), heads(spanish), strict=True) if one == other}
        assert same <= {"actor", "total"}, page.name  # alike in both languages
        assert not {"subject of research", "end of a route", "asked", "done"} & set(Unmarked(spanish.read_text()).texts)
    assert "correctas" in heads(site / "es" / "question" / "audit.html")
