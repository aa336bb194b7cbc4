"""Entities of FollowTheMoney, one JSON object a line, for Aleph, OpenAleph and the tools around them.

Actors, undertakings, places and documents are entities. So is each edge: Payment, ProjectParticipant, Membership or
UnknownLink, with the claim as `recordId`, its place in `summary`, and the licence of the source in `description`. Ids
are made from IRIs and stay the same. There is never a Person.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tipgraph.analysis import claims_of, is_money, not_given
from tipgraph.model import DATA
from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.extract import Extract, Naming
from tipgraph.runtime import read_toml

_LEGAL = ("Organization", "PublicBody", "LegalEntity")
_WEAK = frozenset({"code", "description", "misspelling"})
_NOT_ID = re.compile(r"[^0-9A-Za-z.-]+")


@cache
def _schemas() -> dict[str, dict[str, str]]:
    return read_toml(Path(__file__).with_name("ftm.toml"))


def write_ftm(extract: Extract, path: Path) -> None:
    """Write the entities, things before edges, one a line."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for entity in entities(extract):
            out.write(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n")


def entities(extract: Extract) -> Iterator[dict[str, Any]]:
    """Yield the entities of an extract; an unknown property is absent."""
    schemas, of_nodes = dict[str, str](), _schemas()["nodes"]
    for row in table_rows.nodes(extract):
        schema = of_nodes.get(row["kind"]) or of_nodes.get(row["type"], "LegalEntity")
        schemas[row["iri"]] = schema
        yield _thing(row, schema, extract.namings.get(row["iri"], []))
    weak = not_given()
    for row in table_rows.edges(extract):
        yield _edge(extract, row, schemas, weak)


def entity_id(iri: str) -> str:
    """Return the id of an entity: the local part of the IRI, in the characters of ids.

    >>> entity_id("https://w3id.org/tipgraph/id/reference/actors/iom")
    'tip.reference.actors.iom'
    """
    return "tip." + _NOT_ID.sub(".", iri.replace(DATA, "")).strip(".-")


def _thing(row: dict[str, Any], schema: str, named: list[Naming]) -> dict[str, Any]:
    plain = [naming.name for naming in named if naming.kind not in _WEAK]
    names = list(dict.fromkeys([row["label"], row["label_es"], *plain]))
    notes = [f"named at {row['said_at']} by {row['claim']}"] if "claim" in row else []
    if "licence" in row:  # absent if the source of a thing is not shown
        notes.append(f"source: {row['document']}; licence: {row['licence']}")
    properties = {
        "full" if schema == "Address" else "name": names[:1],
        "alias": names[1:],
        "weakAlias": list(dict.fromkeys(naming.name for naming in named if naming.kind in _WEAK)),
        "sourceUrl": [row["iri"]],
        "country": [code.lower() for code in _values(row, "iso")],
        "notes": notes,
        **{name: _values(row, name) for name in ("latitude", "longitude") if schema == "Address"},
        "title": names[:1] if schema == "Document" else [],
        "fileName": [entity_id(row["iri"])] if schema == "Document" else [],
        "registrationNumber": _values(row, "iati_identifier") if schema in _LEGAL else [],
    }
    return _entity(row["iri"], schema, properties)


def _edge(extract: Extract, row: dict[str, Any], schemas: dict[str, str], weak: Collection[str]) -> dict[str, Any]:
    schema, ends = _link(row, schemas, weak)
    about = {
        "recordId": claims_of(row),
        "summary": ["; ".join(_summary(row))],
        "startDate": _values(row, "earliest"),
        "endDate": _values(row, "latest"),
        "publisher": [extract.sources[name]["issued_by"] for name in row["document"].split()],
        "description": [f"licence of the source: {row['licence']}"],
        "status": _values(row, "status") if schema != "Payment" else [],
    }
    return _entity(row["id"], schema, {**ends, **about})


def _link(row: dict[str, Any], schemas: dict[str, str], weak: Collection[str]) -> tuple[str, dict[str, list[str]]]:
    """Return the schema of an edge, and the properties that only this schema has."""
    start, end, role = [entity_id(row["from"])], [entity_id(row["to"])], [str(row.get("kind", row["label"]))]
    schema = _schemas()["edges"].get(row["edge"])
    if schema == "Payment" and is_money(row, weak):  # not proposed or pledged, and not a repeated claim
        projects = [iri for iri in row.get("via", "").split() if schemas.get(iri) == "Project"]
        return schema, {
            "payer": start,
            "beneficiary": end,
            "purpose": _values(row, "via_label"),
            "amount": [f"{row['amount']:.15g}"] if "amount" in row else [],
            "currency": _values(row, "currency"),
            "project": [entity_id(iri) for iri in projects],
        }
    if schema == "ProjectParticipant" and schemas.get(row["to"]) == "Project":
        return schema, {"participant": start, "project": end, "role": role}
    if schema == "Membership":
        return schema, {"member": start, "organization": end, "role": role}
    return "UnknownLink", {"subject": start, "object": end, "role": [row["label"]]}


def _summary(row: dict[str, Any]) -> list[str]:
    """Return what has no property: kind, modality, place, shared amounts, repeated and contradicting claims."""
    parts = [row["label"], *([row["kind"]] if "kind" in row else []), row["modality"]]
    parts += [f"said at {row['said_at']}"] if "said_at" in row else []
    if "shared_by" in row:
        parts.append(f"one amount for {row['shared_by']}: {row['shared_amount']:.15g} {row['currency']}")
    parts += [f"repeats {row['restates']}"] if "restates" in row else []
    parts += [f"counted as {row['counts_as']}"] if "counts_as" in row else []
    return parts + ([f"contradicted by {row['contradicts']}"] if "contradicts" in row else [])


def _values(row: Mapping[str, Any], name: str) -> list[str]:
    return [str(row[name])] if name in row else []


def _entity(iri: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    return {"id": entity_id(iri), "schema": schema, "properties": {name: v for name, v in properties.items() if v}}
