"""The organizations of IATI files as actors, by an identifier of their own or else by name.

An identifier is an organization's own if all its names in the file are spellings of one name; for an organization that
reports, only its names for itself count. Every other name is an actor by that name: two funds with one identifier are
two actors, until a person judges that they are one. Codes for types of organizations and placeholders ("Excluded",
"N/A") are no identifiers. A withheld name is no actor.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from lxml import etree

from tipgraph.model import folded, ontology, parted, spelling
from tipgraph.sources.importers.iati.activity import Activity, Element, narratives, parsed
from tipgraph.sources.importers.row_builder import Record, RowBuilder

TAGS = ("reporting-org", "participating-org", "provider-org", "receiver-org")
Names: TypeAlias = dict[str, str]  # each spelling of one name with its first written form

_IDENTIFIER = re.compile(r"[A-Za-z]{2,3}-[^\s/&?|]+")
# Codes of the OECD for types of organizations, such as NGOs of the donor country.
_TYPE_CODES = re.compile(r"[1-9]\d000|41\d00|1[12]00[1-4]|6[123]0\d\d|2250[12]|23501")
_TYPE_NAMES = re.compile(
    r"others?|networks?|public sector institutions?|(?:donor|provider|recipient|third country) government.*|"
    r"multilateral organi[sz]ations?|(?:united nations|un)(?: un)? agency.*|universit(?:y|ies) college.*|"
    r"public private partnerships?.*|non governmental organi[sz]ations?.*civil society|customers?|staff members?|"
    r"corporate travel providers?|"
    r"(?:(?:inter)?national|local|regional|(?:donor|developing|provider|recipient) country based) ngos?"
)
_UNNAMED = re.compile(
    r"\b(?:unnamed|various|miscellaneous|individuals?|partners?|beneficiar(?:y|ies)|vendors?|suppliers?|"
    r"private sector|ngos?)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"|n a|na|nil|none|null|unknown|unspecified|excluded|tb[acd]|0+|x+|corrections?|adjustments?|"
    r"(?:not|no) (?:applicable|available|data|known|provided|specified|stated)|to be (?:confirmed|determined)"
)
_WITHHELD = re.compile(
    r"\b(?:withheld|redacted|undisclosed|(?:not|non)[- ]disclosed|confidential|anonym(?:ous|i[sz]ed))\b", re.IGNORECASE
)
_GOVERNMENT = frozenset({"10", "11", "15"})
_MOST_NAMES = 5  # of a fault


class Party(NamedTuple):
    """The organization of an element: an actor, or the text of a withheld name, or neither."""

    actor: str = ""
    withheld: str = ""


class Organizations:
    """The organizations of one file, by all names of each identifier."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Read the names of a file; `read` reports activities that cannot be parsed."""
        self._reported: dict[str, list[Names]] = {}
        self._named: dict[str, list[Names]] = {}
        self._faulty_refs: set[str] = set()
        seen = set()
        for record in records:
            for tag, ref, names in _naming(record, getattr(records, "root", "")):
                if (tag, ref, *names) not in seen:
                    seen.add((tag, ref, *names))
                    self._learn(self._reported if tag == TAGS[0] else self._named, ref, names)

    def party(self, builder: RowBuilder, activity: Activity, element: Element) -> Party:
        """Return the organization of an element, and claim its names.

        A code or a name for a type of organizations is a group, another one in each activity: two "local partners" may
        differ.
        """
        ref, written = _ref_and_names(element.node, activity.language)
        names = [(name, tongue) for name, tongue in written if not _NOTHING.fullmatch(folded(name))]
        withheld = next((name for name, _ in names if _WITHHELD.search(name)), "")
        identifier = "" if _NOTHING.fullmatch(folded(ref)) else ref
        if ref and not identifier:
            self._fault(builder, activity, element, ref, "is no identifier; leave ref out where there is none")
        if withheld or not (identifier or names):
            return Party(withheld=withheld)
        is_type = bool(_TYPE_CODES.fullmatch(identifier))
        alike = [] if is_type else self._of(identifier)
        own = len(alike) == 1 and (not names or not alike[0].keys().isdisjoint(_spellings(name for name, _ in names)))
        if len(alike) > 1 or (alike and not own):
            self._fault(builder, activity, element, ref, self._shared(identifier, [name for name, _ in names]))
        own = own or bool(identifier and not names and not is_type)
        name = next(iter(alike[0].values())) if own and len(alike) == 1 else names[0][0] if names else ref
        group = not own and ((is_type and not names) or bool(_UNNAMED.search(name)) or _is_nobody(name))
        key = identifier if own else f"{name.casefold()} of {activity.identifier}" if group else name.casefold()
        kind = element.get("type")
        actor = builder.entry(
            "actors",
            key,
            name,
            type="Group" if group else "GovernmentBody" if kind in _GOVERNMENT else "Organization",
            actorKind="" if group else ontology().matches("organisationtype").get(kind, ""),
            iatiIdentifier=identifier if own and _IDENTIFIER.fullmatch(identifier) else "",
        )
        builder.name(actor, identifier if own or not names else "", "number", element.at)
        for text, tongue in names:
            builder.name(actor, text, "description" if group else "name", element.at, language=tongue)
        return Party(actor)

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

    def _of(self, ref: str) -> list[Names]:
        """Return the names of an identifier, grouped by spelling."""
        return self._reported.get(ref) or self._named.get(ref, [])

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


def _naming(record: Record, root: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield element, identifier and names of each organization of an activity."""
    try:
        node = parsed(record, root)
    except (etree.XMLSyntaxError, ValueError):
        return
    for organization in node.iter(*TAGS):
        ref, names = _ref_and_names(organization, "")
        if ref and names:
            yield str(organization.tag), ref, [name for name, _ in names]


def _ref_and_names(node: etree._Element, language: str) -> tuple[str, list[tuple[str, str]]]:
    return (node.get("ref") or "").strip(), narratives(node, language)


def _spellings(names: Iterable[str]) -> Names:
    return {spelling(parted(name)[0]).joined or name: name for name in names}


def _is_nobody(name: str) -> bool:
    plain = folded(name)
    return bool(_NOTHING.fullmatch(plain) or _TYPE_NAMES.fullmatch(plain) or _WITHHELD.search(name))
