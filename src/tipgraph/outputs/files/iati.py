"""Funding as rows of the shape of IATI transactions."""

from collections.abc import Iterable, Iterator
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
_SAME = ("currency", "kind", "modality", "caveats", "review", "corrected", "doubts", "claim")  # as in an edge


def write_iati_csv(extract: Extract, path: Path) -> None:
    """Write a row for each giver and receiver of each claim of money; unknown cells are empty."""
    rows = iati_rows(extract)
    extract.rows = f"{len(rows)} rows"
    other = sum(data["class"] != FUNDING for _, _, data in extract.network.edges(data=True))
    extract.withhold("edges that are no money", "an IATI transaction is money; where it goes is in its row", other)
    path.write_bytes(csv_text(rows, COLUMNS).encode("utf-8"))


def iati_rows(extract: Extract) -> list[dict[str, Any]]:
    """Return funding as rows of the shape of IATI transactions; an amount for several parties is in no row."""
    by_claim: dict[str, list[Edge]] = {}
    for edge in edges_of(extract.network):
        by_claim.setdefault(edge[3]["claim"], []).append(edge)
    transactions = _Transactions(extract)
    return [row for _, edges in sorted(by_claim.items()) for row in transactions.rows(edges)]


class _Transactions:
    """The transactions of an extract, with identifiers of actors and codes of countries and regions."""

    def __init__(self, extract: Extract) -> None:
        graph, edges = extract.graph, edges_of(extract.network)
        self.extract, self.nodes = extract, extract.network.nodes
        self.kinds = {row["notation"].value: row["match"].value.rpartition("#")[2] for row in graph.named("iati-kinds")}
        self.places: dict[str, set[str]] = {}  # of each project or event
        for start, end, _, data in edges:
            if data["edge"] == "undertakingPlace":
                self.places.setdefault(start, set()).add(end)
        things = {end for edge in edges for end in edge[:2]}
        self.holders = holders_of(graph, things)
        self.codes = identifiers(graph, things.union(*self.holders.values()))

    def rows(self, edges: Iterable[Edge]) -> Iterator[dict[str, Any]]:
        """Yield a row for each giver and receiver of the claim that draws some edges."""
        activity = self._activity({end for _, end, _, data in edges if data["class"] == FUNDING})
        for start, end, _, data in edges:
            if data["edge"] in {*GIVES, ATTENDS}:
                receiver = end if self.nodes[end]["type"] == "Actor" else ""
                parties = self._party("provider-org", start) | self._party("receiver-org", receiver)
                yield {**parties, **activity, **self._money(data)}

    def _activity(self, ends: set[str]) -> dict[str, str]:
        """Return the projects and events of a claim, and its countries and regions, or else those of the projects."""
        purposes = sorted(end for end in ends if self.nodes[end]["type"] not in ("Actor", "Place"))
        places = {end for end in ends if self.nodes[end]["type"] == "Place"}
        places = places or set().union(*(self.places.get(purpose, ()) for purpose in purposes))
        return {
            "activity": " ".join(purposes),
            "activity-title": "; ".join(self.nodes[purpose]["label"] for purpose in purposes),
            "recipient-country": self._countries(places),
            "recipient-region": self._regions(places),
        }

    def _party(self, column: str, actor: str) -> dict[str, str]:
        label = self.nodes[actor]["label"] if actor else ""
        return {column: label, f"{column}-ref": self.codes.get(actor, {}).get("iatiIdentifier", "")}

    def _money(self, data: Attributes) -> dict[str, Any]:
        inherited = data.get("inherited", "").split()
        earliest, latest = ("" if name in inherited else data.get(name, "") for name in ("earliest", "latest"))
        return {
            "transaction-type": self.kinds.get(data.get("kind", ""), ""),
            "value": data.get("amount", ""),
            "value-date": earliest if earliest == latest else "",
            "earliest": earliest,
            "latest": latest,
            "said-at": data.get("said_at", ""),
            "source": data["document"],
            "licence": self.extract.licence(data["document"]),
            "note": "; ".join(_notes(data)),
            **{name: data.get(name, "") for name in _SAME},
        }

    def _countries(self, places: Iterable[str]) -> str:
        """Return the ISO codes of countries among places, and of countries that hold places."""
        codes = [self.codes.get(holder, {}) for place in places for holder in self.holders[place]]
        return " ".join(sorted({code["isoAlpha2"] for code in codes if "isoAlpha2" in code}))

    def _regions(self, places: Iterable[str]) -> str:
        """Return the M49 codes of places outside any country."""
        outside = [place for place in places if not self._countries([place])]
        return " ".join(sorted({self.codes[place]["m49"] for place in outside if "m49" in self.codes.get(place, {})}))


def _notes(data: Attributes) -> list[str]:
    notes = ["for the attendance of the receiver"] if data["edge"] == ATTENDS else []
    notes += [f"one amount for {data['shared_by']}: {data['shared_amount']:.15g}"] if "shared_by" in data else []
    notes += [f"repeats {data['restates']}"] if "restates" in data else []
    return notes + ([f"counted as {data['counts_as']}"] if "counts_as" in data else [])
