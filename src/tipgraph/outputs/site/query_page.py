"""The page to ask a question or to run SPARQL, with the data that its scripts need for an answer.

Decision: docs/decisions/0079-the-query-page-uses-the-yasqe-editor.md.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

from pyoxigraph import Literal

from tipgraph.display import LANGUAGES
from tipgraph.graph import Graph, Query
from tipgraph.model import kit, namespaces, prefixes
from tipgraph.outputs.site import embedded_engine
from tipgraph.outputs.site.labels import Wording
from tipgraph.outputs.site.network_data import SHAPES, options
from tipgraph.outputs.site.ontology_page import CODE, OntologyPage, short
from tipgraph.outputs.site.places import drawing_scripts, places
from tipgraph.outputs.site.site_tree import Site

_VENDOR = Path(__file__).parent / "web" / "vendor"
_EDITOR = ("yasqe.min.js", "yasqe.min.css")
_QUERIES = (
    "against", "all-things", "beside", "cite", "holding", "labels", "names", "nodes", "of-iri", "remarks", "resolve",
    "used",
)  # fmt: skip
_EXAMPLE = """
SELECT ?event ?date ?status ?claim {
  ?claim a tip:UndertakingReport ; tip:undertaking ?event .
  ?event a tip:Event .
  ?claim tip:place/tip:within ?place .
  ?place tip:isoAlpha2 "BO" .
  OPTIONAL { ?claim tip:date ?date }
  OPTIONAL { ?claim tip:status ?status }
}
ORDER BY ?date
"""


def write(site: Site, graph: Graph, wording: Wording, terms: OntologyPage) -> None:
    """Write `ask.html`; without the files of the editor, the page has a plain text box."""
    script, style = (name if (_VENDOR / name).is_file() else "" for name in _EDITOR)
    home = "" if site.language == LANGUAGES[0] else "../"
    shapes = {name: wording.classes.get(name, name) for name in SHAPES}
    questions = [{**query.described(site.language), "text": query.text} for query in Query.all()]
    site.write(
        "ask.html",
        "ask.html",
        questions=questions,
        style=style,
        editor=script,
        map_scripts=drawing_scripts(),
        data={
            "language": site.language,
            "root": "",
            "home": home,
            "engine": embedded_engine.is_gathered(),
            "prefixes": prefixes(),
            "example": site.words("# Claims about events in Bolivia, or at any place within it") + _EXAMPLE,
            "questions": questions,
            "choices": _choices(graph),
            "queries": {name: kit.graph_query(name) for name in _QUERIES},
            "terms": _terms(terms),
            "places": {iri: place.parts for iri, place in places(graph).items()},
            "drawing": {"language": site.language, "options": options(), "groups": shapes, "classes": shapes},
            "words": site.phrases("shared", "ask"),
        },
    )


def _choices(graph: Graph) -> dict[str, list[dict[str, Any]]]:
    """Return the codes and classes that parameters take, by the kind of the parameter, with the words that mean them.

    A class has those above and below it beside it.
    """
    beside = defaultdict[str, list[str]](list)
    tree = [(cls.value, above.value) for cls, above in graph.named("class-tree")]
    for cls, other in [*tree, *((above, cls) for cls, above in tree)]:
        beside[cls].append(other)
    found = {
        "class": [
            {"name": row["name"].value, "words": [], "iri": (cls := row["class"].value), "beside": beside[cls]}
            for row in graph.named("classes")
        ]
    }
    for kind in {parameter.kind for query in Query.all() for parameter in query.parameters.values()}:
        if kind.startswith("code "):
            words = defaultdict[tuple[str, str], list[str]](list)
            for row in graph.named("codes", {"name": [Literal(kind.removeprefix("code "))]}):
                words[row["notation"].value, row["code"].value].append(row["words"].value)
            found[kind] = [{"name": name, "words": words[name, code], "iri": code} for name, code in sorted(words)]
    return found


def _terms(terms: OntologyPage) -> list[dict[str, str]]:
    """Return the classes, properties and codes that the editor completes, by their short names."""
    codes = [code for listed in terms.codes.values() for code in listed]
    kinds = {"class": terms.classes.values(), "property": terms.properties.values(), "code": codes}
    completions = {
        term.iri: {"term": short(term.iri), "label": term.label, "kind": kind} for kind in kinds for term in kinds[kind]
    }
    return [completions[iri] for iri in sorted(completions) if iri.startswith((*namespaces(), CODE))]
