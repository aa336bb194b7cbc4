"""IATI activities and organizations of versions 1.01 to 2.03, as a stream: projects with actors, places and payments.

Each `iati-activity` is a paragraph and each element within it a sentence, so that every claim names its element. An
activity is a project; its organizations are actors, by their identifiers or else their names; each transaction is a
payment in the direction of the money. A default of the standard, such as that the reporting organization pays, is
marked as implied. Amounts for several countries stay unallocated; percentages in a file are claims of their own.
"""

import re
from collections.abc import Collection, Mapping

from lxml import etree

from tipgraph.errors import Fault, InputError
from tipgraph.sources.importers.cell_values import day, interval, is_future
from tipgraph.sources.importers.iati import about, budgets, documents, locations, results, transactions
from tipgraph.sources.importers.iati.activity import Activity, Element, is_of_organizations, narratives, parsed
from tipgraph.sources.importers.iati.actors import Organizations
from tipgraph.sources.importers.iati.classifications import read_classifications
from tipgraph.sources.importers.iati.descriptions import read_descriptions
from tipgraph.sources.importers.iati.kinds import read_kinds
from tipgraph.sources.importers.iati.money import MoneyValues
from tipgraph.sources.importers.iati.organisations import IDENTIFIERS, OrganizationReading
from tipgraph.sources.importers.iati.places import place_of
from tipgraph.sources.importers.iati.sectors import read_sectors
from tipgraph.sources.importers.iati.versions import Versions
from tipgraph.sources.importers.records import FileRecords, identifier_in
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import ROLES, At, Record, RowBuilder

_OPEN = frozenset({"planned", "ongoing"})  # an activity with such a status has no end yet
_PLANNED, _ACTUAL = ("1", "3"), ("2", "4")  # the types of dates: start and end
_WHOLE_OF, _PART_OF = "1", "2"  # the types of related activities: parent and child
_MADE = re.compile(r"""(?a)generated-datetime\s*=\s*["'](\d{4}-\d{2}-\d{2})""")
_READ = frozenset({
    "iati-identifier", "reporting-org", "title", "participating-org", "activity-status", "activity-date",
    "recipient-country", "recipient-region", "sector", "related-activity", "transaction",
    *transactions.DEFAULTS, *budgets.TAGS, "description", "document-link", "humanitarian-scope", "location",
    "policy-marker", "result", "tag",
})  # fmt: skip
_PARTS = {"document-link": documents.PARTS, "location": locations.PARTS, "result": results.PARTS}
_NOT_ABOUT = f"not about trafficking in persons: no element {about.RULE}"
_BY_MONEY = "transactions are for these places; the activity itself does not name them"
_TOPIC = "trafficking in persons"
_OBJECTIVES = "2"  # the type of such a description
_NOUNS = {False: ("activity", "activities"), True: ("organization", "organizations")}  # one record, several


def read(builder: RowBuilder, records: Records) -> None:
    """Read each activity or organization; with the option `about` only activities about trafficking in persons."""
    organizations, versions = _learned(records)
    root = getattr(records, "root", "<iati-activities>")
    if builder.options.about and is_of_organizations(root):
        message = "is a file of organizations, and --about keeps activities; import it without --about"
        raise InputError([Fault(message, builder.file)])
    for record in builder.each(records):
        if builder.options.about and not about.possible(record.text):
            builder.skip("not-about", _NOT_ABOUT)
        elif activity := _parsed(builder, record, root):
            _read_record(builder, record, activity, organizations, versions)
    if builder.options.about and builder.empty:
        builder.report.nothing = _none_about(builder.report.records)
    if isinstance(records, FileRecords):
        _report(builder, records, root)


def _report(builder: RowBuilder, records: FileRecords, root: str) -> None:
    """Report the faults between the records of a file, and the records without an end."""
    for fault in records.faults:
        builder.report.add(fault)
    for fault in records.unended:
        builder.fault(fault.message, fault.column, fault.row, lost=_NOUNS[is_of_organizations(root)][1])


