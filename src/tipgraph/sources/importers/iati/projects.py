"""An IATI activity as a project: its names, actors, places, dates and money.

A transaction is a payment in the direction of the money, with the codes of IATI. A budget names neither giver nor
receiver, and so its claim has none; a planned disbursement has those that its element names, or else the reporting
organization as its giver. Whether a budget is the original or a revised one, indicative or committed, is claimed only
if the element says so. An amount of 0 is 0.

Decision: docs/decisions/0200-how-iati-files-are-read.md.
"""

from collections.abc import Mapping
from typing import Final

from tipgraph.sources.importers.cell_values import day, interval, is_future
from tipgraph.sources.importers.iati import about, details
from tipgraph.sources.importers.iati.activity import TRUE, WORDS, Activity, Element
from tipgraph.sources.importers.iati.organizations import Organizations
from tipgraph.sources.importers.row_builder import Cell

_OPEN = frozenset({"planned", "ongoing"})  # an activity with such a status has no end yet
_PLANNED, _ACTUAL = ("1", "3"), ("2", "4")  # the types of dates: start and end
_WHOLE_OF, _PART_OF = "1", "2"  # the types of related activities: parent and child
_COLUMNS = {"2": "objective", "3": "targetGroup"}  # of descriptions by type; other types are general
_BUDGETS = {"budget": "budgeted", "planned-disbursement": "planned-disbursement"}
_KINDS, _NO_GIVING = (WORDS["transaction"][name] for name in ("kinds", "no_giving"))
_INCOMING = frozenset({"1", "11", "13"})  # the types of transactions to the reporting organization
_READ = frozenset(WORDS["read"]["activity"].split())
_BY_MONEY = "transactions are for these places; the activity itself does not name them"
_SILENT = "the element names no {}; by the standard it is the reporting organization"
_WITHHELD = "the file withholds the name of the {}"
_ENDS: Final = {"provider": "giver", "receiver": "receiver"}


def read_activity(
    activity: Activity, organizations: Organizations, topic: tuple[Element, dict[str, str]] | None
) -> None:
    """Read an activity; `topic` is what it says about trafficking in persons."""
    builder, node = activity.builder, activity.node
    builder.report.unread.update(activity.unread(_READ, details.PARTS))
    activity.project = _project(activity)
    reporter = _reporter(activity, organizations)
    places = activity.places(node)
    _report(activity, places)
    if topic:
        activity.report(topic[0], **topic[1])
    _related(activity)
    funders = _roles(activity, organizations)
    _allocations(activity, places)
    given: dict[str, Element] = {}
    paying = {_transaction(activity, organizations, paid, reporter, given) for paid in node.all("transaction")}
    for actor, funder in funders.items():
        if actor not in paying:  # a payment without details for each whom none names
            activity.claim("funding", funder, giver=actor, purpose=activity.project, moneyKind="unknown",
                           providerActivity=funder.said("activity-id"))  # fmt: skip
    known = {place for _, place in places}
    if further := {place: paid for place, paid in given.items() if place not in known}:
        activity.report(*further.values(), place=list(further), modality="implied", note=_BY_MONEY)
    for budget in node.all(*_BUDGETS):
        ours = "provider" if budget.tag == "planned-disbursement" else ""
        ends = _ends(activity, organizations, budget, ours, reporter)
        cells = {"date": activity.period(budget), **activity.cells(budget, "budget"), **ends}
        activity.money(budget, inherits="modality" in ends, purpose=activity.project,
                       moneyKind=_BUDGETS[str(budget.tag)], **cells)  # fmt: skip
    _tell(activity, {place: one for one, place in places if one.tag == "recipient-country"})


def _tell(activity: Activity, countries: Mapping[str, Element]) -> None:
    """Claim kind, descriptions, classifications, locations, results and documents of the activity."""
    about.read_kinds(activity)
    for node in activity.node.all("description"):
        column = _COLUMNS.get(node.said("type"), "description")
        for cells in activity.all_worded(column, node):
            if column in _COLUMNS.values():  # a | would separate values there
                cells = {name: text.replace("|", "/") for name, text in cells.items()}
            activity.report(node, **cells)
    details.read_classifications(activity)
    details.read_locations(activity, countries)
    for node in activity.node.all("result"):
        details.read_result(activity, node)
    for node in activity.node.all("document-link"):
        details.read_document(activity, node, undertaking=activity.project)


