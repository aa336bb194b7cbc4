"""The formats of answers by their media types, content negotiation (`Accept`), and the description that lists them."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any, Final, TypeVar

from pyoxigraph import Literal, QueryResultsFormat, RdfFormat, parse, serialize

from tipgraph.model import DATA, SD, VOID, data_name, kit, prefixes
from tipgraph.server.options import Refusal

_Format = TypeVar("_Format")

_JSON, _XML = "application/json", "application/xml"  # as media types of rows and of triples
ROWS: Final = {form.media_type.partition(";")[0]: form for form in (
    QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV,
)} | {_JSON: QueryResultsFormat.JSON, _XML: QueryResultsFormat.XML}  # fmt: skip
TRIPLES: Final = {form.media_type: form for form in (
    RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD,
)} | {_JSON: RdfFormat.JSON_LD, _XML: RdfFormat.RDF_XML}  # fmt: skip
SUFFIXES: Final = {form.file_extension: form.media_type for form in TRIPLES.values()}
PAGE: Final = {"text/html": None, "application/xhtml+xml": None}
ANSWERS: Final = {"application/json": "json", "text/csv": "csv"}  # to questions, by their suffixes
_QUALITY = re.compile(r"0(\.\d*)?|1(\.0*)?", re.ASCII)
_TITLE = "tipgraph: a knowledge graph of who works against human trafficking"
_GRAPH = """
<void#dataset> sd:namedGraph <void#graph-{name}> ; void:subset <void#statements-{name}> .
<void#graph-{name}> a sd:NamedGraph ; sd:name <{iri}> ; sd:graph <void#statements-{name}> .
<void#statements-{name}> a sd:Graph, void:Dataset ; void:triples {count} ."""


def chosen(accept: str, offers: Mapping[str, _Format]) -> _Format:
    """Return the format that a client prefers, the first of equal ones; raise Refusal (406) if there is none.

    >>> chosen("text/csv;q=0.5, application/sparql-results+xml", ROWS).file_extension
    'srx'
    >>> chosen("*/*", TRIPLES).file_extension
    'ttl'
    """
    liked = _liked(accept)

    def quality(media: str) -> float:
        """Return the quality of the narrowest range that has a media type."""
        ranges = media, f"{media.partition('/')[0]}/*", "*/*"
        return next((liked[one] for one in ranges if one in liked), 0.0)

    best = max(offers, key=quality)  # the first of equal ones
    if not quality(best):
        raise Refusal(406, f"no format in Accept is available; ask for one of {', '.join(offers)}")
    return offers[best]


@lru_cache(maxsize=256)
def _liked(accept: str) -> Mapping[str, float]:
    """Return the media ranges of an Accept header, each with its quality; 0 for one that is no number from 0 to 1."""
    liked = dict[str, float]()
    for part in (accept or "*/*")[:1000].split(","):
        media, *options = (word.strip().lower() for word in part.split(";"))
        quality = next((option[2:].strip() for option in options if option.startswith("q=")), "1")
        liked[media] = float(quality) if _QUALITY.fullmatch(quality) else 0.0
    return liked


def described(manifest: Mapping[str, Any], root: str, accept: str) -> tuple[str, bytes]:
    """Describe the endpoint at `root`/sparql and its dataset by the manifest of the store; return media type and body.

    Raises Refusal.
    """
    form, own = chosen(accept, TRIPLES), kit.project()
    formats = dict.fromkeys([*(one.iri for one in ROWS.values()), *(one.iri for one in TRIPLES.values())])
    text = Template(Path(__file__).with_name("void.ttl").read_text("utf-8")).substitute(
        root=root,
        formats=", ".join(f"<{iri}>" for iri in formats),
        title=Literal(own.title if own else _TITLE),
        digest=manifest["digest"],
        statements=manifest["statements"],
        space=Literal(DATA),
    )
    text += "".join(_GRAPH.format(name=data_name(iri), iri=iri, count=n) for iri, n in manifest["graphs"].items())
    triples = (quad.triple for quad in parse(text, RdfFormat.TURTLE))
    return form.media_type, serialize(triples, format=form, prefixes={**prefixes(), "sd": SD, "void": VOID}) or b""
