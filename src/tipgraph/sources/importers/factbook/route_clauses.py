"""Routes in a clause of the Factbook: which people are exploited where, and which part the country has.

A clause is cut into statements. In each statement the words beside a list of places say whether people come from there
or are exploited there. "May", "vulnerable" and "at risk" say nothing that happens.

Decision: docs/decisions/0227-routes-are-read-from-prose-by-patterns.md.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tipgraph.sources.importers.factbook import patterns
from tipgraph.sources.importers.factbook.patterns import CLAUSE
from tipgraph.sources.importers.factbook.place_phrases import FOREIGN, UNNAMED, MarkedClause

_MARK = re.compile(r"<([an])(\d+)>")
_PARTS = ("origin", "transit", "destination")
_ROLES = ("origin", "destination", "through", "ahead", "promised", "recruited", "other")  # of places in a statement
_NO_ORIGIN = "that the people come from the country of the text is a reading"
_NO_DESTINATION = "that they are exploited in the country of the text is a reading"
_EACH = "the words list origins and destinations: that people of each go to each is a reading"


@dataclass(frozen=True)
class RouteStatement:
    """Who is exploited where, by one statement; ids of places, `foreign`, and an empty id for places without a name.

    `ahead` are places that people are on their way to, `others` places in no such role. `is_home` means that the text
    says "domestically" or "within the country". `parts` are those that the text gives the country, with their forms.
    `clauses` are the numbers of the clauses that say it: also that of the people, if this one calls them "them".
    """

    text: str
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    parts: Mapping[str, list[str]] = field(default_factory=dict)
    is_home: bool = False
    happens: bool = False
    clauses: tuple[int, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Tell whether the text has no word such as "may" or "vulnerable"."""
        return not CLAUSE["unsure"].search(self.text)

    @property
    def stated(self) -> frozenset[str]:
        """The parts of the country that the text states; not the origin if all of it may be at home."""
        return frozenset(self.parts) - ({"origin"} if self.is_home else set())


@dataclass
class RouteReading:
    """What a statement says: pairs of origin and destination, links, and parts of the country.

    A pair and a part have their forms of exploitation. A pair of the country with itself is exploitation within it. A
    link has no direction. `stated` has the parts that the text itself names so, as in "is a source country". `through`
    are places between the ends of a pair, `transit_ends` those of a transit that no pair has, by column. `notes` say
    what the words leave open about the pairs.
    """

    pairs: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=dict)
    stated: frozenset[str] = frozenset()
    clauses: tuple[int, ...] = ()
    through: tuple[str, ...] = ()
    transit_ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class RouteText:
    """Reads the clauses of one text in turn, since "these migrants" are those of the statement before."""

    def __init__(self, own: str) -> None:
        """Read a text about the place with the id `own`."""
        self._own = own
        self._before = RouteStatement("")

    def read(self, clause: MarkedClause, number: int) -> Iterator[RouteReading]:
        """Yield what each statement of a clause says; the clause has a number in its text."""
        for text in _statements(clause.text):
            statement = replace(_statement(text, clause, self._own), clauses=(number,))
            self._before = _with_before(statement, self._before)
            links = _links(text, clause, self._own)
            yield replace(_reading(self._before, self._own), links=links, clauses=self._before.clauses)


def _statements(text: str) -> list[str]:
    """Return the statements of a clause.

    A piece without a verb is the beginning of a list, and is not cut off, nor is what also happens "where" they are.
    """
    found: list[str] = []
    for piece in filter(None, (part.strip(" ,") for part in CLAUSE["cut"].split(text))):
        is_begun = found and not (CLAUSE["verb"].search(found[-1]) or CLAUSE["too"].match(found[-1]))
        if is_begun or (found and CLAUSE["place_before"].search(found[-1]) and not _MARK.search(piece)):
            found[-1] += f", and {piece}"
        else:
            found.append(piece[:1].lower() + piece[1:])
    return found


