"""The organizations of IATI files as actors, by an identifier of their own or else by name; and files of organizations.

An identifier is an organization's own if all its names in the file are spellings of one name; for an organization that
reports, only its names for itself count. Every other name is an actor by that name, with the identifier as evidence:
two funds with one identifier are two actors, until a person judges that they are one. Codes for types of organizations
and placeholders ("Excluded", "N/A") are no identifiers. A withheld name is no actor.

In a file of organizations (`iati-organisations`), a total budget and a total expenditure are money for the organization
itself, without a giver. They hold the budgets and payments of its activities, and so they are kinds of their own. A
budget for a country, a region or another organization is money that the organization plans to give. None was paid.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from tipgraph.model import folded, parted, spelling
from tipgraph.sources.importers.iati.activity import WORDS, Activity, Element, pattern
from tipgraph.sources.importers.iati.details import PARTS, read_document

IDENTIFIERS: Final = ("organisation-identifier", "iati-identifier")  # in versions 2 and 1
Names: TypeAlias = dict[str, str]  # each spelling of one name with its first written form

_TAGS = ("reporting-org", "participating-org", "provider-org", "receiver-org", "recipient-org")
_IDENTIFIER = re.compile(r"[A-Za-z]{2,3}-[^\s/&?|]+")
_WORDS = WORDS["organizations"]
_TYPE_CODES, _TYPE_NAMES, _NOTHING = (
    re.compile(pattern(_WORDS[name])) for name in ("type_codes", "type_names", "nothing")
)
_UNNAMED, _WITHHELD = (
    re.compile(rf"\b(?:{pattern(_WORDS[name])})\b", re.IGNORECASE) for name in ("unnamed", "withheld")
)
_MANY, _KINDS = (frozenset(_WORDS[name].split()) for name in ("many", "kinds"))
_GOVERNMENT = frozenset({"10", "11", "15"})
_MOST_NAMES = 5  # of a fault
_MONEY = WORDS["organization"]["money"]
_TOTALS = ("total-budget", "total-expenditure")  # kinds of money too
_READ = frozenset({*IDENTIFIERS, *_MONEY, "name", "reporting-org", "document-link"})
_LISTED = "the file lists it among the documents of the organization"


class Organizations:
    """The organizations of one file, by all names of each identifier."""

    def __init__(self) -> None:
        self._names: dict[bool, dict[str, list[Names]]] = {True: {}, False: {}}  # of those that report, and of others
        self._faulty_refs: set[str] = set()
        self._seen: set[tuple[str, ...]] = set()

    def learn(self, node: Element) -> None:
        """Learn the names of identifiers from an activity, before the first of the file is read."""
        for tag in _TAGS:
            for organization in node.iter(tag):
                ref, names = _ref_and_names(organization, "")  # type: ignore[arg-type]
                seen = tag, ref, *(name for name, _ in names)
                if ref and names and seen not in self._seen:
                    self._seen.add(seen)
                    self._learn(self._names[tag == "reporting-org"].setdefault(ref, []), seen[2:])

    @staticmethod
    def _learn(groups: list[Names], names: Iterable[str]) -> None:
        """Merge the names of an element, which are of one organization, with those of its identifier."""
        merged = _spellings(name for name in names if not _is_nobody(name))
        if merged:
            same = [group for group in groups if not group.keys().isdisjoint(merged)]
            for group in reversed(same):
                merged = group | {key: name for key, name in merged.items() if key not in group}
            groups[:] = [*(group for group in groups if group not in same), merged]

    def party(self, activity: Activity, node: Element) -> str | None:
        """Return the organization of an element, and claim its names; None if its name is withheld.

        A code or a name for a type of organizations is a group, another one in each activity: two "local partners" may
        differ.
        """
        ref, names = _ref_and_names(node, activity.node.language)
        if ref and _NOTHING.fullmatch(folded(ref)):
            self._fault(activity, node, ref, "is no identifier; leave ref out where there is none")
            ref = ""
        if any(_WITHHELD.search(name) for name, _ in names):
            return None
        return self._named(activity, node, ref, names) if ref or names else ""

    def _named(self, activity: Activity, node: Element, ref: str, names: Sequence[tuple[str, str]]) -> str:
        """Return the organization of an identifier and of names with their languages, and claim these."""
        builder, texts = activity.builder, [text for text, _ in names]
        own_name = self._own_name(activity, node, ref, texts)
        name = own_name or next(iter(texts), ref)
        is_group = not own_name and (not names or _is_vague(name))
        if is_group:
            actor = builder.entry("actors", f"{name.casefold()} of {activity.identifier}", name, type="Group")
        else:
            actor = _organization(activity, node.said("type"), ref if own_name else "", name)
        if not names or not _TYPE_CODES.fullmatch(ref):
            builder.name(actor, ref, "number", activity.at(node))
        for text, tongue in names:
            builder.name(actor, text, "description" if is_group else "name", activity.at(node), language=tongue)
        return actor

    def _own_name(self, activity: Activity, node: Element, ref: str, names: Sequence[str]) -> str:
        """Return the name of the organization that owns an identifier; an empty string if `names` are of another one.

        Add a fault if the file has several names for the identifier.
        """
        if _TYPE_CODES.fullmatch(ref):
            return ""
        reported, others = (self._names[is_reporter].get(ref, []) for is_reporter in (True, False))
        alike = reported or others
        if len(alike) == 1 and (not names or not alike[0].keys().isdisjoint(_spellings(names))):
            return next(iter(alike[0].values()))
        if alike:
            every = list(dict.fromkeys([*(next(iter(group.values())) for group in (*reported, *others)), *names]))
            more = f" and {len(every) - _MOST_NAMES} more" * (len(every) > _MOST_NAMES)
            message = (
                f"has several names ({'; '.join(every[:_MOST_NAMES])}{more}); each name became an actor of its own "
                f"with that ref: correct it, or join what is one by `tipgraph review identity --answer same {ref!r}`"
            )
            self._fault(activity, node, ref, message)
        return "" if names else ref

    def _fault(self, activity: Activity, node: Element, ref: str, message: str) -> None:
        """Add a fault of an identifier, once in a file."""
        if ref not in self._faulty_refs:
            self._faulty_refs.add(ref)
            activity.fault(f"ref {ref!r} {message}", node)


def _ref_and_names(node: Element, language: str) -> tuple[str, list[tuple[str, str]]]:
    return node.said("ref"), [pair for pair in node.narratives(language) if not _NOTHING.fullmatch(folded(pair[0]))]


def _organization(activity: Activity, kind: str, ref: str, name: str) -> str:
    """Return the reference of an organization with an identifier of its own, or else by its name."""
    return activity.builder.entry(
        "actors",
        ref or name.casefold(),
        name,
        type="GovernmentBody" if kind in _GOVERNMENT else "Organization",
        actorKind=activity.builder.ontology.matches("organisationtype").get(kind, ""),
        iatiIdentifier=ref if _IDENTIFIER.fullmatch(ref) else "",
    )


def _spellings(names: Iterable[str]) -> Names:
    return {spelling(parted(name)[0]).joined or name: name for name in names}


def _is_nobody(name: str) -> bool:
    plain = folded(name)
    return bool(_NOTHING.fullmatch(plain) or _TYPE_NAMES.fullmatch(plain) or _WITHHELD.search(name))


def _is_vague(name: str) -> bool:
    words = set(folded(name).split())
    return bool(_UNNAMED.search(name) or (words & _MANY and words <= _MANY | _KINDS)) or _is_nobody(name)


def read_organization(record: Activity, organizations: Organizations) -> None:
    """Claim names, budgets and documents of an organization."""
    builder, identifier = record.builder, record.identifier
    builder.report.unread.update(record.unread(_READ, {"document-link": PARTS["document-link"]}))
    reporters, names = record.node.all("reporting-org"), record.narratives("name")
    for node in reporters:
        organizations.party(record, node)
    kinds = [node.said("type") for node in reporters if node.said("ref") == identifier]
    actor = _organization(record, next(iter(kinds), ""), identifier, names[0][1] if names else identifier)
    builder.name(actor, identifier, "number", record.at(record.identifiers[0]))
    for node, name, tongue in names:
        builder.name(actor, name, "name", record.at(node), language=tongue)
    for node in record.node.all(*_MONEY):
        ends, kind = _ends(record, organizations, node, actor), str(node.tag) if node.tag in _TOTALS else "budgeted"
        status = {"budgetStatus": record.cells(node, "budget").get("budgetStatus")}
        record.money(node, inherits=True, moneyKind=kind, date=record.period(node), **ends, **status)
    for node in record.node.all("document-link"):
        read_document(record, node, publisher=actor, modality="implied", note=_LISTED)


def _ends(record: Activity, organizations: Organizations, node: Element, actor: str) -> dict[str, str]:
    """Return giver, receiver and purpose of a budget; a note if it names no recipient that is known here."""
    recipient = _MONEY[node.tag]
    if not recipient:
        return {"purpose": actor}
    part = node.child(recipient)
    if recipient == "recipient-org":
        if other := organizations.party(record, part):
            return {"giver": actor, "receiver": other}
    elif place := record.place(part):
        return {"giver": actor, "purpose": place, "place": place}
    unknown = f"for a {recipient} that is not known here ({part.said('code') or 'without a name'})"
    return {"giver": actor, "purpose": actor, "note": unknown}
