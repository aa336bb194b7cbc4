"""The status, dates and kind that claims without their own take from the reports of their undertakings.

Decision: docs/decisions/0041-a-claim-inherits-dates-and-status.md.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias

Values: TypeAlias = dict[str, list[str]]
"""The values of a claim by attribute or by the IRI of their property, sorted; codes as notations."""

DATES: Final = ("date", "earliest", "latest")


class Inherited(NamedTuple):
    """A value that a claim may take from reports, empty if there is none, and whether a report states it."""

    value: str
    stated: bool


def reported(reports: Sequence[Iterable[Values]], source: str) -> dict[str, Inherited]:
    """Return the `status`, `date`, `earliest`, `latest` and `kind` in the reports of each of some undertakings.

    A source's own status or dates of an undertaking go before those of others. An open end leaves the end open.
    """
    dated = [_telling(each, DATES, source) for each in reports]
    return {
        "status": _inherited("status", [_telling(each, ["status"], source) for each in reports], _all),
        "earliest": _inherited("earliest", dated, min),
        "latest": _inherited("latest", dated, max),
        "date": _inherited("date", dated, lambda dates: min(dates) if len(dates) == 1 else ""),
        "kind": _inherited("kind", [_telling(each, ["kind"]) for each in reports], _all),
    }


def inherit(data: dict[str, Any], reports: Mapping[str, Inherited], *, takes_kind: bool) -> None:
    """Fill in the attributes of an edge what the reports of its undertakings say.

    `inherited` names the values that are theirs, `concluded` those of them that no report states.
    """
    undated = data.keys().isdisjoint(DATES)
    taken = [
        name
        for name, found in reports.items()
        if found.value and (undated if name in DATES else name not in data) and (takes_kind or name != "kind")
    ]
    data |= {name: reports[name].value for name in taken}
    for note, noted in (("inherited", taken), ("concluded", [name for name in taken if not reports[name].stated])):
        if noted:
            data[note] = " ".join(noted)


def _telling(reports: Iterable[Values], names: Iterable[str], source: str = "") -> list[Values]:
    """Return the reports that say one of some things: those of a source itself, if there are any, else all."""
    telling = [report for report in reports if not report.keys().isdisjoint(names)]
    return [report for report in telling if report["source"] == [source]] or telling


def _inherited(name: str, reports: Sequence[list[Values]], choose: Callable[[Collection[str]], str]) -> Inherited:
    """Choose a value in the reports of each undertaking; none of a date if a report leaves it open."""
    stated: dict[str, bool] = {}
    for report in chain.from_iterable(reports):
        for value in report.get(name, [""]):
            stated[value] = stated.get(value, False) or report["modality"] == ["stated"]
    is_open = "" in stated or not all(reports)
    value = "" if is_open and name in DATES else choose(stated)
    return Inherited(value, all(stated[part] for part in value.split()))


def _all(codes: Iterable[str]) -> str:
    return " ".join(sorted(codes))
