"""Actors as lists name them: a name, often with its acronym in brackets behind it."""

from tipgraph.model import parted
from tipgraph.sources.importers.row_builder import At, Intake


def named_actor(intake: Intake, written: str, *at: At, kind: str = "Organization", code: str = "") -> str:
    """Return the reference of an actor by its name as written, and claim the name and its acronym."""
    name, acronym = parted(written)
    actor = intake.thing("actors", name.casefold(), name, type=kind, actorKind=code)
    intake.name(actor, name, "name", *at)
    if acronym:
        intake.name(actor, acronym, "acronym", *at)
    return actor
