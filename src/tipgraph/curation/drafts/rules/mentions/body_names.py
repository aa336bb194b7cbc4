"""Names in capitals with a word that says what they name: Ministry, Foundation, Protocol, Conference."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tipgraph.curation.drafts.rules.mentions.entry_mention import (
    ACTORS,
    DOCUMENTS,
    PLACES,
    UNDERTAKINGS,
    EntryMention,
    head_of,
    is_acronym,
    naming_of,
    of_known,
)
from tipgraph.curation.drafts.rules.parser.tokens import Parsed
from tipgraph.curation.drafts.words.known_names import KnownNames
from tipgraph.curation.drafts.words.lexicon import (
    BODIES,
    DOCUMENT_HEADS,
    MODIFIED,
    NO_BRANCH,
    ONE_WORD_BODIES,
    POSTS,
    TOPIC,
    UNDERTAKING_HEADS,
    WEAK,
    EntryKind,
)
from tipgraph.sources import person_names

_CAPITAL: Final = r"(?:[A-ZÀ-Þ][\w’'.&-]*|[A-Z]+/[A-Z]+)"
_LINK: Final = r"(?:of|for|on|the|and|in|to|against|de|la|del|y|&|des|et)"
_NAME: Final = re.compile(
    rf"\b{_CAPITAL}(?:\s+(?:{_LINK}\s+){{0,3}}{_CAPITAL}|,\s+{_CAPITAL}(?=,?\s+and\s+{_CAPITAL})|,\s+Especially\s+{_CAPITAL})*"
)
_NOT_NAME: Final = re.compile(
    r"""(?:(?:The|A|An|This|These|Those|In|At|On|For|By|With|From|Under|During|As|Since|Its|Both|Other|Through|According
    |Pursuant|Following|Among|Also|While|Although|However|Several|Many|Some|More|Until|Between|After|Before|Within
    |Including|If|When|Once|Unless|Whether|Because|Despite|Where|Like|Unlike|Besides|Via|Together|Further|Furthermore|Additionally|All|Each|Our|Their|Participants|Representatives|Delegates|Contributions?|Donations?|Donors?|Funding|Grants?|Support|NGOs?(?!\s(?:Committee|Coalition|Network|Forum|Platform|Alliance)))\s+
    (?:(?:to|with|of|by|in|from)\s+)?(?:the\s+)?)+""",
    re.VERBOSE,
)
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY_BEFORE: Final = re.compile(rf"(?:{_MONTHS})\s+the\s+")
_OFFICER: Final = re.compile(
    r"\b(?:Project|Programme|Program|Training|Outreach)\s(?:Officer|Co-ordinator|Coordinator|Manager|Assistant|Director)\b"
)
_POST: Final = re.compile(rf"{POSTS.pattern}\s+(?:of|for|at|to)\s+(?:the\s+)?", re.VERBOSE)
_TO_BODY: Final = re.compile(r"\s+to\s+(?:the\s+)?")
_LISTED: Final = re.compile(r"[^,]*\b(?:of|for)\s[^,]*(?:,\s+[A-ZÀ-Þ][a-zà-ÿ]+)+")
_LAST_LISTED: Final = re.compile(r",\s+and\s+([A-ZÀ-Þ][a-zà-ÿ]+)\b(?!\s+[A-ZÀ-Þ])")
_TREATY: Final = re.compile(
    r"\b(Convention|Protocol|Declaration|Memorandum of Understanding|Directive)\s+(?:on|to|for|against|concerning|of)\b"
)
_JOINT: Final = re.compile(
    r",?\s+and\s+(?:the\s+)?|[’']s\s+|,\s+|\s+of\s+(?:the\s+)?|\s+in\s+(?:the\s+)?|\s+to\s+the\s+|\s+for\s+the\s+"
)
_END: Final = re.compile(rf"(?:\s+(?:(?:in|on|of|for|and)\s+)?(?:the\s+)?(?:{_MONTHS}))*(?:[’']s|[.,’'])*$")
_INNER_LINK: Final = re.compile(r"\s(?:of|for|on|to|against)\s")
_EXPLAINED: Final = re.compile(
    r"""(?:\s\([^)]*\))?(?:
    ,?\s+(?:(?:is|was)\s+)?(?:an?|the\ first)\s+(?:(?!of|for|in)[\w-]+\s+){0,4}
    (?:NGO|organi[sz]ation|charity|foundation|network|association|coalition|agency|institute)
    (?=[^\w\s]|\s+(?:that|which|in|of|for|from|with|on|to|against|by|and|is|was|has|based|founded|established|set|created
    |working|dedicated|run|led|\w+ing)\b|\s*$)
    |,?\s+(?:which\s+)?(?:was|were)\s+(?:\w+ly\s+|first\s+)?(?:founded|established|set\ up|formed|created)\b
    |,\s+(?:founded|established|set\ up|formed|created)\s+(?:in|by)\b
    |,\s+one\ of\ the\s+(?:[\w-]+\s+){0,3}(?:NGOs|organi[sz]ations|charities|networks|groups)\b)""",
    re.VERBOSE,
)
_LONGEST_PRONOUN: Final = 5  # letters: "There"
_LEAST_ACRONYM: Final = 3
_WORDS_OF_SEAT: Final = 3
_NO_PERSONS: Final = person_names.NameWords()
_UNITED_NATIONS: Final = ("united", "nations")
_PLAIN_TAGS: Final = frozenset({"NN", "NNS", "VBG", "VBN", "VBD"})  # of a word with a capital that begins a sentence
_AFTER_PLAIN: Final = re.compile(r"\s(?:of|to|for|from|by|on|in)\s(?:the\s)?")
_HEADS: Final = frozenset((*BODIES, *DOCUMENT_HEADS, *UNDERTAKING_HEADS))
_CURRENCY: Final = re.compile(r"\s+(?:USD|EUR|GBP|CAD|AUD|CHF|SEK|NOK|DKK|US|[A-Z]{1,3}\$)$")
_TABLES: Final = ((ACTORS, BODIES), (DOCUMENTS, DOCUMENT_HEADS), (UNDERTAKINGS, UNDERTAKING_HEADS))


def body_names(sentence: Parsed, names: KnownNames) -> Iterator[EntryMention]:
    """Yield the mentions that names in capitals are, divided where another name begins."""
    text = sentence.text
    for match in _NAME.finditer(text):
        start, end = match.span()
        first = next((token for token in sentence.tokens if token.start == start), None)
        if first and first.tag in _PLAIN_TAGS and first.lower not in _HEADS:  # "Contributions to the Lantern Fund"
            start = link.end() if (link := _AFTER_PLAIN.match(text, first.end, end)) else start
        yield from _mentions(text, start, end, names)


def _mentions(text: str, start: int, end: int, names: KnownNames) -> Iterator[EntryMention]:
    if before := _NOT_NAME.match(text, start, end) or _DAY_BEFORE.match(text, start, end):
        start = before.end()
    if post := _POST.match(text, start, end):
        start = post.end()
    end = start + len(_CURRENCY.sub("", _END.sub("", text[start : end + text.startswith("$", end)])))
    end = _end_of_list(text, start, end, names)
    words = text[start:end]
    link = _TO_BODY.search(words) if post else None  # "Representative of Belgium to the United Nations"
    parts = _divided(words, text[end:], names, link)
    if len(parts) > 1:
        yield from _listed(text, [(start + first, start + last) for first, last in parts], names)
    elif known := names.of(words):
        yield of_known(text, start, end, known)
    elif is_branch(words, names) or _is_explained(words, text[end:], names):
        yield EntryMention(start, end, words, ACTORS, "Organization", name_kind=naming_of(words), is_body=True)
    elif meant := kind_of_name(words):
        table, kind = meant
        yield EntryMention(start, end, words, table, kind.cls, kind.code, naming_of(words))


def _divided(words: str, after: str, names: KnownNames, link: re.Match[str] | None) -> list[tuple[int, int]]:
    """Return the parts of a name: around a link of a post, all of it if an acronym of it follows, or as joints say."""
    if link:
        return [(0, link.start()), (link.end(), len(words))]
    return [(0, len(words))] if _is_abbreviated(words, after) else _parts(words, names)


def _end_of_list(text: str, start: int, end: int, names: KnownNames) -> int:
    """Return the end of a name with the last noun of its list: "Bureau of Population, Refugees, and Migration"."""
    last = _LAST_LISTED.match(text, end)
    if last is None or not _LISTED.fullmatch(text, start, end) or names.of(last[1]) or last[1].lower() in BODIES:
        return end
    return last.end()


def _listed(text: str, parts: list[tuple[int, int]], names: KnownNames) -> Iterator[EntryMention]:
    """Yield the mentions of the parts of a list; beside an actor, a name of two words without a kind is one too."""
    is_after_actor = _is_actor(text[slice(*parts[-1])])
    for start, end in parts:
        found = list(_mentions(text, start, end, names))
        words = text[start:end].strip()
        if not found and is_after_actor and len(words.split()) > 1 and not set(words.lower().split()) & TOPIC:
            found = [EntryMention(start, end, words, ACTORS, "Organization")]
        is_after_actor = bool(found) and found[-1].table == ACTORS
        yield from found


def explained_names(text: str) -> Iterator[str]:
    """Yield the names of bodies that the words after them explain, as in "Terra Nova, founded in 1998".

    >>> list(explained_names("Terra Nova, an NGO, works with Luz Nueva, which was set up in 1998, and Ana Roth."))
    ['Terra Nova', 'Luz Nueva']
    """
    for match in _NAME.finditer(text):
        if _EXPLAINED.match(text, match.end()):
            before = _NOT_NAME.match(text, match.start(), match.end())
            name = text[before.end() if before else match.start() : match.end()]
            if len(name) > _LONGEST_PRONOUN and kind_of_name(name) is None:
                yield name


def _is_abbreviated(words: str, after: str) -> bool:
    """Tell whether an acronym in brackets follows that has a letter of the last word, so that the name is whole."""
    match = re.match(r"(?:[’']s)?\s*\(([A-Z]{3,})\)", after)
    initials = "".join(word[0] for word in re.findall(r"\w+", words) if word[0].isupper())
    if match is None or initials == match[1]:
        return match is not None
    return " and the " not in words and match[1][0] == initials[:1] and match[1][-1] == initials[-1:]


def _parts(words: str, names: KnownNames) -> list[tuple[int, int]]:
    """Divide a name at "and", "of", "in" or a comma where another name begins."""
    for joint in _JOINT.finditer(words):
        left, right = words[: joint.start()], words[joint.end() :]
        is_split = _is_end(left, joint[0].split(), right, names)
        if left and right and (is_split or _begins_name(left, joint[0].strip(" ,").split(" ")[0], right, names)):
            rest = _after_seat(right, names) if joint[0].split()[0] == "in" else _parts(right, names)
            return [(0, joint.start()), *((joint.end() + first, joint.end() + last) for first, last in rest)]
    return [(0, len(words))]


def _is_end(left: str, joint: list[str], right: str, names: KnownNames) -> bool:
    """Tell whether a name ends at "and the"; at "’s" of a body; or at "of the" if it may be a person's."""
    if joint == ["of", "the"]:
        return person_names.is_name(left, _NO_PERSONS) and kind_of_name(right) is not None
    if joint in (["’s"], ["'s"]):
        known = names.of(left)
        is_owner = is_acronym(left) or _is_actor(left) or (known is not None and known.table == ACTORS)
        return is_owner and kind_of_name(right) is not None
    return joint == ["and", "the"] and bool(kind_of_name(left) or _is_actor(right))


