"""Places in a clause: names, words for people (Malian, Malians) and lists of them, each list as one mark.

A mark is `<n0>` for places and `<a0>` for people of places; the number is that of a phrase. A place without a name of
its own ("neighboring countries", "the Gulf states") has an empty id.

Decision: docs/decisions/0227-routes-are-read-from-prose-by-patterns.md.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Final
from unicodedata import combining, normalize

from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.factbook.patterns import FIRST_WORDS, PLACES, SIDE
from tipgraph.sources.place_vocabulary import place_words

FOREIGN: Final = "foreign"  # people of other countries that the text does not name
UNNAMED: Final = ""

_TAG = re.compile(r"<[^<>]*>|[<>]")
_CHARACTERS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": ", ", "–": ", ", "\xa0": " "})
_SPELLINGS = {" ,": ",", " & ": " and "}
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # "U.S."

_REACH = 30


@dataclass(frozen=True)
class PlacePhrase:
    """A list of places, or of people of places: their ids, and the word of the text for each."""

    places: tuple[str, ...]
    written: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MarkedClause:
    """A clause with a mark for each phrase."""

    text: str
    phrases: tuple[PlacePhrase, ...]

    def places(self, number: str) -> tuple[str, ...]:
        """Return the ids of a phrase by the number in its mark."""
        return self.phrases[int(number)].places

    def written(self, place: str) -> str:
        """Return the first word of the clause for a place, or an empty string."""
        return next((phrase.written[place] for phrase in self.phrases if place in phrase.written), "")


class PlaceWords:
    """English words for places and for their people, from the names of the reference and `ontology/place-words.csv`."""

    def __init__(self, countries: Countries) -> None:
        """Read the table of the kit and of the project; raise InputError with its faults."""
        self._countries = countries
        self._names: dict[str, list[str]] = {plain_words(name): [place] for name, place in countries.english.items()}
        self._people: dict[str, list[str]] = {}
        for place, people, names in place_words():
            if countries.has(place):
                for words, known in ((names, self._names), (people, self._people)):
                    for word in words:
                        known.setdefault(word, []).append(place)
        every = sorted({*self._names, *self._people}, key=len, reverse=True)
        self._pattern = re.compile(rf"\b({'|'.join(map(re.escape, every))})s?\b(?!-[a-z])" if every else r"(?!)")

    def place_of(self, name: str) -> str:
        """Return the id of the place with a name, or an empty string.

        "Korea, North" and "Turkey (Turkiye)" are names too, and so is "The Dominican", as one edition cuts it.
        """
        first, comma, rest = name.partition(", ")
        outside, bracket, inside = name.rstrip(")").partition(" (")
        turned = self._known(f"{rest} {first}") if comma else ""
        both = {self._known(outside), self._known(inside)} if bracket else set()
        whole = both.pop() if len(both) == 1 else ""
        cut = [
            place for place in self._people.get(name.removeprefix("The "), ()) if not self._countries.is_region(place)
        ]
        return self._known(name) or turned or whole or (cut[0] if len(cut) == 1 else "")

    def marked(self, clause: str, own: str) -> MarkedClause:
        """Return a clause with a mark for each phrase; a word of several places means `own` if that is one of them."""
        phrases = _Phrases(own)

        def place(match: re.Match[str]) -> str:
            names = self._names.get(match[0])
            if _is_part(match, is_name=bool(names)):
                return match[0]
            found = self._one_of(names or self._people.get(match[1], []), own)
            return phrases.mark("n" if names else "a", found, match[0])

        return phrases.clause(self._pattern.sub(place, _with_sides(clause)))

    def _known(self, name: str) -> str:
        return self._countries.by_name(name) or self._names.get(plain_words(name), [""])[0]

    def _one_of(self, places: list[str], own: str) -> str:
        """Return the place that a word of several places means: `own` if it is one of them, else the only region."""
        regions = [place for place in places if self._countries.is_region(place)]
        found = set(regions or places)
        return own if own in places else found.pop() if len(found) == 1 else UNNAMED


class _Phrases:
    """The phrases of one clause in the making."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._found: list[PlacePhrase] = []

    def mark(self, kind: str, place: str, word: str = "") -> str:
        """Add a place, and return its mark."""
        return self._add(kind, PlacePhrase((place,), {place: word} if word else {}))

    def clause(self, text: str) -> MarkedClause:
        """Return the clause of a text with marks: also places without a name, and lists as one mark."""
        text = PLACES["of_no_country"].sub(self._of_no_country, PLACES["in_brackets"].sub("", text))
        text = PLACES["own_country"].sub(lambda match: f"{match[1]} {self.mark('n', self._own)}", text)
        text = PLACES["of_no_land"].sub(lambda _: self.mark("a", UNNAMED), text)
        text = PLACES["lands"].sub(lambda match: match[1].replace("<a", "<n"), text)
        text = PLACES["slip"].sub(r"\1, <n\2>", PLACES["lands_of_name"].sub(r"\1", text))
        text = PLACES["elsewhere_in"].sub(r"\1", PLACES["places_in"].sub("", PLACES["near_name"].sub("", text)))
        text = PLACES["no_name"].sub(lambda _: self.mark("n", UNNAMED), text)
        text = PLACES["perhaps"].sub(
            "", PLACES["those_of"].sub("", PLACES["near_name"].sub("", PLACES["near_name"].sub("", text)))
        )
        text = PLACES["as_people"].sub(r"\1<a\2>", PLACES["town_first"].sub(r"\1 ", PLACES["towns"].sub("", text)))
        return MarkedClause(PLACES["list"].sub(self._merged, text), tuple(self._found))

    def _add(self, kind: str, phrase: PlacePhrase) -> str:
        self._found.append(phrase)
        return f"<{kind}{len(self._found) - 1}>"

    def _of_no_country(self, match: re.Match[str]) -> str:
        return self.mark("a", self._own if match[1] or match[2] else FOREIGN)

    def _merged(self, match: re.Match[str]) -> str:
        found = [self._found[int(number)] for number in PLACES["number"].findall(match[0])]
        places = tuple(dict.fromkeys(place for phrase in found for place in phrase.places))
        written = {place: word for phrase in reversed(found) for place, word in phrase.written.items()}
        return self._add(match[1], PlacePhrase(places, written))


