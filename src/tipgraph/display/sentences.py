"""The sentence that answers a question, by the template in the header of its file (`#+ answer:`)."""

import re
from collections import Counter
from collections.abc import Sequence

from tipgraph.display.answers import AnswerView, RowView
from tipgraph.display.translations import marked, translate

_PLACE = re.compile(r"\{([\w+]+)(?: (by|with|without) (\w+))?(?:\|([^|}]*)\|([^}]*))?\}")
_PART = re.compile(r"\[([^\]]*)\]")
_MORE = marked("{n} more")
_NOT_COUNTED = marked("Rows that are not reviewed, and not counted here: {n}.")
_UNREVIEWED = marked("Nobody has reviewed these rows.")
_NAMED, _COUNTED = 3, 6  # values that a sentence names, and those that it counts


def answer_sentence(view: AnswerView, template: str, language: str = "en") -> str:
    """Return the sentence that answers a question, from its rows; rows that nobody has reviewed are counted apart.

    A template is a sentence with places to fill. `{giver|funder|funders}` is the number of different values of a
    column and its noun, also of the rows `with` or `without` another column. `{giver}` are the values that most rows
    have, and `{event by status}` are numbers for each value of a column. A part in `[…]` goes if it has nothing to say.
    """
    rows = [row for row in view.rows if not row.unreviewed] or view.rows
    if not rows or not template:
        return ""

    def part(found: re.Match[str]) -> str:
        told = [_told(view, rows, place, language) for place in _PLACE.finditer(found[1])]
        return found[1] if all(text and not text.startswith("0") for text in told) else ""

    said = [_PLACE.sub(lambda place: _told(view, rows, place, language), _PART.sub(part, template))]
    if others := len(view.rows) - len(rows):
        said.append(translate(language, _NOT_COUNTED, n=f"{others:,}"))
    elif rows[0].unreviewed:
        said.append(translate(language, _UNREVIEWED))
    return " ".join(said)


def _told(view: AnswerView, rows: Sequence[RowView], place: re.Match[str], language: str) -> str:
    """Return what a place of a template says about rows: a number with its noun, or values, if there are any."""
    names, how, other, one, many = place.groups()
    columns = [at for at, name in enumerate(view.answer.columns) if name in names.split("+")]
    beside = view.answer.columns.index(other) if other else 0
    kept = [row for row in rows if how in (None, "by") or (row.terms[beside] is None) == (how == "without")]
    pairs = [(row.cells[at], row.cells[beside]) for row in kept for at in columns if row.terms[at] is not None]
    if one is not None:
        number = len(kept if names == "rows" else {cell.text for cell, _ in pairs})
        return f"{number:,} {one if number == 1 else many}".strip()
    if how == "by":
        counts = Counter(words for _, words in dict.fromkeys((cell.text, by.words) for cell, by in pairs) if words)
        told = [f"{words} {number:,}" for words, number in counts.most_common()]
        return ", ".join([*told[:_COUNTED], *["…"] * (len(told) > _COUNTED)])
    values = [words for words, _ in Counter(cell.words for cell, _ in pairs).most_common()]
    more = len(values) - _NAMED
    return "; ".join([*values[:_NAMED], translate(language, _MORE, n=f"{more:,}")] if more > 1 else values)
