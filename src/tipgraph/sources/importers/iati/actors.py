"""The organizations of IATI files as actors, by an identifier of their own or else by name.

An identifier is an organization's own if all its names in the file are spellings of one name; for an organization that
reports, only its names for itself count. Every other name is an actor by that name: two funds with one identifier are
two actors, until a person judges that they are one. Codes for types of organizations and placeholders ("Excluded",
"N/A") are no identifiers. A withheld name is no actor.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from lxml import etree

from tipgraph.model import folded, parted, spelling
from tipgraph.sources.importers.iati.activity import Activity, Element, narratives
from tipgraph.sources.importers.row_builder import RowBuilder

TAGS = ("reporting-org", "participating-org", "provider-org", "receiver-org", "recipient-org")
Names: TypeAlias = dict[str, str]  # each spelling of one name with its first written form

_IDENTIFIER = re.compile(r"[A-Za-z]{2,3}-[^\s/&?|]+")
# Codes of the OECD for types of organizations, such as NGOs of the donor country.
_TYPE_CODES = re.compile(r"[1-9]\d000|41\d00|1[12]00[1-4]|6[123]0\d\d|2250[12]|23501")
# Labels of the code lists of organization types and channels, and words like them.
_TYPE_NAMES = re.compile(
    r"others?|networks?|public sector institutions?|(?:donor|provider|recipient|third country) government.*|"
    r"multilateral organi[sz]ations?|(?:united nations|un)(?: un)? agency fund or commission.*|"
    r"universit(?:y|ies) colleges? or other.*|public private partnerships?(?: ppps?)?(?: and networks?)?|"
    r"non governmental organi[sz]ations?.*civil society|customers?|staff members?|corporate travel providers?|"
    r"(?:private sector|ngos|private exporter|other public entities) in .+|private sectors?|"
    r"(?:central |local )?governments?|ministr(?:y|ies)|embass(?:y|ies)|multilaterals?|foundations?|civil society|"
    r"academic training and research|un entities .+|un (?:inter|single) agency .+|existing un channels .+|"
    r"regional development banks|other multilateral institutions|banks deposit .+|investment funds and other .+|"
    r"holding companies trusts .+|micro finance institutions deposit .+|pension funds|retail investors|"
    r"(?:public|insurance|other (?:non )?financial) corporations|(?:importers )?exporters|"
    r"(?:(?:inter)?national|local|regional|(?:donor|developing|provider|recipient) country based) ngos?"
)
_UNNAMED = re.compile(r"\b(?:unnamed|various|miscellaneous|individuals?|beneficiar(?:y|ies))\b", re.IGNORECASE)
# Words that mean many if a name has only words for kinds beside them: "Light Partners Ltd" is one company.
_MANY = frozenset({"partner", "partners", "vendor", "vendors", "supplier", "suppliers", "sector", "ngo", "ngos"})
_KINDS = frozenset({
    "in", "of", "for", "and", "or", "the", "other", "multiple", "several", "small", "local", "national", "regional",
    "international", "implementing", "delivery", "downstream", "provider", "recipient", "donor", "developing",
    "third", "country", "countries", "based", "goods", "services", "project", "projects", "private", "public",
    "organisation", "organization", "organisations", "organizations", "agency", "agencies", "institution",
    "institutions", "company", "companies", "firm", "firms", "consultant", "consultants", "contractor",
    "contractors", "grantee", "grantees",
})  # fmt: skip
_NOTHING = re.compile(
    r"|n a|na|nil|none|null|unknown|unspecified|excluded|tb[acd]|0+|x+|corrections?|adjustments?|"
    r"(?:not|no) (?:applicable|available|data|known|provided|specified|stated)|to be (?:confirmed|determined)"
)
_WITHHELD = re.compile(  # "Anonymous donor", and not "Alcoholics Anonymous"
    r"\b(?:withheld|redacted|undisclosed|(?:not|non)[- ]disclosed|confidential|(?<!s )anonymous|anonymi[sz]ed)\b",
    re.IGNORECASE,
)
GOVERNMENT = frozenset({"10", "11", "15"})
_MOST_NAMES = 5  # of a fault


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
                self._learn(self._reported if tag == TAGS[0] else self._named, ref, names)

    def party(self, builder: RowBuilder, activity: Activity, element: Element) -> Party:
        """Return the organization of an element, and claim its names."""
        ref, names = _ref_and_names(element.node, activity.language)
        if ref and _NOTHING.fullmatch(folded(ref)):
            self._fault(builder, activity, element, ref, "is no identifier; leave ref out where there is none")
            ref = ""
        withheld = next((name for name, _ in names if _WITHHELD.search(name)), "")
        if withheld or not (ref or names):
            return Party(withheld=withheld)
        return Party(self._actor(builder, activity, element, ref, names))

    def _actor(
        self, builder: RowBuilder, activity: Activity, element: Element, ref: str, names: Sequence[tuple[str, str]]
    ) -> str:
        """Claim an actor with its names, each with its language, and return it.

        A code or a name for a type of organizations is a group, another one in each activity: two "local partners" may
        differ.
        """
        texts = [text for text, _ in names]
        own_name = self._own_name(builder, activity, element, ref, texts)
        name = own_name or next(iter(texts), ref)
        if not own_name and (not names or _is_vague(name)):
            kind = "description"
            actor = builder.entry("actors", f"{name.casefold()} of {activity.identifier}", name, type="Group")
        else:
            kind = "name"
            actor = _organization(builder, element, ref if own_name else "", name)
        builder.name(actor, ref if own_name or not names else "", "number", element.at)
        for text, tongue in names:
            builder.name(actor, text, kind, element.at, language=tongue)
        return actor

    def _own_name(
        self, builder: RowBuilder, activity: Activity, element: Element, ref: str, names: Sequence[str]
    ) -> str:
        """Return the name of the organization that owns an identifier; an empty string if `names` are of another one.

        Add a fault if the file has several names for the identifier.
        """
        if _TYPE_CODES.fullmatch(ref):
            return ""
        alike = self._reported.get(ref) or self._named.get(ref, [])
        if len(alike) == 1 and (not names or not alike[0].keys().isdisjoint(_spellings(names))):
            return next(iter(alike[0].values()))
        if alike:
            self._fault(builder, activity, element, ref, self._shared(ref, names))
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
            f"has several names ({'; '.join(names[:_MOST_NAMES])}{more}); each name became an actor of its own: "
            "correct the identifier, or join the actors by `tipgraph review identity`"
        )

    def _fault(self, builder: RowBuilder, activity: Activity, element: Element, ref: str, message: str) -> None:
        """Add a fault of an identifier, once in a file."""
        if ref not in self._faulty_refs:
            self._faulty_refs.add(ref)
            activity.fault(builder, f"ref {ref!r} {message}", element)


def _naming(node: etree._Element) -> Iterator[tuple[str, str, list[str]]]:
    """Yield element, identifier and names of each organization of an activity."""
    for organization in node.iter(*TAGS):
        ref, names = _ref_and_names(organization, "")
        if ref and names:
            yield str(organization.tag), ref, [name for name, _ in names]


def _ref_and_names(node: etree._Element, language: str) -> tuple[str, list[tuple[str, str]]]:
    names = [pair for pair in narratives(node, language) if not _NOTHING.fullmatch(folded(pair[0]))]
    return (node.get("ref") or "").strip(), names


def _organization(builder: RowBuilder, element: Element, ref: str, name: str) -> str:
    """Return the reference of an organization with an identifier of its own, or else by its name."""
    kind = element.get("type")
    return builder.entry(
        "actors",
        ref or name.casefold(),
        name,
        type="GovernmentBody" if kind in GOVERNMENT else "Organization",
        actorKind=builder.ontology.matches("organisationtype").get(kind, ""),
        iatiIdentifier=ref if is_identifier(ref) else "",
    )


def is_identifier(ref: str) -> bool:
    """Tell whether a reference has the form of an identifier of IATI, as `XM-DAC-41114`."""
    return bool(_IDENTIFIER.fullmatch(ref))


def _spellings(names: Iterable[str]) -> Names:
    return {spelling(parted(name)[0]).joined or name: name for name in names}


def _is_nobody(name: str) -> bool:
    plain = folded(name)
    return bool(_NOTHING.fullmatch(plain) or _TYPE_NAMES.fullmatch(plain) or _WITHHELD.search(name))


def _is_vague(name: str) -> bool:
    words = set(folded(name).split())
    return bool(_UNNAMED.search(name) or (words & _MANY and words <= _MANY | _KINDS)) or _is_nobody(name)
