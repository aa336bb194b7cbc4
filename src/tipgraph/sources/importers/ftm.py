"""Entities of FollowTheMoney, one JSON object on each line: organizations, projects, payments, events, memberships.

Natural persons, and links between them and others, are refused and counted. A LegalEntity may be a person, and is left
out too. Documents of investigations are no claims about actors.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import Any

from tipgraph.sources.importers.cell_values import CurrencyError, currencies, day, interval, money
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import MONEY, Cell, RowBuilder

_ENTRIES = {  # schemas with their tables, our classes and kinds of actors
    "Organization": ("actors", "Organization", ""),
    "Company": ("actors", "Organization", ""),
    "PublicBody": ("actors", "GovernmentBody", "public-institution"),
    "Project": ("undertakings", "Project", ""),
    "Event": ("undertakings", "Event", ""),
}
_ACTORS, _UNDERTAKINGS = ("Organization", "Company", "PublicBody"), ("Project", "Event")
_PERSONS = frozenset({"Person", "LegalEntity"})
_NAMES = {  # properties with names, and their kinds
    "name": "name", "alias": "name", "previousName": "name", "abbreviation": "acronym", "weakAlias": "misspelling",
    "registrationNumber": "number", "projectId": "number",
}  # fmt: skip
_LINKS = {  # schemas with the two properties whose entities they link, our table and columns, and our list of codes
    "ProjectParticipant": (
        ("participant", _ACTORS, "participant"), ("project", _UNDERTAKINGS, "undertaking"), "participations", "role",
    ),
    "Membership": (
        ("member", _ACTORS, "affiliate"), ("organization", _ACTORS, "organization"), "affiliations", "affiliation-kind",
    ),
}  # fmt: skip
_ROLES = {"organizer": "organizer", "involved": "participant"}  # of an event
_READ = frozenset({*_NAMES, *_ROLES, "country", "date", "startDate", "endDate"})
_MEMBERS = frozenset({"body-of", "member-of", "organ-of", "represents", "unit-of"})
_MOST_PAIRS = 10_000  # links of one entity: more is no list by people
Entity = Mapping[str, Any]


def read(builder: RowBuilder, records: Records) -> None:
    """Read each entity with terms in the ontology; entities that it names may come before or after it."""
    parsed = {record.number: _entity(record.text) for record in records}
    entities = sorted(filter(None, parsed.values()), key=_is_person)
    known = {entity["id"]: entity for entity in entities}  # persons last: they replace others with their id
    reading = _Entities(builder, known)
    for record in builder.each(records):
        entity = parsed[record.number]
        if entity is None:
            message = "is no entity: a JSON object with id, schema and properties; it was left out"
            builder.fault(message, lost="entities")
            builder.skip("unread", "no entities")
            continue
        schema = known[entity["id"]]["schema"]
        if schema in _PERSONS or (schema not in _ENTRIES and _names_person(entity, known)):
            builder.skip("refused", "natural persons, possible persons, and their links")
        elif schema in _ENTRIES:
            builder.report.unread.update(f"{schema}/{name}" for name in entity["properties"] if name not in _READ)
            reading.entry(entity)
        elif schema in _LINKS:
            reading.link(entity, *_LINKS[schema])
        elif schema == "Payment":
            reading.payment(entity)
        else:
            builder.skip("unread", f"{schema}: no terms in the ontology")


def _is_person(entity: Entity) -> bool:
    return entity["schema"] in _PERSONS


def _names_person(entity: Entity, known: Mapping[str, Entity]) -> bool:
    values = (value for name in entity["properties"] for value in _values(entity, name))
    return any(value in known and _is_person(known[value]) for value in values)


def _entity(text: str) -> Entity | None:
    try:
        entity = json.loads(text)
        json.dumps(entity, ensure_ascii=False).encode("utf-8")  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        return None
    if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict):
        return None
    has_keys = all(isinstance(entity.get(key), str) and entity[key].strip() for key in ("id", "schema"))
    lists = all(isinstance(value, list) for value in entity["properties"].values())
    return entity if has_keys and lists else None


def _values(entity: Entity, name: str) -> list[str]:
    return [value for value in entity["properties"].get(name, []) if isinstance(value, str) and value.strip()]


def _first(entity: Entity, name: str) -> str:
    return next(iter(_values(entity, name)), "")


class _Entities:
    """Reads the entities of one file."""

    def __init__(self, builder: RowBuilder, known: Mapping[str, Entity]) -> None:
        self._builder, self._known = builder, known

    def entry(self, entity: Entity) -> None:
        """Claim names and places of an entry, and the dates and participants of an undertaking."""
        builder, entry = self._builder, self._reference(entity)
        for name, kind in _NAMES.items():
            for value in _values(entity, name):
                builder.name(entry, value, kind)
        builder.name(entry, "" if _values(entity, "name") else entity["id"], "number")
        codes = _values(entity, "country")  # in lower case
        places = list(filter(None, (builder.place_of_code(code.upper(), written=code) for code in codes)))
        if entity["schema"] in _ACTORS:
            for place in places:
                builder.claim("affiliations", affiliate=entry, place=place, affiliationKind="based-in")
            return
        builder.claim("undertaking-reports", undertaking=entry, place=places, date=self._date(entity))
        named = [(role, self._known.get(value)) for name, role in _ROLES.items() for value in _values(entity, name)]
        for role, other in named:
            if other and other["schema"] in _ACTORS:
                builder.claim("participations", participant=self._reference(other), undertaking=entry, role=role)

    def link(
        self, entity: Entity, left: tuple[str, Collection[str], str], right: tuple[str, Collection[str], str],
        table: str, scheme: str,
    ) -> None:  # fmt: skip
        """Claim a link of each entity in a property with each one in another."""
        builder = self._builder
        code, date = builder.ontology.coded(scheme, _first(entity, "role").casefold()), self._date(entity)
        ends = [list(self._ends(entity, name, schemas)) for name, schemas, _ in (left, right)]
        number = len(ends[0]) * len(ends[1])
        if number > _MOST_PAIRS:
            counts = " to ".join(f"{len(end):,}" for end in ends)
            builder.fault(f"links {counts}, more than {_MOST_PAIRS:,} pairs; left out", lost="links")
        if not 0 < number <= _MOST_PAIRS:
            reason = "links of too many to too many" if number else "links that name no entity of the file"
            builder.skip("unread", reason)
            return
        kind = {"role": code or "participant"}
        if table == "affiliations":
            kind = {"affiliationKind": code if code in _MEMBERS else "member-of"}
        for one, other in product(*ends):
            builder.claim(table, **{left[2]: one, right[2]: other}, date=date, **kind)

    def payment(self, entity: Entity) -> None:
        """Claim a payment with its amount in its own currency, else in euros or dollars."""
        properties = (("payer", _ACTORS), ("beneficiary", _ACTORS), ("project", _UNDERTAKINGS))
        givers, receivers, projects = (list(self._ends(entity, *one)) for one in properties)
        if not (receivers or projects):
            self._builder.skip("unread", "payments to nobody")
            return
        self._builder.claim("funding", giver=givers, receiver=receivers, purpose=projects, moneyKind="disbursed",
                            date=self._date(entity), **self._money(entity))  # fmt: skip

    def _money(self, entity: Entity) -> dict[str, Cell]:
        """Return the amount in its own currency, else in euros or dollars; a note has the other figures."""
        known, amounts = currencies(self._builder.ontology), list[tuple[str, str, str]]()
        figures = (("amount", _first(entity, "currency")), ("amountEur", "EUR"), ("amountUsd", "USD"))
        for name, currency in figures:
            try:
                if printed := _first(entity, name):
                    amounts.append((money(printed, currency, known), printed, currency))
            except ValueError as error:
                column = "currency" if isinstance(error, CurrencyError) else name
                self._builder.fault(f"{error}; the payment was imported without this amount", column, lost=MONEY)
        if not amounts:
            return {}
        value, printed, currency = amounts[0]
        others = [f"{other} {number}" for _, number, other in amounts[1:] if other != currency]
        note = f"the file also says {' and '.join(others)}" if others else ""
        return {"amount": value, "currency": currency, "amountAsPrinted": printed, "note": note}

    def _reference(self, entity: Entity) -> str:
        """Return the reference of an entity, and write its row the first time."""
        table, cls, kind = _ENTRIES[entity["schema"]]
        return self._builder.entry(
            table, entity["id"], _first(entity, "name") or entity["id"], type=cls, actorKind=kind
        )

    def _ends(self, entity: Entity, name: str, schemas: Collection[str]) -> Iterator[str]:
        """Yield the references of the entities in a property; add a fault for others."""
        for value in _values(entity, name):
            schema = self._known.get(value, {}).get("schema", "")
            if schema in schemas:
                yield self._reference(self._known[value])
            else:
                reason = f"is a {schema}" if schema else "is not in the file"
                self._builder.fault(f"names {value!r}, which {reason}; left out", name)

    def _date(self, entity: Entity) -> str:
        """Return the day, or the first and last day, in EDTF; an empty string for none."""
        ends = []
        for name in ("date", "startDate", "endDate"):
            value = _first(entity, name)
            try:
                ends.append(day(value) if len(value) > len("2004-11") else value)
            except ValueError as error:
                ends.append("")
                self._builder.fault(str(error), name)
        return ends[0] or interval(ends[1], ends[2])


_SUMMARY = "Entities of FollowTheMoney, one on each line, without natural persons."
READERS = (Reader("ftm", _SUMMARY, "lines", "json", read),)
