"""IATI activities and organizations of versions 1.01 to 2.03: projects with actors, places and payments.

Each `iati-activity` is a paragraph and each element within it a sentence, so that every claim names its element. An
activity is a project; its organizations are actors, by their identifiers or else their names; each transaction is a
payment in the direction of the money. A default of the standard, such as that the reporting organization pays, is
marked as implied. Amounts for several countries stay unallocated; percentages in a file are claims of their own. Of
several versions of one activity in a file the newest is read, by the day on which the file says it was updated.
"""

import re
from typing import TypeAlias, cast

from tipgraph.errors import Fault, InputError
from tipgraph.sources.evidence.xml_records import XmlRecord
from tipgraph.sources.importers.iati import about
from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.iati.organizations import IDENTIFIERS, Organizations, read_organization
from tipgraph.sources.importers.iati.projects import read_activity
from tipgraph.sources.importers.records import FileRecords
from tipgraph.sources.importers.row_builder import Record, RowBuilder

_DAY = re.compile(r"(?a)\d{4}-\d{2}-\d{2}")
_ORGANIZATION = "iati-organisation"
_NOT_ABOUT = f"not about trafficking in persons: no element {about.RULE}"
_NOUNS = {False: ("activity", "activities"), True: ("organization", "organizations")}  # one record, several


_Version: TypeAlias = tuple[str, int, int]  # when a record was updated, its number from the end, and a hash of its text


def read(builder: RowBuilder, records: FileRecords, _: str = "") -> None:
    """Read each activity or organization; with the option `about` only activities about trafficking in persons."""
    is_organization = records.root is not None and records.root.tag == "iati-organisations"
    if builder.options.about and is_organization:
        message = "is a file of organizations, and --about keeps activities; import it without --about"
        raise InputError([Fault(message, builder.file)])
    organizations, newest = _learned(records)
    for record in builder.each(records):
        node, fault, line = _element(record)
        if builder.options.about and not about.possible(record.text):
            builder.skip("not-about", _NOT_ABOUT)
        elif fault:
            one, many = _NOUNS[node.tag == _ORGANIZATION]
            message = f"this {one} is not well-formed ({fault}); it was left out"
            builder.fault(message, _identifier(node), line, lost=many)
            builder.skip("unread", "not well-formed")
        else:
            _read_record(Activity(builder, record, node), _version(record, node), newest, organizations)
    if builder.options.about and builder.empty:
        builder.report.nothing = _none_about(builder.report.records)
    builder.report.faults_and_losses += [(fault, "") for fault in records.faults]
    many = _NOUNS[is_organization][1]
    for _number in range(records.unread):
        builder.fault("the file cannot be read behind this record; what follows was left out", lost=many)


def _element(record: Record) -> tuple[Element, str, int]:
    """Return the element of a record, and why it is not well-formed, with the line of that."""
    _, node, fault, line = cast("XmlRecord", record.parsed)
    return cast("Element", node), fault, line


def _identifier(node: Element) -> str:
    return " ".join((node.findtext("organisation-identifier", "") or node.findtext("iati-identifier", "")).split())


def _read_record(
    activity: Activity, version: _Version, newest: dict[str, _Version], organizations: Organizations
) -> None:
    """Read an activity or an organization, or give the reason for leaving it out."""
    builder, identifier, is_organization = activity.builder, activity.identifier, activity.node.tag == _ORGANIZATION
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
        node, fault, _ = _element(record)
        if not fault:
            organizations.learn(node)
            name, version = _identifier(node), _version(record, node)
            newest[name] = max(version, newest.get(name, version))
    return organizations, newest


def _version(record: Record, node: Element) -> _Version:
    return node.said("last-updated-datetime"), -record.number, hash(record.text)


def _read_issuer(activity: Activity) -> None:
    """Keep title, issuer and date of the file, from the first activity with a reporting organization."""
    known, named = activity.builder.about, activity.narratives("reporting-org")
    if named and "title" not in known:
        root, is_organization = activity.node.getroottree().getroot(), activity.node.tag == _ORGANIZATION
        made = _DAY.match((root.get("generated-datetime") or "").strip())
        what = "IATI organization file" if is_organization else "IATI activities"
        known |= {"title": f"{what} of {named[0][1]}", "issuedBy": named[0][1], "issued": made[0] if made else ""}
