"""Make the list of words that are names of persons, `privacy/name-words.txt`, from the package Faker.

    python src/tipgraph/sources/make/name_words.py TEXT… [--into src/tipgraph/sources/privacy]

It needs `faker` (MIT), for names in other scripts `anyascii` (ISC), and for ordinary words `symspellpy` (MIT). The
TEXTs tell which names are ordinary words too: those that they have in small letters. Names of the kit's places are
others. The second paragraph of the file has both kinds: alone they are no names, beside another name they may be.
The third paragraph has other words that the texts often have in small letters, and frequent English ones that are no
family names: with a capital, as in a title, they are no names.
"""

import csv
import pkgutil
import re
import sys
import tomllib
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from textwrap import fill

from tipgraph.model import folded

_HOME = Path(__file__).parents[4]
_FEWEST = 3  # letters of a word
_FREQUENT = 3_000_000  # times in the books that symspellpy counts
_OFTEN = 2  # times that the texts have an ordinary word
_LISTS = {name: words.split() for name, words in tomllib.loads(Path(__file__).with_suffix(".toml").read_text()).items()}


def faker_names(parts: str) -> Iterator[str]:
    """Yield the names of Faker in Latin letters, of the parts that a pattern says."""
    plain = import_module("anyascii").anyascii
    persons = import_module("faker.providers.person")
    for module in pkgutil.iter_modules(persons.__path__):
        if module.name not in _LISTS["unwritten"]:
            provider = import_module(f"{persons.__name__}.{module.name}").Provider
            for kind in (name for name in dir(provider) if re.match(parts, name)):
                for name in _names(getattr(provider, kind)):
                    yield from re.split(r"[\s-]+", plain(name))


def _names(values: object) -> Iterator[str]:
    """Yield the names of a list or of a dictionary of weights, some of which hold other spellings."""
    for value in values if isinstance(values, Iterable) and not isinstance(values, str) else ():
        yield from value if isinstance(value, tuple) else [value]


def ordinary_words(texts: Iterable[Path]) -> Counter[str]:
    """Count the words that are written in small letters in texts, unless they are far more often capitalised."""
    counts = Counter(word for path in texts for word in re.findall(r"[^\W\d_]+", path.read_text("utf-8")))
    small = {word: count for word, count in counts.items() if word.islower() and word.isalpha()}
    kept = {word: count for word, count in small.items() if 10 * count > counts[word.capitalize()]}
    words: Counter[str] = Counter()
    for word, count in kept.items():
        words[folded(word)] += count
    return words


def frequent_words() -> Iterator[str]:
    """Yield the frequent words of symspellpy, which has no inflected names but family names."""
    lines = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig").splitlines()
    yield from (word for word, count in map(str.split, lines) if int(count) >= _FREQUENT)


def place_words(places: Path) -> set[str]:
    """Return the names of the kit's places that are one word: Georgia, but not San José."""
    with places.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    cells = (cell for row in rows for name, cell in row.items() if "abel" in name and cell)
    return {name for name in map(folded, cells) if " " not in name}


def main(words: Sequence[str]) -> None:
    """Write the list."""
    parser = ArgumentParser(description="Make the list of words that are names of persons.")
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--into", type=Path, default=_HOME / "src/tipgraph/sources/privacy")
    given = parser.parse_args(words)
    names = {folded(name) for name in (*faker_names("first|middle|given"), *_LISTS["added"])}
    names = {name for name in names if len(name) >= _FEWEST and re.fullmatch(r"[a-z]+", name)} - {*_LISTS["small"]}
    ordinary = ordinary_words(given.texts)
    places = place_words(_HOME / "data" / "reference" / "places.csv")
    also = names & {*ordinary, *_LISTS["ordinary"], *places}
    often = {word for word, count in ordinary.items() if count >= _OFTEN} - names
    family = {folded(name) for name in faker_names("last")}
    often |= {*_LISTS["small"], *(word for word in frequent_words() if word not in names | family)}
    parts = (fill(" ".join(sorted(part)), 120) for part in (names - also, also, often))
    (given.into / "name-words.txt").write_text("\n\n".join(parts) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
