"""The addresses of a server as an OpenAPI 3.1 document, made from the questions, formats and filters."""

from collections.abc import Sequence
from dataclasses import Field
from typing import Any

from tipgraph.analysis import FILTER_PARTS, RECIPES, question_parameters
from tipgraph.graph import Query
from tipgraph.model import kit
from tipgraph.outputs import FOLDER, FORMATS
from tipgraph.server.formats import FORMS, ROWS, TRIPLES, Offer
from tipgraph.server.limits import Limits

PARAMETER = "param"  # a parameter of a question, as NAME=VALUE
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_SCHEMAS = {  # of the parts of a filter, by their kind
    "list": _TEXTS,
    "text": _TEXT,
    "flag": {"type": "boolean"},
    "number": {"type": "integer", "minimum": 1, "maximum": 99},
}


def document(root: str, limits: Limits) -> dict[str, Any]:
    """Return the document of the server at `root`."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tipgraph",
            "version": kit.VERSION,
            "description": (
                "A knowledge graph of who works against human trafficking, with the source sentence for every claim. "
                "A query may take "
                f"{limits.seconds:g} seconds and answer with {limits.rows:,} rows and {limits.size:,} bytes; a larger "
                "answer is an error, never a part. Nothing is written here."
            ),
            "license": {"name": "Data and ontology: CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": root}],
        "paths": {
            "/sparql": {"get": _sparql_get(), "post": _sparql_post()},
            "/graph-store": {"get": _graph_store()},
            "/void": {"get": _operation("Describe the endpoint and its dataset (VoID).", _contents(TRIPLES))},
            "/id/{path}": {"get": _thing()},
            "/query": {"get": _operation("List the questions and their parameters.", _content("application/json"))},
            **{f"/query/{each.name}.{form}": {"get": _question(each, form)} for each in Query.all() for form in FORMS},
            "/export/{file}": {"get": _export()},
            "/health": {"get": _operation("Tell whether the server can answer.", _content("application/json"))},
            "/metrics": {"get": _operation("Return metrics for Prometheus.", _content("text/plain"))},
        },
        "components": {"schemas": {"Problem": _problem()}},
    }


def _operation(summary: str, content: dict[str, Any], parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    failed = {"description": "A problem, with the reason.", "content": _content("application/problem+json", _PROBLEM)}
    return {
        "summary": summary,
        "parameters": parameters or [],
        "responses": {"200": {"description": "The complete answer.", "content": content}, "default": failed},
    }


_PROBLEM = {"$ref": "#/components/schemas/Problem"}


def _problem() -> dict[str, Any]:
    properties = {"title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT}
    return {"type": "object", "required": list(properties), "properties": properties}


def _content(media: str, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {media: {"schema": schema} if schema else {}}


def _contents(offers: Sequence[Offer[Any]]) -> dict[str, Any]:
    return {media: {} for offer in offers for media in offer.media}


def _parameter(name: str, description: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": _TEXT, **more}


_GRAPHS = [
    _parameter(f"{kind}-graph-uri", f"A {kind} graph of the query.", schema=_TEXTS) for kind in ("default", "named")
]


def _sparql_get() -> dict[str, Any]:
    asked = _parameter("query", "A SPARQL 1.1 query; without it, the service description.")
    return _operation("Run a SPARQL query.", _contents((*ROWS, *TRIPLES)), [asked, *_GRAPHS])


def _sparql_post() -> dict[str, Any]:
    form = {"type": "object", "required": ["query"], "properties": {"query": _TEXT}}
    bodies = {"application/sparql-query": {"schema": _TEXT}, "application/x-www-form-urlencoded": {"schema": form}}
    posted = _operation("Run a SPARQL query.", _contents((*ROWS, *TRIPLES)), _GRAPHS)
    return {**posted, "requestBody": {"required": True, "content": bodies}}


def _graph_store() -> dict[str, Any]:
    named = _parameter("graph", "The IRI of a graph.")
    union = _parameter("default", "The union of all graphs.", allowEmptyValue=True)
    return _operation("Read a graph (SPARQL 1.1 Graph Store Protocol).", _contents(TRIPLES), [named, union])


def _thing() -> dict[str, Any]:
    path = {
        "name": "path",
        "in": "path",
        "required": True,
        "schema": _TEXT,
        "description": "The part of the IRI after /id/.",
    }
    operation = _operation("Return the statements about a thing, with claims and evidence.", _contents(TRIPLES), [path])
    operation["responses"]["303"] = {"description": "The page of the thing."}
    return operation


def _question(question: Query, form: str) -> dict[str, Any]:
    slots = question_parameters(question).items()
    asked = [_parameter(name, f"({slot.kind}) {slot.summary}") for name, slot in slots]
    language = _parameter("lang", "The language of labels.", schema={"type": "string", "enum": ["en", "es"]})
    return _operation(question.summary, _content(FORMS[form].partition(";")[0]), [*asked, language])


def _export() -> dict[str, Any]:
    suffixes = [suffix for suffix in FORMATS if suffix != FOLDER]
    pattern = "^[A-Za-z0-9_-]{1,80}(" + "|".join(suffix.replace(".", "\\.") for suffix in suffixes) + ")$"
    file = {
        "name": "file",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": pattern},
        "description": "; ".join(f"{suffix}: {FORMATS[suffix].summary}" for suffix in suffixes),
    }
    parameters = [
        file,
        _parameter("network", "A network."),
        _parameter("recipe", "A recipe: a network around the focus.", schema={"type": "string", "enum": list(RECIPES)}),
        _parameter("question", "A question: the claims of its answer."),
        _parameter(PARAMETER, "A parameter of the question, as NAME=VALUE.", schema=_TEXTS),
        _parameter("fold", "Tie nodes that share an end.", schema={"type": "string", "enum": ["starts", "ends"]}),
        *(_filter(name, part) for name, part in FILTER_PARTS.items()),
    ]
    content: dict[str, Any] = {FORMATS[suffix].media.partition(";")[0]: {} for suffix in suffixes}
    return _operation("Export a part of the graph as a file.", content, parameters)


def _filter(name: str, part: Field[Any]) -> dict[str, Any]:
    return _parameter(name, part.metadata["help"].replace("--", ""), schema=_SCHEMAS[part.metadata["kind"]])
