"""The organizations of IATI files as actors, by an identifier of their own or else by name; and files of organizations.

An identifier is an organization's own if all its names in the file are spellings of one name; for an organization that
reports, only its names for itself count. Every other name is an actor by that name: two funds with one identifier are
two actors, until a person judges that they are one. Codes for types of organizations and placeholders ("Excluded",
"N/A") are no identifiers. A withheld name is no actor.

In a file of organizations (`iati-organisations`), a total budget and a total expenditure are money for the organization
itself, without a giver. They hold the budgets and payments of its activities, and so they are kinds of their own. A
budget for a country, a region or another organization is money that the organization plans to give. None was paid.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

from lxml import etree

from tipgraph.model import folded, parted, spelling
from tipgraph.sources.importers.iati import values
from tipgraph.sources.importers.iati.activity import WORDS, Activity, Element, narratives, pattern
from tipgraph.sources.importers.iati.details import read_document

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


class Party(NamedTuple):
    """The organization of an element: an actor, or the text of a withheld name, or neither."""

    actor: str = ""
    withheld: str = ""


class Organizations:
    """The organizations of one file, by all names of each identifier."""

    def __init__(self) -> None:
        self._reported: dict[str, list[Names]] = {}
        self._named: dict[str, list[Names]] = {}
        self._faulty_refs: set[str] = set()
        self._seen: set[tuple[str, ...]] = set()

    def learn(self, node: etree._Element) -> None:
        """Learn the names of identifiers from an activity, before the first of the file is read."""
        for tag, ref, names in _naming(node):
            if (tag, ref, *names) not in self._seen:
                self._seen.add((tag, ref, *names))
                self._learn(self._reported if tag == _TAGS[0] else self._named, ref, names)

    def party(self, activity: Activity, element: Element) -> Party:
        """Return the organization of an element, and claim its names."""
        ref, names = _ref_and_names(element.node, activity.language)
        if ref and _NOTHING.fullmatch(folded(ref)):
            self._fault(activity, element, ref, "is no identifier; leave ref out where there is none")
            ref = ""
        withheld = next((name for name, _ in names if _WITHHELD.search(name)), "")
        if withheld or not (ref or names):
            return Party(withheld=withheld)
        return Party(self._actor(activity, element, ref, names))

    def _actor(self, activity: Activity, element: Element, ref: str, names: Sequence[tuple[str, str]]) -> str:
        """Claim an actor with its names, each with its language, and return it.

        A code or a name for a type of organizations is a group, another one in each activity: two "local partners" may
        differ.
        """
        builder, texts = activity.builder, [text for text, _ in names]
        own_name = self._own_name(activity, element, ref, texts)
        name = own_name or next(iter(texts), ref)
        is_group = not own_name and (not names or _is_vague(name))
        if is_group:
            actor = builder.entry("actors", f"{name.casefold()} of {activity.identifier}", name, type="Group")
        else:
            actor = _organization(activity, element.get("type"), ref if own_name else "", name)
        if not _TYPE_CODES.fullmatch(ref) or not names:  # a ref of several names is evidence for each of them
            builder.name(actor, ref, "number", element.at)
        for text, tongue in names:
            builder.name(actor, text, "description" if is_group else "name", element.at, language=tongue)
        return actor

    def _own_name(self, activity: Activity, element: Element, ref: str, names: Sequence[str]) -> str:
        """Return the name of the organization that owns an identifier; an empty string if `names` are of another one.

        Add a fault if the file has several names for the identifier.
        """
        if _TYPE_CODES.fullmatch(ref):
            return ""
        alike = self._reported.get(ref) or self._named.get(ref, [])
        if len(alike) == 1 and (not names or not alike[0].keys().isdisjoint(_spellings(names))):
            return next(iter(alike[0].values()))
        if alike:
            self._fault(activity, element, ref, self._shared(ref, names))
        return "" if names else ref

    def _learn(self, names_of: dict[str, list[Names]], ref: str, names: Iterable[str]) -> None:
        """Merge the names of an element, which are of one organization, with those of its identifier."""
        spellings = _spellings(name for name in names if not _is_nobody(name))
        if spellings:
            groups = names_of.setdefault(ref, [])
            same = [group for group in groups if not group.keys().isdisjoint(spellings)]
            merged: Names = {}
            for group in (*same, spellings):
                for key, name in group.items():
                    merged.setdefault(key, name)
            names_of[ref] = [*(group for group in groups if group not in same), merged]

    def _shared(self, ref: str, others: Iterable[str]) -> str:
        groups = [*self._reported.get(ref, []), *self._named.get(ref, [])]
        names = list(dict.fromkeys([*(next(iter(group.values())) for group in groups), *others]))
        more = f" and {len(names) - _MOST_NAMES} more" * (len(names) > _MOST_NAMES)
        return (
            f"has several names ({'; '.join(names[:_MOST_NAMES])}{more}); each name became an actor of its own with "
            f"that ref: correct it, or join those that are one by `tipgraph review identity --answer same {ref!r}`"
        )

    def _fault(self, activity: Activity, element: Element, ref: str, message: str) -> None:
        """Add a fault of an identifier, once in a file."""
        if ref not in self._faulty_refs:
            self._faulty_refs.add(ref)
            activity.fault(f"ref {ref!r} {message}", element)


def _naming(node: etree._Element) -> Iterator[tuple[str, str, list[str]]]:
    """Yield element, identifier and names of each organization of an activity."""
    for organization in node.iter(*_TAGS):
        ref, names = _ref_and_names(organization, "")
        if ref and names:
            yield str(organization.tag), ref, [name for name, _ in names]


def _ref_and_names(node: etree._Element, language: str) -> tuple[str, list[tuple[str, str]]]:
    names = [pair for pair in narratives(node, language) if not _NOTHING.fullmatch(folded(pair[0]))]
    return (node.get("ref") or "").strip(), names


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
    builder.report.unread.update(record.unread(_READ))
    reporters = record.all("reporting-org")
    for element in reporters:
        organizations.party(record, element)
    names = record.narratives("name")
    kinds = [element.get("type") for element in reporters if element.get("ref") == identifier]
    actor = _organization(record, next(iter(kinds), ""), identifier, names[0][1] if names else identifier)
    builder.name(actor, identifier, "number", record.all(*IDENTIFIERS)[0].at)
    for element, name, tongue in names:
        builder.name(actor, name, "name", element.at, language=tongue)
    for element in record.all(*_MONEY):
        if not values.is_nothing(record, element):
            ends = _ends(record, organizations, element, actor)
            status = values.codes(record, [element], "status", "budgetstatus")
            kind = element.tag if element.tag in _TOTALS else "budgeted"
            at = [element.at, record.all(*IDENTIFIERS)[0].at, *values.currency_at(record, element)]
            builder.claim("funding", *at, **ends, moneyKind=kind, budgetStatus=status,
                          date=values.period(record, element), **values.amount(record, element))  # fmt: skip
    for element in record.all("document-link"):
        read_document(record, element, publisher=actor, modality="implied", note=_LISTED)


def _ends(record: Activity, organizations: Organizations, element: Element, actor: str) -> dict[str, str]:
    """Return giver, receiver and purpose of a budget; a note if it names no recipient that is known here."""
    recipient = _MONEY[element.tag]
    if not recipient:
        return {"purpose": actor}
    part = element.child(recipient)
    if recipient == "recipient-org":
        if other := organizations.party(record, part).actor:
            return {"giver": actor, "receiver": other}
    elif place := values.place_of(record, part):
        return {"giver": actor, "purpose": place, "place": place}
    unknown = f"for a {recipient} that is not known here ({part.get('code') or 'without a name'})"
    return {"giver": actor, "purpose": actor, "note": unknown}
