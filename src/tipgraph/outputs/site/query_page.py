"""The page to ask a question or to run SPARQL, with the data that its scripts need for an answer.

Decision: docs/decisions/0079-the-query-page-uses-the-yasqe-editor.md.
"""

from pathlib import Path

from tipgraph.display import LANGUAGES
from tipgraph.graph import Graph, Query
from tipgraph.model import SEASON_MONTHS, kit, namespaces, prefixes
from tipgraph.outputs.site import embedded_engine
from tipgraph.outputs.site.labels import Wording
from tipgraph.outputs.site.network_data import SHAPES, options
from tipgraph.outputs.site.ontology_page import CODE, OntologyPage, short
from tipgraph.outputs.site.places import drawing_scripts, places
from tipgraph.outputs.site.site_tree import Site

_VENDOR = Path(__file__).parent / "web" / "vendor"
_EDITOR = ("yasqe.min.js", "yasqe.min.css")
_QUERIES = (
    "against", "all-things", "beside", "cite", "class-tree", "holding", "labels", "names", "nodes", "of-iri", "remarks",
    "resolve", "used",
)  # fmt: skip
# First and last months: month 0 is in the year before, 14 in the next.
_SEASONS = {code: SEASON_MONTHS.get(code, (0, 14)) for code in range(21, 33)}
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
            "seasons": _SEASONS,
            "queries": {name: kit.graph_query(name) for name in _QUERIES},
            "terms": _terms(terms),
            "places": {iri: place.parts for iri, place in places(graph).items()},
            "drawing": {"language": site.language, "options": options(), "groups": shapes, "classes": shapes},
            "words": site.phrases("shared", "ask"),
        },
    )


def _terms(terms: OntologyPage) -> list[dict[str, str]]:
    """Return the classes, properties and codes that the editor completes, by their short names."""
    codes = [code for listed in terms.codes.values() for code in listed]
    kinds = {"class": terms.classes.values(), "property": terms.properties.values(), "code": codes}
    completions = {
        term.iri: {"term": short(term.iri), "label": term.label, "kind": kind} for kind in kinds for term in kinds[kind]
    }
    return [completions[iri] for iri in sorted(completions) if iri.startswith((*namespaces(), CODE))]
