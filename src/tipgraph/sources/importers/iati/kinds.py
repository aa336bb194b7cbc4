"""The kind of an IATI activity, which IATI has no code for: read from its sectors and its title.

Both are conclusions of a rule, and are implied. The note of each says from what it was read.

Decision: docs/decisions/0207-the-kind-of-an-activity-is-implied.md.
"""

import re
from collections.abc import Iterator

from tipgraph.sources.importers.iati import about
from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.row_builder import RowBuilder

_DAC = frozenset({"", "1", "2", "DAC", "DAC-3"})  # the OECD's lists of five and of three digits
_CATEGORY = 3  # digits
_TITLES = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for kind, words in {
        "capacity-building": r"capacity[- ](?:building|development)|building (?:\w+ )?capacit(?:y|ies)|"
        r"fortalecimiento de (?:las )?capacidades|renforcement des capacités",
        "meeting": r"meetings?|conferences?|summit|round ?tables?|reuni[óo]n(?:es)?|conférences?|mesa redonda",
        "outreach": r"awareness|campaigns?|outreach|sensibili[sz]a\w+|campañas?|concienciación",
        "research": r"research|stud(?:y|ies)|surveys?|investigación|estudios?|études?|recherches?",
        "seminar": r"seminars?|seminarios?|séminaires?",
        "training": r"trainings?|capacitación|formation|formación",
        "workshop": r"workshops?|taller(?:es)?|ateliers?",
    }.items()
}


def read_kinds(builder: RowBuilder, activity: Activity, project: str) -> None:
    """Claim the kinds of an activity by its main sectors, and by its title."""
    kinds, at = _by_title(activity)
    if kinds:
        words = ", ".join(f"“{word}”" for word in kinds.values())
        builder.claim("undertaking-reports", at.at, undertaking=project, undertakingKind=list(kinds),
                      modality="implied", note=f"the kind is read from the title, which has {words}")  # fmt: skip
    for kind, elements in _by_sector(builder, activity).items():
        codes = ", ".join(dict.fromkeys(element.get("code") for element in elements))
        note = f"the kind is read from the sector {codes} by its category in the OECD's list"
        places = list(dict.fromkeys(element.at for element in elements))
        builder.claim("undertaking-reports", *places, undertaking=project, undertakingKind=kind, modality="implied",
                      note=note)  # fmt: skip


def _by_title(activity: Activity) -> tuple[dict[str, str], Element]:
    """Return the words that tell a kind by the kind, and the title that has them."""
    for element, title in activity.texts("title"):
        matches = ((kind, pattern.search(title)) for kind, pattern in _TITLES.items())
        kinds = {kind: match[0] for kind, match in matches if match}
        if phrase := about.phrase(title):
            kinds = {"counter-trafficking": phrase, **kinds}
        if kinds:
            return kinds, element
    return {}, Element(activity.node, activity.start_tag)


def _by_sector(builder: RowBuilder, activity: Activity) -> dict[str, list[Element]]:
    """Return the sectors with the largest percentage by their kind; those of transactions if the activity has none."""
    categories = builder.ontology.matches("sectorcategory")
    sectors = list(_sectors(activity))
    largest = max((_share(sector) for sector in sectors), default=0)
    kinds: dict[str, list[Element]] = {}
    for sector in sectors:
        kind = categories.get(sector.get("code")[:_CATEGORY], "")
        if kind and _share(sector) == largest:
            kinds.setdefault(kind, []).append(sector)
    return kinds


def _sectors(activity: Activity) -> Iterator[Element]:
    own = [sector for sector in activity.all("sector") if sector.get("vocabulary") in _DAC]
    yield from own
    for element in () if own else activity.all("transaction"):
        for node in element.node.iterchildren("sector"):
            if (node.get("vocabulary") or "") in _DAC:
                yield Element(node, element.at)


def _share(sector: Element) -> float:
    try:
        return float(sector.get("percentage") or 0)
    except ValueError:
        return 0.0
