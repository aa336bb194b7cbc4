"""Funding as rows of the shape of IATI transactions."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tipgraph.analysis import ATTENDS, FUNDING, GIVES, Attributes, Edge, edges_of, holders_of
from tipgraph.outputs.files.extract import Extract
from tipgraph.outputs.files.spreadsheets import csv_text
from tipgraph.outputs.files.table_rows import identifiers

COLUMNS = (
    "provider-org", "provider-org-ref", "receiver-org", "receiver-org-ref", "activity", "activity-title",
    "transaction-type", "value", "currency", "value-date", "earliest", "latest", "recipient-country",
    "recipient-region", "kind", "modality", "caveats", "review", "corrected", "doubts", "claim", "said-at",
    "source", "licence", "note",
)  # fmt: skip


def write_iati_csv(extract: Extract, path: Path) -> None:
    """Write a row for each giver and receiver of each claim of money; unknown cells are empty."""
    rows = iati_rows(extract)
    extract.rows = f"{len(rows)} rows"
    other = sum(data["class"] != FUNDING for _, _, data in extract.network.edges(data=True))
    extract.withhold("edges that are no money", "an IATI transaction is money; where it goes is in its row", other)
    path.write_bytes(csv_text(rows, COLUMNS).encode("utf-8"))


def iati_rows(extract: Extract) -> list[dict[str, Any]]:
    """Return funding as rows of the shape of IATI transactions; an amount for several parties is in no row."""
    network = extract.network
    kinds = {row["notation"].value: row["match"].value.rpartition("#")[2] for row in extract.graph.named("iati-kinds")}
    of_claim: dict[str, list[Edge]] = {}
    places_of: dict[str, set[str]] = {}
    for edge in edges_of(network):
        of_claim.setdefault(edge[3]["claim"], []).append(edge)
        if edge[3]["edge"] == "undertakingPlace":
            places_of.setdefault(edge[0], set()).add(edge[1])
    known = _KnownActivities(extract, {end for edges in of_claim.values() for edge in edges for end in edge[:2]})
    rows = []
    for claim, edges in sorted(of_claim.items()):
        ends = {end for _, end, _, data in edges if data["class"] == FUNDING}
        purposes = sorted(end for end in ends if network.nodes[end]["type"] not in ("Actor", "Place"))
        own = {end for end in ends if network.nodes[end]["type"] == "Place"}
        places = own or {place for purpose in purposes for place in places_of.get(purpose, ())}
        for start, end, _, data in edges:
            if data["edge"] not in {*GIVES, ATTENDS}:
                continue
            receiver = end if network.nodes[end]["type"] == "Actor" else ""
            inherited = data.get("inherited", "").split()
            dates = {name: data.get(name, "") for name in ("earliest", "latest") if name not in inherited}
            rows.append({
                "provider-org": network.nodes[start]["label"],
                "provider-org-ref": known.identifier(start),
                "receiver-org": network.nodes[receiver]["label"] if receiver else "",
                "receiver-org-ref": known.identifier(receiver),
                "activity": " ".join(purposes),
                "activity-title": "; ".join(network.nodes[purpose]["label"] for purpose in purposes),
                "transaction-type": kinds.get(data.get("kind", ""), ""),
                "value": data.get("amount", ""),
                "currency": data.get("currency", ""),
                "value-date": dates.get("earliest", "") if dates.get("earliest") == dates.get("latest") else "",
                **dates,
                "recipient-country": known.countries(places),
                "recipient-region": known.regions(places),
                "kind": data.get("kind", ""),
                "modality": data["modality"],
                **{name: data.get(name, "") for name in ("caveats", "review", "corrected", "doubts")},
                "claim": claim,
                "said-at": data.get("said_at", ""),
                "source": data["source"],
                "licence": extract.licence(data["source"]),
                "note": "; ".join(_notes(data)),
            })  # fmt: skip
    return rows


def _notes(data: Attributes) -> list[str]:
    notes = ["for the attendance of the receiver"] if data["edge"] == ATTENDS else []
    notes += [f"one amount for {data['shared_by']}: {data['shared_amount']:.15g}"] if "shared_by" in data else []
    return notes + ([f"repeats {data['restates']}"] if "restates" in data else [])


class _KnownActivities:
    """Identifiers of actors and codes of places: of the country of a city, or of a region."""

    def __init__(self, extract: Extract, things: set[str]) -> None:
        self.holders = holders_of(extract.graph, things)
        every = things | {holder for held in self.holders.values() for holder in held}
        self.codes = identifiers(extract.graph, every)

    def identifier(self, actor: str) -> str:
        return self.codes.get(actor, {}).get("iatiIdentifier", "")

    def countries(self, places: Iterable[str]) -> str:
        """Return the ISO codes of countries among places, and of countries that hold places."""
        codes = [self.codes.get(holder, {}) for place in places for holder in self.holders[place]]
        return " ".join(sorted({code["isoAlpha2"] for code in codes if "isoAlpha2" in code}))

    def regions(self, places: Iterable[str]) -> str:
        """Return the M49 codes of places outside any country."""
        outside = [place for place in places if not self.countries([place])]
        return " ".join(sorted({self.codes[place]["m49"] for place in outside if "m49" in self.codes.get(place, {})}))
