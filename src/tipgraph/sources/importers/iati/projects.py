"""An IATI activity as a project: its names, actors, places, dates and money.

A transaction is a payment in the direction of the money, with the codes of IATI. A budget names neither giver nor
receiver, and so its claim has none; a planned disbursement has those that its element names. Whether a budget is the
original or a revised one, indicative or committed, is claimed only if the element says so.

Decision: docs/decisions/0202-transactions-keep-the-codes-of-iati.md.
Decision: docs/decisions/0200-budgets-are-kinds-of-money.md.
"""

from collections.abc import Iterable
from typing import NamedTuple

from tipgraph.sources.importers.cell_values import day, interval, is_future
from tipgraph.sources.importers.iati import about, details, values
from tipgraph.sources.importers.iati.activity import WORDS, Activity, Element
from tipgraph.sources.importers.iati.organizations import Organizations, Party
from tipgraph.sources.importers.row_builder import ROLES, At, Cell

_OPEN = frozenset({"planned", "ongoing"})  # an activity with such a status has no end yet
_PLANNED, _ACTUAL = ("1", "3"), ("2", "4")  # the types of dates: start and end
_WHOLE_OF, _PART_OF = "1", "2"  # the types of related activities: parent and child
_COLUMNS = {"2": "objective", "3": "targetGroup"}  # of descriptions by type; other types are general
_BUDGETS = {"budget": "budgeted", "planned-disbursement": "planned-disbursement"}
_KINDS, _NO_GIVING, _CODED = (WORDS["transaction"][name] for name in ("kinds", "no_giving", "coded"))
_INCOMING = frozenset({"1", "11", "13"})  # the types of transactions to the reporting organization
_OECD = "1"  # the vocabulary of types of aid; there are others for earmarking and cash
_READ = frozenset({
    "iati-identifier", "reporting-org", "title", "participating-org", "activity-status", "activity-date",
    "recipient-country", "recipient-region", "sector", "related-activity", "transaction", "description",
    "document-link", "humanitarian-scope", "location", "policy-marker", "result", "tag", *_BUDGETS,
    *(f"default-{name}" for name in _CODED),
})  # fmt: skip
_TRUE = ("1", "true")
_BY_MONEY = "transactions are for these places; the activity itself does not name them"
_SILENT = "the element names no {}; by the standard it is the reporting organization"
_WITHHELD = "the file withholds the name of the {}"


def read_activity(
    activity: Activity, organizations: Organizations, topic: tuple[Element, dict[str, str]] | None
) -> None:
    """Read an activity; `topic` is what it says about trafficking in persons."""
    builder = activity.builder
    builder.report.unread.update(activity.unread(_READ))
    builder.report.unread.update(activity.unread_parts(details.PARTS))
    activity.project = _project(activity)
    reporter = _reporter(activity, organizations)
    places = values.places_of(activity, activity.all("recipient-country", "recipient-region"))
    _report(activity, places, topic)
    _related(activity)
    funders = _roles(activity, organizations)
    _allocations(activity, places)
    payments = _Payments(activity, organizations, reporter)
    paying = {payments.read(element) for element in activity.all("transaction")}
    for actor, element in funders.items():
        if actor not in paying:  # a payment without details for each funder that no transaction names
            builder.claim("funding", element.at, giver=actor, purpose=activity.project, moneyKind="unknown",
                          providerActivity=element.get("activity-id"))  # fmt: skip
    known = {place for _, place in places}
    if further := {place: at for place, at in payments.places.items() if place not in known}:
        activity.report(*further.values(), place=list(further), modality="implied", note=_BY_MONEY)
    for element in activity.all(*_BUDGETS):
        _budget(activity, organizations, element)
    _tell(activity, {place: one.at for one, place in places if one.tag == "recipient-country"})


