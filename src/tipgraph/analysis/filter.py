"""The filter that networks, exports and the server share. Its fields are the parameters of all of them.

Decision: docs/decisions/0039-how-claims-become-links.md.
"""

from dataclasses import Field, dataclass, field, fields
from typing import Any, Final, TypeVar

from tipgraph.errors import BadValue

T = TypeVar("T")
_KINDS: Final = {(): "list", "": "text", False: "flag", None: "number"}  # of a part, by its default


def _part(name: str, value: str, words: str, *, default: T) -> T:
    """Return a field with its name for people, a word for its value (a flag has none), its help text, and its kind."""
    metadata = {"name": name, "value": value, "help": words, "kind": _KINDS[default]}
    part: T = field(default=default, metadata=metadata)
    return part


@dataclass(frozen=True)
class Filter:
    """The edges of a network to keep. Every part that is given must fit. Names are short names or IRIs.

    `sources`, `statuses` and `kinds` keep edges of one of them. `start` and `end` (a year, a month or a day) keep edges
    that lie *possibly*, or with `certainly` entirely, in that time: an edge without a date is possible, never certain.
    `place` keeps what concerns a place or a part of it, `topic` what is about a project or document to which a source
    gives a topic with some words, `sector` what is in a sector by its code. `stated` leaves out what is only implied,
    `reviewed` what nobody has compared with its sentence.
    `without` leaves out the claims of a source, of a publisher, or the `self-reported` claims of a source about its own
    publisher. `focus` keeps what is within `steps` edges (by default 1) of one of its entries. Raises BadValue for a
    part without the one that it needs.

    >>> Filter(sources=("oas-cim-2005",), start="2004").words()
    {'source': 'oas-cim-2005', 'from': '2004'}
    """

    sources: tuple[str, ...] = _part("source", "SOURCE", "Keep the claims of this source.", default=())
    statuses: tuple[str, ...] = _part("status", "CODE", "Keep this status, such as held.", default=())
    kinds: tuple[str, ...] = _part("kind", "CODE", "Keep this kind of edge, such as awarded.", default=())
    start: str = _part("from", "DATE", "Keep claims that may date from this date or later.", default="")
    end: str = _part("to", "DATE", "Keep claims that may date from this date or earlier.", default="")
    certainly: bool = _part(
        "certainly", "", "With --from and --to: keep only dates that are certainly in between.", default=False
    )
    place: str = _part("in", "PLACE", "Keep claims about this place or a part of it.", default="")
    topic: str = _part(
        "topic", "WORDS", "Keep claims about projects and documents whose topic has these words.", default=""
    )
    sector: str = _part("sector", "CODE", "Keep claims about projects or payments in this sector.", default="")
    stated: bool = _part("stated", "", "Keep stated claims, and leave out implied ones.", default=False)
    reviewed: bool = _part(
        "reviewed", "", "Keep claims that somebody has compared with their sentences.", default=False
    )
    without: tuple[str, ...] = _part(
        "without", "SOURCE", "Leave out a source, a publisher, or `self-reported` claims.", default=()
    )
    focus: tuple[str, ...] = _part("focus", "THING", "Keep the surroundings of this entry.", default=())
    steps: int | None = _part("steps", "N", "With --focus: the distance in edges (else 1).", default=None)

    def __post_init__(self) -> None:
        if self.steps is not None and not self.focus:
            raise BadValue("steps lead from a focus; name it, or leave the steps out")
        if self.steps is not None and self.steps < 1:
            raise BadValue(f"{self.steps} steps lead nowhere; take 1 or more")
        if self.certainly and not (self.start or self.end):
            raise BadValue("certainly belongs to a time; say from when or to when")

    def words(self) -> dict[str, str]:
        """Return the parts that are given, by their names for people."""
        return {
            name: _worded(getattr(self, part.name))
            for name, part in FILTER_PARTS.items()
            if getattr(self, part.name) != part.default
        }


FILTER_PARTS: dict[str, Field[Any]] = {part.metadata["name"]: part for part in fields(Filter)}


def _worded(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "yes" if value is True else str(value)
