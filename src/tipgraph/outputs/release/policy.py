"""The policy of a release: a TOML file that a person writes.

- `[sources]`: whether each source is shown with `words`, with `locators` only, or not at all (`none`); `default`
- `[counts]`: `k`, and `exempt`, the bases of counts to which k does not apply
- `[[withhold]]`, `[[rename]]`, `[[coarsen]]`: entries, each with a thing or claim, a reason, and a day to review it

docs/how-to/release-safely.md has a full example.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from tipgraph.analysis import SMALL as K
from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import read_text, visible

SHOWING: Final = ("words", "locators", "none")
REASONS: Final = {
    "safety": "showing it could harm somebody",
    "request": "those whom it is about asked for it",
    "agreement": "it was given under the promise not to pass it on",
    "licence": "its licence does not let us",
    "doubt": "it may be wrong",
}
_BASES: Final = ("detected", "estimated", "not-stated")
_NEEDED: Final = {"withhold": (), "rename": ("to",), "coarsen": ()}
_FIELDS: Final[Mapping[str, Mapping[str, type]]] = {
    kind: {"what": str, "reason": str, "because": str, "review": date, **dict.fromkeys(own, str)}
    for kind, own in (("withhold", ()), ("rename", ("to", "to@es")), ("coarsen", ("place", "dates")))
}
_VALUES: Final = {"reason": tuple(REASONS), "place": ("country",), "dates": ("year", "month")}
_MOST: Final = 1 << 20  # bytes of a policy


@dataclass(frozen=True)
class PolicyEntry:
    """An entry of a policy: the thing or claim, the reason, the day to review it, and what is done."""

    kind: str
    what: str
    reason: str
    review: date
    where: str
    label: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    dates: str = ""


@dataclass(frozen=True)
class Policy:
    """A policy: how sources are shown, the smallest count of people that is shown, and entries.

    A small count stays if its basis is one of `exempt`.
    """

    showing: Mapping[str, str] = field(default_factory=dict)
    default: str = "locators"
    k: int = K
    entries: tuple[PolicyEntry, ...] = ()
    exempt: tuple[str, ...] = ()
    file: str = ""

    def shown(self, source: str) -> str:
        """Return how a source is shown: `words`, `locators` or `none`."""
        return self.showing.get(source, self.default)

    def due(self, today: date) -> list[PolicyEntry]:
        """Return the entries whose day of review has come."""
        return [entry for entry in self.entries if entry.review <= today]


def read_policy(path: Path) -> Policy:
    """Read a policy; raise InputError with all of its faults."""
    file = shown(path)
    try:
        written = tomllib.loads(read_text(path, _MOST))
    except OSError as error:
        raise InputError([Fault(f"cannot be read: {error.strerror}; name a policy", file)]) from error
    except (ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise InputError([Fault(f"is not TOML: {error}", file, int(line[1]) if line else None)]) from error
    if faults := [Fault(message, file, None, where) for where, message in _faults(written)]:
        raise InputError(faults)
    showing, counts = dict(written.get("sources", {})), written.get("counts", {})
    entries = [_entry(kind, where, cells) for kind, where, cells in _entries(written)]
    default, exempt = showing.pop("default", "locators"), tuple(counts.get("exempt", ()))
    return Policy(showing, default, counts.get("k", K), tuple(entries), exempt, file)


def _entries(written: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for kind in _FIELDS:
        yield from ((kind, f"{kind} {number}", cells) for number, cells in enumerate(written.get(kind, []), 1))


def _entry(kind: str, where: str, cells: Mapping[str, Any]) -> PolicyEntry:
    label = {name.partition("@")[2] or "en": cells[name] for name in ("to", "to@es") if name in cells}
    coarser = (cells.get(name, "") for name in ("place", "dates"))
    return PolicyEntry(kind, cells["what"], cells["reason"], cells["review"], where, label, *coarser)


def _faults(written: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each wrong place of a policy with what to do."""
    known = {"sources": dict, "counts": dict, **dict.fromkeys(_FIELDS, list)}
    for key, part in written.items():
        if key not in known:
            yield key, f"is not part of a policy; the parts are {', '.join(sorted(known))}"
        elif not isinstance(part, known[key]) or (
            key in _FIELDS and not all(isinstance(cells, dict) for cells in part)
        ):
            yield key, f"is not written so; write {f'[[{key}]]' if key in _FIELDS else f'[{key}]'} and its lines below"
            return
    for key, value in written.get("sources", {}).items():
        if value not in SHOWING:
            yield f"sources.{key}", f"{value!r} is not one of {', '.join(SHOWING)}"
    yield from _count_faults({"k": K, "exempt": [], **written.get("counts", {})})
    for kind, where, cells in _entries(written):
        yield from ((f"{where}, {name}" if name else where, message) for name, message in _entry_faults(kind, cells))


def _count_faults(counts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if type(counts["k"]) is not int or counts["k"] < 1:
        yield "counts.k", f"{counts['k']!r} is not a whole number from 1; 1 withholds no count"
    if not isinstance(counts["exempt"], list) or any(basis not in _BASES for basis in counts["exempt"]):
        yield "counts.exempt", f"{counts['exempt']!r} is not a list of {', '.join(_BASES)}"
    for key in counts.keys() - {"k", "exempt"}:
        yield f"counts.{key}", 'is not a setting; write k = 11, or exempt = ["estimated"]'


def _entry_faults(kind: str, cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    fields = _FIELDS[kind]
    yield from (
        (name, "is missing; write it") for name in ("what", "reason", "review", *_NEEDED[kind]) if name not in cells
    )
    if kind == "coarsen" and len(cells.keys() & {"place", "dates"}) != 1:
        yield "", 'does not say what becomes coarser; write place = "country" or dates = "year"'
    for name, value in cells.items():
        if name not in fields:
            yield name, f"is not a field; an entry has {', '.join(fields)}"
        elif type(value) is not fields[name] or value == "":
            like = "a day, as 2027-06-01 without quotation marks" if fields[name] is date else "a text"
            yield name, f"{value!r} is not {like}"
        elif name in _VALUES and value not in _VALUES[name]:
            yield name, f"{value!r} is not one of {', '.join(_VALUES[name])}"
        elif isinstance(value, str) and (visible(value) != value or not value.strip()):
            yield name, "is empty, or has invisible letters"