def _tell(activity: Activity, countries: dict[str, At]) -> None:
    """Claim kind, descriptions, classifications, locations, results and documents of the activity."""
    about.read_kinds(activity)
    for element in activity.all("description"):
        column = _COLUMNS.get(element.get("type"), "description")
        for cells in values.all_worded(activity, element.node, column):
            if column in _COLUMNS.values():  # a | would separate values there
                cells = {name: text.replace("|", "/") for name, text in cells.items()}
            activity.report(element.at, **cells)
    details.read_classifications(activity)
    details.read_locations(activity, countries)
    for element in activity.all("result"):
        details.read_result(activity, element)
    for element in activity.all("document-link"):
        details.read_document(activity, element, undertaking=activity.project)


def _project(activity: Activity) -> str:
    """Return the project, and claim its identifier and its titles."""
    identifier, titles = activity.identifier, activity.narratives("title")
    labels = [(text, tongue.partition("-")[0]) for _, text, tongue in titles] or [(identifier, "")]
    label, tongue = min(labels, key=lambda pair: pair[1] not in ("en", ""))
    other = {} if tongue in ("en", "") else {f"label@{tongue}": label}
    entry = activity.builder.entry
    project = entry("undertakings", identifier, label, type="Project", iatiIdentifier=identifier, **other)
    names = [(activity.all("iati-identifier")[0], identifier, "number", "")]
    for element, name, kind, tongue in names + [(node, text, "title", tongue) for node, text, tongue in titles]:
        activity.builder.claim("namings", element.at, named=project, name=name, nameKind=kind, language=tongue)
    return project


def _actor(activity: Activity, organizations: Organizations, element: Element) -> str:
    party = organizations.party(activity, element)
    if party.withheld:
        activity.builder.report.left["organizations whose name is withheld"] += 1
    elif not party.actor:
        activity.fault(f"a {element.tag} with neither an identifier nor a name; left out", element)
    return party.actor


def _reporter(activity: Activity, organizations: Organizations) -> str:
    """Claim the reporting organization, which is the publisher of the file unless others report too; return it."""
    about_file = activity.builder.about
    for element in activity.all("reporting-org"):
        if actor := _actor(activity, organizations, element):
            role = "secondary-reporter" if element.get("secondary-reporter").casefold() in _TRUE else "reporter"
            activity.builder.claim(
                "participations", element.at, participant=actor, undertaking=activity.project, role=role
            )
            if about_file.setdefault("publisher", actor) != actor:
                about_file["publisher"] = ""
            return actor
    activity.fault("the activity has no reporting-org", activity.all("iati-identifier")[0])
    return ""


def _report(
    activity: Activity, places: list[tuple[Element, str]], topic: tuple[Element, dict[str, str]] | None
) -> None:
    """Claim status, places and dates of the activity; apart from these its topic and its planned dates."""
    statuses, dates = activity.all("activity-status")[:1], _dates(activity)
    status = values.coded(activity, statuses[0], "code")["status"] if statuses else ""
    goes_on = status in _OPEN
    actual, at_dates = _interval(activity, dates, *_ACTUAL, goes_on=goes_on)
    at = [*(element.at for element in statuses), *(element.at for element, _ in places), *at_dates]
    named = list(dict.fromkeys(place for _, place in places))
    activity.report(*(at or [activity.all("iati-identifier")[0].at]), place=named, status=status, date=actual)
    if topic:
        activity.report(topic[0].at, **topic[1])
    planned, at_dates = _interval(activity, dates, *_PLANNED, goes_on=goes_on)
    if planned and planned != actual:
        activity.report(*at_dates, date=planned, dateBasis="planned")


def _dates(activity: Activity) -> dict[str, tuple[str, At]]:
    """Return the dates by type."""
    dates: dict[str, tuple[str, At]] = {}
    for element, words in activity.words("activity-date"):
        try:
            when = day(element.get("iso-date") or words)
        except ValueError as error:
            activity.fault(str(error), element)
            continue
        if element.code("type") in _ACTUAL and is_future(when):
            activity.fault(f"{when} is an actual date in the future; imported unchanged", element)
        dates.setdefault(element.code("type"), (when, element.at))
    return dates


