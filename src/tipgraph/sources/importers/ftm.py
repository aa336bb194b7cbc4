"""Entities of FollowTheMoney, one JSON object on each line: organizations, projects, payments, events, memberships.

Natural persons, and links between them and others, are refused and counted. A LegalEntity may be a person, and is left
out too. Documents of investigations are no claims about actors.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from tipgraph.sources.importers.cell_values import CurrencyError, currencies, day, interval, money
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import MONEY, RowBuilder

_ENTRIES = {
    "Organization": ("actors", "Organization", ""),
    "Company": ("actors", "Organization", ""),
    "PublicBody": ("actors", "GovernmentBody", "public-institution"),
    "Project": ("undertakings", "Project", ""),
    "Event": ("undertakings", "Event", ""),
}
_ACTORS = ("Organization", "Company", "PublicBody")
_UNDERTAKINGS = ("Project", "Event")
_PERSONS = frozenset({"Person", "LegalEntity"})
_MEMBERS = frozenset({"body-of", "member-of", "organ-of", "represents", "unit-of"})
_MOST_PAIRS = 10_000  # links of one entity: more is no list by people
Entity = Mapping[str, Any]

_NAMES = {  # properties with names, and their kinds
    "name": "name", "alias": "name", "previousName": "name", "abbreviation": "acronym", "weakAlias": "misspelling",
    "registrationNumber": "number", "projectId": "number",
}  # fmt: skip


def read(builder: RowBuilder, records: Records) -> None:
    """Read each entity with terms in the ontology; entities that it names may come before or after it."""
    lines = list(records)
    parsed = {record.number: _entity(record.text) for record in lines}
    entities = sorted(filter(None, parsed.values()), key=_is_person)
    known = {entity["id"]: entity for entity in entities}  # persons last: they replace others with their id
    for record in builder.each(lines):
        entity = parsed[record.number]
        if entity is None:
            builder.fault(
                "is no entity: a JSON object with id, schema and properties; it was left out", lost="entities"
            )
            builder.skip("unread", "no entities")
            continue
        schema = known[entity["id"]]["schema"]
        if schema in _PERSONS or (schema not in _ENTRIES and _names_person(entity, known)):
            builder.skip("refused", "natural persons, possible persons, and their links")
        elif schema in _ENTRIES:
            _entry(builder, entity, known)
        elif schema in _LINKS:
            _LINKS[schema](_Link(builder, entity, known))
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
        text.encode("utf-8")
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


def _reference(builder: RowBuilder, entity: Entity) -> str:
    """Return the reference of an entity, and write its row the first time."""
    table, cls, kind = _ENTRIES[entity["schema"]]
    names = _values(entity, "name") or [entity["id"]]
    return builder.entry(table, entity["id"], names[0], type=cls, actorKind=kind)


def _entry(builder: RowBuilder, entity: Entity, known: Mapping[str, Entity]) -> None:
    entry = _reference(builder, entity)
    for name, kind in _NAMES.items():
        for value in _values(entity, name):
            builder.name(entry, value, kind)
    if not _values(entity, "name"):
        builder.name(entry, entity["id"], "number")
    places = [place for code in _values(entity, "country") if (place := _country(builder, code))]
    if entity["schema"] in _UNDERTAKINGS:
        builder.claim("undertaking-reports", undertaking=entry, place=places, date=_date(builder, entity))
        _participants(builder, entity, entry, known)
    else:
        for place in places:
            builder.claim("affiliations", affiliate=entry, place=place, affiliationKind="based-in")


def _participants(builder: RowBuilder, entity: Entity, entry: str, known: Mapping[str, Entity]) -> None:
    for role, name in (("organizer", "organizer"), ("participant", "involved")):
        for value in _values(entity, name):
            if known.get(value, {}).get("schema") in _ACTORS:
                actor = _reference(builder, known[value])
                builder.claim("participations", participant=actor, undertaking=entry, role=role)


def _country(builder: RowBuilder, code: str) -> str:
    """Return the place of a two-letter code, which FollowTheMoney writes in lower case."""
    place = builder.countries.by_code(code.upper())
    if not place:
        builder.report.unresolved[code] += 1
    return f"reference/places/{place}" if place else ""


class _Link:
    """An entity that links others."""

    def __init__(self, builder: RowBuilder, entity: Entity, known: Mapping[str, Entity]) -> None:
        self.builder, self.entity = builder, entity
        self._known = known

    def ends(self, name: str, schemas: Iterable[str]) -> list[str]:
        """Return the references of the entities in a property; add a fault for others."""
        references = []
        for value in _values(self.entity, name):
            schema = self._known.get(value, {}).get("schema")
            if schema and schema in schemas:
                references.append(_reference(self.builder, self._known[value]))
            else:
                reason = f"is a {schema}" if schema else "is not in the file"
                self.builder.fault(f"names {value!r}, which {reason}; left out", name)
        return references

    def first(self, name: str) -> str:
        """Return the first value of a property."""
        return next(iter(_values(self.entity, name)), "")

    def code(self, name: str, scheme: str) -> str:
        """Return the code of the first value of a property, a notation or a label; an empty string for neither."""
        return self.builder.ontology.coded(scheme, self.first(name).casefold())

    def pairs(self, left: list[str], right: list[str]) -> Iterable[tuple[str, str]]:
        """Return each pair of two sides; skip the entity if they are empty or too many."""
        if not (left and right):
            self.builder.skip("unread", "links that name no entity of the file")
        elif len(left) * len(right) > _MOST_PAIRS:
            message = f"links {len(left):,} to {len(right):,}, more than {_MOST_PAIRS:,} pairs; left out"
            self.builder.fault(message, lost="links")
            self.builder.skip("unread", "links of too many to too many")
            return []
        return product(left, right)


def _payment(link: _Link) -> None:
    givers, receivers = link.ends("payer", _ACTORS), link.ends("beneficiary", _ACTORS)
    projects = link.ends("project", _UNDERTAKINGS)
    if not (receivers or projects):
        link.builder.skip("unread", "payments to nobody")
        return
    link.builder.claim("funding", giver=givers, receiver=receivers, purpose=projects, moneyKind="disbursed",
                       date=_date(link.builder, link.entity), **_money(link))  # fmt: skip


def _money(link: _Link) -> dict[str, str]:
    """Return the amount in its own currency, else in euros or dollars; a note has the other figures."""
    figures = [(name, link.first(name), currency) for name, currency in
               (("amount", link.first("currency")), ("amountEur", "EUR"), ("amountUsd", "USD"))]  # fmt: skip
    amounts = [(value, printed, currency) for name, printed, currency in figures
               if printed and (value := _amount(link, name, printed, currency))]  # fmt: skip
    if not amounts:
        return {}
    value, printed, currency = amounts[0]
    others = [f"{other} {number}" for _, number, other in amounts[1:] if other != currency]
    note = f"the file also says {' and '.join(others)}" if others else ""
    return {"amount": value, "currency": currency, "amountAsPrinted": printed, "note": note}


def _amount(link: _Link, name: str, printed: str, currency: str) -> str:
    """Return an amount; an empty string and a fault for one that cannot be read or has no currency."""
    try:
        return money(printed, currency, currencies(link.builder.ontology))
    except ValueError as error:
        column = "currency" if isinstance(error, CurrencyError) else name
        link.builder.fault(f"{error}; the payment was imported without this amount", column, lost=MONEY)
        return ""


def _participant(link: _Link) -> None:
    role, when = link.code("role", "role"), _date(link.builder, link.entity)
    for actor, project in link.pairs(link.ends("participant", _ACTORS), link.ends("project", _UNDERTAKINGS)):
        link.builder.claim("participations", participant=actor, undertaking=project, date=when,
                           role=role or "participant")  # fmt: skip


def _membership(link: _Link) -> None:
    role, when = link.code("role", "affiliation-kind"), _date(link.builder, link.entity)
    for member, organization in link.pairs(link.ends("member", _ACTORS), link.ends("organization", _ACTORS)):
        link.builder.claim("affiliations", affiliate=member, organization=organization, date=when,
                           affiliationKind=role if role in _MEMBERS else "member-of")  # fmt: skip


_LINKS = {"Payment": _payment, "ProjectParticipant": _participant, "Membership": _membership}


def _date(builder: RowBuilder, entity: Entity) -> str:
    """Return the day, or the first and last day, in EDTF; an empty string for none."""
    ends = []
    for name in ("date", "startDate", "endDate"):
        value = next(iter(_values(entity, name)), "")
        try:
            ends.append(day(value) if len(value) > len("2004-11") else value)
        except ValueError as error:
            ends.append("")
            builder.fault(str(error), name)
    single, first, last = ends
    return single or interval(first, last)


READER = Reader("ftm", "Entities of FollowTheMoney, one on each line, without natural persons.", "lines", "json", read)