def _statement(text: str, clause: MarkedClause, own: str) -> RouteStatement:
    found: dict[str, list[str]] = {role: [] for role in _ROLES}
    for match in _MARK.finditer(text):
        rules = patterns.RULES["places" if match[1] == "n" else "people"]
        found[patterns.role_of(rules, text[: match.start()], text[match.end() :])] += clause.places(match[2])
    origins = found["origin"] or found["recruited"]
    ahead = found["ahead"]
    destinations = found["destination"] or found["promised"]
    if not destinations and CLAUSE["there"].search(text):
        destinations = ahead
    if CLAUSE["abroad"].search(text):
        destinations.append(UNNAMED)
    within = CLAUSE["within"].search(text)
    return RouteStatement(
        text,
        tuple(dict.fromkeys(origins)),
        tuple(dict.fromkeys(destinations)),
        tuple(found["through"]),
        tuple(ahead),
        tuple(found["other"]),
        _stated_parts(text, clause, own),
        is_home=bool(CLAUSE["home"].search(text)) or bool(within and own in clause.places(within[1])),
        happens=bool(CLAUSE["happening"].search(_sure(text))),
    )


def _sure(text: str) -> str:
    """Return what happens: the text without what follows "may" or "vulnerable", up to words that are sure again."""
    pieces = (
        (piece, CLAUSE["unsure"].search(piece)) for piece in CLAUSE["sure_again"].split(CLAUSE["causes"].sub("", text))
    )
    return " and ".join(piece[: unsure.start()] if unsure else piece for piece, unsure in pieces)


def _with_before(statement: RouteStatement, before: RouteStatement) -> RouteStatement:
    """Add the people of the statement before to "these migrants", and its places where this one has none."""
    if CLAUSE["too"].match(statement.text):
        return replace(statement, happens=statement.happens or (before.happens and statement.is_sure))
    merged = statement
    if CLAUSE["same_people"].match(statement.text):
        there = before.destinations or (before.ahead if CLAUSE["there"].search(statement.text) else ())
        merged = replace(
            statement,
            origins=statement.origins or before.origins,
            destinations=statement.destinations or (() if statement.is_home else there),
            through=statement.through or before.through,
        )
    elif _is_theirs(statement.text):
        merged = replace(statement, origins=statement.origins or before.origins)
    if merged == statement:
        return statement
    return replace(merged, clauses=tuple(dict.fromkeys(before.clauses + statement.clauses)))


def _is_theirs(text: str) -> bool:
    """Tell whether a statement is on people of the one before: "and force them", "people from these countries"."""
    them = CLAUSE["them"].search(text)
    is_them = them is not None and not CLAUSE["any_victims"].search(text, 0, them.start())
    return is_them or bool(CLAUSE["from_there"].search(text))


def _stated_parts(text: str, clause: MarkedClause, own: str) -> dict[str, list[str]]:
    """Return the parts that a statement gives the country itself: "is a source, transit, and destination country".

    The forms of exploitation of a part follow it, up to the next part.
    """
    if CLAUSE["sex_tourism"].search(text):
        return {}
    found = [match for match in CLAUSE["parts"].finditer(text) if _is_own(match["subject"], clause, own)]
    ends = [match.start() for match in found[1:]] + [len(text)]
    return {
        part: patterns.forms_of(text[match.start() : end])
        for match, end in zip(found, ends, strict=False)
        for part in _sure_parts(match["parts"] + (match["after"] or ""))
    }


def _is_own(subject: str, clause: MarkedClause, own: str) -> bool:
    mark = _MARK.search(subject)
    return mark is None or own in clause.places(mark[2])


def _sure_parts(text: str) -> Iterator[str]:
    """Yield the parts in "a source and possibly a transit": a part after "possibly" is none."""
    is_unsure = False
    for match in CLAUSE["part"].finditer(text):
        is_unsure = bool(match["unsure"]) or (is_unsure and not match["anew"])
        if match["part"] and not is_unsure:
            yield "origin" if match["part"].startswith("source") else match["part"]


def _links(text: str, clause: MarkedClause, own: str) -> list[tuple[str, str]]:
    """Return pairs of places between which, or on whose border, people are trafficked; the text gives no direction."""
    if not CLAUSE["trafficking"].search(text) or CLAUSE["unsure"].search(text):
        return []
    found = []
    for match in CLAUSE["between"].finditer(text):
        places = {place for number in match.groups() if number for place in clause.places(number)}
        ends = sorted(places | {own} if len(places) == 1 else places)
        if len(ends) == 2 and not {UNNAMED, FOREIGN} & set(ends):
            found.append((ends[0], ends[1]))
    return found


