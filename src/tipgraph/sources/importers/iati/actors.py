"""The organizations of IATI files as actors: by an identifier that is theirs alone, else by their names.

An identifier is an organization's own where all names that the file gives with it are spellings of one name; where an
organization reports, the names that it gives itself count, and no others. Every other name is an actor of its own, by
that name: two funds that share an identifier are two actors, and a person judges whether they are one. Codes for sorts
of organizations and placeholders ("Excluded", "N/A") are no identifiers. A name that is withheld is nobody's.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from lxml import etree

from tipgraph.model import folded, ontology, parted, spelling
from tipgraph.sources.importers.iati.activity import Activity, Element, narratives, parsed
from tipgraph.sources.importers.row_builder import Intake, Record

TAGS = ("reporting-org", "participating-org", "provider-org", "receiver-org")
Names: TypeAlias = dict[str, str]  # spellings of one name, each with the name as it is first written

_IDENTIFIER = re.compile(r"[A-Za-z]{2,3}-[^\s/&?|]+")
# The OECD's codes for sorts of organizations, such as NGOs of the donor's country.
_SORT = re.compile(r"[1-9]\d000|41\d00|1[12]00[1-4]|6[123]0\d\d|2250[12]|23501")
_SORT_NAMES = re.compile(
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
_MOST_NAMES = 5  # that a finding lists


class Party(NamedTuple):
    """Whom an element names: an actor, or the words by which the name is withheld; neither where it names nobody."""

    actor: str = ""
    withheld: str = ""


class Organizations:
    """Whom the elements of one file mean, by all names that it gives with each identifier."""

    def __init__(self, records: Iterable[Record]) -> None:
        """Read the names of a whole file; what cannot be parsed is passed over here, and listed by who reads it."""
        self._reported: dict[str, list[Names]] = {}
        self._named: dict[str, list[Names]] = {}
        self._told: set[str] = set()
        seen = set()
        for record in records:
            for tag, ref, names in _naming(record, getattr(records, "root", "")):
                if (tag, ref, *names) not in seen:
                    seen.add((tag, ref, *names))
                    self._learn(self._reported if tag == TAGS[0] else self._named, ref, names)

    def party(self, intake: Intake, activity: Activity, element: Element) -> Party:
        """Return whom an element means, and claim its names.

        A code or a name for a sort of organizations is a group; another one in each activity, since nobody knows
        whether two "local partners" are one.
        """
        ref, written = _said(element.node, activity.language)
        names = [(name, tongue) for name, tongue in written if not _NOTHING.fullmatch(folded(name))]
        withheld = next((name for name, _ in names if _WITHHELD.search(name)), "")
        known = "" if _NOTHING.fullmatch(folded(ref)) else ref
        if ref and not known:
            self._tell(intake, activity, element, ref, "is no identifier; leave ref out where there is none")
        if withheld or not (known or names):
            return Party(withheld=withheld)
        sort = bool(_SORT.fullmatch(known))
        alike = [] if sort else self._of(known)
        own = len(alike) == 1 and (not names or not alike[0].keys().isdisjoint(_spelled(name for name, _ in names)))
        if len(alike) > 1 or (alike and not own):
            self._tell(intake, activity, element, ref, self._shared(known, [name for name, _ in names]))
        own = own or bool(known and not names and not sort)
        name = next(iter(alike[0].values())) if own and len(alike) == 1 else names[0][0] if names else ref
        group = not own and ((sort and not names) or bool(_UNNAMED.search(name)) or _says_nobody(name))
        key = known if own else f"{name.casefold()} of {activity.identifier}" if group else name.casefold()
        kind = element.get("type")
        actor = intake.thing(
            "actors",
            key,
            name,
            type="Group" if group else "GovernmentBody" if kind in _GOVERNMENT else "Organization",
            actorKind="" if group else ontology().matches("organisationtype").get(kind, ""),
            iatiIdentifier=known if own and _IDENTIFIER.fullmatch(known) else "",
        )
        intake.name(actor, known if own or not names else "", "number", element.at)
        for text, tongue in names:
            intake.name(actor, text, "description" if group else "name", element.at, language=tongue)
        return Party(actor)

    def _learn(self, kept: dict[str, list[Names]], ref: str, names: Iterable[str]) -> None:
        """Keep names that one element gives with an identifier: they are of one organization."""
        spelled = _spelled(name for name in names if not _says_nobody(name))
        if spelled:
            groups = kept.setdefault(ref, [])
            met = [group for group in groups if not group.keys().isdisjoint(spelled)]
            merged: Names = {}
            for group in (*met, spelled):
                merged |= {key: name for key, name in group.items() if key not in merged}
            kept[ref] = [*(group for group in groups if group not in met), merged]

    def _of(self, ref: str) -> list[Names]:
        """Return the names that an identifier has, those that are spellings of one name together."""
        return self._reported.get(ref) or self._named.get(ref, [])

    def _shared(self, ref: str, here: Iterable[str]) -> str:
        groups = [*self._reported.get(ref, []), *self._named.get(ref, [])]
        names = list(dict.fromkeys([*(next(iter(group.values())) for group in groups), *here]))
        more = f" and {len(names) - _MOST_NAMES} more" * (len(names) > _MOST_NAMES)
        return (
            f"is given with several names ({'; '.join(names[:_MOST_NAMES])}{more}); each name was taken as an actor of "
            "its own: correct the identifier, or join those that are one by `tipgraph review identity`"
        )

    def _tell(self, intake: Intake, activity: Activity, element: Element, ref: str, what: str) -> None:
        """List what is wrong with an identifier, once in a file."""
        if ref not in self._told:
            self._told.add(ref)
            activity.fault(intake, f"ref {ref!r} {what}", element)


def _naming(record: Record, root: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what an activity calls its organizations: the element, the identifier and the names."""
    try:
        node = parsed(record, root)
    except (etree.XMLSyntaxError, ValueError):
        return
    for one in node.iter(*TAGS):
        ref, names = _said(one, "")
        if ref and names:
            yield str(one.tag), ref, [name for name, _ in names]


def _said(node: etree._Element, language: str) -> tuple[str, list[tuple[str, str]]]:
    return (node.get("ref") or "").strip(), narratives(node, language)


def _spelled(names: Iterable[str]) -> Names:
    return {spelling(parted(name)[0]).joined or name: name for name in names}


def _says_nobody(name: str) -> bool:
    plain = folded(name)
    return bool(_NOTHING.fullmatch(plain) or _SORT_NAMES.fullmatch(plain) or _WITHHELD.search(name))
