"""Trafficking texts of the CIA World Factbook as JSON: tiers with their years, parts in routes, countries named.

The text is prose, and what is taken of it was found by rules that nobody has checked: every claim is marked unreviewed,
with a note. The rules are three. A tier is what the rating begins with, its year the last one in brackets. Origin,
transit and destination are said where the first clause says "is a source, transit, and destination country". Another
country that a clause names is linked to this one without a direction, since a rule cannot tell who goes where.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.route_rules import route_of
from tipgraph.sources.importers.row_builder import At, Intake, Record
from tipgraph.sources.segment import Span, words

_FIELD = re.compile(r'\s*"([^"]+)"\s*:\s*"((?:[^"\\]|\\.)*)"\s*,?\s*')
_TIER = re.compile(
    r"(?:<[^<>]*>\s*)*(?P<whole>Tier (?P<tier>[123])(?P<watch> Watch List)?|Special Case)", re.IGNORECASE
)
_YEAR = re.compile(r"(?a)\((\d{4})\)")
_PARTS = re.compile(r"\bis\b(?P<parts>[^;]{0,200}?)\b(?:country|countries|territory|point|place|location)\b")
_PART = re.compile(r"\b(source|origin|transit|destination)\b")
_CLAUSE = re.compile(r"[^;]+")
_TEXTS = ("current situation", "trafficking profile")
_EXTRACTED = "extracted by a rule; nobody has read it"
_LINKED = "named beside each other; the direction and the form were not read. " + _EXTRACTED


def read(intake: Intake, records: Records) -> None:
    """Take each country's tier, its part in routes, and the countries that its texts name."""
    for group in intake.together(_groups(records)):
        fields = {match[1]: At(record, _inner(record, match)) for record in group
                  if (match := _FIELD.fullmatch(record.text))}  # fmt: skip
        if "country" not in fields:
            intake.leave("heading", "lines outside of a country")
            continue
        at = fields["country"]
        country = intake.place(words(_words(at), "json"), at)
        intake.leave(
            "heading" if country else "unread", "keys and braces" if country else "countries not known by name"
        )
        if country:
            when = _rating(intake, country, at, fields.get("tier rating"))
            for name in _TEXTS:
                if name in fields:
                    _text(intake, country, fields[name], when)


def _groups(records: Iterable[Record]) -> Iterator[Sequence[Record]]:
    """Yield the lines of each object that names a country, and each line outside of them."""
    group: list[Record] | None = None
    for record in records:
        mark = record.text.strip().rstrip(",")
        if mark == "{":
            yield from [[one] for one in group or ()]
            group = [record]
        elif mark == "}" and group is not None:
            yield [*group, record]
            group = None
        elif group is not None:
            group.append(record)
        else:
            yield [record]
    yield from [[one] for one in group or ()]


def _inner(record: Record, match: re.Match[str]) -> Span:
    return Span(0, record.start + match.start(2), record.start + match.end(2))


def _words(at: At) -> str:
    span = at.span or Span(0, at.record.start, at.record.end)
    return at.record.text[span.start - at.record.start : span.end - at.record.start]


def _within(at: At, start: int, end: int) -> At:
    base = at.span.start if at.span else at.record.start
    return At(at.record, Span(0, base + start, base + end))


def _rating(intake: Intake, country: str, named: At, at: At | None) -> str:
    """Claim the tier, and return its year."""
    said = _words(at) if at else ""
    tier, years = _TIER.match(said), list(_YEAR.finditer(said))
    if at is None or tier is None:
        if said:
            intake.fault("the tier rating does not begin with a tier; not taken", "tier rating", at and at.record.line)
        return ""
    code = "special-case" if not tier["tier"] else tier["tier"] + ("-watch-list" if tier["watch"] else "")
    when = years[-1][1] if years else ""
    places = [named, _within(at, *tier.span("whole"))] + [_within(at, *year.span(1)) for year in years[-1:]]
    intake.claim("ratings", *places, place=country, tier=code, date=when, note=_EXTRACTED)
    return when


def _text(intake: Intake, country: str, at: At, rated: str) -> None:
    """Claim the country's own part in routes, and its links to others that the text names; the year is that of all."""
    said = _words(at)
    year = (_YEAR.findall(said) or [rated])[-1]
    when = {"date": year, "dateBasis": "inferred"} if year else {}
    first = _CLAUSE.match(said)
    parts = _PARTS.search(first[0]) if first else None
    if first and parts:
        for part in dict.fromkeys(_PART.findall(parts["parts"])):
            _part(intake, country, "origin" if part == "source" else part, _within(at, 0, first.end()), when)
    linked: set[str] = set()
    for clause in _CLAUSE.finditer(said):
        for start, end, other in intake.countries.mentioned(clause[0]):
            place = f"reference/places/{other}"
            if place != country and place not in linked:
                linked.add(place)
                named = _within(at, clause.start() + start, clause.start() + end)
                intake.name(place, clause[0][start:end], "name", named)
                _link(
                    intake, country, place, _within(at, clause.start(), clause.start() + len(clause[0].rstrip())), when
                )


def _part(intake: Intake, country: str, part: str, at: At, when: dict[str, str]) -> None:
    name = {language: intake.countries.label(country, language) for language in ("en", "es")}
    english = {"origin": "from {}", "destination": "to {}", "transit": "through {}"}[part].format(name["en"])
    spanish = {"origin": "desde {}", "destination": "hacia {}", "transit": "a través de {}"}[part].format(name["es"])
    route = intake.thing("routes", f"{part}-{country.rpartition('/')[2]}", english, **{"label@es": spanish})
    ends = {part: country} if part != "transit" else {}
    claim = intake.claim("route-reports", at, route=route, directed="true" if ends else "false", form="unspecified",
                         note=_EXTRACTED, **when, **ends)  # fmt: skip
    if not ends:
        intake.claim("route-stops", at, routeReport=claim, place=country, position=1, stage="transit", note=_EXTRACTED)


def _link(intake: Intake, country: str, other: str, at: At, when: dict[str, str]) -> None:
    ends = sorted((country, other))
    route = route_of(intake, *ends, directed=False)
    intake.claim("route-reports", at, route=route, endpoint=ends, directed="false", form="unspecified",
                 modality="implied", note=_LINKED, **when)  # fmt: skip


READER = Reader(
    "factbook",
    "Trafficking texts of the CIA World Factbook: tiers, and countries named together.",
    "lines",
    "json",
    read,
    {
        "title": "The World Factbook: trafficking in persons",
        "issuedBy": "Central Intelligence Agency",
        "licence": "public domain (work of the US government)",
    },
)
