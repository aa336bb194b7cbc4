"""Claims about an entry: each sentence with its citations and quotes, and the claims that contradict it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from tipgraph.display.claims import CitedSentence, ClaimView
from tipgraph.display.text.rows import counted, rows_text
from tipgraph.runtime import visible
from tipgraph.sources import JUDGES

if TYPE_CHECKING:
    from tipgraph.graph import Standing
    from tipgraph.sources import Texts

STANDING = ("sources", "publishers", "self_reported")
_ROW = (
    "class", "sentence", "said at", "also says", *STANDING, "quote", "note", "review", "corrected", "contradicts",
    "claim",
)  # fmt: skip


def claims_text(title: Sequence[str], views: Sequence[ClaimView], form: str, texts: "Texts") -> str:
    """Return the claims about an entry as text for a person (`table`), or as rows in `csv` or `json`."""
    if form == "table":
        own = [view for view in views if view.is_counted]
        count = counted(len(own), "claim")
        count += f": {reviewed(view.remark.review for view in own)}" if own else ""
        names = sum(view.is_naming for view in views)
        count += f"; {counted(names, 'name')}" if names else ""
        return "\n".join([*map(visible, title), *paragraphs(views, texts), "", count])
    return rows_text(_ROW, [_row(view, texts) for view in views], form)


def claim_lines(view: CitedSentence, texts: "Texts", head: str, indent: str, support: Iterable[str] = ()) -> list[str]:
    """Return a claim as lines: its sentence, its citations with quotes, its support, its notes and corrections."""
    more = [place + (f"  “{quote}”" if quote else "") for place, quote in view.quoted(texts)]
    more += support
    if isinstance(view, ClaimView):
        more += [f"note: {note}" for note in view.remark.notes]
        more += [f"corrected: {correction}" for correction in view.remark.corrections]
    return [visible(f"{head}{view.sentence}"), *(visible(f"{indent}{line}") for line in dict.fromkeys(more))]


def also_says(view: ClaimView) -> list[str]:
    """Return the agreeing claims of other sources in words."""
    return [f"{'; '.join(agreeing.places)} also says: {agreeing.sentence}" for agreeing in view.agreeing]


def support_lines(view: ClaimView) -> list[str]:
    """Return the agreeing claims, and the number of sources of the whole claim if there are several."""
    whole = view.corroboration
    return [*also_says(view), *([f"all of it is said by {whole}"] if whole else [])]


def reviewed(reviews: Iterable[str]) -> str:
    """Return the number of claims by reviewer, in words.

    >>> reviewed(["ai-agent", "unreviewed", "ai-agent"])
    '2 reviewed by an AI agent, 1 not reviewed'
    """
    words = {review: f"reviewed by {judge}" for review, judge in JUDGES.items()} | {"unreviewed": "not reviewed"}
    return ", ".join(f"{number} {words[review]}" for review, number in sorted(Counter(reviews).items()))


def standing_cells(standing: "Standing | None") -> dict[str, object]:
    """Return the number of sources and publishers, and whether they report on themselves, by column."""
    return dict(zip(STANDING, standing or ("",) * len(STANDING), strict=True))


def _row(view: ClaimView, texts: "Texts") -> list[object]:
    contradictions = (
        f"{found.reason}: {found.other.sentence} ({'; '.join(found.other.places)})"
        + (f" — {found.answer}" if found.answer else "")
        for found in view.contradictions
    )
    return [
        view.heading,
        view.sentence,
        "; ".join(view.places),
        " | ".join(also_says(view)),
        *standing_cells(view.support.standing if view.support else None).values(),
        " … ".join(view.quotes(texts)),
        "; ".join(view.remark.notes),
        view.remark.review,
        "; ".join(view.remark.corrections),
        " | ".join(contradictions),
        view.claim.value,
    ]


def paragraphs(views: Sequence[ClaimView], texts: "Texts") -> Iterator[str]:
    """Yield the lines of claims, class by class, each with the claims that contradict it."""
    for heading, group in groupby(views, key=lambda view: view.heading):
        yield from ("", heading.capitalize())
        for view in group:
            yield from claim_lines(view, texts, "  ", "      ", support_lines(view))
            for one in view.contradictions:
                yield from claim_lines(one.other, texts, "    ! but: ", "      ! ")
                yield visible(f"      ! why: {one.reason}")
                yield from [visible(f"      ! judged: {one.answer}")] * bool(one.answer)
