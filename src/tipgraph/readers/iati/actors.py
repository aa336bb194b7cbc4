"""The organizations of IATI files as actors: by their identifiers, or where they have none by their names."""

import re

from lxml import etree

from tipgraph.ontology import ontology
from tipgraph.readers.iati.activity import Activity, narratives
from tipgraph.readers.intake import At, Intake

_IDENTIFIER = re.compile(r"[A-Za-z]{2,3}-[^\s/&?|]+")
_CHANNEL = re.compile(r"\d{2}000")  # the OECD's code of a sort of organizations, such as NGOs of the donor's country
_UNNAMED = re.compile(
    r"\b(?:anonymous|anonymised|undisclosed|redacted|unnamed|not disclosed|various|miscellaneous|individuals?|"
    r"partners?|beneficiar(?:y|ies)|vendors?|suppliers?|private sector|ngos?)\b",
    re.IGNORECASE,
)
_GOVERNMENT = frozenset({"10", "11", "15"})


def actor_of(intake: Intake, activity: Activity, node: etree._Element | None, *at: At) -> str:
    """Return the actor that an element means, and claim its names; an empty string where it names nobody.

    An identifier that is none by IATI's form is kept as a number. A code or a name for a sort of organizations is a
    group; where such a name has no identifier, it is another group in each activity, since nobody knows whether two
    "local partners" are one.
    """
    ref = (node.get("ref") or "").strip() if node is not None else ""
    names = narratives(node, activity.language)
    if node is None or not (ref or names):
        return ""
    name = names[0][0] if names else ref
    unnamed = not ref and bool(_UNNAMED.search(name))
    group = unnamed or bool(_CHANNEL.fullmatch(ref))
    key = f"{name.casefold()} of {activity.identifier}" if unnamed else ref or name.casefold()
    kind = (node.get("type") or "").strip()
    actor = intake.thing(
        "actors",
        key,
        name,
        type="Group" if group else "GovernmentBody" if kind in _GOVERNMENT else "Organization",
        actorKind="" if group else ontology().matches("organisationtype").get(kind, ""),
        iatiIdentifier=ref if _IDENTIFIER.fullmatch(ref) else "",
    )
    if at:
        intake.name(actor, ref, "number", *at)
        for text, tongue in names:
            intake.name(actor, text, "description" if group else "name", *at, language=tongue)
    return actor
