"""Words for places beside the names of the reference: `ontology/place-words.csv` of the kit and of the project.

Decision: docs/decisions/0227-routes-are-read-from-prose-by-patterns.md.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from tipgraph.errors import Fault, InputError
from tipgraph.model import kit
from tipgraph.sources.folder import read_table

_FILE: Final = "place-words.csv"


class WordsOfPlace(NamedTuple):
    """The id of a place, words for its people ("Malian"), and names that the reference lacks."""

    place: str
    people: list[str]
    names: list[str]


def place_words() -> Iterator[WordsOfPlace]:
    """Yield the words of each place of the table; raise InputError with its faults."""
    faults: list[Fault] = []
    for folder in kit.folders("ontology"):
        table = read_table(folder / _FILE, faults) if (folder / _FILE).is_file() else None
        for row in table.rows if table else ():
            yield WordsOfPlace(row.cells["id"], _parts(row.cells.get("people", "")), _parts(row.cells.get("names", "")))
    if faults:
        raise InputError(faults)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]