def _reading(statement: RouteStatement, own: str) -> RouteReading:
    """Return what a statement says; without anything that happens, only the parts that it states."""
    stated = frozenset(statement.parts)
    if not (statement.happens or (stated - {"transit"} and statement.is_sure)):
        parts = {part: statement.parts[part] for part in _PARTS if part in stated}
        return RouteReading(parts=parts, stated=stated, transit_ends={"origin": _named(statement.origins)})
    origins, destinations = _ends(statement, own)
    forms = patterns.forms_of(_sure(statement.text))
    pairs = _pairs(statement, own, origins, destinations)
    found = stated | _implied_parts(statement, own, origins, destinations)
    through = _named((*statement.through, *([own] if stated == {"transit"} else [])))
    is_between = own in through and any(own not in pair for pair in pairs)
    ends = {"origin": statement.origins, "destination": statement.destinations}
    return RouteReading(
        {pair: _forms_at_home(statement, forms) if pair == (own, own) else forms for pair in pairs},
        parts={part: statement.parts.get(part, forms) for part in _PARTS if part in found},
        stated=statement.stated,
        through=through,
        transit_ends={} if is_between else {end: _named(places, own) for end, places in ends.items()},
        notes=_notes(statement, origins, destinations),
    )


def _pairs(statement: RouteStatement, own: str, origins: list[str], destinations: list[str]) -> list[tuple[str, str]]:
    pairs = [
        (origin, destination)
        for origin in _named(origins)
        for destination in _named(destinations)
        if _is_pair(statement, origin, destination, own)
    ]
    return pairs + [(own, own)] * _is_within(statement, own, origins)


def _named(places: Iterable[str], *but: str) -> tuple[str, ...]:
    return tuple(place for place in dict.fromkeys(places) if place not in (UNNAMED, FOREIGN, *but))


def _notes(statement: RouteStatement, origins: list[str], destinations: list[str]) -> tuple[str, ...]:
    """Return what the words leave open about the pairs: whether an end is the country, and which ends are pairs."""
    is_said = {
        _NO_ORIGIN: statement.origins or "origin" in statement.parts,
        _NO_DESTINATION: statement.destinations or statement.is_home or "destination" in statement.parts,
        _EACH: len(_named(origins)) < 2 or len(_named(destinations)) < 2,
    }
    return tuple(note for note, said in is_said.items() if not said)


def _forms_at_home(statement: RouteStatement, forms: list[str]) -> list[str]:
    """Return those forms of exploitation that are at home: what is said after "domestically and" is abroad."""
    home = CLAUSE["at_home_and"].search(statement.text)
    return patterns.forms_of(_sure(statement.text[: home.end()])) if home else forms


def _is_pair(statement: RouteStatement, origin: str, destination: str, own: str) -> bool:
    """Tell whether two places are a route: "is a source and destination country for Malian women" says no more."""
    return origin != destination or (origin == own and (statement.is_home or not statement.parts))


def _implied_parts(statement: RouteStatement, own: str, origins: list[str], destinations: list[str]) -> set[str]:
    """Return the parts that follow where the other end has no name: "foreign victims", "abroad"."""
    found = set()
    if statement.happens and own in statement.through:
        found.add("transit")
    if own in origins and {UNNAMED, FOREIGN} & set(destinations):
        found.add("origin")
    if own in destinations and {UNNAMED, FOREIGN} & set(origins):
        found.add("destination")
    return found


def _ends(statement: RouteStatement, own: str) -> tuple[list[str], list[str]]:
    """Return origins and destinations; where the text says one end only, the other is the country itself."""
    origins, destinations = list(statement.origins), list(statement.destinations)
    if statement.is_home and own not in destinations:
        destinations.append(own)
    elsewhere = set(destinations) - {own} - set(statement.others)
    is_elsewhere = own in (*statement.through, *statement.others)
    if not origins and elsewhere and not is_elsewhere and (not statement.parts or "origin" in statement.parts):
        origins = [own]
    if origins and not destinations and _is_here(statement, own, origins):
        destinations = [own]
    return origins, destinations


def _is_here(statement: RouteStatement, own: str, origins: list[str]) -> bool:
    """Tell whether people are exploited in the country itself, if the text names no place; migrants of it are not."""
    if set(origins) != {own}:
        return not statement.parts or "destination" in statement.parts
    return not statement.parts and not CLAUSE["gone"].search(statement.text)


def _is_within(statement: RouteStatement, own: str, origins: list[str]) -> bool:
    """Tell whether people who are not named otherwise are exploited at home, or are taken from villages to towns."""
    if own in origins:
        return statement.is_home
    if origins or not statement.happens or not statement.is_sure or (statement.parts and not statement.is_home):
        return False
    return statement.is_home or bool(CLAUSE["of_its_own"].search(statement.text))
