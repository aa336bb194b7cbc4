"""Entities of FollowTheMoney, read with json alone: organizations, projects, events, and payments between them."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from .iati_rows import plain
from .nodes import Nodes
from .rows import Row, row

ACTORS = ("Organization", "Company", "PublicBody")
UNDERTAKINGS = ("Project", "Event")
PERSONS = ("Person", "LegalEntity", "Email")  # a LegalEntity may be a person, and an e-mail is somebody's


class FtmFile:
    """A file with an entity on each line."""

    def __init__(self, path: Path) -> None:
        self.entities = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        self._names = {entity["id"]: _first(entity, "name") for entity in self.entities
                       if entity["schema"] in (*ACTORS, *UNDERTAKINGS)}  # fmt: skip

    def rows(self) -> Iterator[Row]:
        """Yield a row for each entity, and one for each payment."""
        for number, entity in enumerate(self.entities, 1):
            kind = entity["schema"]
            if kind == "Payment":
                yield row("payment", (number, 0), **self._payment(entity))
            elif kind in ACTORS + UNDERTAKINGS:
                yield row("entity", (number, 0), kind="actor" if kind in ACTORS else kind, name=_first(entity, "name"))
            else:
                yield row("other entity", (number, 0), kind=kind)

    def _payment(self, entity: dict[str, Any]) -> dict[str, str]:
        amounts = (("amount", _first(entity, "currency")), ("amountEur", "EUR"), ("amountUsd", "USD"))
        given = [(_first(entity, name), currency) for name, currency in amounts if _first(entity, name) and currency]
        amount, currency = given[0] if given else ("", "")
        ends = {"giver": "payer", "receiver": "beneficiary", "purpose": "project"}
        named = {side: self._names.get(_first(entity, name), "") for side, name in ends.items()}
        return {**named, "amount": plain(Decimal(amount)) if amount else "", "currency": currency,
                "date": _first(entity, "date")}  # fmt: skip


def _first(entity: dict[str, Any], name: str) -> str:
    return next(iter(entity.get("properties", {}).get(name, [])), "")


def claimed(nodes: Nodes) -> Iterator[Row]:
    """Yield the rows of a graph."""
    for kind, classes in (
        ("actor", ("Organization", "GovernmentBody")),
        ("Project", ("Project",)),
        ("Event", ("Event",)),
    ):
        yield from (row("entity", kind=kind, name=nodes.one(entry, "label")) for entry in nodes.of(*classes))
    for claim in nodes.of("Funding"):
        ends = {side: nodes.one(claim, side) for side in ("giver", "receiver", "purpose")}
        amount = nodes.one(claim, "amount")
        yield row(
            "payment", (nodes.place(claim)[0], 0), amount=plain(Decimal(amount)) if amount else "",
            currency=nodes.one(claim, "currency"), date=nodes.one(claim, "date"),
            **{side: nodes.one(entry, "label") if entry else "" for side, entry in ends.items()},
        )  # fmt: skip


def a_person_is_refused(row: Row, _: FtmFile) -> Row | None:
    """It is a natural person, or may be one."""
    return None if row["kind"] in PERSONS else row


def an_entity_without_a_term_is_left_out(row: Row, _: FtmFile) -> Row | None:
    """It is neither an organization nor what one does or pays: a file, a page, a link that other rows hold."""
    return None if row.topic == "other entity" else row


REASONS = (a_person_is_refused, an_entity_without_a_term_is_left_out)
