"""The dollars of an amount, and the number of its givers, as a text says them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tipgraph.curation.drafts.draft import Draft

_DOLLARS: Final = {  # the marks before "$", and the names of each country
    "USD": (r"(?:US|U\.S\.)\s?", r"US|U\.S\.|USA|USAID|United States"),
    "AUD": (r"AU?", r"Australian?"),
    "CAD": (r"CAD?|C", r"Canada|Canadian"),
    "NZD": (r"NZ", r"New Zealand"),
}
_SHARED: Final = "several givers share the amount"


def dollars(text: str) -> frozenset[str]:
    """Return the codes of the dollars that a text names.

    >>> sorted(dollars("A $5 grant in US dollars, and the AU$ 500 of Canada."))
    ['AUD', 'USD']
    """
    return frozenset(
        code
        for code, (mark, name) in _DOLLARS.items()
        if re.search(rf"\b(?:(?:{mark})\$|{code}\b|(?:{name})\s+dollars?\b)", text)
    )


def said_amounts(drafts: Sequence[Draft], sentence: str, named: Collection[str]) -> Iterator[Draft]:
    """Yield the drafts of a sentence with the currency that the text or the giver says, and each amount for one gift.

    `named` are the dollars that the text names. One amount of two givers is the amount of neither.
    """
    gifts = [draft.cells for draft in drafts if "amountAsPrinted" in draft.cells]
    for draft in drafts:
        cells, printed = dict(draft.cells), draft.cells.get("amountAsPrinted", "")
        others = [_givers(one) for one in gifts if one["amountAsPrinted"] == printed]
        is_once = sentence.count(printed) == 1 and not re.search(r"\beach\b", sentence)
        if "amount" in cells and is_once and any(not other <= _givers(cells) for other in others):
            del cells["amount"]
            cells |= {"currency": "", "note": _joined(cells, _SHARED)}
        elif printed and "currency" not in cells:
            cells |= _meant_currency(cells, printed, named)
        yield replace(draft, cells={name: cell for name, cell in cells.items() if cell})


def _meant_currency(cells: Mapping[str, str], printed: str, named: Collection[str]) -> dict[str, str]:
    """Return the cell of the one currency that the text or the giver means, or a note that the source says none."""
    meant = {*named, *_dollars_of(cells.get("giver", ""))} if "¥" not in printed else set()
    unsaid = f'the source does not say which currency "{printed}" is in'
    return {"currency": meant.pop()} if len(meant) == 1 else {"note": _joined(cells, unsaid)}


def _givers(cells: Mapping[str, str]) -> set[str]:
    return {*filter(None, cells.get("giver", "").split(" | "))}


def _dollars_of(giver: str) -> Iterator[str]:
    """Yield the dollars of the countries in the name or the id of a giver."""
    words = re.sub(r"[-/]", " ", giver)
    yield from (code for code, (_, name) in _DOLLARS.items() if re.search(rf"\b(?:{name})\b", words, re.IGNORECASE))


def _joined(cells: Mapping[str, str], note: str) -> str:
    return " | ".join(filter(None, (cells.get("note", ""), note)))
