"""Funding as rows of the shape of IATI transactions."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tipgraph.exports.extract import Extract
from tipgraph.exports.flat import identifiers
from tipgraph.exports.sheets import csv_text
from tipgraph.network.money import FUNDING, grants

COLUMNS = (
    "provider-org", "provider-org-ref", "receiver-org", "receiver-org-ref", "activity", "activity-title",
    "transaction-type", "value", "currency", "value-date", "earliest", "latest", "recipient-country",
    "recipient-region", "kind", "modality", "claim", "said-at", "source", "licence", "note",
)  # fmt: skip


def write_iati_csv(taken: Extract, path: Path) -> None:
    """Write a row for each giver and receiver of each claim of money, in the words of IATI; the unknown is empty."""
    rows = iati_rows(taken)
    taken.rows = f"{len(rows)} rows"
    other = sum(data["class"] != FUNDING for _, _, data in taken.network.edges(data=True))
    taken.withhold("edges that are no money", "an IATI transaction is money; where it goes is in its row", other)
    path.write_bytes(csv_text(rows, COLUMNS).encode("utf-8"))


def iati_rows(taken: Extract) -> list[dict[str, Any]]:
    """Return funding as rows of the shape of IATI transactions; an amount for several parties stands in no row."""
    graph, network = taken.graph, taken.network
    known = identifiers(taken)
    kinds = {row["notation"].value: row["match"].value.rpartition("#")[2] for row in graph.named("iati-kinds")}
    places: dict[str, list[str]] = {}
    for start, end, data in network.edges(data=True):
        if network.nodes[end]["type"] == "Place" and data["edge"] != "undertakingSubjectPlace":
            places.setdefault(start, []).append(end)
    rows = []
    for grant in grants(network, proposed=True):
        purposes = sorted({
            end for _, end, data in network.edges(data=True)
            if data["claim"] == grant.claim and network.nodes[end]["type"] not in ("Actor", "Place")
        })  # fmt: skip
        for start, end, _, data in grant.edges:
            receiver = end if network.nodes[end]["type"] == "Actor" else ""
            activity = purposes[0] if len(purposes) == 1 else ""
            there = sorted({place for purpose in purposes for place in places.get(purpose, ())})
            notes = [f"one amount for {data['shared_by']}: {data['shared_amount']:.15g}"] if "shared_by" in data else []
            notes += [f"says again {data['restates']}"] if "restates" in data else []
            rows.append({
                "provider-org": network.nodes[start]["label"],
                "provider-org-ref": known.get(start, {}).get("iatiIdentifier", ""),
                "receiver-org": network.nodes[receiver]["label"] if receiver else "",
                "receiver-org-ref": known.get(receiver, {}).get("iatiIdentifier", ""),
                "activity": " ".join(purposes),
                "activity-title": network.nodes[activity]["label"] if activity else "",
                "transaction-type": kinds.get(data.get("kind", ""), ""),
                "value": data.get("amount", ""),
                "currency": data.get("currency", ""),
                "value-date": data.get("date", "") if "earliest" not in data.get("inherited", "") else "",
                "earliest": data.get("earliest", ""),
                "latest": data.get("latest", ""),
                "recipient-country": _countries(there, known),
                "recipient-region": _regions(there, known),
                "kind": data.get("kind", ""),
                "modality": data["modality"],
                "claim": data["claim"],
                "said-at": data.get("said_at", ""),
                "source": data["source"],
                "licence": taken.licence(data["source"]),
                "note": "; ".join(notes),
            })  # fmt: skip
    return rows


def _countries(places: Iterable[str], known: dict[str, dict[str, str]]) -> str:
    return " ".join(sorted({known[place]["isoAlpha2"] for place in places if "isoAlpha2" in known.get(place, {})}))


def _regions(places: Iterable[str], known: dict[str, dict[str, str]]) -> str:
    """Return the M49 codes of places that are no countries; a country is named by its own code."""
    codes = [known.get(place, {}) for place in places]
    return " ".join(sorted({code["m49"] for code in codes if "m49" in code and "isoAlpha2" not in code}))
