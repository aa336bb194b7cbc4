"""Routes in a clause of the Factbook: which people are exploited where, and which part the country has.

A clause is cut into statements. In each statement the words beside a list of places say whether people come from there
or are exploited there. "May", "vulnerable" and "at risk" say nothing that happens.

Decision: docs/decisions/0226-patterns-read-who-is-exploited-where.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tipgraph.sources.importers.factbook import clause_patterns as patterns
from tipgraph.sources.importers.factbook.place_phrases import FOREIGN, UNNAMED, MarkedClause

_MARK = re.compile(r"<([an])(\d+)>")
_PARTS = ("origin", "transit", "destination")


@dataclass(frozen=True)
class RouteStatement:
    """Who is exploited where, by one statement; ids of places, `foreign`, and an empty id for places without a name.

    `others` are places in no such role. `is_home` means that the text says "domestically" or "within the country".
    """

    text: str
    origins: tuple[str, ...] = ()
    destinations: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()
    is_home: bool = False
    happens: bool = False

    @property
    def is_sure(self) -> bool:
        """Tell whether the text has no word such as "may" or "vulnerable"."""
        return not patterns.UNSURE.search(self.text)


@dataclass
class RouteReading:
    """What a statement says: pairs of origin and destination, links, parts of the country, forms of exploitation.

    A pair of the country with itself is trafficking within it. A link has no direction. `stated` has the parts that the
    text itself names so, as in "is a source country".
    """

    pairs: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    stated: frozenset[str] = frozenset()
    forms: list[str] = field(default_factory=list)


class RouteText:
    """Reads the clauses of one text in turn, since "these migrants" are those of the statement before."""

    def __init__(self, own: str) -> None:
        """Read a text about the place with the id `own`."""
        self._own = own
        self._before = RouteStatement("")

    def read(self, clause: MarkedClause) -> Iterator[RouteReading]:
        """Yield what each statement of a clause says."""
        for text in _statements(clause.text):
            self._before = _with_before(_statement(text, clause, self._own), self._before)
            yield replace(_reading(self._before, self._own), links=_links(text, clause, self._own))


def _statements(text: str) -> list[str]:
    """Return the statements of a clause; a piece without a verb is the beginning of a list, and is not cut off."""
    found: list[str] = []
    for piece in filter(None, (part.strip(" ,") for part in patterns.CUT.split(text))):
        if found and not (patterns.VERB.search(found[-1]) or patterns.TOO.match(found[-1])):
            found[-1] += f", and {piece}"
        else:
            found.append(piece[:1].lower() + piece[1:])
    return found


def _statement(text: str, clause: MarkedClause, own: str) -> RouteStatement:
    found: dict[str, list[str]] = {role: [] for role in patterns.ROLES}
    for match in _MARK.finditer(text):
        rules = patterns.RULES_OF_PLACES if match[1] == "n" else patterns.RULES_OF_PEOPLE
        found[patterns.role_of(rules, text[: match.start()], text[match.end() :])] += clause.places(match[2])
    origins = found[patterns.ORIGIN] or found[patterns.RECRUITED]
    destinations = found[patterns.DESTINATION] or found[patterns.ON_THE_WAY]
    if patterns.ABROAD.search(text):
        destinations.append(UNNAMED)
    within = patterns.WITHIN.search(text)
    return RouteStatement(
        text,
        tuple(dict.fromkeys(origins)),
        tuple(dict.fromkeys(destinations)),
        tuple(found[patterns.THROUGH]),
        tuple(found[patterns.OTHER]),
        _stated_parts(text, clause, own),
        is_home=bool(patterns.HOME.search(text)) or bool(within and own in clause.places(within[1])),
        happens=_happens(text),
    )


def _happens(text: str) -> bool:
    """Tell whether something happens: words of exploitation that no "may" or "vulnerable" precedes."""
    for piece in patterns.SURE_AGAIN.split(text):
        unsure = patterns.UNSURE.search(piece)
        if patterns.HAPPENING.search(piece[: unsure.start()] if unsure else piece):
            return True
    return False


def _with_before(statement: RouteStatement, before: RouteStatement) -> RouteStatement:
    """Add the people of the statement before to "these migrants", and its places where this one has none."""
    if patterns.TOO.match(statement.text):
        return replace(statement, happens=statement.happens or (before.happens and statement.is_sure))
    if patterns.SAME_PEOPLE.match(statement.text):
        return replace(
            statement,
            origins=statement.origins or before.origins,
            destinations=statement.destinations or (() if statement.is_home else before.destinations),
            through=statement.through or before.through,
        )
    return replace(statement, origins=statement.origins or before.origins) if _is_theirs(statement.text) else statement


def _is_theirs(text: str) -> bool:
    """Tell whether a statement is on people of the one before: "and force them", "people from these countries"."""
    them = patterns.THEM.search(text)
    is_them = them is not None and not patterns.ANY_VICTIMS.search(text, 0, them.start())
    return is_them or bool(patterns.FROM_THERE.search(text))


def _stated_parts(text: str, clause: MarkedClause, own: str) -> frozenset[str]:
    """Return the parts that a statement gives the country itself: "is a source, transit, and destination country"."""
    if patterns.SEX_TOURISM.search(text):
        return frozenset()
    found = (match for match in patterns.PARTS.finditer(text) if _is_own(match["subject"], clause, own))
    return frozenset(part for match in found for part in _sure_parts(match["parts"] + (match["after"] or "")))


def _is_own(subject: str, clause: MarkedClause, own: str) -> bool:
    mark = _MARK.search(subject)
    return mark is None or own in clause.places(mark[2])


def _sure_parts(text: str) -> Iterator[str]:
    """Yield the parts in "a source and possibly a transit": a part after "possibly" is none."""
    is_unsure = False
    for match in patterns.PART.finditer(text):
        is_unsure = bool(match["unsure"]) or (is_unsure and not match["anew"])
        if match["part"] and not is_unsure:
            yield "origin" if match["part"].startswith("source") else match["part"]


def _links(text: str, clause: MarkedClause, own: str) -> list[tuple[str, str]]:
    """Return pairs of places between which, or on whose border, people are trafficked; the text gives no direction."""
    if not patterns.TRAFFICKING.search(text) or patterns.UNSURE.search(text):
        return []
    found = []
    for match in patterns.BETWEEN.finditer(text):
        places = {place for number in match.groups() if number for place in clause.places(number)}
        ends = sorted(places | {own} if len(places) == 1 else places)
        if len(ends) == 2 and not {UNNAMED, FOREIGN} & set(ends):
            found.append((ends[0], ends[1]))
    return found


def _reading(statement: RouteStatement, own: str) -> RouteReading:
    """Return what a statement says; without anything that happens, only the parts that it states."""
    if not (statement.happens or (statement.parts - {"transit"} and statement.is_sure)):
        return RouteReading(parts=[part for part in _PARTS if part in statement.parts], stated=statement.parts)
    origins, destinations = _ends(statement, own)
    pairs = dict.fromkeys(
        (origin, destination)
        for origin in origins
        for destination in destinations
        if not {UNNAMED, FOREIGN} & {origin, destination} and _is_pair(statement, origin, destination, own)
    )
    if _is_within(statement, own, origins):
        pairs[own, own] = None
    parts = statement.parts | _implied_parts(statement, own, origins, destinations)
    return RouteReading(
        list(pairs),
        parts=[part for part in _PARTS if part in parts],
        stated=statement.parts,
        forms=patterns.forms_of(statement.text),
    )


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
    if not origins and elsewhere and (not statement.parts or "origin" in statement.parts):
        origins = [own]
    if origins and not destinations and _is_here(statement, own, origins):
        destinations = [own]
    return origins, destinations


def _is_here(statement: RouteStatement, own: str, origins: list[str]) -> bool:
    """Tell whether people are exploited in the country itself, if the text names no place; migrants of it are not."""
    if set(origins) != {own}:
        return not statement.parts or "destination" in statement.parts
    return not statement.parts and not patterns.GONE.search(statement.text)


def _is_within(statement: RouteStatement, own: str, origins: list[str]) -> bool:
    """Tell whether people who are not named otherwise are exploited at home, or are taken from villages to towns."""
    if own in origins:
        return statement.is_home
    if origins or not statement.happens or not statement.is_sure or (statement.parts and not statement.is_home):
        return False
    return statement.is_home or bool(patterns.OF_ITS_OWN.search(statement.text))
