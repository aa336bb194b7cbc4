"""The nodes and edges of an extract as flat rows for all formats."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pyoxigraph import NamedNode

from tipgraph.analysis import edges_of, is_reviewed, prices_of, rated_years, rounded, tie_words
from tipgraph.outputs.files.extract import Extract, source_of

_RENAMED = {"iatiIdentifier": "iati_identifier", "isoAlpha2": "iso", "exactMatch": "exact_match"}
NODE_COLUMNS = {
    "label": "its name in English, or in the language there is",
    "label_es": "its name in Spanish, or in the language there is",
    "kind": "its class: Organization, Country, Project …",
    "type": "Actor, Place, Undertaking, Document or Route",
    "actor_kind": "what sort of actor it is, in our classification: the code",
    "actor_kind_label": "the same in English",
    "actor_kind_label_es": "the same in Spanish",
    "within": "the places of this network that hold it",
    "names": "what the sources call it",
    "said_at": "where they call it so: source, paragraph, sentence, and page if there is one",
    "document": "the sources that name it, or the one that it was first written down for",
    "licence": "of those documents",
    "iso": "the two letters of a country in ISO 3166",
    "m49": "the number of a country or region in UN M49",
    "latitude": "of its middle, in degrees",
    "longitude": "of its middle, in degrees",
    "iati_identifier": "of an organisation or activity in IATI",
    "exact_match": "its address elsewhere",
    "claim": "the claims that name it",
    "iri": "the thing itself; its address in every export",
}
EDGE_COLUMNS = {
    "from_label": "where the edge begins, by name",
    "label": "what the edge says, in English, with its caveats",
    "to_label": "where it ends, by name",
    "via_label": "the undertaking that it is about, by name",
    "kind": "of what kind it is: role, kind of money, of partnership …",
    "status": "held, planned, ongoing …, of the claim or of its undertaking",
    "date": "as the source gives it (EDTF: 2004-22 is summer 2004)",
    "earliest": "the first day that the date can mean",
    "latest": "the last day that the date can mean",
    "amount": "money, where it belongs to this edge alone; empty is unknown, not 0",
    "currency": "of the amount",
    "compared": "the amount in one currency and the prices of one year; the original is `amount`",
    "prices": "in which it is compared: USD-2023 are dollars in the prices of 2023, EUR euros of each year",
    "rates": "by which it is compared, and their sources",
    "not_compared": "why it is not compared: undated, several-years, no-rate or no-index",
    "shared_amount": "one amount for several edges: do not add it up",
    "shared_by": "the number of edges that share it",
    "givers": "how many give it together",
    "shared": "how many neighbours the two share, in a folded network",
    "weight": "how many independent sayings stand behind it: 1 for the edge of a claim",
    "modality": "stated by the source, or implied: our reading",
    "caveats": "what makes it weaker than its label: planned, proposed, invited, lent, implied, not reviewed",
    "review": "who has compared the claim with its sentence: unreviewed, person, ai-agent or rule",
    "corrected": "which cells of the claim were corrected, what they were, why and when",
    "doubts": "what readers of audits found doubtful or wrong in the claim, and why",
    "said_at": "source, paragraph, sentence, and page if there is one",
    "document": "the source that says it",
    "licence": "of that document",
    "part": "of the recipe: money, carrying out, partners",
    "directed": "false where the edge has no direction",
    "leg": "the position on a route with transit",
    "legs": "how many legs that route has",
    "origin": "where that route begins",
    "destination": "where that route ends",
    "inherited": "which of status, dates and kind come from the project or event, not from the claim",
    "concluded": "which of these no source states: our reading",
    "edge": "the edge declaration of the ontology",
    "class": "the class of the claim",
    "label_es": "what the edge says, in Spanish, with its caveats",
    "via": "the undertaking that it is about",
    "continues": "the claim before it in the same stream of money",
    "restates": "the claims that it only repeats",
    "counts_as": "the claims that count in sums instead: of the same payment, of a later file, or a revised budget",
    "contradicts": "claims that contradict it",
    "claim": "the claims behind it",
    "stops": "the claims of the stops of its route",
    "from": "where the edge begins",
    "to": "where it ends",
    "id": "of the edge",
}


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
        yield {name: row[name] for name in NODE_COLUMNS if row.get(name, "") != ""}


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
        yield {name: row[name] for name in EDGE_COLUMNS if name in row}


def _comparison(extract: Extract) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Return what compares the money of an edge; an amount of several claims is not compared."""
    prices = prices_of()
    has_money = any("amount" in data for _, _, data in extract.network.edges(data=True))
    years = rated_years(extract.graph) if prices and has_money else {}

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
