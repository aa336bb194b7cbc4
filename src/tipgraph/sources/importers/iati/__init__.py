"""IATI activities of versions 1.01 to 2.03, as a stream: who does what where, with whose money.

Each `iati-activity` is a paragraph and each element within it a sentence, so that every claim names its element. An
activity is a project; its organizations are actors by their identifiers, or where they have none by their names; each
transaction of money is one hop, in the direction in which it flows. What the standard says is meant where a file is
silent, such as that the reporting organization pays, is marked as implied. Amounts for several countries stay
unallocated; percentages that a file gives are claims of their own.
"""

import re
from collections.abc import Collection, Mapping

from lxml import etree

from tipgraph.model import ontology
from tipgraph.sources.importers.estimates_table import ahead, amount, day
from tipgraph.sources.importers.iati import about, transactions
from tipgraph.sources.importers.iati.activity import Activity, Element, narratives
from tipgraph.sources.importers.iati.actors import Organizations
from tipgraph.sources.importers.iati.places import place_of
from tipgraph.sources.importers.records import Activities
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import At, Intake

_PLANNED, _ACTUAL = ("1", "3"), ("2", "4")  # the types of dates: start and end
_WHOLE_OF, _PART_OF = "1", "2"  # the types of related activities: parent and child
_MADE = re.compile(r"""(?a)generated-datetime\s*=\s*["'](\d{4}-\d{2}-\d{2})""")
_READ = frozenset({
    "iati-identifier", "reporting-org", "title", "participating-org", "activity-status", "activity-date",
    "recipient-country", "recipient-region", "sector", "related-activity", "transaction",
    "default-finance-type",
})  # fmt: skip
_NOT_ABOUT = f"not about trafficking in persons: no element {about.RULE}"
_BY_MONEY = "transactions are for these places; the activity itself does not name them"
_TOPIC = "trafficking in persons"


def read(intake: Intake, records: Records) -> None:
    """Take each activity; with `about` only those that name trafficking in persons."""
    organizations, seen = Organizations(records), set[str]()
    for record in intake.walk(records):
        root = getattr(records, "root", "<iati-activities>")
        if intake.options.about and not about.possible(record.text):
            intake.leave("not-about", _NOT_ABOUT)
            continue
        try:
            activity = Activity(record, root)
        except (etree.XMLSyntaxError, ValueError) as error:
            line = record.line + (getattr(error, "lineno", 1) or 1) - 1
            said = str(error).partition(", line")[0]
            intake.fault(f"this activity is not well-formed ({said}); it was not taken", line=line)
            intake.leave("unread", "not well-formed")
            continue
        _say_whose(intake, activity, root)
        reading = _ActivityReading(intake, activity, organizations)
        if intake.options.about and not reading.topic:
            intake.leave("not-about", _NOT_ABOUT)
        elif not activity.identifier:
            intake.fault("this activity has no iati-identifier; it was not taken")
            intake.leave("unread", "without an iati-identifier")
        elif activity.identifier in seen:
            intake.fault(f"{activity.identifier} is in the file before; the second was not taken")
            intake.leave("unread", "a second time in the file")
        else:
            seen.add(activity.identifier)
            reading.take()
    if isinstance(records, Activities):
        intake.report.faults += records.faults


