"""The claims that a model may answer with: a table and some of its columns, as a JSON schema.

Every column is in each claim, empty where the sentence does not say it, since servers fill such schemas best.
"""

from collections.abc import Mapping
from typing import Any, Final

from tipgraph.model import Column, Ontology

ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "participations": ("participant", "undertaking", "role", "status"),
    "undertaking-reports": ("undertaking", "place", "date", "status"),
    "funding": ("giver", "receiver", "channel", "purpose", "amountAsPrinted", "date"),
    "partnerships": ("partner", "undertaking", "date"),
    "affiliations": ("affiliate", "organization", "affiliationKind"),
    "route-reports": ("origin", "destination"),
    "publication-reports": ("document", "author", "publisher", "date"),
    "mandates": ("document", "mandator", "addressee"),
}
"""The columns of each table that a model fills; a person fills others."""

_LONGEST_QUOTE, _LONGEST_NAME, _MOST_NAMES, _MOST_CLAIMS = 600, 160, 6, 8


def asked_columns(terms: Ontology, table: str) -> dict[str, Column]:
    """Return the columns of a table that a model fills, by name."""
    columns = terms.columns(terms.tables[table])
    return {name: columns[name] for name in ASKED[table]}


def answer_schema(terms: Ontology) -> dict[str, Any]:
    """Return the JSON schema of an answer: a list of claims, each of one of the kinds."""
    kinds = [_record(_claim(terms, table)) for table in ASKED]
    claims = {"type": "array", "maxItems": _MOST_CLAIMS, "items": {"anyOf": kinds}}
    return _record({"claims": claims})


def _claim(terms: Ontology, table: str) -> dict[str, Any]:
    parts = {name: _part(terms, column) for name, column in asked_columns(terms, table).items()}
    return {"kind": {"const": table}, "quote": _text(_LONGEST_QUOTE), **parts}


def _part(terms: Ontology, column: Column) -> dict[str, Any]:
    if column.scheme:
        return {"enum": ["", *sorted(terms.codes[column.scheme])]}
    if column.many:
        return {"type": "array", "maxItems": _MOST_NAMES, "items": _text(_LONGEST_NAME)}
    return _text(_LONGEST_NAME)


def _text(longest: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest}


def _record(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}