def _after_seat(words: str, names: KnownNames) -> list[tuple[int, int]]:
    """Divide words that begin with the place of a body after that place: "Warsaw and Port House"."""
    joint = _JOINT.search(words)
    if joint is None or names.of(words):
        return [(0, len(words))]
    rest = _parts(words[joint.end() :], names)
    return [(0, joint.start()), *((joint.end() + first, joint.end() + last) for first, last in rest)]


def _begins_name(left: str, link: str, right: str, names: KnownNames) -> bool:
    if not (kind_of_name(left) or names.of(left) or is_acronym(left)):
        return False
    if link in ("and", ""):
        return _is_whole(left, names) or _is_name(right, names)
    if link == "in":
        return _is_seat(left, re.split(r"\s(?:and|of|in)\s|,", right)[0], names)
    known = names.of(right)
    if link == "to" and _is_place(left, names):
        return _is_actor(right)
    is_body = _begins_body(right) or _is_of_country(right, names) or "University" in right.split()[:3]
    return is_body or (known is not None and known.table == ACTORS)


def _is_whole(words: str, names: KnownNames) -> bool:
    """Tell whether a name may end here; "Ministry of Interior" before "and Justice" is not whole."""
    return not _INNER_LINK.search(words) or _is_place(words.split()[-1], names)