class _ActivityReading:
    """Reads one activity."""

    def __init__(self, intake: Intake, activity: Activity, organizations: Organizations) -> None:
        self.intake, self.activity, self._organizations = intake, activity, organizations
        found = ((element, about.phrase(words)) for element, words in activity.words(*about.ELEMENTS))
        self.topic = next(((element, phrase) for element, phrase in found if phrase), None)

    def take(self) -> None:
        """Take the whole activity."""
        self.intake.report.unread.update(self.activity.unread(_READ))
        self.project = self._project()
        self.reporter = self._reporter()
        places = self._places()
        self._report([place for _, place in places], [element.at for element, _ in places])
        self._related()
        funders = self._roles()
        self._allocations(places)
        hops = transactions.Hops(self.intake, self.activity, self._organizations, self.project, self.reporter)
        self._unpaid(funders, {hops.take(element) for element in self.activity.all("transaction")})
        self._reached(hops.places, {place for _, place in places})

    def _project(self) -> str:
        titles = [(element, text, tongue) for element in self.activity.all("title")
                  for text, tongue in narratives(element.node, self.activity.language)]  # fmt: skip
        main = min(
            titles,
            key=lambda one: one[2].partition("-")[0] not in ("en", ""),
            default=(None, self.activity.identifier, ""),
        )
        tongue = main[2].partition("-")[0]
        labels = {"label": main[1]} | ({} if tongue in ("en", "") else {f"label@{tongue}": main[1]})
        project = self.intake.thing(
            "undertakings",
            self.activity.identifier,
            type="Project",
            iatiIdentifier=self.activity.identifier,
            **labels,
        )
        names = [(self.activity.all("iati-identifier")[0], self.activity.identifier, "number", "")]
        for element, name, kind, tongue in names + [(one, text, "title", tongue) for one, text, tongue in titles]:
            self.intake.claim("namings", element.at, named=project, name=name, nameKind=kind, language=tongue)
        return project

    def _actor(self, element: Element) -> str:
        party = self._organizations.party(self.intake, self.activity, element)
        if party.withheld:
            self.intake.report.left["organizations whose name is withheld"] += 1
        elif not party.actor:
            self._fault(f"a {element.node.tag} with neither an identifier nor a name; left out", element)
        return party.actor

    def _reporter(self) -> str:
        """Claim who reports, and return the actor."""
        for element in self.activity.all("reporting-org"):
            actor = self._actor(element)
            second = element.get("secondary-reporter").casefold() in ("1", "true")
            if actor:
                self.intake.claim("participations", element.at, participant=actor, undertaking=self.project,
                                  role="secondary-reporter" if second else "reporter")  # fmt: skip
                return actor
        self._fault("the activity has no reporting-org", self.activity.all("iati-identifier")[0])
        return ""

    def _report(self, places: list[str], at_places: list[At]) -> None:
        """Claim what the file says of the activity: status, places, dates; apart from these its topic and its plan."""
        statuses, dates = self.activity.all("activity-status")[:1], self._dates()
        status = ontology().matches("activitystatus").get(statuses[0].get("code"), "") if statuses else ""
        if statuses and not status:
            self._fault(f"{statuses[0].get('code')!r} is no activity status that we have a code for", statuses[0])
        actual, at_dates = self._interval(dates, *_ACTUAL)
        at = [element.at for element in statuses] + at_places + at_dates
        self.intake.claim("undertaking-reports", *(at or [self.activity.all("iati-identifier")[0].at]),
                          undertaking=self.project, place=list(dict.fromkeys(places)), status=status,
                          date=actual)  # fmt: skip
        if self.topic:
            element, phrase = self.topic
            note = f"its words have “{phrase}”; how far it is about it was not read"
            self.intake.claim("undertaking-reports", element.at, undertaking=self.project, topic=_TOPIC, note=note,
                              modality="implied")  # fmt: skip
        planned, at_dates = self._interval(dates, *_PLANNED)
        if planned and planned != actual:
            self.intake.claim("undertaking-reports", *at_dates, undertaking=self.project, date=planned,
                              dateBasis="planned")  # fmt: skip

    def _dates(self) -> dict[str, tuple[str, At]]:
        """Return the dates by their types."""
        dates: dict[str, tuple[str, At]] = {}
        for element, words in self.activity.words("activity-date"):
            try:
                found = day(element.get("iso-date") or words)
            except ValueError as error:
                self._fault(str(error), element)
                continue
            if element.code("type") in _ACTUAL and ahead(found):
                self._fault(f"{found} is said to be an actual date and lies ahead; taken as it stands", element)
            dates.setdefault(element.code("type"), (found, element.at))
        return dates

    def _interval(self, dates: dict[str, tuple[str, At]], start: str, end: str) -> tuple[str, list[At]]:
        """Return two dates as an EDTF interval, and where they stand."""
        found = [dates[kind] for kind in (start, end) if kind in dates]
        first, last = (dates[kind][0] if kind in dates else "" for kind in (start, end))
        if first and last and last < first:
            self.intake.fault(f"begins on {first} and ends on {last}; taken without", self.activity.identifier)
            return "", []
        interval = f"{first or '..'}/{last or '..'}" if found else ""
        return first if first == last else interval, [at for _, at in found]

    def _places(self) -> list[tuple[Element, str]]:
        """Return the countries and regions with the places that they are."""
        found: list[tuple[Element, str]] = []
        for element in (*self.activity.all("recipient-country"), *self.activity.all("recipient-region")):
            place = place_of(self.intake, self.activity, element)
            found += [(element, place)] if place else []
        return found

    def _related(self) -> None:
        for element in self.activity.all("related-activity"):
            other = element.get("ref")
            if not other or other == self.activity.identifier:
                self._fault("a related-activity that names no other activity; left out", element)
                continue
            thing = self.intake.awaited("undertakings", other, other, type="Project", iatiIdentifier=other)
            self.intake.name(thing, other, "number", element.at)
            ends = {_WHOLE_OF: (self.project, "partOf", thing), _PART_OF: (thing, "partOf", self.project)}
            one, how, two = ends.get(element.get("type"), (self.project, "relatedTo", thing))
            self.intake.claim("undertaking-reports", element.at, undertaking=one, **{how: two})

    def _roles(self) -> dict[str, Element]:
        """Claim the roles of organizations, and return the funders."""
        codes = ontology().matches("organisationrole")
        funders: dict[str, Element] = {}
        for element in self.activity.all("participating-org"):
            actor, role = self._actor(element), codes.get(element.code("role"), "")
            if not role:
                self._fault(f"{element.get('role')!r} is no role that we have a code for; left out", element)
            elif actor:
                self.intake.claim("participations", element.at, participant=actor, undertaking=self.project, role=role)
                funders |= {actor: element} if role == "funder" else {}
        return funders

    def _unpaid(self, funders: Mapping[str, Element], paying: Collection[str]) -> None:
        """Claim a hop of money, of which nothing else is known, for each funder whom no transaction names."""
        for actor, element in funders.items():
            if actor not in paying:
                self.intake.claim("funding", element.at, giver=actor, purpose=self.project, moneyKind="unknown",
                                  providerActivity=element.get("activity-id"))  # fmt: skip

    def _reached(self, found: Mapping[str, At], known: Collection[str]) -> None:
        """Claim the places that transactions name and the activity itself does not."""
        further = {place: at for place, at in found.items() if place not in known}
        if further:
            self.intake.claim("undertaking-reports", *further.values(), undertaking=self.project, place=list(further),
                              modality="implied", note=_BY_MONEY)  # fmt: skip

    def _allocations(self, places: list[tuple[Element, str]]) -> None:
        """Claim the parts that the file gives to countries, regions and sectors."""
        total = 0.0
        for element, place in places:
            share = self._share(element)
            total += float(share or 0)
            if share:
                self.intake.claim("allocations", element.at, undertaking=self.project, place=place, percentage=share)
        if total and abs(total - 100) > 1:
            self._fault(f"the percentages of countries and regions add up to {total:g}, not 100", places[0][0])
        for element in self.activity.all("sector"):
            if element.get("code"):
                self.intake.claim("allocations", element.at, undertaking=self.project, sector=element.get("code"),
                                  sectorVocabulary=element.get("vocabulary") or "1",
                                  percentage=self._share(element))  # fmt: skip

    def _share(self, element: Element) -> str:
        said = element.get("percentage")
        try:
            share = amount(said.rstrip("% "), ".") if said else ""
            if share and not 0 <= float(share) <= 100:
                raise ValueError
        except ValueError:
            self._fault(f"{said!r} is no percentage; left out", element)
            return ""
        return share

    def _fault(self, message: str, element: Element) -> None:
        self.activity.fault(self.intake, message, element)


def _say_whose(intake: Intake, activity: Activity, root: str) -> None:
    """Keep what the file itself says of its issue, from the first activity that names who reports."""
    named = [text for element in activity.all("reporting-org")
             for text, _ in narratives(element.node, activity.language)] or [""]  # fmt: skip
    if named[0] and "title" not in intake.about:
        made = _MADE.search(root)
        intake.about |= {
            "title": f"IATI activities of {named[0]}",
            "issuedBy": named[0],
            "issued": made[1] if made else "",
        }


READER = Reader(
    "iati",
    "IATI activities, versions 1.01 to 2.03: XML, of any size.",
    "activities",
    "xml",
    read,
    learns=frozenset({"title", "issuedBy", "issued"}),
)
