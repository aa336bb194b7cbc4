"""Trafficking texts of the CIA World Factbook as JSON: tiers with their years, and who is exploited where.

Rules read the prose, and nobody has checked them: every claim is unreviewed, with a note. The rating begins with a
tier, and its last year in brackets is the year. A clause may give the part of the country in routes ("is a source
country"), or say from where people are exploited where (`route_clauses`). Each claim cites its clause.

Decision: docs/decisions/0227-routes-are-read-from-prose-by-patterns.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from tipgraph.sources.evidence.segment import words
from tipgraph.sources.importers.factbook.patterns import CLAUSE, FORMS
from tipgraph.sources.importers.factbook.place_phrases import MarkedClause, PlaceWords, plain_words
from tipgraph.sources.importers.factbook.route_clauses import RouteReading, RouteText
from tipgraph.sources.importers.records import FileRecords
from tipgraph.sources.importers.row_builder import At, Cell, Record, RowBuilder, labelled_route, route_of

_FIELD = re.compile(r'\s*"([^"]+)"\s*:\s*"((?:[^"\\]|\\.)*)"\s*,?\s*')
_TIER = re.compile(r"(?i:(?:<[^<>]*>\s*)*(?P<whole>Tier (?P<tier>[123])(?P<watch> Watch List)?|Special Case))")
_RATED = re.compile(
    rf"{_TIER.pattern}(?:<[^<>]*>|&#?\w{{1,8}};|\\u\w{{4}}|[^\w<>&\\])+"
    r"(?:the )?(?P<name>[A-Z][\w'-]+(?: (?:[A-Z][\w'-]+|of|the|and))*)"
)  # "Tier 3 - Mali does not comply"
_NO_SHORT_NAME = "none"  # as the Factbook writes of the Central African Republic
_YEAR = re.compile(r"(?a)\((\d{4})\)")
_OWN_YEAR = re.compile(r"(?a)\b(?i:in|during(?: the)?|(?P<since>since)|(?P<study>an?)) (?P<year>(?:19|20)\d\d)\b")
_EARLIER = re.compile(r"(?i:\b(?:previous(?:ly)?|past|earlier|prior) reports\b|\bin (?:the past|\w+ years)\b)")
_LONGEST = 2_000  # characters of a clause; those of the Factbook have up to 500
_END = r"(?<=[a-z\d)]{2}|[A-Z]{2}|[A-Z]\))\. +[A-Z]"  # of a sentence: "in the UAE. Women", but not "St. Lucia"
_CLAUSE = re.compile(rf"(?:&#?\w{{1,8}};|(?!{_END})[^;])+")  # to a semicolon or the end of a sentence
_TEXTS = ("current situation", "trafficking profile")
_UNSPECIFIED = ["unspecified"]
_Said: TypeAlias = tuple[MarkedClause, At]  # a clause and its place
_EXTRACTED = "extracted by a rule; nobody has read it"


def read(builder: RowBuilder, records: FileRecords, _: str = "") -> None:
    """Read the tier of each country, its part in routes, and the routes in its texts."""
    words_of_places = PlaceWords(builder.countries)
    for group in builder.each_group(_groups(records)):
        fields = {match[1]: At(record).part(*match.span(2)) for record in group
                  if (match := _FIELD.fullmatch(record.text))}  # fmt: skip
        at = _name(fields)
        if at is None:
            builder.skip("heading", "lines outside of a country")
            continue
        country = _country(builder, words_of_places, at)
        builder.skip(*(("heading", "keys and braces") if country else ("unread", "countries not known by name")))
        if country:
            when = _rating(builder, country, at, fields.get("tier rating"))
            for name in _TEXTS:
                if name in fields:
                    _text(builder, words_of_places, country, fields[name], when)


def _name(fields: Mapping[str, At]) -> At | None:
    """Return the place of a country's name; of a country without a short name, the rating has it."""
    at, rating = fields.get("country"), fields.get("tier rating")
    rated = _RATED.match(rating.text) if at and at.text.strip() == _NO_SHORT_NAME and rating else None
    return rating.part(*rated.span("name")) if rating and rated else at


