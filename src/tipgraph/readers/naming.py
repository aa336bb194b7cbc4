"""Actors as lists name them: a name, often with its acronym in brackets behind it."""

import re

from tipgraph.readers.intake import At, Intake

_WITH_ACRONYM = re.compile(r"(.+?)\s*\(([A-Z][A-Za-z0-9&/.-]{1,14})\)")


def named_actor(intake: Intake, written: str, *at: At, kind: str = "Organization", code: str = "") -> str:
    """Return the reference of an actor by its name as written, and claim the name and its acronym."""
    found = _WITH_ACRONYM.fullmatch(written)
    name = found[1] if found else written
    actor = intake.thing("actors", name.casefold(), name, type=kind, actorKind=code)
    intake.name(actor, name, "name", *at)
    if found:
        intake.name(actor, found[2], "acronym", *at)
    return actor
