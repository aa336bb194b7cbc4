"""The description of the server and its graph: SPARQL service description and VoID."""

from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from pyoxigraph import Literal, RdfFormat, parse, serialize

from tipgraph.model import DATA, SD, VOID, data_name, kit, prefixes
from tipgraph.server.formats import ROWS, TRIPLES, chosen

_TITLE = "tipgraph: a knowledge graph of who works against human trafficking"
_GRAPH = """
<void#dataset> sd:namedGraph <void#graph-{name}> ; void:subset <graph-store?graph={iri}> .
<void#graph-{name}> a sd:NamedGraph ; sd:name <{iri}> ; sd:graph <graph-store?graph={iri}> .
<graph-store?graph={iri}> a sd:Graph, void:Dataset ; void:triples {count} ."""


def described(manifest: Mapping[str, Any], root: str, accept: str) -> tuple[str, bytes]:
    """Describe the endpoint at `root`/sparql and its dataset by the manifest of the store; return media type and body.

    Raises Refusal.
    """
    form, own = chosen(accept, TRIPLES), kit.project()
    formats = dict.fromkeys([*(one.iri for one in ROWS.values()), *(one.iri for one in TRIPLES.values())])
    text = Template(Path(__file__).with_suffix(".ttl").read_text("utf-8")).substitute(
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