def _country(builder: RowBuilder, words_of_places: PlaceWords, at: At) -> str:
    """Return the reference of a country, and claim its name as written; count a name that is not known."""
    name = words(at.text, "json").strip()
    place = words_of_places.place_of(plain_words(name))
    if not place:
        return builder.place(name, at)
    if "&" not in name:  # a name with an entity is written otherwise
        builder.name(f"reference/places/{place}", name, "name", at)
    return f"reference/places/{place}"


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
            message = "the tier rating does not begin with a tier; left out"
            builder.fault(message, "tier rating", at and at.record.line, lost="ratings")
        return ""
    code = "special-case" if not tier["tier"] else tier["tier"] + ("-watch-list" if tier["watch"] else "")
    when = years[-1][1] if years else ""
    places = [named, at.part(*tier.span("whole"))] + [at.part(*year.span(1)) for year in years[-1:]]
    builder.claim("ratings", *places, place=country, tier=code, date=when, note=_EXTRACTED)
    return when


def _text(builder: RowBuilder, words_of_places: PlaceWords, country: str, at: At, rated: str) -> None:
    """Claim what the clauses of a text say."""
    year = (_YEAR.findall(at.text) or [rated])[-1]
    claims = _TextClaims(builder, country, year)
    own = country.rpartition("/")[2]
    text = RouteText(own)
    for number, match in enumerate(_CLAUSE.finditer(at.text)):
        if len(match[0]) > _LONGEST:
            builder.report.left["clauses that are too long to be read"] += 1
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        place = at.part(start, match.start() + len(match[0].rstrip()))
        clause = words_of_places.marked(plain_words(words(match[0], "json")), own)
        claims.clauses[number] = clause, place
        claims.add(list(text.read(clause, number)))


