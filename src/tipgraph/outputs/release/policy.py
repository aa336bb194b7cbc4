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

from tipgraph.analysis import SMALL
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
_COARSER: Final = {"place": ("country",), "dates": ("year", "month")}
_ALWAYS: Final = {"what": str, "reason": str, "because": str, "review": date}
_OWN: Final[Mapping[str, Mapping[str, type]]] = {
    "withhold": {},
    "rename": {"to": str, "to@es": str},
    "coarsen": {"place": str, "dates": str},
}
_LEAST: Final = {"withhold": (), "rename": ("to",), "coarsen": ()}
_LONGEST: Final = 500
_MOST: Final = 1 << 20  # bytes of a policy
K: Final = SMALL
BASES: Final = ("detected", "estimated", "not-stated")


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
    reading = _PolicyReading(file)
    policy = reading.policy(written)
    if reading.faults:
        raise InputError(reading.faults)
    return policy


class _PolicyReading:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def policy(self, written: Mapping[str, Any]) -> Policy:
        known = {"sources", "counts", *_OWN}
        for key in written.keys() - known:
            self._fault(key, f"is not part of a policy; the parts are {', '.join(sorted(known))}")
        sources, counts = self._table(written, "sources"), self._table(written, "counts")
        for key, value in sources.items():
            if value not in SHOWING:
                self._fault(f"sources.{key}", f"{value!r} is not one of {', '.join(SHOWING)}")
        for key in counts.keys() - {"k", "exempt"}:
            self._fault(f"counts.{key}", 'is not a setting; write k = 11, or exempt = ["estimated"]')
        k = self._smallest_count(counts)
        entries = tuple(entry for kind in _OWN for entry in self._entries(kind, written.get(kind, [])))
        showing = {name: str(value) for name, value in sources.items() if name != "default"}
        default = str(sources.get("default", "locators"))
        return Policy(showing, default, k, entries, self._exempt(counts), self.file)

    def _smallest_count(self, counts: Mapping[str, Any]) -> int:
        k = counts.get("k", K)
        if isinstance(k, int) and not isinstance(k, bool) and k >= 1:
            return k
        self._fault("counts.k", f"{k!r} is not a whole number from 1; 1 withholds no count")
        return K

    def _exempt(self, counts: Mapping[str, Any]) -> tuple[str, ...]:
        exempt = counts.get("exempt", [])
        if isinstance(exempt, list) and all(basis in BASES for basis in exempt):
            return tuple(exempt)
        self._fault("counts.exempt", f"{exempt!r} is not a list of {', '.join(BASES)}")
        return ()

    def _table(self, written: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        table = written.get(name, {})
        if isinstance(table, dict):
            return table
        self._fault(name, f"is not a table; write [{name}] and its lines below")
        return {}

    def _entries(self, kind: str, written: Any) -> Iterator[PolicyEntry]:
        if not isinstance(written, list):
            self._fault(kind, f"is not a list of entries; write [[{kind}]] above each")
            return
        for number, entry in enumerate(written, 1):
            before, where = len(self.faults), f"{kind} {number}"
            if not isinstance(entry, dict):
                self._fault(where, f"is not an entry; write [[{kind}]] above it")
                continue
            self._check(where, kind, entry)
            if len(self.faults) == before:
                label = {name.partition("@")[2] or "en": entry[name] for name in ("to", "to@es") if name in entry}
                yield PolicyEntry(kind, entry["what"], entry["reason"], entry["review"], where, label,
                            entry.get("place", ""), entry.get("dates", ""))  # fmt: skip

    def _check(self, where: str, kind: str, entry: Mapping[str, Any]) -> None:
        types = {**_ALWAYS, **_OWN[kind]}
        for name in entry.keys() - types.keys():
            self._fault(f"{where}, {name}", f"is not a field; an entry has {', '.join(types)}")
        for name in ("what", "reason", "review", *_LEAST[kind]):
            if name not in entry:
                self._fault(f"{where}, {name}", "is missing; write it")
        self._check_texts(where, entry, types)
        if isinstance(entry.get("reason"), str) and entry["reason"] not in REASONS:
            self._fault(f"{where}, reason", f"{entry['reason']!r} is not a reason; they are {', '.join(REASONS)}")
        if kind == "coarsen":
            self._check_coarser(where, entry)

    def _check_texts(self, where: str, entry: Mapping[str, Any], types: Mapping[str, type]) -> None:
        for name, kind in types.items():
            if name in entry and (type(entry[name]) is not kind or (kind is str and not entry[name].strip())):
                like = "a day, as 2027-06-01 without quotation marks" if kind is date else "a text"
                self._fault(f"{where}, {name}", f"{entry[name]!r} is not {like}")
            elif isinstance(entry.get(name), str) and (
                len(entry[name]) > _LONGEST or visible(entry[name]) != entry[name]
            ):
                self._fault(f"{where}, {name}", f"is longer than {_LONGEST} letters, or has invisible ones")

    def _check_coarser(self, where: str, entry: Mapping[str, Any]) -> None:
        for name, values in _COARSER.items():
            if isinstance(entry.get(name), str) and entry[name] not in values:
                self._fault(f"{where}, {name}", f"{entry[name]!r} is not one of {', '.join(values)}")
        if len(entry.keys() & _COARSER.keys()) != 1:
            self._fault(where, 'does not say what becomes coarser; write place = "country" or dates = "year"')

    def _fault(self, column: str, message: str) -> None:
        self.faults.append(Fault(message, self.file, None, column))
