"""Spanish pages hold no English but names and quotations, unless it is marked as English."""

import re
from pathlib import Path

from pyoxigraph import Literal

from tests.conftest import statements_of
from tests.pages.conftest import pages_of, parsed
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA

NOTE = "Las notas de los editores, los temas, los motivos y otros textos libres están en inglés."
NAMES = ("label", "title", "issuedby", "#name")
# The texts of a page in its own language, which no element marks as another one; outside scripts and quotations.
ASIDE = "ancestor::script|ancestor::style|ancestor::q|ancestor::blockquote|ancestor::code"
OWN = f"//text()[ancestor::*[@lang][1]/@lang = 'es' and not({ASIDE})]"


def own_texts(path: Path) -> list[str]:
    return [str(text) for text in parsed(path).xpath(OWN)]


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


def test_english_free_text_is_marked_as_english(graph: Graph, site: Path, tmp_path: Path) -> None:
    page = '<html lang="es"><p>Tema: <span lang="en">fair work</span> y <q>the law</q></p><script>no</script></html>'
    (tmp_path / "page.html").write_text(page, "utf-8")
    assert own_texts(tmp_path / "page.html") == ["Tema: ", " y "], "the walk sees what is not marked"
    texts, names = texts_of(graph)
    assert len(texts) > 150
    names = [name for name in names if any(text in name for text in texts)]
    bare = set()
    for path in pages_of(site / "es"):
        shown = "\n".join(own_texts(path))
        for name in names:
            shown = shown.replace(name, "")
        bare |= {(path.relative_to(site).as_posix(), text) for text in texts if text in shown}
    assert not bare
    assert NOTE in (site / "assets" / "es.js").read_text("utf-8")  # which puts it below each page


def test_the_columns_of_answers_and_the_words_of_their_queries_are_spanish(site: Path) -> None:
    def heads(page: Path) -> list[str]:
        return [str(head.text_content()).strip() for head in parsed(page).xpath("//th[@scope='col']")]

    for page in (site / "question").glob("*.html"):
        spanish = site / "es" / "question" / page.name
        same = {one for one, other in zip(heads(page), heads(spanish), strict=True) if one == other}
        assert same <= {"actor", "total"}, page.name  # alike in both languages
        assert re.search("SELECT|CONSTRUCT", "".join(parsed(spanish).xpath("//pre//text()"))), page.name
        assert not {"subject of research", "end of a route", "asked", "done"} & set(own_texts(spanish))
    assert "correctas" in heads(site / "es" / "question" / "audit.html")