def _read_record(
    builder: RowBuilder, record: Record, activity: Activity, organizations: Organizations, versions: Versions
) -> None:
    """Read an activity or an organization, or give the reason for leaving it out."""
    _read_issuer(builder, activity)
    is_organization = is_of_organizations(activity.root)
    reading = (OrganizationReading if is_organization else _ActivityReading)(builder, activity, organizations)
    one, many = _NOUNS[is_organization]
    if builder.options.about and not reading.topic:
        builder.skip("not-about", _NOT_ABOUT)
    elif not activity.identifier:
        tag = IDENTIFIERS[0] if is_organization else "iati-identifier"
        builder.fault(f"this {one} has no {tag}; it was left out", lost=many)
        builder.skip("unread", f"without an {tag}")
    elif versions.is_read(record, activity.identifier):
        reading.read()
    elif versions.is_lost(record, activity.node, activity.identifier):
        message = f"this {one} is in the file before, with other words; it was left out"
        builder.fault(message, activity.identifier, lost=many)
        builder.skip("unread", f"other versions of {many} in the file")
    else:
        builder.skip("unread", f"other versions of {many} in the file")


def _none_about(records: int) -> str:
    """Return what the option `about` looked for in vain, and what to do."""
    *elements, last = about.ELEMENTS
    one, many = _NOUNS[False]
    return (
        f"--about kept none of {records:,} {one if records == 1 else many}: it looks for trafficking in persons "
        f"in each {', '.join(elements)} and {last}\n"
        "the source has no claims, only the list of what was read: remove it, or import the file again with --replace "
        "and without --about"
    )


def _learned(records: Records) -> tuple[Organizations, Versions]:
    """Read a file once, and return the names of its organizations and the newest versions of its records."""
    organizations, versions = Organizations(), Versions()
    for record in records:
        try:
            node = parsed(record, getattr(records, "root", ""))
        except (etree.XMLSyntaxError, ValueError):
            continue  # `read` reports it
        organizations.learn(node)
        versions.learn(record, node)
    return organizations, versions


def _parsed(builder: RowBuilder, record: Record, root: str) -> Activity | None:
    """Return an activity or an organization; None and a fault if it is not well-formed."""
    try:
        return Activity(record, root)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = record.line + (getattr(error, "lineno", 1) or 1) - 1
        reason = str(error).partition(", line")[0]
        one, many = _NOUNS[is_of_organizations(root)]
        message = f"this {one} is not well-formed ({reason}); it was left out"
        builder.fault(message, identifier_in(record.text), line, lost=many)
        builder.skip("unread", "not well-formed")
        return None