def _project(activity: Activity) -> str:
    """Return the project, and claim its identifier and its titles."""
    identifier, titles = activity.identifier, activity.narratives("title")
    labels = [(text, tongue.partition("-")[0]) for _, text, tongue in titles] or [(identifier, "")]
    label, tongue = min(labels, key=lambda pair: pair[1] not in ("en", ""))
    other = {} if tongue in ("en", "") else {f"label@{tongue}": label}
    entry = activity.builder.entry
    project = entry("undertakings", identifier, label, type="Project", iatiIdentifier=identifier, **other)
    activity.claim("namings", activity.identifiers[0], named=project, name=identifier, nameKind="number")
    for node, text, tongue in titles:
        activity.claim("namings", node, named=project, name=text, nameKind="title", language=tongue)
    return project


def _actor(activity: Activity, organizations: Organizations, node: Element) -> str:
    party = organizations.party(activity, node)
    if party is None:
        activity.builder.report.left["organizations whose name is withheld"] += 1
    elif not party:
        activity.fault(f"a {node.tag} with neither an identifier nor a name; left out", node)
    return party or ""


def _reporter(activity: Activity, organizations: Organizations) -> str:
    """Claim the reporting organization, which is the publisher of the file unless others report too; return it."""
    about_file = activity.builder.about
    for node in activity.node.all("reporting-org"):
        if actor := _actor(activity, organizations, node):
            role = "secondary-reporter" if node.said("secondary-reporter").casefold() in TRUE else "reporter"
            activity.claim("participations", node, participant=actor, undertaking=activity.project, role=role)
            if about_file.setdefault("publisher", actor) != actor:
                about_file["publisher"] = ""
            return actor
    activity.fault("the activity has no reporting-org", activity.identifiers[0])
    return ""


def _report(activity: Activity, places: list[tuple[Element, str]]) -> None:
    """Claim status, places and dates of the activity; apart from these its planned dates."""
    statuses, dates = activity.node.all("activity-status")[:1], _dates(activity)
    status: Mapping[str, Cell] = activity.cells(statuses[0]) if statuses else {}
    goes_on = not _OPEN.isdisjoint(status.get("status") or ())  # type: ignore[arg-type]
    actual, at_dates = _interval(activity, dates, *_ACTUAL, goes_on=goes_on)
    at = [*statuses, *(node for node, _ in places), *at_dates] or activity.identifiers[:1]
    activity.report(*at, place=list(dict.fromkeys(place for _, place in places)), date=actual, **status)
    planned, at_dates = _interval(activity, dates, *_PLANNED, goes_on=goes_on)
    if planned and planned != actual:
        activity.report(*at_dates, date=planned, dateBasis="planned")


def _dates(activity: Activity) -> dict[str, tuple[str, Element]]:
    """Return the dates by type."""
    dates: dict[str, tuple[str, Element]] = {}
    for node in activity.node.all("activity-date"):
        try:
            when = day(node.said("iso-date") or node.words)
        except ValueError as error:
            activity.fault(str(error), node)
            continue
        if node.code("type") in _ACTUAL and is_future(when):
            activity.fault(f"{when} is an actual date in the future; imported unchanged", node)
        dates.setdefault(node.code("type"), (when, node))
    return dates


def _interval(
    activity: Activity, dates: Mapping[str, tuple[str, Element]], start: str, end: str, *, goes_on: bool
) -> tuple[str, list[Element]]:
    """Return two dates as an EDTF interval, and their elements."""
    first, last = (dates[kind][0] if kind in dates else "" for kind in (start, end))
    if first and last and last < first:
        activity.builder.fault(f"begins on {first} and ends on {last}; imported without dates", activity.identifier)
        return "", []
    return interval(first, last, goes_on=goes_on), [dates[kind][1] for kind in (start, end) if kind in dates]