def _is_name(words: str, names: KnownNames) -> bool:
    is_long_acronym = is_acronym(words) and len(words) >= _LEAST_ACRONYM
    return is_long_acronym or _begins_body(words) or bool(names.of(words) or kind_of_name(words))


def _begins_body(words: str) -> bool:
    first = re.split(r"\W", words, maxsplit=1)[0].lower()
    return first in BODIES and (first not in WEAK or head_of(words) in BODIES)


def _is_actor(words: str) -> bool:
    kind = kind_of_name(words)
    return kind is not None and kind[0] == ACTORS


def _is_seat(left: str, right: str, names: KnownNames) -> bool:
    """Tell whether words after "in" are the place of a body before them: "Clara Foundation in Warsaw"."""
    known, words, last = names.of(right), right.lower().split(), left.split()[-1]
    if known is not None:
        return known.table == PLACES
    is_body = last.lower() in BODIES or _is_place(last, names)
    return is_body and len(words) < _WORDS_OF_SEAT and not {*words} & TOPIC


def _is_of_country(words: str, names: KnownNames) -> bool:
    """Tell whether a name is that of a body and begins with its country: "Belize Police Department"."""
    name = re.split(r"\s(?:and|at|for|in|of|on|to)\s|,", words)[0]
    first = name.split()[0]
    country = names.of(first) or names.country(first)
    return country is not None and country.cls == "Country" and _is_actor(name)


