"""The status, dates and kind that claims without their own take from the reports of their undertakings.

Decision: docs/decisions/0041-a-claim-inherits-dates-and-status.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from tipgraph.model import data_name, tip

Values: TypeAlias = dict[str, list[str]]
"""The values of a claim by the IRI of their property, sorted."""

DATES: Final = {"date": tip.date, "earliest": tip.earliest, "latest": tip.latest}
_CODES: Final = {"status": tip.status, "kind": tip.undertakingKind}


class _Saying(NamedTuple):
    """What a claim says about an undertaking, by attribute; a date that is absent is open."""

    source: str
    is_stated: bool
    values: Mapping[str, list[str]]


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
            values = {
                name: [notations.get(value, value) for value in claim[term]]
                for name, term in {**DATES, **_CODES}.items()
                if term in claim
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
            dated = [_telling(reports, DATES, source) for reports in each]
            self._known[key] = {
                "status": _inherited("status", [_telling(reports, ["status"], source) for reports in each]),
                "kind": _inherited("kind", [_telling(reports, ["kind"]) for reports in each]),
                **{name: _inherited(name, dated, choose) for name, choose in _CHOSEN.items()},
            }
        return self._known[key]


def _telling(reports: Iterable[_Saying], names: Iterable[str], source: str = "") -> list[_Saying]:
    """Return the reports that say one of some things: those of a source itself, if there are any, else all."""
    telling = [report for report in reports if not report.values.keys().isdisjoint(names)]
    return [report for report in telling if report.source == source] or telling


def _inherited(
    name: str, reports: Sequence[Iterable[_Saying]], choose: Callable[[Iterable[str]], str] | None = None
) -> Inherited:
    """Return all values in the reports of each undertaking, or the one to `choose` if none of them is open."""
    stated: dict[str, bool] = {}
    for report in (report for of in reports for report in of):
        for value in report.values.get(name, [""]):
            stated[value] = stated.get(value, False) or report.is_stated
    if choose is None:
        return Inherited(" ".join(sorted(stated)), not all(stated.values()))
    value = "" if "" in stated or not all(reports) else choose(stated)
    return Inherited(value, not stated.get(value, False))


def _only(values: Iterable[str]) -> str:
    """Return a value that is the only one, else none."""
    known = list(values)
    return known[0] if len(known) == 1 else ""


_CHOSEN: Final[Mapping[str, Callable[[Iterable[str]], str]]] = {"earliest": min, "latest": max, "date": _only}
