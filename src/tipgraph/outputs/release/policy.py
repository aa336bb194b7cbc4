"""The policy of a release: a TOML file that a person writes.

- `[sources]`: whether each source is shown with `words`, with `locators` only, or not at all (`none`); `default`
- `[counts]`: `k`, the smallest count of people that is shown
- `[[withhold]]`, `[[rename]]`, `[[coarsen]]`: entries, each with a thing or claim, a reason, and a day to review it

docs/how-to/release-safely.md has a full example.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from tipgraph.analysis import SMALL as K
from tipgraph.errors import Fault, InputError, shown
from tipgraph.runtime import read_toml

SHOWING: Final = ("words", "locators", "none")
REASONS: Final = ("safety", "request", "agreement", "licence", "doubt")
_ENTRY: Final = {"what": str, "reason": REASONS, "because": str, "review": date}
_RENAME: Final = _ENTRY | {"to": str, "to@es": str}
_COARSEN: Final = _ENTRY | {"place": ("country",), "dates": ("year",)}
_OPTIONAL: Final = ("because", "to@es", "place", "dates")
# What each part is: by its keys, a list of entries, one of some words, or of a kind. "*" is any source.
_POLICY: Final[Mapping[str, Any]] = {
    "sources": {"*": SHOWING},
    "counts": {"k": int},
    "withhold": [_ENTRY],
    "rename": [_RENAME],
    "coarsen": [_COARSEN],
}
_KINDS: Final = {str: "a text", int: "a whole number from 1", date: "a day, as 2027-06-01 without quotation marks"}


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


@dataclass(frozen=True)
class Policy:
    """A policy: how sources are shown, the smallest count of people that is shown, and entries."""

    showing: Mapping[str, str] = field(default_factory=dict)
    default: str = "locators"
    k: int = K
    entries: tuple[PolicyEntry, ...] = ()
    file: str = ""

    def shown(self, source: str) -> str:
        """Return how a source is shown: `words`, `locators` or `none`."""
        return self.showing.get(source, self.default)

    def due(self, today: date) -> list[PolicyEntry]:
        """Return the entries whose day of review has come."""
        return [entry for entry in self.entries if entry.review <= today]


def read_policy(path: Path) -> Policy:
    """Read a policy; raise InputError with all of its faults."""
    written, file = read_toml(path), shown(path)
    if faults := [Fault(message, file, None, where) for where, message in _faults(written, _POLICY)]:
        raise InputError(faults)
    showing = dict(written.get("sources", {}))
    entries = [_entry(kind, f"{kind} {number}", cells) for kind in ("withhold", "rename", "coarsen")
               for number, cells in enumerate(written.get(kind, ()), 1)]  # fmt: skip
    default, k = showing.pop("default", "locators"), written.get("counts", {}).get("k", K)
    return Policy(showing, default, k, tuple(entries), file)


def _entry(kind: str, where: str, cells: Mapping[str, Any]) -> PolicyEntry:
    label = {name.partition("@")[2] or "en": cells[name] for name in ("to", "to@es") if name in cells}
    return PolicyEntry(kind, cells["what"], cells["reason"], cells["review"], where, label, cells.get("place", ""))


def _faults(value: object, form: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield each wrong place of a policy with what to do."""
    if isinstance(form, list) and isinstance(value, list):
        for number, cells in enumerate(value, 1):
            yield from _faults(cells, form[0], f"{where} {number}")
    elif isinstance(form, dict) and isinstance(value, dict):
        yield from _faults_of_keys(value, form, where)
    elif isinstance(form, list | dict):
        yield where, f"is not written so; write {f'[[{where}]]' if isinstance(form, list) else f'[{where}]'} above it"
    elif isinstance(form, tuple):
        yield from [(where, f"{value!r} is not one of {', '.join(form)}")] * (value not in form)
    elif type(value) is not form or not str(value).strip() or (isinstance(value, int) and value < 1):
        yield where, f"{value!r} is not {_KINDS[form]}"


def _faults_of_keys(part: Mapping[str, object], form: Mapping[str, Any], where: str) -> Iterator[tuple[str, str]]:
    before = f"{where}, " if where else ""
    for key, value in part.items():
        if key in form or "*" in form:
            yield from _faults(value, form.get(key, form.get("*")), f"{before}{key}")
        else:
            yield f"{before}{key}", f"is not known here; known are {', '.join(form)}"
    if "what" in form:
        yield from ((f"{before}{key}", "is missing; write it") for key in form if key not in {*part, *_OPTIONAL})
    if "dates" in form and len(part.keys() & {"place", "dates"}) != 1:
        yield where, 'does not say what becomes coarser; write place = "country" or dates = "year"'
