"""Rules for what a text is about: trafficking in persons or modern slavery, and the kind of an activity.

A text names trafficking in persons if it has one of the phrases in `words.toml`. An activity is about it if its title
or an objective names it; else it mentions it. IATI has no code for the kind of an activity: it is read from its sectors
and its title. All of these are conclusions of a rule, and are implied; the note of each says from what it was read.

Decision: docs/decisions/0200-how-iati-files-are-read.md.
"""

import re
from typing import Final

from tipgraph.sources.importers.iati.activity import WORDS, Activity, Element, pattern

ELEMENTS: Final = ("title", "description", "sector", "tag", "result")
RULE: Final = (
    "names trafficking in persons, modern slavery or forced labour by a phrase "
    "(docs/how-to/take-open-data-in.md lists them)"
)
_WORDS = WORDS["about"]
_STEMS = tuple(_WORDS["stems"].split())
_ABOUT = re.compile(rf"\b(?:{pattern(_WORDS['phrases'])})\b", re.IGNORECASE)
_UNCLEAR = re.compile(_WORDS["unclear"], re.IGNORECASE)
_OTHER = re.compile(rf"\b(?:{_WORDS['other']})", re.IGNORECASE)
_NEAR = 80  # characters
# A letter may be written as an entity of HTML, which XML escapes once more: tr&amp;aacute;fico.
_LETTER = re.compile(r"&(?:amp;)*(?:#|(?!amp;|lt;|gt;|quot;|apos;|nbsp;)[a-z]+;)")
_TOPIC, _OBJECTIVES = "trafficking in persons", "2"  # the latter is the type of such a description
_TITLES = {kind: re.compile(rf"\b(?:{pattern(words)})\b", re.IGNORECASE) for kind, words in WORDS["kinds"].items()}
_DAC = frozenset({"", "1", "2", "DAC", "DAC-3"})  # the OECD's lists of sectors of five and of three digits
_CATEGORY = 3  # digits


def possible(text: str) -> bool:
    """Return fast whether a text with tags may have a phrase; a yes may be wrong.

    >>> possible("<narrative>narcotics trafficking</narrative>"), possible("<narrative>seeds &amp; boats</narrative>")
    (True, False)
    """
    small = text.casefold()
    return any(stem in small for stem in _STEMS) or bool(_LETTER.search(small))


def phrase(words: str) -> str:
    """Return the first phrase for trafficking in persons or modern slavery, or an empty string.

    >>> phrase("a counter-trafficking campaign"), phrase("against narcotics trafficking")
    ('counter-trafficking', '')
    """
    for match in _ABOUT.finditer(words) if possible(words) else ():
        around = words[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        if not (_UNCLEAR.fullmatch(match[0]) and _OTHER.search(around)):
            return match[0]
    return ""


def topic(activity: Activity) -> tuple[Element, dict[str, str]] | None:
    """Return the element that names trafficking in persons, an aim if there is one, and the cells of its claim."""
    phrases = ((element, phrase(words)) for element, words in activity.texts(*ELEMENTS))
    found = [(element, words) for element, words in phrases if words]
    if not found:
        return None
    element, words = next((one for one in found if _is_aim(one[0])), found[0])
    note = f"its words have “{words}”; how far it is about it was not read"
    column = "topic" if _is_aim(element) else "mentionsTopic"
    return element, {"modality": "implied", "note": note, column: _TOPIC}


def _is_aim(element: Element) -> bool:
    """Tell whether an element says what an activity is about: a title, or a description of its objectives."""
    return element.tag == "title" or (element.tag == "description" and element.code("type") == _OBJECTIVES)


def read_kinds(activity: Activity) -> None:
    """Claim the kinds of an activity by the first title that tells one, and by its main sectors."""
    for element, title in activity.texts("title"):
        matches = ((kind, words.search(title)) for kind, words in _TITLES.items())
        named = {"counter-trafficking": phrase(title)} | {kind: match[0] for kind, match in matches if match}
        if kinds := {kind: words for kind, words in named.items() if words}:
            said = ", ".join(f"“{word}”" for word in kinds.values())
            activity.report(element, undertakingKind=list(kinds), modality="implied",
                            note=f"the kind is read from the title, which has {said}")  # fmt: skip
            break
    for kind, elements in _by_sector(activity).items():
        codes = ", ".join(dict.fromkeys(element.said("code") for element in elements))
        note = f"the kind is read from the sector {codes} by its category in the OECD's list"
        activity.report(*elements, undertakingKind=kind, modality="implied", note=note)


def _by_sector(activity: Activity) -> dict[str, list[Element]]:
    """Return the sectors with the largest percentage by their kind; those of transactions if the activity has none."""
    categories = activity.builder.ontology.matches("sectorcategory")
    every = [
        activity.node.all("sector"),
        [one for paid in activity.node.all("transaction") for one in paid.all("sector")],
    ]
    own, paid = ([sector for sector in sectors if sector.said("vocabulary") in _DAC] for sectors in every)
    sectors = own or paid
    largest = max(map(_share, sectors), default=0)
    kinds: dict[str, list[Element]] = {}
    for sector in sectors:
        kind = categories.get(sector.said("code")[:_CATEGORY], "")
        if kind and _share(sector) == largest:
            kinds.setdefault(kind, []).append(sector)
    return kinds


def _share(sector: Element) -> float:
    try:
        return float(sector.said("percentage") or 0)
    except ValueError:
        return 0.0
