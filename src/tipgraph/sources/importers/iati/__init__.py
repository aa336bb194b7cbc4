"""IATI activities and organizations of versions 1.01 to 2.03: projects with actors, places and payments.

Each `iati-activity` is a paragraph and each element within it a sentence, so that every claim names its element. An
activity is a project; its organizations are actors, by their identifiers or else their names; each transaction is a
payment in the direction of the money. A default of the standard, such as that the reporting organization pays, is
marked as implied. Amounts for several countries stay unallocated; percentages in a file are claims of their own. Of
several versions of one activity in a file the newest is read, by the day on which the file says it was updated.
"""

import re
from typing import TypeAlias

from lxml import etree

from tipgraph.errors import Fault, InputError
from tipgraph.sources.importers.iati import about
from tipgraph.sources.importers.iati.activity import Activity, Element, is_of_organizations, parsed
from tipgraph.sources.importers.iati.organizations import IDENTIFIERS, Organizations, read_organization
from tipgraph.sources.importers.iati.projects import read_activity
from tipgraph.sources.importers.records import FileRecords, identifier_in
from tipgraph.sources.importers.row_builder import Record, RowBuilder

_MADE = re.compile(r"""(?a)generated-datetime\s*=\s*["'](\d{4}-\d{2}-\d{2})""")
_NOT_ABOUT = f"not about trafficking in persons: no element {about.RULE}"
_NOUNS = {False: ("activity", "activities"), True: ("organization", "organizations")}  # one record, several


_Version: TypeAlias = tuple[str, int, int]  # when a record was updated, its number from the end, and a hash of its text


def read(builder: RowBuilder, records: FileRecords, _: str = "") -> None:
    """Read each activity or organization; with the option `about` only activities about trafficking in persons."""
    is_organization = is_of_organizations(records.root)
    if builder.options.about and is_organization:
        message = "is a file of organizations, and --about keeps activities; import it without --about"
        raise InputError([Fault(message, builder.file)])
    organizations, newest = _learned(records)
    for record in builder.each(records):
        if builder.options.about and not about.possible(record.text):
            builder.skip("not-about", _NOT_ABOUT)
        elif activity := _parsed(builder, record, records.root):
            _read_record(activity, _version(record, activity.node), newest, organizations)
    if builder.options.about and builder.empty:
        builder.report.nothing = _none_about(builder.report.records)
    builder.report.faults_and_losses += [(fault, "") for fault in records.faults]
    for fault in records.unended:
        builder.fault(fault.message, fault.column, fault.row, lost=_NOUNS[is_organization][1])


def _read_record(
    activity: Activity, version: _Version, newest: dict[str, _Version], organizations: Organizations
) -> None:
    """Read an activity or an organization, or give the reason for leaving it out."""
    builder, identifier, is_organization = activity.builder, activity.identifier, is_of_organizations(activity.root)
    one, many = _NOUNS[is_organization]
    _read_issuer(activity)
    topic = None if is_organization else about.topic(activity)
    if builder.options.about and not topic:
        builder.skip("not-about", _NOT_ABOUT)
    elif not identifier:
        tag = IDENTIFIERS[0] if is_organization else "iati-identifier"
        builder.fault(f"this {one} has no {tag}; it was left out", lost=many)
        builder.skip("unread", f"without an {tag}")
    elif newest[identifier] != version:
        if version[0] == newest[identifier][0] and version[2] != newest[identifier][2]:
            message = f"this {one} is in the file before, with other words; it was left out"
            builder.fault(message, identifier, lost=many)
        builder.skip("unread", f"other versions of {many} in the file")
    elif is_organization:
        read_organization(activity, organizations)
    else:
        read_activity(activity, organizations, topic)


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


def _learned(records: FileRecords) -> tuple[Organizations, dict[str, _Version]]:
    """Read a file once, and return the names of its organizations and the newest version of each record.

    Of several versions without a day the first counts.
    """
    organizations, newest = Organizations(), dict[str, _Version]()
    for record in records:
        try:
            node = parsed(record, records.root)
        except (etree.XMLSyntaxError, ValueError):
            continue  # `read` reports it
        organizations.learn(node)
        named = node.findtext("organisation-identifier", "") or node.findtext("iati-identifier", "")
        name, version = " ".join(named.split()), _version(record, node)
        newest[name] = max(version, newest.get(name, version))
    return organizations, newest


def _version(record: Record, node: Element) -> _Version:
    return node.said("last-updated-datetime"), -record.number, hash(record.text)


def _parsed(builder: RowBuilder, record: Record, root: str) -> Activity | None:
    """Return an activity or an organization; None and a fault if it is not well-formed."""
    try:
        return Activity(builder, record, root)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = record.line + (getattr(error, "lineno", 1) or 1) - 1
        reason = str(error).partition(", line")[0]
        one, many = _NOUNS[is_of_organizations(root)]
        message = f"this {one} is not well-formed ({reason}); it was left out"
        builder.fault(message, identifier_in(record.text), line, lost=many)
        builder.skip("unread", "not well-formed")
        return None


def _read_issuer(activity: Activity) -> None:
    """Keep title, issuer and date of the file, from the first activity with a reporting organization."""
    known, named = activity.builder.about, activity.narratives("reporting-org")
    if named and "title" not in known:
        made = _MADE.search(activity.root)
        what = "IATI organization file" if is_of_organizations(activity.root) else "IATI activities"
        known |= {"title": f"{what} of {named[0][1]}", "issuedBy": named[0][1], "issued": made[1] if made else ""}