def _related(activity: Activity) -> None:
    builder, project = activity.builder, activity.project
    for node in activity.node.all("related-activity"):
        other, kind = node.said("ref"), node.said("type")
        if not other or other == activity.identifier:
            activity.fault("a related-activity that names no other activity; left out", node)
            continue
        related = builder.mention("undertakings", other, other, type="Project", iatiIdentifier=other)
        builder.name(related, other, "number", activity.at(node))
        if kind == _PART_OF:
            activity.report(node, undertaking=related, partOf=project)
        else:
            activity.report(node, **{"partOf" if kind == _WHOLE_OF else "relatedTo": related})


def _roles(activity: Activity, organizations: Organizations) -> dict[str, Element]:
    """Claim the roles of organizations, and return the funders."""
    funders: dict[str, Element] = {}
    for node in activity.node.all("participating-org"):
        actor, role = _actor(activity, organizations, node), activity.cells(node)
        if actor and role["role"]:
            activity.claim("participations", node, participant=actor, undertaking=activity.project, **role)
            funders |= {actor: node} if role["role"] == ["funder"] else {}
    return funders


def _allocations(activity: Activity, places: list[tuple[Element, str]]) -> None:
    """Claim the percentages of countries, regions and sectors."""
    shares = [activity.share(node) for node, _ in places]
    for (node, place), share in zip(places, shares, strict=True):
        if share:
            activity.claim("allocations", node, undertaking=activity.project, place=place, percentage=share)
    if places:
        activity.check_whole(shares, "countries and regions", places[0][0])
    activity.sectors(activity.node, undertaking=activity.project)


def _ends(activity: Activity, organizations: Organizations, node: Element, ours: str, reporter: str) -> dict[str, Cell]:
    """Return giver and receiver of an element, with notes, and claim their names.

    By the standard the end that is `ours` is the reporting organization if the element does not name it; such a claim
    is implied, and cites the record too. Any other missing or withheld name stays open.
    """
    cells: dict[str, Cell] = {}
    notes: list[str] = []
    for end, column in _ENDS.items():
        part = node.child(f"{end}-org")
        party = organizations.party(activity, part)
        cells[f"{end}Activity"] = part.said(f"{end}-activity-id")
        if party is None:
            notes.append(_WITHHELD.format(end))
        elif not party and end == ours:
            notes.append(_SILENT.format(end))
            party, cells["modality"] = reporter, "implied"
        cells[column] = party
    return cells | {"note": "; ".join(notes)}


def _transaction(
    activity: Activity, organizations: Organizations, node: Element, reporter: str, given: dict[str, Element]
) -> str:
    """Claim a transaction as a payment from its provider to its receiver, with its sectors; return the giver.

    The money is for the countries of the transaction, if it has its own; these are added to the places that are given.
    """
    kind = node.child("transaction-type").code("code")
    if kind in _NO_GIVING:
        activity.builder.report.left[f"{_NO_GIVING[kind]}, which give no money"] += 1
        return ""
    if kind not in _KINDS:
        activity.fault(f"{kind!r} is no type of transaction; left out", node, "transactions")
        return ""
    ends = _ends(activity, organizations, node, "receiver" if kind in _INCOMING else "provider", reporter)
    when = activity.day(node, "transaction-date")
    if not node.all("transaction-date"):
        activity.fault("the transaction has no transaction-date; imported without a date", node)
    if is_future(when):
        activity.fault(f"the transaction of {when} is in the future; imported unchanged", node)
    own = activity.cells(node)
    lent = {column: codes for column, codes in activity.defaults.items() if codes and column not in own}
    places = [place for _, place in activity.places(node)]
    for place in places:
        given.setdefault(place, node)
    payment = activity.money(node, inherits=bool(lent) or "modality" in ends, purpose=activity.project,
                             moneyKind=_KINDS[kind], date=when, place=places, **own, **lent, **ends)  # fmt: skip
    activity.sectors(node, payment=payment)
    return str(ends["giver"] or "")