class _ActivityReading:
    """Reads one activity."""

    def __init__(self, builder: RowBuilder, activity: Activity, organizations: Organizations) -> None:
        self.builder, self.activity, self._organizations = builder, activity, organizations
        phrases = ((element, about.phrase(words)) for element, words in activity.texts(*about.ELEMENTS))
        found = [(element, phrase) for element, phrase in phrases if phrase]
        self.topic = next((one for one in found if _is_aim(one[0])), found[0] if found else None)

    def read(self) -> None:
        """Read the activity."""
        self.builder.report.unread.update(self.activity.unread(_READ))
        self.builder.report.unread.update(self.activity.unread_parts(_PARTS))
        self.project = self._project()
        self.reporter = self._reporter()
        places = self._places()
        self._report([place for _, place in places], [element.at for element, _ in places])
        self._related()
        funders = self._roles()
        self._allocations(places)
        payments = transactions.Payments(self.builder, self.activity, self._organizations, self.project, self.reporter)
        self._unpaid(funders, {payments.read(element) for element in self.activity.all("transaction")})
        self._payment_places(payments.places, {place for _, place in places})
        planned = budgets.Budgets(self.builder, self.activity, self._organizations, self.project)
        for element in self.activity.all(*budgets.TAGS):
            planned.read(element)
        self._told(places)

    def _told(self, places: list[tuple[Element, str]]) -> None:
        """Claim kind, descriptions, classifications, locations, results and documents of the activity."""
        about_project = self.builder, self.activity, self.project
        read_kinds(*about_project)
        read_descriptions(*about_project)
        read_classifications(*about_project)
        countries = {place: element.at for element, place in places if element.node.tag == "recipient-country"}
        located = locations.LocationReading(*about_project, countries)
        located.read()
        reported = results.ResultReading(*about_project, located.by_reference)
        for element in self.activity.all("result"):
            reported.read(element)
        for element in self.activity.all("document-link"):
            documents.read_document(self.builder, self.activity, element.node, element.at, undertaking=self.project)

    def _project(self) -> str:
        titles = [(element, text, tongue) for element in self.activity.all("title")
                  for text, tongue in narratives(element.node, self.activity.language)]  # fmt: skip
        identifier = self.activity.identifier
        labels = [(text, tongue.partition("-")[0]) for _, text, tongue in titles] or [(identifier, "")]
        label, tongue = min(labels, key=lambda pair: pair[1] not in ("en", ""))
        other = {} if tongue in ("en", "") else {f"label@{tongue}": label}
        project = self.builder.entry(
            "undertakings", identifier, label, type="Project", iatiIdentifier=identifier, **other
        )
        names = [(self.activity.all("iati-identifier")[0], identifier, "number", "")]
        for element, name, kind, tongue in names + [(node, text, "title", tongue) for node, text, tongue in titles]:
            self.builder.claim("namings", element.at, named=project, name=name, nameKind=kind, language=tongue)
        return project

    def _actor(self, element: Element) -> str:
        party = self._organizations.party(self.builder, self.activity, element)
        if party.withheld:
            self.builder.report.left["organizations whose name is withheld"] += 1
        elif not party.actor:
            self._fault(f"a {element.node.tag} with neither an identifier nor a name; left out", element)
        return party.actor

    def _reporter(self) -> str:
        """Claim the reporting organization, and return it."""
        for element in self.activity.all("reporting-org"):
            actor = self._actor(element)
            second = element.get("secondary-reporter").casefold() in ("1", "true")
            if actor:
                self.builder.claim("participations", element.at, participant=actor, undertaking=self.project,
                                   role="secondary-reporter" if second else "reporter")  # fmt: skip
                self._publish(actor)
                return actor
        self._fault("the activity has no reporting-org", self.activity.all("iati-identifier")[0])
        return ""

    def _publish(self, reporter: str) -> None:
        """Keep the reporter as the publisher of the file, unless other activities have another one."""
        first = self.builder.about.setdefault("publisher", reporter)
        if first != reporter:
            self.builder.about["publisher"] = ""

    def _report(self, places: list[str], at_places: list[At]) -> None:
        """Claim status, places and dates of the activity; apart from these its topic and its planned dates."""
        statuses, dates = self.activity.all("activity-status")[:1], self._dates()
        status = self.builder.ontology.matches("activitystatus").get(statuses[0].get("code"), "") if statuses else ""
        if statuses and not status:
            self._fault(f"{statuses[0].get('code')!r} is no activity status with a code here", statuses[0])
        goes_on = status in _OPEN
        actual, at_dates = self._interval(dates, *_ACTUAL, goes_on=goes_on)
        at = [element.at for element in statuses] + at_places + at_dates
        self.builder.claim("undertaking-reports", *(at or [self.activity.all("iati-identifier")[0].at]),
                           undertaking=self.project, place=list(dict.fromkeys(places)), status=status,
                           date=actual)  # fmt: skip
        if self.topic:
            element, phrase = self.topic
            column = "topic" if _is_aim(element) else "mentionsTopic"
            note = f"its words have “{phrase}”; how far it is about it was not read"
            self.builder.claim("undertaking-reports", element.at, undertaking=self.project, modality="implied",
                               note=note, **{column: _TOPIC})  # fmt: skip
        planned, at_dates = self._interval(dates, *_PLANNED, goes_on=goes_on)
        if planned and planned != actual:
            self.builder.claim("undertaking-reports", *at_dates, undertaking=self.project, date=planned,
                               dateBasis="planned")  # fmt: skip

    def _dates(self) -> dict[str, tuple[str, At]]:
        """Return the dates by type."""
        dates: dict[str, tuple[str, At]] = {}
        for element, words in self.activity.words("activity-date"):
            try:
                when = day(element.get("iso-date") or words)
            except ValueError as error:
                self._fault(str(error), element)
                continue
            if element.code("type") in _ACTUAL and is_future(when):
                self._fault(f"{when} is an actual date in the future; imported unchanged", element)
            dates.setdefault(element.code("type"), (when, element.at))
        return dates

    def _interval(
        self, dates: dict[str, tuple[str, At]], start: str, end: str, *, goes_on: bool
    ) -> tuple[str, list[At]]:
        """Return two dates as an EDTF interval, and their places."""
        first, last = (dates[kind][0] if kind in dates else "" for kind in (start, end))
        if first and last and last < first:
            self.builder.fault(
                f"begins on {first} and ends on {last}; imported without dates", self.activity.identifier
            )
            return "", []
        return interval(first, last, goes_on=goes_on), [dates[kind][1] for kind in (start, end) if kind in dates]

    def _places(self) -> list[tuple[Element, str]]:
        """Return the countries and regions with their places."""
        places: list[tuple[Element, str]] = []
        for element in (*self.activity.all("recipient-country"), *self.activity.all("recipient-region")):
            place = place_of(self.builder, self.activity, element)
            places += [(element, place)] if place else []
        return places

    def _related(self) -> None:
        for element in self.activity.all("related-activity"):
            other = element.get("ref")
            if not other or other == self.activity.identifier:
                self._fault("a related-activity that names no other activity; left out", element)
                continue
            other_project = self.builder.mention("undertakings", other, other, type="Project", iatiIdentifier=other)
            self.builder.name(other_project, other, "number", element.at)
            ends = {
                _WHOLE_OF: (self.project, "partOf", other_project),
                _PART_OF: (other_project, "partOf", self.project),
            }
            subject, relation, related = ends.get(element.get("type"), (self.project, "relatedTo", other_project))
            self.builder.claim("undertaking-reports", element.at, undertaking=subject, **{relation: related})

    def _roles(self) -> dict[str, Element]:
        """Claim the roles of organizations, and return the funders."""
        codes = self.builder.ontology.matches("organisationrole")
        funders: dict[str, Element] = {}
        for element in self.activity.all("participating-org"):
            actor, role = self._actor(element), codes.get(element.code("role"), "")
            if not role:
                message = f"{element.get('role')!r} is no role with a code here; left out"
                self.activity.fault(self.builder, message, element, ROLES)
            elif actor:
                self.builder.claim("participations", element.at, participant=actor, undertaking=self.project, role=role)
                funders |= {actor: element} if role == "funder" else {}
        return funders

    def _unpaid(self, funders: Mapping[str, Element], paying: Collection[str]) -> None:
        """Claim a payment without details for each funder that no transaction names."""
        for actor, element in funders.items():
            if actor not in paying:
                self.builder.claim("funding", element.at, giver=actor, purpose=self.project, moneyKind="unknown",
                                   providerActivity=element.get("activity-id"))  # fmt: skip

    def _payment_places(self, found: Mapping[str, At], known: Collection[str]) -> None:
        """Claim the places of transactions that the activity itself does not name."""
        further = {place: at for place, at in found.items() if place not in known}
        if further:
            self.builder.claim("undertaking-reports", *further.values(), undertaking=self.project, place=list(further),
                               modality="implied", note=_BY_MONEY)  # fmt: skip

    def _allocations(self, places: list[tuple[Element, str]]) -> None:
        """Claim the percentages of countries, regions and sectors."""
        values, shares = MoneyValues(self.builder, self.activity), list[str]()
        for element, place in places:
            share = values.share(element)
            shares.append(share)
            if share:
                self.builder.claim("allocations", element.at, undertaking=self.project, place=place, percentage=share)
        if places:
            values.check_whole(shares, "countries and regions", places[0][0])
        sectors = self.activity.all("sector")
        if sectors:
            read_sectors(self.builder, values, sectors, sectors[0], undertaking=self.project)

    def _fault(self, message: str, element: Element) -> None:
        self.activity.fault(self.builder, message, element)


def _is_aim(element: Element) -> bool:
    """Tell whether an element says what an activity is about: a title, or a description of its objectives."""
    return element.node.tag == "title" or (element.node.tag == "description" and element.code("type") == _OBJECTIVES)


def _read_issuer(builder: RowBuilder, activity: Activity) -> None:
    """Keep title, issuer and date of the file, from the first activity with a reporting organization."""
    named = [text for element in activity.all("reporting-org")
             for text, _ in narratives(element.node, activity.language)] or [""]  # fmt: skip
    if named[0] and "title" not in builder.about:
        made = _MADE.search(activity.root)
        what = "IATI organization file" if is_of_organizations(activity.root) else "IATI activities"
        title, issued = f"{what} of {named[0]}", made[1] if made else ""
        builder.about |= {"title": title, "issuedBy": named[0], "issued": issued}


_SUMMARY = "IATI activities or organizations, versions 1.01 to 2.03: XML, of any size."
READER = Reader("iati", _SUMMARY, "activities", "xml", read, learns=frozenset({"title", "issuedBy", "issued"}))