class _TextClaims:
    """The claims of one text, each at the first clause that says it."""

    def __init__(self, builder: RowBuilder, country: str, year: str) -> None:
        self._builder = builder
        self._country = country
        self._year = year
        self._claimed: set[tuple[str, ...]] = set()
        self.clauses: dict[int, _Said] = {}

    def add(self, readings: Sequence[RouteReading]) -> None:
        """Claim what the statements of a clause say, unless a clause before said the same."""
        for reading in readings:
            said = self._said(reading)
            for part in reading.parts:
                if self._is_new("part", part):
                    self._part(part, reading, said)
            for ends in reading.links:
                if self._is_new("link", *ends):
                    self._link(*ends, said[-1])
        for ends in dict.fromkeys(ends for reading in readings for ends in reading.pairs):
            self._add_pair(ends, [reading for reading in readings if ends in reading.pairs])

    def _add_pair(self, ends: tuple[str, str], readings: Sequence[RouteReading]) -> None:
        """Claim a pair with all forms that the statements of a clause name, if it or one of them is new."""
        named = {form for reading in readings for form in reading.pairs[ends]}
        forms = [form for form in FORMS if form in named]
        is_new = [self._is_new(*ends), *(self._is_new(*ends, form) for form in forms)]
        if any(is_new):
            said = self._said(*readings)
            notes = dict.fromkeys(note for reading in readings for note in reading.notes)
            through = dict.fromkeys(place for reading in readings for place in reading.through if place not in ends)
            origin, destination = self._places(ends, said)
            cells = {"route": route_of(self._builder, origin, destination), "origin": origin, "form": forms}
            note = self._note(ends, said, through, notes)
            self._claim(said, through, {"modality": "implied"}, **cells, destination=destination, note=note)

    def _said(self, *readings: RouteReading) -> list[_Said]:
        """Return the clauses that say something, in their order."""
        return [self.clauses[number] for number in sorted({one for reading in readings for one in reading.clauses})]

    def _is_new(self, *key: str) -> bool:
        is_new = key not in self._claimed
        self._claimed.add(key)
        return is_new

    def _part(self, part: str, reading: RouteReading, said: Sequence[_Said]) -> None:
        entry = self._country.rpartition("/")[2]
        route = labelled_route(self._builder, f"{part}-{entry}", part, entry)
        ends = {end: self._places(places, said) for end, places in reading.transit_ends.items() if places}
        through = [entry] if part == "transit" else []
        cells = ends if through and len(reading.parts) == 1 else {} if through else {part: [self._country]}
        how = {} if part in reading.stated else {"modality": "implied"}
        note = self._note([], said, through if cells else [])
        self._claim(said, through, how, route=route, form=reading.parts[part], note=note, **cells)

    def _claim(self, said: Sequence[_Said], through: Iterable[str], how: dict[str, str], **cells: Cell) -> None:
        """Claim a route with a direction if it has an end, and its places of transit."""
        at = [place for _, place in said]
        directed = "true" if {"origin", "destination"} & cells.keys() else "false"
        cells |= {"directed": directed, "form": cells["form"] or _UNSPECIFIED, **how, **self._when(said)}
        claim = self._builder.claim("route-reports", *at, **cells)
        for position, place in enumerate(through, 1):
            self._builder.claim("route-stops", *at, routeReport=claim, place=f"reference/places/{place}",
                                position=position, stage="transit", note=_EXTRACTED, **how)  # fmt: skip

    def _when(self, said: Sequence[_Said]) -> dict[str, str]:
        """Return the year that the last clause names, none if it cites earlier reports, else that of the text."""
        clause = said[-1][0].text
        if found := _OWN_YEAR.search(clause):
            year = found["year"] + ("/.." if found["since"] else "")
            return {"date": year, "dateBasis": "inferred"} if found["study"] else {"date": year}
        if _EARLIER.search(clause) or not self._year:
            return {}
        return {"date": self._year, "dateBasis": "inferred"}

    def _link(self, first: str, second: str, said: _Said) -> None:
        ends = self._places((first, second), [said])
        note = self._note((first, second), [said], notes=["the direction and the form were not read"])
        route = route_of(self._builder, *ends, directed=False)
        self._builder.claim("route-reports", said[1], route=route, endpoint=ends, directed="false", form=_UNSPECIFIED,
                            modality="implied", note=note, **self._when([said]))  # fmt: skip

    def _places(self, places: Sequence[str], said: Sequence[_Said]) -> list[str]:
        """Return the references of places, and claim the names by which the clauses call them."""
        for clause, at in said:
            heard = " ".join(words(at.text, "json").split())
            for place in dict.fromkeys(places):
                name = clause.written(place)
                if name in heard and self._builder.countries.by_name(name) == place:
                    self._builder.name(f"reference/places/{place}", name, "name", at)
        return [f"reference/places/{place}" for place in places]

    def _note(
        self, places: Iterable[str], said: Sequence[_Said], through: Iterable[str] = (), notes: Iterable[str] = ()
    ) -> str:
        """Return the note of a claim: what the words do not say, and which were read as a region of another name."""
        countries = self._builder.countries
        between = [f"the words name {countries.label(place)} as a place of transit" for place in through]
        unsure = dict.fromkeys(f'how far "{match[0]}" goes was read by a rule' for clause, _ in said
                               if (match := CLAUSE["unsure"].search(clause.text)))  # fmt: skip
        written = [(place, clause.written(place)) for place in (*places, *through) if countries.is_region(place)
                   for clause, _ in said]  # fmt: skip
        read = dict.fromkeys(f'"{word}" was read as {countries.label(place)}' for place, word in written
                             if word and countries.by_name(word) != place)  # fmt: skip
        return ". ".join([*notes, *between, *unsure, *read, _EXTRACTED])