def _interval(
    activity: Activity, dates: dict[str, tuple[str, At]], start: str, end: str, *, goes_on: bool
) -> tuple[str, list[At]]:
    """Return two dates as an EDTF interval, and their places."""
    first, last = (dates[kind][0] if kind in dates else "" for kind in (start, end))
    if first and last and last < first:
        message = f"begins on {first} and ends on {last}; imported without dates"
        activity.builder.fault(message, activity.identifier)
        return "", []
    return interval(first, last, goes_on=goes_on), [dates[kind][1] for kind in (start, end) if kind in dates]


def _related(activity: Activity) -> None:
    builder, project = activity.builder, activity.project
    for element in activity.all("related-activity"):
        other = element.get("ref")
        if not other or other == activity.identifier:
            activity.fault("a related-activity that names no other activity; left out", element)
            continue
        related = builder.mention("undertakings", other, other, type="Project", iatiIdentifier=other)
        builder.name(related, other, "number", element.at)
        if element.get("type") == _PART_OF:
            activity.report(element.at, undertaking=related, partOf=project)
        else:
            relation = "partOf" if element.get("type") == _WHOLE_OF else "relatedTo"
            activity.report(element.at, **{relation: related})


def _roles(activity: Activity, organizations: Organizations) -> dict[str, Element]:
    """Claim the roles of organizations, and return the funders."""
    funders: dict[str, Element] = {}
    for element in activity.all("participating-org"):
        actor = _actor(activity, organizations, element)
        role = values.coded(activity, element, "role", ROLES)
        if actor and role["role"]:
            activity.builder.claim(
                "participations", element.at, participant=actor, undertaking=activity.project, **role
            )
            funders |= {actor: element} if role["role"] == "funder" else {}
    return funders


def _allocations(activity: Activity, places: list[tuple[Element, str]]) -> None:
    """Claim the percentages of countries, regions and sectors."""
    shares = [values.share(activity, element) for element, _ in places]
    for (element, place), share in zip(places, shares, strict=True):
        if share:
            activity.builder.claim(
                "allocations", element.at, undertaking=activity.project, place=place, percentage=share
            )
    if places:
        values.check_whole(activity, shares, "countries and regions", places[0][0])
    if sectors := activity.all("sector"):
        values.read_sectors(activity, sectors, sectors[0], undertaking=activity.project)


class _Ends(NamedTuple):
    """Provider and receiver of an element, their cells, and notes on withheld names."""

    provider: Party
    receiver: Party
    cells: dict[str, str]
    notes: list[str]


def _ends(activity: Activity, organizations: Organizations, element: Element) -> _Ends:
    """Return the ends that an element names, and claim their names."""
    parts = {name: element.child(f"{name}-org") for name in ("provider", "receiver")}
    named = {name: organizations.party(activity, part) for name, part in parts.items()}
    cells = {f"{name}Activity": part.get(f"{name}-activity-id") for name, part in parts.items()}
    notes = [_WITHHELD.format(name) for name, party in named.items() if party.withheld]
    return _Ends(
        **named, cells=cells | {"giver": named["provider"].actor, "receiver": named["receiver"].actor}, notes=notes
    )


def _budget(activity: Activity, organizations: Organizations, element: Element) -> None:
    """Claim a budget or a planned disbursement with its period; one of 0 is counted and left out."""
    if not values.is_nothing(activity, element):
        ends = _ends(activity, organizations, element)
        kind, status = (values.codes(activity, [element], name, f"budget{name}") for name in ("type", "status"))
        activity.builder.claim("funding", element.at, *values.currency_at(activity, element), **ends.cells,
                               purpose=activity.project, moneyKind=_BUDGETS[element.tag], budgetType=kind,
                               budgetStatus=status, date=values.period(activity, element), note="; ".join(ends.notes),
                               **values.amount(activity, element))  # fmt: skip


