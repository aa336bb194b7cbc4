"""Places in a clause: names, words for people (Malian, Malians) and lists of them, each list as one mark.

A mark is `<n0>` for places and `<a0>` for people of places; the number is that of a phrase. A place without a name of
its own ("neighboring countries", "the Gulf states") has an empty id.

Decision: docs/decisions/0225-a-table-says-which-people-are-of-which-place.md.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Final
from unicodedata import combining, normalize

from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.place_vocabulary import place_words

FOREIGN: Final = "foreign"  # people of other countries that the text does not name
UNNAMED: Final = ""

_TAG = re.compile(r"<[^<>]*>|[<>]")
_CHARACTERS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": ", ", "–": ", ", "\xa0": " "})
_SPELLINGS = {" ,": ",", " & ": " and "}
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # "U.S."

# Names in the text.
_SIDE = (
    r"(?:(?:North|South|East|West)(?:east|west)?(?:ern)?|Central|(?:north|south|east|west)(?:east|west)?ern|central)"
)
_SIDES = re.compile(
    rf"\b((?:{_SIDE},? )+)((?:and|or) (?:increasingly )?{_SIDE}) ((?:Africa|Asia|Europe|America)n?)\b"
)  # "East and West Africa"
_LAND_OF_SIDE = re.compile(rf"\b{_SIDE} (?:Africa|Asia|Europe|America)n?\b")  # "southern Africa"
_BEFORE = re.compile(r"\b([A-Z][a-z]+)[ -]$")
_AFTER = re.compile(r"[ -][A-Z][a-z]")
_BODY = re.compile(
    r"[ -](?:Government|Parliament|Army|Navy|Police|Embassy|Ministry|Ocean|City|Republic|Union|Party|State|Kingdom|"
    r"Arabia|Sea)\b"
)
_NO_NATIONALS = re.compile(r"\b(?:[Ee]thnic|Balkan) $")  # "Balkan Egyptian" is a people of the Balkans
_REACH = 30
_AT_THE_BEGINNING = """A Adults An And As At Boys Both But By Children For From Girls Hundreds If In Into Its
    Mainland Many Men Migrants Most Of On Or Other Since Some Sub The These They This Those Thousands Through To
    Traffickers Victims When Where While With Within Women Young"""
_FIRST = frozenset(_AT_THE_BEGINNING.split())
_IN_BRACKETS = re.compile(r" \((?:<n\d+>|[A-Z]{2,5}|\d[^()]{0,20})\)")

# Places and people without a name.
_OF_NO_COUNTRY = re.compile(
    r"\b(?:(domestic)(?= (?:and|or) <|,? victims| and foreign| or foreign)|(local)|([Ff]oreign))(?= )|"
    r"\b([Ff]oreigners)\b"
)
_OWN_COUNTRY = re.compile(r"\b(to|from|into|via|through|transit|transiting) the country\b(?!side)")
_OF_NO_LAND = re.compile(
    r"(?<!the )\b(?:Eurasian|Arab|Balkan|Nordic|Scandinavian|Mediterranean|Western|former Soviet)\b"
    r"(?=, | and | or | countries| [Ss]tates)"
)
_NO_NAME = re.compile(
    r"\b(?:the )?(?:(?:other|some|many|several|various|neighboring|nearby|surrounding|adjacent|foreign|developed|"
    r"wealthy|"
    r"Western|Gulf|Persian|Arab|former|Soviet|Eurasian|Balkan|Nordic|Scandinavian|Mediterranean|Pacific|third|"
    r"more than|Gulf Cooperation Council|GCC|"
    r"at least|\d+),? )+(?:countries|[Ss]tates|nations|region)\b|"
    r"\b[A-Z]?\w+-speaking (?:countries|nations|states)|"
    r"\b(?:the )?(?:Persian Gulf|Gulf|Horn of Africa|Balkans?|Mediterranean|Eurasia|European Union|EU|Levant|"
    r"Sahel|Maghreb|"
    r"Caucasus|Baltics|Indian subcontinent|Arabian Peninsula|(?:South |Asia-)?Pacific(?: [Ii]slands?)?|"
    r"former Soviet (?:Union|republics)|(?:Central|East Central|[Ss]outheast(?:ern)?|[Nn]ortheast(?:ern)?) Europe)\b"
    r"(?: region| countries|(?: member)? [Ss]tates)?|"
    r"\b(?:the|its) (?:wider )?region\b(?! of)"
)

# Marks with the words around them.
_LANDS = re.compile(
    r"((?:<[an]\d+>(?:,? (?:and |or |other )*)?)*<a\d+>)(?: (?:and other|European Union|EU|member|Gulf))*"
    r"(?: border)? (?:countries|[Ss]tates|nations|cit(?:y|ies)|towns?|provinces?|capital|(?:territorial )?waters|"
    r"territor(?:y|ies)|islands?|locations|destinations|region)\b"
)  # "Asian and African countries" are places, no people
_LANDS_OF_NAME = re.compile(r"(<n\d+>)(?: region| countries| nations| states| islands)\b")
_SLIP = re.compile(r"(<n\d+>), <a(\d+)>(?=,? (?:and |or )<n)")  # "Germany, Russian, and Turkey"
_AS_PEOPLE = re.compile(
    r"(<a\d+>(?:, and|, or|,| and| or) )<n(\d+)>(?= (?:nationals|citizens|women|men|girls|boys|children|workers|"
    r"migrants)\b)"
)  # "Japanese and US nationals"
_PLACES_IN = re.compile(
    r"\b(?:(?:(?:several|other|various|many|some|numerous|different|certain|neighboring|nearby|third|Gulf|Arab|Baltic|"
    r"Nordic|Balkan) )*"
    r"(?:countries|parts|nations|states|locations|places|areas|regions|cities|provinces)"
    r"(?: (?:in|of|within|throughout|across)|,? (?:including|such as|like|especially|particularly)) )+(?:the )?(?=<n)"
)
_THOSE_OF = re.compile(
    r"(?:<n\d+>|(?:the )?(?:[A-Z][\w'-]+ )*(?:Kingdom|State|Sultanate|Republic|[Rr]egion|[Pp]rovince|city|capital)) of "
    r"(?:the )?(?=<n)"
)  # "the Gulf states of Bahrain and Kuwait", "the Kingdom of Saudi Arabia"
_ELSEWHERE_IN = re.compile(r"(<n\d+>,? (?:and|or) )elsewhere in (?:the )?(?=<n)")
_NEAR_NAME = re.compile(
    r"\b(?:[Mm]ainland|continental|all of|(?:more )?developed|wealth(?:y|ier)|"
    r"neighboring|nearby|both|other|several|many|various|rural|urban|"
    r"(?:north|south|east|west)\w*|central|the|The) (?=<n)"
)
_PERHAPS = re.compile(r",? (?:and|or|and, )?,? ?possibly,? (?:<[an]\d+>|men|women|girls|boys|children)(?= )")
_TOWN = r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)*"
_TOWNS = re.compile(rf"(?<=[an]\d>)(?:, (?:the )?{_TOWN})+(?=,? (?:and |or )?(?:other )?<[an])")
_TOWN_FIRST = re.compile(rf"\b(in|to|from|into|throughout) {_TOWN}(?:, | and | or )(?:and |or )?(?=<n)")
_GLUE = (
    r"(?:'s?|\))?(?=[ ,])(?! <)(?:,? \(?(?:and|or|and/or|as well as|along with|together with|but also|also|then|"
    r"to a (?:much )?(?:lesser|more limited) (?:extent|degree)|including|(?!possib|potent)[a-z]+ly|namely|such as|like|"
    r"most often|(?:less|more) (?:[a-z]+ly|often)|in (?:\w+ )?\w+ (?:numbers|cases|instances)|sometimes|other|some|"
    r"as far away as)(?=[ ,]))*,? \(?"
)
_LIST = re.compile(rf"<([an])\d+>(?:{_GLUE}<\1\d+>)+")
_NUMBER = re.compile(r"<[an](\d+)>")


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
        text = _OF_NO_COUNTRY.sub(self._of_no_country, _IN_BRACKETS.sub("", text))
        text = _OWN_COUNTRY.sub(lambda match: f"{match[1]} {self.mark('n', self._own)}", text)
        text = _OF_NO_LAND.sub(lambda _: self.mark("a", UNNAMED), text)
        text = _LANDS.sub(lambda match: match[1].replace("<a", "<n"), text)
        text = _SLIP.sub(r"\1, <n\2>", _LANDS_OF_NAME.sub(r"\1", text))
        text = _ELSEWHERE_IN.sub(r"\1", _PLACES_IN.sub("", _NEAR_NAME.sub("", text)))
        text = _NO_NAME.sub(lambda _: self.mark("n", UNNAMED), text)
        text = _PERHAPS.sub("", _THOSE_OF.sub("", _NEAR_NAME.sub("", _NEAR_NAME.sub("", text))))
        text = _AS_PEOPLE.sub(r"\1<a\2>", _TOWN_FIRST.sub(r"\1 ", _TOWNS.sub("", text)))
        return MarkedClause(_LIST.sub(self._merged, text), tuple(self._found))

    def _add(self, kind: str, phrase: PlacePhrase) -> str:
        self._found.append(phrase)
        return f"<{kind}{len(self._found) - 1}>"

    def _of_no_country(self, match: re.Match[str]) -> str:
        return self.mark("a", self._own if match[1] or match[2] else FOREIGN)

    def _merged(self, match: re.Match[str]) -> str:
        found = [self._found[int(number)] for number in _NUMBER.findall(match[0])]
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
        return bool(_NO_NATIONALS.search(before_it) or _BODY.match(match.string, match.end()))
    before = _BEFORE.search(before_it)
    return bool(before and before[1] not in _FIRST) or bool(_AFTER.match(match.string, match.end()))


def _with_sides(clause: str) -> str:
    """Repeat the land in a list of its sides: "east and west Africa" becomes "East Africa and West Africa"."""

    def repeated(match: re.Match[str]) -> str:
        first = re.sub(rf"({_SIDE})(?=,? )", rf"\1 {match[3]}", match[1])
        return f"{first}{match[2]} {match[3]}"

    return _LAND_OF_SIDE.sub(lambda match: match[0][0].upper() + match[0][1:], _SIDES.sub(repeated, clause))
