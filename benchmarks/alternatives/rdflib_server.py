"""A SPARQL server by rdflib-endpoint: `python rdflib_server.py GRAPH PORT`."""

import sys

import rdflib
import uvicorn
from rdflib_endpoint import SparqlEndpoint

graph = rdflib.Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning")