def is_branch(words: str, names: KnownNames) -> bool:
    """Tell whether a name ends with its country, or an acronym with its place: "World Vision Cambodia", "UNDP Lima"."""
    first, _, rest = words.partition(" ")
    seat = names.of(rest) if is_acronym(first) and len(first) >= _LEAST_ACRONYM else None
    if seat is not None and seat.table == PLACES and seat.cls != "Region":
        return True
    *before, last = words.split()
    if not before:
        return False
    known = names.of(last)
    is_name = before[-1][0].isupper() and not {word.lower() for word in before} & NO_BRANCH
    is_country = known is not None and known.cls == "Country" and not _is_place(" ".join(before).rstrip("-–"), names)
    return is_name and is_country and not person_names.is_name(words, person_names.NameWords(places=[last]))  # "Chad"


def _is_explained(words: str, after: str, names: KnownNames) -> bool:
    """Tell whether the words after a name say that it is a body: ", a Peruvian NGO"; or its country does: "(Peru)"."""
    if _EXPLAINED.match(after):
        return len(words) > _LONGEST_PRONOUN and not _is_place(words, names)
    country = re.match(r"\s\(([A-Z][\w ]+)\)", after)
    known = names.of(country[1]) if country and " " in words and not {*words.lower().split()} & TOPIC else None
    return known is not None and known.cls == "Country" and kind_of_name(words) is None and not _is_place(words, names)


def _is_place(words: str, names: KnownNames) -> bool:
    known = names.of(words)
    return (known is not None and known.table == PLACES) or names.country(words.split()[-1]) is not None


def kind_of_name(words: str) -> tuple[str, EntryKind] | None:
    """Return the table and kind of a name in capitals by its words, first by its head; None if they say nothing.

    >>> kind_of_name("Regional Conference on Migration"), kind_of_name("Trafficking in Persons")
    (('undertakings', EntryKind(cls='Event', code='meeting')), None)
    """
    if not words:
        return None
    capitals = [word.lower().rstrip(".") for word in re.findall(r"[\w’'.]+", words) if word[0].isupper()]
    head = head_of(words)
    if found := _by_pair(words):
        return found
    if words.startswith("United Nations ") and len(capitals) > len(_UNITED_NATIONS):
        return ACTORS, BODIES.get(head, EntryKind("OrganizationalUnit", "intergovernmental-unit"))
    if set(capitals) <= TOPIC or (len(capitals) == 1 and head not in ONE_WORD_BODIES):
        return None
    return next((found for word in (head, *_strong(capitals)) if (found := _meant(word))), None)


def _strong(words: Sequence[str]) -> Iterator[str]:
    """Yield the words of a name that say its kind also where they are not its head."""
    weak = (WEAK | {"law"} if "enforcement" in words else WEAK) | MODIFIED
    yield from (word for word in words if word not in weak)


def _by_pair(words: str) -> tuple[str, EntryKind] | None:
    """Return the kind that two words say together: "Convention on", "Project Officer"."""
    if treaty := _TREATY.search(words):
        return DOCUMENTS, DOCUMENT_HEADS[treaty[1].split()[0].lower()]
    return (ACTORS, EntryKind("Post")) if _OFFICER.search(words) else None


def _meant(word: str) -> tuple[str, EntryKind] | None:
    return next(((table, kinds[word]) for table, kinds in _TABLES if word in kinds), None)
