"""The nodes and edges of an extract as flat rows for all formats."""

import csv
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from tipgraph.analysis import edges_of, is_reviewed, payments, prices_of, rounded, tie_words
from tipgraph.outputs.files.extract import Extract, source_of

_RENAMED = {"iatiIdentifier": "iati_identifier", "isoAlpha2": "iso", "exactMatch": "exact_match"}


@cache
def columns(table: str) -> dict[str, tuple[str, str]]:
    """Return the columns of a table by their names, each with its type in Arrow and what it means."""
    with Path(__file__).with_name("columns.csv").open(encoding="utf-8", newline="") as opened:
        return {row["column"]: (row["type"], row["meaning"]) for row in csv.DictReader(opened) if row["table"] == table}


def nodes(extract: Extract) -> Iterator[dict[str, Any]]:
    """Yield each node as a row with its columns in order; its claims are those that name it."""
    known = _identifiers(extract)
    for iri, data in extract.network.nodes(data=True):
        named = extract.namings.get(iri, [])
        sources = " ".join(sorted({naming.source for naming in named} or {source_of(iri)}))
        row = {
            **known.get(iri, {}),
            **data,
            "names": "; ".join(dict.fromkeys(naming.name for naming in named)),
            "said_at": "; ".join(dict.fromkeys(naming.said_at for naming in named)),
            "document": sources,
            "licence": extract.licence(sources),
            "claim": " ".join(naming.claim.value for naming in named),
        }
        yield {name: row[name] for name in columns("nodes") if row.get(name, "") != ""}


def edges(extract: Extract) -> Iterator[dict[str, Any]]:
    """Yield each edge as a row with its columns in order, reviewed ones first; `licence` is that of its source."""
    labels, compared = _labels(extract), _comparison(extract)
    for start, end, key, data in sorted(edges_of(extract.network), key=lambda edge: not is_reviewed(edge[3])):
        row: dict[str, Any] = {"from": start, "to": end, **data, **compared(data), "id": key}
        row |= {"label": tie_words(data), "label_es": tie_words(data, "es"), "directed": not data["undirected"]}
        row["licence"] = extract.licence(data["document"])
        row["from_label"], row["to_label"] = labels[start], labels[end]
        if "via" in data:
            row["via_label"] = "; ".join(labels.get(iri, iri) for iri in data["via"].split())
        yield {name: row[name] for name in columns("edges") if name in row}


def _comparison(extract: Extract) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return what compares the money of an edge; an amount of several claims is not compared."""
    prices = prices_of()
    has_money = any("amount" in data for _, _, data in extract.network.edges(data=True))
    years = {one.claim: one.rated for one in payments(extract.graph)} if prices and has_money else {}

    def compared(data: Mapping[str, Any]) -> dict[str, Any]:
        if prices is None or "amount" not in data or data["claim"] not in years:
            return {}
        found = prices.compare(Decimal(repr(data["amount"])), data["currency"], years[data["claim"]])
        if found.amount is None:
            return {"not_compared": found.gap}
        rates = {"rates": found.rates} if found.rates else {}
        return {"compared": float(rounded(found.amount)), "prices": str(prices), **rates}

    return compared


def _labels(extract: Extract) -> dict[str, str]:
    """Return the labels of nodes, and of the undertakings of edges."""
    labels = {iri: str(data["label"]) for iri, data in extract.network.nodes(data=True)}
    about = {iri for _, _, data in extract.network.edges(data=True) for iri in data.get("via", "").split()}
    rest = [NamedNode(iri) for iri in sorted(about - labels.keys())]
    return labels | {node.value: label for node, label in extract.graph.labels(rest).items()}


def _identifiers(extract: Extract) -> dict[str, dict[str, str]]:
    """Return codes and identifiers of the nodes, by IRI and column."""
    by_thing: dict[str, dict[str, str]] = {}
    for thing, property_, value in extract.graph.named("identifiers", {"thing": extract.things}):
        values, name = by_thing.setdefault(thing.value, {}), property_.value.rpartition("#")[2]
        column = _RENAMED.get(name, name)
        values[column] = f"{values[column]} {value.value}" if column in values else value.value
    return by_thing
