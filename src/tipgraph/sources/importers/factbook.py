"""Trafficking texts of the CIA World Factbook as JSON: tiers with their years, parts in routes, related countries.

Three rules read the prose, and nobody has checked them: every claim is unreviewed, with a note. The rating begins with
a tier, and its last year in brackets is the year. The first clause with "is a source, transit, and destination country"
gives the parts in routes. Another country in a clause is linked to this one without a direction.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tipgraph.sources.evidence.segment import words
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.route_rules import route_of
from tipgraph.sources.importers.row_builder import At, Record, RowBuilder

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
_LINKED = "named together; the direction and the form were not read. " + _EXTRACTED


def read(builder: RowBuilder, records: Records) -> None:
    """Read the tier of each country, its part in routes, and the countries in its texts."""
    for group in builder.each_group(_groups(records)):
        fields = {match[1]: At(record).part(*match.span(2)) for record in group
                  if (match := _FIELD.fullmatch(record.text))}  # fmt: skip
        if "country" not in fields:
            builder.skip("heading", "lines outside of a country")
            continue
        at = fields["country"]
        country = builder.place(words(at.text, "json"), at)
        builder.skip(*(("heading", "keys and braces") if country else ("unread", "countries not known by name")))
        if country:
            when = _rating(builder, country, at, fields.get("tier rating"))
            for name in _TEXTS:
                if name in fields:
                    _text(builder, country, fields[name], when)


def _groups(records: Iterable[Record]) -> Iterator[Sequence[Record]]:
    """Yield the lines of each object, and each line outside of objects."""
    group: list[Record] | None = None
    for record in records:
        mark = record.text.strip().rstrip(",")
        if mark == "{":
            yield from ([line] for line in group or ())
            group = [record]
        elif mark == "}" and group is not None:
            yield [*group, record]
            group = None
        elif group is not None:
            group.append(record)
        else:
            yield [record]
    yield from ([line] for line in group or ())


def _rating(builder: RowBuilder, country: str, named: At, at: At | None) -> str:
    """Claim the tier, and return its year."""
    text = at.text if at else ""
    tier, years = _TIER.match(text), list(_YEAR.finditer(text))
    if at is None or tier is None:
        if text:
            builder.fault("the tier rating does not begin with a tier; left out", "tier rating", at and at.record.line)
        return ""
    code = "special-case" if not tier["tier"] else tier["tier"] + ("-watch-list" if tier["watch"] else "")
    when = years[-1][1] if years else ""
    places = [named, at.part(*tier.span("whole"))] + [at.part(*year.span(1)) for year in years[-1:]]
    builder.claim("ratings", *places, place=country, tier=code, date=when, note=_EXTRACTED)
    return when


def _text(builder: RowBuilder, country: str, at: At, rated: str) -> None:
    """Claim the part of a country in routes, and its links to countries in the text; all have the same year."""
    year = (_YEAR.findall(at.text) or [rated])[-1]
    when = {"date": year, "dateBasis": "inferred"} if year else {}
    first = _CLAUSE.match(at.text)
    parts = _PARTS.search(first[0]) if first else None
    if first and parts:
        for part in dict.fromkeys(_PART.findall(parts["parts"])):
            _part(builder, country, "origin" if part == "source" else part, at.part(0, first.end()), when)
    _links(builder, country, at, when)


def _links(builder: RowBuilder, country: str, at: At, when: dict[str, str]) -> None:
    """Claim a link to each other country in a text, at the first clause that names it."""
    linked: set[str] = set()
    for clause in _CLAUSE.finditer(at.text):
        for start, end, other in builder.countries.mentioned(clause[0]):
            place = f"reference/places/{other}"
            if place != country and place not in linked:
                linked.add(place)
                named = at.part(clause.start() + start, clause.start() + end)
                builder.name(place, clause[0][start:end], "name", named)
                end = clause.start() + len(clause[0].rstrip())
                _link(builder, country, place, at.part(clause.start(), end), when)


def _part(builder: RowBuilder, country: str, part: str, at: At, when: dict[str, str]) -> None:
    name = {language: builder.countries.label(country, language) for language in ("en", "es")}
    english = {"origin": "from {}", "destination": "to {}", "transit": "through {}"}[part].format(name["en"])
    spanish = {"origin": "desde {}", "destination": "hacia {}", "transit": "a través de {}"}[part].format(name["es"])
    route = builder.entry("routes", f"{part}-{country.rpartition('/')[2]}", english, **{"label@es": spanish})
    ends = {part: country} if part != "transit" else {}
    claim = builder.claim("route-reports", at, route=route, directed="true" if ends else "false", form="unspecified",
                          note=_EXTRACTED, **when, **ends)  # fmt: skip
    if not ends:
        builder.claim("route-stops", at, routeReport=claim, place=country, position=1, stage="transit", note=_EXTRACTED)


def _link(builder: RowBuilder, country: str, other: str, at: At, when: dict[str, str]) -> None:
    ends = sorted((country, other))
    route = route_of(builder, *ends, directed=False)
    builder.claim("route-reports", at, route=route, endpoint=ends, directed="false", form="unspecified",
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
