"""The sectors of an IATI activity, or of one of its transactions, with their percentages, as allocations.

The percentages of each vocabulary are parts of a whole of their own. A code that the OECD's list cannot have is kept as
printed, with a fault.

Decision: docs/decisions/0253-a-sector-is-known-by-its-category.md.
"""

from collections import defaultdict
from collections.abc import Iterable

from tipgraph.sources.importers.iati.activity import Element
from tipgraph.sources.importers.iati.money import MoneyValues
from tipgraph.sources.importers.row_builder import RowBuilder

_OECD = "1"  # also without a vocabulary
_OLD = {"DAC": _OECD, "DAC-3": "2"}  # vocabularies of version 1 as those of version 2
_DIGITS = {_OECD: 5, "2": 3}  # of the codes of the OECD's lists
_CATEGORIES = frozenset({
    "111", "112", "113", "114", "121", "122", "123", "130", "140", "151", "152", "160", "210",
    "220", "230", "231", "232", "233", "234", "235", "236", "240", "250", "311", "312", "313",
    "321", "322", "323", "331", "332", "410", "430", "510", "520", "530", "600", "720", "730",
    "740", "910", "920", "930", "998",
})  # fmt: skip


def read_sectors(
    builder: RowBuilder, values: MoneyValues, sectors: Iterable[Element], whole: Element, **tie: str
) -> None:
    """Claim the sectors of a whole; `tie` has the column of its activity or its payment."""
    shares: dict[tuple[str, str], list[str]] = defaultdict(list)
    for sector in sectors:
        code, vocabulary = sector.get("code"), sector.get("vocabulary") or _OECD
        if code:
            current = _OLD.get(vocabulary, vocabulary)
            if current in _DIGITS and not _is_listed(code, _DIGITS[current]):
                values.fault(f"{code!r} is no code of the OECD's list of sectors; imported unchanged", sector)
            share = values.share(sector)
            shares[current, sector.get("vocabulary-uri")].append(share)
            builder.claim("allocations", sector.at, **tie, sector=code, sectorVocabulary=vocabulary, percentage=share)
    for (vocabulary, _), parts in shares.items():
        values.check_whole(parts, f"sectors in the vocabulary {vocabulary!r}", whole)


def _is_listed(code: str, digits: int) -> bool:
    return code.isascii() and code.isdigit() and len(code) == digits and code[:3] in _CATEGORIES
