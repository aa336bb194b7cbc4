"""Entities of FollowTheMoney, one JSON object on each line: organizations, projects, payments, events, memberships.

A natural person is refused and counted, and so is what ties one to others. A LegalEntity may be a person, and is left
out too. Documents and other files that investigations hold are no claims about actors.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from tipgraph.model import ontology
from tipgraph.sources.importers.currencies import currencies
from tipgraph.sources.importers.estimates_table import amount, day
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import Intake

_THINGS = {
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
_MOST_PAIRS = 10_000  # what one entity may tie: more is no list that people wrote
Entity = Mapping[str, Any]

_NAMES = {  # the properties of FollowTheMoney that name, and what kind of name each gives
    "name": "name",
    "alias": "name",
    "previousName": "name",
    "abbreviation": "acronym",
    "weakAlias": "misspelling",
    "registrationNumber": "number",
    "projectId": "number",
}


def read(intake: Intake, records: Records) -> None:
    """Take each entity that there are terms for; those that it names may stand before or after it."""
    lines = list(records)
    parsed = {record.number: _entity(record.text) for record in lines}
    known = {entity["id"]: entity for entity in parsed.values() if entity}
    known |= {entity["id"]: entity for entity in parsed.values() if entity and entity["schema"] in _PERSONS}
    for record in intake.walk(lines):
        entity = parsed[record.number]
        if entity is None:
            intake.fault("is no entity: a JSON object with id, schema and properties; it was not taken")
            intake.leave("unread", "no entities")
            continue
        schema = known[entity["id"]]["schema"]  # an id that is a person's anywhere is a person's
        people = [name for name, value in _named(entity) if known.get(value, {}).get("schema") in _PERSONS]
        if schema in _PERSONS or (people and schema not in _THINGS):
            intake.leave("refused", "natural persons, or what may be one, and what ties them to others")
        elif schema in _THINGS:
            _thing(intake, entity, known)
        elif schema in _TIES:
            _TIES[schema](_Tie(intake, entity, known))
        else:
            intake.leave("unread", f"{schema}: there are no terms for it")


def _entity(text: str) -> Entity | None:
    try:
        entity = json.loads(text)
        text.encode("utf-8")
        json.dumps(entity, ensure_ascii=False).encode("utf-8")  # half a character is no text
    except (ValueError, RecursionError):
        return None
    if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict):
        return None
    well = all(isinstance(entity.get(key), str) and entity[key].strip() for key in ("id", "schema"))
    lists = all(isinstance(value, list) for value in entity["properties"].values())
    return entity if well and lists else None


def _values(entity: Entity, name: str) -> list[str]:
    return [value for value in entity["properties"].get(name, []) if isinstance(value, str) and value.strip()]


def _named(entity: Entity) -> Iterator[tuple[str, str]]:
    for name in entity["properties"]:
        for value in _values(entity, name):
            yield name, value


def _reference(intake: Intake, entity: Entity) -> str:
    """Return the reference of a thing, and write its row when it is met first."""
    table, cls, kind = _THINGS[entity["schema"]]
    names = _values(entity, "name") or [entity["id"]]
    return intake.thing(table, entity["id"], names[0], type=cls, actorKind=kind)


def _thing(intake: Intake, entity: Entity, known: Mapping[str, Entity]) -> None:
    thing = _reference(intake, entity)
    for name, kind in _NAMES.items():
        for value in _values(entity, name):
            intake.name(thing, value, kind)
    if not _values(entity, "name"):
        intake.name(thing, entity["id"], "number")
    places = [place for code in _values(entity, "country") if (place := _country(intake, code))]
    if entity["schema"] in _UNDERTAKINGS:
        intake.claim("undertaking-reports", undertaking=thing, place=places, date=_date(intake, entity))
        _participants(intake, entity, thing, known)
    else:
        for place in places:
            intake.claim("affiliations", affiliate=thing, place=place, affiliationKind="based-in")


def _participants(intake: Intake, entity: Entity, thing: str, known: Mapping[str, Entity]) -> None:
    for role, name in (("organizer", "organizer"), ("participant", "involved")):
        for value in _values(entity, name):
            if known.get(value, {}).get("schema") in _ACTORS:
                actor = _reference(intake, known[value])
                intake.claim("participations", participant=actor, undertaking=thing, role=role)


def _country(intake: Intake, code: str) -> str:
    """Return the place of a two-letter code, which FollowTheMoney writes small."""
    found = intake.countries.coded(code.upper())
    if not found:
        intake.report.unresolved[code] += 1
    return f"reference/places/{found}" if found else ""


class _Tie:
    """An entity that ties others, with what it ties looked up."""

    def __init__(self, intake: Intake, entity: Entity, known: Mapping[str, Entity]) -> None:
        self.intake, self.entity = intake, entity
        self._known = known

    def ends(self, name: str, schemas: Iterable[str]) -> list[str]:
        """Return the references of what a property names, and list what is not in the file or of another schema."""
        found = []
        for value in _values(self.entity, name):
            schema = self._known.get(value, {}).get("schema")
            if schema and schema in schemas:
                found.append(_reference(self.intake, self._known[value]))
            else:
                why = f"is a {schema}" if schema else "is not in the file"
                self.intake.fault(f"names {value!r}, which {why}; left out", name)
        return found

    def first(self, name: str) -> str:
        """Return the first value of a property."""
        return next(iter(_values(self.entity, name)), "")

    def code(self, name: str, scheme: str) -> str:
        """Return the code that the first value of a property is, or is the label of; none where it is neither."""
        return ontology().coded(scheme, self.first(name).casefold())

    def pairs(self, left: list[str], right: list[str]) -> Iterable[tuple[str, str]]:
        """Return each of one side with each of the other; nothing, and why, where they are none or too many."""
        if not (left and right):
            self.intake.leave("unread", "ties that name nothing of the file")
        elif len(left) * len(right) > _MOST_PAIRS:
            self.intake.fault(f"ties {len(left):,} to {len(right):,}, more than {_MOST_PAIRS:,} pairs; not taken")
            self.intake.leave("unread", "ties of too many to too many")
            return []
        return product(left, right)


def _payment(tie: _Tie) -> None:
    givers, receivers = tie.ends("payer", _ACTORS), tie.ends("beneficiary", _ACTORS)
    projects = tie.ends("project", _UNDERTAKINGS)
    if not (receivers or projects):
        tie.intake.leave("unread", "payments to nobody")
        return
    tie.intake.claim("funding", giver=givers, receiver=receivers, purpose=projects, moneyKind="disbursed",
                     date=_date(tie.intake, tie.entity), **_money(tie))  # fmt: skip


def _money(tie: _Tie) -> dict[str, str]:
    """Return the amount in its own currency, else in euros or dollars; a note has the other figures of the entity."""
    figures = [(name, tie.first(name), currency) for name, currency in
               (("amount", tie.first("currency")), ("amountEur", "EUR"), ("amountUsd", "USD"))]  # fmt: skip
    found = [(value, printed, currency) for name, printed, currency in figures
             if printed and (value := _amount(tie, name, printed, currency))]  # fmt: skip
    if not found:
        return {}
    value, printed, currency = found[0]
    others = [f"{other} {number}" for _, number, other in found[1:] if other != currency]
    note = f"the file also says {' and '.join(others)}" if others else ""
    return {"amount": value, "currency": currency, "amountAsPrinted": printed, "note": note}


def _amount(tie: _Tie, name: str, printed: str, currency: str) -> str:
    """Return an amount; an empty string, and a fault, for one that cannot be read, or has no currency."""
    without = "; the payment was taken without this amount"
    try:
        value = amount(printed, ".")
    except ValueError as error:
        tie.intake.fault(f"{error}{without}", name)
        return ""
    if currency in currencies():
        return value
    wrong = f"{currency!r} is no currency of ISO 4217" if currency else f"an amount of {printed} without a currency"
    tie.intake.fault(f"{wrong}{without}: write its code, as EUR", "currency")
    return ""


def _participant(tie: _Tie) -> None:
    role, when = tie.code("role", "role"), _date(tie.intake, tie.entity)
    for actor, project in tie.pairs(tie.ends("participant", _ACTORS), tie.ends("project", _UNDERTAKINGS)):
        tie.intake.claim("participations", participant=actor, undertaking=project, date=when,
                         role=role or "participant")  # fmt: skip


def _membership(tie: _Tie) -> None:
    role, when = tie.code("role", "affiliation-kind"), _date(tie.intake, tie.entity)
    for one, whole in tie.pairs(tie.ends("member", _ACTORS), tie.ends("organization", _ACTORS)):
        tie.intake.claim("affiliations", affiliate=one, organization=whole, date=when,
                         affiliationKind=role if role in _MEMBERS else "member-of")  # fmt: skip


_TIES = {"Payment": _payment, "ProjectParticipant": _participant, "Membership": _membership}


def _date(intake: Intake, entity: Entity) -> str:
    """Return the day, or the first and last day, in EDTF; an empty string where there is none."""
    ends = []
    for name in ("date", "startDate", "endDate"):
        value = next(iter(_values(entity, name)), "")
        try:
            ends.append(day(value) if len(value) > len("2004-11") else value)
        except ValueError as error:
            ends.append("")
            intake.fault(str(error), name)
    one, first, last = ends
    if one or not (first or last):
        return one
    return first if first == last else f"{first or '..'}/{last or '..'}"


READER = Reader("ftm", "Entities of FollowTheMoney, one on each line, without natural persons.", "lines", "json", read)
