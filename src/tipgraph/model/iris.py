"""IRIs of other vocabularies and of ours: the prefixes of every query, and namespaces that only programs use."""

from typing import Final

PREFIXES: Final = {
    "tip": "https://w3id.org/tipgraph/ns#",
    "code": "https://w3id.org/tipgraph/code#",
    "actor": "https://w3id.org/tipgraph/id/reference/actors/",
    "place": "https://w3id.org/tipgraph/id/reference/places/",
    "id": "https://w3id.org/tipgraph/id/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

CODE, DATA = PREFIXES["code"], PREFIXES["id"]
RDFS_LABEL: Final = PREFIXES["rdfs"] + "label"
SKOS: Final = PREFIXES["skos"]
XSD: Final = PREFIXES["xsd"]
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SHACL: Final = "http://www.w3.org/ns/shacl#"
VOID: Final = "http://rdfs.org/ns/void#"
