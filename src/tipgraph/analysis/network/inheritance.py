"""The status, dates and kind that claims without their own take from the reports of their undertakings.

Decision: docs/decisions/0041-a-claim-inherits-dates-and-status.md.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from tipgraph.model import data_name, tip

Values: TypeAlias = dict[str, list[str]]
"""The values of a claim by the IRI of their property, sorted."""

DATES: Final = {"date": tip.date, "earliest": tip.earliest, "latest": tip.latest}
_CODES: Final = {"status": tip.status, "kind": tip.undertakingKind}


class _Saying(NamedTuple):
    """What a claim says about an undertaking, by column; a date that is absent is open."""

    source: str
    is_stated: bool
    values: dict[str, list[str]]

    @property
    def is_dated(self) -> bool:
        return any(name in self.values for name in DATES)


class Inherited(NamedTuple):
    """A value that a claim may take from reports, empty if there is none, and whether no report states it."""

    value: str
    concluded: bool


class Reports:
    """The reports of undertakings that count."""

    def __init__(self, claims: Iterable[Values], notations: Mapping[str, str]) -> None:
        """Take the values of the reports."""
        self._reports: dict[str, list[_Saying]] = {}
        self._known: dict[tuple[str, ...], dict[str, Inherited]] = {}
        for claim in claims:
            values = {name: claim[term] for name, term in DATES.items() if term in claim}
            values |= {
                name: [notations[code] for code in claim[term]] for name, term in _CODES.items() if term in claim
            }
            stated = notations[claim[tip.modality][0]] == "stated"
            report = _Saying(data_name(claim[tip.source][0]), stated, values)
            for undertaking in claim.get(tip.undertaking, ()):
                self._reports.setdefault(undertaking, []).append(report)

    def about(self, undertakings: Iterable[str], source: str) -> dict[str, Inherited]:
        """Return the reported `status`, `date`, `earliest`, `latest` and `kind` of some undertakings.

        A source's own status or dates of an undertaking go before those of others. An open end leaves the end open.
        """
        key = (source, *undertakings)
        if key not in self._known:
            each = [self._reports.get(undertaking, []) for undertaking in key[1:]]
            self._known[key] = {
                "status": _every(
                    "status", [_own_first([r for r in of if "status" in r.values], source) for of in each]
                ),
                "kind": _every("kind", each),
                **_dates([_own_first([r for r in of if r.is_dated], source) for of in each]),
            }
        return self._known[key]


def _own_first(reports: list[_Saying], source: str) -> list[_Saying]:
    """Return the reports of a source itself, if there are any, else all."""
    return [report for report in reports if report.source == source] or reports


def _every(name: str, reports: Iterable[list[_Saying]]) -> Inherited:
    """Return all values of a property in the reports of each undertaking."""
    stated: dict[str, bool] = {}
    for report in (report for of in reports for report in of):
        for value in report.values.get(name, ()):
            stated[value] = stated.get(value, False) or report.is_stated
    return Inherited(" ".join(sorted(stated)), not all(stated.values()))


def _dates(reports: list[list[_Saying]]) -> dict[str, Inherited]:
    """Return the first day, the last day, and the date if there is one only, from the dated reports of undertakings."""
    chosen: dict[str, Inherited] = {}
    for name, choose in (("earliest", min), ("latest", max), ("date", _only)):
        stated: dict[str, bool] = {}
        for report in (report for of in reports for report in of):
            for value in report.values.get(name, [""]):
                stated[value] = stated.get(value, False) or report.is_stated
        is_open = not stated or "" in stated or not all(reports)
        value = "" if is_open else choose(stated)
        chosen[name] = Inherited(value, not stated.get(value, False))
    return chosen


def _only(values: Iterable[str]) -> str:
    """Return a value that is the only one, else none."""
    known = list(values)
    return known[0] if len(known) == 1 else ""
