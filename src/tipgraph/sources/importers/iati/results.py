"""The results of IATI activities: baseline, target and actual value of each indicator and period, as printed.

Decision: docs/decisions/0205-results-of-projects-are-no-estimates.md.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from tipgraph.model import plausible
from tipgraph.sources.importers.cell_values import day, interval
from tipgraph.sources.importers.iati import documents
from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.iati.words import worded
from tipgraph.sources.importers.row_builder import Cell, Cells, RowBuilder

PARTS = documents.PARTS | {
    "description", "document-link", "indicator", "baseline", "period", "period-start", "period-end", "target", "actual",
    "dimension", "location",
}  # fmt: skip
_TRUE, _FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})


class _Part(NamedTuple):
    """The part of an indicator that a value is of: its dimensions, and the references of its locations."""

    dimension: str = ""
    locations: tuple[str, ...] = ()


_WHOLE, _NOTHING = _Part(), Cells()


class ResultReading:
    """Claims the results of one activity."""

    def __init__(self, builder: RowBuilder, activity: Activity, project: str, locations: Mapping[str, str]) -> None:
        """Claim results of a project; `locations` has its places by their references in the file."""
        self._builder, self._activity, self._project = builder, activity, project
        self._locations = locations

    def read(self, element: Element) -> None:
        """Claim a result: for each period of each indicator, else for each indicator, else the result alone."""
        kind = self._builder.ontology.matches("resulttype").get(element.get("type"), "")
        if not kind:
            self._fault(f"{element.get('type')!r} is no type of result with a code here", element)
        common = {"resultKind": kind, **self._text(element.node, "title")}
        indicators = list(element.node.iterchildren("indicator"))
        for node in indicators:
            self._indicator(Element(node, element.at), common)
        if not indicators:
            self._claim(element, common | self._text(element.node, "description"))
        for node in element.node.iter("document-link"):
            documents.read_document(self._builder, self._activity, node, element.at, undertaking=self._project)

    def _indicator(self, element: Element, common: Cells) -> None:
        measure = element.get("measure")
        code = self._builder.ontology.matches("indicatormeasure").get(measure, "")
        if measure and not code:
            self._fault(f"{measure!r} is no measure of an indicator with a code here", element)
        rising = element.get("ascending").casefold()
        ascending = "true" if rising in _TRUE else "false" if rising in _FALSE else ""
        described = self._text(element.node, "description") or self._text(element.node.getparent(), "description")
        cells = common | self._text(element.node, "title", "indicator") | described
        cells |= {"indicatorMeasure": code, "ascending": ascending}
        baselines = dict(self._values(element, element.node, "baseline"))
        periods = list(element.node.iterchildren("period"))
        for node in periods:
            self._period(Element(node, element.at), cells, baselines)
        for part, baseline in baselines.items() if not periods else ():
            self._claim(element, cells, part, baseline)
        if not periods and not baselines:
            self._claim(element, cells)

    def _period(self, element: Element, cells: Cells, baselines: Mapping[_Part, Cells]) -> None:
        date = interval(*(self._day(element, f"period-{end}") for end in ("start", "end")))
        values: dict[_Part, Cells] = {}
        for name in ("target", "actual"):
            for part, value in self._values(element, element.node, name):
                values.setdefault(part, {}).update(value)
        for part, value in values.items() or [(_WHOLE, _NOTHING)]:
            dated = {"date": date} if date != "../.." else {}
            self._claim(element, cells | dated, part, baselines.get(part, {}) | value)

    def _values(self, element: Element, parent: etree._Element, name: str) -> Iterator[tuple[_Part, Cells]]:
        """Yield the values of an indicator or a period with the part that each is of."""
        for node in parent.iterchildren(name):
            pairs = ((part.get("name") or "", part.get("value") or "") for part in node.iterchildren("dimension"))
            dimension = "; ".join(sorted(f"{key}: {value}" for key, value in pairs))
            refs = (part.get("ref") or "" for part in node.iterchildren("location"))
            value = (node.get("value") or "").strip()
            dated = {"baselineDate": self._baseline_date(element, node)} if name == "baseline" else {}
            if value:
                yield _Part(dimension, tuple(sorted(filter(None, refs)))), {name: value, **dated}

    def _baseline_date(self, element: Element, node: etree._Element) -> str:
        written = (node.get("iso-date") or node.get("year") or "").strip()
        try:
            if written:
                plausible(written)
        except ValueError as error:
            self._fault(f"baseline: {error}", element)
            return ""
        return written

    def _claim(self, element: Element, cells: Cells, part: _Part = _WHOLE, values: Cells = _NOTHING) -> None:
        """Write a claim, if it has a title or an indicator."""
        if not any(name.partition("@")[0] in ("title", "indicator") for name in cells):
            self._fault("a result with neither a title nor an indicator; left out", element)
            return
        places: Cell = [self._locations[ref] for ref in part.locations if ref in self._locations]
        self._builder.claim("results", element.at, undertaking=self._project, **cells, dimension=part.dimension,
                            place=places, **values)  # fmt: skip

    def _text(self, node: etree._Element | None, name: str, column: str = "") -> Cells:
        child = None if node is None else node.find(name)
        return worded(self._builder, child, column or name, self._activity.language)

    def _day(self, element: Element, name: str) -> str:
        node = element.node.find(name)
        try:
            return "" if node is None else day(node.get("iso-date") or "")
        except ValueError as error:
            self._fault(f"{name}: {error}", element)
            return ""

    def _fault(self, message: str, element: Element) -> None:
        self._activity.fault(self._builder, message, element)