def plain_words(text: str) -> str:
    """Return a text without entities, tags, accents and forms of quotation marks and dashes.

    >>> plain_words("C&ocirc;te d&rsquo;Ivoire&mdash;and <em>Per\u00fa</em>")
    "Cote d'Ivoire, and Peru"
    """
    text = _TAG.sub("", html.unescape(text)).translate(_CHARACTERS)
    text = "".join(character for character in normalize("NFKD", text) if not combining(character))
    text = _DOTTED.sub(lambda match: match[0].replace(".", ""), " ".join(text.split()))
    for spelling, plain in _SPELLINGS.items():
        text = text.replace(spelling, plain)
    return text


def _is_part(match: re.Match[str], *, is_name: bool) -> bool:
    """Tell whether a word is a part of another name: "Northern Ireland", "Benin City", "Cuban Government"."""
    before_it = match.string[max(0, match.start() - _REACH) : match.start()]
    if not is_name:
        return bool(PLACES["no_nationals"].search(before_it) or PLACES["body"].match(match.string, match.end()))
    before = PLACES["before"].search(before_it)
    return bool(before and before[1] not in FIRST_WORDS) or bool(PLACES["after"].match(match.string, match.end()))


def _with_sides(clause: str) -> str:
    """Repeat the land in a list of its sides: "east and west Africa" becomes "East Africa and West Africa"."""

    def repeated(match: re.Match[str]) -> str:
        first = re.sub(rf"({SIDE})(?=,? )", rf"\1 {match[3]}", match[1])
        return f"{first}{match[2]} {match[3]}"

    return PLACES["land_of_side"].sub(
        lambda match: match[0][0].upper() + match[0][1:], PLACES["sides"].sub(repeated, clause)
    )