class _Payments:
    """Claims the transactions of one activity; `places` has their places."""

    def __init__(self, activity: Activity, organizations: Organizations, reporter: str) -> None:
        """Claim payments for a project and its reporter."""
        self._activity, self._organizations, self._reporter = activity, organizations, reporter
        self._defaults: dict[str, tuple[list[str], list[At]]] = {}
        self.places: dict[str, At] = {}

    def read(self, element: Element) -> str:
        """Claim a transaction as a payment from its provider to its receiver, with its sectors; return the giver.

        By the standard a missing receiver of incoming money, or a missing provider of other money, is the reporting
        organization; such a claim is implied, and cites the element that names it too. Any other missing or withheld
        name stays open. The money is for the countries of the transaction, if it has its own.
        """
        activity, kind = self._activity, element.child("transaction-type").code("code")
        if kind in _NO_GIVING:
            activity.builder.report.left[f"{_NO_GIVING[kind]}, which give no money"] += 1
            return ""
        if kind not in _KINDS:
            activity.fault(f"{kind!r} is no type of transaction; left out", element, "transactions")
            return ""
        ends = _ends(activity, self._organizations, element)
        giver, silent = ends.provider.actor, list[str]()
        ours, end = ("receiver", ends.receiver) if kind in _INCOMING else ("provider", ends.provider)
        if end == Party():
            ends.cells["receiver" if kind in _INCOMING else "giver"] = self._reporter
            giver = giver if kind in _INCOMING else self._reporter
            silent = [_SILENT.format(ours)]
        coded, at = self._coded(element)
        at += [reporter.at for reporter in activity.all("reporting-org") if silent]
        at += values.currency_at(activity, element)
        found = values.places_of(activity, element.all("recipient-country", "recipient-region"))
        self.places = {place: element.at for _, place in found} | self.places
        date = self._date(element)
        payment = activity.builder.claim("funding", element.at, *at, **ends.cells, purpose=activity.project,
                            moneyKind=_KINDS[kind], place=[place for _, place in found], date=date, **coded,
                            modality="implied" if silent else "", note="; ".join([*ends.notes, *silent]),
                            **values.amount(activity, element),
                            **values.worded(activity, element.node.find("description"), "description"))  # fmt: skip
        values.read_sectors(activity, element.all("sector"), element, payment=payment)
        return giver

    def _coded(self, element: Element) -> tuple[dict[str, Cell], list[At]]:
        """Return the coded cells of a transaction, and the places of the defaults of the activity among them."""
        cells, at = dict[str, Cell](), list[At]()
        for name, column in _CODED.items():
            own = [part for part in element.all(name) if part.get("code")]
            if not own and name not in self._defaults:  # faults of a default are added once
                parts = self._activity.all(f"default-{name}")
                codes = self._codes(name, parts)
                self._defaults[name] = codes, [part.at for part in parts if codes and _is_listed(part)]
            cells[column], places = (self._codes(name, own), []) if own else self._defaults[name]
            at += places
        return cells, at

    def _codes(self, name: str, elements: Iterable[Element]) -> list[str]:
        listed = [element for element in elements if _is_listed(element)]
        left = self._activity.builder.report.left
        left.update("types of aid of other lists than the OECD's" for one in elements if not _is_listed(one))
        return values.codes(self._activity, listed, "code", name.replace("-", ""))

    def _date(self, element: Element) -> str:
        when = values.dated(self._activity, element, "transaction-date")
        if not element.all("transaction-date"):
            self._activity.fault("the transaction has no transaction-date; imported without a date", element)
        if is_future(when):
            self._activity.fault(f"the transaction of {when} is in the future; imported unchanged", element)
        return when


def _is_listed(element: Element) -> bool:
    return element.get("vocabulary") in ("", _OECD)
